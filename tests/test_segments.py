"""Segments of answers, and tables of them."""

from __future__ import annotations

import copy
import json
import pickle
import sys
import typing

import polars
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st

import test_results
import twelvelabs_batches as tb
from faces import submit
from films import Mood, PlainScene, Shot, answers, ready_item
from servers import ScriptedServer, answer

if typing.TYPE_CHECKING:
    from faces import Face, MakeFace

FIXED = ["custom_id", "task_id", "definition_id", "start", "end", "duration"]


def segments_item(*metadata: typing.Dict[str, typing.Any], **fields: typing.Any) -> tb.BatchResultItem:
    """An item with a segment for each of these."""
    segments = [
        {"start_time": index, "end_time": index + 1, "metadata": each} for index, each in enumerate(metadata)
    ]
    return ready_item(json.dumps({"scene": segments}), **fields)


@pytest.mark.parametrize("time_format", ["seconds", "hh:mm:ss", "hh:mm:ss.fff", None])
def test_segments_are_in_seconds_whatever_the_format(
    face: Face, platform: tb.Emulator, time_format: str | None
) -> None:
    chosen: typing.Any = {} if time_format is None else {"segment_time_format": time_format}
    scene = tb.SegmentDefinition(id="scene", description="A scene.")
    response_format = tb.AsyncResponseFormat(
        type="segment_definitions",
        segment_definitions=[tb.segment_definition_of(Shot, time_format="hh:mm:ss"), scene],
        **chosen,
    )
    rows = answers(platform, face, response_format)
    for row in rows:
        raw = row.parse()
        segments = row.segments()
        assert row.data is not None
        assert segments == row.data.segments()
        assert list(dict.fromkeys(each.definition_id for each in segments)) == [
            name for name in raw if raw[name]
        ]
        told = [each for name in raw for each in raw[name]]
        assert [each.metadata for each in segments] == [each["metadata"] for each in told]
        for segment, each in zip(segments, told, strict=True):
            assert type(segment.start) is float
            assert 0 <= segment.start < segment.end
            assert segment.duration == segment.end - segment.start
            if time_format in (None, "seconds"):
                assert (segment.start, segment.end) == (each["start_time"], each["end_time"])
            else:
                hours, minutes, seconds = each["start_time"].split(":")
                assert segment.start == int(hours) * 3600 + int(minutes) * 60 + float(seconds)
        shots = [each for each in segments if each.definition_id == "shot"]
        assert all(isinstance(shot.metadata["peak"], str) for shot in shots)
    table = tb.segments_of(rows)
    assert len(table) == sum(len(row.segments()) for row in rows) > 8
    assert not table.skipped


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        (0, 0.0),
        (12.5, 12.5),
        ("00:00:00", 0.0),
        ("00:01:02.500", 62.5),
        ("1:2:3", 3723.0),
        ("123:00:00", 442800.0),
        ("75:30", 4530.0),
        ("00:00:01,25", 1.25),
        (" 00:00:01 ", 1.0),
    ],
)
def test_times_are_read_in_every_form(told: typing.Any, seconds: float) -> None:
    text = json.dumps({"s": [{"start_time": told, "end_time": told}]})
    (segment,) = ready_item(text).segments()
    assert (segment.start, segment.end, segment.metadata) == (seconds, seconds, {})


ODD: typing.List[typing.Any] = [
    None,
    True,
    [],
    "",
    "soon",
    "1:2:3:4",
    "-00:00:01",
    "00:00:100",
    "\u0660:\u0660\u0660",
]


@pytest.mark.parametrize(
    ("value", "path", "reason"),
    [
        ([], "", "an object of lists by definition"),
        ("x", "", "an object of lists by definition"),
        ({"s": {}}, "s", "a list of segments"),
        ({"s": [1]}, "s[0]", "a segment, as an object"),
        ({"s": [{"start_time": 1}]}, "s[0].end_time", "it is missing"),
        *(
            ({"s": [{"start_time": odd, "end_time": 9}]}, "s[0].start_time", "a number of seconds, `hh")
            for odd in ODD
        ),
        ({"s": [{"start_time": 10**400, "end_time": 9}]}, "s[0].start_time", "too large"),
        ({"s": [{"start_time": 1, "end_time": 2, "metadata": []}]}, "s[0].metadata", "an object"),
    ],
)
def test_what_is_no_segment_is_told_with_its_place(value: typing.Any, path: str, reason: str) -> None:
    row = ready_item(json.dumps(value))
    with pytest.raises(tb.InvalidAnswerError) as caught:
        row.segments()
    assert caught.value.path == path
    assert reason in caught.value.reason
    assert path in str(caught.value)
    assert caught.value.text == json.dumps(value)
    assert caught.value.custom_id == "v-1"


def test_metadata_can_be_objects() -> None:
    row = segments_item({"title": "Rain", "mood": "calm"}, {"title": "Sun", "mood": "joyful"})
    segments = row.segments(PlainScene)
    assert [each.metadata for each in segments] == [
        PlainScene("Rain", Mood.CALM),
        PlainScene("Sun", Mood.JOYFUL),
    ]
    odd = segments_item({"title": "Rain", "mood": "wet"}, {"mood": "calm"})
    with pytest.raises(tb.AnswerMismatchError) as caught:
        odd.segments(metadata=PlainScene)
    assert [each.path for each in caught.value.mismatches] == [
        "scene[0].metadata.mood",
        "scene[1].metadata.title",
    ]
    assert caught.value.__cause__ is not None


def test_segments_are_values() -> None:
    (segment,) = segments_item({"a": 1}).segments()
    assert segment == tb.Segment("scene", 0.0, 1.0, {"a": 1})
    assert pickle.loads(pickle.dumps(segment)) == copy.deepcopy(segment) == segment
    assert repr(segment) == "Segment(definition_id='scene', start=0.0, end=1.0, metadata={'a': 1})"
    with pytest.raises(AttributeError):
        segment.start = 2.0  # type: ignore[misc]
    match segment:
        case tb.Segment(definition_id, start):
            assert (definition_id, start) == ("scene", 0.0)


def test_items_without_segments_are_counted(face: Face, platform: tb.Emulator) -> None:
    batch = submit(face)
    queued = face.rows(batch.batch_id)
    odd = ready_item("no JSON")
    table = tb.segments_of([segments_item({}), *queued, odd, ready_item('{"scene": []}')])
    assert len(table) == 1
    assert [skipped.item for skipped in table.skipped] == [*queued, odd]
    assert [type(skipped.reason) for skipped in table.skipped] == [
        tb.NoAnswerError,
        tb.NoAnswerError,
        tb.InvalidAnswerError,
    ]
    assert repr(table) == "<SegmentTable: 1 segment of 1 item, 3 items skipped>"
    with pytest.raises(tb.NoAnswerError):
        tb.segments_of(queued, strict=True)
    for unfit in (5, [5], queued[0]):
        with pytest.raises(tb.ValidationError, match="result item"):
            tb.segments_of(typing.cast("typing.Any", unfit))
    with pytest.raises(
        tb.ValidationError, match=r"an iterable of result items is expected.*not BatchResultItem"
    ):
        tb.segments_of(queued[0])  # type: ignore[arg-type]


def test_a_table_is_a_sequence() -> None:
    items = [segments_item({"n": number}, {}, task_id=f"t-{number}") for number in range(3)]
    table = tb.segments_of(iter(items))
    assert len(table) == 6
    item, segment = table[2]
    assert (item, segment) == (items[1], tb.Segment("scene", 0.0, 1.0, {"n": 1}))
    assert table[-1].item == items[2]
    assert isinstance(table[1:3], tb.SegmentTable)
    assert [row.segment.metadata for row in table[::2]] == [{"n": 0}, {"n": 1}, {"n": 2}]
    assert table[0] in table
    assert table.index(table[3]) == 3
    assert pickle.loads(pickle.dumps(table)) == table == tb.segments_of(items)
    assert table != tb.segments_of(items[:1])
    assert str(table).count("\n") == 6
    assert str(tb.segments_of(items * 5)).endswith("and 20 more")
    with pytest.raises(IndexError):
        table[6]


MIXED = [
    segments_item(
        {
            "text": "a",
            "whole": 1,
            "part": 1,
            "truth": True,
            "texts": ["x"],
            "start": "00:00:01",
            "odd": 1,
            "nested": {"a": [1]},
            "huge": 2**70,
            "rows": [{"a": 1}],
        },
        {"text": None, "part": 0.5, "texts": [], "odd": "ü", "whole": 2, "late": [1, 2.5]},
    ),
    segments_item({}, custom_id=None, task_id="t-2"),
]
COLUMNS: typing.Dict[str, typing.List[typing.Any]] = {
    "custom_id": ["v-1", "v-1", None],
    "task_id": ["t-1", "t-1", "t-2"],
    "definition_id": ["scene"] * 3,
    "start": [0.0, 1.0, 0.0],
    "end": [1.0, 2.0, 1.0],
    "duration": [1.0] * 3,
    "text": ["a", None, None],
    "whole": [1, 2, None],
    "part": [1.0, 0.5, None],
    "truth": [True, None, None],
    "texts": [["x"], [], None],
    "metadata_start": ["00:00:01", None, None],
    "odd": ["1", '"ü"', None],
    "nested": ['{"a": [1]}', None, None],
    "huge": [str(2**70), None, None],
    "rows": ['[{"a": 1}]', None, None],
    "late": [None, [1.0, 2.5], None],
}


def test_columns_are_the_same_in_every_library() -> None:
    table = tb.segments_of(MIXED)
    arrow = table.to_arrow()
    assert arrow.to_pydict() == COLUMNS
    assert list(COLUMNS) == arrow.column_names
    assert arrow.schema.field("whole").type == pyarrow.int64()
    assert arrow.schema.field("texts").type == pyarrow.list_(pyarrow.string())
    frame = table.to_polars()
    assert frame.to_dict(as_series=False) == COLUMNS
    assert frame.schema["part"] == polars.Float64
    pandas = table.to_pandas()
    assert list(pandas.columns) == list(COLUMNS)
    assert pandas.astype("object").where(pandas.notna(), None).to_dict("list") == COLUMNS
    assert str(pandas["whole"].dtype) == "Int64"
    assert str(pandas["start"].dtype) == "float64"


def test_dicts_have_every_column_and_the_values_as_they_are() -> None:
    first, second, third = tb.segments_of(MIXED).to_dicts()
    assert list(first) == list(second) == list(third) == list(COLUMNS)
    assert first["nested"] == {"a": [1]}
    assert (first["odd"], second["odd"], third["odd"]) == (1, "ü", None)
    assert first["huge"] == 2**70


def test_an_empty_table_has_its_columns() -> None:
    table = tb.segments_of([])
    assert table.to_dicts() == []
    assert table.to_arrow().column_names == FIXED
    assert table.to_polars().columns == FIXED
    assert list(table.to_pandas().columns) == FIXED
    assert not table


def test_columns_are_made_of_dicts_only() -> None:
    item = segments_item({"title": "Rain", "mood": "calm"})
    objects: list[typing.Any] = item.segments(PlainScene)
    table = tb.SegmentTable([tb.SegmentRow(item, segment) for segment in objects])
    assert "PlainScene" in str(table)
    for made in (table.to_dicts, table.to_arrow, table.to_pandas, table.to_polars):
        with pytest.raises(TypeError, match="as `segments_of` reads it, not PlainScene"):
            made()


def test_names_that_are_taken_are_told_apart() -> None:
    metadata = {"start": 1, "metadata_start": 2, "metadata_metadata_start": 3, "x": 4}
    (told,) = tb.segments_of([segments_item(metadata)]).to_dicts()
    assert {name: value for name, value in told.items() if name not in FIXED} == {
        "metadata_metadata_metadata_start": 1,
        "metadata_start": 2,
        "metadata_metadata_start": 3,
        "x": 4,
    }


VALUES: st.SearchStrategy[typing.Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.sampled_from([2**63 - 1, -(2**63), 2**63, 2**53 + 1]),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=4),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=2), inner, max_size=2)
    ),
    max_leaves=5,
)


@given(
    rows=st.lists(
        st.dictionaries(st.sampled_from(["a", "b", "start", "é"]), VALUES, max_size=3), min_size=1, max_size=5
    )
)
def test_whatever_the_metadata_libraries_agree(rows: typing.List[typing.Dict[str, typing.Any]]) -> None:
    table = tb.segments_of([segments_item(*rows)])
    arrow = table.to_arrow()
    assert arrow.to_pydict() == table.to_polars().to_dict(as_series=False)
    assert table.to_pandas().shape == (len(rows), len(arrow.column_names))
    for told, row in zip(arrow.to_pylist(), table, strict=True):
        for name, value in row.segment.metadata.items():
            cell = told["metadata_start" if name == "start" else name]
            assert cell == value or json.loads(cell) == value


@pytest.mark.parametrize(
    ("method", "library"), [("to_arrow", "pyarrow"), ("to_pandas", "pandas"), ("to_polars", "polars")]
)
def test_a_missing_library_is_named(method: str, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    table = tb.segments_of(MIXED)
    with pytest.raises(ImportError, match=rf"pip install 'twelvelabs-batches\[{library}\]'"):
        getattr(table, method)()


@given(value=st.dictionaries(st.text(max_size=3), VALUES, max_size=3) | VALUES)
def test_whatever_the_answer_it_is_read_or_refused(value: typing.Any) -> None:
    row = ready_item(json.dumps(value))
    try:
        assert all(type(each) is tb.Segment for each in row.segments())
    except tb.InvalidAnswerError as refused:
        assert refused.text == json.dumps(value)  # noqa: PT017 - it may be either


def test_rows_that_cannot_be_read_are_skipped(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(200, test_results.lines(test_results.row(1), b"{broken\n")), total=2)
    table = tb.segments_of(make_face(server, on_malformed="yield").rows(test_results.BATCH_ID))
    reasons = [str(skipped.reason) for skipped in table.skipped]
    assert [type(skipped.item) for skipped in table.skipped] == [tb.BatchResultItem, tb.MalformedRow]
    assert reasons[1].startswith("row 2 cannot be read: ")
