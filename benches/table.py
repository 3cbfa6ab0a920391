"""The tables, in Markdown."""

from __future__ import annotations

import typing

from .contenders import CONTENDERS
from .figures import NOT_ASKED
from .targets import TARGETS, judge

if typing.TYPE_CHECKING:
    from .cases import Case
    from .figures import Figures, Value
    from .measuring import Found
    from .probes import Probe

SCALES = ((1e-3, 1e6, "µs"), (1.0, 1e3, "ms"), (float("inf"), 1.0, "s"))
TITLES = {
    "one": "one stream",
    "threads": "as many threads",
    "one.async": "one stream, async",
    "tasks": "as many tasks",
    "columns": "as columns",
    "rows": "of row objects",
}


def duration(seconds: float) -> str:
    """A time in words."""
    factor, unit = next((factor, unit) for limit, factor, unit in SCALES if seconds < limit)
    return f"{seconds * factor:.3g} {unit}"


def spread(values: list[float]) -> str:
    """From the least to the most."""
    low, high = duration(min(values)), duration(max(values))
    if low.split()[1] == high.split()[1]:
        low = low.split()[0]
    return f"{low} to {high}"


def row(*cells: str) -> str:
    """A row of a table."""
    return f"| {' | '.join(cells)} |"


def case_table(case: Case, found: dict[str, Found]) -> str:
    """What was found for all contenders of a case."""
    lines = [
        f"### {case.name}: {case.title}\n",
        row("who", f"CPU per {case.unit}", "spread", "wall", "first row", "memory", "beside the first"),
        row("---", *["---:"] * 6),
    ]
    costs = [one.cost for one in found.values() if one.runs]
    for name, one in found.items():
        title = TITLES.get(name) or CONTENDERS[name].title
        if not one.runs:
            lines.append(row(title, one.failure or "not run", "", "", "", "", ""))
            continue
        cells = [title, duration(one.cost), spread(one.costs), duration(one.wall)]
        cells.append(duration(one.first) if one.first > 0 else "")
        lines.append(row(*cells, f"{one.growth:+.1f} MB", f"{one.cost / costs[0]:.2f}"))
    return "\n".join([*lines, f"\n{case.note}\n" if case.note else ""])


def number(value: float) -> str:
    """A number with as many digits as mean something."""
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"  # noqa: PLR2004


def probe_table(probe: Probe, values: list[Value], failure: str) -> str:
    """What a probe found."""
    lines = [
        f"### {probe.name}: {probe.title}\n",
        row("what", "median", "spread"),
        row("---", "---:", "---:"),
    ]
    for value in values:
        low, high = min(value.values), max(value.values)
        extent = f"{number(low)} to {number(high)}" if len(value.values) > 1 else ""
        lines.append(row(value.title, f"{number(value.middle)} {value.unit}".strip(), extent))
    if failure:
        lines.append(row("not measured", failure, ""))
    return "\n".join([*lines, ""])


def target_table(figures: Figures, whole: bool) -> str:
    """What was to be reached, and what was; of what was asked for, or of all."""
    lines = ["### Targets\n", row("what", "measured", "target", ""), row("---", "---:", "---:", "---")]
    for target in TARGETS:
        found = judge(target, figures)
        if found == NOT_ASKED and not whole:
            continue
        if isinstance(found, str):
            lines.append(row(target.what, "not measured", target.limit, found))
            continue
        verdict = "" if target.limit == "stated" else "met" if target.is_met(found) else "**not met**"
        lines.append(row(target.what, f"{number(found)} {target.unit}", target.limit, verdict))
    return "\n".join([*lines, ""])
