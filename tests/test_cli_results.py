"""The command `results`."""

import csv
import json
import pathlib
import signal
import subprocess

import pyarrow.parquet
import pytest

import twelvelabs_batches as tb
from commands import COMMAND, Terminal, environment, interrupt, invoke, run
from faces import PROMPT, SyncFace, item, submit
from servers import ScriptedServer, answer
from test_results import BATCH_ID, lines, row

TRICKY = "a\x1b[2J[red]b[/red]\u202e\x07"

DATA = {"generation_id": "g", "data": TRICKY, "finish_reason": "stop", "usage": {"output_tokens": 1}}


@pytest.fixture
def batch_id(platform: tb.Emulator) -> str:
    """A batch that has ended; one of its three items has failed."""
    platform.add_asset("f" * 24, analysis_error="cannot be decoded", analysis_error_code="asset_unavailable")
    requests = [
        item(0, custom_id="one"),
        item(1, custom_id="two"),
        {"video": {"type": "asset_id", "asset_id": "f" * 24}, "custom_id": "damaged"},
    ]
    created = submit(SyncFace(platform), requests=requests)
    platform.advance(hours=1)
    return created.batch_id


def test_rows_are_json_lines_as_the_platform_sends_them(platform: tb.Emulator, batch_id: str) -> None:
    done = invoke(platform, "results", "latest")
    assert (done.exit_code, done.stderr) == (0, "")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert found == [each.dict() for each in SyncFace(platform).rows(batch_id)]
    assert found == [
        json.loads(line) for line in invoke(platform, "results", batch_id, "-o", "-").stdout.splitlines()
    ]


def test_people_see_a_table(platform: tb.Emulator, batch_id: str) -> None:
    status, screen = Terminal(platform, "results", batch_id, columns=80).finish()
    assert status == 0
    told = {line.split("│")[1].strip(): line for line in screen.splitlines() if line.startswith("│")}
    assert set(told) >= {"one", "two", "damaged"}
    assert "…" in told["one"]
    assert "asset_unavailable: cannot be decoded" in " ".join(screen.split())
    assert "Next: twelvelabs-batches results" in screen
    assert all(len(line) <= 80 for line in screen.splitlines()[:8])


def test_some_of_the_items(platform: tb.Emulator, batch_id: str) -> None:
    task_id = next(each.task_id for each in SyncFace(platform).rows(batch_id) if each.custom_id == "two")
    for flags, expected in (
        (["--status", "failed"], ["damaged"]),
        (["--status", "failed", "--status", "ready"], ["one", "two", "damaged"]),
        (["--item", "one"], ["one"]),
        (["--item", "one", "--item", task_id], ["one", "two"]),
        (["--item", "one", "--status", "failed"], []),
    ):
        done = invoke(platform, "results", batch_id, *flags)
        assert [json.loads(line)["custom_id"] for line in done.stdout.splitlines()] == expected
        assert done.exit_code == 0
    done = invoke(platform, "results", batch_id, "--item", "one", "--item", "three")
    assert done.exit_code == 1
    assert f"the batch {batch_id} has no item three" in done.stderr
    assert (
        "There is no such item."
        in invoke(platform, "results", batch_id, "--table", "--status", "queued").stderr
    )


def test_answers_alone(platform: tb.Emulator, batch_id: str) -> None:
    answers = [each.data.data for each in SyncFace(platform).rows(batch_id) if each.data]
    done = invoke(platform, "results", batch_id, "--text")
    assert done.stdout == "\n\n".join(answers) + "\n"
    assert done.stderr == "damaged: asset_unavailable: cannot be decoded\n"
    assert invoke(platform, "results", batch_id, "--text", "--item", "two").stdout == answers[1] + "\n"
    assert invoke(platform, "results", batch_id, "--text", "--json").exit_code == 2


def test_files(platform: tb.Emulator, batch_id: str, tmp_path: pathlib.Path) -> None:
    rows = [each.dict() for each in SyncFace(platform).rows(batch_id)]
    for name in ("r.jsonl", "r.csv", "r.parquet"):
        done = invoke(platform, "results", batch_id, "--output", str(tmp_path / name))
        assert (done.exit_code, done.stdout) == (0, "")
        assert done.stderr == f"Wrote 3 rows to {tmp_path / name}.\n"
    assert [json.loads(line) for line in (tmp_path / "r.jsonl").read_text().splitlines()] == rows
    with (tmp_path / "r.csv").open(newline="") as file:
        assert [each["task_id"] for each in csv.DictReader(file)] == [each["task_id"] for each in rows]
    assert pyarrow.parquet.read_table(tmp_path / "r.parquet").num_rows == 3
    again = ["results", batch_id, "--output", str(tmp_path / "r.jsonl"), "--status", "failed"]
    assert invoke(platform, *again).exit_code == 2
    assert invoke(platform, *again, "--force").exit_code == 0
    assert len((tmp_path / "r.jsonl").read_text().splitlines()) == 1


def test_a_file_goes_on_where_it_stopped(
    platform: tb.Emulator, batch_id: str, tmp_path: pathlib.Path
) -> None:
    output = tmp_path / "r.jsonl"
    command = ["results", batch_id, "--output", str(output), "--max-retries", "0"]
    platform.inject(on="results", cut="reset", after_rows=2, times=1)
    done = invoke(platform, *command)
    assert done.exit_code == 6
    assert "hint: run the command again" in done.stderr
    assert not output.exists()
    done = invoke(platform, *command)
    assert done.exit_code == 0
    assert len({json.loads(line)["task_id"] for line in output.read_text().splitlines()}) == 3


def test_rows_that_cannot_be_read(platform: tb.Emulator, batch_id: str) -> None:
    platform.inject(on="results", corrupt_row=2, times=9)
    done = invoke(platform, "results", batch_id)
    assert done.exit_code == 6
    assert len(done.stdout.splitlines()) == 2
    assert "error: row 2 of the results cannot be read: " in done.stderr
    assert f"1 row of the batch {batch_id} cannot be read; the others are valid" in done.stderr


def test_strictness(platform: tb.Emulator, batch_id: str, tmp_path: pathlib.Path) -> None:
    done = invoke(platform, "results", batch_id, "--fail-on-item-error")
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 3
    assert f"of 3 items of the batch {batch_id}, 1 failed" in done.stderr
    assert invoke(platform, "results", batch_id, "--require-complete").exit_code == 0
    going = submit(SyncFace(platform)).batch_id
    done = invoke(platform, "results", going, "--require-complete")
    assert (done.exit_code, done.stdout) == (3, "")
    assert "hint: --wait waits until it has" in done.stderr
    assert [
        json.loads(line)["status"] for line in invoke(platform, "results", going).stdout.splitlines()
    ] == [
        "queued",
        "queued",
    ]
    done = invoke(platform, "results", going, "--output", str(tmp_path / "r.csv"))
    assert "warning: the batch is pending: not every row will have an answer" in done.stderr
    _, screen = Terminal(platform, "results", going).finish()
    assert "2 of 2 items have not ended yet." in screen


def test_waiting_first() -> None:
    with tb.Emulator(speed=2000, queue_seconds=1, item_seconds=(1, 2)) as platform:
        for flag in ("--wait", "--as-completed"):
            going = submit(SyncFace(platform), 3).batch_id
            done = invoke(platform, "results", going, flag)
            assert done.exit_code == 0, done.stderr
            assert [json.loads(line)["status"] for line in done.stdout.splitlines()] == ["ready"] * 3
        _, screen = Terminal(platform, "results", going, "--as-completed").finish()
        assert sum(line.startswith("ready       v-") for line in screen.splitlines()) == 3


def test_waiting_in_vain(platform: tb.Emulator) -> None:
    going = submit(SyncFace(platform)).batch_id
    for flag in ("--wait", "--as-completed"):
        done = invoke(platform, "results", going, flag, "--timeout", "0")
        assert done.exit_code == 3
        assert f"twelvelabs-batches results {going} {flag}\n" in done.stderr
    assert invoke(platform, "results", going, "--timeout", "0").exit_code == 2


def test_a_batch_that_was_canceled_is_not_what_was_waited_for(platform: tb.Emulator) -> None:
    face = SyncFace(platform)
    created = submit(face)
    face.cancel(created.batch_id)
    platform.advance(hours=1)
    done = invoke(platform, "results", created.batch_id, "--wait")
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 2
    assert "is canceled, not completed" in done.stderr


def test_an_interruption_of_streaming_says_how_to_go_on(platform: tb.Emulator) -> None:
    going = submit(SyncFace(platform)).batch_id
    command = ("results", going, "--as-completed", "--poll-interval", "0.05")
    status, _, stderr = interrupt(platform, signal.SIGINT, *command)
    assert status == 130
    assert stderr.splitlines()[-1].endswith(f" twelvelabs-batches results {going} --as-completed")
    assert "Traceback" not in stderr


def test_texts_of_others_command_no_terminal(server: ScriptedServer) -> None:
    told = row(1, custom_id=TRICKY, status="ready", data=DATA)
    for flags in ([], ["--text"], ["--json"]):
        server.plays(answer(200, lines(told)), total=1)
        terminal = Terminal(server, "results", BATCH_ID, *flags)
        _, screen = terminal.finish()
        assert "[red]b[/red]" in screen
        for unsafe in ("\x1b[2J", "\u202e", "\x07"):
            assert unsafe not in terminal.raw


def test_rows_that_deviate_are_shown(server: ScriptedServer) -> None:
    odd = [
        row(1, status="ready", data={"data": {"mood": "calm"}}),
        row(2, status="failed", error={"message": "why"}),
        row(3, status="dreaming"),
        {"task_id": "t", "status": "ready", "data": {"data": None, "usage": {"output_tokens": "7"}}},
    ]
    for flags, told in ((["--table"], "dreaming"), (["--text"], "calm"), (["--json"], '"dreaming"')):
        server.plays(answer(200, lines(*odd)), total=4)
        done = invoke(server, "results", BATCH_ID, *flags)
        assert done.exit_code == 0, done.stderr
        assert told in done.stdout
        assert "why" in done.output


def test_what_the_platform_says_of_an_error_commands_no_terminal(server: ScriptedServer) -> None:
    server.plays(answer(404, {"error": {"code": "c", "message": TRICKY}}))
    terminal = Terminal(server, "show", BATCH_ID)
    status, screen = terminal.finish()
    assert status == 4
    assert "[red]b[/red]" in screen
    assert not any(unsafe in terminal.raw for unsafe in ("\x1b[2J", "\u202e", "\x07"))


def test_streaming_into_a_file(tmp_path: pathlib.Path) -> None:
    with tb.Emulator(speed=2000, queue_seconds=1, item_seconds=(1, 2)) as platform:
        going = submit(SyncFace(platform), 3).batch_id
        output = tmp_path / "r.jsonl"
        done = invoke(platform, "results", going, "--as-completed", "--output", str(output))
        assert done.exit_code == 0, done.stderr
        assert len(output.read_text().splitlines()) == 3


def test_no_colours_where_they_are_not_wanted(platform: tb.Emulator, batch_id: str) -> None:
    terminal = Terminal(platform, "results", batch_id, NO_COLOR="1")
    terminal.finish()
    assert "\x1b[3" not in terminal.raw
    coloured = Terminal(platform, "results", batch_id)
    coloured.finish()
    assert "\x1b[32m" in coloured.raw
    assert "\x1b" not in run(platform, "results", batch_id, "--table").stdout


def test_output_is_utf_8_whatever_the_locale(platform: tb.Emulator) -> None:
    created = submit(SyncFace(platform), defaults=PROMPT)
    platform.advance(hours=1)
    variables = environment(platform, PYTHONIOENCODING="ascii", LC_ALL="C")
    for flags in ([], ["--table"], ["--text"]):
        done = subprocess.run(
            [*COMMAND, "results", created.batch_id, *flags], capture_output=True, env=variables, check=False
        )
        assert done.returncode == 0, done.stderr
    rows = subprocess.run(
        [*COMMAND, "results", created.batch_id], capture_output=True, env=variables, check=False
    ).stdout.decode("utf-8")
    assert [json.loads(line) for line in rows.splitlines()] == [
        each.dict() for each in SyncFace(platform).rows(created.batch_id)
    ]
