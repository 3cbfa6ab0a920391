"""What was made of results goes wrong, and the results are there for the next call."""

import csv
import pathlib
import threading
import time
import typing

import pyarrow.parquet as pq
import pytest

import twelvelabs_batches as tb
from faces import Face, MakeFace, Stepper, item, run
from filed import FILES, in_folder, named, path_for, posix
from servers import Cut, ScriptedServer, Stall, answer
from test_columns import ready_row
from test_results import BATCH_ID, head, lines
from test_segments import segments_item
from whole import call

COUNT = 3
VERBS = ("join", "to_arrow", "to_pandas", "to_polars", "to_parquet", "to_csv")


def requests() -> list[typing.Any]:
    return [item(number, custom_id=name) for number, name in enumerate(named(COUNT))]


@pytest.fixture
def face_of_three(make_face: MakeFace, server: ScriptedServer) -> typing.Any:
    server.plays(answer(200, lines(*[ready_row(number) for number in range(COUNT)])), total=COUNT)
    return make_face(server)


def statuses(
    results: typing.Union[tb.Results, Stepper], verb: str, path: pathlib.Path, given: object
) -> list[typing.Optional[str]]:
    """The statuses of results beside requests, in whichever way these are asked for."""
    if verb == "join":
        return [pair[1] and pair[1].status for pair in call(results, verb, given)]
    if verb == "to_csv":
        assert call(results, verb, path, requests=given) == COUNT
        with path.open(encoding="utf-8", newline="") as file:
            return [each["status"] for each in csv.DictReader(file)]
    if verb == "to_parquet":
        assert call(results, verb, path, requests=given) == COUNT
        table = pq.read_table(path)
    else:
        table = call(results, verb, requests=given)
    column = table["status"]
    listed: list[typing.Optional[str]] = (
        column.to_pylist() if verb in {"to_arrow", "to_parquet"} else column.to_list()
    )
    return listed


@pytest.mark.parametrize("verb", VERBS)
def test_results_wait_for_the_right_requests(face_of_three: Face, tmp_path: pathlib.Path, verb: str) -> None:
    results, path = face_of_three.results(BATCH_ID), path_for(tmp_path, verb)
    anothers = [item(number, custom_id=f"x-{number}") for number in range(COUNT)]
    incomplete: list[typing.Any] = [{"custom_id": name} for name in named(COUNT)]
    for wrong in (anothers, requests() * 2, incomplete if verb != "join" else anothers, 5):
        with pytest.raises(tb.ValidationError):
            statuses(results, verb, path, wrong)
        assert in_folder(tmp_path) == set()
    assert statuses(results, verb, path, requests()) == ["ready"] * COUNT


@posix
@pytest.mark.parametrize("verb", ["to_parquet", "to_csv"])
def test_results_wait_for_room_on_the_disk(face_of_three: Face, tmp_path: pathlib.Path, verb: str) -> None:
    if not pathlib.Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    results = face_of_three.results(BATCH_ID)
    with pytest.raises(OSError, match="No space left on device"):
        call(results, verb, "/dev/full", requests=requests())
    assert statuses(results, verb, path_for(tmp_path, verb), requests()) == ["ready"] * COUNT


def test_results_with_one_name_can_be_collected_after_all(
    make_face: MakeFace, server: ScriptedServer
) -> None:
    server.plays(answer(200, lines(ready_row(0), {**ready_row(1), "custom_id": "v-0"})), total=2)
    results = make_face(server).results(BATCH_ID)
    for _ in range(2):
        with pytest.raises(tb.ResponseError, match="have the same custom_id"):
            call(results, "by_custom_id")
    assert len(call(results, "collect")) == 2
    assert len(call(results, "collect")) == 0


@pytest.mark.parametrize("verb", ["to_parquet", "to_csv"])
def test_lists_leave_no_file_that_was_not_finished(tmp_path: pathlib.Path, verb: str) -> None:
    collected = tb.ResultList([tb.BatchResultItem.model_validate(ready_row(0))])
    with pytest.raises(tb.ValidationError) as caught:
        getattr(collected, verb)(
            path_for(tmp_path, verb), requests=[item(0, custom_id="v-0"), {"custom_id": "v-1"}]
        )
    assert caught.value.path == "requests[1].video"
    assert in_folder(tmp_path) == set()


def test_segments_of_a_stream_that_broke_off_are_not_lost(server: ScriptedServer) -> None:
    rows = [
        segments_item({"n": number}, custom_id=f"v-{number}", task_id=f"{number:024x}").dict()
        for number in range(3)
    ]
    server.plays([head("content-length: 100000"), lines(*rows[:2]), Cut], total=3)
    with tb.BatchesClient(server.api_key, base_url=server.base_url, max_retries=1) as client:
        results = client.results(BATCH_ID)
        with pytest.raises(tb.IncompleteResultsError) as caught:
            tb.segments_of(results)
        assert str(caught.value).count("after 2 attempts in") == 1
        server.plays(answer(200, lines(*rows)), total=3)
        assert [each.segment.metadata["n"] for each in tb.segments_of(results)] == [0, 1, 2]


@pytest.mark.parametrize("verb", [*FILES, "collect", "to_arrow"])
def test_what_could_not_be_opened_is_opened_by_the_next_call(
    server: ScriptedServer, tmp_path: pathlib.Path, verb: str
) -> None:
    rows = lines(*[ready_row(number) for number in range(COUNT)])
    server.plays(answer(404), answer(200, rows), total=COUNT)
    given = [path_for(tmp_path, verb)] if verb in FILES else []

    async def ask_twice() -> typing.Any:
        async with tb.AsyncBatchesClient(server.api_key, base_url=server.base_url) as client:
            results = client.results(BATCH_ID)
            with pytest.raises(tb.NotFoundError):
                await getattr(results, verb)(*given)
            assert in_folder(tmp_path) == set()
            return await getattr(results, verb)(*given)

    got = run(ask_twice())
    assert (got if verb in FILES else len(got)) == COUNT


@pytest.mark.parametrize("verb", FILES)
def test_a_closed_stream_makes_no_file(
    make_face: MakeFace, server: ScriptedServer, tmp_path: pathlib.Path, verb: str
) -> None:
    path = path_for(tmp_path, verb)
    path.write_text("mine")
    face = make_face(server, max_retries=0)
    server.plays([head("content-length: 100000"), lines(ready_row(0)), Cut], total=COUNT)
    results = face.results(BATCH_ID)
    given = {} if verb == "to_jsonl" else {"requests": requests()}
    with pytest.raises(tb.IncompleteResultsError):
        call(results, verb, path, **given)
    results.close()
    for settings in ({}, given):
        with pytest.raises(
            tb.StreamClosedError, match=f"was closed.*read the results of batch {BATCH_ID} again"
        ):
            call(results, verb, path, **settings)
    assert path.read_text() == "mine"
    server.plays(answer(200, lines(*[ready_row(number) for number in range(COUNT)])), total=COUNT)
    assert call(face.results(BATCH_ID), verb, path) == COUNT
    assert in_folder(tmp_path) == {path.name}


@pytest.mark.parametrize("verb", FILES)
def test_a_stream_that_is_closed_meanwhile_makes_no_file(
    server: ScriptedServer, tmp_path: pathlib.Path, verb: str
) -> None:
    server.plays([head("content-length: 100000"), lines(ready_row(0)), Stall], total=COUNT)
    with tb.BatchesClient(server.api_key, base_url=server.base_url) as client:
        results = client.results(BATCH_ID)
        caught: list[BaseException] = []

        def write() -> None:
            try:
                getattr(results, verb)(path_for(tmp_path, verb))
            except BaseException as error:
                caught.append(error)

        writer = threading.Thread(target=write)
        writer.start()
        while results.delivered == 0:
            time.sleep(0.01)
        results.close()
        writer.join(30)
    assert [type(error) for error in caught] == [tb.StreamClosedError]
    assert not path_for(tmp_path, verb).exists()


@pytest.mark.parametrize("verb", FILES)
def test_a_stream_that_was_read_makes_no_file(face_of_three: Face, tmp_path: pathlib.Path, verb: str) -> None:
    """It would replace a good one by an empty one."""
    results, path = face_of_three.results(BATCH_ID), path_for(tmp_path, verb)
    assert call(results, verb, path) == COUNT
    before = path.read_bytes()
    with pytest.raises(tb.StreamClosedError, match=f"read the results of batch {BATCH_ID} again"):
        call(results, verb, path)
    assert path.read_bytes() == before
    assert in_folder(tmp_path) == {path.name}


@pytest.mark.parametrize("verb", VERBS)
def test_a_stream_that_was_read_is_not_put_beside_requests(
    face_of_three: Face, tmp_path: pathlib.Path, verb: str
) -> None:
    results, path = face_of_three.results(BATCH_ID), path_for(tmp_path, verb)
    assert len(call(results, "collect")) == COUNT
    with pytest.raises(tb.StreamClosedError, match="handed over before"):
        statuses(results, verb, path, requests())
    assert in_folder(tmp_path) == set()


@pytest.mark.parametrize("verb", ["to_arrow", "to_pandas", "to_polars", "collect", "by_custom_id"])
def test_nothing_of_a_stream_that_was_read_is_warned_of(
    face_of_three: Face, caplog: pytest.LogCaptureFixture, verb: str
) -> None:
    results = face_of_three.results(BATCH_ID)
    assert len(call(results, verb)) == COUNT
    assert caplog.records == []
    assert len(call(results, verb)) == 0
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert BATCH_ID in caplog.text


@pytest.mark.parametrize("verb", ["to_arrow", "collect", *FILES])
def test_a_batch_without_rows_is_no_stream_that_was_read(
    make_face: MakeFace,
    server: ScriptedServer,
    tmp_path: pathlib.Path,
    caplog: pytest.LogCaptureFixture,
    verb: str,
) -> None:
    server.plays(answer(200, b""), total=0)
    results = make_face(server).results(BATCH_ID)
    for _ in range(2):
        given = (path_for(tmp_path, verb),) if verb in FILES else ()
        assert not (call(results, verb, *given) if verb in FILES else len(call(results, verb)))
    assert caplog.records == []
