"""The table, in Markdown."""

from __future__ import annotations

import typing

from .contenders import CONTENDERS

if typing.TYPE_CHECKING:
    from .cases import Case
    from .measuring import Found

SCALES = ((1e-3, 1e6, "µs"), (1.0, 1e3, "ms"), (float("inf"), 1.0, "s"))


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


def case_table(case: Case, found: dict[str, Found]) -> str:
    """What was found for all contenders of a case."""
    lines = [
        f"### {case.name}: {case.title}",
        "",
        f"| who | CPU per {case.unit} | spread | wall | first row | beside ours |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    ours = found["ours"].cost if "ours" in found and found["ours"].runs else None
    for name, one in found.items():
        title = CONTENDERS[name].title + (f" ({one.part.note})" if one.part.note else "")
        if not one.runs:
            lines.append(f"| {title} | {one.failure} | | | | |")
            continue
        ratio = f"{one.cost / ours:.2f}" if ours else ""
        cells = (title, duration(one.cost), spread(one.costs), duration(middle(one.walls)))
        lines.append(f"| {' | '.join(cells)} | {duration(middle(one.firsts))} | {ratio} |")
    return "\n".join(lines) + "\n"


def middle(values: list[float]) -> float:
    """The median."""
    return sorted(values)[len(values) // 2]
