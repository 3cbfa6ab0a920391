"""Runs of several processes on one account."""

from __future__ import annotations

import collections
import json
import os
import signal
import subprocess
import sys
import typing

import twelvelabs_batches as tb

if typing.TYPE_CHECKING:
    import pathlib

#: Drives a run, and tells of each outcome.
PROGRAM = """
import json, sys
import twelvelabs_batches as tb

base_url, journal, first, count, active = sys.argv[1:]
requests = [
    {"video": {"type": "asset_id", "asset_id": f"{n:024x}"}} for n in range(int(first), int(first) + int(count))
]
client = tb.BatchesClient("emulator", base_url=base_url)
with client.run(
    [(request, n) for n, request in enumerate(requests)],
    model_name="pegasus1.5",
    analysis_mode="general",
    defaults={"prompt": {"input_text": "Sum up."}},
    journal=journal,
    batch_size=5,
    max_active=int(active),
    poll_interval=0.01,
    # The emulator lists a batch at once.
    certain_after=0.3,
) as run:
    for outcome in run:
        print(json.dumps([outcome.context, outcome.status, outcome.batch_id]), flush=True)
"""


def drive(
    platform: tb.Emulator, journal: pathlib.Path, first: int, count: int, active: int = 5
) -> subprocess.Popen[str]:
    arguments = [platform.base_url, str(journal), str(first), str(count), str(active)]
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def outcomes(process: subprocess.Popen[str]) -> list[typing.Any]:
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return [json.loads(line) for line in output.splitlines()]


def test_two_processes_share_the_five_places_of_an_account(tmp_path: pathlib.Path) -> None:
    with tb.Emulator(speed=100, queue_seconds=2, item_seconds=(1, 2)) as platform:
        runs = [drive(platform, tmp_path / f"{n}.db", n * 1000, 60) for n in range(2)]
        for run in runs:
            found = outcomes(run)
            assert sorted(number for number, _, _ in found) == list(range(60))
            assert {status for _, status, _ in found} == {"ready"}
        stats = platform.stats()
        assert (stats["items_created"], stats["batches_created"]) == (120, 24)


def test_a_run_leaves_places_to_others(tmp_path: pathlib.Path) -> None:
    with tb.Emulator(speed=100, queue_seconds=2, item_seconds=(1, 2), max_active_batches=2) as platform:
        assert len(outcomes(drive(platform, tmp_path / "run.db", 0, 60, active=2))) == 60
        # Never more than it may have: nothing was refused.
        assert platform.stats()["responses"].get(429, 0) == 0


def test_the_second_process_on_a_journal_is_refused(tmp_path: pathlib.Path) -> None:
    with tb.Emulator(speed=100, queue_seconds=100, item_seconds=(1, 2)) as platform:
        first = drive(platform, tmp_path / "run.db", 0, 5)
        while not platform.stats()["batches_created"]:
            pass
        second = drive(platform, tmp_path / "run.db", 0, 5)
        _, told = second.communicate(timeout=60)
        assert second.returncode == 1
        assert (
            f"JournalInUseError: the journal {tmp_path / 'run.db'}: it is in use by process {first.pid}"
            in told
        )
        assert len(outcomes(first)) == 5
        assert platform.stats()["batches_created"] == 1


def test_a_run_is_killed_and_goes_on(tmp_path: pathlib.Path) -> None:
    seen: typing.Counter[int] = collections.Counter()
    with tb.Emulator(speed=100, queue_seconds=2, item_seconds=(1, 2)) as platform:
        for kills in (3, 11, None):
            run = drive(platform, tmp_path / "run.db", 0, 40)
            assert run.stdout is not None
            if kills is None:
                seen.update(number for number, _, _ in outcomes(run))
                break
            for _ in range(kills):
                seen[json.loads(run.stdout.readline())[0]] += 1
            run.send_signal(signal.SIGKILL)
            # What was printed before the signal came was handed over, too.
            rest = run.stdout.read()
            seen.update(json.loads(line)[0] for line in rest.splitlines() if line.endswith("]"))
            run.communicate()
        assert set(seen) == set(range(40))
        # At each kill one outcome was being handled.
        assert sum(seen.values()) - 40 <= 2
        stats = platform.stats()
        assert (stats["items_created"], stats["items_billed"]) == (40, 40)


#: Begins a run, leaves a child behind that lives on, and dies.
LEAVES_A_CHILD = """
import os, signal, sys, time
import twelvelabs_batches as tb

base_url, journal = sys.argv[1:]
client = tb.BatchesClient("emulator", base_url=base_url)
request = {"video": {"type": "asset_id", "asset_id": "6a0000000000000000000001"}}
run = client.run(
    [request], model_name="pegasus1.5", analysis_mode="general",
    defaults={"prompt": {"input_text": "Sum up."}}, journal=journal,
)
if (child := os.fork()) == 0:
    os.close(1)
    time.sleep(600)
print(child, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_child_that_outlives_its_parent_does_not_hold_the_journal(tmp_path: pathlib.Path) -> None:
    with tb.Emulator(speed=100, queue_seconds=1, item_seconds=(1, 2)) as platform:
        arguments = [platform.base_url, str(tmp_path / "run.db")]
        left = subprocess.run(
            [sys.executable, "-c", LEAVES_A_CHILD, *arguments], stdout=subprocess.PIPE, text=True, check=False
        )
        try:
            assert left.returncode == -signal.SIGKILL
            assert len(outcomes(drive(platform, tmp_path / "run.db", 0, 5))) == 5
        finally:
            os.kill(int(left.stdout), signal.SIGKILL)
