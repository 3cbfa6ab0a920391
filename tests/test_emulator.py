"""The emulator from Python. Its rules are tested in Rust."""

import datetime
import json
import pickle
import typing
import urllib.request

import jsonschema  # type: ignore[import-untyped]
import pytest

import twelvelabs_batches as tb
from faces import PROMPT, item, ready
from twelvelabs_batches import _native


def client_of(platform: tb.Emulator) -> tb.BatchesClient:
    return tb.BatchesClient(platform.api_key, base_url=platform.base_url)


def test_time_stands_still_until_moved(platform: tb.Emulator) -> None:
    before = platform.now
    assert before.tzinfo is not None
    platform.advance(seconds=1.5, minutes=1, hours=1, days=1)
    assert platform.now - before == datetime.timedelta(days=1, seconds=3661.5)
    with pytest.raises(tb.EmulatorError, match="forward only"):
        platform.advance(seconds=-1)


def test_time_runs_at_a_speed() -> None:
    with tb.Emulator(speed=100_000) as platform:
        batch_id = (
            client_of(platform)
            .create(model_name="pegasus1.5", analysis_mode="general", requests=[item(1)], defaults=PROMPT)
            .batch_id
        )
        while client_of(platform).retrieve(batch_id).status != "completed":
            pass


def test_the_same_story_is_told_the_same() -> None:
    def tell() -> tuple[tb.CreateAnalyzeBatchResponse, list[tb.BatchResultItem]]:
        start = datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc)
        with tb.Emulator(speed=0, seed=7, start_time=start) as platform:
            client = client_of(platform)
            batch = client.create(
                model_name="pegasus1.5",
                analysis_mode="general",
                requests=[item(n) for n in range(5)],
                defaults=PROMPT,
            )
            platform.advance(hours=1)
            assert batch.created_at == start
            return batch, list(client.results(batch.batch_id))

    assert tell() == tell()


def test_options_that_do_not_fit() -> None:
    misfits: list[tuple[dict[str, typing.Any], str]] = [
        ({"sped": 1}, "speed"),
        ({"speed": "fast"}, "speed"),
        ({"failure_rate": 2}, "failure_rate"),
        ({"row_order": "alphabetical"}, "row_order"),
        ({"api_key": ""}, "api_key"),
    ]
    for options, told in misfits:
        with pytest.raises(tb.EmulatorError, match=told):
            tb.Emulator(**options)
    with tb.Emulator() as platform, pytest.raises(tb.EmulatorError, match="cannot listen on"):
        tb.Emulator(port=int(platform.base_url.split(":")[2].split("/")[0]))


def test_assets_that_do_not_fit(platform: tb.Emulator) -> None:
    with pytest.raises(tb.EmulatorError, match="24 hexadecimal digits"):
        platform.add_asset("short")
    with pytest.raises(tb.EmulatorError, match="unknown status"):
        platform.add_asset("a" * 24, status="tired")
    with pytest.raises(tb.EmulatorError, match="duration"):
        platform.add_asset("a" * 24, duration=0)


def test_it_keeps_books(platform: tb.Emulator) -> None:
    client = client_of(platform)
    platform.add_asset("f" * 24, analysis_error="no")
    client.create(
        model_name="pegasus1.5",
        analysis_mode="general",
        requests=[item(1), {"video": {"type": "asset_id", "asset_id": "f" * 24}}],
        defaults=PROMPT,
    )
    platform.advance(hours=1)
    books = platform.stats()
    assert books["batches_created"] == 1
    assert {status: count for status, count in books["items"].items() if count} == {"ready": 1, "failed": 1}
    assert books["items_billed"] == 1
    assert books["requests"] == {"create": 1}


def test_it_ends_with_its_block() -> None:
    with tb.Emulator() as platform:
        client = client_of(platform)
        assert list(client.list()) == []
    with pytest.raises(tb.TransportError):
        client.list(request_options={"max_retries": 0})
    platform.close()


def test_it_shows_itself_without_its_key(platform: tb.Emulator) -> None:
    assert repr(platform) == f'Emulator(base_url="{platform.base_url}")'
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(platform)


def test_assets_and_tasks_can_be_read(platform: tb.Emulator) -> None:
    client = client_of(platform)
    batch = client.create(
        model_name="pegasus1.5", analysis_mode="general", requests=[item(1)], defaults=PROMPT
    )
    platform.advance(hours=1)

    def get(path: str) -> typing.Any:
        request = urllib.request.Request(
            f"{platform.base_url}/{path}", headers={"x-api-key": platform.api_key}
        )
        with urllib.request.urlopen(request) as response:
            return json.load(response)

    assert get(f"assets/{1:024x}")["status"] == "ready"
    task = get(f"analyze/tasks/{batch.items[0].task_id}")
    (row,) = client.results(batch.batch_id)
    assert task["batch_id"] == batch.batch_id
    assert task["result"] == ready(row).dict()


def test_answers_fit_the_schema_that_was_asked_for(platform: tb.Emulator) -> None:
    schema = {
        "type": "object",
        "properties": {
            "title": {"type": "string"},
            "kind": {"enum": ["news", "sport"], "type": "string"},
            "scores": {
                "type": "array",
                "items": {"type": "integer", "minimum": 0, "exclusiveMaximum": 10},
                "minItems": 1,
            },
            "link": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/link"}]},
        },
        "required": ["title", "kind", "scores", "link"],
        "$defs": {
            "link": {
                "type": "object",
                "properties": {"id": {"type": "string", "format": "uuid"}},
                "required": ["id"],
            }
        },
    }
    client = client_of(platform)
    batch_id = client.create(
        model_name="pegasus1.5",
        analysis_mode="general",
        requests=[item(n) for n in range(50)],
        defaults={**PROMPT, "response_format": {"type": "json_schema", "json_schema": schema}},
    ).batch_id
    platform.advance(hours=1)
    answers = [json.loads(ready(row).data) for row in client.results(batch_id)]
    for answer in answers:
        jsonschema.validate(answer, schema)
    assert len({json.dumps(answer) for answer in answers}) > 25


def test_segments_follow_their_definitions(platform: tb.Emulator) -> None:
    definition = tb.SegmentDefinition(
        id="scene",
        description="A scene",
        fields=[
            tb.SegmentField(name="mood", type="string", description="d", enum=["calm", "tense"]),
            tb.SegmentField(name="people", type="integer", description="d"),
            tb.SegmentField(name="peak", type="timestamp", description="d", format="seconds"),
        ],
    )
    client = client_of(platform)
    batch_id = client.create(
        model_name="pegasus1.5",
        analysis_mode="time_based_metadata",
        requests=[
            item(n, start_time=10, end_time=100, min_segment_duration=5, max_segment_duration=20)
            for n in range(20)
        ],
        defaults={
            "response_format": tb.AsyncResponseFormat(
                type="segment_definitions", segment_definitions=[definition]
            )
        },
    ).batch_id
    platform.advance(hours=1)
    for row in client.results(batch_id):
        segments = json.loads(ready(row).data)["scene"]
        assert segments
        ends = 10
        for segment in segments:
            assert ends <= segment["start_time"] < segment["end_time"] <= 100
            assert 5 <= segment["end_time"] - segment["start_time"] <= 20
            ends = segment["end_time"]
            assert set(segment["metadata"]) == {"mood", "people", "peak"}
            assert segment["metadata"]["mood"] in ("calm", "tense")
            assert isinstance(segment["metadata"]["people"], int)


def test_every_option_is_documented() -> None:
    for name, _, _, _, help_text, _ in _native.describe_options():
        assert help_text.endswith("."), name
