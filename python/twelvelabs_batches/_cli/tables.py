"""Batches and their items as tables. This is the only place that loads rich."""

from __future__ import annotations

import typing

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .screen import clean, one_line
from .times import tell_ago, tell_moment, tell_until

if typing.TYPE_CHECKING:
    from .. import AnalyzeBatchStatusResponse, BatchResultItem

__all__ = ["print_batch", "print_batches", "print_results"]

_COLOURS = {
    "ready": "green",
    "completed": "green",
    "failed": "red",
    "expired": "red",
    "processing": "cyan",
    "canceling": "yellow",
    "canceled": "yellow",
}
_KINDS = ("ready", "failed", "canceled", "processing", "queued")
_BAR = 10
_WIDE, _MEDIUM, _NARROW, _NARROWEST = 110, 84, 66, 50


class _Console(Console):
    """A console that leaves it to the program what to do when nobody reads."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def _console() -> Console:
    return _Console(highlight=False, markup=False, emoji=False)


def _table(*columns: str) -> Table:
    table = Table(border_style="dim", header_style="bold")
    for name in columns:
        table.add_column(name)
    return table


def _status(status: str) -> Text:
    return Text(clean(status), _COLOURS.get(status, ""), no_wrap=True)


def _counts(batch: AnalyzeBatchStatusResponse) -> Text:
    """How many items are in each state, those that have ended first."""
    parts = [
        Text(f"{number:,} {kind}", _COLOURS.get(kind, ""))
        for kind in _KINDS
        if (number := getattr(batch, f"{kind}_items"))
    ]
    return Text(", ").join(parts) if parts else Text("0 items")


def _bar(batch: AnalyzeBatchStatusResponse) -> Text:
    """The share of items in each state that has ended."""
    bar, filled = Text(no_wrap=True), 0
    total, ended = max(batch.total_items, 1), 0
    for kind in _KINDS[:3]:
        ended += getattr(batch, f"{kind}_items")
        upto = min(_BAR, ended * _BAR // total)
        bar.append("━" * (upto - filled), _COLOURS[kind])
        filled = upto
    return bar.append("━" * (_BAR - filled), "bright_black")


def print_batches(batches: typing.Sequence[AnalyzeBatchStatusResponse]) -> None:
    """Prints a line for each batch; a narrow terminal shows fewer columns."""
    console = _console()
    is_medium, is_wide = console.width >= _MEDIUM, console.width >= _WIDE
    table = Table(box=None, header_style="bold dim", padding=(0, 2, 0, 0))
    table.add_column("batch", no_wrap=True, min_width=24)
    has_items = console.width >= _NARROWEST
    for name in ("status", *(("progress",) if is_medium else ()), *(("items",) if has_items else ())):
        table.add_column(name, no_wrap=name != "items")
    if is_wide:
        table.add_column("mode", no_wrap=True)
    if console.width >= _NARROW:
        table.add_column("created", no_wrap=True)
    if is_wide:
        table.add_column("expires", no_wrap=True)
    for batch in batches:
        cells: typing.List[typing.Union[str, Text]] = [clean(batch.batch_id), _status(batch.status)]
        if is_medium:
            cells.append(_bar(batch))
        cells += [_counts(batch)] if has_items else []
        if is_wide:
            cells.append(clean(batch.analysis_mode))
        if console.width >= _NARROW:
            cells.append(tell_ago(batch.created_at))
        if is_wide:
            cells.append(tell_until(batch.expires_at) if batch.is_active else "")
        table.add_row(*cells)
    console.print(table)


def print_batch(batch: AnalyzeBatchStatusResponse) -> None:
    """Prints all that is known of a batch."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("batch", Text(clean(batch.batch_id), "bold"))
    table.add_row("status", _status(batch.status))
    table.add_row("items", Text(f"{batch.total_items:,}  ") + _bar(batch) + Text("  ") + _counts(batch))
    table.add_row("mode", clean(batch.analysis_mode))
    table.add_row("model", clean(batch.model_name))
    table.add_row("created", f"{tell_moment(batch.created_at)}  ({tell_ago(batch.created_at)})")
    for name in ("completed", "canceled", "expired"):
        if moment := getattr(batch, f"{name}_at"):
            table.add_row(name, f"{tell_moment(moment)}  ({tell_ago(moment)})")
    if batch.is_active:
        table.add_row("expires", f"{tell_moment(batch.expires_at)}  ({tell_until(batch.expires_at)})")
    for webhook in batch.webhooks or ():
        outcome = "delivered" if webhook.delivered else f"not delivered: {webhook.last_error or 'no reason'}"
        table.add_row("webhook", one_line(f"{webhook.url}  {outcome}, attempts: {webhook.attempts}"))
    _console().print(table)


def print_results(rows: typing.Iterable[BatchResultItem]) -> bool:
    """Prints a line for each item: prose is cut where the line ends, what went wrong is told whole.

    Returns:
        Whether there was one.
    """
    table = _table("item", "status", "tokens", "text")
    for row in rows:
        used = row.data.usage.output_tokens if row.data and row.data.usage else 0
        table.add_row(
            clean(row.custom_id or row.task_id),
            _status(row.status),
            Text(str(used) if used else "", justify="right"),
            Text(tell_outcome(row), no_wrap=row.error is None, overflow="ellipsis"),
        )
    if table.row_count:
        _console().print(table)
    return table.row_count > 0


def tell_outcome(row: BatchResultItem) -> str:
    """The answer of an item, or what went wrong, on one line."""
    if row.error:
        return one_line(f"{row.error.code or 'error'}: {row.error.message}")
    return one_line(str(row.data.data)) if row.data else ""
