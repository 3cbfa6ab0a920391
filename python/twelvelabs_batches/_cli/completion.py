"""`twelvelabs-batches completion`: what makes a shell complete commands."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from .screen import PROGRAM

__all__ = ["command"]

_VARIABLE = "_TWELVELABS_BATCHES_COMPLETE"


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    r"""Prints the script that makes a shell complete commands, flags and files.

    \b
    bash:  eval "$(twelvelabs-batches completion bash)"     in ~/.bashrc
    zsh:   eval "$(twelvelabs-batches completion zsh)"      in ~/.zshrc, after compinit
    fish:  twelvelabs-batches completion fish | source      in ~/.config/fish/config.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"this version of click does not know {shell}")
    completion = kind(click.Command(PROGRAM), {}, PROGRAM, _VARIABLE)
    click.echo(completion.source_template % completion.source_vars())
