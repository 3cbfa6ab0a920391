"""How far the peak of memory rises with the rows, in fresh processes."""

from __future__ import annotations

import typing

from ..cases import STREAMS
from ..data import BATCHES
from ..figures import Value

if typing.TYPE_CHECKING:
    from . import Context

WHO = ("ours", "ours.async", "http.msgspec")


def peak(context: Context, who: str, work: str, *arguments: typing.Any) -> float:
    """The peak of a process that has read a little before."""
    worker = context.worker(who)
    try:
        worker.run("results", [BATCHES["small"].batch_id])
        return worker.run(work, list(arguments)).peak
    finally:
        worker.close()


def measure(context: Context) -> typing.Iterator[Value]:
    """Reads few and many rows, and many streams."""
    repeats = range(min(context.repeats, 3))
    for who in WHO:
        peaks = {
            name: [peak(context, who, "results", BATCHES[name].batch_id) for _ in repeats]
            for name in ("small", "many")
        }
        for name, values in peaks.items():
            title = f"{who}, peak after {BATCHES[name].rows:,} rows"
            yield Value(f"memory.{who}.{name}", title, "MB", values)
        growth = [many - few for few, many in zip(peaks["small"], peaks["many"], strict=True)]
        yield Value(f"memory.{who}.growth", f"{who}, growth of the peak", "MB", growth)
    for who, kind in (("ours", "threads"), ("ours.async", "tasks")):
        batch_id = BATCHES["some"].batch_id
        one = [peak(context, who, "results", batch_id) for _ in repeats]
        all_of_them = [peak(context, who, "together", batch_id, STREAMS) for _ in repeats]
        growth = [high - low for low, high in zip(one, all_of_them, strict=True)]
        title = f"{STREAMS} streams by {kind}, peak above that of one stream"
        yield Value(f"memory.{kind}", title, "MB", growth)
