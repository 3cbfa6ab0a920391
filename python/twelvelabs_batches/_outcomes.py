"""What has come of the items of a run."""

from __future__ import annotations

import dataclasses
import typing

if typing.TYPE_CHECKING:
    from ._native import AnalyzeTaskResult, BatchItemError, BatchResultItem

__all__ = ["Attempt", "Canceled", "Expired", "Failed", "Malformed", "Outcome", "Ready", "make_outcome"]


class Attempt(typing.NamedTuple):
    """One attempt at an item.

    Attributes:
        batch_id: The batch; `None` if the item never came into one.
        task_id: The platform's task; `None` if there is none, or its row cannot be read.
        status: How it ended: `ready`, `failed`, `canceled`, `expired` or `malformed`.
        code: The platform's word for why, if it tells one.
    """

    batch_id: typing.Optional[str]
    task_id: typing.Optional[str]
    status: str
    code: typing.Optional[str]


@dataclasses.dataclass(frozen=True, eq=False, repr=False, match_args=False)
class _Outcome:
    """What has come of an item.

    Attributes:
        request: The request, as it was given; `None` where a run was taken up from its journal alone.
        context: Your own object that came with it.
        custom_id: The `custom_id` that you gave, if you did.
        batch_id: The batch; `None` if the item never came into one.
        attempts: Every attempt at it, the last one last.
        item: The platform's row; `None` if it cannot be read.
    """

    status: typing.ClassVar[str] = ""

    request: typing.Any
    context: typing.Any
    custom_id: typing.Optional[str]
    batch_id: typing.Optional[str]
    attempts: typing.Tuple[Attempt, ...]
    item: typing.Optional[BatchResultItem]

    @property
    def ok(self) -> bool:
        """Whether there is an answer."""
        return self.status == "ready"

    @property
    def task_id(self) -> typing.Optional[str]:
        """The platform's task of the last attempt."""
        return self.attempts[-1].task_id if self.attempts else None

    def _tell(self) -> str:
        return ""

    def __repr__(self) -> str:
        name = self.custom_id or self.task_id or "an item without a task"
        tries = f", {len(self.attempts)} attempts" if len(self.attempts) > 1 else ""
        return f"<{type(self).__name__}: {name}{tries}{self._tell()}>"


@dataclasses.dataclass(frozen=True, eq=False, repr=False, match_args=False)
class Ready(_Outcome):
    """An item that has an answer."""

    status: typing.ClassVar[typing.Literal["ready"]] = "ready"
    __match_args__ = ("request", "data")

    @property
    def data(self) -> AnalyzeTaskResult:
        """The analysis; its text is in the nested `data`, its tokens in `usage`."""
        return typing.cast("AnalyzeTaskResult", getattr(self.item, "data", None))


class _Erroneous(_Outcome):
    @property
    def error(self) -> typing.Optional[BatchItemError]:
        """What went wrong, as far as the platform tells."""
        return getattr(self.item, "error", None)

    @property
    def code(self) -> typing.Optional[str]:
        """The platform's word for it, if it tells one."""
        return getattr(self.error, "code", None)

    @property
    def message(self) -> typing.Optional[str]:
        """The same for people."""
        return getattr(self.error, "message", None)

    def _tell(self) -> str:
        told = ": ".join(filter(None, (self.code, self.message)))
        return f", {told}" if told else ""


@dataclasses.dataclass(frozen=True, eq=False, repr=False, match_args=False)
class Failed(_Erroneous):
    """An item that failed, after as many attempts as it was worth."""

    status: typing.ClassVar[typing.Literal["failed"]] = "failed"
    __match_args__ = ("request", "error")


@dataclasses.dataclass(frozen=True, eq=False, repr=False, match_args=False)
class Canceled(_Erroneous):
    """An item that somebody has canceled."""

    status: typing.ClassVar[typing.Literal["canceled"]] = "canceled"
    __match_args__ = ("request",)


@dataclasses.dataclass(frozen=True, eq=False, repr=False, match_args=False)
class Expired(_Erroneous):
    """An item that there was no time for in the 24 hours of its batches."""

    status: typing.ClassVar[typing.Literal["expired"]] = "expired"
    __match_args__ = ("request",)


@dataclasses.dataclass(frozen=True, eq=False, repr=False, match_args=False)
class Malformed(_Outcome):
    """An item whose row cannot be read. It has ended, and may have been billed.

    Attributes:
        raw: The row as it came; empty if none that came was its own.
        reason: Why it cannot be read.
    """

    status: typing.ClassVar[typing.Literal["malformed"]] = "malformed"
    __match_args__ = ("request", "raw")

    raw: bytes = b""
    reason: str = ""

    def _tell(self) -> str:
        return f", {self.reason}"


Outcome = typing.Union[Ready, Failed, Canceled, Expired, Malformed]

_KINDS: typing.Dict[str, typing.Type[_Outcome]] = {
    kind.status: kind for kind in (Ready, Failed, Canceled, Expired)
}


def make_outcome(shown: typing.Tuple[typing.Any, ...], request: typing.Any, context: typing.Any) -> Outcome:
    """Makes an outcome of what the core shows of it."""
    _, status, custom_id, batch_id, attempts, item, raw, reason = shown
    tried = tuple(Attempt(*attempt) for attempt in attempts)
    if status == "malformed":
        return Malformed(request, context, custom_id, batch_id, tried, item, raw or b"", reason or "")
    made = _KINDS[status](request, context, custom_id, batch_id, tried, item)
    return typing.cast("Outcome", made)
