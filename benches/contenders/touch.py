"""What is done with what a call gives, alike for all: every row's task, status and text are looked at."""

from __future__ import annotations

import socket
import time
import typing

Row = typing.Any
Rows = typing.Iterator[Row]


class Seen(typing.NamedTuple):
    """What was seen."""

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


def seen_row(row: Row) -> Seen:
    """Looks at one row, the first."""
    return Seen(1, glance(row), time.perf_counter())


def seen_batch(batch: typing.Any) -> Seen:
    """Looks at a batch."""
    return Seen(1, hash((batch.batch_id, batch.status, batch.total_items)))


def seen_page(batches: typing.Iterable[typing.Any]) -> Seen:
    """Looks at the batches of a page."""
    seen = [seen_batch(batch).check for batch in batches]
    return Seen(len(seen), sum(seen))


def seen_created(answer: typing.Any) -> Seen:
    """Looks at the answer to a create."""
    return Seen(len(answer.items), hash(tuple((item.task_id, item.custom_id) for item in answer.items)))


def alike(seen: typing.Sequence[Seen]) -> Seen:
    """What all saw."""
    one = seen[0]
    if any((other.rows, other.check) != (one.rows, one.check) for other in seen):
        raise RuntimeError("streams differ")
    return Seen(one.rows, one.check)


def tell(line: socket.socket, rows: typing.Iterator[typing.Any]) -> Seen:
    """Tells of every row that it was handed over."""
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    count = 0
    for _ in rows:
        line.sendall(b".")
        count += 1
    return Seen(count, 0)
