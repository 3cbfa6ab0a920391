"""`create`, through both faces."""

import datetime
import json
import typing

import pytest

import twelvelabs_batches as tb
from faces import PROMPT, Face, MakeFace, item, submit
from servers import Cut, Part, ScriptedServer, Stall, answer

CREATED: dict[str, typing.Any] = {
    "batch_id": "6b0000000000000000000001",
    "status": "pending",
    "total_items": 1,
    "created_at": "2026-11-01T00:00:00Z",
    "expires_at": "2026-11-02T00:00:00Z",
    "items": [{"task_id": "6c0000000000000000000001", "custom_id": None}],
}


def test_returns_the_batch_and_its_items(face: Face) -> None:
    batch = submit(face, 3)
    assert isinstance(batch, tb.CreateAnalyzeBatchResponse)
    assert batch.status == "pending"
    assert batch.total_items == 3
    assert batch.created_at.tzinfo is not None
    assert batch.expires_at - batch.created_at == datetime.timedelta(hours=24)
    assert [created.custom_id for created in batch.items] == ["v-0", "v-1", "v-2"]
    assert len({created.task_id for created in batch.items}) == 3


def test_an_item_without_a_custom_id_has_none(face: Face) -> None:
    batch = submit(face, requests=[item(1)])
    assert batch.items[0].custom_id is None
    assert batch.items[0].dict() == {"task_id": batch.items[0].task_id, "custom_id": None}


def test_models_and_dicts_mix_at_any_depth(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(201, CREATED))
    face = make_face(server)
    segment_format = tb.AsyncResponseFormat(
        type="segment_definitions",
        segment_definitions=[
            {
                "id": "a",
                "description": "A",
                "fields": [
                    tb.SegmentField(name="n", type="array", description="d", items={"type": "string"})
                ],
            },
            tb.SegmentDefinition(
                id="b", description="B", time_ranges=[tb.AnalyzeTimeRange(start_time=0, end_time=2.5)]
            ),
        ],
        segment_time_format="seconds",
    )
    # More is accepted than promised: whole floats, and what can only be iterated over.
    defaults: typing.Any = {"response_format": segment_format, "max_tokens": 4096.0}
    requests: typing.Any = (
        request
        for request in [
            tb.BatchItemRequest(video={"type": "asset_id", "asset_id": "a" * 24}, custom_id="u-1"),
            {"video": tb.BatchVideoContext(type="asset_id", asset_id="b" * 24), "temperature": 1},
        ]
    )
    face.create(
        model_name="pegasus1.5",
        analysis_mode="time_based_metadata",
        defaults=defaults,
        requests=requests,
    )
    assert json.loads(server.received[0].body) == {
        "model_name": "pegasus1.5",
        "analysis_mode": "time_based_metadata",
        "defaults": {
            "response_format": {
                "type": "segment_definitions",
                "segment_definitions": [
                    {
                        "id": "a",
                        "description": "A",
                        "fields": [
                            {"name": "n", "type": "array", "description": "d", "items": {"type": "string"}}
                        ],
                    },
                    {"id": "b", "description": "B", "time_ranges": [{"start_time": 0.0, "end_time": 2.5}]},
                ],
                "segment_time_format": "seconds",
            },
            "max_tokens": 4096,
        },
        "requests": [
            {"video": {"type": "asset_id", "asset_id": "a" * 24}, "custom_id": "u-1"},
            {"video": {"type": "asset_id", "asset_id": "b" * 24}, "temperature": 1.0},
        ],
    }


@pytest.mark.parametrize(
    "defaults", [{}, {"defaults": None}, {"defaults": tb.types.OMIT}], ids=["omitted", "None", "OMIT"]
)
def test_defaults_that_are_not_given_are_not_sent(
    make_face: MakeFace, server: ScriptedServer, defaults: dict[str, typing.Any]
) -> None:
    server.plays(answer(201, CREATED))
    make_face(server).create(
        model_name="pegasus1.5",
        analysis_mode="general",
        requests=[item(1, prompt={"input_text": "x"})],
        **defaults,
    )
    assert set(json.loads(server.received[0].body)) == {"model_name", "analysis_mode", "requests"}


def test_the_request_is_what_the_platform_expects(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(201, CREATED))
    submit(make_face(server, headers={"x-team": "video"}), 1)
    sent = server.received[0]
    assert (sent.method, sent.target) == ("POST", "/v1.3/analyze/batches")
    assert sent.header("x-api-key") == server.api_key
    assert sent.header("content-type") == "application/json"
    assert (sent.header("user-agent") or "").startswith("twelvelabs-batches/")
    assert sent.header("x-team") == "video"


def test_what_a_body_parameter_replaces_is_the_callers_business(face: Face) -> None:
    created = face.create(
        model_name="",
        analysis_mode="general",
        requests=[],
        defaults=PROMPT,
        request_options={"additional_body_parameters": {"model_name": "pegasus1.5", "requests": [item(1)]}},
    )
    assert created.total_items == 1


@pytest.mark.parametrize(
    ("arguments", "kind", "status"),
    [
        ({"requests": [item(1, custom_id="a"), item(2, custom_id="a")]}, tb.BadRequestError, 400),
        ({"requests": [item(1, max_tokens=2)]}, tb.BadRequestError, 400),
        ({"defaults": None}, tb.BadRequestError, 400),
    ],
    ids=["same custom_id twice", "max_tokens", "no prompt"],
)
def test_the_platform_refuses(
    face: Face, platform: tb.Emulator, arguments: dict[str, typing.Any], kind: type[tb.ApiError], status: int
) -> None:
    with pytest.raises(kind) as caught:
        submit(face, request_options={"validate": False}, **arguments)
    assert caught.value.status_code == status
    assert caught.value.code
    assert caught.value.message in str(caught.value)
    assert caught.value.request_id
    assert platform.stats()["batches_created"] == 0


def test_missing_and_unready_assets(face: Face, platform: tb.Emulator) -> None:
    platform.add_asset("a" * 24, status="processing")
    with pytest.raises(tb.ConflictError):
        submit(face, requests=[{"video": {"type": "asset_id", "asset_id": "a" * 24}}])
    with pytest.raises(tb.BadRequestError):
        submit(
            face,
            requests=[{"video": {"type": "asset_id", "asset_id": "nonsense"}}],
            request_options={"validate": False},
        )


def test_a_sixth_active_batch_is_refused(face: Face) -> None:
    for _ in range(5):
        submit(face)
    with pytest.raises(tb.TooManyRequestsError) as caught:
        submit(face, request_options={"max_retries": 0})
    assert caught.value.attempts == 1


@pytest.mark.parametrize("script", [Cut, answer(500), answer(502), answer(503), answer(504), Stall])
def test_is_never_repeated_when_a_batch_may_have_been_made(
    make_face: MakeFace, server: ScriptedServer, script: Part
) -> None:
    server.plays(script)
    face = make_face(server, timeout=0.3 if script is Stall else None, backoff_factor=0.001)
    with pytest.raises(tb.CreateOutcomeUnknownError) as caught:
        submit(face)
    assert [request.method for request in server.received].count("POST") == 1
    key = server.received[0].header("idempotency-key")
    assert caught.value.idempotency_key == key
    assert isinstance(caught.value.__cause__, (tb.TransportError, tb.ApiError))
    assert caught.value.candidates == []
    assert "looking for it failed" in caught.value.finding


def test_is_repeated_when_certainly_none_was(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(429, headers={"retry-after": "0"}), answer(201, CREATED))
    assert submit(make_face(server)).batch_id == CREATED["batch_id"]
    assert len(server.received) == 2
    assert server.received[0].body == server.received[1].body
