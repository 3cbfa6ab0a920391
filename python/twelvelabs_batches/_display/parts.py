"""What cards are made of."""

from __future__ import annotations

import typing

from .markup import Child, Markup, element, fragment
from .style import STYLE
from .words import attribute, count, moment, plural, text

__all__ = [
    "Cell",
    "bar",
    "box",
    "card",
    "code",
    "counts",
    "error_note",
    "facts",
    "head",
    "mark",
    "more",
    "next_step",
    "note",
    "passage",
    "status",
    "table",
    "tell_error",
    "time",
]

Cell = typing.Union[str, Markup, None]
_LONGEST_MESSAGE = 1000
# Shorter ones are not broken.
_LONG_NAME = 32
Counts = typing.Sequence[typing.Tuple[str, int]]

_COLOURS = {
    "ready": "ready",
    "completed": "ready",
    "failed": "failed",
    "malformed": "failed",
    "processing": "processing",
    "canceling": "warning",
    "expired": "warning",
    "queued": "queued",
    "pending": "queued",
    "left": "queued",
}


def card(*children: Child) -> Markup:
    """All that is shown of an object, with its style."""
    # The last two keep notebooks from reading `$…$` as mathematics.
    return fragment(
        STYLE, element("div", *children, class_="tlb tlb-card tex2jax_ignore mathjax_ignore", dir="ltr")
    )


def head(title: str, name: object = None, state: object = None, side: str = "") -> Markup:
    """The first line: what it is, its name, its status, and what else is to be known of it."""
    told = [
        element("span", title, class_="tlb-title"),
        None if name is None else code(text(name)),
        None if state is None else status(state),
        element("span", side, class_="tlb-side") if side else None,
    ]
    return element("div", *_part(told, Markup(" ")), class_="tlb-head")


# For who sees no styles.
_COMMA = element("span", ", ", class_="tlb-comma")


def _part(children: typing.Iterable[Child], between: Markup) -> typing.Iterator[Child]:
    """Children, parted from each other."""
    for index, child in enumerate(child for child in children if child is not None):
        if index:
            yield between
        yield child


def code(told: str) -> Markup:
    """A name or a call, as code; its direction does not change that of what is around it."""
    return element("code", element("bdi", told), class_="tlb-long" if len(told) > _LONG_NAME else None)


def status(word: object) -> Markup:
    """A status, with its colour beside it."""
    told = text(word, 40)
    return element("span", _dot(told), element("bdi", told), class_="tlb-status")


def mark(word: str, kind: str) -> Markup:
    """A word with the colour of a kind beside it."""
    return element(
        "span", element("span", class_=f"tlb-dot tlb-{kind}", aria_hidden="true"), word, class_="tlb-status"
    )


def _dot(word: str) -> Markup:
    return element("span", class_=f"tlb-dot tlb-{_COLOURS.get(word, 'canceled')}", aria_hidden="true")


def bar(numbers: Counts, total: int) -> Markup:
    """Counts as parts of a bar."""
    whole = max(total, sum(number for _, number in numbers), 1)
    label = ", ".join(f"{count(number)} {word}" for word, number in numbers if number) or "none"
    spans = [
        element(
            "span", class_=f"tlb-{_COLOURS.get(word, 'canceled')}", style=f"width:{100 * number / whole:.2f}%"
        )
        for word, number in numbers
        if number
    ]
    return element(
        "span", *spans, class_="tlb-bar", role="img", aria_label=f"{label} of {plural(total, 'item')}"
    )


def counts(numbers: Counts, side: str = "") -> Markup:
    """Counts in words, beside their colours, and what else is to be said of them."""
    parts = [
        element("span", _dot(word), f"{count(number)} ", element("bdi", text(word, 40)))
        for word, number in numbers
    ]
    told = element("span", side, class_="tlb-side") if side else None
    return element("div", *_part([*parts, told], _COMMA), class_="tlb-counts")


def facts(*pairs: typing.Tuple[str, Cell]) -> typing.Optional[Markup]:
    """Names and values; those without a value are left out."""
    told = [
        element("div", element("dt", name), element("dd", value))
        for name, value in pairs
        if value is not None and value != ""
    ]
    return element("dl", *told, class_="tlb-facts") if told else None


def time(value: object, zone: str = " UTC") -> typing.Optional[Markup]:
    """A time in UTC, and what stands behind it to say so."""
    told = moment(value)
    if told is None:
        return None
    written = told.replace(tzinfo=None).isoformat(" ", "seconds")
    return element("time", f"{written}{zone}", datetime=told.isoformat(timespec="seconds"))


def table(
    columns: typing.Sequence[str],
    rows: typing.Iterable[typing.Sequence[Cell]],
    label: str,
    numbers: typing.AbstractSet[int] = frozenset(),
    *,
    is_wide: bool = False,
) -> Markup:
    """A table in a box of its own, in which it scrolls; the first cell of each row names it.

    Args:
        columns: What stands above each.
        rows: The cells.
        label: What the table is, for who does not see it.
        numbers: The columns that hold numbers, or what is lined up like them.
        is_wide: Whether it is rather scrolled than its columns made narrow.
    """
    kinds = ["tlb-number" if index in numbers else None for index in range(len(columns))]
    names = [
        element("th", element("bdi", name), scope="col", class_=kind)
        for name, kind in zip(columns, kinds, strict=True)
    ]
    lines = []
    for first, *others in rows:
        cells = [element("th", first, scope="row", dir="auto")]
        cells += [
            element("td", cell, class_=kind, dir=None if isinstance(cell, Markup) or kind else "auto")
            for cell, kind in zip(others, kinds[1:], strict=True)
        ]
        lines.append(element("tr", *cells))
    top = element("thead", element("tr", *names))
    kind = "tlb-table tlb-wide" if is_wide else "tlb-table"
    return box(element("table", top, element("tbody", *lines), class_=kind), label)


def box(content: Markup, label: str, kind: str = "") -> Markup:
    """A box that scrolls if what is in it is too large; with the keyboard, too."""
    return element("div", content, class_=f"tlb-box{kind}", role="region", aria_label=label, tabindex="0")


def passage(told: str, label: str, *, is_code: bool = False) -> Markup:
    """A text that may be long, with its lines as they are."""
    kind = "tlb-text tlb-json" if is_code else "tlb-text"
    return box(element("pre", told, class_=kind, dir="ltr" if is_code else "auto"), label, " tlb-low")


def more(left: int, noun: str, nouns: str = "", where: str = "") -> typing.Optional[Markup]:
    """That not all is shown, and where the rest is."""
    if left <= 0:
        return None
    told = f"and {plural(left, f'more {noun}', f'more {nouns}' if nouns else '')}"
    return element("div", told, *([": ", code(where)] if where else []), class_="tlb-quiet")


def note(*children: Child, kind: str = "") -> Markup:
    """Something that is to be seen; `failed` and `warning` are kinds."""
    return element("div", *children, class_=f"tlb-note tlb-{kind}" if kind else "tlb-note", dir="auto")


def next_step(*calls: str, after: str = "") -> Markup:
    """What to do next."""
    told: typing.List[Child] = []
    for index, call in enumerate(calls):
        told += [" or " if index else None, code(call)]
    return element("div", element("span", "Next: ", class_="tlb-quiet"), *told, after, class_="tlb-next")


def tell_error(error: object, most: int) -> Markup:
    """The code and the message of what went wrong."""
    message, code_ = attribute(error, "message"), attribute(error, "code")
    if message is None:
        message, code_ = error, None
    return fragment(
        None if code_ is None else fragment(code(text(code_)), " "), element("bdi", text(message, most))
    )


def error_note(error: object) -> Markup:
    """What went wrong, to be seen."""
    return note(tell_error(error, _LONGEST_MESSAGE), kind="failed")
