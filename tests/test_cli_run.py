"""Runs of many batches on the command line."""

from __future__ import annotations

import collections
import csv
import json
import pathlib
import signal
import subprocess
import typing

import pytest

import twelvelabs_batches as tb
from commands import COMMAND, Terminal, environment, invoke, run

PROMPT = ["--prompt", "Sum up."]
QUICK = ["--batch-size", "10", "--poll-interval", "0.01"]


@pytest.fixture
def platform() -> typing.Iterator[tb.Emulator]:
    with tb.Emulator(speed=100, queue_seconds=1, item_seconds=(1, 2)) as platform:
        yield platform


@pytest.fixture(autouse=True)
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """Forty items, in the folder in which commands are called."""
    monkeypatch.chdir(tmp_path)
    write("films.jsonl", 40)
    return tmp_path


def write(name: str, count: int) -> None:
    lines = [{"asset_id": f"{n:024x}", "custom_id": f"film-{n}"} for n in range(count)]
    pathlib.Path(name).write_text("\n".join(map(json.dumps, lines)))


def rows(text: str) -> list[dict[str, typing.Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_outcomes_are_put_out_once_however_often_it_is_begun(platform: tb.Emulator) -> None:
    done = invoke(platform, "run", "films.jsonl", *PROMPT, *QUICK)
    assert done.exit_code == 0, done.stderr
    found = rows(done.stdout)
    assert {row["custom_id"] for row in found} == {f"film-{n}" for n in range(40)}
    assert {(row["status"], row["attempts"], row["result"]["status"]) for row in found} == {
        ("ready", 1, "ready")
    }
    assert found[0]["request"]["video"]["asset_id"]
    assert "40 items: 0 are done, 0 are in batches, 40 would be submitted in 4 batches" in done.stderr
    assert "40 of 40 items have ended: 40 ready." in done.stderr
    again = invoke(platform, "run", "films.jsonl", *PROMPT, *QUICK)
    assert (again.exit_code, again.stdout) == (0, "")
    assert "40 items: 40 are done" in again.stderr
    assert platform.stats()["items_created"] == 40
    assert pathlib.Path("films.db").is_file()


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet"])
def test_a_file_has_all_items(platform: tb.Emulator, suffix: str) -> None:
    assert invoke(platform, "run", "films.jsonl", *PROMPT, *QUICK).exit_code == 0
    write("films.jsonl", 45)
    done = invoke(platform, "run", "films.jsonl", *PROMPT, *QUICK, "--output", f"out.{suffix}")
    assert done.exit_code == 0, done.stderr
    assert f"Wrote 45 rows to out.{suffix}." in done.stderr
    assert platform.stats()["items_created"] == 45
    if suffix == "csv":
        with pathlib.Path("out.csv").open(newline="") as file:
            assert {row["custom_id"] for row in csv.DictReader(file)} == {f"film-{n}" for n in range(45)}


def test_manifests_of_every_format_are_read_item_by_item(platform: tb.Emulator) -> None:
    items = [{"asset_id": f"{n:024x}", "custom_id": f"film-{n}"} for n in range(1200)]
    pathlib.Path("films.csv").write_text(
        "asset_id;custom_id\n" + "\n".join(f"{each['asset_id']};{each['custom_id']}" for each in items)
    )
    pathlib.Path("films.json").write_text(json.dumps({"requests": items, "defaults": {"prompt": "Sum up."}}))
    plans = [
        invoke(platform, "run", "films.csv", *PROMPT, "--dry-run"),
        invoke(platform, "run", "films.json", "--dry-run"),
    ]
    lines = "\n".join(map(json.dumps, items))
    plans.append(invoke(platform, "run", "-", *PROMPT, "--dry-run", "--no-journal", stdin=lines))
    for plan in plans:
        assert plan.exit_code == 0, plan.stderr
        assert json.loads(plan.stdout)["new"] == 1200
        assert [batch["items"] for batch in json.loads(plan.stdout)["batches"]] == [600, 600]
    assert not platform.stats()["requests"]


def test_everything_that_is_wrong_is_told_with_its_place(platform: tb.Emulator) -> None:
    lines = pathlib.Path("films.jsonl").read_text().splitlines()
    lines[7] = json.dumps({"asset_id": "x", "max_tokens": 1})
    lines.insert(20, "")
    lines[30] = json.dumps({"asset_id": "6a0000000000000000000001", "temperature": 7})
    pathlib.Path("films.jsonl").write_text("\n".join(lines))
    done = invoke(platform, "run", "films.jsonl", *PROMPT)
    assert done.exit_code == 1
    for told in ("films.jsonl:8, video.asset_id", "films.jsonl:8, max_tokens", "films.jsonl:31, temperature"):
        assert told in done.stderr
    assert not platform.stats()["requests"]
    pathlib.Path("films.jsonl").write_text('{"asset_id": "6a0000000000000000000001"}\n{"aset_id": 1}\n')
    done = invoke(platform, "run", "films.jsonl", *PROMPT)
    assert done.exit_code == 1
    assert "films.jsonl:2" in done.stderr
    assert "did you mean 'asset_id'" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-"], "what comes from stdin needs a --journal FILE, or --no-journal"),
        (["films.jsonl", "--no-journal", "--journal", "x.db"], "say the opposite"),
        (["films.jsonl", "--sample", "3"], "--yes goes on without asking"),
        (["films.jsonl", "--max-cost", "3"], "--max-cost goes with --price-per-hour"),
        (["films.jsonl", "--max-active", "6"], "6 is not in the range 1<=x<=5"),
        (["films.jsonl", "--output", "out.xlsx"], "a file that ends in one of"),
    ],
)
def test_flags_that_do_not_fit(platform: tb.Emulator, arguments: list[str], told: str) -> None:
    done = invoke(platform, "run", *arguments, *PROMPT, stdin="{}")
    assert done.exit_code == 2
    assert told in done.stderr
    assert not platform.stats()["requests"]


def test_guards(platform: tb.Emulator) -> None:
    done = invoke(platform, "run", "films.jsonl", *PROMPT, *QUICK, "--max-items", "12")
    assert done.exit_code == 1
    assert "it would be stopped: it has more than the 12 items" in done.stderr
    assert "the run was stopped: it has more than the 12 items" in done.stderr
    assert platform.stats()["items_created"] == 12
    done = invoke(platform, "run", "films.jsonl", *PROMPT, *QUICK, "--sample", "5", "--yes")
    assert done.exit_code == 0
    assert len(rows(done.stdout)) == 28


def test_the_sample_is_asked_about_at_a_terminal(platform: tb.Emulator) -> None:
    arguments = ["run", "films.jsonl", *PROMPT, *QUICK, "--sample", "5"]
    terminal = Terminal(platform, *arguments)
    terminal.read_until("Go on with the rest?")
    terminal.type("n\n")
    status, told = terminal.finish()
    assert status == 1
    assert "the rest was declined after the sample" in " ".join(told.split())
    assert platform.stats()["items_created"] == 5


def test_interrupted_twice_it_goes_on(platform: tb.Emulator) -> None:
    seen: typing.Counter[str] = collections.Counter()
    arguments = [*COMMAND, "run", "films.jsonl", *PROMPT, *QUICK, "--json"]
    for number, count in ((signal.SIGINT, 3), (signal.SIGKILL, 9)):
        with subprocess.Popen(
            arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(platform)
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            for _ in range(count):
                seen[json.loads(process.stdout.readline())["custom_id"]] += 1
            process.send_signal(number)
            rest = process.stdout.read().splitlines()
            seen.update(json.loads(line)["custom_id"] for line in rest if line.endswith("}"))
            told = process.stderr.read()
        if number == signal.SIGINT and process.returncode:
            assert process.returncode == 130
            assert "To go on with the run: twelvelabs-batches runs resume films.db" in told
    done = run(platform, "runs", "resume", "films.db", *QUICK)
    assert done.returncode == 0, done.stderr
    seen.update(row["custom_id"] for row in rows(done.stdout))
    assert set(seen) == {f"film-{n}" for n in range(40)}
    assert sum(seen.values()) <= 42, "at each interruption one may come again"
    stats = platform.stats()
    assert (stats["items_created"], stats["items_billed"]) == (40, 40)
