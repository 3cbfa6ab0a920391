"""Times as people tell them."""

from __future__ import annotations

import datetime
import typing

__all__ = ["tell_ago", "tell_duration", "tell_moment", "tell_until"]

_UNITS = ((86400, "d"), (3600, "h"), (60, "min"))


def tell_duration(seconds: float) -> str:
    """A duration in the largest unit of which there are at least two."""
    for length, unit in _UNITS:
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc)


def _seconds_since(moment: datetime.datetime) -> float:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.timezone.utc)
    return (_now() - moment).total_seconds()


def tell_ago(moment: datetime.datetime) -> str:
    """How long ago something was; clocks may differ."""
    seconds = _seconds_since(moment)
    return f"{tell_duration(seconds)} ago" if seconds >= 1 else "just now"


def tell_until(moment: datetime.datetime) -> str:
    """When something will be, or that it was."""
    left = -_seconds_since(moment)
    return f"in {tell_duration(left)}" if left > 0 else f"{tell_duration(-left)} ago"


def tell_moment(moment: typing.Optional[datetime.datetime]) -> str:
    """A moment by the clock on the wall."""
    if moment is None:
        return ""
    local = moment.astimezone() if moment.tzinfo else moment
    return f"{local:%Y-%m-%d %H:%M:%S}"
