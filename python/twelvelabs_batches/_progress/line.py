"""One line of a terminal that tells how a batch goes on."""

from __future__ import annotations

import typing

from rich.text import Text

from .figures import clock_text, rate_text, rest_text

if typing.TYPE_CHECKING:
    from .figures import Figures

__all__ = ["Look", "compose"]

_NARROWEST, _WIDEST = 8, 40
_COLORS = {"ready": "green", "failed": "red", "canceled": "yellow", "rest": "bright_black"}
_STATUS_COLORS = {"completed": "green", "canceled": "yellow", "canceling": "yellow", "expired": "red"}
_READABLE = 32
_STATUS_WIDTH = len("processing")
_GAP = "  "

# What is left out first where the line is too long; 0 stays.
_STAYS, _ENDED, _NAME, _TIME, _REST, _RATE, _READY = range(7)


class Look(typing.NamedTuple):
    """What a terminal can show."""

    has_color: bool
    has_blocks: bool

    def glyphs(self) -> typing.Dict[str, str]:
        """What the parts of a bar are drawn with; without colours they differ in shape."""
        if not self.has_blocks:
            return {"ready": "#", "failed": "x", "canceled": "/", "rest": "."}
        if self.has_color:
            return dict.fromkeys(("ready", "failed", "canceled", "rest"), "━")
        return {"ready": "█", "failed": "x", "canceled": "/", "rest": "░"}


def compose(figures: Figures, *, name: str, trouble: str, now: float, width: int, look: Look) -> Text:
    """Composes a line that is at most as wide as that."""
    parts = _parts(figures, name=name, now=now, is_troubled=bool(trouble))
    # Of what went wrong, the beginning is to be read, and the end is cut.
    kept = min(len(trouble), _READABLE)
    room = width - kept - len(_GAP) - _NARROWEST
    for priority in range(_READY, _STAYS, -1):
        if _join(parts).cell_len <= room:
            break
        parts = [part for part in parts if part[0] != priority]
    cells = min(_WIDEST, room + _NARROWEST - _join(parts).cell_len)
    if cells >= _NARROWEST:
        place = next(place for place, part in enumerate(parts) if part[0] == _STAYS) + 1
        parts.insert(place, (_STAYS, _draw_bar(figures, cells, look)))
    if trouble:
        parts.append((_STAYS, Text(trouble, "red")))
    line = _join(parts)
    if width <= 0:
        return Text()
    line.truncate(width, overflow="ellipsis" if look.has_blocks else "crop")
    return line


def _parts(
    figures: Figures, *, name: str, now: float, is_troubled: bool
) -> typing.List[typing.Tuple[int, Text]]:
    parts = [(_NAME, Text(name, "bright_black"))] if name else []
    status = Text(figures.status.ljust(_STATUS_WIDTH), _STATUS_COLORS.get(figures.status, "bold"))
    parts += [(_STAYS, status), (_STAYS, Text(f"{figures.ended:,}/{figures.total:,}"))]
    for what, count in figures.counts():
        parts.append((_READY if what == "ready" else _ENDED, Text(f"{count:,} {what}", _COLORS[what])))
    parts.append((_TIME, Text(clock_text(figures.elapsed(now)), "cyan")))
    if is_troubled:
        return parts
    remaining = figures.remaining(now)
    if remaining is not None:
        parts.append((_REST, Text(rest_text(remaining))))
    if figures.per_minute is not None:
        parts.append((_RATE, Text(rate_text(figures.per_minute), "bright_black")))
    return parts


def _join(parts: typing.List[typing.Tuple[int, Text]]) -> Text:
    return Text(_GAP).join(text for _, text in parts)


def _draw_bar(figures: Figures, width: int, look: Look) -> Text:
    glyphs = look.glyphs()
    bar = Text()
    for what, cells in _share(figures, width):
        bar.append(glyphs[what] * cells, _COLORS[what])
    return bar


def _share(figures: Figures, width: int) -> typing.List[typing.Tuple[str, int]]:
    """Cells of each part: one at least for what there is, all only where all is ended."""
    ended = {"ready": figures.ready, "failed": figures.failed, "canceled": figures.canceled}
    total = max(figures.total, figures.ended)
    if not total:
        return [("rest", width)]
    cells = {what: max(1, count * width // total) if count else 0 for what, count in ended.items()}
    rest = total - figures.ended
    cells["rest"] = max(1, width * rest // total) if rest else 0
    # What rounding took, or gave, is settled with the largest part.
    cells[max(cells, key=lambda what: cells[what])] += width - sum(cells.values())
    return list(cells.items())
