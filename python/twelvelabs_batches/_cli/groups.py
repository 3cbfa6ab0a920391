"""A group of commands that are loaded when they are used."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import traceback
import typing

import click
from click.shell_completion import CompletionItem

from .exits import MEANINGS, Exit
from .failures import Failure, Interrupted, Stop

__all__ = ["Entry", "LazyGroup"]


class Entry(typing.NamedTuple):
    """A command that may not be loaded yet.

    Attributes:
        section: The heading under which it is listed.
        summary: What it does, in a line.
    """

    section: str
    summary: str


class LazyGroup(click.Group):
    """Commands, each in a module of its own, and what becomes of their errors."""

    def __init__(self, *args: typing.Any, entries: typing.Mapping[str, Entry], **kwargs: typing.Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = dict(entries)

    def list_commands(self, ctx: click.Context) -> typing.List[str]:  # noqa: ARG002
        """Their names, in the order in which they are listed."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> typing.Optional[click.Command]:  # noqa: ARG002
        """Loads a command."""
        if cmd_name not in self.entries:
            return None
        module = importlib.import_module(f".{cmd_name}", __package__)
        return typing.cast("click.Command", module.command)

    def resolve_command(
        self, ctx: click.Context, args: typing.List[str]
    ) -> typing.Tuple[typing.Optional[str], typing.Optional[click.Command], typing.List[str]]:
        """Finds the command, or suggests the nearest."""
        name = args[0]
        if name not in self.entries and not name.startswith("-") and not ctx.resilient_parsing:
            import difflib  # noqa: PLC0415 - only for who has mistyped

            near = difflib.get_close_matches(name, self.entries, 1)
            ctx.fail(f"there is no command {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> typing.List[CompletionItem]:
        """Completes names of commands, without loading any."""
        found = [
            CompletionItem(name, help=entry.summary)
            for name, entry in self.entries.items()
            if name.startswith(incomplete)
        ]
        return found + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Lists the commands by section."""
        for section in dict.fromkeys(entry.section for entry in self.entries.values()):
            with formatter.section(section):
                formatter.write_dl(
                    [
                        (name, entry.summary)
                        for name, entry in self.entries.items()
                        if entry.section == section
                    ]
                )

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists what the program ends with."""
        with formatter.section("Exit status"):
            formatter.write_dl([(str(int(status)), text) for status, text in MEANINGS.items()])
        super().format_epilog(ctx, formatter)

    def make_context(
        self,
        info_name: typing.Optional[str],
        args: typing.List[str],
        parent: typing.Optional[click.Context] = None,
        **extra: typing.Any,
    ) -> click.Context:
        """Reads the command; help may go where nothing can be written."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except BrokenPipeError:
            raise _broken_pipe() from None
        except OSError as error:
            raise Failure(error) from error

    def invoke(self, ctx: click.Context) -> typing.Any:
        """Runs a command; whatever goes wrong is told in a few lines."""
        try:
            outcome = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
        except (click.ClickException, click.exceptions.Exit):
            raise
        except BrokenPipeError:
            raise _broken_pipe() from None
        except (KeyboardInterrupt, click.Abort):
            raise Interrupted from None
        except Exception as error:
            if ctx.meta.get("debug"):
                traceback.print_exc()
            raise Failure(error) from error
        return outcome


def _broken_pipe() -> Stop:
    """Lets nothing more be written where nobody reads."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Stop(Exit.BROKEN_PIPE)
