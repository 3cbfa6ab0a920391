"""The commands that are told as the next: they do what was begun, on the same platform, and nothing twice."""

import json
import pathlib
import shlex
import signal
import subprocess
import typing

import pytest

import twelvelabs_batches as tb
from commands import COMMAND, Terminal, environment, interrupt, invoke, run
from faces import SyncFace, submit

ASSET = "6a0000000000000000000001"
PROMPT = ("--prompt", "Sum up.")


@pytest.fixture(autouse=True)
def _folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [json.dumps({"asset_id": ASSET, "custom_id": f"v-{number}"}) for number in range(3)]
    (tmp_path / "films.jsonl").write_text("\n".join(lines))


def told_after(told: str, text: str) -> list[str]:
    """The words of a command that is told after a text."""
    assert told in text
    line = text.partition(told)[2].splitlines()[0]
    program, *words = shlex.split(line)
    assert program == "twelvelabs-batches"
    return words


def test_a_batch_that_was_created_is_not_created_again(platform: tb.Emulator) -> None:
    done = invoke(
        platform, "create", "films.jsonl", *PROMPT, "--wait", "--output", "my films.jsonl", "--timeout", "0"
    )
    assert done.exit_code == 3
    again = told_after("do not submit it again; to go on with it: ", done.stderr)
    platform.advance(hours=1)
    assert invoke(platform, *again).exit_code == 0
    assert len(pathlib.Path("my films.jsonl").read_text().splitlines()) == 3
    assert platform.stats()["batches_created"] == 1


@pytest.mark.parametrize("verb", ["results", "retrieve"])
def test_what_fails_after_the_batch_was_created(verb: typing.Literal["results", "retrieve"]) -> None:
    with tb.Emulator(speed=2000, queue_seconds=1, item_seconds=(1, 2)) as quick:
        if verb == "results":
            quick.inject(on=verb, after_rows=1, cut="reset", times=50)
        else:
            quick.inject(on=verb, status=503, times=50)
        flags = ("--wait", "--output", "films.csv", "--max-retries", "0", "--force")
        done = invoke(quick, "create", "films.jsonl", *PROMPT, *flags)
    (batch_id,) = done.stdout.split()
    assert done.exit_code in (5, 6)
    assert "run the command again" not in done.stderr
    again = told_after("do not submit it again; to go on with it: ", done.stderr)
    assert again == ["results", batch_id, "--wait", "--output", "films.csv", "--force"]


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_who_is_interrupted_goes_on_with_the_file(
    platform: tb.Emulator, number: signal.Signals, status: int
) -> None:
    arguments = ["films.jsonl", *PROMPT, "--wait", "--output", "films.jsonl", "--force"]
    terminal = Terminal(platform, "create", *arguments, columns=200)
    terminal.read_until("0/3")
    terminal.process.send_signal(number)
    ended, screen = terminal.finish()
    assert ended == status
    assert screen.endswith("\n")
    (batch,) = SyncFace(platform).client.list()
    expected = ["results", batch.batch_id, "--wait", "--output", "films.jsonl", "--force"]
    assert told_after("To wait for it again: ", screen) == expected


def test_a_process_that_is_ended_from_outside_says_what_goes_on(platform: tb.Emulator) -> None:
    batch_id = submit(SyncFace(platform)).batch_id
    status, _, stderr = interrupt(platform, signal.SIGTERM, "wait", batch_id)
    assert status == 143
    assert stderr.splitlines()[-1].endswith(f" twelvelabs-batches wait {batch_id}")
    assert "Traceback" not in stderr


def test_the_next_command_goes_to_the_same_platform(platform: tb.Emulator) -> None:
    elsewhere = {"TWELVE_LABS_API_KEY": platform.api_key}
    flag = ["--base-url", platform.base_url]
    _, screen = Terminal(None, "create", "films.jsonl", *PROMPT, *flag, columns=200, **elsewhere).finish()
    again = told_after("Next: ", screen)
    assert again[0] == "wait"
    assert again[2:] == flag
    done = run(None, *again, "--timeout", "0", **elsewhere)
    assert done.returncode == 3
    assert told_after("to wait for it again: ", done.stderr) == again
    _, screen = Terminal(None, "check", "films.jsonl", *PROMPT, f"--base-url={platform.base_url}").finish()
    assert screen.count("--base-url") == 1


def test_what_was_only_checked_can_be_created(platform: tb.Emulator) -> None:
    _, screen = Terminal(platform, "create", "films.jsonl", *PROMPT, "--dry-run", "--wait").finish()
    assert told_after("Next: ", screen) == ["create", "films.jsonl", *PROMPT, "--wait"]


def test_a_batch_that_goes_on_is_not_deleted_and_is_named_in_what_to_do(platform: tb.Emulator) -> None:
    batch_id = submit(SyncFace(platform)).batch_id
    done = invoke(platform, "delete", "--yes", batch_id)
    assert done.exit_code == 4
    assert f"twelvelabs-batches cancel {batch_id}, twelvelabs-batches wait {batch_id}\n" in done.stderr


def test_a_base_url_that_leads_elsewhere_is_looked_at(platform: tb.Emulator) -> None:
    done = invoke(platform, "list", "--base-url", platform.base_url.removesuffix("/v1.3"))
    assert done.exit_code == 4
    assert "hint: check --base-url" in done.stderr


def test_a_manifest_that_is_too_long_is_split_as_told() -> None:
    lines = [json.dumps({"asset_id": f"{number:024x}"}) for number in range(1001)]
    pathlib.Path("my films.jsonl").write_text("\n".join(lines))
    done = invoke(None, "check", "my films.jsonl", *PROMPT, "--table")
    assert done.exit_code == 1
    subprocess.run(done.stderr.rpartition(": ")[2], shell=True, check=True)
    parts = sorted(pathlib.Path().glob("part-*"))
    assert len(parts) == 2
    assert [invoke(None, "check", str(part), *PROMPT).exit_code for part in parts] == [0, 0]
    done = invoke(None, "check", "-", *PROMPT, "--table", stdin="\n".join(lines))
    assert "split" not in done.stderr


def test_stdin_that_is_empty_or_closed(platform: tb.Emulator) -> None:
    done = invoke(platform, "create", "-", *PROMPT, stdin="")
    assert done.exit_code == 1
    assert "error: stdin: there is no item in it" in done.stderr
    command = f"{shlex.join([*COMMAND, 'create', '-', *PROMPT])} <&-"
    closed = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, env=environment(platform), check=False
    )
    assert closed.returncode == 2
    assert "the manifest is stdin, and that is closed" in closed.stderr


def test_help_where_nothing_can_be_written() -> None:
    with pathlib.Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "--help"], stdout=full, stderr=subprocess.PIPE, text=True, env=environment(None)
        )
    assert done.returncode == 1
    assert done.stderr == "error: No space left on device\n"
    command = f"{shlex.join([*COMMAND, '--help'])} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=environment(None))
    assert done.stdout in ("141\n", "0\n")  # the latter where it was written before the pipe was closed
    assert done.stderr == ""


def test_a_folder_that_takes_no_file_is_found_before_anything_is_sent(platform: tb.Emulator) -> None:
    done = invoke(platform, "create", "films.jsonl", *PROMPT, "--wait", "--output", "/proc/films.csv")
    assert done.exit_code == 2
    assert "nothing can be written into the folder '/proc'" in done.stderr
    assert platform.stats()["batches_created"] == 0


def test_a_long_pause_is_told_as_it_begins() -> None:
    with tb.Emulator(speed=0, max_active_batches=1) as full:
        submit(SyncFace(full))
        terminal = Terminal(full, "create", "films.jsonl", *PROMPT)
        terminal.read_until("create is repeated in ")
        terminal.process.send_signal(signal.SIGINT)
        assert terminal.finish()[0] == 130
        done = invoke(full, "create", "films.jsonl", *PROMPT, "--max-retries", "0")
    assert done.exit_code == 4
    assert "five batches can be active at once, twelvelabs-batches list --status" in done.stderr
    with tb.Emulator(speed=0, requests_per_minute=1) as busy:
        assert invoke(busy, "list").exit_code == 0
        done = invoke(busy, "list", "--max-retries", "0")
    assert done.exit_code == 4
    assert "five batches" not in done.stderr
