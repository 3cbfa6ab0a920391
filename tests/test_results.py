"""`results`, through both faces."""

import copy
import gzip
import json
import pickle
import threading
import typing

import pytest

import twelvelabs_batches as tb
from faces import Face, MakeFace, item, ready, submit
from servers import Cut, ScriptedServer, Stall, answer

BATCH_ID = "6b0000000000000000000001"


def row(number: int, **fields: typing.Any) -> dict[str, typing.Any]:
    return {"task_id": f"{number:024x}", "custom_id": f"v-{number}", "status": "queued", **fields}


def lines(*rows: bytes | dict[str, typing.Any]) -> bytes:
    return b"".join(
        entry if isinstance(entry, bytes) else json.dumps(entry).encode() + b"\n" for entry in rows
    )


def head(*headers: str) -> bytes:
    return (
        "\r\n".join(["HTTP/1.1 200 OK", "content-type: application/jsonl", *headers]).encode() + b"\r\n\r\n"
    )


def test_rows_of_every_status(face: Face, platform: tb.Emulator) -> None:
    platform.add_asset("f" * 24, analysis_error="cannot be read", analysis_error_code="asset_unavailable")
    requests = [item(n, custom_id=f"v-{n}") for n in range(20)]
    requests[3] = {"video": {"type": "asset_id", "asset_id": "f" * 24}, "custom_id": "broken"}
    batch_id = submit(face, requests=requests).batch_id
    assert {row.status for row in face.rows(batch_id)} == {"queued"}
    platform.advance(seconds=75)
    seen = {row.status for row in face.rows(batch_id)}
    assert {"processing", "ready", "queued"} <= seen
    platform.advance(hours=1)
    rows = face.rows(batch_id)
    assert [row.custom_id for row in rows] == [request.get("custom_id") for request in requests]
    for result in rows:
        assert isinstance(result, tb.BatchResultItem)
        if result.custom_id == "broken":
            assert (result.status, result.data) == ("failed", None)
            assert result.error is not None
            assert (result.error.code, result.error.message) == ("asset_unavailable", "cannot be read")
        else:
            assert (result.status, result.error) == ("ready", None)
            analysis = ready(result)
            assert analysis.data
            assert analysis.finish_reason == "stop"
            assert analysis.usage.output_tokens > 0


def test_rows_are_split_at_line_feeds_only(make_face: MakeFace, server: ScriptedServer) -> None:
    text = "a\u2028b\u2029c\u0085d\x0b\x0c\u001c"
    result = {"generation_id": "g", "data": text, "finish_reason": "stop", "usage": {"output_tokens": 1}}
    raw = json.dumps(row(1, status="ready", data=result), ensure_ascii=False).encode()
    server.plays(
        answer(
            200, b"\xef\xbb\xbf" + raw + b"\r\n\r\n \n" + raw.replace(b", ", b",\r").replace(b'01"', b'02"')
        ),
        total=2,
    )
    first, second = make_face(server).rows(BATCH_ID)
    assert ready(first).data == ready(second).data == text
    assert (first.task_id, second.task_id) == (f"{1:024x}", f"{2:024x}")


def test_each_row_is_handed_over_as_it_arrives(make_face: MakeFace, server: ScriptedServer) -> None:
    following = threading.Event()
    server.plays([head("content-length: 1000000"), lines(row(1))[:20], lines(row(1))[20:], following, Stall])
    results = make_face(server).results(BATCH_ID)
    assert next(results).custom_id == "v-1"
    results.close()
    following.set()
    with pytest.raises(StopIteration):
        next(results)


def test_unreadable_rows_are_told_and_the_rest_still_comes(
    make_face: MakeFace, server: ScriptedServer
) -> None:
    server.plays(
        answer(200, lines(row(1), b"{broken\n", row(2), b"[1]\n", {"status": "ready"}, row(3))), total=6
    )
    results = make_face(server).results(BATCH_ID)
    seen: list[str | None] = []
    errors: list[tb.MalformedRowError] = []
    while True:
        try:
            seen.append(next(results).custom_id)
        except StopIteration:
            break
        except tb.MalformedRowError as error:
            errors.append(error)
    assert seen == ["v-1", "v-2", "v-3"]
    assert [error.row for error in errors] == [2, 4, 5]
    assert errors[0].offset == len(lines(row(1)))
    assert errors[0].excerpt == "{broken"
    assert "row 2 of the results" in str(errors[0])
    assert "task_id" in str(errors[2])


def test_a_torn_last_row_is_told(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(200, lines(row(1)) + b'{"task_id": "x'), total=2)
    results = make_face(server, max_retries=0).results(BATCH_ID)
    assert next(results).custom_id == "v-1"
    with pytest.raises(tb.IncompleteResultsError) as caught:
        next(results)
    assert (caught.value.received, caught.value.expected) == (1, 2)


def test_what_follows_the_last_row_is_told(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(200, lines(row(1)) + b'{"task_id": "x'), total=1)
    results = make_face(server).results(BATCH_ID)
    assert next(results).custom_id == "v-1"
    with pytest.raises(tb.MalformedRowError) as caught:
        next(results)
    assert (caught.value.row, caught.value.raw) == (2, b'{"task_id": "x')
    with pytest.raises(StopIteration):
        next(results)


def test_a_torn_row_that_came_whole_before_is_not_told(make_face: MakeFace, server: ScriptedServer) -> None:
    rows = lines(row(1), row(2), row(3))
    broken = head("transfer-encoding: chunked") + b"%x\r\n%b\r\n" % (len(rows), rows)
    server.plays([broken, Cut], [answer(200, rows[:100])], total=3)
    assert [entry.custom_id for entry in make_face(server).rows(BATCH_ID)] == ["v-1", "v-2", "v-3"]
    assert len(server.received) == 2


def test_a_last_row_needs_no_line_feed(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(200, lines(row(1), row(2)).rstrip()), total=2)
    assert len(make_face(server).rows(BATCH_ID)) == 2


def test_no_row_at_all_is_an_error(make_face: MakeFace, server: ScriptedServer) -> None:
    for empty in (answer(200), answer(200, b"\n\n"), b"HTTP/1.1 204 No Content\r\n\r\n"):
        server.plays(empty, total=1)
        with pytest.raises(tb.IncompleteResultsError, match="only 0 of 1 items") as caught:
            make_face(server, max_retries=0).rows(BATCH_ID)
        assert isinstance(caught.value.__cause__, tb.InterruptedAnswerError)


@pytest.mark.parametrize("framing", ["content-length: 1000", "transfer-encoding: chunked"])
def test_a_broken_stream_is_told_after_the_rows_that_came(
    make_face: MakeFace, server: ScriptedServer, framing: str
) -> None:
    body = lines(row(1), row(2))
    if "chunked" in framing:
        body = f"{len(body):x}\r\n".encode() + body + b"\r\n"
    server.plays([head(framing), body, Cut], total=3)
    results = make_face(server, max_retries=0).results(BATCH_ID)
    assert [next(results).custom_id, next(results).custom_id] == ["v-1", "v-2"]
    with pytest.raises(tb.IncompleteResultsError, match="only 2 of 3 items") as caught:
        next(results)
    assert (caught.value.received, caught.value.expected) == (2, 3)
    assert isinstance(caught.value.__cause__, tb.InterruptedAnswerError)
    assert isinstance(caught.value.__cause__, ConnectionError)


@pytest.mark.parametrize("framing", ["content-length: 1000", "transfer-encoding: chunked"])
def test_a_broken_stream_is_asked_for_the_rest(
    make_face: MakeFace, server: ScriptedServer, framing: str
) -> None:
    body = lines(row(1), row(2))
    if "chunked" in framing:
        body = f"{len(body):x}\r\n".encode() + body + b"\r\n"
    server.plays([head(framing), body, Cut], answer(200, lines(row(2), row(1), row(3), row(4))), total=4)
    results = make_face(server, backoff_factor=0.001).results(BATCH_ID)
    assert [entry.custom_id for entry in results] == ["v-1", "v-2", "v-3", "v-4"]
    assert len(server.received) == 2


def test_iterating_on_after_giving_up_asks_for_the_rest(make_face: MakeFace, server: ScriptedServer) -> None:
    whole = lines(row(1), row(2), row(3))
    server.plays([head("content-length: 1000"), lines(row(1)), Cut], answer(200, whole), total=3)
    results = make_face(server, max_retries=0).results(BATCH_ID)
    assert next(results).custom_id == "v-1"
    with pytest.raises(tb.IncompleteResultsError):
        next(results)
    assert [entry.custom_id for entry in results] == ["v-2", "v-3"]


def test_silence_ends_in_a_timeout(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays([head("content-length: 1000"), lines(row(1)), Stall], total=2)
    results = make_face(server, max_retries=0).results(BATCH_ID, request_options={"timeout_in_seconds": 0.3})
    assert next(results).custom_id == "v-1"
    with pytest.raises(tb.IncompleteResultsError) as caught:
        next(results)
    cause = caught.value.__cause__
    assert isinstance(cause, tb.RequestTimeoutError)
    assert isinstance(cause, TimeoutError)
    assert (cause.limit, cause.seconds) == ("read", 0.3)


def test_an_unknown_batch_is_not_found(face: Face) -> None:
    with pytest.raises(tb.NotFoundError):
        face.rows("0" * 24)


def test_opening_is_repeated_after_passing_faults(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(503, headers={"retry-after": "0"}), Cut, answer(200, lines(row(1))), total=1)
    assert len(make_face(server).rows(BATCH_ID)) == 1
    assert len(server.received) == 3


def test_leaving_the_block_closes_the_connection(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays([head("content-length: 1000000"), lines(row(1)), Stall])
    with make_face(server).results(BATCH_ID) as results:
        assert next(results).custom_id == "v-1"
    assert server.gone.acquire(timeout=30)
    with pytest.raises(StopIteration):
        next(results)


def test_a_result_can_be_pickled_and_a_stream_refuses(face: Face) -> None:
    batch_id = submit(face).batch_id
    (first, _) = face.rows(batch_id)
    assert pickle.loads(pickle.dumps(first)) == copy.deepcopy(first) == copy.copy(first) == first
    if face.name == "sync":
        with pytest.raises(TypeError, match="cannot be pickled"):
            pickle.dumps(face.results(batch_id))


def zipped(*bodies: bytes, cut: int = 0, **headers: str) -> bytes:
    body = b"".join(gzip.compress(part) for part in bodies)
    return answer(200, body[: len(body) - cut], {"content-encoding": "gzip", **headers})


def test_gzip_is_read_whole(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(zipped(lines(row(1)), lines(row(2), row(3))), total=3)
    assert [entry.custom_id for entry in make_face(server).rows(BATCH_ID)] == ["v-1", "v-2", "v-3"]
    assert server.received[0].header("accept-encoding") == "gzip"


@pytest.mark.parametrize("damage", ["cut", "checksum", "no gzip"])
def test_damaged_gzip_is_told_after_the_rows_before_it(
    make_face: MakeFace, server: ScriptedServer, damage: str
) -> None:
    body = gzip.compress(lines(*[row(number) for number in range(2000)]))
    damaged = {
        "cut": body[: len(body) // 2],
        "checksum": body[:-8] + bytes(8),
        "no gzip": lines(row(1)),
    }[damage]
    server.plays(answer(200, damaged, {"content-encoding": "gzip"}), total=2000)
    results = make_face(server, max_retries=0).results(BATCH_ID)
    seen = []
    with pytest.raises(tb.TwelveLabsError) as caught:
        for entry in results:
            seen.append(entry.custom_id)
    error = caught.value.__cause__ if damage == "cut" else caught.value
    assert isinstance(error, tb.InterruptedAnswerError if damage == "cut" else tb.UnexpectedBodyError)
    assert "gzip encoding is" in str(error)
    least = {"cut": 500, "checksum": 2000, "no gzip": 0}[damage]
    assert seen == [f"v-{number}" for number in range(len(seen))]
    assert len(seen) >= least


def test_an_encoding_that_was_not_asked_for_is_told(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(200, b"xx", {"content-encoding": "br"}))
    with pytest.raises(tb.UnexpectedBodyError, match="encoded as `br`"):
        make_face(server).rows(BATCH_ID)


def test_tasks_that_differ_in_one_character_are_different(
    make_face: MakeFace, server: ScriptedServer
) -> None:
    task = "0123456789abcdef76543210"
    tasks = [
        task[:place] + chr(code) + task[place + 1 :]
        for place in range(len(task))
        for code in (*range(32, 127), 0x16F, 0x1F600)
    ]
    tasks += [task[:-1], task + "0", task.upper(), ""]
    body = lines(*[row(1, task_id=task) for task in tasks])
    server.plays([head(f"content-length: {len(body)}"), body], total=len(set(tasks)))
    given = [result.task_id for result in make_face(server).rows(BATCH_ID)]
    assert given == list(dict.fromkeys(tasks))
