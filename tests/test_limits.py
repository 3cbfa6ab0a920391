"""Answers without an end: they are refused, in bounded memory."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import typing

import pytest

import twelvelabs_batches as tb
from calls import BATCH_ID, CALLS, UNARY
from floods import MIB, Flood, bomb, head
from servers import ScriptedServer, answer
from test_results import row

if typing.TYPE_CHECKING:
    from faces import MakeFace

#: What the sockets of both ends may hold beside what was read.
SOCKETS = 32 * MIB
PIECE = b"x" * 65536
GZIP = "content-encoding: gzip"
QUICK: dict[str, typing.Any] = {"max_retries": 0, "backoff_factor": 0.001}
NAMED = {400: tb.BadRequestError, 500: tb.InternalServerError, 302: tb.ApiError}

CALLER = r"""
import re, sys
sys.path.insert(0, sys.argv[1])
import twelvelabs_batches as tb
from calls import CALLS
from faces import AsyncFace, SyncFace

class Target:
    base_url, api_key = sys.argv[3], "k"

def peak():
    return int(re.search(r"VmHWM:\s+(\d+) kB", open("/proc/self/status").read())[1])

face = {"sync": SyncFace, "async": AsyncFace}[sys.argv[2]](Target(), max_retries=0, backoff_factor=0.001)
try:
    face.retrieve("6b0000000000000000000001", request_options={"timeout_in_seconds": 1e-9})
except tb.TwelveLabsError:
    pass
before = peak()
for name in sys.argv[4:]:
    try:
        CALLS[name](face)
    except tb.TwelveLabsError as error:
        print(name, type(error).__name__, str(error)[:200].replace("\n", " "))
    else:
        print(name, "nothing")
print(peak() - before)
"""


def called(kind: str, flood: Flood, *calls: str) -> tuple[list[str], int]:
    """What calls of a process of its own raised, and by how many bytes its memory grew."""
    done = subprocess.run(
        [sys.executable, "-c", CALLER, str(__file__).rsplit("/", 1)[0], kind, flood.base_url, *calls],
        capture_output=True,
        text=True,
        check=True,
    )
    *told, grown = done.stdout.splitlines()
    return told, int(grown) * 1024


linux_only = pytest.mark.skipif(sys.platform != "linux", reason="peak memory is in kB on Linux only")
both_faces = pytest.mark.parametrize("kind", ["sync", "async"])


@linux_only
@both_faces
@pytest.mark.parametrize("status", NAMED)
def test_refusals_without_an_end(kind: str, status: int) -> None:
    with Flood(head(status, "content-type: text/html"), PIECE) as flood:
        told, grown = called(kind, flood, *CALLS)
    for name, line in zip(CALLS, told):
        lost = name == "create" and status == 500
        expected = "CreateOutcomeUnknownError" if lost else NAMED[status].__name__
        assert line.split()[:2] == [name, expected]
    assert grown < 32 * MIB
    assert max(flood.taken) < MIB + SOCKETS


@linux_only
@both_faces
def test_answers_without_an_end(kind: str) -> None:
    with Flood(head(200, "content-type: application/json"), PIECE) as flood:
        told, grown = called(kind, flood, *UNARY)
    for name, line in zip(UNARY, told):
        if name == "create":
            assert line.startswith("create CreateOutcomeUnknownError")
        elif name == "delete":
            assert line.startswith("delete UnexpectedBodyError the platform answered 200, but not with 204")
        else:
            assert line.startswith(f"{name} UnexpectedBodyError the platform answered 200, but its body is")
    assert grown < 3 * 64 * MIB
    assert max(flood.taken) < 64 * MIB + SOCKETS


@linux_only
@both_faces
@pytest.mark.parametrize("encoded", [False, True], ids=["plain", "gzip"])
def test_a_row_without_an_end(kind: str, *, encoded: bool) -> None:
    start = b'{"task_id": "000000000000000000000001", "status": "ready", "data": {"data": "'
    with Flood(head(200, GZIP) + bomb(400, start)) if encoded else Flood(head(200) + start, PIECE) as flood:
        told, grown = called(kind, flood, "results")
    assert told == [
        "results UnexpectedBodyError the platform answered 200, but a row is longer than 268435456 bytes"
    ]
    assert grown < 3 * 256 * MIB
    assert max(flood.taken) < 256 * MIB + SOCKETS


@linux_only
@both_faces
def test_a_small_refusal_that_unpacks_to_much(kind: str) -> None:
    packed = bomb(600)
    assert len(packed) < MIB
    with Flood(head(400, GZIP, f"content-length: {len(packed)}") + packed) as flood:
        told, grown = called(kind, flood, *CALLS)
    assert [line.split()[1] for line in told] == ["BadRequestError"] * len(CALLS)
    assert grown < 64 * MIB


@linux_only
@both_faces
def test_a_small_answer_that_unpacks_to_much(kind: str) -> None:
    packed = bomb(600, b'{"batch_id": "')
    with Flood(head(200, GZIP, f"content-length: {len(packed)}") + packed) as flood:
        told, grown = called(kind, flood, "retrieve", "list", "cancel")
    for line in told:
        assert "UnexpectedBodyError the platform answered 200, but its body is longer than 67108864" in line
    assert grown < 3 * 64 * MIB


@pytest.mark.parametrize("status", [400, 200])
def test_a_refusal_is_cut_and_an_answer_is_not(
    make_face: MakeFace, server: ScriptedServer, status: int
) -> None:
    batch = {"pad": "x" * (2 * MIB), "code": "much"}
    server.plays(answer(status, batch))
    with pytest.raises(tb.TwelveLabsError) as caught:
        make_face(server, **QUICK).retrieve(BATCH_ID)
    if isinstance(caught.value, tb.ApiError):
        assert caught.value.code is None
        assert len(caught.value.body) == MIB
    else:
        assert "missing field `batch_id`" in str(caught.value)
    assert len(str(caught.value)) < 1000


@pytest.mark.parametrize("encoded", [False, True], ids=["plain", "gzip"])
def test_long_rows_below_the_limit_are_read(
    make_face: MakeFace, server: ScriptedServer, *, encoded: bool
) -> None:
    analysis = {
        "generation_id": "g",
        "data": "a" * (16 * MIB),
        "finish_reason": "stop",
        "usage": {"output_tokens": 1},
    }
    body = json.dumps(row(1, status="ready", data=analysis)).encode() + b"\n"
    fields = {"content-encoding": "gzip"} if encoded else {}
    server.plays(answer(200, gzip.compress(body) if encoded else body, fields), total=1)
    (only,) = make_face(server).rows(BATCH_ID)
    assert only.data is not None
    assert only.data.data == analysis["data"]


@pytest.mark.timeout(60)
def test_a_gzip_header_has_a_limit(make_face: MakeFace, server: ScriptedServer) -> None:
    named = b"\x1f\x8b\x08\x08" + b"\0" * 6 + b"n" * (96 * 1024)
    server.plays(answer(200, named, {"content-encoding": "gzip"}))
    with pytest.raises(tb.UnexpectedBodyError, match="gzip"):
        make_face(server, **QUICK).retrieve(BATCH_ID)


def test_what_unpacks_to_nothing_has_a_limit(make_face: MakeFace) -> None:
    with Flood(head(400, GZIP) + gzip.compress(b"{"), b"\0" * 65536, most=160 * MIB) as flood:
        with pytest.raises(tb.BadRequestError):
            make_face(flood, timeout=60, **QUICK).retrieve(BATCH_ID)
        assert max(flood.taken) < 64 * MIB + SOCKETS


def test_what_is_received_before_it_is_asked_for_has_a_limit(make_face: MakeFace) -> None:
    with Flood(head(200), PIECE + b"\n") as flood:
        face = make_face(flood, on_malformed="yield", **QUICK)
        read, *left = [face.results(BATCH_ID) for _ in range(3)]
        for stream in (read, *left):
            next(stream)
        while flood.taken[0] < 128 * MIB:
            next(read)
        assert len(flood.taken) == 1 + len(left)
        assert max(flood.taken[1:]) < 2 * MIB + SOCKETS
        for stream in (read, *left):
            stream.close()


BLOCKS = {
    "10,000 headers": (b"HTTP/1.1 200 X\r\n" + b"".join(b"h%d: x\r\n" % n for n in range(10_000)), b"\r\n"),
    "headers": (b"HTTP/1.1 200 X\r\n", b"h: x\r\n" * 1000),
    "one header": (b"HTTP/1.1 200 X\r\nh: ", PIECE),
    "the name of a header": (b"HTTP/1.1 200 X\r\n", PIECE),
    "the reason": (b"HTTP/1.1 200 ", PIECE),
    "the version": (b"", PIECE),
}


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("call", CALLS)
def test_heads_without_an_end(make_face: MakeFace, block: str, call: str) -> None:
    with Flood(*BLOCKS[block], most=64 * MIB) as flood:
        with pytest.raises((tb.InterruptedAnswerError, tb.CreateOutcomeUnknownError)) as caught:
            CALLS[call](make_face(flood, **QUICK))
        assert max(flood.taken) < SOCKETS
    assert isinstance(caught.value, tb.InterruptedAnswerError) == (call != "create")


@pytest.mark.parametrize("count", [50, 90])
def test_some_headers_are_no_harm(make_face: MakeFace, server: ScriptedServer, count: int) -> None:
    server.plays(answer(404, headers={f"h{n}": "x" * 1000 for n in range(count)}))
    with pytest.raises(tb.NotFoundError) as caught:
        make_face(server).retrieve(BATCH_ID)
    assert caught.value.headers is not None
    assert len(caught.value.headers) == count + 1


@pytest.mark.parametrize(
    ("beginning", "piece"),
    [
        (head(400, "transfer-encoding: chunked") + b"1;", PIECE),
        (head(400, "transfer-encoding: chunked") + b"0\r\n", b"h: x\r\n" * 1000),
        (head(400, "transfer-encoding: chunked") + b"1" * 15 + b"\r\n", PIECE),
        (head(400, "content-length: 9999999999999999"), PIECE),
    ],
    ids=["extension", "trailers", "chunk", "length"],
)
def test_chunks_without_an_end(make_face: MakeFace, beginning: bytes, piece: bytes) -> None:
    with Flood(beginning, piece, most=128 * MIB) as flood:
        with pytest.raises(tb.BadRequestError):
            make_face(flood, **QUICK).retrieve(BATCH_ID)
        assert max(flood.taken) < MIB + SOCKETS


def test_announcements_without_an_end(make_face: MakeFace) -> None:
    flood = Flood(b"", b"HTTP/1.1 103 X\r\n\r\n" * 1000, most=1 << 60)
    with flood, pytest.raises(tb.RequestTimeoutError) as caught:
        make_face(flood, timeout=0.3, **QUICK).retrieve(BATCH_ID)
    assert caught.value.limit in ("read", "total")
