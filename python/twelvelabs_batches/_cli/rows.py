"""Rows of results on stdout."""

from __future__ import annotations

import collections
import shutil
import sys
import typing

import click

from .. import BatchResultItem, MalformedRow
from .exits import Exit
from .failures import Stop, tell_error
from .problems import count
from .screen import is_coloured, one_line, put_json, put_text, say

if typing.TYPE_CHECKING:
    from .. import Outcome, Results

__all__ = ["Selection", "put_answers", "put_json_lines", "put_lines", "put_outcome", "put_table"]

_COLOURS = {"ready": "green", "failed": "red", "canceled": "yellow"}
_STATUS_WIDTH, _NAME_WIDTH = 10, 24
_UNFINISHED = ("queued", "processing")

Rows = typing.Iterable[BatchResultItem]


class Selection:
    """Which items are wanted, and what was seen of them."""

    def __init__(self, statuses: typing.Sequence[str] = (), items: typing.Sequence[str] = ()) -> None:
        self._statuses, self._items = frozenset(statuses), tuple(items)
        self._missing = set(items)
        self._malformed = 0
        self.counts: typing.Counter[str] = collections.Counter()

    def __bool__(self) -> bool:
        return bool(self._statuses or self._items)

    def of(self, results: Results) -> typing.Iterator[BatchResultItem]:
        """The rows that are wanted; those that cannot be read are told."""
        row: typing.Union[BatchResultItem, MalformedRow]
        for row in results:
            if isinstance(row, MalformedRow):
                self._malformed += 1
                tell_error(f"row {row.row} of the results cannot be read: {row.reason}")
                continue
            self.counts[row.status] += 1
            if self._items and not self._is_named(row):
                continue
            if not self._statuses or row.status in self._statuses:
                yield row

    def _is_named(self, row: BatchResultItem) -> bool:
        names = {row.custom_id, row.task_id}.intersection(self._items)
        self._missing.difference_update(names)
        return bool(names)

    def check(self, batch_id: str) -> None:
        """Ends the command if something that was wanted did not come.

        Raises:
            Stop: A row cannot be read, or there is no such item.
        """
        if self._malformed:
            rows = count(self._malformed, "row")
            raise Stop(
                Exit.INCOMPLETE, f"{rows} of the batch {batch_id} cannot be read; the others are valid"
            )
        if self._missing:
            names = ", ".join(sorted(self._missing))
            raise Stop(Exit.WRONG, f"the batch {batch_id} has no item {names}")

    def tell_unfinished(self) -> None:
        """Tells people how many items have not ended yet."""
        waiting = sum(self.counts[status] for status in _UNFINISHED)
        if waiting:
            say(f"{waiting:,} of {count(self.counts.total(), 'item')} have not ended yet.", fg="yellow")


def put_json_lines(rows: Rows) -> None:
    """Puts out each row as the platform sent it."""
    for row in rows:
        put_json(row.json(by_alias=True, exclude_unset=True))


def put_answers(rows: Rows) -> None:
    """Puts out the answers alone, an empty line between two; what has none is told on stderr."""
    is_first = True
    for row in rows:
        if row.data is None:
            say(f"{row.custom_id or row.task_id}: {_outcome(row)}", fg="yellow")
            continue
        if not is_first:
            put_text("")
        is_first = False
        put_text(str(row.data.data))


def put_lines(rows: Rows) -> None:
    """Puts out a line for people as soon as an item has come."""
    width = shutil.get_terminal_size().columns
    for row in rows:
        status = click.style(f"{one_line(row.status):<{_STATUS_WIDTH}}", fg=_COLOURS.get(row.status))
        name = f"{one_line(row.custom_id or row.task_id):<{_NAME_WIDTH}}"
        left = max(width - _STATUS_WIDTH - len(name) - 4, _STATUS_WIDTH)
        told = _outcome(row)
        told = told if len(told) <= left or row.error else f"{told[: left - 1]}…"
        click.echo(f"{status}  {name}  {told}", color=is_coloured())
        sys.stdout.flush()


def put_outcome(outcome: Outcome) -> None:
    """Puts out a line for people about what has come of an item of a run."""
    video = outcome.request.get("video", {}) if isinstance(outcome.request, dict) else {}
    name = outcome.custom_id or video.get("asset_id") or outcome.task_id or "?"
    told = outcome.status if outcome.item is None else _outcome(outcome.item)
    status = click.style(f"{outcome.status:<{_STATUS_WIDTH}}", fg=_COLOURS.get(outcome.status))
    left = max(shutil.get_terminal_size().columns - _STATUS_WIDTH - _NAME_WIDTH - 4, _STATUS_WIDTH)
    told = told if len(told) <= left or outcome.status == "failed" else f"{told[: left - 1]}…"
    click.echo(f"{status}  {one_line(str(name)):<{_NAME_WIDTH}}  {told}", color=is_coloured())


def put_table(rows: Rows) -> None:
    """Puts out a table for people."""
    from .tables import print_results  # noqa: PLC0415 - loads rich

    if not print_results(rows):
        say("There is no such item.")


def _outcome(row: BatchResultItem) -> str:
    """The answer of an item, or what became of it, on one line."""
    if row.error:
        return one_line(f"{row.error.code or 'error'}: {row.error.message}")
    return one_line(str(row.data.data)) if row.data else one_line(row.status)
