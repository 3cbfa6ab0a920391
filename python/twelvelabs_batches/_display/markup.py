"""HTML of texts that nobody has looked at."""

from __future__ import annotations

import re
import typing
from html import escape

__all__ = ["Child", "Markup", "element", "fragment", "shorten", "tame"]


class Markup(str):
    """Text that is HTML already; everything else is escaped."""

    __slots__ = ()


Child = typing.Union[str, None]

# Control characters; those that turn the direction of what follows, other lines with
# them; halves of surrogate pairs, which no file can hold.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def tame(text: str) -> str:
    """A text with what cannot be seen in it made visible, by its number."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", lines)


def shorten(text: str, most: int) -> str:
    """A text of at most that many characters; what is cut off is marked."""
    return text if len(text) <= most else text[: most - 1] + "…"


def fragment(*children: Child) -> Markup:
    """Children one after another; those that are nothing are left out."""
    return Markup("".join(map(_write, children)))


def element(tag: str, *children: Child, **attributes: Child) -> Markup:
    """An element.

    Args:
        tag: Its name.
        children: What is in it.
        attributes: Its attributes; those that are nothing are left out. An underscore
            is a hyphen, and one at the end is for Python's own words.
    """
    told = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_write_plain(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{tag}{told}>{fragment(*children)}</{tag}>")


def _write(child: Child) -> str:
    if child is None:
        return ""
    return child if isinstance(child, Markup) else _write_plain(child)


def _write_plain(text: str) -> str:
    return escape(tame(text), quote=True)
