"""How a batch goes on, told to `logging`."""

from __future__ import annotations

import logging
import time
import typing

from .figures import Clock, Figures, Pace, farewell, trouble_text
from .guard import LOGGER

if typing.TYPE_CHECKING:
    from .._native import AnalyzeBatchStatusResponse

__all__ = ["Records"]

_BETWEEN = 60.0


class Records:
    """Tells the first state, the last, and at most one a minute between."""

    def __init__(self, batch_id: str, clock: Clock = time.monotonic, *, noun: str = "batch") -> None:
        self._batch_id, self._pace = batch_id, Pace(clock)
        self._name = f"{noun} {batch_id}"
        self._told_at: typing.Optional[float] = None
        self._untold: typing.Optional[Figures] = None

    def update(self, batch: AnalyzeBatchStatusResponse) -> None:
        """Tells a state, if it is time to."""
        figures = self._pace.see(batch)
        self._untold = figures
        if figures.is_terminal or self._is_time():
            self._tell_state()

    def trouble(self, error: BaseException) -> None:
        """Tells that a look has failed, if it is time to."""
        if self._is_time():
            self._tell(f"{self._name}: {trouble_text(error)}")

    def interrupt(self) -> None:
        """Says that nobody waits any more."""
        self._tell_state()
        self._tell(farewell(self._batch_id))

    def close(self) -> None:
        """Tells the last state, if it was not told."""
        self._tell_state()

    def _is_time(self) -> bool:
        return self._told_at is None or self._pace.clock() - self._told_at >= _BETWEEN

    def _tell_state(self) -> None:
        figures, self._untold = self._untold, None
        if figures is not None:
            self._tell(f"{self._name}: {figures.sentence(self._pace.clock())}")

    def _tell(self, text: str) -> None:
        self._told_at = self._pace.clock()
        # The attributes that every record of this package has.
        facts = {"event": "progress", "call": "wait", "attempt": 1, "status_code": None, "wait": None}
        logging.getLogger(LOGGER).info("%s", text, extra={**facts, "batch_id": self._batch_id})
