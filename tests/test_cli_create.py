"""The commands about manifests: check and create."""

import csv
import json
import pathlib
import signal
import subprocess
import time
import typing

import pytest

import twelvelabs_batches as tb
from commands import COMMAND, Terminal, environment, invoke, run
from faces import SyncFace, item, submit
from twelvelabs_batches import _native

PROMPT = ["--prompt", "Sum up."]
SEGMENTS = {
    "type": "segment_definitions",
    "segment_definitions": [{"id": "scene", "description": "A continuous scene"}],
}
SCHEMA = {"type": "object", "properties": {"mood": {"type": "string"}}, "required": ["mood"]}


def asset(number: int) -> str:
    return f"{number:024x}"


@pytest.fixture(autouse=True)
def manifest(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """Three items, in the folder in which commands are called."""
    monkeypatch.chdir(tmp_path)
    lines = [{"asset_id": asset(n), "custom_id": f"film-{n}"} for n in range(3)]
    pathlib.Path("films.jsonl").write_text("\n".join(map(json.dumps, lines)))
    return tmp_path


def last_request(platform: tb.Emulator) -> dict[str, typing.Any]:
    """What the platform knows of the last batch's first item."""
    client = tb.TwelveLabs(api_key=platform.api_key, base_url=platform.base_url)
    batch = next(iter(client.analyze_async.batches.list()))
    row = next(client.analyze_async.batches.results(batch.batch_id))
    task = client.analyze_async.tasks.retrieve(row.task_id)
    assert task.request_params is not None
    return task.request_params.dict()


def test_a_batch_is_created_and_its_identifier_put_out(platform: tb.Emulator) -> None:
    done = invoke(platform, "create", "films.jsonl", *PROMPT)
    assert done.exit_code == 0
    (batch,) = SyncFace(platform).client.list()
    assert done.stdout == f"{batch.batch_id}\n"
    assert done.stderr == "Created with 3 items (pegasus1.5, general); expires in 24 h.\n"
    assert {row.custom_id for row in SyncFace(platform).rows(batch.batch_id)} == {
        "film-0",
        "film-1",
        "film-2",
    }


def test_the_platforms_answer_as_json(platform: tb.Emulator) -> None:
    answered = json.loads(invoke(platform, "create", "films.jsonl", *PROMPT, "--json").stdout)
    assert [each["custom_id"] for each in answered["items"]] == ["film-0", "film-1", "film-2"]
    assert answered["total_items"] == 3


@pytest.mark.parametrize("flags", [[], ["--format", "jsonl"]])
def test_a_manifest_from_stdin(platform: tb.Emulator, flags: list[str]) -> None:
    text = pathlib.Path("films.jsonl").read_bytes()
    done = invoke(platform, "create", "-", *flags, *PROMPT, stdin=text)
    assert done.exit_code == 0, done.stderr
    table = f"asset_id,custom_id\n{asset(1)},a\n".encode()
    assert invoke(platform, "create", "-", *PROMPT, stdin=table).exit_code == 2
    assert invoke(platform, "create", "-", "--format", "csv", *PROMPT, stdin=table).exit_code == 0
    assert platform.stats()["batches_created"] == 2


def test_every_default_is_a_flag(platform: tb.Emulator) -> None:
    told = run(None, "create", "--help").stdout
    (fields,) = (fields for name, *_, fields in _native.describe_models() if name == "BatchDefaults")
    names = {field[0] for field in fields}
    assert "prompt" in names
    for name in names:
        assert f"--{name.replace('_', '-')} " in told


def test_flags_reach_the_platform(platform: tb.Emulator) -> None:
    pathlib.Path("schema.json").write_text(json.dumps(SCHEMA))
    pathlib.Path("prompt.txt").write_text("Who speaks?\n")
    flags = {
        "--prompt": "@prompt.txt",
        "--response-format": "schema.json",
        "--max-tokens": "600",
        "--temperature": "0.5",
        "--start-time": "1.5",
        "--end-time": "60",
    }
    done = invoke(platform, "create", "films.jsonl", *(word for pair in flags.items() for word in pair))
    assert done.exit_code == 0, done.stderr
    assert "JSON by a schema" in done.stderr
    asked = last_request(platform)
    assert asked["prompt_v2"] == {"input_text": "Who speaks?"}
    assert asked["response_format"]["json_schema"] == SCHEMA
    assert (asked["max_tokens"], asked["temperature"]) == (600, 0.5)
    assert (asked["start_time"], asked["end_time"]) == (1.5, 60)


@pytest.mark.parametrize("where", ["flag", "manifest", "item"])
def test_segment_definitions_make_the_mode(platform: tb.Emulator, where: str) -> None:
    lines = [{"asset_id": asset(1), **({"response_format": SEGMENTS} if where == "item" else {})}]
    whole = {
        "requests": lines,
        **({"defaults": {"response_format": SEGMENTS}} if where == "manifest" else {}),
    }
    pathlib.Path("m.json").write_text(json.dumps(whole))
    pathlib.Path("scenes.json").write_text(json.dumps(SEGMENTS))
    flags = ["--response-format", "scenes.json"] if where == "flag" else []
    done = invoke(platform, "create", "m.json", *flags, "--min-segment-duration", "3")
    assert done.exit_code == 0, done.stderr
    asked = last_request(platform)
    assert (asked["analysis_mode"], asked["min_segment_duration"]) == ("time_based_metadata", 3)


def test_flags_win_over_the_manifest(platform: tb.Emulator) -> None:
    whole = {
        "model_name": "pegasus1.5",
        "analysis_mode": "general",
        "defaults": {"prompt": "Sum up.", "max_tokens": 700, "temperature": 0.1},
        "requests": [{"asset_id": asset(1)}],
    }
    pathlib.Path("m.json").write_text(json.dumps(whole))
    assert invoke(platform, "create", "m.json", "--max-tokens", "800").exit_code == 0
    asked = last_request(platform)
    assert (asked["max_tokens"], asked["temperature"]) == (800, 0.1)
    done = invoke(platform, "create", "m.json", "--mode", "time_based_metadata", "--model", "marengo")
    assert done.exit_code == 1
    assert "--model: " in done.stderr


def test_a_text_that_begins_with_an_at_sign(platform: tb.Emulator) -> None:
    assert invoke(platform, "create", "films.jsonl", "--prompt", "@@here").exit_code == 0
    assert last_request(platform)["prompt_v2"] == {"input_text": "@here"}
    done = invoke(platform, "create", "films.jsonl", "--prompt", "@nowhere.txt")
    assert done.exit_code == 2
    assert "there is no file 'nowhere.txt'" in done.stderr


def test_all_that_is_wrong_is_told_with_its_place_and_nothing_is_sent(platform: tb.Emulator) -> None:
    pathlib.Path("m.csv").write_text(
        f"asset_id,custom_id,max_tokens\n{asset(1)},a b,\n{asset(2)},c,7\nx,d,\n{asset(3)},c,\n"
    )
    flags = [*PROMPT, "--temperature", "9"]
    expected = [
        "--temperature: 0 to 1 is allowed, not 9",
        "m.csv:2, column custom_id: letters",
        "m.csv:3, column max_tokens: 512 to",
        "m.csv:4, column asset_id: 24 hexadecimal digits",
        'm.csv:5, column custom_id: "c" is that of m.csv:3 already',
    ]
    for command in (["create"], ["check", "--table"]):
        done = invoke(platform, *command, "m.csv", *flags)
        assert done.exit_code == 1
        for told in expected:
            assert told in done.output
        assert "5 problems" in done.output
    assert platform.stats()["batches_created"] == 0
    found = [json.loads(line) for line in invoke(None, "check", "m.csv", *flags).stdout.splitlines()]
    dry = invoke(None, "create", "--dry-run", "m.csv", *flags)
    assert dry.exit_code == 1
    assert [json.loads(line) for line in dry.stdout.splitlines()] == found
    assert [each["rule"] for each in found] == [
        "temperature.range",
        "custom_id.pattern",
        "max_tokens.range",
        "video.asset_id",
        "custom_id.unique",
    ]
    assert found[2]["place"] == "m.csv:3, column max_tokens"
    assert found[2]["value"] == 7


def test_what_cannot_be_read_is_a_finding_too() -> None:
    pathlib.Path("m.jsonl").write_text('{"asset_id": "a", "promt": ""}\n{')
    found = [json.loads(line) for line in invoke(None, "check", "m.jsonl").stdout.splitlines()]
    assert [(each["rule"], each["place"]) for each in found] == [
        ("manifest", "m.jsonl:1, promt"),
        ("manifest", "m.jsonl:2, column 2"),
    ]
    assert all(each["message"] for each in found)
    done = invoke(None, "check", "m.jsonl", "--table")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "2 problems in the manifest; nothing was sent:" in done.stderr


def test_checking_needs_no_key() -> None:
    done = invoke(None, "check", "films.jsonl", *PROMPT)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "" or done.stderr.startswith("Nothing is wrong")
    done = invoke(None, "check", "films.jsonl", "--table")
    assert done.exit_code == 1
    assert "--prompt: neither" in done.stdout
    assert "hint: --prompt gives the prompt of all items that have none" in done.stdout


def test_the_platform_is_asked_about_assets() -> None:
    with tb.Emulator(speed=0, assets="registered") as platform:
        platform.add_asset(asset(0), duration=1800)
        platform.add_asset(asset(1), status="processing")
        done = invoke(platform, "check", "films.jsonl", *PROMPT, "--assets")
        assert done.exit_code == 1
        found = [json.loads(line) for line in done.stdout.splitlines()]
        assert [(each["rule"], each["place"]) for each in found] == [
            ("asset.not_ready", "films.jsonl:2, video.asset_id"),
            ("asset.missing", "films.jsonl:3, video.asset_id"),
        ]
        refused = invoke(platform, "create", "films.jsonl", *PROMPT)
        assert refused.exit_code == 4
        assert "hint: nothing was created; twelvelabs-batches check --assets" in refused.stderr
        platform.add_asset(asset(1), duration=1800)
        platform.add_asset(asset(2), duration=1800)
        done = invoke(platform, "check", "films.jsonl", *PROMPT, "--assets", "--table")
        assert done.exit_code == 0
        assert "3 items; pegasus1.5, general; 1.5 hours of video" in done.stderr


def test_an_address_without_its_path_is_told(platform: tb.Emulator) -> None:
    host = platform.base_url.removesuffix("/v1.3")
    for command in (["create", "films.jsonl", *PROMPT], ["show", "6b0000000000000000000001"]):
        done = invoke(platform, *command, "--base-url", host)
        assert done.exit_code == 4
        assert "hint: check --base-url or TWELVELABS_BASE_URL: the platform's is https://" in done.stderr
    missing = invoke(platform, "show", "6b0000000000000000000001")
    assert "hint: twelvelabs-batches list" in missing.stderr


def test_a_lost_answer_makes_one_batch(platform: tb.Emulator) -> None:
    platform.inject(on="create", cut="close")
    done = invoke(platform, "create", "films.jsonl", *PROMPT)
    assert done.exit_code == 0
    assert platform.stats()["batches_created"] == 1
    assert "warning: " in done.stderr


def test_an_outcome_that_stays_unknown(platform: tb.Emulator) -> None:
    pathlib.Path("m.jsonl").write_text(json.dumps({"asset_id": asset(1)}))
    platform.inject(on="create", cut="close")
    done = invoke(platform, "create", "m.jsonl", *PROMPT)
    assert done.exit_code == 7
    assert done.stdout == ""
    (batch,) = SyncFace(platform).client.list()
    assert f"it may be {batch.batch_id}" in done.stderr
    assert "hint: twelvelabs-batches list" in done.stderr


def test_an_interruption_says_that_the_outcome_is_unknown(platform: tb.Emulator) -> None:
    platform.inject(on="create", latency=30)
    with subprocess.Popen(
        [*COMMAND, "create", "films.jsonl", *PROMPT],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(platform),
    ) as process:
        while not platform.stats()["requests"]:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
    assert (process.returncode, stdout) == (130, "")
    assert "the batch may have been created, or not" in stderr
    assert "twelvelabs-batches list --limit 3" in stderr


def test_items_without_a_name_are_told(platform: tb.Emulator) -> None:
    pathlib.Path("m.jsonl").write_text(json.dumps({"asset_id": asset(1)}))
    told = "warning: 1 item without custom_id: results can be matched by task_id only\n"
    assert told in invoke(platform, "create", "m.jsonl", *PROMPT).stderr
    assert told not in invoke(platform, "create", "films.jsonl", *PROMPT).stderr


def test_what_is_odd_is_a_warning(platform: tb.Emulator) -> None:
    flags = [*PROMPT, "--start-time", "0", "--end-time", "9000"]
    done = invoke(platform, "create", "films.jsonl", *flags)
    assert done.exit_code == 0
    assert "warning: " in done.stderr
    done = invoke(platform, "check", "films.jsonl", *flags, "--table")
    assert done.exit_code == 0
    assert "warning: --end-time: " in done.stdout


def test_too_many_active_batches(platform: tb.Emulator) -> None:
    for _ in range(5):
        submit(SyncFace(platform), 1)
    done = invoke(platform, "create", "films.jsonl", *PROMPT, "--max-retries", "0")
    assert done.exit_code == 4
    assert "--status pending" in done.stderr
    assert "come back after" in done.stderr


def test_creating_waiting_and_writing_in_one_go() -> None:
    with tb.Emulator(speed=2000, queue_seconds=1, item_seconds=(1, 2)) as platform:
        done = invoke(platform, "create", "films.jsonl", *PROMPT, "--wait", "--output", "films.csv")
        assert done.exit_code == 0, done.stderr
        assert "Wrote 3 rows to films.csv." in done.stderr
        with pathlib.Path("films.csv").open(newline="") as file:
            assert sorted(row["custom_id"] for row in csv.DictReader(file)) == ["film-0", "film-1", "film-2"]
        done = invoke(platform, "create", "films.jsonl", *PROMPT, "--wait", "--output", "-")
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        assert [row["status"] for row in rows] == ["ready"] * 3
        done = invoke(platform, "create", "films.jsonl", *PROMPT, "--wait")
        assert done.stdout.strip() == next(iter(SyncFace(platform).client.list())).batch_id
        assert "The batch is completed: 3 of 3 items ready." in done.stderr


def test_flags_that_do_not_go_together(platform: tb.Emulator) -> None:
    pathlib.Path("there.csv").write_text("mine")
    for flags, told in (
        (["--output", "x.csv"], "--wait"),
        (["--wait", "--output", "x.txt"], ".parquet"),
        (["--wait", "--output", "nowhere/x.csv"], "there is no folder"),
        (["--wait", "--output", "there.csv"], "there.csv exists already\nhint: --force replaces it"),
        (["--timeout", "3"], "--wait"),
    ):
        done = invoke(platform, "create", "films.jsonl", *PROMPT, *flags)
        assert done.exit_code == 2
        assert told in done.stderr
    assert platform.stats()["batches_created"] == 0
    assert pathlib.Path("there.csv").read_text() == "mine"


def test_people_are_told_what_is_next(platform: tb.Emulator) -> None:
    status, screen = Terminal(platform, "check", "films.jsonl", *PROMPT).finish()
    assert status == 0
    assert "Nothing is wrong: 3 items; pegasus1.5, general." in screen
    assert "Next: twelvelabs-batches create films.jsonl --prompt 'Sum up.'" in screen
    _, screen = Terminal(platform, "create", "films.jsonl", *PROMPT).finish()
    (batch,) = SyncFace(platform).client.list()
    assert f"Next: twelvelabs-batches wait {batch.batch_id}" in screen


def test_files_that_are_no_manifests(platform: tb.Emulator) -> None:
    assert invoke(platform, "create", "nowhere.jsonl").exit_code == 2
    assert invoke(platform, "create", ".").exit_code == 2
    pathlib.Path("list.json").write_text("[]")
    done = invoke(platform, "create", "films.jsonl", "--response-format", "list.json")
    assert done.exit_code == 1
    assert "list.json: a JSON schema or a response format is an object" in done.stderr
    pathlib.Path("m.json").write_text(json.dumps({"defaults": [], "requests": [dict(item(1))]}))
    assert "m.json, defaults: an object is expected" in invoke(platform, "create", "m.json").stderr
