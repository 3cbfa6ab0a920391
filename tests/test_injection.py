"""What callers pass cannot change where a request goes, or what else is in it."""

from __future__ import annotations

import json
import typing
import urllib.parse

import pytest

import twelvelabs_batches as tb
from calls import BATCH_ID, BY_ID, CALLS
from faces import item, submit
from servers import ScriptedServer, answer
from test_list import BATCH

if typing.TYPE_CHECKING:
    from faces import MakeFace

ODD_IDS = {
    "empty": "",
    "dots": "..",
    "one dot": ".",
    "up": "../../assets",
    "encoded dots": "%2e%2e",
    "encoded slash": "a%2Fb",
    "doubly encoded": "%252e%252e%252f",
    "backslash": "..\\..",
    "slash": "a/b",
    "leading slash": "/etc",
    "another origin": "//evil.example/",
    "address": "https://evil.example/",
    "query": "a?b=c",
    "fragment": "a#b",
    "parameters": "a;b",
    "at": "user@evil.example",
    "space": "a b",
    "space around": f" {BATCH_ID} ",
    "line feed": f"{BATCH_ID}\n",
    "lines": f"{BATCH_ID} HTTP/1.1\r\nX-Own: 1\r\n\r\nGET /",
    "null": "a\x00b",
    "delete": "a\x7fb",
    "letters": "é",
    "wide digits": "\uff16\uff42",
    "dots of another kind": "\u2024\u2024",
    "right to left": "\u202e",
    "emoji": "😀",
    "half a pair": "\ud800",
    "129": "a" * 129,
    "1 MB": "a" * 1_000_000,
    "1 MB of slashes": "/" * 1_000_000,
}


@pytest.mark.parametrize("which", ODD_IDS)
@pytest.mark.parametrize("call", BY_ID)
def test_odd_identifiers_are_refused(
    make_face: MakeFace, server: ScriptedServer, which: str, call: str
) -> None:
    with pytest.raises(tb.ValidationError) as caught:
        BY_ID[call](make_face(server), ODD_IDS[which])
    assert caught.value.path == "batch_id"
    told = str(caught.value)
    assert told.startswith("batch_id: ")
    assert len(told) < 2000
    assert told.isprintable()
    assert server.received == []


@pytest.mark.parametrize("given", [None, 3, b"6b", ["6b"], {"batch_id": "6b"}, object()])
@pytest.mark.parametrize("call", BY_ID)
def test_identifiers_of_another_type_are_refused(
    make_face: MakeFace, server: ScriptedServer, call: str, given: typing.Any
) -> None:
    with pytest.raises(tb.ValidationError, match="batch_id: a str is expected"):
        BY_ID[call](make_face(server), given)
    assert server.received == []


@pytest.mark.parametrize("batch_id", [BATCH_ID, "a", "A-b_9", "-", "a" * 128])
@pytest.mark.parametrize("call", BY_ID)
def test_other_identifiers_stay_within_their_segment(
    make_face: MakeFace, server: ScriptedServer, call: str, batch_id: str
) -> None:
    server.plays(answer(404))
    with pytest.raises(tb.NotFoundError):
        BY_ID[call](make_face(server), batch_id)
    segments = server.received[0].target.split("/")
    assert segments[:5] == ["", "v1.3", "analyze", "batches", batch_id]
    assert segments[5:] == ([call] if call in ("results", "cancel") else [])


BAD_VALUES = ["a\r\nX-Own: 1", "a\n", "\r", "\na", "a\x00", "\x7f", "a\x0bb"]
BAD_NAMES = ["", " ", "a b", "a:b", "a\r\nb", "\n", "é", "a\x00", "(a)", "a" * 70_000]
FRAMING = [
    ("Host", "evil.example"),
    ("content-length", "0"),
    ("Transfer-Encoding", "chunked"),
    ("Connection", "x-api-key"),
    ("Expect", "100-continue"),
    ("TE", "trailers"),
    ("Trailer", "x"),
    ("Upgrade", "h2c"),
    ("HTTP2-Settings", "x"),
    ("Keep-Alive", "x"),
    ("Proxy-Authorization", "x"),
    ("Proxy-Connection", "close"),
]
ODD_HEADERS = [*[("x-a", value) for value in BAD_VALUES], *[(name, "x") for name in BAD_NAMES], *FRAMING]


@pytest.mark.parametrize(("name", "value"), ODD_HEADERS)
@pytest.mark.parametrize("call", CALLS)
def test_odd_headers_are_refused(
    make_face: MakeFace, server: ScriptedServer, call: str, name: str, value: str
) -> None:
    with pytest.raises(tb.ValidationError, match="headers"):
        make_face(server, headers={name: value})
    face = make_face(server)
    options: tb.RequestOptions = {"additional_headers": {name: value}}
    calls: dict[str, typing.Callable[[], object]] = {
        "create": lambda: submit(face, request_options=options),
        "list": lambda: face.list(request_options=options),
        "retrieve": lambda: face.retrieve(BATCH_ID, request_options=options),
        "results": lambda: face.rows(BATCH_ID, request_options=options),
        "cancel": lambda: face.cancel(BATCH_ID, request_options=options),
        "delete": lambda: face.delete(BATCH_ID, request_options=options),
    }
    with pytest.raises(tb.ValidationError, match="additional_headers"):
        calls[call]()
    assert server.received == []


@pytest.mark.parametrize("value", ["", "é", "😀", "a\tb", "x" * 1_000_000])
def test_harmless_headers_are_one_header(make_face: MakeFace, server: ScriptedServer, value: str) -> None:
    server.plays(answer(200, BATCH))
    face = make_face(server, headers={"x-common": value})
    face.retrieve(BATCH_ID, request_options={"additional_headers": {"x-own": value}})
    fields = {
        field[0].rstrip(":"): field[1] if len(field) == 2 else "" for field in server.received[0].headers
    }
    for name in ("x-common", "x-own"):
        assert fields[name].encode("latin-1").decode() == value


def test_a_header_is_not_sent_twice(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(200, BATCH))
    face = make_face(server, headers={"x-own": "a", "X-OWN": "b", "Accept": "c"})
    face.retrieve(BATCH_ID, request_options={"additional_headers": {"X-Own": "d"}})
    names = [field[0].lower() for field in server.received[0].headers]
    assert sorted(names) == sorted(set(names))
    assert server.received[0].header("x-own") == "d"


ODD_WORDS = ["a&page=9", "a=b", "a#b", "a?b", "../..", "a b", "a+b", "%2e%2e", "a\r\nX-Own: 1", "é😀", ""]


@pytest.mark.parametrize("word", ODD_WORDS)
def test_queries_stay_queries(make_face: MakeFace, server: ScriptedServer, word: str) -> None:
    page = {"limit_per_page": 10, "page": 1, "total_page": 1, "total_results": 0}
    server.plays(answer(200, {"data": [], "page_info": page}))
    more = {f"k{word}": word, "d": {word: [word]}}
    make_face(server).list(
        status=[word], analysis_mode=word, request_options={"additional_query_parameters": more}
    )
    path, _, query = server.received[0].target.partition("?")
    assert path == "/v1.3/analyze/batches"
    assert urllib.parse.parse_qsl(query, keep_blank_values=True, strict_parsing=True) == [
        ("page", "1"),
        ("status", word),
        ("analysis_mode", word),
        (f"k{word}", word),
        (f"d[{word}]", word),
    ]
    assert server.received[0].header("x-own") is None


@pytest.mark.parametrize("word", ODD_WORDS)
def test_bodies_stay_bodies(make_face: MakeFace, server: ScriptedServer, word: str) -> None:
    server.plays(answer(404))
    with pytest.raises(tb.NotFoundError):
        submit(make_face(server), requests=[item(1, prompt={"input_text": word})])
    assert len(server.received) == 1
    assert json.loads(server.received[0].body)["requests"][0]["prompt"]["input_text"] == word


@pytest.mark.parametrize("key", ["a\r\nX-Own: 1", "a\n", "a\x00b"])
def test_an_idempotency_key_is_a_header_too(make_face: MakeFace, server: ScriptedServer, key: str) -> None:
    with pytest.raises(tb.ValidationError, match="additional_headers"):
        submit(make_face(server), request_options={"additional_headers": {"Idempotency-Key": key}})
    assert server.received == []
