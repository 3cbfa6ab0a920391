"""What is measured by having contenders do the same in turn."""

from __future__ import annotations

import dataclasses
import typing

from .data import BATCHES

OURS = ("ours", "ours.async", "base", "base.async")
VENDOR = ("vendor", "vendor.async")
BY_HAND = ("httpx.orjson", "httpx.msgspec", "http.msgspec", "curl.msgspec")


@dataclasses.dataclass(frozen=True)
class Part:
    """What one contender does in a case."""

    contender: str
    arguments: tuple[typing.Any, ...] = ()
    rounds: int = 1
    per: int = 1  # what the cost is divided by, beside the rounds
    most: int = 1_000  # repeats
    note: str = ""


@dataclasses.dataclass(frozen=True)
class Case:
    """A kind of work."""

    name: str
    title: str
    work: str
    unit: str
    parts: tuple[Part, ...]


def results(name: str, title: str, rounds: int, vendor: str = "", vendor_rounds: int = 1) -> Case:
    """The results of a batch; the vendor's SDK may read a smaller one of such rows."""
    batch, other = BATCHES[name], BATCHES[vendor or name]
    note = f"measured on {other.rows:,} rows" if vendor else ""
    parts = [Part(who, (batch.batch_id,), rounds, batch.rows) for who in (*OURS, *BY_HAND, "bytes")]
    most = 3 if vendor else 1_000
    parts += [Part(who, (other.batch_id,), vendor_rounds, other.rows, most, note) for who in VENDOR]
    return Case(f"results.{name}", title, "results", "row", tuple(parts))


CASES = (
    results("small", "1,000 rows of 0.6 kB", 40),
    results("many", "200,000 rows of 0.6 kB", 1, vendor="some"),
    results("segments", "1,000 rows of 20 kB, JSON as text", 3),
    results("escapes", "1,000 rows of 2.4 kB, all \\u escapes", 20),
    results("large", "200 rows of 400 kB", 2),
)
