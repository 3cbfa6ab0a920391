"""How a batch goes on, shown where somebody looks."""

from __future__ import annotations

import logging
import os
import sys
import typing

from .guard import LOGGER, Guard, Watcher

if typing.TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Watcher", "open_progress"]


def open_progress(batch_id: str, *, console: typing.Optional[Console] = None, noun: str = "batch") -> Watcher:
    """Begins to show how a batch goes on.

    A bar in a terminal, a card in a notebook, else records of `logging`. What
    is shown never raises, other than what interrupts a program.

    Args:
        batch_id: Identifier of the batch.
        console: Where to draw a bar, if it is a terminal; by default on standard
            error.
        noun: What it is that goes on, where that is no batch.

    Returns:
        What is to be told how the batch goes on.
    """
    try:
        shown = _choose(batch_id, console, noun)
    except Exception as error:  # noqa: BLE001 - waiting is not to end because it cannot be shown
        from .records import Records  # noqa: PLC0415 - as below

        logging.getLogger(LOGGER).debug("progress cannot be shown: %r", error)
        shown = Records(batch_id, noun=noun)
    return Guard(shown)


def _choose(batch_id: str, console: typing.Optional[Console], noun: str) -> Watcher:
    # Each brings what only it needs.
    if console is None and _is_notebook():
        from .notebook import Card  # noqa: PLC0415

        return Card(batch_id, noun=noun)
    stream = sys.stderr if console is None else console.file
    if _is_seen(stream):
        from .terminal import open_bar  # noqa: PLC0415

        bar = open_bar(batch_id, console)
        if bar is not None:
            return bar
    from .records import Records  # noqa: PLC0415

    return Records(batch_id, noun=noun)


def _is_notebook() -> bool:
    """Whether this is the kernel of a notebook; IPython in a terminal is a terminal."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None and hasattr(ipython, "get_ipython") else None
    return getattr(shell, "kernel", None) is not None and hasattr(shell, "display_pub")


def _is_seen(stream: typing.Optional[typing.IO[str]]) -> bool:
    """Whether somebody may be looking at what is drawn there."""
    if stream is None or stream.closed or not stream.isatty():
        return False
    if type(stream).__module__.startswith("idlelib"):
        # It says that it is a terminal, and shows all that moves the cursor.
        return False
    if os.environ.get("TERM", "").lower() in {"dumb", "unknown"}:
        return False
    return os.environ.get("CI", "").lower() in {"", "0", "false"}
