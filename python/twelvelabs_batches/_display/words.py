"""Values of fields as people read them. Fields may hold anything, where objects were made without looking."""

from __future__ import annotations

import datetime
import typing

from .markup import shorten

__all__ = [
    "attribute",
    "clock",
    "count",
    "duration",
    "moment",
    "number",
    "plural",
    "quote",
    "text",
]

_LONGEST = 80
_LARGEST = 10**15


def attribute(owner: object, name: str) -> typing.Any:
    """An attribute; `None` if the object lacks it, or cannot tell it."""
    try:
        return getattr(owner, name, None)
    except Exception:  # noqa: BLE001 - what cannot be told is not shown
        return None


def text(value: object, most: int = _LONGEST) -> str:
    """Any value as a short text; nothing if it is `None`."""
    if value is None:
        return ""
    if isinstance(value, str):
        return shorten(str.__str__(value), most)
    try:
        return shorten(str.__str__(str(value)), most)
    except Exception:  # noqa: BLE001 - such as integers with too many digits
        return f"({type(value).__name__})"


def number(value: object) -> int:
    """A count; 0 if it is none."""
    if isinstance(value, bool) or not isinstance(value, int):
        return 0
    return min(max(value, 0), _LARGEST)


def count(value: int) -> str:
    """A count with its digits in groups."""
    return f"{value:,}"


def plural(value: int, noun: str, nouns: str = "") -> str:
    """A count and what is counted."""
    return f"{count(value)} {noun if value == 1 else nouns or f'{noun}s'}"


def quote(value: object) -> str:
    """A text as it stands in code."""
    told = text(value)
    return f'"{told}"' if told.isprintable() and not set(told) & {'"', "\\"} else repr(told)


def moment(value: object) -> typing.Optional[datetime.datetime]:
    """A time in UTC; `None` if it is none."""
    if not isinstance(value, datetime.datetime):
        return None
    try:
        return value.astimezone(datetime.timezone.utc)
    except Exception:  # noqa: BLE001 - at the ends of the calendar
        return None


_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def duration(seconds: object) -> typing.Optional[str]:
    """Seconds in two units at most; `None` if they are no number."""
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not 0 <= seconds < _LARGEST:
        return None
    if seconds < _MINUTE:
        return f"{seconds:.1f} s" if seconds < 10 and seconds % 1 else f"{int(seconds)} s"  # noqa: PLR2004
    whole = int(seconds)
    for unit, name, smaller, smaller_name in (
        (_DAY, "d", _HOUR, "h"),
        (_HOUR, "h", _MINUTE, "min"),
        (_MINUTE, "min", 1, "s"),
    ):
        if whole >= unit:
            rest = whole % unit // smaller
            return f"{count(whole // unit)} {name}" + (f" {rest} {smaller_name}" if rest else "")
    return None


def clock(seconds: float) -> str:
    """A time of a video as `h:mm:ss.s`."""
    if not 0 <= seconds < _LARGEST:
        return text(seconds)
    tenths = round(seconds * 10)
    return f"{tenths // 36_000}:{tenths // 600 % 60:02}:{tenths // 10 % 60:02}.{tenths % 10}"
