"""Writes `docs/defects.md`: the same inputs, put to the vendor's SDK and to this client.

python tools/side_by_side.py  # write; takes some minutes

Each input is played in a process of its own, because some never end with the
vendor's SDK.
"""

from __future__ import annotations

import pathlib
import subprocess
import sys
import typing
import warnings

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import test_defects  # noqa: E402 - it is not a package
from faces import AsyncFace, SyncFace  # noqa: E402
from servers import ScriptedServer  # noqa: E402

PAGE = ROOT / "docs" / "defects.md"
LIMIT = 60
INTRODUCTION = """# Side by side with the vendor's SDK

Inputs with which version {version} of the vendor's SDK was seen to lose rows, submit twice, mix answers up
or forward the key; what it does, and what this client does. Written by `tools/side_by_side.py`, which
plays each of them to both; `tests/test_defects.py` holds this client to its column, behind both faces. A
few that the vendor's SDK handles well are among them: this client has to do no worse.

Rows of results are called v-1, v-2, v-3; errors are told in the order in which they came.

"""


class VendorFace:
    """The vendor's client, behind the interface of our faces."""

    name = "sync"

    def __init__(self, target: typing.Any, **settings: typing.Any) -> None:
        import twelvelabs  # noqa: PLC0415 - not in the processes that play to this client

        cls = twelvelabs.TwelveLabs if self.name == "sync" else twelvelabs.AsyncTwelveLabs
        given = {"api_key": target.api_key, "base_url": target.base_url, "timeout": settings.get("timeout")}
        self.client = cls(**{name: value for name, value in given.items() if value is not None})
        self.retries = settings.get("max_retries")

    def __getattr__(self, verb: str) -> typing.Any:
        method = getattr(self.client.analyze_async.batches, verb)

        def call(*args: typing.Any, **kwargs: typing.Any) -> typing.Any:
            options = dict(kwargs.pop("request_options", None) or {})
            if self.retries is not None:
                options.setdefault("max_retries", self.retries)
            return method(*args, **kwargs, request_options=options or None)

        return call


class AsyncVendorFace(VendorFace):
    """The vendor's asyncio client."""

    name = "async"


FACES: dict[str, tuple[typing.Any, typing.Any]] = {
    "vendor": (VendorFace, AsyncVendorFace),
    "ours": (SyncFace, AsyncFace),
}


def play(whose: str, index: int) -> str:
    """Plays an input in this process."""
    warnings.simplefilter("ignore")
    case = test_defects.CASES[index]
    with ScriptedServer() as server:
        return case.play(FACES[whose][case.only == "async"], server)


def run(whose: str, index: int) -> str:
    """Plays an input in a process of its own."""
    command = [sys.executable, __file__, whose, str(index)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return "no end within a minute"
    if done.returncode != 0:
        return done.stderr.strip().splitlines()[-1]
    return done.stdout.strip()


def cell(text: str) -> str:
    """Text in a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def main() -> None:
    """Writes the page."""
    import twelvelabs  # noqa: PLC0415

    version = getattr(twelvelabs, "__version__", "1.3.6")
    rows = ["| no. | input | the vendor's SDK | this client |\n| --- | --- | --- | --- |\n"]
    for index, case in enumerate(test_defects.CASES):
        theirs, ours = (run(whose, index) for whose in ("vendor", "ours"))
        print(f"{case.number:02} {case.given}: {theirs} / {ours}", flush=True)
        if ours != case.outcome:
            sys.exit(f"this client: {ours!r}, not {case.outcome!r}")
        face = " (asyncio)" if case.only == "async" else ""
        rows.append(f"| {case.number} | {cell(case.given)}{face} | {cell(theirs)} | {cell(ours)} |\n")
    PAGE.write_text(INTRODUCTION.format(version=version) + "".join(rows))


if __name__ == "__main__":
    if len(sys.argv) == 3:  # noqa: PLR2004 - whose, and which
        print(play(sys.argv[1], int(sys.argv[2])))
    else:
        main()
