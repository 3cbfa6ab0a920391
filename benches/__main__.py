"""Measures, prints tables, and saves them with the raw figures under `target/bench`.

python -m benches [--only NAME,…] [--quick] [--repeats N] [--ours PYTHON] [--base PYTHON]
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
import typing

from . import data, server, table
from .cases import CASES, FEW, Case, Part
from .contenders import CONTENDERS
from .figures import Figures
from .measuring import Pool
from .places import HOME, PYTHON
from .probes import Context, Probe
from .probes.registry import PROBES

if typing.TYPE_CHECKING:
    from .figures import Value


def arguments() -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(prog="benches", description="Measures, and prints tables.")
    parser.add_argument("--only", default="", help="cases and probes whose names begin so, parted by commas")
    parser.add_argument("--who", default="", help="contenders, parted by commas")
    parser.add_argument("--repeats", type=int, default=7, help="of every measurement (7)")
    parser.add_argument("--quick", action="store_true", help="few repeats and rounds: about a minute")
    parser.add_argument("--ours", default=str(PYTHON), help="an interpreter that has this package")
    parser.add_argument("--base", help="an interpreter that has another build of it, to compare with")
    parser.add_argument("--list", action="store_true", help="tell what there is")
    asked = parser.parse_args()
    # Not resolved: an interpreter of an environment is a link, and is known by its place.
    asked.ours = os.path.abspath(asked.ours)  # noqa: PTH100
    asked.base = asked.base and os.path.abspath(asked.base)  # noqa: PTH100
    return asked


def contenders(asked: argparse.Namespace) -> list[str]:
    """Whom to measure."""
    names = [name for name in CONTENDERS if name != "reference"]
    if not asked.base:
        names = [name for name in names if not name.startswith("base")]
    return [name for name in names if not asked.who or name in asked.who.split(",")]


def parts(case: Case, names: typing.Collection[str], quick: bool) -> list[Part]:
    """What to measure of a case."""
    chosen = [part for part in case.parts if part.contender in names]
    if not quick:
        return chosen
    # What the asyncio face of the vendor's SDK takes is much like what the other one does.
    slow = {part.name for part in chosen if part.contender == "vendor.async" and part.most <= FEW}
    return [
        dataclasses.replace(part, rounds=max(1, part.rounds // 4)) for part in chosen if part.name not in slow
    ]


def save(figures: Figures, text: str) -> None:
    """Writes what was found down."""
    cases = {
        case: {name: [dataclasses.asdict(run) for run in one.runs] for name, one in found.items()}
        for case, found in figures.cases.items()
    }
    values = {name: dataclasses.asdict(value) for name, value in figures.values.items()}
    raw = {"cases": cases, "values": values, "failures": figures.failures}
    (HOME / "table.md").write_text(text, encoding="utf-8")
    (HOME / "raw.json").write_text(json.dumps(raw, indent=1))


def look(probe: Probe, context: Context, figures: Figures) -> str:
    """Has a probe look; tells what it found, or why it could not."""
    values: list[Value] = []
    try:
        values.extend(probe.measure(context))
    except Exception as error:  # noqa: BLE001 - whatever it is, the other figures are wanted
        figures.failures[probe.name] = f"{type(error).__name__}: {error}"
        print(f"bench: {probe.name}: {error}", file=sys.stderr)
    figures.values.update((value.name, value) for value in values)
    return table.probe_table(probe, values, figures.failures.get(probe.name, ""))


def main() -> None:
    """Measures what was asked for."""
    asked = arguments()
    cases = [case for case in CASES if case.name.startswith(tuple(asked.only.split(",")))]
    probes = [
        probe
        for probe in PROBES
        if probe.name.startswith(tuple(asked.only.split(",")))
        and (asked.only or asked.list or not probe.by_name_only)
    ]
    if asked.list:
        listed = [(case.name, case.title) for case in cases] + [(probe.name, probe.title) for probe in probes]
        print("\n".join(f"{name}: {title}" for name, title in listed))
        return
    data.generate()
    figures = Figures()
    texts: list[str] = []

    def tell(text: str) -> None:
        print(text, flush=True)
        texts.append(text)

    repeats = 1 if asked.quick else asked.repeats
    with server.served() as url:
        pool = Pool(url, {"ours": asked.ours, "base": asked.base})
        for case in cases:
            chosen = parts(case, contenders(asked), asked.quick)
            if chosen:
                figures.cases[case.name] = pool.measure(case, chosen, repeats)
                tell(table.case_table(case, figures.cases[case.name]))
        pool.close()
        context = Context(url, asked.ours, str(PYTHON), repeats, contenders(asked))
        for probe in probes:
            tell(look(probe, context, figures))
    tell(table.target_table(figures, whole=not asked.only and not asked.who))
    save(figures, "\n".join(texts))


if __name__ == "__main__":
    main()
