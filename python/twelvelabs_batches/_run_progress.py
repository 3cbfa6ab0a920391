"""How a run goes on, shown as the progress of a batch is: as one large batch."""

from __future__ import annotations

import datetime
import time
import typing

from ._native import AnalyzeBatchStatusResponse
from ._progress import Watcher, open_progress

if typing.TYPE_CHECKING:
    from ._run_report import RunReport

__all__ = ["RunProgress"]

#: Seconds between two updates: more often nobody can follow.
_BETWEEN = 0.1

#: Runs do not expire.
_NEVER = datetime.timedelta(days=3650)


class RunProgress:
    """Shows how a run goes on: a bar in a terminal, a card in a notebook, a line a minute in logs."""

    def __init__(
        self, name: str, length: typing.Optional[int], watcher: typing.Optional[Watcher] = None
    ) -> None:
        self._name, self._length = name, length
        self._watcher = open_progress(name, noun="run") if watcher is None else watcher
        self._updated = -_BETWEEN
        self._began = datetime.datetime.now(datetime.timezone.utc)

    def update(self, report: RunReport, *, is_over: bool = False) -> None:
        """Shows what it has come to."""
        elapsed = time.monotonic()
        if not is_over and elapsed - self._updated < _BETWEEN:
            return
        self._updated = elapsed
        total = max(report.items, self._length or 0)
        canceled = report.canceled + report.expired
        failed = report.failed + report.malformed
        now = datetime.datetime.now(datetime.timezone.utc)
        self._watcher.update(
            AnalyzeBatchStatusResponse(
                batch_id=self._name,
                analysis_mode="",
                model_name="",
                status="completed" if is_over else "processing",
                total_items=total,
                queued_items=total - report.ended - report.active,
                processing_items=report.active,
                ready_items=report.ready,
                failed_items=failed,
                canceled_items=canceled,
                created_at=self._began,
                expires_at=self._began + _NEVER,
                completed_at=now if is_over else None,
            )
        )

    def close(self) -> None:
        """Leaves it as it is."""
        self._watcher.close()
