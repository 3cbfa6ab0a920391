"""Proxies: which one is asked, what it hears, and what is told when it refuses."""

from __future__ import annotations

import logging
import pickle
import traceback
import typing

import pytest

import twelvelabs_batches as tb
from calls import BATCH_ID, CALLS
from recorder import HOST, RecordingProxy, credentials
from secure import Authority, SecureServer
from servers import ScriptedServer, answer
from test_list import BATCH

if typing.TYPE_CHECKING:
    import pathlib

    from faces import MakeFace

PASSWORD = "sw0rdf1sh"
NAME = "platform.invalid"
PLAIN = f"http://{NAME}/v1.3"
SECURE = f"https://{NAME}/v1.3"
FOUND = answer(200, BATCH)
QUICK: dict[str, typing.Any] = {"max_retries": 1, "backoff_factor": 0.001}


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def proxy() -> typing.Iterator[RecordingProxy]:
    """A proxy that answers by itself."""
    with RecordingProxy() as running:
        running.plain = FOUND
        yield running


@pytest.fixture
def authority(tmp_path: pathlib.Path) -> Authority:
    """The CA of the platform behind the proxy."""
    return Authority(tmp_path)


@pytest.fixture
def platform_behind(authority: Authority) -> typing.Iterator[SecureServer]:
    """The platform, which only the proxy can find."""
    with SecureServer(authority.context(NAME)) as running:
        running.plays(FOUND)
        running.api_key = "tlk_0PEN5ESAME"
        yield running


@pytest.fixture
def tunnel(platform_behind: SecureServer) -> typing.Iterator[RecordingProxy]:
    """A proxy that leads there."""
    port = int(platform_behind.base_url.split(":")[2].split("/")[0])
    with RecordingProxy(upstream=port) as running:
        yield running


def hidden(error: BaseException, *secrets: str) -> bool:
    """Whether an error, and what it follows from, shows no secret."""
    told = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    told += f"{error!r} {error.__dict__!r}" + pickle.dumps(error).decode("latin-1")
    return not any(secret in told for secret in secrets)


def test_plain_requests_name_the_whole_address(make_face: MakeFace, server: ScriptedServer) -> None:
    with RecordingProxy() as proxy:
        proxy.plain = FOUND
        make_face(server, base_url=PLAIN, proxy=proxy.url).retrieve(BATCH_ID)
    assert proxy.requests == [f"GET {PLAIN}/analyze/batches/{BATCH_ID} HTTP/1.1"]
    assert proxy.header("host") == NAME
    assert proxy.header("proxy-authorization") is None


@pytest.mark.parametrize("call", CALLS)
def test_the_key_goes_through_a_tunnel_only_inside_tls(
    make_face: MakeFace,
    tunnel: RecordingProxy,
    platform_behind: SecureServer,
    authority: Authority,
    call: str,
) -> None:
    platform_behind.plays(answer(404))
    face = make_face(platform_behind, base_url=SECURE, proxy=tunnel.url, ca_bundle=authority.path)
    with pytest.raises(tb.NotFoundError):
        CALLS[call](face)
    assert tunnel.requests == [f"CONNECT {NAME}:443 HTTP/1.1"]
    key = platform_behind.api_key
    assert key not in tunnel.heads[0]
    assert b"x-api-key" not in tunnel.heads[0].lower().encode()
    assert key.encode() not in tunnel.carried
    assert b"/analyze/batches" not in tunnel.carried
    assert platform_behind.received[0].header("x-api-key") == key
    assert platform_behind.received[0].target.startswith("/v1.3/analyze/batches")


def test_whoever_is_behind_the_tunnel_has_to_prove_it(
    make_face: MakeFace, tunnel: RecordingProxy, platform_behind: SecureServer
) -> None:
    face = make_face(platform_behind, base_url=SECURE, proxy=tunnel.url, **QUICK)
    with pytest.raises(tb.ConnectError, match="UnknownIssuer"):
        face.retrieve(BATCH_ID)
    assert platform_behind.received == []


def test_a_proxy_behind_tls(make_face: MakeFace, platform_behind: SecureServer, authority: Authority) -> None:
    port = int(platform_behind.base_url.split(":")[2].split("/")[0])
    with RecordingProxy(upstream=port, context=authority.context(HOST)) as proxy:
        settings = {"base_url": SECURE, "proxy": proxy.url_with("user", PASSWORD)}
        with pytest.raises(tb.ConnectError, match="UnknownIssuer") as caught:
            make_face(platform_behind, **settings, **QUICK).retrieve(BATCH_ID)
        assert hidden(caught.value, PASSWORD)
        assert proxy.heads == []
        make_face(platform_behind, **settings, ca_bundle=authority.path).retrieve(BATCH_ID)
        assert proxy.requests == [f"CONNECT {NAME}:443 HTTP/1.1"]
        assert proxy.header("proxy-authorization") == credentials("user", PASSWORD)


@pytest.mark.parametrize(
    ("user", "password", "said"),
    [
        ("user", PASSWORD, credentials("user", PASSWORD)),
        ("us%40er", "p%3Aa%2Fss%25", credentials("us@er", "p:a/ss%")),
        ("user", "", credentials("user", "")),
    ],
)
def test_a_proxy_is_told_who_asks(
    make_face: MakeFace,
    tunnel: RecordingProxy,
    platform_behind: SecureServer,
    authority: Authority,
    user: str,
    password: str,
    said: str,
) -> None:
    address = tunnel.url_with(user, password)
    face = make_face(platform_behind, base_url=SECURE, proxy=address, ca_bundle=authority.path)
    face.retrieve(BATCH_ID)
    assert tunnel.header("proxy-authorization") == said
    assert platform_behind.received[0].header("proxy-authorization") is None
    tunnel.plain = FOUND
    make_face(platform_behind, base_url=PLAIN, proxy=address).retrieve(BATCH_ID)
    assert tunnel.header("proxy-authorization", 1) == said


def test_the_option_counts_for_this_machine_too(
    make_face: MakeFace, proxy: RecordingProxy, server: ScriptedServer
) -> None:
    make_face(server, proxy=proxy.url).retrieve(BATCH_ID)
    assert proxy.requests == [f"GET {server.base_url}/analyze/batches/{BATCH_ID} HTTP/1.1"]
    assert server.received == []


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
def test_variables_for_plain_requests(
    make_face: MakeFace,
    proxy: RecordingProxy,
    server: ScriptedServer,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
) -> None:
    monkeypatch.setenv(variable, proxy.url_with("user", PASSWORD))
    make_face(server, base_url=PLAIN).retrieve(BATCH_ID)
    assert proxy.requests == [f"GET {PLAIN}/analyze/batches/{BATCH_ID} HTTP/1.1"]
    assert proxy.header("proxy-authorization") == credentials("user", PASSWORD)


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
def test_variables_for_tunnels(
    make_face: MakeFace,
    tunnel: RecordingProxy,
    platform_behind: SecureServer,
    authority: Authority,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
) -> None:
    monkeypatch.setenv(variable, tunnel.url_with("user", PASSWORD))
    make_face(platform_behind, base_url=SECURE, ca_bundle=authority.path).retrieve(BATCH_ID)
    assert tunnel.requests == [f"CONNECT {NAME}:443 HTTP/1.1"]
    assert tunnel.header("proxy-authorization") == credentials("user", PASSWORD)
    assert platform_behind.api_key.encode() not in tunnel.carried


@pytest.mark.parametrize(("variable", "base_url"), [("HTTP_PROXY", SECURE), ("HTTPS_PROXY", PLAIN)])
def test_a_variable_counts_for_its_scheme_alone(
    make_face: MakeFace,
    proxy: RecordingProxy,
    server: ScriptedServer,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    base_url: str,
) -> None:
    monkeypatch.setenv(variable, proxy.url)
    with pytest.raises(tb.ConnectError):
        make_face(server, base_url=base_url, max_retries=0).retrieve(BATCH_ID)
    assert proxy.heads == []


@pytest.mark.parametrize("variable", ["NO_PROXY", "no_proxy"])
@pytest.mark.parametrize(
    ("value", "is_followed"),
    [
        (NAME, False),
        ("invalid", False),
        (".invalid", False),
        ("*", False),
        (f"other.example, {NAME}", False),
        ("", True),
        ("other.example", True),
        ("form.invalid", True),
    ],
)
def test_who_is_reached_without_a_proxy(
    make_face: MakeFace,
    proxy: RecordingProxy,
    server: ScriptedServer,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    *,
    is_followed: bool,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    monkeypatch.setenv(variable, value)
    face = make_face(server, base_url=PLAIN, max_retries=0)
    if is_followed:
        face.retrieve(BATCH_ID)
    else:
        with pytest.raises(tb.ConnectError):
            face.retrieve(BATCH_ID)
    assert len(proxy.heads) == int(is_followed)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "127.8.8.8"])
def test_no_variable_counts_for_this_machine(
    make_face: MakeFace,
    proxy: RecordingProxy,
    server: ScriptedServer,
    monkeypatch: pytest.MonkeyPatch,
    host: str,
) -> None:
    for variable in ("HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(variable, proxy.url)
    with pytest.raises(tb.ConnectError):
        make_face(server, base_url=f"http://{host}:1/v1.3", max_retries=0).retrieve(BATCH_ID)
    assert proxy.heads == []


@pytest.mark.parametrize("bypass", [None, "*", NAME])
def test_the_option_beats_the_environment(
    make_face: MakeFace,
    proxy: RecordingProxy,
    server: ScriptedServer,
    monkeypatch: pytest.MonkeyPatch,
    bypass: str | None,
) -> None:
    with RecordingProxy() as other:
        for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(variable, other.url)
        if bypass is not None:
            monkeypatch.setenv("NO_PROXY", bypass)
        make_face(server, base_url=PLAIN, proxy=proxy.url).retrieve(BATCH_ID)
        assert len(proxy.heads) == 1
        assert other.heads == []


REFUSALS = {
    "407": b"HTTP/1.1 407 X\r\nproxy-authenticate: Basic realm=a\r\ncontent-length: 0\r\n\r\n",
    "502": b"HTTP/1.1 502 X\r\ncontent-length: 0\r\n\r\n",
    "403": b"HTTP/1.1 403 X\r\ncontent-length: 5\r\n\r\nnever",
    "302": b"HTTP/1.1 302 X\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
    "garbage": b"\x00\x01\x02" * 50 + b"\r\n\r\n",
    "nothing": b"",
    "endless": b"HTTP/1.1 200 X\r\n" + b"x: y\r\n" * 100_000,
}


@pytest.mark.parametrize("how", REFUSALS)
@pytest.mark.parametrize("call", CALLS)
def test_a_proxy_that_refuses_a_tunnel(
    make_face: MakeFace, server: ScriptedServer, caplog: pytest.LogCaptureFixture, how: str, call: str
) -> None:
    caplog.set_level(logging.DEBUG, logger="twelvelabs_batches")
    server.api_key = "tlk_0PEN5ESAME"
    with RecordingProxy() as proxy:
        proxy.tunnel = REFUSALS[how]
        address = proxy.url_with("user", PASSWORD)
        with pytest.raises(tb.ConnectError, match="cannot connect: ") as caught:
            CALLS[call](make_face(server, base_url=SECURE, proxy=address, **QUICK))
        assert len(proxy.heads) == 2, "it was tried twice: the platform has seen nothing"
        assert server.api_key not in "".join(proxy.heads)
    secrets = (server.api_key, PASSWORD, credentials("user", PASSWORD).split()[1])
    assert hidden(caught.value, *secrets)
    assert not any(secret in caplog.text for secret in secrets)


@pytest.mark.parametrize("status", [407, 502, 403])
def test_a_proxy_that_refuses_a_plain_request(
    make_face: MakeFace, server: ScriptedServer, proxy: RecordingProxy, status: int
) -> None:
    proxy.plain = answer(status, b"<html>proxy</html>")
    address = proxy.url_with("user", PASSWORD)
    with pytest.raises(tb.ApiError) as caught:
        make_face(server, base_url=PLAIN, proxy=address, **QUICK).retrieve(BATCH_ID)
    assert caught.value.status_code == status
    assert hidden(caught.value, PASSWORD, credentials("user", PASSWORD).split()[1])


@pytest.mark.parametrize("base_url", [PLAIN, SECURE])
@pytest.mark.parametrize("variable", [None, "ALL_PROXY"])
def test_a_proxy_that_is_not_there(
    make_face: MakeFace,
    server: ScriptedServer,
    monkeypatch: pytest.MonkeyPatch,
    base_url: str,
    variable: str | None,
) -> None:
    address = f"http://user:{PASSWORD}@{HOST}:1"
    settings = {"proxy": address} if variable is None else {}
    if variable:
        monkeypatch.setenv(variable, address)
    with pytest.raises(tb.ConnectError, match="refused") as caught:
        make_face(server, base_url=base_url, **settings, **QUICK).retrieve(BATCH_ID)
    assert hidden(caught.value, PASSWORD)
