"""Measures, prints a table, and saves it with the raw figures under `target/bench`.

python -m benches [--only NAME,…] [--repeats N] [--ours PYTHON] [--base PYTHON]
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import typing

from . import data, server, table
from .cases import CASES
from .contenders import CONTENDERS
from .measuring import Found, Pool
from .places import HOME, PYTHON


def arguments() -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(prog="benches", description=__doc__)
    parser.add_argument("--only", default="", help="cases whose names begin so, parted by commas")
    parser.add_argument("--who", default="", help="contenders, parted by commas")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--ours", default=str(PYTHON), help="an interpreter that has this package")
    parser.add_argument("--base", help="an interpreter that has another build of it, to compare with")
    return parser.parse_args()


def contenders(asked: argparse.Namespace) -> list[str]:
    """Whom to measure."""
    names = [name for name in CONTENDERS if name != "reference"]
    if not asked.base:
        names = [name for name in names if not name.startswith("base")]
    return [name for name in names if not asked.who or name in asked.who.split(",")]


def save(found: dict[str, dict[str, Found]], text: str) -> None:
    """Writes what was found down."""
    raw = {
        case: {name: [dataclasses.asdict(run) for run in one.runs] for name, one in parts.items()}
        for case, parts in found.items()
    }
    (HOME / "table.md").write_text(text, encoding="utf-8")
    (HOME / "raw.json").write_text(json.dumps(raw, indent=1))


def main() -> None:
    """Measures what was asked for."""
    asked = arguments()
    data.generate()
    found: dict[str, dict[str, Found]] = {}
    texts: typing.List[str] = []
    with server.served() as url:
        pool = Pool(url, {"ours": asked.ours, "base": asked.base})
        for case in CASES:
            if case.name.startswith(tuple(asked.only.split(","))):
                found[case.name] = pool.measure(case, asked.repeats, contenders(asked))
                texts.append(table.case_table(case, found[case.name]))
                print(texts[-1], flush=True)
        pool.close()
    save(found, "\n".join(texts))


if __name__ == "__main__":
    main()
