"""The command line, a thin layer over the package."""

from __future__ import annotations

import click

from .. import __version__
from .groups import Entry, LazyGroup

__all__ = ["command"]

_BATCHES = "Batches"
_RUNS = "Runs of many batches"
_WITHOUT_A_KEY = "Without a key"
_SHELL = "Your shell"

_ENTRIES = {
    "create": Entry(_BATCHES, "Submits the items of a manifest."),
    "check": Entry(_BATCHES, "Tells everything that is wrong with a manifest."),
    "list": Entry(_BATCHES, "Lists your batches, newest first."),
    "show": Entry(_BATCHES, "Shows the state of batches."),
    "wait": Entry(_BATCHES, "Waits until batches have ended."),
    "results": Entry(_BATCHES, "Reads the results of a batch."),
    "cancel": Entry(_BATCHES, "Cancels what has not started yet."),
    "delete": Entry(_BATCHES, "Deletes batches that have ended, and their results."),
    "run": Entry(_RUNS, "Analyses a manifest of any length, in as many batches as it needs."),
    "runs": Entry(_RUNS, "Shows what journals remember of runs, and goes on with it."),
    "demo": Entry(_WITHOUT_A_KEY, "Does the main job on an emulator."),
    "emulator": Entry(_WITHOUT_A_KEY, "Runs the platform on this machine."),
    "completion": Entry(_SHELL, "Prints what makes a shell complete commands."),
}


@click.group(cls=LazyGroup, entries=_ENTRIES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="twelvelabs-batches")
def command() -> None:
    """Batches of video analyses on TwelveLabs' platform (unofficial).

    The key is read from the environment variable TWELVE_LABS_API_KEY; there is no flag for it, since it
    would stay in the shell's history and in the list of processes.
    """
