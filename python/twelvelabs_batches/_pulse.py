"""Keeps the event loop of a notebook awake while something is waited for."""

from __future__ import annotations

import sys

__all__ = ["Pulse"]

_BETWEEN = 0.25


class Pulse:
    """Wakes the running loop now and then, until it is stopped.

    The kernel of a notebook cancels a cell in a signal handler. A loop that
    sleeps hears of that only when something else wakes it, which may be the
    next look at a batch, a minute later.
    """

    def __init__(self) -> None:
        self._is_beating = False
        self._starts = 0

    def start(self) -> None:
        """Begins, if this is a kernel and it has not begun yet."""
        if not self._is_beating and "ipykernel" in sys.modules:
            self._is_beating = True
            self._starts += 1
            self._beat(self._starts)

    def stop(self) -> None:
        """Ends it; from any thread."""
        self._is_beating = False

    def _beat(self, start: int) -> None:
        import asyncio  # noqa: PLC0415 - only where something is awaited

        # What was stopped and started again meanwhile beats once, not twice as often.
        if self._is_beating and start == self._starts:
            asyncio.get_running_loop().call_later(_BETWEEN, self._beat, start)
