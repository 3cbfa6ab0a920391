"""How a batch goes on, shown where somebody looks."""

from __future__ import annotations

import typing

if typing.TYPE_CHECKING:
    from twelvelabs_batches._native import AnalyzeBatchStatusResponse

__all__ = ["Watcher", "open_progress"]


class Watcher:
    """Shows nothing yet."""

    def update(self, batch: AnalyzeBatchStatusResponse) -> None:
        """Shows a state: the first, and each that has changed."""

    def trouble(self, error: BaseException) -> None:
        """Shows that a poll has failed, and is tried again."""

    def interrupt(self) -> None:
        """Says that nobody waits any more, that the batch goes on, and how to go on."""

    def close(self) -> None:
        """Ends the showing."""


def open_progress(batch_id: str) -> Watcher:  # noqa: ARG001
    """Begins to show how a batch goes on."""
    return Watcher()
