"""A process with one contender in it, that does over and over what it is told to.

    python -m benches.worker NAME URL

Told by lines of JSON on standard input, answered by such lines on standard output.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import json
import os
import re
import select
import subprocess
import sys
import time
import typing
from pathlib import Path

from .contenders import CONTENDERS
from .places import ROOT

PATIENCE = 300  # seconds for one run


@dataclasses.dataclass
class Run:
    """What one run took, for all its rounds together."""

    cpu: float
    wall: float
    first: float
    rows: int
    check: int
    peak: float  # of the process's memory, in MB
    growth: float  # how far that is above what it had before


def memory(field: str) -> float:
    """The process's memory in MB: `VmRSS` now, `VmHWM` at its peak."""
    found = re.search(rf"{field}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else float("nan")


def measure(work: typing.Callable[..., typing.Any], rounds: int, arguments: list[typing.Any]) -> Run:
    """Runs; CPU is user and system time of the whole process, all its threads."""
    gc.collect()
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before = memory("VmRSS")
    firsts = 0.0
    found = set()
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(rounds):
        began = time.perf_counter()
        rows, check, first = work(*arguments)
        firsts += first - began
        found.add((rows, check))
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    if len(found) > 1:
        raise RuntimeError(f"rounds differ: {found}")
    peak = memory("VmHWM")
    rows, check = found.pop()
    return Run(cpu, wall, firsts / rounds, rows, check, peak, peak - before)


def main() -> None:
    """Does what it is told."""
    name, url = sys.argv[1:]
    # What a contender prints is not an answer.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    contender = None
    for line in sys.stdin:
        order = json.loads(line)
        try:
            if contender is None:
                contender = CONTENDERS[name].make(url)
            work = getattr(contender, order["work"])
            answer = dataclasses.asdict(measure(work, order["rounds"], order["arguments"]))
        except Exception as error:  # noqa: BLE001
            answer = {"failure": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")


class Worker:
    """The other end of it."""

    def __init__(self, name: str, url: str, python: str, tool: typing.Sequence[str] = ()) -> None:
        command = [*tool, python, "-m", "benches.worker", name, url]
        # The check sums are hashes of strings.
        environment = {**os.environ, "PYTHONHASHSEED": "0", "NO_PROXY": "*", "no_proxy": "*"}
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, work: str, arguments: list[typing.Any], rounds: int = 1) -> Run:
        """Has something done."""
        assert self._process.stdin
        assert self._process.stdout
        order = {"work": work, "arguments": arguments, "rounds": rounds}
        try:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
        except OSError as error:
            raise RuntimeError("its process has ended") from error
        if not select.select([self._process.stdout], [], [], PATIENCE)[0]:
            self._process.kill()
            raise RuntimeError(f"no answer in {PATIENCE} seconds")
        answer = json.loads(self._process.stdout.readline() or '{"failure": "its process ended"}')
        if "failure" in answer:
            raise RuntimeError(answer["failure"])
        return Run(**answer)

    @property
    def has_ended(self) -> bool:
        """Whether there is nobody any more."""
        return self._process.poll() is not None

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        self._process.wait()


if __name__ == "__main__":
    main()
