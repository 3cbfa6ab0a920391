"""Redirects are not followed, so what is secret stays with its origin."""

from __future__ import annotations

import http.client
import typing

import pytest

import twelvelabs_batches as tb
from calls import CALLS
from secure import Authority, SecureServer
from servers import Cut, ScriptedServer, answer

if typing.TYPE_CHECKING:
    import pathlib

    from faces import MakeFace

STATUSES = [301, 302, 303, 307, 308]
SECRETS = {"Authorization": "Bearer secret", "Cookie": "session=secret", "X-Own": "secret"}
SETTINGS: dict[str, typing.Any] = {"headers": SECRETS, "max_retries": 2, "backoff_factor": 0.001}


def port(server: ScriptedServer) -> int:
    return int(server.base_url.split(":")[2].split("/")[0])


def requests_that_reached(server: ScriptedServer) -> int:
    """How many did. A connection of our own is behind all others in the queue."""
    before = len(server.received)
    own = http.client.HTTPConnection("127.0.0.1", port(server), timeout=30)
    own.request("GET", "/own")
    own.getresponse().read()
    own.close()
    assert [request.target for request in server.received[before:]] == ["/own"]
    assert len(server._threads) == 2, "nobody else has connected"
    return before


@pytest.fixture
def other() -> typing.Iterator[ScriptedServer]:
    """A server that is not to hear of anything."""
    with ScriptedServer() as running:
        running.plays(answer(200, {"batch_id": "x"}))
        yield running


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("status", STATUSES)
def test_no_other_port_hears_of_anything(
    make_face: MakeFace, server: ScriptedServer, other: ScriptedServer, call: str, status: int
) -> None:
    server.plays(answer(status, headers={"Location": f"{other.base_url}/elsewhere"}))
    with pytest.raises(tb.ApiError, match="redirects are not followed") as caught:
        CALLS[call](make_face(server, **SETTINGS))
    assert caught.value.status_code == status
    assert caught.value.attempts == 1
    assert len(server.received) == 1
    assert requests_that_reached(other) == 0


@pytest.mark.parametrize("call", CALLS)
def test_no_other_name_of_the_same_machine_hears_of_anything(
    make_face: MakeFace, server: ScriptedServer, call: str
) -> None:
    target = server.base_url.replace("127.0.0.1", "localhost")
    server.plays(*[answer(status, headers={"Location": target}) for status in STATUSES])
    face = make_face(server, **SETTINGS)
    for status in STATUSES:
        with pytest.raises(tb.ApiError, match="redirects are not followed") as caught:
            CALLS[call](face)
        assert caught.value.status_code == status
    assert len(server.received) == len(STATUSES)
    assert {request.header("host") for request in server.received} == {f"127.0.0.1:{port(server)}"}


@pytest.mark.parametrize("call", CALLS)
def test_nothing_leaves_tls(
    make_face: MakeFace, other: ScriptedServer, tmp_path: pathlib.Path, call: str
) -> None:
    authority = Authority(tmp_path)
    with SecureServer(authority.context("127.0.0.1")) as server:
        server.plays(*[answer(status, headers={"Location": other.base_url}) for status in STATUSES])
        face = make_face(server, ca_bundle=authority.path, **SETTINGS)
        for status in STATUSES:
            with pytest.raises(tb.ApiError, match="redirects are not followed") as caught:
                CALLS[call](face)
            assert caught.value.status_code == status
        assert len(server.received) == len(STATUSES)
        face.close()
    assert requests_that_reached(other) == 0


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("target", ["/v1.3/elsewhere", "?page=2", "{base}/elsewhere"])
def test_the_same_origin_is_not_followed_either(
    make_face: MakeFace, server: ScriptedServer, call: str, target: str
) -> None:
    location = target.format(base=server.base_url)
    server.plays(*[answer(status, headers={"Location": location}) for status in STATUSES])
    face = make_face(server, **SETTINGS)
    for status in STATUSES:
        with pytest.raises(tb.ApiError) as caught:
            CALLS[call](face)
        assert caught.value.status_code == status
        assert caught.value.headers is not None
        assert caught.value.headers["location"] == location
        assert location in str(caught.value)
    assert len(server.received) == len(STATUSES)
    assert "/v1.3/elsewhere" not in {request.target for request in server.received}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("status", STATUSES)
def test_a_loop_ends(make_face: MakeFace, server: ScriptedServer, call: str, status: int) -> None:
    face = make_face(server, **SETTINGS)
    server.plays(answer(status, headers={"Location": server.base_url + "/analyze/batches"}))
    with pytest.raises(tb.ApiError):
        CALLS[call](face)
    assert len(server.received) == 1


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "location",
    ["", "::::", "http://[", "//", "http://", "javascript:alert(1)", "/\xff\xfe", "x" * 100_000, None],
    ids=["empty", "colons", "bracket", "slashes", "hostless", "script", "not-utf8", "long", "missing"],
)
def test_a_location_that_is_none(
    make_face: MakeFace, server: ScriptedServer, call: str, location: str | None
) -> None:
    field = b"" if location is None else b"location: " + location.encode("latin-1") + b"\r\n"
    server.plays(b"HTTP/1.1 302 X\r\ncontent-length: 0\r\n" + field + b"\r\n")
    with pytest.raises(tb.ApiError) as caught:
        CALLS[call](make_face(server, **SETTINGS))
    assert caught.value.status_code == 302
    assert "[status 302]" in str(caught.value)
    assert len(server.received) == 1


def test_the_platforms_own_words_are_told(make_face: MakeFace, server: ScriptedServer) -> None:
    moved = {"error": {"code": "moved", "message": "Ask the other region"}}
    server.plays(answer(307, moved, {"Location": "https://eu.example/"}))
    with pytest.raises(tb.ApiError) as caught:
        make_face(server).delete("6b0000000000000000000001")
    assert (caught.value.code, caught.value.message) == ("moved", "Ask the other region")


def test_a_redirect_amid_results_leads_nowhere(
    make_face: MakeFace, server: ScriptedServer, other: ScriptedServer
) -> None:
    row = b'{"task_id": "000000000000000000000001", "status": "queued"}\n'
    cut = b"HTTP/1.1 200 X\r\ncontent-length: 1000\r\n\r\n" + row
    server.plays([cut, Cut], answer(302, headers={"Location": other.base_url}), total=2)
    rows = iter(make_face(server, **SETTINGS).results("6b0000000000000000000001"))
    assert next(rows).status == "queued"
    with pytest.raises(tb.IncompleteResultsError) as caught:
        next(rows)
    assert isinstance(caught.value.__cause__, tb.ApiError)
    assert caught.value.__cause__.status_code == 302
    assert requests_that_reached(other) == 0
