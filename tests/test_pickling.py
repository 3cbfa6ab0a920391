"""Pickles and deep copies, here and through a process that knows nothing of this one."""

import asyncio
import concurrent.futures
import copy
import functools
import os
import pickle
import typing

import pytest

import twelvelabs_batches as tb
from faces import Face, MakeFace, SyncFace, item, submit
from servers import ScriptedServer, answer
from test_list import BATCH
from test_results import BATCH_ID

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)
CLASSES = [tb.BatchesClient, tb.AsyncBatchesClient]
KEY = "tlk_very_secret"
AnyClient = tb.BatchesClient | tb.AsyncBatchesClient


def retrieve(client: AnyClient, batch_id: str) -> str:
    """What a worker does with a client that was sent to it."""
    if isinstance(client, tb.AsyncBatchesClient):
        return asyncio.run(client.retrieve(batch_id)).batch_id
    return client.retrieve(batch_id).batch_id


def set_key(key: str | None) -> None:
    os.environ.pop("TWELVE_LABS_API_KEY", None)
    if key is not None:
        os.environ["TWELVE_LABS_API_KEY"] = key


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
