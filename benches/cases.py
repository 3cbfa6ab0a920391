"""What is measured by having contenders do the same in turn."""

from __future__ import annotations

import dataclasses
import typing

from .data import BATCHES

OURS = ("ours", "ours.async", "base", "base.async")
VENDOR = ("vendor", "vendor.async")
BY_HAND = ("httpx.orjson", "httpx.msgspec", "http.msgspec", "http.bulk", "curl.msgspec")
STREAMS = 64
FEW = 3  # repeats of what takes long


@dataclasses.dataclass(frozen=True)
class Part:
    """What one contender does in a case."""

    contender: str
    arguments: tuple[typing.Any, ...] = ()
    rounds: int = 1
    per: int = 1  # what the cost is divided by, beside the rounds
    most: int = 1_000  # repeats
    label: str = ""  # where a contender has more than one part
    work: str = ""  # if not the case's
    is_long: bool = False  # so that it need not warm up

    @property
    def name(self) -> str:
        """What the part goes by in its case."""
        return self.label or self.contender


@dataclasses.dataclass(frozen=True)
class Case:
    """A kind of work."""

    name: str
    title: str
    work: str
    unit: str
    parts: tuple[Part, ...]
    note: str = ""


def results(name: str, title: str, rounds: int, vendor: str = "") -> Case:
    """The results of a batch; the vendor's SDK may read a smaller one of such rows."""
    batch, other = BATCHES[name], BATCHES[vendor or name]
    note = f"The vendor's SDK reads {other.rows:,} rows." if vendor else ""
    parts = [Part(who, (batch.batch_id,), rounds, batch.rows) for who in (*OURS, *BY_HAND, "bytes")]
    most = FEW if vendor else 1_000
    parts += [Part(who, (other.batch_id,), 1, other.rows, most) for who in VENDOR]
    return Case(f"results.{name}", title, "results", "row", tuple(parts), note)


def calls(
    name: str,
    title: str,
    work: str,
    arguments: tuple[typing.Any, ...],
    rounds: int,
    vendor: int,
    most: int = 1_000,
) -> Case:
    """A call; the vendor's SDK may make fewer rounds of it, and fewer repeats."""
    parts = [Part(who, arguments, rounds) for who in OURS]
    parts += [Part(who, arguments, vendor, most=most) for who in VENDOR]
    return Case(name, title, work, "call", tuple(parts))


def streams() -> Case:
    """Many streams at once, beside as many one after the other."""
    batch = BATCHES["some"]
    parts = [
        Part(who, (batch.batch_id, STREAMS), 1, batch.rows * STREAMS, 5, label, work, is_long=True)
        for who, label, work in (
            ("ours", "one", "alone"),
            ("ours", "threads", "together"),
            ("ours.async", "one.async", "alone"),
            ("ours.async", "tasks", "together"),
        )
    ]
    return Case("streams", f"{STREAMS} batches of {batch.rows:,} rows", "together", "row", tuple(parts))


def columns(library: str) -> Case:
    """A table, as columns and of row objects."""
    batch = BATCHES["many"]
    parts = [
        Part("ours", (batch.batch_id, library, way), 1, batch.rows, FEW, way) for way in ("columns", "rows")
    ]
    return Case(f"columns.{library}", f"{batch.rows:,} rows as {library}", "table", "row", tuple(parts))


SMALL = (BATCHES["small"].batch_id,)

CASES = (
    results("small", "1,000 rows of 0.6 kB", 40),
    results("many", "200,000 rows of 0.6 kB", 1, vendor="some"),
    results("segments", "1,000 rows of 20 kB, JSON as text", 3),
    results("escapes", "1,000 rows of 2.4 kB, all \\u escapes", 20),
    results("large", "200 rows of 400 kB", 2),
    calls("first", "the first of 200,000 rows", "first", (BATCHES["many"].batch_id,), 30, 30),
    calls("retrieve", "retrieve", "retrieve", SMALL, 300, 100),
    calls("list", "list, a page of 50", "page", (), 100, 10),
    calls("create.rich", "create, 1,000 items with 5x10 fields each, models", "create", ("rich",), 4, 1, FEW),
    calls("create.dicts", "create, the same as dicts", "create", ("rich dicts",), 4, 1, FEW),
    calls("create.minimal", "create, 1,000 minimal items, models", "create", ("minimal",), 20, 1),
    calls("create.minimal-dicts", "create, 1,000 minimal items, dicts", "create", ("minimal dicts",), 20, 1),
    streams(),
    *(columns(library) for library in ("arrow", "pandas", "polars")),
)
