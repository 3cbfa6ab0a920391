"""What keeps a display that fails from ending the waiting."""

from __future__ import annotations

import contextlib
import logging
import typing

if typing.TYPE_CHECKING:
    from .._native import AnalyzeBatchStatusResponse

__all__ = ["LOGGER", "Guard", "Watcher"]

LOGGER = "twelvelabs_batches.progress"


class Watcher(typing.Protocol):
    """Shows how a batch goes on."""

    def update(self, batch: AnalyzeBatchStatusResponse) -> None:
        """Shows a state: the first, and each that has changed."""

    def trouble(self, error: BaseException) -> None:
        """Shows that a look has failed, and is taken again; until the next state."""

    def interrupt(self) -> None:
        """Says that nobody waits any more, that the batch goes on, and how to go on."""

    def close(self) -> None:
        """Ends the showing; may be called more than once."""


class Guard:
    """Passes everything on to a display, until that fails."""

    def __init__(self, shown: Watcher) -> None:
        self._shown: typing.Optional[Watcher] = shown

    def update(self, batch: AnalyzeBatchStatusResponse) -> None:
        """Shows a state."""
        if self._shown is not None:
            self._try(self._shown.update, batch)

    def trouble(self, error: BaseException) -> None:
        """Shows that a look has failed."""
        if self._shown is not None:
            self._try(self._shown.trouble, error)

    def interrupt(self) -> None:
        """Says that nobody waits any more."""
        if self._shown is not None:
            self._try(self._shown.interrupt)

    def close(self) -> None:
        """Ends the showing."""
        if self._shown is not None:
            self._try(self._shown.close)

    def _try(self, show: typing.Callable[..., None], *arguments: typing.Any) -> None:
        try:
            show(*arguments)
        except Exception as error:  # noqa: BLE001 - the terminal may be gone, and the batch is not
            shown, self._shown = self._shown, None
            logging.getLogger(LOGGER).debug("progress is shown no longer: %r", error)
            if shown is not None:
                with contextlib.suppress(Exception):
                    shown.close()
