"""What there is to say of a batch that goes on."""

from __future__ import annotations

import dataclasses
import datetime
import time
import typing

if typing.TYPE_CHECKING:
    from .._native import AnalyzeBatchStatusResponse

__all__ = [
    "Clock",
    "Figures",
    "Pace",
    "call_again",
    "clock_text",
    "farewell",
    "rate_text",
    "rest_text",
    "trouble_text",
]

Clock = typing.Callable[[], float]
_MINUTE = 60
# Seconds after which an average can be told.
_ENOUGH = 1.0
# Seconds that clocks may differ.
_SKEW = 5.0


@dataclasses.dataclass(frozen=True)
class Figures:
    """What was seen of a batch at one time."""

    status: str
    is_terminal: bool
    total: int
    ready: int
    failed: int
    canceled: int
    processing: int
    seen_at: float
    seconds: float
    left: typing.Optional[float]
    is_watched: bool

    @property
    def ended(self) -> int:
        """Items that have ended, well or not."""
        return self.ready + self.failed + self.canceled

    @property
    def per_minute(self) -> typing.Optional[float]:
        """Items that ended in a minute, on the average."""
        return self.ended * _MINUTE / self.seconds if self.ended and self.seconds >= _ENOUGH else None

    def elapsed(self, now: float) -> float:
        """Seconds that the batch has taken by now."""
        return self.seconds if self.is_terminal else self.seconds + max(0.0, now - self.seen_at)

    def remaining(self, now: float) -> typing.Optional[float]:
        """Seconds that it is likely to take from now on, if that can be told."""
        if self.is_terminal or self.left is None:
            return None
        return max(0.0, self.left - max(0.0, now - self.seen_at))

    def counts(self) -> typing.List[typing.Tuple[str, int]]:
        """How the items have ended, where that was not well for all."""
        told = [("ready", self.ready), ("failed", self.failed), ("canceled", self.canceled)]
        return [each for each in told if each[1]] if self.failed or self.canceled else []

    def sentence(self, now: float) -> str:
        """All of it in plain words."""
        parts = [f"{self.status}, {self.ended:,} of {self.total:,} items ended"]
        parts += [f"{count:,} {name}" for name, count in self.counts()]
        if self.per_minute is not None:
            parts.append(rate_text(self.per_minute))
        remaining = self.remaining(now)
        if remaining is not None:
            parts.append(rest_text(remaining))
        return ", ".join(parts)


class Pace:
    """Measures how long a batch takes."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self.clock = clock
        self._first: typing.Optional[float] = None

    def see(self, batch: AnalyzeBatchStatusResponse) -> Figures:
        """Takes the figures of a state that was seen now."""
        now = self.clock()
        if self._first is None:
            self._first = now
        seconds, left = batch.elapsed, batch.remaining_estimate
        watched = now - self._first
        is_watched = (watched > 0 or not batch.is_terminal) and not _is_ours(batch, seconds, watched)
        if is_watched:
            # Where the platform's clock is not this machine's, only what was watched counts.
            seconds = watched
            left = watched * (1 / batch.progress - 1) if batch.progress and watched >= _ENOUGH else None
        return Figures(
            status=_plain(str(batch.status)),
            is_terminal=batch.is_terminal,
            total=_count(batch.total_items),
            ready=_count(batch.ready_items),
            failed=_count(batch.failed_items),
            canceled=_count(batch.canceled_items),
            processing=_count(batch.processing_items),
            seen_at=now,
            seconds=seconds,
            left=left,
            is_watched=is_watched,
        )


def clock_text(seconds: float) -> str:
    """A time as h:mm:ss, or m:ss."""
    minutes, rest = divmod(int(seconds), _MINUTE)
    hours, minutes = divmod(minutes, _MINUTE)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def rest_text(seconds: float) -> str:
    """A time that is only estimated."""
    if round(seconds) < _MINUTE:
        return f"about {max(1, round(seconds))} s left"
    hours, minutes = divmod(round(seconds / _MINUTE), _MINUTE)
    return f"about {hours} h {minutes} min left" if hours else f"about {minutes} min left"


def rate_text(per_minute: float) -> str:
    """A rate, as exactly as it can be meant."""
    rate, unit = (per_minute, "min") if per_minute >= 1 else (per_minute * _MINUTE, "h")
    return f"{rate:.1f}/{unit}" if round(rate, 1) < 10 else f"{round(rate):,}/{unit}"  # noqa: PLR2004


def trouble_text(error: BaseException) -> str:
    """What went wrong with a look, in one line."""
    return f"trying again: {_plain(str(error)) or type(error).__name__}"


def farewell(batch_id: str) -> str:
    """What is said when waiting was interrupted."""
    return f"Stopped waiting; batch {batch_id} goes on. To wait again: {call_again(batch_id)}"


def call_again(batch_id: str) -> str:
    """The call with which somebody waits again."""
    return f'client.wait("{batch_id}")'


def _plain(text: str) -> str:
    """One line of it, which can do nothing to a terminal."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _count(value: object) -> int:
    # Objects may hold anything, where they were made without looking.
    return max(0, value) if isinstance(value, int) else 0


def _is_ours(batch: AnalyzeBatchStatusResponse, seconds: float, watched: float) -> bool:
    """Whether the platform's clock seems to be this machine's."""
    if batch.is_terminal:
        since = datetime.datetime.now(datetime.timezone.utc) - batch.created_at
        return seconds <= since.total_seconds() + _SKEW
    lifetime = (batch.expires_at - batch.created_at).total_seconds()
    return watched <= seconds <= lifetime + _SKEW
