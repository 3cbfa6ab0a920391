"""How a run goes on, shown as the progress of a batch is: as one large batch, and each that is active."""

from __future__ import annotations

import datetime
import logging
import sys
import time
import typing

from ._native import AnalyzeBatchStatusResponse
from ._progress import Watcher, open_progress

if typing.TYPE_CHECKING:
    from ._progress.terminal import Bar
    from ._run_report import RunReport

__all__ = ["RunProgress"]

#: Seconds between two updates: more often nobody can follow.
_BETWEEN = 0.1

#: Runs do not expire.
_NEVER = datetime.timedelta(days=3650)

Figures = typing.Tuple[str, int, int, int, int]


class RunProgress:
    """Shows how a run goes on: bars in a terminal, a card in a notebook, a line a minute in logs."""

    def __init__(
        self, name: str, length: typing.Optional[int], watcher: typing.Optional[Watcher] = None
    ) -> None:
        self._name, self._length = name, length
        self._watcher = open_progress(name, noun="run") if watcher is None else watcher
        self._updated = -_BETWEEN
        self._began = datetime.datetime.now(datetime.timezone.utc)
        self._batches = _Batches()

    def update(
        self, report: RunReport, batches: typing.Sequence[Figures] = (), *, is_over: bool = False
    ) -> None:
        """Shows what it has come to."""
        elapsed = time.monotonic()
        if not is_over and elapsed - self._updated < _BETWEEN:
            return
        self._updated = elapsed
        failed, canceled = report.failed + report.malformed, report.canceled + report.expired
        total = max(report.items, self._length or 0)
        figures = (self._name, total, report.ready, failed, canceled)
        self._watcher.update(_state(figures, report.active, self._began, is_over=is_over))
        self._batches.update(() if is_over else batches)

    def close(self) -> None:
        """Leaves it as it is."""
        self._batches.update(())
        self._watcher.close()


class _Batches:
    """A bar for each active batch below that of the run, where there is a terminal."""

    def __init__(self) -> None:
        self._bars: typing.Dict[str, typing.Tuple[Bar, datetime.datetime]] = {}
        self._is_shown = sys.stderr is not None and sys.stderr.isatty()

    def update(self, batches: typing.Sequence[Figures]) -> None:
        """Shows these, and no others."""
        if not self._is_shown:
            return
        try:
            self._update(batches)
        except Exception as error:  # noqa: BLE001 - a run is not to end because it cannot be shown
            self._is_shown = False
            logging.getLogger("twelvelabs_batches.progress").debug("batches are shown no longer: %r", error)

    def _update(self, batches: typing.Sequence[Figures]) -> None:
        from ._progress.terminal import open_bar  # noqa: PLC0415 - loads rich

        active = {figures[0] for figures in batches}
        for batch_id in [each for each in self._bars if each not in active]:
            self._bars.pop(batch_id)[0].drop()
        for figures in batches:
            if figures[0] not in self._bars:
                bar = open_bar(figures[0], None)
                if bar is None:
                    self._is_shown = False
                    return
                self._bars[figures[0]] = (bar, datetime.datetime.now(datetime.timezone.utc))
            bar, began = self._bars[figures[0]]
            bar.update(_state(figures, 0, began, is_over=False))


def _state(
    figures: Figures, processing: int, began: datetime.datetime, *, is_over: bool
) -> AnalyzeBatchStatusResponse:
    """Figures as the state of a batch."""
    name, total, ready, failed, canceled = figures
    return AnalyzeBatchStatusResponse(
        batch_id=name,
        analysis_mode="",
        model_name="",
        status="completed" if is_over else "processing",
        total_items=total,
        queued_items=max(0, total - ready - failed - canceled - processing),
        processing_items=processing,
        ready_items=ready,
        failed_items=failed,
        canceled_items=canceled,
        created_at=began,
        expires_at=began + _NEVER,
        completed_at=datetime.datetime.now(datetime.timezone.utc) if is_over else None,
    )
