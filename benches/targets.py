"""What is to be reached, all in one place."""

from __future__ import annotations

import dataclasses
import typing

from .cases import STREAMS
from .figures import Figures, MissingError

# The stacks written by hand that are to be beaten: they are iterated over, row by row.
STACKS = ("httpx.orjson", "httpx.msgspec", "http.msgspec")
# With those that call back, or decode what has arrived at once.
ALL_STACKS = (*STACKS, "http.bulk", "curl.msgspec")

Measure = typing.Callable[[Figures], float]


@dataclasses.dataclass(frozen=True)
class Target:
    """A figure and its limit, if it has one."""

    what: str
    measure: Measure
    at_least: typing.Optional[float] = None
    at_most: typing.Optional[float] = None
    unit: str = "x"

    @property
    def limit(self) -> str:
        """The limit in words."""
        if self.at_least is not None:
            return f"at least {self.at_least:g} {self.unit}"
        return f"at most {self.at_most:g} {self.unit}" if self.at_most is not None else "stated"

    def is_met(self, value: float) -> bool:
        """Whether it is reached."""
        low = self.at_least is None or value >= self.at_least
        return low and (self.at_most is None or value <= self.at_most)


def times(case: str, other: str, ours: str = "ours") -> Measure:
    """How many times the CPU time of ours another takes."""
    return lambda figures: figures.cost(case, other) / figures.cost(case, ours)


def share(case: str, of: str, ours: str = "ours") -> Measure:
    """How many times the CPU time of another ours takes."""
    return lambda figures: figures.cost(case, ours) / figures.cost(case, of)


def best(case: str, stacks: tuple[str, ...] = STACKS) -> Measure:
    """As `times`, for the best stack written by hand."""
    return lambda figures: min(figures.cost(case, name) for name in stacks) / figures.cost(case, "ours")


def first(ours: str, theirs: str) -> Measure:
    """How long the first row takes, beside the vendor's SDK."""
    return lambda figures: figures.part("first", ours).first / figures.part("first", theirs).first


def throughput(one: str, many: str) -> Measure:
    """Rows a second of many streams, beside one."""
    return lambda figures: figures.part("streams", one).wall / figures.part("streams", many).wall


def value(name: str) -> Measure:
    """A value of a probe."""
    return lambda figures: figures.value(name)


def fraction(name: str, of: str) -> Measure:
    """One value of a probe in parts of another."""
    return lambda figures: figures.value(name) / figures.value(of)


SHAPES = {
    "small": "1,000 of 0.6 kB",
    "many": "200,000 of 0.6 kB",
    "segments": "1,000 of 20 kB",
    "escapes": "1,000 of 2.4 kB, \\u",
    "large": "200 of 400 kB",
}
BESIDE_VENDOR = {"small": 100, "many": 100, "segments": 15, "escapes": 25, "large": 7}
BESIDE_STACKS = {"small": 1.5, "many": 1.5, "segments": 2, "escapes": 1.2, "large": 2}

TARGETS = (
    *(
        Target(f"results, {SHAPES[name]}: vendor's CPU", times(f"results.{name}", "vendor"), limit)
        for name, limit in BESIDE_VENDOR.items()
    ),
    *(
        Target(f"results, {SHAPES[name]}: CPU of the best stack by hand", best(f"results.{name}"), limit)
        for name, limit in BESIDE_STACKS.items()
    ),
    *(
        Target(f"results, {SHAPES[name]}: the same, pycurl and bulk too", best(f"results.{name}", ALL_STACKS))
        for name in SHAPES
    ),
    Target("results, 200 of 400 kB: CPU beside bytes only", share("results.large", "bytes"), at_most=1.4),
    *(
        Target(
            f"results, {SHAPES[name]}: async CPU beside sync",
            share(f"results.{name}", "ours", "ours.async"),
            at_most=1.25,
        )
        for name in SHAPES
    ),
    Target(f"{STREAMS} streams by threads: throughput beside one", throughput("one", "threads"), 1),
    Target(f"{STREAMS} streams by tasks: throughput beside one", throughput("one.async", "tasks"), 1),
    Target(f"{STREAMS} streams by threads: memory above one", value("memory.threads"), unit="MB"),
    Target(f"{STREAMS} streams by tasks: memory above one", value("memory.tasks"), unit="MB"),
    Target("peak memory, 1,000 to 200,000 rows", value("memory.ours.growth"), at_most=8, unit="MB"),
    Target("the same, async", value("memory.ours.async.growth"), at_most=8, unit="MB"),
    Target("slow consumer: read ahead of it", value("flow.ours.ahead"), at_most=8, unit="MB"),
    Target("the same, async", value("flow.ours.async.ahead"), at_most=8, unit="MB"),
    Target("rows handed over before the next is sent", value("flow.ours.handed"), 100, unit="%"),
    Target("the same, async", value("flow.ours.async.handed"), 100, unit="%"),
    Target("time to the first row beside the vendor's", first("ours", "vendor"), at_most=0.5),
    Target("the same, async", first("ours.async", "vendor.async"), at_most=0.5),
    Target("import: the vendor's CPU", fraction("import.vendor.cpu", "import.ours.cpu"), 20),
    Target(
        "import: the vendor's time by -X importtime",
        fraction("import.vendor.importtime", "import.ours.importtime"),
        20,
    ),
    Target("create, 1,000 rich items, models: vendor's CPU", times("create.rich", "vendor"), 150),
    Target("create, 1,000 rich items, dicts: vendor's CPU", times("create.dicts", "vendor"), 80),
    Target("create, 1,000 minimal items, models: vendor's CPU", times("create.minimal", "vendor"), 50),
    Target("create, 1,000 minimal items, dicts: vendor's CPU", times("create.minimal-dicts", "vendor"), 50),
    Target("create: bodies as they should be", value("bodies.ours"), 4, unit="of 4"),
    Target("retrieve: vendor's CPU", times("retrieve", "vendor"), 7),
    Target("retrieve, async: vendor's CPU", times("retrieve", "vendor.async", "ours.async"), 4),
    Target("list of 50: vendor's CPU", times("list", "vendor"), 20),
    Target("list of 50, async: vendor's CPU", times("list", "vendor.async", "ours.async")),
    *(
        Target(
            f"columns, {library}: CPU of row objects",
            times(f"columns.{library}", "rows", "columns"),
            3,
        )
        for library in ("arrow", "pandas", "polars")
    ),
)


def judge(target: Target, figures: Figures) -> typing.Union[float, str]:
    """The figure of a target, or why there is none."""
    try:
        return target.measure(figures)
    except MissingError as error:
        return str(error)
