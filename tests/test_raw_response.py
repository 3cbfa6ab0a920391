"""Answers with what came along."""

import asyncio
import pickle
import typing

import pytest

import twelvelabs_batches as tb
from beside import FACES, AnyPlatform, make
from faces import Face, MakeFace, SyncFace, item, run, submit
from servers import Cut, ScriptedServer, answer
from test_list import BATCH
from test_results import BATCH_ID, head, lines, row

HEADERS = {"x-request-id": "r-1", "X-Api-Version": "1.3", "x-two": "a"}
ARGUMENTS: dict[str, typing.Any] = {
    "model_name": "pegasus1.5",
    "analysis_mode": "general",
    "requests": [item(1)],
    "defaults": {"prompt": {"input_text": "Who?"}},
}
Response = typing.Union[tb.HttpResponse[typing.Any], tb.AsyncHttpResponse[typing.Any]]


def raw(face: Face, verb: str, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
    """Makes a call for its whole answer."""
    outcome = getattr(face.client.with_raw_response, verb)(*args, **kwargs)
    return run(outcome) if face.name == "async" else outcome


def close(response: Response) -> None:
    if isinstance(response, tb.AsyncHttpResponse):
        run(response.close())
    else:
        response.close()


CREATED = {
    "batch_id": BATCH_ID,
    "status": "pending",
    "total_items": 1,
    "created_at": "2026-11-01T00:00:00Z",
    "expires_at": "2026-11-02T00:00:00Z",
    "items": [{"task_id": "6c0000000000000000000001", "custom_id": None}],
}
CALLS: list[typing.Any] = [
    ("create", (), ARGUMENTS, 201, CREATED, "CreateAnalyzeBatchResponse"),
    ("retrieve", (BATCH_ID,), {}, 200, BATCH, "AnalyzeBatchStatusResponse"),
    ("cancel", (BATCH_ID,), {}, 202, BATCH, "AnalyzeBatchStatusResponse"),
    ("delete", (BATCH_ID,), {}, 204, b"", "NoneType"),
]


@pytest.mark.parametrize(("verb", "args", "kwargs", "status", "body", "kind"), CALLS)
def test_a_value_and_what_came_along(
    make_face: MakeFace,
    server: ScriptedServer,
    verb: str,
    args: tuple[typing.Any, ...],
    kwargs: dict[str, typing.Any],
    status: int,
    body: typing.Any,
    kind: str,
) -> None:
    face = make_face(server, backoff_factor=0.001)
    whole = answer(status, body, HEADERS).replace(b"x-two: a\r\n", b"x-two: a\r\nX-Two: b\r\n")
    server.plays(answer(429), whole)
    response = raw(face, verb, *args, **kwargs)
    assert type(response) is (tb.AsyncHttpResponse if face.name == "async" else tb.HttpResponse)
    assert type(response.data).__name__ == kind
    assert (response.status_code, response.request_id, response.attempts) == (status, "r-1", 2)
    assert response.headers["x-api-version"] == "1.3"
    assert response.headers["x-two"] == "a, b"
    assert all(name == name.lower() for name in response.headers)
    assert response.elapsed >= 0
    assert f"status_code={status}" in repr(response)
    close(response)
    close(response)
    assert type(response.data).__name__ == kind
    with pytest.raises(TypeError, match="an answer cannot be pickled: take its `data`, which can"):
        pickle.dumps(response)
    # The plain call gives the value alone.
    server.plays(whole)
    assert type(getattr(face, verb)(*args, **kwargs)).__name__ == kind


def test_the_values_are_those_of_the_plain_calls(face: Face) -> None:
    batch = submit(face)
    assert raw(face, "retrieve", batch.batch_id).data == face.retrieve(batch.batch_id)
    assert raw(face, "cancel", batch.batch_id).status_code == 202
    pager = raw(face, "list", page_limit=1)
    assert [entry.batch_id for entry in face.all(pager)] == [batch.batch_id]
    assert pager.response.headers["content-type"] == "application/json"


@pytest.mark.parametrize("kind", FACES)
def test_tasks_and_assets_have_it_too(kind: type[AnyPlatform], platform: tb.Emulator) -> None:
    created = submit(SyncFace(platform))
    client: typing.Any = make(kind, platform)
    for owner, given in (
        (client.analyze_async.tasks, created.items[0].task_id),
        (client.assets, f"{1:024x}"),
    ):
        calls = [owner.with_raw_response.retrieve(given), owner.retrieve(given)]
        response, value = (run(call) if kind is tb.AsyncTwelveLabs else call for call in calls)
        assert (response.data, response.status_code, response.attempts) == (value, 200, 1)
        assert response.headers["content-type"] == "application/json"
        assert not hasattr(owner.with_raw_response, "list")


def test_refusals_are_raised_as_ever(face: Face) -> None:
    for verb in ("retrieve", "cancel", "delete"):
        with pytest.raises(tb.NotFoundError):
            raw(face, verb, "0" * 24)
        with pytest.raises(tb.ValidationError, match=r"^batch_id: "):
            raw(face, verb, "../x")
    with pytest.raises(tb.ValidationError):
        raw(face, "create", **{**ARGUMENTS, "requests": []})


def opened(
    face: Face, batch_id: str, use: typing.Callable[[typing.Any], typing.Any], **options: typing.Any
) -> typing.Any:
    """Uses results in their block: `use` gives the response, and gets its rows from it."""
    context = face.client.with_raw_response.results(batch_id, **options)
    if isinstance(context, typing.AsyncContextManager):

        async def main() -> typing.Any:
            async with context as response:
                outcome = use(response)
                return await outcome if asyncio.iscoroutine(outcome) else outcome

        return run(main())
    with context as response:
        return use(response)


def rows_of(response: Response) -> typing.Any:
    if isinstance(response, tb.AsyncHttpResponse):

        async def collect() -> list[tb.BatchResultItem]:
            return [row async for row in response.data]

        return collect()
    return list(response.data)


def step(response: Response) -> object:
    """Reads one row."""
    rows: typing.Any = response.data
    return run(rows.__anext__()) if isinstance(response, tb.AsyncHttpResponse) else next(rows)


def test_results_tell_when_their_block_is_entered(make_face: MakeFace, server: ScriptedServer) -> None:
    face = make_face(server)
    body = lines(row(1), row(2))
    server.plays([head(f"content-length: {len(body)}\r\nx-request-id: r-2"), body], total=2)
    told = opened(face, BATCH_ID, lambda r: (r.status_code, r.request_id, r.attempts, dict(r.headers)))
    assert told[:3] == (200, "r-2", 1)
    assert told[3]["x-request-id"] == "r-2"
    assert len(opened(face, BATCH_ID, rows_of)) == 2


def test_results_tell_of_their_first_answer(make_face: MakeFace, server: ScriptedServer) -> None:
    face = make_face(server, backoff_factor=0.001)
    body = lines(row(1), row(2))
    server.plays(
        [head("content-length: 1000\r\nx-request-id: first"), lines(row(1)), Cut],
        [head(f"content-length: {len(body)}\r\nx-request-id: second"), body],
        total=2,
    )
    seen: list[typing.Any] = []

    def use(response: Response) -> typing.Any:
        seen.append(response)
        return rows_of(response)

    assert len(opened(face, BATCH_ID, use)) == 2
    assert (seen[0].request_id, seen[0].status_code) == ("first", 200)


def test_results_that_are_refused_raise_where_the_block_is_entered(face: Face) -> None:
    def never(response: Response) -> typing.NoReturn:
        raise AssertionError(response)

    with pytest.raises(tb.NotFoundError):
        opened(face, "0" * 24, never)
    with pytest.raises(tb.ValidationError, match=r"^batch_id: "):
        opened(face, "a/b", never)


def test_leaving_the_block_lets_the_connection_go(make_face: MakeFace, server: ScriptedServer) -> None:
    face = make_face(server)
    server.plays([head("content-length: 100000"), lines(row(1)), Cut], total=5)
    kept: list[typing.Any] = []
    opened(face, BATCH_ID, kept.append)
    for _ in range(2):
        with pytest.raises(
            tb.StreamClosedError, match=r"^the answer was closed after 0 rows, before its end$"
        ):
            step(kept[0])
    # What came along can still be read.
    assert kept[0].status_code == 200


def test_rows_of_a_closed_answer_are_missed(face: Face) -> None:
    batch = submit(face, 5)
    kept: list[typing.Any] = []

    def use(response: Response) -> typing.Any:
        kept.append(response)
        if isinstance(response, tb.AsyncHttpResponse):

            async def main() -> None:
                await response.data.__anext__()
                await response.close()
                await response.close()
                with pytest.raises(tb.StreamClosedError, match=r"^the answer was closed after 1 row, before"):
                    async for _row in response.data:
                        pass

            return main()
        next(response.data)
        response.close()
        response.close()
        with pytest.raises(
            tb.StreamClosedError, match=r"^the answer was closed after 1 row, before its end$"
        ):
            list(response.data)
        return None

    opened(face, batch.batch_id, use)
    with pytest.raises(tb.StreamClosedError):
        step(kept[0])
    rows = kept[0].data
    assert (rows.delivered, rows.malformed) == (1, 0)
    with pytest.raises(TypeError, match=r"^a stream of results cannot be pickled"):
        pickle.dumps(rows)


def test_rows_that_have_ended_stay_ended(face: Face) -> None:
    batch = submit(face, 3)
    kept: list[typing.Any] = []

    def use(response: Response) -> typing.Any:
        kept.append(response)
        return rows_of(response)

    assert len(opened(face, batch.batch_id, use)) == 3
    close(kept[0])
    for _ in range(2):
        with pytest.raises((StopIteration, StopAsyncIteration)):
            step(kept[0])
    rows = kept[0].data
    assert rows.delivered == 3
    assert iter(rows) is rows if face.name == "sync" else aiter(rows) is rows


def test_options_of_a_call_count(make_face: MakeFace, server: ScriptedServer) -> None:
    face = make_face(server)
    server.plays(answer(503))
    with pytest.raises(tb.ServiceUnavailableError) as caught:
        raw(face, "retrieve", BATCH_ID, request_options={"max_retries": 0})
    assert caught.value.attempts == 1
    server.plays([head("content-length: 0"), b""], total=0)
    options: tb.RequestOptions = {"additional_headers": {"x-own": "1"}}
    assert opened(face, BATCH_ID, rows_of, request_options=options) == []
    assert server.received[-1].header("x-own") == "1"
