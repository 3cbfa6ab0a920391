"""Settings of clients at hand: the vendor's, one of httpx, or ours."""

import collections.abc
import pickle
import subprocess
import sys
import traceback
import typing
import unittest.mock
import warnings

import certifi
import httpx
import pytest
import twelvelabs

import twelvelabs_batches as tb
from beside import FACES, AnyPlatform, httpx_client
from faces import run
from servers import ScriptedServer, answer
from test_list import BATCH
from test_results import BATCH_ID

KEY = "tlk_very_secret"
ADDRESS = "http://127.0.0.1:9/x"


@pytest.fixture(params=FACES, ids=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> type[AnyPlatform]:
    made: type[AnyPlatform] = request.param
    return made


def native_of(client: typing.Any) -> typing.Any:
    """The settings of a client of ours, whichever it is."""
    return (client.analyze_async.batches if hasattr(client, "analyze_async") else client)._native


def vendors(face: str, **settings: typing.Any) -> typing.Any:
    """A client of the vendor's, of one face."""
    return (twelvelabs.TwelveLabs if face == "sync" else twelvelabs.AsyncTwelveLabs)(**settings)


def ask_once(official: typing.Any) -> None:
    """Reads a batch through a client of the vendor's, which closes nothing itself."""
    http = official._client_wrapper.httpx_client.httpx_client
    if isinstance(http, httpx.Client):
        with http:
            official.analyze_async.batches.retrieve(BATCH_ID)
        return

    async def main() -> None:
        async with http:
            await official.analyze_async.batches.retrieve(BATCH_ID)

    run(main())


def sent(server: ScriptedServer) -> dict[str, str]:
    """Headers of the last request but those that name the client."""
    names = {"host", "accept", "accept-encoding", "connection", "user-agent"}
    headers = {name.lower(): value for name, value in server.received[-1].headers}
    return {
        name: value for name, value in headers.items() if name not in names and not name.startswith("x-fern-")
    }


def retrieve(client: typing.Any) -> typing.Any:
    """Reads a batch through a client of ours, whichever it is."""
    batches = client.analyze_async.batches if hasattr(client, "analyze_async") else client
    outcome = batches.retrieve(BATCH_ID)
    return run(outcome) if isinstance(outcome, collections.abc.Awaitable) else outcome


SETTINGS: list[dict[str, typing.Any]] = [
    {},
    {"headers": {"X-Own": "1", "x-other": "2"}},
    {"headers": {"X-Api-Version": "1.3", "x-none": None}},
]


@pytest.mark.parametrize("settings", SETTINGS)
@pytest.mark.parametrize("face", ["sync", "async"])
@pytest.mark.parametrize("make_ours", [tb.BatchesClient, tb.AsyncBatchesClient, *FACES])
def test_a_client_of_the_vendors_is_taken_over(
    server: ScriptedServer, settings: dict[str, typing.Any], face: str, make_ours: typing.Any
) -> None:
    server.plays(answer(200, BATCH))
    official = vendors(face, api_key=KEY, base_url=server.base_url, timeout=33.0, **settings)
    ask_once(official)
    theirs = sent(server)
    for source in (official, official.analyze_async.batches, official.analyze_async):
        ours = make_ours.from_client(source)
        retrieve(ours)
        assert sent(server) == theirs
        native = native_of(ours)
        assert native.timeouts == (10.0, 33.0, 33.0)
        assert native.base_url == server.base_url
    assert [request.target for request in server.received] == [server.received[0].target] * 4


@pytest.mark.parametrize("face", ["sync", "async"])
def test_what_is_given_wins_over_what_is_taken(server: ScriptedServer, face: str) -> None:
    server.plays(answer(200, BATCH))
    official = vendors(face, api_key=KEY, base_url=ADDRESS, headers={"x-own": "1"})
    ours = tb.BatchesClient.from_client(
        official,
        api_key="other",
        base_url=server.base_url,
        headers={"x-mine": "2"},
        timeout=tb.Timeout(read=5),
        max_retries=7,
        pickle_secrets=True,
    )
    retrieve(ours)
    assert sent(server) == {"x-api-key": "other", "x-mine": "2"}
    assert (ours._native.timeouts, ours._native.max_retries) == ((10.0, 5.0, 600.0), 7)
    assert b"other" in pickle.dumps(ours)
    platform = tb.TwelveLabs.from_client(official, environment=server.base_url)
    assert platform.analyze_async.batches._native.base_url == server.base_url
    assert tb.TwelveLabs.from_client(official).analyze_async.batches._native.base_url == ADDRESS


@pytest.mark.parametrize("make_ours", FACES, ids=["sync", "async"])
def test_none_is_as_good_as_nothing(
    make_ours: typing.Any, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.plays(answer(200, BATCH))
    nothing: dict[str, typing.Any] = dict.fromkeys(
        ["api_key", "base_url", "headers", "timeout", "max_retries"]
    )
    settings: dict[str, typing.Any] = {"api_key": KEY, "base_url": server.base_url, "headers": {"x-own": "1"}}
    sources = (vendors("sync", **settings, timeout=33.0), tb.TwelveLabs(**settings, timeout=33.0))
    monkeypatch.setenv("TWELVE_LABS_API_KEY", "of the environment")
    monkeypatch.setenv("TWELVELABS_BASE_URL", "http://127.0.0.1:9/variable")
    for source in sources:
        for environment in (None, tb.TwelveLabsEnvironment.DEFAULT, twelvelabs.TwelveLabsEnvironment.DEFAULT):
            for overrides in ({}, nothing):
                ours = make_ours.from_client(source, environment=environment, **overrides)
                retrieve(ours)
                assert sent(server) == {"x-api-key": KEY, "x-own": "1"}
                assert native_of(ours).timeouts[1] == 33.0
        batches = tb.BatchesClient.from_client(source, **nothing)
        assert (batches._native.base_url, batches._native._api_key()) == (server.base_url, KEY)
        elsewhere = make_ours.from_client(source, environment=ADDRESS, base_url=None)
        assert native_of(elsewhere).base_url == ADDRESS
        with pytest.raises(tb.ValidationError, match=r"^environment: "):
            make_ours.from_client(source, environment=3)
    assert native_of(make_ours.from_client(odd(), api_key=KEY, environment=ADDRESS, headers={}, timeout=3))


def test_a_client_of_ours_is_taken_over(server: ScriptedServer) -> None:
    server.plays(answer(200, BATCH))
    settings: dict[str, typing.Any] = {"base_url": server.base_url, "headers": {"x-own": "1"}}
    sources = [
        tb.BatchesClient(KEY, **settings, timeout=tb.Timeout(3, 4, 5), on_malformed="skip"),
        tb.AsyncTwelveLabs(api_key=KEY, **settings, timeout=tb.Timeout(3, 4, 5)),
    ]
    for source in sources:
        for target in (tb.BatchesClient, tb.AsyncBatchesClient, *FACES):
            ours: typing.Any = target.from_client(source)
            retrieve(ours)
            assert sent(server) == {"x-api-key": KEY, "x-own": "1"}
            native = native_of(ours)
            assert native.timeouts == (3.0, 4.0, 5.0)


class Wrapper:
    """As the vendor's, with parts missing."""

    def __init__(self, **parts: typing.Any) -> None:
        self.__dict__.update(parts)


def odd(**parts: typing.Any) -> typing.Any:
    return Wrapper(_client_wrapper=Wrapper(**parts))


NO_CLIENTS: list[typing.Any] = [
    (
        None,
        "a TwelveLabs or BatchesClient of the vendor's package, or of this one, is expected, not NoneType",
    ),
    (3, "not int"),
    (twelvelabs.TwelveLabs, "not type"),
    (httpx.Timeout(3), "not Timeout"),
    (odd(), "this Wrapper has no `api_key` that can be taken over: pass it as `api_key=…`"),
    (odd(api_key=""), "this Wrapper has no `api_key`"),
    (odd(api_key=KEY), "this Wrapper has no `base_url` that can be taken over: pass it as `base_url=…`"),
    (odd(api_key=KEY, get_base_url=lambda: None), "no `base_url`"),
    (odd(api_key=KEY, get_base_url=lambda: ADDRESS), "pass them as `headers=…` and `timeout=…`"),
    (unittest.mock.MagicMock(), "no `api_key`"),
]


@pytest.mark.parametrize(("official", "told"), NO_CLIENTS)
@pytest.mark.parametrize("make_ours", [tb.BatchesClient, tb.AsyncBatchesClient, *FACES])
def test_what_cannot_be_taken_over_is_told(make_ours: typing.Any, official: typing.Any, told: str) -> None:
    with pytest.raises(tb.ValidationError) as caught:
        make_ours.from_client(official)
    assert str(caught.value).startswith("official: ")
    assert told in str(caught.value)
    assert caught.value.path == "official"
    shown = "".join(traceback.format_exception(caught.value))
    assert KEY not in shown + repr(caught.value)


def test_missing_parts_can_be_given() -> None:
    settings: dict[str, typing.Any] = {"api_key": KEY, "base_url": ADDRESS, "headers": {}, "timeout": 3}
    assert tb.BatchesClient.from_client(odd(), **settings)._native.base_url == ADDRESS


def test_the_vendors_package_is_not_imported() -> None:
    code = (
        "import sys, twelvelabs_batches as tb; c = tb.TwelveLabs(api_key='k'); tb.BatchesClient.from_client(c);"
        "assert not {'twelvelabs', 'httpx', 'pydantic'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_headers_and_timeout_of_an_httpx_client_are_taken_over(
    kind: type[AnyPlatform], server: ScriptedServer
) -> None:
    server.plays(answer(200, BATCH))
    given = httpx_client(
        kind, headers={"X-Own": "1", "x-shared": "2", "X-Api-Key": "none", "User-Agent": "own"}, timeout=7
    )
    settings = {"api_key": KEY, "base_url": server.base_url, "headers": {"X-Shared": "3"}}
    theirs = vendors("sync" if kind is tb.TwelveLabs else "async", **settings, httpx_client=given)
    ask_once(theirs)
    expected = sent(server)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ours = kind(**settings, httpx_client=given)  # type: ignore[arg-type]
        twin = kind.from_client(theirs)
    for client in (ours, twin):
        retrieve(client)
        assert sent(server) == expected == {"x-api-key": KEY, "x-own": "1", "x-shared": "3"}
        assert native_of(client).timeouts == (7.0, 7.0, 7.0)
    # The timeout that is given wins; httpx without a limit has none.
    wins: typing.Any = kind(api_key="k", httpx_client=given, timeout=30)
    assert native_of(wins).timeouts == (10.0, 30.0, 30.0)
    endless: typing.Any = kind(api_key="k", httpx_client=httpx_client(kind, timeout=None))
    assert native_of(endless).timeouts[1:] == (315360000.0, 315360000.0)
    plain: typing.Any = kind(api_key="k", httpx_client=httpx_client(kind))
    assert native_of(plain).timeouts == (5.0, 5.0, 5.0)


class OwnTransport(httpx.HTTPTransport):
    """Something that nobody can look into."""


class OwnAsyncTransport(httpx.AsyncHTTPTransport):
    """Likewise."""


def unused_settings(kind: type[AnyPlatform]) -> list[tuple[dict[str, typing.Any], list[str]]]:
    own = OwnTransport() if kind is tb.TwelveLabs else OwnAsyncTransport()
    plain = httpx.HTTPTransport() if kind is tb.TwelveLabs else httpx.AsyncHTTPTransport()

    def hook(request: object) -> None:
        raise AssertionError(request)

    return [
        ({"proxy": "http://user:hidden@127.0.0.1:9"}, ["proxies"]),
        ({"verify": False}, ["verify"]),
        ({"auth": ("user", "hidden")}, ["auth"]),
        ({"cookies": {"a": "hidden"}}, ["cookies"]),
        ({"params": {"a": "b"}}, ["params"]),
        ({"trust_env": False}, ["trust_env"]),
        ({"event_hooks": {"request": [hook]}}, ["event_hooks"]),
        ({"transport": own}, ["transport"]),
        ({"mounts": {"https://": plain}}, ["mounts"]),
        ({"headers": {"connection": "close"}}, ["header 'connection'"]),
        (
            {"auth": ("u", "hidden"), "verify": False, "proxy": "http://127.0.0.1:9"},
            ["auth", "verify", "proxies"],
        ),
    ]


@pytest.mark.parametrize("number", range(11))
def test_what_an_httpx_client_cannot_hand_over_is_told_once(kind: type[AnyPlatform], number: int) -> None:
    settings, told = unused_settings(kind)[number]
    given = httpx_client(kind, **settings)
    theirs = vendors("sync" if kind is tb.TwelveLabs else "async", api_key=KEY, httpx_client=given)
    batches = tb.BatchesClient if kind is tb.TwelveLabs else tb.AsyncBatchesClient
    makers: list[typing.Callable[[], object]] = [
        lambda: kind(api_key=KEY, httpx_client=given),
        lambda: kind.from_client(theirs),
        lambda: batches.from_client(theirs),
    ]
    for maker in makers:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            maker()
        (warning,) = caught
        assert warning.category is UserWarning
        assert warning.filename == __file__, "the warning points at who made the client"
        text = str(warning.message)
        names = text.split("not used: ")[1].split(". Use", maxsplit=1)[0]
        assert sorted(names.replace(" and ", ", ").split(", ")) == sorted(told)
        assert "`proxy=`" in text
        assert "`ca_bundle=`" in text
        assert "hidden" not in text
        assert KEY not in text


def test_what_is_given_instead_is_not_told() -> None:
    given = httpx.Client(verify=False, proxy="http://127.0.0.1:9")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tb.TwelveLabs(api_key="k", httpx_client=given, proxy="http://127.0.0.1:9", ca_bundle=certifi.where())


def test_proxies_of_the_environment_are_no_setting(
    kind: type[AnyPlatform], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        kind(api_key="k", httpx_client=httpx_client(kind))


@pytest.mark.parametrize("given", [3, "x", object(), httpx.Timeout(3)])
def test_what_is_no_httpx_client_is_told(kind: type[AnyPlatform], given: object) -> None:
    with pytest.raises(tb.ValidationError, match=r"^httpx_client: an httpx.Client is expected, not "):
        kind(api_key="k", httpx_client=given)
