"""The command line, a thin layer over the package."""

from __future__ import annotations

import click

from .. import __version__
from .demo import demo
from .emulator import emulator

__all__ = ["command"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="twelvelabs-batches")
def command() -> None:
    """Batches of video analyses on TwelveLabs' platform (unofficial)."""


command.add_command(demo)
command.add_command(emulator)
