"""Lists of results, and results joined to the requests that asked for them."""

import copy
import dataclasses
import inspect
import pickle
import typing

import polars as pl
import pyarrow as pa
import pytest

import twelvelabs_batches as tb
from faces import Face, MakeFace, Stepper, item, submit
from servers import ScriptedServer, answer
from test_columns import ready_row
from test_results import BATCH_ID, lines, row
from whole import COLUMNS, call, cells, of_arrow, of_pandas, of_polars, whole

REQUEST_COLUMNS = ("request_index", "asset_id", "prompt", "start_time", "end_time", "request")


def items(*rows: dict[str, typing.Any]) -> tb.ResultList:
    return tb.ResultList(tb.BatchResultItem.model_validate(each) for each in rows)


def test_a_list_is_a_sequence_that_does_not_change(face: Face, platform: tb.Emulator) -> None:
    created = submit(face, count=5)
    platform.advance(hours=1)
    rows = face.rows(created.batch_id)
    collected: tb.ResultList = whole(face, created.batch_id, "collect")
    assert list(collected) == rows == [collected[number] for number in range(5)]
    assert (len(collected), collected[-1], rows[2] in collected, collected.index(rows[3])) == (
        5,
        rows[4],
        True,
        3,
    )
    assert collected[1:3] == tb.ResultList(rows[1:3])
    assert isinstance(collected[:0], tb.ResultList)
    assert (
        collected == tb.ResultList(rows) == pickle.loads(pickle.dumps(collected)) == copy.deepcopy(collected)
    )
    assert hash(collected) == hash(tb.ResultList(rows))
    assert collected != rows
    assert repr(collected) == "<ResultList: 5 items, 5 ready>"
    with pytest.raises(TypeError):
        collected[0] = rows[1]  # type: ignore[index]
    with pytest.raises(TypeError, match=r'numbered; look one up by its name: by_custom_id\(\)\["v-1"\]'):
        collected["v-1"]  # type: ignore[call-overload]
    with pytest.raises(AttributeError):
        collected.other = 1  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match="a list of results holds BatchResultItem, not dict"):
        tb.ResultList([{"task_id": "t"}])  # type: ignore[list-item]
    assert not tb.ResultList()


def test_counts_and_tokens_are_added_up() -> None:
    rows = [ready_row(number) for number in range(3)]
    odd = row(8, status="ready", data={"usage": {"output_tokens": "many", "input_tokens": True}})
    collected = items(
        *rows,
        row(3, status="failed"),
        row(4),
        row(5, status="paused"),
        odd,
        row(6, status="ready", data="text"),
    )
    assert collected.counts == {"queued": 1, "ready": 5, "failed": 1, "paused": 1}
    assert list(collected.counts) == ["queued", "ready", "failed", "paused"]
    assert (collected.output_tokens, collected.input_tokens) == (3, 3 * (2**53 - 1))
    assert repr(collected) == "<ResultList: 8 items, 1 queued, 5 ready, 1 failed, 1 paused>"
    assert [each.custom_id for each in collected.with_status("failed", "queued")] == ["v-3", "v-4"]
    with pytest.raises(TypeError, match=r"one by one, as in with_status\('ready', 'failed'\), not list"):
        collected.with_status(["ready"])  # type: ignore[arg-type]
    assert repr(collected[:1]) == "<ResultList: 1 item, 1 ready>"


def test_rows_that_cannot_be_read_are_kept_apart(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(200, lines(row(0), b"{broken\n", row(1))), total=3)
    collected: tb.ResultList = whole(make_face(server, on_malformed="yield"), BATCH_ID, "collect")
    assert [each.custom_id for each in collected] == ["v-0", "v-1"]
    assert [each.raw for each in collected.malformed] == [b"{broken"]
    assert repr(collected) == "<ResultList: 2 items, 2 queued, 1 malformed>"
    assert pickle.loads(pickle.dumps(collected)) == collected


def test_items_by_custom_id(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(200, lines(row(1), row(2, custom_id=None), row(3, status="processing"))), total=3)
    face = make_face(server)
    found = whole(face, BATCH_ID, "by_custom_id")
    assert {name: each.status for name, each in found.items()} == {
        "v-1": "queued",
        f"{2:024x}": "queued",
        "v-3": "processing",
    }
    assert found == whole(face, BATCH_ID, "collect").by_custom_id()
    server.plays(answer(200, lines(row(1), row(2, custom_id="v-1"), row(3))), total=3)
    with pytest.raises(tb.ResponseError, match=f"{1:024x} and {2:024x} have the same custom_id 'v-1'"):
        whole(face, BATCH_ID, "by_custom_id")


@dataclasses.dataclass
class Video:
    type: str
    asset_id: str


@dataclasses.dataclass
class Request:
    video: Video
    custom_id: typing.Optional[str] = None


def requests_of_every_kind() -> list[typing.Any]:
    return [
        item(0, custom_id="v-0", prompt={"input_text": "Who speaks? 😀"}, start_time=1.5),
        tb.BatchItemRequest(
            video=tb.BatchVideoContext(type="asset_id", asset_id=f"{1:024x}"), custom_id="v-1"
        ),
        Request(Video("asset_id", f"{2:024x}"), "v-2"),
    ]


@pytest.mark.parametrize("order", ["submission", "shuffled"])
def test_requests_meet_their_results_in_their_order(make_face: MakeFace, order: str) -> None:
    with tb.Emulator(speed=0, row_order=typing.cast("typing.Any", order)) as platform:
        face = make_face(platform)
        requests = requests_of_every_kind()
        created = submit(face, requests=requests)
        for hours in (0, 1):
            platform.advance(hours=hours)
            by_task = {each.task_id: each for each in face.rows(created.batch_id)}
            expected = [by_task[each.task_id] for each in created.items]
            for settings in ({}, {"created": created}):
                pairs = whole(face, created.batch_id, "join", requests, **settings)
                assert all(pair[0] is request for pair, request in zip(pairs, requests))
                assert [pair[1] for pair in pairs] == expected
            back = whole(face, created.batch_id, "join", iter(requests[:0:-1]))
            assert [pair[1] for pair in back] == expected[:0:-1], "a part, in another order"


def test_requests_without_custom_ids_are_found_by_their_tasks(make_face: MakeFace) -> None:
    with tb.Emulator(speed=0, row_order="shuffled") as platform:
        face = make_face(platform)
        requests = [item(number) for number in range(20)]
        requests[7]["custom_id"] = "seven"
        created = submit(face, requests=requests)
        platform.advance(hours=1)
        pairs = whole(face, created.batch_id, "join", requests, created)
        assert [pair[1].task_id for pair in pairs] == [each.task_id for each in created.items]
        table = whole(face, created.batch_id, "to_polars", requests=requests, created=created)
        assert table["task_id"].to_list() == [each.task_id for each in created.items]
        assert table["asset_id"].to_list() == [f"{number:024x}" for number in range(20)]
        plain = {"items": [each.dict() for each in created.items]}
        assert whole(face, created.batch_id, "join", requests, plain) == pairs
        with pytest.raises(tb.ValidationError, match="pass what `create` returned as `created`") as caught:
            whole(face, created.batch_id, "join", requests)
        assert caught.value.path == "requests[0].custom_id"


def test_missing_results_are_none() -> None:
    collected = items(row(1, status="ready"), row(0))
    requests = [item(number, custom_id=f"v-{number}") for number in range(3)]
    created = tb.CreateAnalyzeBatchResponse.model_construct(
        items=[tb.CreatedBatchItem(task_id=f"{number:024x}", custom_id=f"v-{number}") for number in range(3)]
    )
    for settings in (None, created):
        assert [each and each.custom_id for _, each in collected.join(requests, settings)] == [
            "v-0",
            "v-1",
            None,
        ]
        shown = collected.to_arrow(requests=requests, created=settings).to_pylist()
        assert [each["custom_id"] for each in shown] == ["v-0", "v-1", "v-2"], "that of the request"
        assert [each["status"] for each in shown] == ["queued", "ready", None]
        assert shown[2]["task_id"] == (None if settings is None else f"{2:024x}")
    assert collected.join([]) == []
    assert tb.ResultList().join(requests) == [(request, None) for request in requests]


WRONG: dict[str, tuple[typing.Any, typing.Any, str, str]] = {
    "no custom_id": ([item(0, custom_id="v-0"), item(1)], None, "requests[1].custom_id", "by its task"),
    "twice the same": (
        [item(0, custom_id="v-0"), item(1, custom_id="v-1"), item(2, custom_id="v-0")],
        None,
        "requests[2].custom_id",
        "'v-0' is that of requests[0] too",
    ),
    "another batch's results": ([item(0, custom_id="x")], None, "requests", "none of the 2 results"),
    "too few tasks": ([item(0)], {"items": []}, "created", "it has 0 items, and there are 1 requests"),
    "another batch's tasks": (
        [item(0, custom_id="v-0")],
        {"items": [{"task_id": "t", "custom_id": "y"}]},
        "created.items[0].custom_id",
        "it is 'y', and that of requests[0] is 'v-0'",
    ),
    "a task with a name": (
        [item(0)],
        {"items": [{"task_id": "t", "custom_id": "y"}]},
        "created.items[0].custom_id",
        "is None",
    ),
    "one request": (item(0, custom_id="v-0"), None, "requests", "not dict"),
    "one request as an object": (
        tb.BatchItemRequest(video=tb.BatchVideoContext(type="asset_id", asset_id="0" * 24), custom_id="v-0"),
        None,
        "requests",
        "not BatchItemRequest",
    ),
    "a text": ("v-0", None, "requests", "the requests of a batch are expected, not str"),
    "a number": (5, None, "requests", "not int"),
    "an odd name": (
        [item(0, custom_id="v-0"), item(1, custom_id=["v-1"])],
        None,
        "requests[1].custom_id",
        "a str is expected, not list",
    ),
    "no answer of create": ([item(0)], 5, "created", "what `create` returned is expected, not int"),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_what_cannot_be_matched_is_told(mistake: str) -> None:
    requests, created, path, told = WRONG[mistake]
    collected = items(row(0), row(1))
    for use in (collected.join, lambda given, created: collected.to_arrow(requests=given, created=created)):
        with pytest.raises(tb.ValidationError) as caught:
            use(requests, created)
        assert caught.value.path == path
        assert told in str(caught.value)


def test_tables_have_the_requests_beside_the_results(make_face: MakeFace) -> None:
    with tb.Emulator(speed=0, row_order="shuffled") as platform:
        face = make_face(platform)
        requests = requests_of_every_kind()
        created = submit(face, requests=requests)
        platform.advance(hours=1)
        rows = {each.custom_id: each for each in face.rows(created.batch_id)}
        expected = [cells(rows[f"v-{number}"]) for number in range(3)]
        for verb, read in (("to_arrow", of_arrow), ("to_pandas", of_pandas), ("to_polars", of_polars)):
            for table in (
                whole(face, created.batch_id, verb, requests=requests),
                getattr(whole(face, created.batch_id, "collect"), verb)(requests=requests, created=created),
            ):
                shown = read(table)
                assert [{name: each[name] for name in COLUMNS} for each in shown] == expected
                assert list(shown[0]) == [*COLUMNS, *REQUEST_COLUMNS]
                assert [each["request_index"] for each in shown] == [0, 1, 2]
                assert [each["asset_id"] for each in shown] == [f"{number:024x}" for number in range(3)]
                assert [each["prompt"] for each in shown] == ["Who speaks? 😀", None, None]
                assert [each["start_time"] for each in shown] == [1.5, None, None]
                read_back = [tb.BatchItemRequest.model_validate_json(each["request"]) for each in shown]
                assert read_back == [tb.BatchItemRequest.model_validate(each) for each in requests]
        with pytest.raises(tb.ValidationError, match="vidio") as caught:
            whole(
                face, created.batch_id, "to_arrow", requests=[*requests[1:], {"custom_id": "v-0", "vidio": 1}]
            )
        assert caught.value.path.startswith("requests[2].")


def test_a_list_is_read_like_a_stream() -> None:
    collected = items(ready_row(1), row(2))
    assert pa.table(collected).equals(collected.to_arrow())
    assert pl.DataFrame(collected.to_arrow()).equals(collected.to_polars())
    assert collected.to_pandas().shape == (2, 11)
    assert collected.to_pandas(dtype_backend="pyarrow").dtypes.nunique() == 2


def test_both_kinds_of_streams_and_lists_have_the_same_methods() -> None:
    def methods(kind: type) -> dict[str, list[tuple[str, object]]]:
        return {
            name: [
                (each.name, each.default)
                for each in inspect.signature(getattr(kind, name)).parameters.values()
            ]
            for name in dir(kind)
            if name.startswith(("to_", "by_", "join", "collect", "record"))
        }

    assert methods(tb.Results) == methods(tb.AsyncResults)
    of_list = methods(tb.ResultList)
    assert of_list.items() <= methods(tb.Results).items()
    assert len(of_list) == 8
    for name in methods(tb.Results):
        documentation = getattr(tb.Results, name).__doc__
        assert getattr(tb.AsyncResults, name).__doc__ == documentation
        assert "Raises:\n" in documentation


def test_streams_know_their_batch(face: Face, platform: tb.Emulator) -> None:
    batch_id = submit(face).batch_id
    results = face.results(batch_id)
    stream = results.results if isinstance(results, Stepper) else results
    assert stream.batch_id == batch_id
    assert len(call(results, "collect")) == 2
