"""The night run of the guide, at small scale, killed twice."""

from __future__ import annotations

import pathlib
import re
import signal
import subprocess
import sys

import pyarrow.parquet

import twelvelabs_batches as tb
from commands import environment

PAGE = pathlib.Path(__file__).parent.parent / "docs" / "runs.md"
ITEMS = 120


def program() -> str:
    """What the guide says, but quicker to look."""
    found = re.search(r"## A night of 50,000\n\n```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert found
    quick = '    "journal": "night.db",\n    "poll_interval": 0.02,\n    "batch_size": 30,\n'
    return found[1].replace('    "journal": "night.db",\n', quick)


def submitted(folder: pathlib.Path) -> int:
    """Items of the batches of which the journal knows that they were made."""
    try:
        batches = tb.Journal(folder / "night.db").batches()
    except tb.JournalError:
        return 0
    return sum(batch.items for batch in batches if batch.state in {"submitted", "ended"})


def is_settled(folder: pathlib.Path) -> bool:
    """Whether nothing is being submitted: what is would be looked for for a minute."""
    return all(batch.state != "intended" for batch in tb.Journal(folder / "night.db").batches())


def test_the_night_run_of_the_guide_is_killed_twice_and_ends(tmp_path: pathlib.Path) -> None:
    (tmp_path / "assets.txt").write_text("".join(f"6a{n:022x}\n" for n in range(ITEMS)))
    with tb.Emulator(speed=0, queue_seconds=1, item_seconds=(1, 2), concurrency=1000) as platform:
        for least in (20, 60):
            process = begin(tmp_path, platform)
            while submitted(tmp_path) < least or not is_settled(tmp_path):
                if least == 60:
                    # The sample has to end before the rest follows.
                    platform.advance(seconds=1)
                assert process.poll() is None
            process.send_signal(signal.SIGKILL)
            process.communicate()
        process = begin(tmp_path, platform)
        while process.poll() is None:
            platform.advance(seconds=5)
        told, _ = process.communicate()
        assert process.returncode == 0, told
        stats = platform.stats()
    assert pyarrow.parquet.read_table(tmp_path / "night.parquet").num_rows == ITEMS
    assert f"{ITEMS} of {ITEMS} items have ended: {ITEMS} ready" in told
    assert (stats["items_created"], stats["items_billed"]) == (ITEMS, ITEMS)


def begin(folder: pathlib.Path, platform: tb.Emulator) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program()],
        cwd=folder,
        env=environment(platform),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
