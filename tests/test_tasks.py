"""Reading tasks."""

import copy
import datetime
import logging
import pickle
import typing

import httpx
import pytest
import twelvelabs

import twelvelabs_batches as tb
from beside import FACES, AnyPlatform, asset, close, make, task
from faces import SyncFace, item, submit
from servers import Cut, ScriptedServer, answer

TASK_ID = "6c0000000000000000000001"
TASK: dict[str, typing.Any] = {
    "task_id": TASK_ID,
    "custom_id": None,
    "status": "canceled",
    "created_at": "2026-11-01T00:00:00Z",
    "error": {"code": "user_canceled", "message": "It was canceled."},
}
SEGMENTS: typing.Any = {
    "response_format": {
        "type": "segment_definitions",
        "segment_definitions": [
            {
                "id": "scene",
                "description": "A scene",
                "fields": [
                    {"name": "who", "type": "array", "description": "Who", "items": {"type": "string"}},
                ],
            }
        ],
    }
}


@pytest.fixture(params=FACES, ids=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> type[AnyPlatform]:
    made: type[AnyPlatform] = request.param
    return made


def test_a_task_in_each_of_its_states(kind: type[AnyPlatform], platform: tb.Emulator) -> None:
    platform.add_asset("f" * 24, analysis_error="cannot be read", analysis_error_code="asset_unavailable")
    created = submit(
        SyncFace(platform), requests=[item(1, custom_id="v-1"), item(int("f" * 24, 16)), item(2)]
    )
    client = make(kind, platform)
    fresh = task(client, created.items[0].task_id)
    assert (fresh.task_id, fresh.custom_id, fresh.batch_id) == (
        created.items[0].task_id,
        "v-1",
        created.batch_id,
    )
    assert (fresh.status, fresh.result, fresh.error, fresh.completed_at) == ("queued", None, None, None)
    assert fresh.video_source is not None
    assert fresh.video_source.asset_id == f"{1:024x}"
    assert fresh.video_source.system_metadata is not None
    assert fresh.video_source.system_metadata.duration == 300.0
    asked = fresh.request_params
    assert asked is not None
    assert asked.prompt_v_2 is not None
    assert asked.prompt_v_2.input_text == "Sum up this video."
    assert (asked.analysis_mode, asked.prompt, asked.max_tokens) == ("general", None, 4096)
    platform.advance(hours=1)
    ready = task(client, created.items[0].task_id)
    assert ready.status == "ready"
    assert ready.result is not None
    assert isinstance(ready.completed_at, datetime.datetime)
    (row, *_) = SyncFace(platform).rows(created.batch_id)
    assert ready.result == row.data
    failed = task(client, created.items[1].task_id)
    assert failed.error is not None
    assert (failed.status, failed.error.code, failed.result) == ("failed", "asset_unavailable", None)
    close(client)


def test_what_a_segmentation_was_asked_for_is_told(kind: type[AnyPlatform], platform: tb.Emulator) -> None:
    created = SyncFace(platform).create(
        model_name="pegasus1.5",
        analysis_mode="time_based_metadata",
        requests=[item(1)],
        defaults=SEGMENTS,
    )
    asked = task(make(kind, platform), created.items[0].task_id).request_params
    assert asked is not None
    assert asked.response_format is not None
    assert asked.response_format.segment_definitions is not None
    (definition,) = asked.response_format.segment_definitions
    assert definition.fields is not None
    assert (definition.id, definition.fields[0].name) == ("scene", "who")
    assert definition.fields[0].items is not None
    assert definition.fields[0].items.type == "string"
    assert asked.response_format.dict() == SEGMENTS["response_format"]


def test_bodies_are_those_that_the_vendors_models_read(platform: tb.Emulator) -> None:
    created = submit(SyncFace(platform))
    platform.advance(hours=1)
    ours = make(tb.TwelveLabs, platform)
    with httpx.Client() as http:
        theirs = twelvelabs.TwelveLabs(
            api_key=platform.api_key, base_url=platform.base_url, httpx_client=http
        )
        for entry in created.items:
            one, other = task(ours, entry.task_id), theirs.analyze_async.tasks.retrieve(entry.task_id)
            assert one.model_dump() == other.model_dump()
        asset_id = f"{1:024x}"
        assert asset(ours, asset_id).model_dump() == theirs.assets.retrieve(asset_id).model_dump()


def test_an_unknown_task_and_one_that_cannot_be(kind: type[AnyPlatform], platform: tb.Emulator) -> None:
    client = make(kind, platform)
    with pytest.raises(tb.NotFoundError):
        task(client, "0" * 24)
    before = platform.stats()["requests"]
    for bad in ("", "..", "a/b", "a?b", "../batches", "%2e", "a b", "é"):
        with pytest.raises(tb.ValidationError) as caught:
            task(client, bad)
        assert caught.value.path == "task_id"
    for odd in (None, 3, b"x"):
        with pytest.raises(tb.ValidationError, match=r"^task_id: a str is expected"):
            task(client, typing.cast("str", odd))
    assert platform.stats()["requests"] == before


def test_a_task_is_asked_for_again(kind: type[AnyPlatform], server: ScriptedServer) -> None:
    server.plays(answer(503), Cut, answer(200, TASK))
    read = task(make(kind, server, backoff_factor=0.001), TASK_ID)
    assert read.error is not None
    assert read.error.code == "user_canceled"
    assert {received.target for received in server.received} == {f"/v1.3/analyze/tasks/{TASK_ID}"}
    assert [received.method for received in server.received] == ["GET"] * 3


def test_options_of_a_call_count(kind: type[AnyPlatform], server: ScriptedServer) -> None:
    server.plays(answer(503))
    options: tb.RequestOptions = {
        "max_retries": 0,
        "additional_headers": {"x-own": "1"},
        "additional_query_parameters": {"a": [1, 2]},
    }
    with pytest.raises(tb.ServiceUnavailableError) as caught:
        task(make(kind, server), TASK_ID, request_options=options)
    assert caught.value.attempts == 1
    assert server.received[0].header("x-own") == "1"
    assert server.received[0].target.endswith(f"{TASK_ID}?a=1&a=2")


def test_what_deviates_is_kept(kind: type[AnyPlatform], server: ScriptedServer) -> None:
    odd = {
        **TASK,
        "custom_id": 7,
        "error": "broken",
        "result": {"data": "text", "usage": 3},
        "webhooks": {},
        "brand_new": {"a": [1]},
        "request_params": {"max_tokens": "unlimited", "temperature": "warm", "image": [1]},
    }
    server.plays(answer(200, odd))
    read: typing.Any = task(make(kind, server), TASK_ID)
    assert (read.custom_id, read.error, read.webhooks, read.brand_new) == ("7", "broken", {}, {"a": [1]})
    assert (read.result.data, read.result.usage, read.result.finish_reason) == ("text", 3, None)
    asked = read.request_params
    assert (asked.max_tokens, asked.temperature, asked.image) == ("unlimited", "warm", [1])
    for twin in (pickle.loads(pickle.dumps(read)), copy.copy(read), copy.deepcopy(read)):
        assert twin == read


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b'{"data": []}', b'{"task_id": 1, "status": "x"}'])
def test_what_is_no_task_is_told(kind: type[AnyPlatform], server: ScriptedServer, body: bytes) -> None:
    server.plays(answer(200, body, {"x-request-id": "r-1"}))
    with pytest.raises(tb.UnexpectedBodyError) as caught:
        task(make(kind, server), TASK_ID)
    assert (caught.value.status_code, caught.value.request_id) == (200, "r-1")


def test_what_is_done_is_logged(
    kind: type[AnyPlatform], server: ScriptedServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.plays(answer(200, TASK))
    with caplog.at_level(logging.DEBUG, "twelvelabs_batches"):
        task(make(kind, server), TASK_ID)
    assert [record.__dict__["call"] for record in caplog.records] == ["tasks.retrieve"]
