"""All that was found."""

from __future__ import annotations

import dataclasses
import statistics
import typing

if typing.TYPE_CHECKING:
    from .measuring import Found


class MissingError(Exception):
    """A figure that is not there, and why."""


NOT_ASKED = "not asked for"


@dataclasses.dataclass
class Value:
    """What a probe found: some values in one unit."""

    name: str
    title: str
    unit: str
    values: list[float]

    @property
    def middle(self) -> float:
        """The median."""
        return statistics.median(self.values)


class Figures:
    """Figures by name: of cases, and of probes."""

    def __init__(self) -> None:
        self.cases: dict[str, dict[str, Found]] = {}
        self.values: dict[str, Value] = {}
        self.failures: dict[str, str] = {}

    def part(self, case: str, name: str) -> Found:
        """What was found for a part of a case."""
        found = self.cases.get(case, {}).get(name)
        if found is None:
            raise MissingError(NOT_ASKED)
        if not found.runs:
            raise MissingError(found.failure or NOT_ASKED)
        return found

    def cost(self, case: str, name: str) -> float:
        """CPU time of one row or call."""
        return self.part(case, name).cost

    def value(self, name: str) -> float:
        """A value of a probe."""
        if name not in self.values:
            raise MissingError(self.failures.get(name.partition(".")[0], NOT_ASKED))
        return self.values[name].middle
