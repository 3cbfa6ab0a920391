"""Pickles and deep copies, here and through a process that knows nothing of this one."""

import asyncio
import concurrent.futures
import copy
import functools
import multiprocessing
import os
import pickle
import typing

import pytest

import twelvelabs_batches as tb
from faces import Face, MakeFace, SyncFace, item, submit
from films import AttrsScene, ready_item
from servers import Cut, ScriptedServer, Stall, answer, state
from test_list import BATCH
from test_results import BATCH_ID, head, lines, row

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)
CLASSES = [tb.BatchesClient, tb.AsyncBatchesClient]
KEY = "tlk_very_secret"
ONE_TRY: tb.RequestOptions = {"max_retries": 0}
STATUSES = [400, 401, 403, 404, 409, 410, 413, 422, 429, 500, 503, 504, 418, 599]
AnyClient = tb.BatchesClient | tb.AsyncBatchesClient


@pytest.fixture(scope="module")
def workers() -> typing.Iterator[concurrent.futures.Executor]:
    """A process that was started anew, and shares no memory with this one."""
    spawn = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=spawn) as pool:
        yield pool


def fail_with(error: BaseException) -> typing.NoReturn:
    raise error


def retrieve(client: AnyClient, batch_id: str) -> str:
    """What a worker does with a client that was sent to it."""
    if isinstance(client, tb.AsyncBatchesClient):
        return asyncio.run(client.retrieve(batch_id)).batch_id
    return client.retrieve(batch_id).batch_id


def set_key(key: str | None) -> None:
    os.environ.pop("TWELVE_LABS_API_KEY", None)
    if key is not None:
        os.environ["TWELVE_LABS_API_KEY"] = key


def told(error: BaseException | None) -> typing.Any:
    """All that an error says."""
    if error is None:
        return None
    return (type(error), str(error), repr(error), error.args, vars(error), told(error.__cause__))


def raised(call: typing.Callable[[], object]) -> tb.TwelveLabsError:
    with pytest.raises(tb.TwelveLabsError) as caught:
        call()
    return caught.value


def of_calls(server: ScriptedServer) -> typing.Iterator[tb.TwelveLabsError]:
    """Failures of calls, made by a server."""
    server.api_key = KEY
    client = SyncFace(server, backoff_factor=0.001)

    def ask() -> object:
        return client.retrieve(BATCH_ID, request_options=ONE_TRY)

    refusal = {"error": {"code": "c", "message": "what went wrong", "details": {"a": [1, None, {"b": "ü"}]}}}
    for status in STATUSES:
        server.plays(answer(status, refusal, {"x-request-id": "r", "retry-after": "7"}))
        yield raised(ask)
    server.plays(Cut)
    yield raised(ask)
    server.plays(answer(200, b"<html>", {"content-type": "text/html"}))
    yield raised(ask)
    server.plays([Stall])
    for timeout in (0.2, tb.Timeout(read=30, total=0.2)):
        slow = SyncFace(server, timeout=timeout)
        yield raised(lambda slow=slow: slow.retrieve(BATCH_ID, request_options=ONE_TRY))  # type: ignore[misc]
    server.plays(Cut)
    yield raised(lambda: submit(client))
    yield raised(lambda: client.retrieve("no/identifier"))
    yield raised(lambda: client.list(page=typing.cast("int", "one")))
    server.plays(answer(200, BATCH))
    yield raised(lambda: client.wait(BATCH_ID, timeout=0))
    client.close()
    yield raised(ask)


def of_streams(server: ScriptedServer) -> typing.Iterator[tb.TwelveLabsError]:
    """Failures of results."""
    client = SyncFace(server, max_retries=0)
    server.plays(answer(200, lines(row(1), b"{broken\xff\n")), total=2)
    yield raised(lambda: client.rows(BATCH_ID))
    server.plays([head("content-length: 1000"), lines(row(1)), Cut], total=5)
    yield raised(lambda: client.rows(BATCH_ID))


def of_arguments() -> typing.Iterator[tb.TwelveLabsError]:
    """Failures without a server."""

    class Nowhere:
        base_url = "http://127.0.0.1:1/v1.3"
        api_key = KEY

    yield raised(lambda: SyncFace(Nowhere(), max_retries=0).retrieve(BATCH_ID))
    unknown: dict[str, typing.Any] = {"input_txt": "x"}
    yield raised(lambda: tb.BatchPrompt(**unknown))
    yield raised(tb.BatchesClient)
    unfit: dict[str, typing.Any] = {"speed": -1}
    yield raised(lambda: tb.Emulator(**unfit))
    yield raised(lambda: tb.webhooks.verify(b"{}", None, ""))
    yield raised(lambda: tb.webhooks.verify(b"{}", None, KEY))
    yield raised(lambda: tb.webhooks.parse(b"{}"))


def of_answers() -> typing.Iterator[tb.TwelveLabsError]:
    """Failures to make something of an answer, or of a type."""
    yield raised(lambda: ready_item('{"a": ').parse())
    yield raised(lambda: ready_item('{"a": ', "length").parse())
    yield raised(lambda: ready_item('{"a": 1}').parse(AttrsScene))
    yield raised(lambda: ready_item("", data=None).segments())
    yield raised(lambda: tb.segment_fields_of(int))
    yield tb.AnswerError("odd", text="x")


def by_hand() -> typing.Iterator[tb.TwelveLabsError]:
    """Errors that users may make, and those that need a fork."""
    yield tb.TwelveLabsError("all")
    yield tb.TransportError("some", attempts=3)
    yield tb.ResponseError("that")
    yield tb.StreamClosedError("elsewhere")
    yield tb.NotFoundError({"a": 1}, headers={"h": "1"})
    yield tb.ApiError(status_code=599, body="b", headers={})


@pytest.fixture
def errors(server: ScriptedServer) -> list[tb.TwelveLabsError]:
    """Errors of every class, most of them as they come out of calls."""
    return [*of_calls(server), *of_streams(server), *of_arguments(), *of_answers(), *by_hand()]


def test_every_class_of_error_is_among_those_looked_at(errors: list[tb.TwelveLabsError]) -> None:
    assert {type(error).__name__ for error in errors} == set(tb.errors.__all__)


def test_errors_survive_every_protocol_and_deep_copies(errors: list[tb.TwelveLabsError]) -> None:
    for error in errors:
        for protocol in PROTOCOLS:
            assert told(pickle.loads(pickle.dumps(error, protocol))) == told(error)
        for twin in (copy.deepcopy(error), copy.copy(error), pickle.loads(pickle.dumps(copy.copy(error)))):
            assert told(twin) == told(error)


def test_a_deep_copy_shares_nothing_that_can_change(server: ScriptedServer) -> None:
    server.plays(answer(404, {"code": "c", "details": {"a": [1]}}))
    error = raised(lambda: SyncFace(server).retrieve(BATCH_ID))
    assert isinstance(error, tb.ApiError)
    twin = copy.deepcopy(error)
    twin.body["details"]["a"].append(2)
    assert error.body == {"code": "c", "details": {"a": [1]}}


def test_errors_survive_a_trip_to_another_process(
    errors: list[tb.TwelveLabsError], workers: concurrent.futures.Executor
) -> None:
    twins = typing.cast("typing.Iterator[tb.TwelveLabsError]", workers.map(copy.copy, errors))
    for error, twin in zip(errors, twins, strict=True):
        assert told(twin) == told(error)
    # As a result, and as what a worker fails with; there the pool puts the worker's traceback as the cause.
    for error in errors:
        failure = workers.submit(fail_with, error).exception(timeout=60)
        assert told(failure)[:-1] == told(error)[:-1]


def test_no_pickled_error_holds_the_key(errors: list[tb.TwelveLabsError]) -> None:
    for error in errors:
        for protocol in PROTOCOLS:
            assert KEY.encode() not in pickle.dumps(error, protocol)


def test_the_key_is_not_shown_where_an_answer_repeats_it(make_face: MakeFace, server: ScriptedServer) -> None:
    server.api_key = KEY
    server.plays(answer(401, {"code": "c", "message": f"the key {KEY} is wrong"}, {"x-echo": KEY}))
    error = raised(lambda: make_face(server).retrieve(BATCH_ID))
    assert KEY not in f"{error!s} {error!r} {vars(error)}"
    assert KEY.encode() not in pickle.dumps(error)


def test_candidates_of_a_creation_in_doubt_come_along(
    server: ScriptedServer, workers: concurrent.futures.Executor
) -> None:
    batch = {**state(BATCH_ID, 2), "created_at": "2100-01-01T00:00:00Z"}
    listing = answer(200, {"data": [batch], "page_info": {"page": 1, "total_page": 1}})
    server.plays([Cut], [listing])
    face = SyncFace(server, backoff_factor=0.001)
    error = raised(lambda: submit(face, requests=[item(1), item(2)]))
    assert isinstance(error, tb.CreateOutcomeUnknownError)
    assert [candidate.batch_id for candidate in error.candidates] == [BATCH_ID]
    assert isinstance(error.__cause__, tb.InterruptedAnswerError)
    for twin in (pickle.loads(pickle.dumps(error)), workers.submit(copy.copy, error).result(timeout=60)):
        assert told(twin) == told(error)


@pytest.mark.parametrize("make", CLASSES)
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_clients_are_pickled_by_their_settings(
    make: type[AnyClient], server: ScriptedServer, monkeypatch: pytest.MonkeyPatch, protocol: int
) -> None:
    server.plays(answer(200, BATCH))
    client = make(
        KEY,
        base_url=server.base_url,
        timeout=tb.Timeout(connect=1, read=2, total=3),
        max_retries=7,
        headers={"x-mine": "1"},
        backoff_factor=0.25,
        on_malformed="yield",
    )
    pickled = pickle.dumps(client, protocol)
    assert KEY.encode() not in pickled
    with pytest.raises(tb.MissingApiKeyError):
        pickle.loads(pickled)
    monkeypatch.setenv("TWELVE_LABS_API_KEY", "of-the-environment")
    twin = pickle.loads(pickled)
    assert type(twin) is make
    assert (twin._native.base_url, twin._native.max_retries, twin._native.timeouts) == (
        client._native.base_url,
        7,
        (1.0, 2.0, 3.0),
    )
    assert twin._hidden.values == client._hidden.values
    assert retrieve(twin, BATCH_ID) == BATCH_ID
    assert server.received[0].header("x-api-key") == "of-the-environment"
    assert server.received[0].header("x-mine") == "1"


@pytest.mark.parametrize("make", CLASSES)
def test_a_pickle_holds_the_address_but_no_key_of_the_environment(
    make: type[AnyClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWELVE_LABS_API_KEY", KEY)
    monkeypatch.setenv("TWELVELABS_BASE_URL", "http://127.0.0.1:9/x")
    pickled = pickle.dumps(make())
    assert KEY.encode() not in pickled
    monkeypatch.setenv("TWELVELABS_BASE_URL", "http://127.0.0.1:9/y")
    assert "http://127.0.0.1:9/x" in repr(pickle.loads(pickled)), "where the client was, not where it is read"


@pytest.mark.parametrize("make", CLASSES)
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_key_goes_along_where_that_is_asked_for(
    make: type[AnyClient], server: ScriptedServer, protocol: int
) -> None:
    server.plays(answer(200, BATCH))
    client = make(KEY, base_url=server.base_url, headers={"cookie": "a=b"}, pickle_secrets=True)
    twin = pickle.loads(pickle.dumps(client, protocol))
    assert KEY.encode() in pickle.dumps(twin), "and so it does from there"
    assert retrieve(twin, BATCH_ID) == BATCH_ID
    assert server.received[0].header("x-api-key") == KEY
    assert server.received[0].header("cookie") == "a=b"


@pytest.mark.parametrize("make", CLASSES)
@pytest.mark.parametrize(
    ("settings", "held"),
    [
        ({"headers": {"Authorization": KEY}}, "authorization"),
        ({"headers": {"Cookie": KEY, "X-API-Key": KEY}}, "cookie and x-api-key"),
        ({"proxy": f"http://me:{KEY}@127.0.0.1:9"}, "the proxy's password"),
    ],
)
def test_other_secrets_refuse_to_be_pickled(
    make: type[AnyClient], settings: dict[str, typing.Any], held: str
) -> None:
    client = make("k", **settings)
    for protocol in PROTOCOLS:
        with pytest.raises(TypeError, match=f"{held} would be in the pickle: .*pickle_secrets=True"):
            pickle.dumps(client, protocol)


@pytest.mark.parametrize("make", CLASSES)
def test_copies_of_clients_work_here_with_the_same_key(make: type[AnyClient], server: ScriptedServer) -> None:
    server.plays(answer(200, BATCH))
    client = make(KEY, base_url=server.base_url)
    for twin in (copy.copy(client), copy.deepcopy(client), copy.deepcopy([client])[0]):
        assert KEY.encode() not in pickle.dumps(twin)
        assert retrieve(twin, BATCH_ID) == BATCH_ID
        assert server.received[-1].header("x-api-key") == KEY


@pytest.mark.parametrize("make", CLASSES)
def test_clients_travel_to_other_processes(
    make: type[AnyClient], platform: tb.Emulator, workers: concurrent.futures.Executor
) -> None:
    client = make(platform.api_key, base_url=platform.base_url)
    batch_id = submit(SyncFace(platform)).batch_id
    workers.submit(set_key, platform.api_key).result(timeout=60)
    assert workers.submit(retrieve, client, batch_id).result(timeout=60) == batch_id
    failure = workers.submit(retrieve, client, "0" * 24).exception(timeout=60)
    assert isinstance(failure, tb.NotFoundError)
    assert (failure.status_code, failure.attempts) == (404, 1)
    workers.submit(set_key, None).result(timeout=60)
    secret = make(platform.api_key, base_url=platform.base_url, pickle_secrets=True)
    assert workers.submit(retrieve, secret, batch_id).result(timeout=60) == batch_id


def test_the_way_in_of_the_vendors_sdk_is_pickled_like_its_client(monkeypatch: pytest.MonkeyPatch) -> None:
    for make in (tb.TwelveLabs, tb.AsyncTwelveLabs):
        monkeypatch.delenv("TWELVE_LABS_API_KEY", raising=False)
        pickled = pickle.dumps(make(api_key=KEY, base_url="http://127.0.0.1:9/x"))
        assert KEY.encode() not in pickled
        with pytest.raises(tb.MissingApiKeyError):
            pickle.loads(pickled)
        monkeypatch.setenv("TWELVE_LABS_API_KEY", "k")
        twin = pickle.loads(pickled)
        assert type(twin) is make
        assert "http://127.0.0.1:9/x" in repr(twin.analyze_async.batches)


def test_a_closed_client_is_open_again_where_it_is_unpickled(
    make_face: MakeFace, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.plays(answer(200, BATCH))
    face = make_face(server)
    face.close()
    monkeypatch.setenv("TWELVE_LABS_API_KEY", KEY)
    assert retrieve(pickle.loads(pickle.dumps(face.client)), BATCH_ID) == BATCH_ID


def models(platform: tb.Emulator) -> typing.Iterator[object]:
    """A model of every class, those of answers as the platform sends them."""
    platform.add_asset("f" * 24, analysis_error="cannot be read", analysis_error_code="asset_unavailable")
    face = SyncFace(platform, on_malformed="yield")
    created = submit(face, requests=[item(1, custom_id="v-1"), item(int("f" * 24, 16))])
    platform.advance(hours=1)
    yield created
    yield from created.items
    yield face.retrieve(created.batch_id)
    yield face.list().page_info
    for entry in face.rows(created.batch_id):
        yield from (entry, *(part for part in (entry.data, entry.error) if part is not None))
        if entry.data is not None:
            yield entry.data.usage
    with tb.TwelveLabs(api_key=platform.api_key, base_url=platform.base_url) as client:
        yield from (client.analyze_async.tasks.retrieve(entry.task_id) for entry in created.items)
        yield client.assets.retrieve(f"{1:024x}")
    when = tb.AnalyzeTimeRange(start_time=0, end_time=2.5)
    items = tb.SegmentFieldItems(type="string")
    field = tb.SegmentField(name="n", type="array", description="d", items=items)
    segments = tb.SegmentDefinition(id="a", description="A", fields=[field], time_ranges=[when])
    shape = tb.AsyncResponseFormat(type="segment_definitions", segment_definitions=[segments])
    prompt = tb.BatchPrompt(input_text="Who?")
    video = tb.BatchVideoContext(type="asset_id", asset_id="x")
    yield from (when, items, field, segments, shape, prompt, video)
    yield tb.BatchDefaults(prompt=prompt, response_format=shape)
    yield tb.BatchItemRequest(video=video, custom_id="c")
    yield tb.MalformedRow(row=1, offset=2, reason="torn", raw=b"\xff\x00")
    yield tb.Timeout(connect=1, read=2, total=3)


def test_models_survive_every_protocol_deep_copies_and_processes(
    platform: tb.Emulator, workers: concurrent.futures.Executor
) -> None:
    made = list(models(platform))
    for model, travelled in zip(made, workers.map(copy.copy, made), strict=True):
        twins = [pickle.loads(pickle.dumps(model, protocol)) for protocol in PROTOCOLS]
        for twin in (*twins, copy.copy(model), copy.deepcopy(model), travelled):
            assert type(twin) is type(model)
            assert twin == model
            assert repr(twin) == repr(model)


def streams_and_pages(face: Face) -> typing.Iterator[tuple[str, object]]:
    """What holds a connection or a client."""
    pager = face.list(page_limit=1)
    yield "pager", pager
    yield "page", face.pages(pager)[0]
    yield "page", pager._first._reader
    stream = face.results(submit(face).batch_id)
    yield "stream", getattr(stream, "results", stream)
    next(iter(stream))
    yield "stream", getattr(stream, "results", stream)
    stream.close()
    yield "stream", getattr(stream, "results", stream)


def test_streams_and_pages_refuse_with_a_sentence(face: Face) -> None:
    submit(face)
    for name, thing in streams_and_pages(face):
        sentence = {
            "pager": "^a pager cannot be pickled or copied, since it holds its client: take what it yields, or",
            "page": "^a page .*cannot be pickled.*: take .*items`",
            "stream": "^a stream of results cannot be pickled: it is a connection$",
        }[name]
        refused: list[typing.Callable[[object], object]] = [copy.copy, copy.deepcopy]
        refused += [functools.partial(pickle.dumps, protocol=protocol) for protocol in PROTOCOLS]
        for travel in refused:
            with pytest.raises(TypeError, match=sentence):
                travel(thing)


def test_what_pages_hold_can_be_pickled(face: Face) -> None:
    submit(face)
    (page,) = face.pages(face.list())
    assert pickle.loads(pickle.dumps(page.items)) == page.items == list(page)


def test_an_emulator_refuses_with_a_sentence(platform: tb.Emulator) -> None:
    with pytest.raises(TypeError, match="an emulator cannot be pickled: it is a running server"):
        pickle.dumps(platform)
