"""Results as files: whole or not at all, and gone on with where they broke off."""

import csv
import pathlib
import signal
import subprocess
import sys
import threading
import typing

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

import twelvelabs_batches as tb
from faces import Face, MakeFace, item, submit
from filed import FILES, in_folder, named, path_for, posix, read_ids, read_lines, rows_of, torn
from servers import Cut, ScriptedServer, Stall, answer
from test_columns import ODD_ROWS, ODD_TEXTS, ready_row
from test_fork import run as run_forking
from test_results import BATCH_ID, head, lines, row
from whole import COLUMNS, call, cells, of_arrow, whole


@pytest.mark.parametrize(
    "rows",
    [[], ODD_ROWS, [ready_row(n, text) for n, text in enumerate(ODD_TEXTS)]],
    ids=["none", "odd", "texts"],
)
def test_json_lines_are_the_rows_as_documented(
    make_face: MakeFace, server: ScriptedServer, tmp_path: pathlib.Path, rows: list[dict[str, typing.Any]]
) -> None:
    server.plays(answer(200, lines(*rows)), total=len(rows))
    face = make_face(server)
    path = tmp_path / "rows.jsonl"
    items = face.rows(BATCH_ID)
    for written in (whole(face, BATCH_ID, "to_jsonl", path), tb.ResultList(items).to_jsonl(path)):
        assert written == len(rows)
        assert read_lines(path) == [each.dict() for each in items]
        assert in_folder(tmp_path) == {"rows.jsonl"}
    if rows is not ODD_ROWS:
        texts = path.read_text("utf-8").split("\n")[:-1]
        assert [tb.BatchResultItem.model_validate_json(text) for text in texts] == items


@pytest.mark.parametrize(
    "rows",
    [[], ODD_ROWS, [ready_row(n, text) for n, text in enumerate(ODD_TEXTS)]],
    ids=["none", "odd", "texts"],
)
def test_parquet_and_csv_are_the_columns(
    make_face: MakeFace, server: ScriptedServer, tmp_path: pathlib.Path, rows: list[dict[str, typing.Any]]
) -> None:
    server.plays(answer(200, lines(*rows)), total=len(rows))
    face = make_face(server)
    table = whole(face, BATCH_ID, "to_arrow")
    parquet, text = tmp_path / "rows.parquet", tmp_path / "rows.csv"
    assert whole(face, BATCH_ID, "to_parquet", parquet) == whole(face, BATCH_ID, "to_csv", text) == len(rows)
    assert pq.read_table(parquet).equals(table)
    assert pq.read_schema(parquet).equals(table.schema)
    assert pl.read_parquet(parquet).equals(pl.DataFrame(table))
    with duckdb.connect() as connection:
        assert connection.execute(f"select count(*) from '{parquet}'").fetchall() == [(len(rows),)]
    assert_csv(text, table)
    items = whole(face, BATCH_ID, "collect")
    assert items.to_parquet(parquet) == items.to_csv(text) == len(rows)
    assert pq.read_table(parquet).equals(table)
    assert_csv(text, table)
    assert in_folder(tmp_path) == {"rows.parquet", "rows.csv"}


def assert_csv(path: pathlib.Path, table: pa.Table) -> None:
    """Every reader gets the same of it; those that can tell nothing from an empty text do."""
    expected = table.to_pylist()
    with path.open(encoding="utf-8", newline="") as file:
        header, *plain = list(csv.reader(file))
    assert tuple(header) == COLUMNS
    assert plain == [["" if value is None else str(value) for value in each.values()] for each in expected]
    types = {field.name: field.type for field in table.schema}
    parse = pyarrow.csv.ParseOptions(newlines_in_values=True)
    convert = pyarrow.csv.ConvertOptions(
        column_types=types, strings_can_be_null=True, null_values=[""], quoted_strings_can_be_null=False
    )
    assert pyarrow.csv.read_csv(path, parse_options=parse, convert_options=convert).to_pylist() == expected
    schema = pl.DataFrame(table).schema
    assert pl.read_csv(path, schema=schema).to_dicts() == expected
    told = (
        "{"
        + ", ".join(
            f"'{name}': '{'BIGINT' if pa.types.is_integer(kind) else 'VARCHAR'}'"
            for name, kind in types.items()
        )
        + "}"
    )
    if "\0" not in path.read_text("utf-8"):
        query = f"from read_csv('{path}', header=true, columns={told}, quote='\"', escape='\"', allow_quoted_nulls=false)"
        with duckdb.connect() as connection:
            assert [dict(zip(COLUMNS, each)) for each in connection.execute(query).fetchall()] == expected
    read = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert read.to_numpy().tolist() == plain or "\0" in path.read_text("utf-8")


@pytest.mark.parametrize("verb", FILES)
def test_a_cut_connection_costs_nothing(
    make_face: MakeFace, server: ScriptedServer, tmp_path: pathlib.Path, verb: str
) -> None:
    server.plays(torn(7), answer(200, rows_of(20)), total=20)
    path = path_for(tmp_path, verb)
    assert whole(make_face(server, backoff_factor=0.001), BATCH_ID, verb, path) == 20
    assert read_ids(path) == named(20)


@pytest.mark.parametrize("verb", FILES)
def test_a_failure_leaves_no_half_file_and_what_was_there(
    make_face: MakeFace, server: ScriptedServer, tmp_path: pathlib.Path, verb: str
) -> None:
    server.plays(torn(7), total=20)
    path = path_for(tmp_path, verb)
    face = make_face(server, max_retries=0)
    part = {f"{path.name}.{BATCH_ID}.part"} if verb == "to_jsonl" else set()
    for was in (None, b"what was there"):
        if was is not None:
            path.write_bytes(was)
        with pytest.raises(tb.IncompleteResultsError):
            whole(face, BATCH_ID, verb, path)
        assert in_folder(tmp_path) == part | ({path.name} if was else set())
        assert was is None or path.read_bytes() == was


def test_json_lines_are_gone_on_with_by_the_same_stream_and_by_others(
    make_face: MakeFace, server: ScriptedServer, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / "rows.jsonl"
    server.plays(torn(3), torn(6), torn(5), torn(5), answer(200, rows_of(10)), total=10)
    face = make_face(server, max_retries=0)
    results = face.results(BATCH_ID)
    for _ in range(2):
        with pytest.raises(tb.IncompleteResultsError):
            call(results, "to_jsonl", path)
    part = tmp_path / f"rows.jsonl.{BATCH_ID}.part"
    assert [each["custom_id"] for each in read_lines(part)] == named(6)
    with pytest.raises(tb.IncompleteResultsError):
        whole(face, BATCH_ID, "to_jsonl", path)
    with part.open("ab") as file:
        file.write(b'{"task_id": "torn')
    with pytest.raises(tb.IncompleteResultsError):
        whole(face, BATCH_ID, "to_jsonl", path)
    assert [each["custom_id"] for each in read_lines(part)] == named(6), "the torn tail is gone"
    assert whole(face, BATCH_ID, "to_jsonl", path) == 10
    assert sorted(read_ids(path)) == sorted(named(10))
    assert read_lines(path) == [each.dict() for each in face.rows(BATCH_ID)]
    assert in_folder(tmp_path) == {"rows.jsonl"}


def test_what_had_not_ended_and_what_is_damaged_is_written_anew(
    make_face: MakeFace, server: ScriptedServer, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / "rows.jsonl"
    part = tmp_path / f"rows.jsonl.{BATCH_ID}.part"
    before = [
        row(0),
        ready_row(1),
        row(2, status="processing"),
        row(3, status="failed"),
        ready_row(4),
        row(5, status="canceled"),
    ]
    part.write_bytes(
        lines(
            *before[:4],
            b"{broken\n",
            b"[1]\n",
            b"\xff\n",
            before[4],
            before[4],
            before[5],
            b'{"status": "ready"}',
        )
    )
    now = [ready_row(number, "now") for number in range(8)]
    server.plays(answer(200, lines(*now)), total=8)
    assert whole(make_face(server), BATCH_ID, "to_jsonl", path) == 8
    found = {each["custom_id"]: each for each in read_lines(path)}
    assert len(read_lines(path)) == len(found) == 8
    for number in range(8):
        assert found[f"v-{number}"] == (before[number] if number in (1, 3, 4, 5) else now[number])


def test_a_part_of_another_batch_is_left_alone(
    make_face: MakeFace, server: ScriptedServer, tmp_path: pathlib.Path
) -> None:
    other = tmp_path / f"rows.jsonl.{'0' * 24}.part"
    other.write_bytes(rows_of(3))
    server.plays(answer(200, rows_of(2)), total=2)
    assert whole(make_face(server), BATCH_ID, "to_jsonl", tmp_path / "rows.jsonl") == 2
    assert other.read_bytes() == rows_of(3)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals")
def test_a_killed_program_is_gone_on_with(server: ScriptedServer, tmp_path: pathlib.Path) -> None:
    path, part = tmp_path / "rows.jsonl", tmp_path / f"rows.jsonl.{BATCH_ID}.part"
    server.plays([head("content-length: 100000"), rows_of(6), Stall], answer(200, rows_of(10)), total=10)
    script = f"""
import sys, twelvelabs_batches as tb
tb.BatchesClient("k", base_url=sys.argv[1]).results({BATCH_ID!r}).to_jsonl(sys.argv[2])
"""
    with subprocess.Popen([sys.executable, "-c", script, server.base_url, str(path)]) as program:
        while not part.exists() or len(part.read_bytes().splitlines()) < 6:
            assert program.poll() is None
            threading.Event().wait(0.05)
        program.kill()
    assert not path.exists()
    with tb.BatchesClient("k", base_url=server.base_url) as client:
        assert client.results(BATCH_ID).to_jsonl(path) == 10
    assert read_ids(path) == named(10)
    assert in_folder(tmp_path) == {"rows.jsonl"}


@pytest.mark.parametrize("verb", ["to_parquet", "to_csv"])
def test_a_stream_whose_rows_are_lost_says_so(
    make_face: MakeFace, server: ScriptedServer, tmp_path: pathlib.Path, verb: str
) -> None:
    server.plays(torn(7), answer(200, rows_of(20)), total=20)
    face = make_face(server, max_retries=0)
    path = path_for(tmp_path, verb)
    results = face.results(BATCH_ID)
    with pytest.raises(tb.IncompleteResultsError):
        call(results, verb, path)
    for again in (
        lambda: call(results, verb, path),
        lambda: call(results, "to_arrow"),
        lambda: next(results),
        lambda: call(results, "to_jsonl", path),
    ):
        with pytest.raises(
            tb.StreamClosedError, match=f"only the rest: read the results of batch {BATCH_ID} again"
        ):
            again()
    assert in_folder(tmp_path) == set()
    assert whole(face, BATCH_ID, verb, path) == 20


@pytest.mark.parametrize("verb", FILES)
def test_a_stream_is_not_lost_with_an_error_before_its_first_row(
    make_face: MakeFace, server: ScriptedServer, tmp_path: pathlib.Path, verb: str
) -> None:
    server.plays([head("content-length: 1000"), Cut], answer(200, rows_of(3)), total=3)
    results = make_face(server, max_retries=0).results(BATCH_ID)
    path = path_for(tmp_path, verb)
    with pytest.raises(tb.IncompleteResultsError):
        call(results, verb, path)
    assert in_folder(tmp_path) == set()
    assert call(results, verb, path) == 3


def as_text(path: pathlib.Path) -> pl.DataFrame:
    return pl.read_csv(path, infer_schema=False)


def test_requests_stand_beside_their_results(
    face: Face, platform: tb.Emulator, tmp_path: pathlib.Path
) -> None:
    requests = [item(number, custom_id=f"v-{number}") for number in range(3)]
    created = submit(face, requests=requests)
    platform.advance(hours=1)
    for verb, reader in (("to_csv", as_text), ("to_parquet", pl.read_parquet)):
        path = path_for(tmp_path, verb)
        assert whole(face, created.batch_id, verb, path, requests=requests[::-1]) == 3
        table = reader(path)
        assert table["custom_id"].to_list() == ["v-2", "v-1", "v-0"]
        assert table["asset_id"].to_list() == [f"{number:024x}" for number in (2, 1, 0)]
        assert whole(face, created.batch_id, "collect").join(requests)[0][0] is requests[0]


@posix
def test_ctrl_c_leaves_what_can_be_gone_on_with(server: ScriptedServer, tmp_path: pathlib.Path) -> None:
    script = f"""
        import pathlib, signal
        stream = client.results(ids[0])
        path = pathlib.Path({str(tmp_path)!r}, "rows.jsonl")
        part = pathlib.Path(f"{{path}}.{{ids[0]}}.part")
        def interrupt():
            while not part.exists() or part.stat().st_size == 0:
                time.sleep(0.05)
            os.kill(os.getpid(), signal.SIGINT)
        threading.Thread(target=interrupt).start()
        try:
            stream.to_jsonl(path)
        except KeyboardInterrupt:
            assert not path.exists()
        else:
            raise AssertionError
        assert client.results(ids[0]).to_jsonl(path) == 6
        """
    server.plays([head("content-length: 100000"), rows_of(3), Stall], answer(200, rows_of(6)), total=6)
    run_forking(server, script, BATCH_ID)
    assert read_ids(tmp_path / "rows.jsonl") == named(6)


WRITER = r"""
import re, sys, twelvelabs_batches as tb
verb, url, batch_id, path = sys.argv[1:]
import pyarrow.parquet
with tb.Emulator(speed=0): pass
rows = getattr(tb.BatchesClient("emulator", base_url=url).results(batch_id), verb)(path)
print(rows, re.search(r"VmHWM:\s+(\d+) kB", open("/proc/self/status").read())[1])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is in kB on Linux only")
@pytest.mark.parametrize("verb", FILES)
def test_peak_memory_does_not_grow_with_the_file(
    server: ScriptedServer, tmp_path: pathlib.Path, verb: str
) -> None:
    """Batches of about 16 MiB are in flight; ten times that goes through."""
    text = "word " * 4000
    peaks = []
    for batch_id, count in (("a" * 24, 4_000), ("b" * 24, 16_000)):
        server.plays(answer(200, lines(*[ready_row(number, text) for number in range(count)])), total=count)
        done = subprocess.run(
            [sys.executable, "-c", WRITER, verb, server.base_url, batch_id, str(path_for(tmp_path, verb))],
            capture_output=True,
            text=True,
            check=True,
        )
        rows, peak = map(int, done.stdout.split())
        assert rows == count
        peaks.append(peak)
    assert peaks[1] - peaks[0] < 64 * 1024, peaks


def test_any_cells_agree_with_a_table(tmp_path: pathlib.Path) -> None:
    """One that is made by hand, without a platform."""
    items = tb.ResultList([tb.BatchResultItem(task_id="t", status="ready", extra_field="=1+1")])
    assert of_arrow(items.to_arrow()) == [cells(each) for each in items]
    assert items.to_csv(tmp_path / "rows.csv") == 1
    assert (tmp_path / "rows.csv").read_text().splitlines()[
        1
    ] == 't,,ready,,,,,,,,"{""extra_field"":""=1+1""}"'
