"""Results: items, lists of them, streams and columns."""

from __future__ import annotations

import typing

from . import answers, parts
from .markup import Markup, element, fragment
from .words import attribute, count, number, plural, text

__all__ = ["show_columns", "show_item", "show_list", "show_malformed", "show_stream"]

_MOST_ITEMS = 20
_LONGEST_EXCERPT = 120
_LONGEST_MESSAGE = 1000
_LONGEST_ROW = 2000


def show_item(item: object) -> Markup:
    """A card of a result item."""
    data, error = attribute(item, "data"), attribute(item, "error")
    custom_id, task_id = attribute(item, "custom_id"), attribute(item, "task_id")
    name = task_id if custom_id is None else custom_id
    return parts.card(
        parts.head("Result", name, attribute(item, "status")),
        parts.facts(
            ("task_id", None if task_id is None or custom_id is None else parts.code(text(task_id))),
            *(answers.facts_of(data) if data is not None else []),
        ),
        None if error is None else parts.error_note(error),
        answers.cut_note(data),
        None if data is None else answers.show_answer(data, "item.data"),
        element("div", _why_nothing(attribute(item, "status")), class_="tlb-quiet")
        if data is None and error is None
        else None,
    )


def _why_nothing(status: object) -> str:
    if status == "canceled":
        return "The item ended without an analysis, by cancellation or expiry."
    if status in ("queued", "processing"):
        return "The item has not ended yet."
    return "The item came without an analysis and without an error."


def show_list(results: typing.Any) -> Markup:
    """A card of collected results."""
    shown = results[:_MOST_ITEMS]
    tokens = [number(results.output_tokens), number(results.input_tokens)]
    numbers = [(text(status, 40), each) for status, each in results.counts.items()]
    ordered = sorted(numbers, key=lambda pair: _ORDER.get(pair[0], len(_ORDER)))
    malformed = len(results.malformed)
    return parts.card(
        parts.head("Results", side=plural(len(results), "item")),
        parts.bar(ordered, len(results)) if numbers else None,
        parts.counts(ordered + ([("malformed", malformed)] if malformed else [])),
        parts.facts(
            ("output tokens", count(tokens[0]) if tokens[0] else None),
            ("input tokens", count(tokens[1]) if tokens[1] else None),
        ),
        _show_malformed_of(malformed),
        _table_of_items(shown) if len(results) else _nothing("There are no items."),
        parts.more(len(results) - len(shown), "item"),
    )


_ORDER = {word: index for index, word in enumerate(("ready", "failed", "canceled", "processing", "queued"))}


def _nothing(told: str) -> Markup:
    return element("div", told, class_="tlb-quiet")


def _show_malformed_of(malformed: int) -> typing.Optional[Markup]:
    if not malformed:
        return None
    told = f"{plural(malformed, 'row')} could not be read: "
    return parts.note(told, parts.code("results.malformed"), kind="failed")


def _table_of_items(items: typing.Iterable[object]) -> Markup:
    rows = [_row_of_item(item) for item in items]
    return parts.table(("item", "status", "answer", "tokens"), rows, "Items", numbers={3})


def _row_of_item(item: object) -> typing.Sequence[parts.Cell]:
    data, error = attribute(item, "data"), attribute(item, "error")
    custom_id = attribute(item, "custom_id")
    name = parts.code(text(attribute(item, "task_id") if custom_id is None else custom_id))
    tokens = attribute(attribute(data, "usage"), "output_tokens")
    told: parts.Cell = answers.tell_answer(data, _LONGEST_EXCERPT) if data is not None else ""
    if error is not None:
        told = parts.tell_error(error, _LONGEST_EXCERPT)
    elif answers.was_cut(data):
        told = fragment(element("bdi", told), " ", element("span", "(cut)", class_="tlb-quiet"))
    return name, parts.status(attribute(item, "status")), told, count(number(tokens)) if tokens else ""


def show_stream(stream: typing.Any) -> Markup:
    """A card of a stream of results. Nothing is taken from it."""
    waits = type(stream).__name__.startswith("Async")
    malformed = number(stream.malformed)
    loop = f"{'async ' if waits else ''}for item in results"
    whole = f"{'await ' if waits else ''}results.collect()"
    return parts.card(
        parts.head("Results of batch", stream.batch_id),
        parts.facts(
            ("handed over", plural(number(stream.delivered), "item")),
            ("cannot be read", plural(malformed, "row") if malformed else None),
        ),
        _nothing("A stream: showing it has taken nothing from it."),
        parts.next_step(loop, whole),
    )


def show_columns(columns: typing.Any) -> Markup:
    """A card of results as columns."""
    names = columns.column_names
    listed: typing.List[Markup] = []
    for name in names:
        listed += [parts.code(text(name)), Markup(" ")]
    size = f"{plural(len(columns), 'row')}, {plural(len(names), 'column')}"
    return parts.card(
        parts.head("Result columns", side=size),
        element("div", *listed, class_="tlb-next"),
        parts.next_step("pyarrow.table(columns)", "polars.DataFrame(columns)"),
    )


def show_malformed(row: typing.Any) -> Markup:
    """A card of a row that could not be read."""
    raw = bytes(row.raw)
    shown = raw[:_LONGEST_ROW].decode("utf-8", "backslashreplace")
    return parts.card(
        parts.head("Row that cannot be read", side=f"row {count(row.row)}, at byte {count(row.offset)}"),
        parts.note(element("bdi", text(row.reason, _LONGEST_MESSAGE)), kind="failed"),
        parts.passage(shown, "Row", is_code=True) if raw else None,
        parts.more(len(raw) - _LONGEST_ROW, "byte", where="row.raw"),
    )
