"""The command line."""

import os
import re
import signal
import subprocess
import sys

import pytest

import twelvelabs_batches as tb
from twelvelabs_batches import _native

COMMAND = [sys.executable, "-m", "twelvelabs_batches"]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "120", "NO_COLOR": "1"}
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
        check=False,
    )


def test_the_demo_does_the_main_job() -> None:
    done = run("demo")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "with 8 items" in done.stdout
    assert "7 ready, 1 failed" in done.stdout
    table = [line for line in done.stdout.splitlines() if line.startswith("│")]
    assert len(table) == 8
    (failed,) = [line for line in table if "failed" in line]
    assert "damaged" in failed
    assert "asset_unavailable: The video track cannot be decoded." in failed
    for line in table:
        assert line == failed or re.search(r"│ ready  │ +\d+ │ .{10}", line), line


def test_the_emulator_prints_where_it_is_and_stops_when_told() -> None:
    command = [*COMMAND, "emulator", "--speed", "0", "--api-key", "k", "--item-seconds", "1,2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        base_url = server.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/v1\.3", base_url)
        assert list(tb.BatchesClient("k", base_url=base_url).list()) == []
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) == 0


def test_every_option_of_the_emulator_is_a_flag() -> None:
    told = run("emulator", "--help").stdout
    for name, *_ in _native.describe_options():
        assert f"--{name.replace('_', '-')} " in told


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (["--speed", "fast"], "speed"),
        (["--item-seconds", "2"], "item_seconds"),
        (["--row-order", "alphabetical"], "row_order"),
        (["--sped", "1"], "No such option"),
    ],
)
def test_flags_that_do_not_fit(flags: list[str], told: str) -> None:
    done = run("emulator", *flags)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stdout == ""


def test_help_and_version() -> None:
    assert "demo" in run("--help").stdout
    assert tb.__version__ in run("--version").stdout
    assert run("nonsense").returncode == 2
