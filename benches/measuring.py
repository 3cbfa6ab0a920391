"""Has the contenders of a case run in turn."""

from __future__ import annotations

import collections
import statistics
import sys
import typing

from .data import size
from .worker import Run, Worker

if typing.TYPE_CHECKING:
    from .cases import Case, Part


class Found:
    """What was found for one contender: the cost of one row, or of one call, in seconds."""

    def __init__(self, part: Part, runs: list[Run], failure: str = "") -> None:
        self.part, self.runs, self.failure = part, runs, failure
        each = part.rounds * part.per
        self.costs = [run.cpu / each for run in runs]
        self.walls = [run.wall / each for run in runs]
        self.firsts = [run.first for run in runs]
        self.growths = [run.growth for run in runs]

    @property
    def cost(self) -> float:
        """CPU time, the median."""
        return statistics.median(self.costs)

    @property
    def wall(self) -> float:
        """Wall time, the median."""
        return statistics.median(self.walls)

    @property
    def first(self) -> float:
        """Time to the first row, the median."""
        return statistics.median(self.firsts)

    @property
    def growth(self) -> float:
        """How far memory grew meanwhile, in MB, at most."""
        return max(self.growths)


class Pool:
    """One process for each contender, kept."""

    def __init__(self, url: str, pythons: dict[str, str]) -> None:
        self._url, self._pythons = url, pythons
        self._workers: dict[str, Worker] = {}
        self._expected: dict[str, tuple[int, int]] = {}

    def worker(self, name: str) -> Worker:
        """The process of a contender."""
        if name not in self._workers or self._workers[name].has_ended:
            python = self._pythons.get(name.partition(".")[0], sys.executable)
            self._workers[name] = Worker(name, self._url, python)
        return self._workers[name]

    def close(self) -> None:
        """Ends all processes."""
        for worker in self._workers.values():
            worker.close()

    def run(self, case: Case, part: Part, rounds: int) -> Run:
        """Runs a part once; a wrong outcome is no measurement."""
        run = self.worker(part.contender).run(part.work or case.work, list(part.arguments), rounds)
        expected = self._expect(case, part)
        if (run.rows, run.check) != expected:
            raise RuntimeError(f"saw {run.rows} rows, check {run.check}, and should have seen {expected}")
        return run

    def _expect(self, case: Case, part: Part) -> tuple[int, int]:
        if part.contender == "bytes":
            return 0, size(part.arguments[0])
        key = f"{case.work} {part.arguments}"
        if key not in self._expected:
            run = self.worker("reference").run(case.work, list(part.arguments))
            self._expected[key] = run.rows, run.check
        return self._expected[key]

    def measure(self, case: Case, parts: list[Part], repeats: int) -> dict[str, Found]:
        """Measures a case; every other time in reverse order."""
        runs: dict[str, list[Run]] = collections.defaultdict(list)
        failures: dict[str, str] = {}
        for repeat in range(-1, repeats):
            for part in parts[:: -1 if repeat % 2 else 1]:
                if part.name in failures or repeat >= part.most or (part.is_long and repeat < 0):
                    continue
                try:
                    # The first time is to warm up.
                    run = self.run(case, part, 1 if repeat < 0 else part.rounds)
                except RuntimeError as error:
                    failures[part.name] = str(error)
                    print(f"bench: {case.name}: {part.name}: {error}", file=sys.stderr)
                else:
                    runs[part.name] += [run] if repeat >= 0 else []
        return {part.name: Found(part, runs[part.name], failures.get(part.name, "")) for part in parts}
