"""How many instructions a row takes, as valgrind counts them: where noise hides a difference."""

from __future__ import annotations

import re
import shutil
import typing

from ..data import BATCHES
from ..figures import Value
from ..places import HOME
from ..worker import Worker

if typing.TYPE_CHECKING:
    from . import Context

WHO = ("ours", "ours.async", "http.msgspec")
SHAPES = ("small", "segments", "escapes")
ROUNDS = 4


def count(context: Context, who: str, shape: str, rounds: int) -> int:
    """All instructions of a process that reads a batch so many times."""
    out, log = HOME / f"callgrind-{who}-{shape}.out", HOME / "callgrind.log"
    tool = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", f"--log-file={log}"]
    worker = Worker(who, context.url, context.interpreter(who), tool)
    try:
        worker.run("results", [BATCHES[shape].batch_id], rounds)
    finally:
        worker.close()
    found = re.search(r"Collected : (\d+)", log.read_text())
    if found is None:
        raise RuntimeError(f"callgrind does not tell; see {log}")
    return int(found[1])


def measure(context: Context) -> typing.Iterator[Value]:
    """Counts with one round and with more: what is between them is the rows' alone."""
    if shutil.which("valgrind") is None:
        raise RuntimeError("valgrind is not installed")
    for shape in SHAPES:
        for who in (who for who in WHO if who in context.names):
            few, many = (count(context, who, shape, rounds) for rounds in (1, 1 + ROUNDS))
            each = (many - few) / ROUNDS / BATCHES[shape].rows
            yield Value(f"instructions.{who}.{shape}", f"{who}, {shape}, instructions per row", "", [each])
