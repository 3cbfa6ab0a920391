"""The commands about batches: list, show, wait, cancel, delete."""

import json
import os
import signal
import subprocess

import pytest

import twelvelabs_batches as tb
from commands import COMMAND, Terminal, environment, interrupt, invoke, run
from faces import SyncFace, submit
from twelvelabs_batches._cli.screen import clean


def test_the_newest_batches_are_listed_as_json_lines(platform: tb.Emulator) -> None:
    face = SyncFace(platform)
    created = [submit(face, 3).batch_id for _ in range(3)]
    done = invoke(platform, "list", "--limit", "2")
    assert done.exit_code == 0
    assert done.stderr == ""
    listed = [json.loads(line) for line in done.stdout.splitlines()]
    assert [batch["batch_id"] for batch in listed] == created[:0:-1]
    assert listed[0]["queued_items"] == 3
    assert "completed_at" not in listed[0]


def test_all_are_listed_beyond_a_page(platform: tb.Emulator) -> None:
    face = SyncFace(platform)
    for _ in range(12):
        for _ in range(5):
            submit(face, 1)
        platform.advance(hours=1)
    assert len(invoke(platform, "list").stdout.splitlines()) == 20
    assert len(invoke(platform, "list", "--all", "--quiet").stdout.splitlines()) == 60
    assert len(invoke(platform, "list", "--limit", "55").stdout.splitlines()) == 55


def test_filters_of_the_list(platform: tb.Emulator) -> None:
    face = SyncFace(platform)
    done = submit(face).batch_id
    platform.advance(hours=1)
    pending = submit(face).batch_id
    for flags, expected in (
        (["--status", "completed"], [done]),
        (["--status", "completed", "--status", "pending"], [pending, done]),
        (["--mode", "general"], [pending, done]),
        (["--mode", "time_based_metadata"], []),
    ):
        assert invoke(platform, "list", "-q", *flags).stdout.split() == expected
    assert invoke(platform, "list", "--status", "over").exit_code == 2


def test_a_table_can_be_had_without_a_terminal(platform: tb.Emulator) -> None:
    batch_id = submit(SyncFace(platform)).batch_id
    for command in (["list"], ["show", batch_id]):
        done = invoke(platform, *command, "--table")
        assert f"{batch_id}" in done.stdout
        assert "2 queued" in done.stdout
        assert "{" not in done.stdout
        assert done.stderr == ""


@pytest.mark.parametrize("columns", [60, 90, 140])
def test_people_see_a_table_and_what_is_next(platform: tb.Emulator, columns: int) -> None:
    batch_id = submit(SyncFace(platform)).batch_id
    status, screen = Terminal(platform, "list", columns=columns).finish()
    assert status == 0
    header, line = screen.splitlines()[:2]
    assert line.startswith(batch_id)
    assert "pending" in line
    assert "2 queued" in line
    assert ("mode" in header) == (columns == 140)
    assert f"Next: twelvelabs-batches show {batch_id}" in screen


def test_nothing_to_list(platform: tb.Emulator) -> None:
    done = invoke(platform, "list")
    assert (done.exit_code, done.stdout) == (0, "")
    _, screen = Terminal(platform, "list").finish()
    assert "There is no such batch." in screen


def test_latest_is_the_newest(platform: tb.Emulator) -> None:
    face = SyncFace(platform)
    submit(face)
    newest = submit(face).batch_id
    done = invoke(platform, "show", "latest", newest)
    (shown,) = done.stdout.splitlines()
    assert json.loads(shown)["batch_id"] == newest


def test_without_batches_there_is_no_latest(platform: tb.Emulator) -> None:
    done = invoke(platform, "show", "latest")
    assert done.exit_code == 4
    assert done.stderr == "error: there is no batch yet, so there is no latest one\n"


def test_one_that_is_refused_does_not_keep_others_away(platform: tb.Emulator) -> None:
    batch_id = submit(SyncFace(platform)).batch_id
    done = invoke(platform, "show", "6b0000000000000000000009", batch_id)
    assert done.exit_code == 4
    assert json.loads(done.stdout)["batch_id"] == batch_id
    assert "6b0000000000000000000009" in done.stderr
    assert "hint: twelvelabs-batches list" in done.stderr
    assert "request " in done.stderr


def test_waiting_puts_out_how_it_ended(platform: tb.Emulator) -> None:
    batch_id = submit(SyncFace(platform)).batch_id
    platform.advance(hours=1)
    done = invoke(platform, "wait", batch_id)
    assert done.exit_code == 0
    assert json.loads(done.stdout)["status"] == "completed"


def test_waiting_in_vain(platform: tb.Emulator) -> None:
    batch_id = submit(SyncFace(platform)).batch_id
    done = invoke(platform, "wait", batch_id, "--timeout", "0")
    assert done.exit_code == 3
    assert done.stdout == ""
    assert f"hint: the batch goes on; to wait for it again: twelvelabs-batches wait {batch_id}" in done.stderr


def test_a_batch_that_ended_otherwise(platform: tb.Emulator) -> None:
    face = SyncFace(platform)
    batch_id = submit(face).batch_id
    face.cancel(batch_id)
    platform.advance(hours=1)
    done = invoke(platform, "wait", batch_id)
    assert json.loads(done.stdout)["status"] == "canceled"
    assert done.exit_code == 1


def test_items_that_failed_are_an_error_only_if_wanted() -> None:
    with tb.Emulator(speed=0, failure_rate=1) as platform:
        batch_id = submit(SyncFace(platform)).batch_id
        platform.advance(hours=1)
        assert invoke(platform, "wait", batch_id).exit_code == 0
        done = invoke(platform, "wait", batch_id, "--fail-on-item-error")
        assert done.exit_code == 1
        assert f"of 2 items of the batch {batch_id}, 2 failed" in done.stderr


def test_an_interruption_leaves_the_batch_and_says_how_to_go_on(platform: tb.Emulator) -> None:
    batch_id = submit(SyncFace(platform)).batch_id
    command = ("wait", batch_id, "--poll-interval", "0.05")
    status, stdout, stderr = interrupt(platform, signal.SIGINT, *command)
    assert status == 130
    assert stdout == ""
    assert "Traceback" not in stderr
    told = f"Stopped waiting; the batch goes on. To wait for it again: twelvelabs-batches wait {batch_id}"
    assert stderr.splitlines()[-1] == told
    assert SyncFace(platform).retrieve(batch_id).status == "pending"


def test_people_see_a_bar_and_one_line_when_they_interrupt(platform: tb.Emulator) -> None:
    batch_id = submit(SyncFace(platform)).batch_id
    terminal = Terminal(platform, "wait", batch_id)
    terminal.read_until("0/2")
    terminal.process.send_signal(signal.SIGINT)
    status, screen = terminal.finish()
    assert status == 130
    assert screen.count(batch_id) == 1
    assert screen.rstrip().endswith(f"To wait for it again: twelvelabs-batches wait {batch_id}")


def test_logs_are_told_in_lines_how_a_batch_goes_on(platform: tb.Emulator) -> None:
    batch_id = submit(SyncFace(platform)).batch_id
    platform.advance(hours=1)
    done = invoke(platform, "wait", batch_id)
    (line,) = done.stderr.splitlines()
    assert batch_id in line
    assert "completed" in line


def test_canceling_says_what_happens(platform: tb.Emulator) -> None:
    face = SyncFace(platform)
    batch_id = submit(face).batch_id
    done = invoke(platform, "cancel", batch_id)
    assert done.exit_code == 0
    assert json.loads(done.stdout)["status"] == "canceling"
    assert done.stderr == f"The batch {batch_id} is canceling: 2 items will not be analysed.\n"
    platform.advance(hours=1)
    again = invoke(platform, "cancel", batch_id)
    assert again.exit_code == 4
    assert "batch_canceled" in again.stderr


def test_deleting_asks(platform: tb.Emulator) -> None:
    face = SyncFace(platform)
    batch_id = submit(face).batch_id
    platform.advance(hours=1)
    refused = invoke(platform, "delete", batch_id)
    assert refused.exit_code == 2
    assert "--yes" in refused.stderr
    for answer, status, left in (("n\n", 1, 1), ("y\n", 0, 0)):
        terminal = Terminal(platform, "delete", "latest")
        screen = terminal.read_until("[y/N]")
        assert f"{batch_id}  completed, 2 items, 2 ready" in screen
        terminal.type(answer)
        assert terminal.finish()[0] == status
        assert len(list(face.client.list())) == left


def test_no_answer_deletes_nothing(platform: tb.Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    batch_id = submit(SyncFace(platform)).batch_id
    platform.advance(hours=1)
    monkeypatch.setattr("twelvelabs_batches._cli.delete.can_ask", lambda: True)
    assert invoke(platform, "delete", batch_id, stdin="").exit_code == 130
    assert SyncFace(platform).retrieve(batch_id).batch_id == batch_id


def test_deleting_without_asking(platform: tb.Emulator) -> None:
    face = SyncFace(platform)
    done, going = submit(face).batch_id, None
    platform.advance(hours=1)
    going = submit(face).batch_id
    deleted = invoke(platform, "delete", "--yes", going, done)
    assert deleted.exit_code == 4
    assert deleted.stdout == f"{done}\n"
    assert "hint: cancel it first" in deleted.stderr
    assert [batch.batch_id for batch in face.client.list()] == [going]


@pytest.mark.parametrize(
    "command", [["list"], ["show", "latest"], ["results", "latest"], ["list", "--table"]]
)
def test_who_has_read_enough_is_left_in_peace(platform: tb.Emulator, command: list[str]) -> None:
    submit(SyncFace(platform))
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, *command], stdout=writing, stderr=subprocess.PIPE, env=environment(platform), check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_streams_that_are_closed_are_no_reason_to_fail(platform: tb.Emulator) -> None:
    batch_id = submit(SyncFace(platform)).batch_id
    for command, status in (("list", 0), (f"show {batch_id}", 0), (f"delete {batch_id}", 2)):
        script = f"{' '.join(COMMAND)} {command} <&- >&- 2>&-"
        assert (
            subprocess.run(["bash", "-c", script], env=environment(platform), check=False).returncode
            == status
        )


def test_several_are_waited_for(platform: tb.Emulator) -> None:
    face = SyncFace(platform)
    first, second = submit(face, 1).batch_id, submit(face, 1).batch_id
    platform.advance(hours=1)
    going = submit(face, 1).batch_id
    done = invoke(platform, "wait", first, second)
    assert done.exit_code == 0
    assert [json.loads(line)["batch_id"] for line in done.stdout.splitlines()] == [first, second]
    done = invoke(platform, "wait", first, going, "--timeout", "0.1")
    assert done.exit_code == 3
    assert [json.loads(line)["batch_id"] for line in done.stdout.splitlines()] == [first]
    _, screen = Terminal(platform, "wait", first, second).finish()
    assert "Next:" not in screen


@pytest.mark.parametrize(("status", "expected"), [(401, 4), (404, 4), (409, 4), (429, 4), (500, 5), (503, 5)])
def test_what_the_platform_answers_is_the_status(platform: tb.Emulator, status: int, expected: int) -> None:
    platform.inject(on="list", status=status, times=9)
    done = invoke(platform, "list", "--max-retries", "0")
    assert done.exit_code == expected
    assert done.stderr.startswith("error: ")


def test_no_key_and_no_platform(platform: tb.Emulator) -> None:
    done = invoke(None, "list")
    assert done.exit_code == 2
    assert "TWELVE_LABS_API_KEY" in done.stderr
    platform.go_down()
    done = invoke(platform, "list", "--max-retries", "0")
    assert done.exit_code == 5
    assert "hint: check the network" in done.stderr
    assert invoke(platform, "list", "--base-url", "nowhere").exit_code == 2


def test_only_debugging_shows_where_an_error_came_from_and_nothing_the_key() -> None:
    with tb.Emulator(speed=0, api_key="tlk_very_secret") as platform:
        for flags, is_shown in (([], False), (["--debug"], True)):
            done = run(platform, "show", "6b0000000000000000000009", *flags)
            assert done.returncode == 4
            assert ("retrieve answered" in done.stderr) == is_shown
            assert "tlk_very_secret" not in done.stderr
            done = run(platform, "list", "--base-url", "nowhere", *flags)
            assert done.returncode == 2
            assert ("Traceback" in done.stderr) == is_shown
            assert "tlk_very_secret" not in done.stderr


def test_what_could_command_a_terminal_is_made_visible() -> None:
    assert clean("a\x1b[2Jb\x9b\u202ec\nd\ud800") == "a\\x1b[2Jb\\x9b\\u202ec\\x0ad\\ud800"
    assert clean("a\nb\tc\r", lines=True) == "a\nb\tc\\x0d"


def test_a_very_narrow_terminal_has_a_line_for_each_batch(platform: tb.Emulator) -> None:
    for _ in range(2):
        submit(SyncFace(platform))
    _, screen = Terminal(platform, "list", columns=40).finish()
    lines = screen.splitlines()
    assert lines[0].split() == ["batch", "status"]
    assert [line.split()[1:] for line in lines[1:3]] == [["pending"], ["pending"]]
    assert lines[3].startswith("Next: ")
