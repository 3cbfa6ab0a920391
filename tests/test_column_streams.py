"""Streams of columns on a bad day, and very many rows."""

import asyncio
import gc
import sys
import typing

import polars as pl
import pyarrow as pa
import pytest

import twelvelabs_batches as tb
from faces import Face, MakeFace, Stepper, submit
from servers import Cut, Part, ScriptedServer, answer
from test_columns import READERS, ready_row
from test_processes import client_of
from test_results import BATCH_ID, head, lines, row
from whole import call, cells, of_arrow, whole


def names(table: typing.Any) -> list[str]:
    listed: list[str] = table["custom_id"].to_pylist()
    return listed


def named(count: int, start: int = 0) -> list[str]:
    return [f"v-{number}" for number in range(start, count)]


def test_a_batch_that_does_not_exist_is_told(face: Face) -> None:
    for verb in ("to_arrow", "to_pandas", "to_polars", "collect", "by_custom_id"):
        with pytest.raises(tb.NotFoundError):
            whole(face, "0" * 24, verb)


@pytest.mark.parametrize("framing", ["content-length: 100000", "transfer-encoding: chunked"])
def test_a_cut_connection_costs_nothing(make_face: MakeFace, server: ScriptedServer, framing: str) -> None:
    body = lines(*[row(number) for number in range(50)])
    half = body[: len(body) // 2]
    if "chunked" in framing:
        half = b"%x\r\n%s\r\n" % (len(half), half)
    face = make_face(server, backoff_factor=0.001)
    for verb in ("to_arrow", "to_polars", "to_pandas", "collect"):
        server.plays([head(framing), half, Cut], answer(200, body), total=50)
        got = whole(face, BATCH_ID, verb)
        seen = [each.custom_id for each in got] if verb == "collect" else list(got["custom_id"])
        assert list(map(str, seen)) == named(50)
    if face.name == "sync":
        for reader in READERS.values():
            server.plays([head(framing), half, Cut], answer(200, body), total=50)
            assert [shown["custom_id"] for shown in reader(face.results(BATCH_ID))] == named(50)


def test_after_an_error_the_same_call_goes_on_and_gives_all(
    make_face: MakeFace, server: ScriptedServer
) -> None:
    torn: list[Part] = [head("content-length: 100000"), lines(row(0), row(1)), Cut]
    for verb in ("to_arrow", "collect"):
        server.plays(torn, torn, answer(200, lines(*[row(number) for number in range(4)])), total=4)
        results = make_face(server, max_retries=0).results(BATCH_ID)
        for _ in range(2):
            with pytest.raises(tb.IncompleteResultsError, match="only 2 of 4 items") as caught:
                call(results, verb)
            assert (caught.value.received, caught.value.expected) == (2, 4)
        got = call(results, verb)
        assert ([each.custom_id for each in got] if verb == "collect" else names(got)) == named(4)
        assert len(call(results, verb)) == 0, "they were handed over"


def test_closing_gives_what_has_come(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays([head("content-length: 100000"), lines(row(0), row(1)), Cut], total=4)
    for verb in ("to_arrow", "collect"):
        results = make_face(server, max_retries=0).results(BATCH_ID)
        with pytest.raises(tb.IncompleteResultsError):
            call(results, verb)
        if isinstance(results, Stepper):
            results.close()
        else:
            results.close()
        got = call(results, verb)
        assert ([each.custom_id for each in got] if verb == "collect" else names(got)) == named(2)


def test_batches_come_before_the_error_that_follows_them(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(
        [head("content-length: 100000"), lines(row(0), row(1)), Cut],
        answer(200, lines(row(0), row(1), row(2))),
        total=3,
    )
    results = make_face(server, max_retries=0).results(BATCH_ID)
    seen: list[str] = []
    errors: list[tb.TwelveLabsError] = []

    async def read(stream: tb.AsyncResults) -> None:
        async for columns in stream.record_batches():
            seen.extend(names(pa.table(columns)))

    for _ in range(2):
        try:
            if isinstance(results, Stepper):
                asyncio.run(read(results.results))
            else:
                for columns in results.record_batches():
                    seen.extend(names(pa.table(columns)))
        except tb.IncompleteResultsError as error:
            errors.append(error)
            assert seen == named(2)
    assert seen == named(3)
    assert len(errors) == 1


BROKEN = lines(row(0), b"{broken\n", row(1), b"[2]\n", row(2))


@pytest.mark.parametrize("policy", ["raise", "yield"])
def test_rows_that_cannot_be_read_are_told(make_face: MakeFace, server: ScriptedServer, policy: str) -> None:
    server.plays(answer(200, BROKEN), total=5)
    results = make_face(server, on_malformed=policy).results(BATCH_ID)
    for number in (2, 4):
        with pytest.raises(tb.MalformedRowError) as caught:
            call(results, "to_arrow")
        assert caught.value.row == number
    assert names(call(results, "to_arrow")) == named(3)


def test_rows_that_cannot_be_read_can_be_skipped(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(200, BROKEN), total=5)
    results = make_face(server, on_malformed="skip").results(BATCH_ID)
    assert names(call(results, "to_arrow")) == named(3)
    stream = results.results if isinstance(results, Stepper) else results
    assert (stream.malformed, stream.delivered) == (2, 3)


def test_half_a_character_costs_its_row_alone(make_face: MakeFace, server: ScriptedServer) -> None:
    half = b'{"task_id": "t", "custom_id": "\\ud83d", "status": "ready"}\n'
    pair = b'{"task_id": "u", "custom_id": "\\ud83d\\ude00", "status": "ready"}\n'
    server.plays(answer(200, half + pair), total=2)
    assert names(whole(make_face(server, on_malformed="skip"), BATCH_ID, "to_arrow")) == ["😀"]


def test_who_reads_the_stream_itself_gets_the_error_in_words(server: ScriptedServer) -> None:
    server.plays([head("content-length: 100000"), lines(row(0)), Cut], total=3)
    told = "IncompleteResultsError: only 1 of 3 items"
    client = client_of(server, max_retries=0)
    for name, reader in READERS.items():
        with pytest.raises(Exception, match=told) as caught:
            reader(client.results(BATCH_ID))
        assert not isinstance(caught.value, tb.TwelveLabsError), name
    reader = pa.RecordBatchReader.from_stream(client.results(BATCH_ID))
    assert names(pa.Table.from_batches([reader.read_next_batch()])) == ["v-0"], "what came before comes first"
    with pytest.raises(OSError, match=told):
        reader.read_next_batch()


MANY = 200_000


@pytest.fixture(scope="module")
def many() -> bytes:
    """A whole answer of very many rows, of which each fifth has failed."""
    rows = [
        row(number, status="failed", error={"code": "c", "message": f"m {number}"})
        if number % 5 == 0
        else ready_row(number, f"text {number} é")
        for number in range(MANY)
    ]
    return answer(200, lines(*rows))


def test_very_many_rows_are_the_same_for_all(server: ScriptedServer, many: bytes) -> None:
    server.plays(many, total=MANY)
    client = client_of(server)
    expected = [cells(each) for each in client.results(BATCH_ID)]
    assert len(expected) == MANY
    for reader in READERS.values():
        assert reader(client.results(BATCH_ID)) == expected
    assert of_arrow(client.results(BATCH_ID).to_arrow()) == expected
    assert client.results(BATCH_ID).to_pandas().task_id.tolist() == [shown["task_id"] for shown in expected]


def test_columns_cost_no_python_object_a_row(
    make_face: MakeFace, server: ScriptedServer, many: bytes
) -> None:
    server.plays(many, total=MANY)
    face = make_face(server)
    for verb in ("to_arrow", "to_polars", "to_pandas"):
        whole(face, BATCH_ID, verb)  # what is loaded once is loaded
        gc.collect()
        gc.disable()
        try:
            before = sys.getallocatedblocks()
            table = whole(face, BATCH_ID, verb)
            made = sys.getallocatedblocks() - before
        finally:
            gc.enable()
        assert len(table) == MANY
        assert made < MANY / 100, verb
    gc.disable()
    try:
        before = sys.getallocatedblocks()
        rows = face.rows(BATCH_ID)
        assert sys.getallocatedblocks() - before > 3 * len(rows), "which rows do"
    finally:
        gc.enable()
    assert pl.DataFrame(whole(face, BATCH_ID, "collect").to_arrow()).shape == (MANY, 11)


def test_columns_and_streams_do_not_pickle(face: Face) -> None:
    import pickle

    columns = tb.ResultList()._columns()
    with pytest.raises(TypeError, match="make a table of them"):
        pickle.dumps(columns)
    submit(face)
