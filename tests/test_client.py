"""Making and closing clients."""

import subprocess
import sys
import threading
import typing

import pytest

import twelvelabs_batches as tb
from faces import MakeFace, verbs_by_id
from servers import ScriptedServer, Stall, answer
from test_list import BATCH
from test_results import head, lines, row

CLASSES = [tb.BatchesClient, tb.AsyncBatchesClient]


@pytest.mark.parametrize("make", CLASSES)
def test_no_key_is_one_clear_error(make: type[tb.BatchesClient | tb.AsyncBatchesClient]) -> None:
    for key in (None, "", "  "):
        with pytest.raises(tb.MissingApiKeyError) as caught:
            make(key)
        assert "TWELVE_LABS_API_KEY" in str(caught.value)
        assert "TWELVELABS_API_KEY" in str(caught.value)


@pytest.mark.parametrize("make", CLASSES)
def test_the_environment_is_read(
    make: type[tb.BatchesClient | tb.AsyncBatchesClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWELVELABS_API_KEY", "second")
    assert repr(make()) == f"{make.__name__}(base_url='https://api.twelvelabs.io/v1.3')"
    monkeypatch.setenv("TWELVELABS_BASE_URL", "http://127.0.0.1:9/x")
    assert "http://127.0.0.1:9/x" in repr(make())
    assert "https://own.example/" in repr(make(base_url="https://own.example/"))


@pytest.mark.parametrize(("first", "second", "sent"), [("a", "b", "a"), (None, "b", "b")])
def test_which_key_is_sent(
    make_face: MakeFace,
    server: ScriptedServer,
    monkeypatch: pytest.MonkeyPatch,
    first: str | None,
    second: str,
    sent: str,
) -> None:
    if first:
        monkeypatch.setenv("TWELVE_LABS_API_KEY", first)
    monkeypatch.setenv("TWELVELABS_API_KEY", second)
    monkeypatch.setattr(server, "api_key", None)
    server.plays(answer(200, BATCH))
    make_face(server).retrieve(BATCH["batch_id"])
    assert server.received[0].header("x-api-key") == sent


@pytest.mark.parametrize("make", CLASSES)
@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"base_url": "ftp://x"}, "base_url: cannot use the scheme `ftp`"),
        ({"base_url": 3}, "base_url: a str is expected, not int"),
        ({"timeout": -1}, "timeout: a positive number of seconds"),
        ({"timeout": "3"}, "timeout: a number is expected, not str"),
        ({"timeout": float("inf")}, "timeout: a finite number is expected"),
        ({"timeout": tb.Timeout(read=0)}, "timeout.read: a positive number of seconds"),
        ({"timeout": 1e19}, "timeout: a positive number of seconds, at most 315360000 (ten years)"),
        ({"timeout": 10**400}, "timeout: the number is too large"),
        ({"timeout": (1, 2)}, "timeout: a number, or three of them (connect, read and total), is expected"),
        ({"timeout": (1, 2, None)}, "timeout.total: a number is expected, not NoneType"),
        ({"max_retries": 2**32}, "max_retries: a number from 0 to 4294967295 is expected, not 4294967296"),
        ({"max_retries": 10**400}, "max_retries: a number from 0 to 4294967295 is expected, not 1000"),
        ({"headers": {1: "x"}}, "headers: a str as a name is expected, not int"),
        ({"headers": {"x\ud800": "x"}}, "headers: the text holds half of a surrogate pair"),
        ({"headers": {"x": "\ud800"}}, "headers.x: the text holds half of a surrogate pair"),
        ({"headers": {"x": b"x"}}, "headers.x: a str is expected, not bytes"),
        ({"api_key": "\ud800"}, "api_key: the text holds half of a surrogate pair"),
        ({"max_retries": -1}, "max_retries: a number from 0 to 4294967295 is expected, not -1"),
        ({"headers": {"a": "b\n"}}, "line break"),
        ({"headers": ["a"]}, "headers: a dict is expected"),
    ],
)
def test_settings_that_do_not_fit(
    make: type[tb.BatchesClient | tb.AsyncBatchesClient], settings: dict[str, typing.Any], told: str
) -> None:
    with pytest.raises(tb.ValidationError) as caught:
        make(**{"api_key": "k", **settings})
    assert told in str(caught.value)


def test_constructor_headers_cannot_replace_the_key(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(200, BATCH))
    make_face(server, headers={"X-Api-Key": "other", "User-Agent": "mine"}).retrieve(BATCH["batch_id"])
    assert server.received[0].header("x-api-key") == server.api_key
    assert server.received[0].header("user-agent") == "mine"


def test_a_closed_client_says_so(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(200, BATCH))
    face = make_face(server)
    face.retrieve(BATCH["batch_id"])
    face.close()
    face.close()
    assert server.gone.acquire(timeout=30), "the connection is let go"
    assert "closed" in repr(face.client)
    for verb in verbs_by_id(face):
        with pytest.raises(tb.ClientClosedError, match="make a new one"):
            verb(BATCH["batch_id"])
    with pytest.raises(tb.ClientClosedError):
        face.list()


def test_connections_are_used_again(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(200, BATCH))
    face = make_face(server)
    for _ in range(20):
        face.retrieve(BATCH["batch_id"])
    assert len(server.received) == 20
    # The next request may come before the connection of the last one is free.
    assert len(server._connections) <= 3


def test_the_way_in_of_the_vendors_sdk(platform: tb.Emulator) -> None:
    with tb.TwelveLabs(api_key=platform.api_key, base_url=platform.base_url) as client:
        assert list(client.analyze_async.batches.list()) == []
    with pytest.raises(tb.ClientClosedError):
        client.analyze_async.batches.list()


def test_importing_is_light() -> None:
    heavy = ["click", "rich", "asyncio", "inspect", "pydantic", "json", "ssl"]
    script = f"import sys, twelvelabs_batches; print([name for name in {heavy} if name in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}; {script}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "[]"


def test_what_is_loaded_later_is_there() -> None:
    assert set(tb.__all__) <= set(dir(tb))
    assert all(getattr(tb, name) is getattr(tb, name) for name in tb.__all__)
    assert not hasattr(tb, "segments_off")
    assert isinstance(tb.segments_of([]), tb.SegmentTable)


def test_proxies_are_followed_but_not_to_this_machine(
    make_face: MakeFace, server: ScriptedServer, platform: tb.Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.plays(answer(200, BATCH))
    monkeypatch.setenv("HTTP_PROXY", server.base_url.removesuffix("/v1.3"))
    monkeypatch.setenv("NO_PROXY", "")
    assert make_face(platform).list().total_results == 0
    assert server.received == []
    make_face(platform, base_url="http://platform.example/v1.3").retrieve(BATCH["batch_id"])
    assert server.received[0].target == f"http://platform.example/v1.3/analyze/batches/{BATCH['batch_id']}"


def test_closing_ends_calls_that_wait(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays([Stall])
    face = make_face(server)
    native = face.client._native
    threading.Timer(0.2, native.close).start()
    with pytest.raises(tb.ClientClosedError):
        face.retrieve(BATCH["batch_id"])
    assert server.gone.acquire(timeout=30)


def test_closing_ends_streams_that_wait(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays([head("content-length: 1000000"), lines(row(1)), Stall])
    face = make_face(server)
    results = face.results(BATCH["batch_id"])
    assert next(results).custom_id == "v-1"
    threading.Timer(0.2, face.client._native.close).start()
    with pytest.raises(tb.ClientClosedError):
        next(results)
    with pytest.raises(StopIteration):
        next(results)
