"""What is done with every row, alike for all: its task, its status and its text are looked at."""

from __future__ import annotations

import time
import typing

Row = typing.Any
Rows = typing.Iterator[Row]


class Seen(typing.NamedTuple):
    """What was seen of a batch."""

    rows: int
    check: int
    first: float = 0.0  # when the first row came


def glance(row: Row) -> int:
    """A number of an object that is a row."""
    data = row.data
    text = row.error.message if data is None else data.data
    return hash((row.task_id, row.status, len(text)))


def glance_dict(row: Row) -> int:
    """The same of a dict."""
    data = row.get("data")
    text = row["error"]["message"] if data is None else data["data"]
    return hash((row["task_id"], row["status"], len(text)))


def touch(rows: Rows, look: typing.Callable[[Row], int] = glance) -> Seen:
    """Looks at all rows."""
    check = look(next(rows))
    first = time.perf_counter()
    count = 1
    for row in rows:
        check ^= look(row)
        count += 1
    return Seen(count, check, first)


async def touch_async(rows: typing.AsyncIterator[Row]) -> Seen:
    """Looks at all rows."""
    check = glance(await anext(rows))
    first = time.perf_counter()
    count = 1
    async for row in rows:
        check ^= glance(row)
        count += 1
    return Seen(count, check, first)
