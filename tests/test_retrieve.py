"""`retrieve`, through both faces."""

import typing

import pytest

import twelvelabs_batches as tb
from faces import Face, MakeFace, submit, verbs_by_id
from servers import Cut, ScriptedServer, answer
from test_list import BATCH


def test_follows_a_batch_through_its_life(face: Face, platform: tb.Emulator) -> None:
    batch_id = submit(face, 12).batch_id
    seen = [face.retrieve(batch_id)]
    while seen[-1].status != "completed":
        platform.advance(seconds=10)
        seen.append(face.retrieve(batch_id))
    assert [seen[0].status, seen[-1].status] == ["pending", "completed"]
    assert "processing" in {batch.status for batch in seen}
    for batch in seen:
        counted = batch.queued_items + batch.processing_items + batch.ready_items
        assert counted + batch.failed_items + batch.canceled_items == batch.total_items == 12
        assert (batch.completed_at is not None) == (batch.status == "completed")
    assert seen[-1].ready_items == 12
    assert seen[-1].completed_at is not None
    assert seen[-1].completed_at > seen[-1].created_at


def test_a_batch_expires_after_a_day(make_face: MakeFace) -> None:
    with tb.Emulator(speed=0, item_seconds=(90_000, 90_000)) as platform:
        face = make_face(platform)
        batch_id = submit(face).batch_id
        platform.advance(hours=24)
        batch = face.retrieve(batch_id)
        assert batch.status == "expired"
        assert batch.expired_at == batch.expires_at


def test_an_unknown_batch_is_not_found(face: Face) -> None:
    with pytest.raises(tb.NotFoundError) as caught:
        face.retrieve("0" * 24)
    assert caught.value.code == "resource_not_exist"
    assert isinstance(caught.value, tb.ApiError)


@pytest.mark.parametrize(
    "batch_id", ["", "../tasks/1", "a/b", "a?x", "a#f", "%2e%2e", "..", "a b", "ü", "a" * 200]
)
def test_identifiers_never_alter_the_path(make_face: MakeFace, server: ScriptedServer, batch_id: str) -> None:
    face = make_face(server)
    for verb in verbs_by_id(face):
        with pytest.raises(tb.ValidationError, match="24 hexadecimal digits"):
            verb(batch_id)
    nothing: typing.Any = None
    with pytest.raises(tb.ValidationError, match="batch_id: a str is expected, not NoneType"):
        face.retrieve(nothing)
    whole: typing.Any = tb.AnalyzeBatchStatusResponse.model_validate(BATCH)
    for verb in verbs_by_id(face):
        with pytest.raises(
            tb.ValidationError, match="not AnalyzeBatchStatusResponse: give its `batch_id`"
        ) as caught:
            verb(whole)
        assert caught.value.path == "batch_id"
    assert server.received == []


def test_unknown_fields_and_words_pass_through(make_face: MakeFace, server: ScriptedServer) -> None:
    body = {
        **BATCH,
        "status": "resting",
        "region": {"name": "eu"},
        "webhooks": [{"url": "u", "delivered": True, "attempts": 1, "x": 1}],
    }
    server.plays(answer(200, body))
    batch: typing.Any = make_face(server).retrieve(BATCH["batch_id"])
    assert batch.status == "resting"
    assert batch.region == {"name": "eu"}
    assert batch.webhooks[0].x == 1
    dumped = batch.dict()
    assert dumped["region"] == {"name": "eu"}
    assert dumped["webhooks"] == body["webhooks"]
    assert set(dumped) == set(body)


def test_passing_faults_are_ridden_out(make_face: MakeFace, server: ScriptedServer) -> None:
    for fault in (Cut, answer(503, headers={"retry-after": "0"}), answer(429, headers={"retry-after": "0"})):
        server.received.clear()
        server.plays(fault, fault, answer(200, BATCH))
        assert make_face(server).retrieve(BATCH["batch_id"]).total_items == 1
        assert len(server.received) == 3


@pytest.mark.parametrize("retries", [0, 1, 3])
def test_max_retries_means_what_it_says(make_face: MakeFace, server: ScriptedServer, retries: int) -> None:
    server.plays(answer(503, headers={"retry-after": "0"}))
    with pytest.raises(tb.ServiceUnavailableError) as caught:
        make_face(server).retrieve(BATCH["batch_id"], request_options={"max_retries": retries})
    assert len(server.received) == caught.value.attempts == retries + 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 413, 422, 302])
def test_refusals_are_not_repeated(make_face: MakeFace, server: ScriptedServer, status: int) -> None:
    server.plays(answer(status))
    with pytest.raises(tb.ApiError) as caught:
        make_face(server).retrieve(BATCH["batch_id"])
    assert caught.value.status_code == status
    assert len(server.received) == 1


def test_a_wish_beyond_reason_fails_at_once(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(429, headers={"retry-after": "86400"}))
    with pytest.raises(tb.TooManyRequestsError):
        make_face(server).retrieve(BATCH["batch_id"])
    assert len(server.received) == 1


def test_options_of_a_call(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(200, BATCH))
    make_face(server, headers={"a": "client"}).retrieve(
        BATCH["batch_id"],
        request_options={
            "additional_headers": {"A": "call", "X-API-Key": "other", "none": None},
            "additional_query_parameters": {"v": 1},
            "additional_body_parameters": {"note": "ü"},
            "chunk_size": 100,
        },
    )
    sent = server.received[0]
    assert (sent.header("a"), sent.header("x-api-key"), sent.header("none")) == ("call", "other", None)
    assert sent.target.endswith("?v=1")
    assert sent.body.decode() == '{"note":"ü"}'


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"timeout": 3}, 'did you mean "timeout_in_seconds"?'),
        ({"timeout_in_seconds": 0}, "request_options.timeout_in_seconds: a positive number of seconds"),
        ({"timeout_in_seconds": "3"}, "a number is expected, not str"),
        (
            {"max_retries": -1},
            "request_options.max_retries: a number from 0 to 4294967295 is expected, not -1",
        ),
        ({"additional_headers": {"a\n": "b"}}, "is no header name"),
        ({"additional_headers": {"a": "b\r\nc: d"}}, "line break"),
        ({"additional_query_parameters": {"q": object()}}, "request_options.additional_query_parameters.q"),
        ("text", "request_options: a dict is expected"),
    ],
)
def test_options_that_do_not_fit(
    make_face: MakeFace, server: ScriptedServer, options: typing.Any, told: str
) -> None:
    with pytest.raises(tb.ValidationError) as caught:
        make_face(server).retrieve(BATCH["batch_id"], request_options=options)
    assert told in str(caught.value)
    assert server.received == []
