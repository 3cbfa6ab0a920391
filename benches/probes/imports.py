"""What an import costs, in fresh processes."""

from __future__ import annotations

import re
import resource
import subprocess
import typing

from ..figures import Value
from ..places import HOME

if typing.TYPE_CHECKING:
    from . import Context

PACKAGES = {"ours": "twelvelabs_batches", "vendor": "twelvelabs"}
CLIENTS = {"ours": "BatchesClient", "vendor": "TwelveLabs"}
COUNT = "import sys; before = len(sys.modules); import {}; print(len(sys.modules) - before)"
HEAVIEST = 5
LINE = r"import time: +\d+ \| +(\d+) \| {}\n"


def heaviest(told: str) -> list[tuple[str, float]]:
    """The modules that take most by themselves, in milliseconds."""
    modules = re.findall(r"import time: +(\d+) \| +\d+ \| +(\S+)", told)
    return sorted(((name, int(own) / 1e3) for own, name in modules), key=lambda one: -one[1])[:HEAVIEST]


def fresh(python: str, *arguments: str) -> tuple[float, subprocess.CompletedProcess[str]]:
    """Runs a process; gives its CPU time in milliseconds."""
    # Not in the directory of the project, and with nothing of the user's.
    command = [python, "-I", *arguments]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e3, done


def measure(context: Context) -> typing.Iterator[Value]:
    """Imports each package over and over."""
    times: dict[str, list[float]] = {}
    for repeat in range(-1, max(3, context.repeats)):
        for who, package in PACKAGES.items():
            python = context.interpreter(who)
            statement = f"import {package}"
            _, told = fresh(python, "-X", "importtime", "-c", statement)
            (HOME / f"importtime-{who}.txt").write_text(told.stderr)
            found = re.search(LINE.format(package), told.stderr)
            if found is None:
                raise RuntimeError("-X importtime does not tell of the package")
            bare, _ = fresh(python, "-c", "pass")
            imported, _ = fresh(python, "-c", statement)
            client = f"from {package} import {CLIENTS[who]}; {CLIENTS[who]}(api_key='key')"
            made, _ = fresh(python, "-c", client)
            if repeat < 0:
                continue  # compiled now, and in the system's cache
            times.setdefault(f"{who}.importtime", []).append(int(found[1]) / 1e3)
            times.setdefault(f"{who}.cpu", []).append(imported - bare)
            times.setdefault(f"{who}.client", []).append(made - bare)
    titles = {
        "importtime": "wall time by `-X importtime`",
        "cpu": "CPU beyond a bare interpreter's",
        "client": "the same with a client made",
    }
    for name, values in times.items():
        who, kind = name.split(".")
        yield Value(f"import.{name}", f"import {PACKAGES[who]}, {titles[kind]}", "ms", values)
    for who, package in PACKAGES.items():
        _, told = fresh(context.interpreter(who), "-c", COUNT.format(package))
        yield Value(f"import.{who}.modules", f"import {package}, modules", "", [float(told.stdout)])
    for name, took in heaviest((HOME / "importtime-ours.txt").read_text()):
        yield Value(
            f"import.ours.module.{name}", f"import {PACKAGES['ours']}, {name} by itself", "ms", [took]
        )
