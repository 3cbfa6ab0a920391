"""Results as columns, through both faces and every reader: they agree with the rows."""

import json
import subprocess
import sys
import typing

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import twelvelabs_batches as tb
from faces import Face, MakeFace, item, submit
from servers import ScriptedServer, answer
from test_results import BATCH_ID, head, lines, row
from whole import COLUMNS, batches, call, cells, of_arrow, of_pandas, of_polars, readers, whole

READERS = readers()
ODD_TEXTS = [
    "",
    " ",
    "a\u2028b\u2029c\x85d",
    "\0",
    "😀\ufeff",
    'say "no",\r\n;\t\x1b',
    "é" * 5000,
    "null",
    "NA",
]


def ready_row(number: int, text: str = "text", **fields: typing.Any) -> dict[str, typing.Any]:
    usage = {"output_tokens": number, "input_tokens": 2**53 - 1}
    data = {"generation_id": f"g-{number}", "data": text, "finish_reason": "stop", "usage": usage}
    return row(number, status="ready", data=data, **fields)


ODD_ROWS: list[dict[str, typing.Any]] = [
    row(1, status="failed", error={"code": "c", "message": "m", "hint": "h"}),
    row(2, status="failed", error={"message": ""}),
    row(3, status="failed", error="text"),
    row(4, status="ready", data="text"),
    row(5, status="ready", data={}),
    row(6, status="ready", data={"data": {"nested": True}, "usage": {"output_tokens": "many"}}),
    row(7, status="ready", data={"data": "x", "finish_reason": "tired", "usage": {"output_tokens": 1.5}}),
    row(8, status="ready", data={"usage": {"output_tokens": 5.0, "input_tokens": None, "cached": 1}}),
    row(9, status="ready", data=[1, "two"]),
    row(10, status="paused", custom_id=None, brand_new_field={"a": [1, None, 1e300]}, extra="mine"),
    row(11, status="canceled", data=None, error=None),
    {"task_id": "no identifier of the platform's form", "status": "queued"},
    row(12, custom_id=12),
    row(13, status="ready", data={"usage": {"output_tokens": 2**63, "input_tokens": -(2**63)}}),
]


def test_the_schema_is_a_promise(make_face: MakeFace, server: ScriptedServer) -> None:
    text, count = pa.string(), pa.int64()
    promised = pa.schema(
        [
            pa.field("task_id", text, nullable=False),
            pa.field("custom_id", text),
            pa.field("status", text, nullable=False),
            pa.field("data", text),
            pa.field("finish_reason", text),
            pa.field("generation_id", text),
            pa.field("output_tokens", count),
            pa.field("input_tokens", count),
            pa.field("error_code", text),
            pa.field("error_message", text),
            pa.field("extra", text),
        ]
    )
    server.plays(answer(200, lines(row(1))), total=1)
    results = make_face(server).results(BATCH_ID)
    if isinstance(results, tb.Results):
        assert pa.schema(results) == promised
    (columns,) = batches(results)
    assert pa.schema(columns) == pa.table(columns).schema == promised
    assert tuple(columns.column_names) == COLUMNS
    assert len(columns) == 1
    assert repr(columns) == "<ResultColumns: 1 rows, 11 columns>"
    assert pa.schema(tb.ResultList()) == tb.ResultList().to_arrow().schema == promised


def all_statuses(face: Face, platform: tb.Emulator) -> list[str]:
    """Batches in which every status can be seen."""
    platform.add_asset("f" * 24, analysis_error="cannot be read 😀", analysis_error_code="asset_unavailable")
    requests = [item(number, custom_id=f"v-{number}") for number in range(30)]
    requests[3] = {"video": {"type": "asset_id", "asset_id": "f" * 24}}
    ids = []
    for _ in range(2):
        ids.append(submit(face, requests=requests).batch_id)
        platform.advance(seconds=75)
    face.cancel(ids[-1])
    return ids


def test_columns_are_the_rows_in_every_status(face: Face, platform: tb.Emulator) -> None:
    ids = all_statuses(face, platform)
    seen: set[str] = set()
    for hours in (0, 0.05, 24):
        platform.advance(hours=hours)
        for batch_id in ids:
            expected = [cells(result) for result in face.rows(batch_id)]
            seen |= {shown["status"] for shown in expected}
            assert of_arrow(whole(face, batch_id, "to_arrow")) == expected
            assert of_polars(whole(face, batch_id, "to_polars")) == expected
            assert of_pandas(whole(face, batch_id, "to_pandas")) == expected
            assert of_arrow(whole(face, batch_id, "collect").to_arrow()) == expected
            if face.name == "sync":
                for reader in READERS.values():
                    assert reader(face.results(batch_id)) == expected
    assert seen == {"queued", "processing", "ready", "failed", "canceled"}


@pytest.mark.parametrize(
    "rows",
    [[], ODD_ROWS, [ready_row(number, text) for number, text in enumerate(ODD_TEXTS)]],
    ids=["none", "odd", "texts"],
)
def test_odd_rows_are_whole(
    make_face: MakeFace, server: ScriptedServer, rows: list[dict[str, typing.Any]]
) -> None:
    server.plays(answer(200, lines(*rows)), total=len(rows))
    face = make_face(server)
    items = face.rows(BATCH_ID)
    expected = [cells(result) for result in items]
    assert len(expected) == len(rows)
    assert of_arrow(whole(face, BATCH_ID, "to_arrow")) == expected
    assert of_pandas(whole(face, BATCH_ID, "to_pandas")) == expected
    assert of_polars(whole(face, BATCH_ID, "to_polars")) == expected
    for name, reader in READERS.items():
        if name != "polars":  # which takes it for a list of any objects
            assert reader(tb.ResultList(items)) == expected
        if face.name == "sync":
            assert reader(face.results(BATCH_ID)) == expected


def test_columns_for_whoever_reads_them_one_after_another(
    make_face: MakeFace, server: ScriptedServer
) -> None:
    rows = [ready_row(number) for number in range(100)]
    server.plays(answer(200, lines(*rows)), total=100)
    face = make_face(server)
    (columns,) = batches(face.results(BATCH_ID))
    expected = [cells(result) for result in face.rows(BATCH_ID)]
    for reader in READERS.values():
        assert reader(columns) == expected, "columns can be read again"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


def objects(**fields: st.SearchStrategy[typing.Any]) -> st.SearchStrategy[typing.Any]:
    """Objects with some of the fields, fitting or not, and unknown ones."""
    known = st.fixed_dictionaries({}, optional={name: kind | JSON for name, kind in fields.items()})
    return st.builds(
        lambda known, unknown: {**unknown, **known},
        known,
        st.dictionaries(st.sampled_from("xyz"), JSON, max_size=2),
    )


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(ODD_TEXTS)
USAGE = objects(output_tokens=st.integers(0, 9), input_tokens=st.integers(0, 9))
DATA = objects(
    generation_id=TEXT, data=TEXT, finish_reason=st.sampled_from(["stop", "length", "x"]), usage=USAGE
)
ERROR = objects(code=TEXT, message=TEXT)
STATUS = st.sampled_from(["queued", "processing", "ready", "failed", "canceled", "new"])
ROW = st.builds(
    lambda row, status: {**row, "status": status},
    objects(custom_id=TEXT, data=DATA, error=ERROR),
    STATUS,
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=st.lists(ROW, max_size=6))
def test_any_rows_and_their_columns_agree(
    server: ScriptedServer, tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, typing.Any]]
) -> None:
    sent = [{**fields, "task_id": f"{number:024x}"} for number, fields in enumerate(rows)]
    server.plays(answer(200, lines(*sent)), total=len(sent))
    path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    with tb.BatchesClient("k", base_url=server.base_url) as client:
        items = list(client.results(BATCH_ID))
        expected = [cells(result) for result in items]
        assert of_arrow(client.results(BATCH_ID).to_arrow()) == expected
        assert of_arrow(tb.ResultList(items).to_arrow()) == expected
        client.results(BATCH_ID).to_jsonl(path)
    written = [json.loads(line) for line in path.read_bytes().splitlines() if line]
    assert written == [result.dict() for result in items]


def test_rows_that_were_iterated_are_not_repeated(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(200, lines(*[row(number) for number in range(10)])), total=10)
    results = make_face(server).results(BATCH_ID)
    first = next(results)
    assert call(results, "to_arrow")["custom_id"].to_pylist() == [f"v-{number}" for number in range(1, 10)]
    assert first.custom_id == "v-0"
    assert list(results) == []
    assert call(results, "to_arrow").num_rows == 0
    assert batches(results) == []


def test_batches_are_bounded_and_all_of_them_come(make_face: MakeFace, server: ScriptedServer) -> None:
    count = 70_000
    server.plays(answer(200, lines(*[row(number) for number in range(count)])), total=count)
    face = make_face(server)
    results = face.results(BATCH_ID)
    gathered = batches(results)
    assert [len(columns) for columns in gathered] == [32768, 32768, count - 2 * 32768]
    assert pa.concat_tables(map(pa.table, gathered))["custom_id"].to_pylist() == [
        f"v-{n}" for n in range(count)
    ]
    text = "x" * 1_000_000
    server.plays(answer(200, lines(*[ready_row(number, text) for number in range(40)])), total=40)
    gathered = batches(face.results(BATCH_ID[::-1]))
    assert [len(columns) for columns in gathered] == [17, 17, 6], "16 MiB of text"


def test_what_has_come_is_handed_over_though_more_is_to_come(
    make_face: MakeFace, server: ScriptedServer
) -> None:
    import threading

    gate = threading.Event()
    body = lines(row(1)), lines(row(2))
    server.plays([head(f"content-length: {sum(map(len, body))}"), body[0], gate, body[1]], total=2)
    results = make_face(server).results(BATCH_ID)
    seen: list[list[str]] = []

    def take(columns: tb.ResultColumns) -> None:
        seen.append(pa.table(columns)["custom_id"].to_pylist())
        gate.set()

    if isinstance(results, tb.Results):
        for columns in results.record_batches():
            take(columns)
    else:
        stream = results.results

        async def read() -> None:
            async for columns in stream.record_batches():
                take(columns)

        from faces import run

        run(read())
    assert seen == [["v-1"], ["v-2"]]


def test_types_of_pandas_are_those_that_are_said(make_face: MakeFace, server: ScriptedServer) -> None:
    many = {"usage": {"output_tokens": 1, "input_tokens": 2**53 + 1}}
    server.plays(answer(200, lines(row(1, data=many), row(2))), total=2)
    face = make_face(server)
    plain = whole(face, BATCH_ID, "to_pandas")
    text = "str" if hasattr(pd.DataFrame, "from_arrow") else "string"
    assert {str(kind) for kind in plain.dtypes} == {text, "Int64"}
    assert plain.output_tokens.sum() == 1
    assert plain.output_tokens.isna().tolist() == [False, True]
    assert plain.input_tokens[0] == 2**53 + 1, "no float has been in between"
    arrow = whole(face, BATCH_ID, "to_pandas", dtype_backend="pyarrow")
    assert all(isinstance(kind, pd.ArrowDtype) for kind in arrow.dtypes)
    nullable = whole(face, BATCH_ID, "to_pandas", dtype_backend="numpy_nullable")
    assert {str(kind) for kind in nullable.dtypes} == {"string", "Int64"}
    with pytest.raises(ValueError, match="dtype_backend is None, 'numpy_nullable' or 'pyarrow', not 'numpy'"):
        whole(face, BATCH_ID, "to_pandas", dtype_backend="numpy")


LACKING = """
import sys
class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name in {lacking!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Lacking())
import twelvelabs_batches as tb
rows = tb.ResultList([tb.BatchResultItem(task_id="t", status="ready")])
try:
    print({call})
except ImportError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("call", "lacking", "told"),
    [
        (
            "rows.to_pandas()",
            ["pandas"],
            "this needs pandas, which is not installed: pip install 'twelvelabs-batches[pandas]'",
        ),
        (
            "rows.to_pandas()",
            ["pyarrow"],
            "this needs pyarrow, which is not installed: pip install 'twelvelabs-batches[pyarrow]'",
        ),
        (
            "rows.to_arrow()",
            ["pyarrow"],
            "this needs pyarrow, which is not installed: pip install 'twelvelabs-batches[pyarrow]'",
        ),
        (
            "rows.to_polars()",
            ["polars"],
            "this needs polars, which is not installed: pip install 'twelvelabs-batches[polars]'",
        ),
        ("rows.to_polars().shape", ["pyarrow", "pandas", "numpy"], "(1, 11)"),
        (
            "rows.to_parquet('/dev/null')",
            ["pyarrow", "polars"],
            "this needs pyarrow, which is not installed: pip install 'twelvelabs-batches[pyarrow]'",
        ),
        ("rows.to_parquet('/dev/null')", ["pyarrow"], "1"),
        (
            "rows.to_csv('/dev/null'), rows.to_jsonl('/dev/null')",
            ["pyarrow", "polars", "pandas", "numpy"],
            "1 1",
        ),
        ("sorted({'pandas', 'polars', 'pyarrow', 'numpy', 'duckdb'} & set(sys.modules))", [], "[]"),
    ],
)
def test_a_library_is_needed_only_where_it_is_used(call: str, lacking: list[str], told: str) -> None:
    script = LACKING.format(lacking=lacking, call=call)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == told


def test_a_library_that_is_too_old_is_told(
    make_face: MakeFace, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.plays(answer(200, lines(row(1))), total=1)
    results = make_face(server).results(BATCH_ID)
    for name, verb, oldest in (
        ("polars", "to_polars", "1.20"),
        ("pyarrow", "to_arrow", "18.0"),
        ("pandas", "to_pandas", "2.2"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(sys.modules[name], "__version__", "0.20.3rc1")
            with pytest.raises(
                ImportError,
                match=rf"needs {name} {oldest} or newer, and 0\.20\.3rc1 is installed: pip install",
            ):
                call(results, verb)
    assert call(results, "to_polars").shape == (1, 11), "no row was taken for it"
