"""What can go wrong with a run of many batches."""

from __future__ import annotations

import typing

from .errors import TwelveLabsError

__all__ = ["JournalError", "JournalInUseError", "RunIncompleteError", "RunStoppedError"]


class JournalError(TwelveLabsError):
    """The journal of a run cannot be used: it is none, is another account's, or cannot be written.

    Nothing is submitted that could not be written down before.

    Attributes:
        path: Where it is; `None` if it has no file of its own.
        reason: Why it cannot be used.
    """

    path: typing.Optional[str] = None
    reason: str = ""


class JournalInUseError(JournalError):
    """Another run writes this journal at the moment: only one does at a time."""


class RunStoppedError(TwelveLabsError):
    """A run submits nothing more, although items are left.

    A limit that was given was reached, too many outcomes were failures, or somebody said no after
    the sample. What had been submitted by then was handed over before.

    Attributes:
        reason: Why it was stopped.
        waiting: Items that were read and not submitted.
    """

    reason: str = ""
    waiting: int = 0


class RunIncompleteError(TwelveLabsError):
    """A run has ended without an outcome of every item that was asked for.

    Attributes:
        missing: Items without one.
    """

    missing: int = 0
