"""What can go wrong while a batch is waited for."""

from __future__ import annotations

import typing

from .errors import TwelveLabsError

if typing.TYPE_CHECKING:
    from ._native import AnalyzeBatchStatusResponse

__all__ = ["WaitTimeoutError"]


class WaitTimeoutError(TwelveLabsError, TimeoutError):
    """A batch is waited for no longer; it goes on by itself.

    The time that was given is over; or the batch has expired and did not become
    terminal within ten minutes; or nothing was heard of it for an hour: the
    message says which. `__cause__` is what the last look failed with, if it did.

    Attributes:
        batch_id: Identifier of the batch.
        batch: Its state when it was last seen; `None` if it never was.
        seconds: How long it was waited for.
    """

    batch_id: str = ""
    batch: typing.Optional[AnalyzeBatchStatusResponse] = None
    seconds: float = 0.0
