"""What the command line tells of journals, and does with them."""

from __future__ import annotations

import json
import pathlib
import typing

import pytest

import twelvelabs_batches as tb
from commands import invoke
from test_cli_run import PROMPT, QUICK, folder, platform, rows, write

__all__ = ["folder", "platform"]


@pytest.fixture
def journal(platform: tb.Emulator) -> str:
    """A run that has ended, with two items that failed."""
    for n in (3, 5):
        platform.add_asset(f"{n:024x}", analysis_error="cannot be read")
    write("films.jsonl", 25)
    done = invoke(platform, "run", "films.jsonl", *PROMPT, *QUICK, "--max-attempts", "1")
    assert done.exit_code == 0, done.stderr
    return "films.db"


def test_list_and_show_need_no_key(platform: tb.Emulator, journal: str) -> None:
    (run,) = rows(invoke(None, "runs", "list", journal, "--json").stdout)
    assert (run["run_id"], run["items"], run["ready"], run["failed"]) == (1, 25, 23, 2)
    assert json.loads(run["origin"])["manifest"].endswith("films.jsonl")
    assert run["is_read"]
    assert (
        "25 of 25 items have ended: 23 ready, 2 failed"
        in invoke(None, "runs", "list", journal, "--table").stdout
    )
    (shown,) = rows(invoke(None, "runs", "show", journal, "--json").stdout)
    assert [(batch["state"], batch["status"], batch["items"]) for batch in shown["batches"]] == [
        ("ended", "completed", 10),
        ("ended", "completed", 8),
        ("ended", "completed", 7),
    ]
    told = invoke(None, "runs", "show", journal, "--table").stdout
    assert "pegasus1.5, general" in told
    assert shown["batches"][0]["batch_id"] in told


def test_export_needs_no_key(platform: tb.Emulator, journal: str) -> None:
    before = platform.stats()["requests"]
    done = invoke(None, "runs", "export", journal, "--output", "out.csv")
    assert (done.exit_code, done.stderr) == (0, "Wrote 25 rows to out.csv.\n")
    assert invoke(None, "runs", "export", journal, "--output", "out.csv").exit_code == 2
    assert invoke(None, "runs", "export", journal, "--output", "out.csv", "--force").exit_code == 0
    found = rows(invoke(None, "runs", "export", journal, "--output", "-").stdout)
    assert len({row["custom_id"] for row in found}) == 25
    assert invoke(None, "runs", "export", journal).exit_code == 2
    assert platform.stats()["requests"] == before


def test_resubmit(platform: tb.Emulator, journal: str) -> None:
    for n in (3, 5):
        platform.add_asset(f"{n:024x}")
    done = invoke(platform, "runs", "resubmit", journal, *QUICK)
    assert done.exit_code == 0, done.stderr
    assert sorted(row["custom_id"] for row in rows(done.stdout)) == ["film-3", "film-5"]
    assert {(row["status"], row["attempts"]) for row in rows(done.stdout)} == {("ready", 2)}
    assert platform.stats()["items_created"] == 27


def test_resume_reads_the_manifest_again_if_it_is_there(platform: tb.Emulator, journal: str) -> None:
    write("films.jsonl", 30)
    done = invoke(platform, "runs", "resume", journal, *QUICK)
    assert done.exit_code == 0, done.stderr
    assert len(rows(done.stdout)) == 5
    pathlib.Path("films.jsonl").unlink()
    done = invoke(
        platform, "runs", "resume", journal, *QUICK, "--output", "out.jsonl", "--fail-on-item-error"
    )
    assert done.exit_code == 1
    assert "Wrote 30 rows to out.jsonl." in done.stderr
    assert "2 items without an answer" in done.stderr


def test_cancel(platform: tb.Emulator) -> None:
    with tb.Emulator(speed=0) as still:
        client = tb.BatchesClient(still.api_key, base_url=still.base_url)
        requests: typing.Any = [{"video": {"type": "asset_id", "asset_id": f"{n:024x}"}} for n in range(4)]
        run = client.run(
            requests,
            model_name="pegasus1.5",
            analysis_mode="general",
            defaults={"prompt": {"input_text": "Sum up."}},
            journal="still.db",
            batch_size=2,
        )
        with run:
            while run.report().active < 4 or len(run.active_batches) < 2:
                run._go_on(*run._core.skip())
            batches = run.active_batches
        done = invoke(still, "runs", "cancel", "still.db")
        assert done.exit_code == 0, done.stderr
        assert sorted(done.stdout.split()) == sorted(batches)
        assert "2 of 2 active batches canceled." in done.stderr
        assert still.stats()["batches"]["canceling"] == 2


def test_what_is_no_journal(platform: tb.Emulator, journal: str) -> None:
    pathlib.Path("text.db").write_text("no database" * 1000)
    done = invoke(None, "runs", "show", "text.db")
    assert done.exit_code == 1
    assert "the journal text.db" in done.stderr
    done = invoke(None, "runs", "show", journal, "--run", "9")
    assert (done.exit_code, "no such run; there are: 1" in done.stderr) == (1, True)
