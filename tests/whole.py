"""What is done with results as a whole, through whichever face."""

from __future__ import annotations

import json
import typing

import polars as pl

import twelvelabs_batches as tb
from faces import Face, Stepper, run

if typing.TYPE_CHECKING:
    import pyarrow as pa

Table = typing.Any

COLUMNS = (
    "task_id",
    "custom_id",
    "status",
    "data",
    "finish_reason",
    "generation_id",
    "output_tokens",
    "input_tokens",
    "error_code",
    "error_message",
    "extra",
)


def call(
    results: typing.Union[tb.Results, Stepper], verb: str, *args: typing.Any, **keywords: typing.Any
) -> typing.Any:
    """Calls a method of a stream; awaits it where it is to be awaited."""
    if isinstance(results, Stepper):
        return run(getattr(results.results, verb)(*args, **keywords))
    return getattr(results, verb)(*args, **keywords)


def whole(face: Face, batch_id: str, verb: str, *args: typing.Any, **keywords: typing.Any) -> typing.Any:
    """Calls a method of fresh results of a batch."""
    return call(face.results(batch_id), verb, *args, **keywords)


def batches(results: typing.Union[tb.Results, Stepper]) -> typing.List[tb.ResultColumns]:
    """All record batches."""
    if isinstance(results, tb.Results):
        return list(results.record_batches())
    stream = results.results

    async def gather() -> typing.List[tb.ResultColumns]:
        return [columns async for columns in stream.record_batches()]

    return run(gather())


def cells(item: tb.BatchResultItem) -> typing.Dict[str, typing.Any]:
    """A row as its columns show it, worked out from the object."""
    row = item.dict()
    shown: typing.Dict[str, typing.Any] = dict.fromkeys(COLUMNS)
    extra = dict(row)
    for name in ("task_id", "custom_id", "status"):
        shown[name] = extra.pop(name, None)
    data, error = extra.pop("data", None), extra.pop("error", None)
    kept = _cut(shown, data, {"generation_id": str, "data": str, "finish_reason": str, "usage": dict})
    _keep(extra, "data", kept)
    _keep(extra, "error", _cut(shown, error, {"code": str, "message": str}, "error_"))
    shown["extra"] = extra or None
    return shown


def _cut(
    shown: typing.Dict[str, typing.Any], part: typing.Any, fields: typing.Dict[str, type], prefix: str = ""
) -> typing.Any:
    """Shows the fields that fit; gives what is left, nothing if that is nothing."""
    if not isinstance(part, dict):
        return part
    rest, fits = {}, False
    for name, value in part.items():
        if name not in fields or not _fits(value, fields[name]):
            rest[name] = value
        elif name == "usage":
            fits = True
            kept = _cut(shown, value, {"output_tokens": int, "input_tokens": int})
            _keep(rest, name, kept)
        else:
            fits = True
            shown[prefix + name] = value
    return rest if rest or not fits else None


def _fits(value: typing.Any, kind: type) -> bool:
    if kind is int and isinstance(value, int):
        return not isinstance(value, bool) and -(2**63) <= value < 2**63
    return isinstance(value, kind)


def _keep(rest: typing.Dict[str, typing.Any], name: str, value: typing.Any) -> None:
    if value is not None:
        rest[name] = value


def read_extra(
    rows: typing.Iterable[typing.Dict[str, typing.Any]],
) -> typing.List[typing.Dict[str, typing.Any]]:
    """Rows of a table, with the JSON text of `extra` read."""
    return [{**row, "extra": None if row["extra"] is None else json.loads(row["extra"])} for row in rows]


def of_arrow(table: pa.Table) -> typing.List[typing.Dict[str, typing.Any]]:
    return read_extra(table.to_pylist())


def of_polars(table: pl.DataFrame) -> typing.List[typing.Dict[str, typing.Any]]:
    return read_extra(table.to_dicts())


def of_pandas(table: Table) -> typing.List[typing.Dict[str, typing.Any]]:
    """Rows of a frame, with None in place of every kind of nothing."""
    import pandas as pd

    plain = table.astype(object)
    return read_extra(plain.where(pd.notna(plain), None).to_dict("records"))


def of_duckdb(relation: typing.Any) -> typing.List[typing.Dict[str, typing.Any]]:
    return read_extra(dict(zip(relation.columns, row)) for row in relation.fetchall())


def readers() -> typing.Dict[str, typing.Callable[[typing.Any], typing.List[typing.Dict[str, typing.Any]]]]:
    """Who reads a stream of Arrow, and gives rows of it."""
    import duckdb
    import pandas as pd
    import pyarrow as pa

    def by_duckdb(stream: typing.Any) -> typing.List[typing.Dict[str, typing.Any]]:
        with duckdb.connect() as connection:
            return of_duckdb(connection.sql("from stream"))

    found: typing.Dict[str, typing.Callable[[typing.Any], typing.List[typing.Dict[str, typing.Any]]]] = {
        "pyarrow": lambda stream: of_arrow(pa.table(stream)),
        "pyarrow's reader": lambda stream: of_arrow(pa.RecordBatchReader.from_stream(stream).read_all()),
        "polars": lambda stream: of_polars(pl.DataFrame(stream)),
        "duckdb": by_duckdb,
    }
    # pandas itself reads them from version 3 on, which is for Python 3.11 and newer.
    if hasattr(pd.DataFrame, "from_arrow"):
        found["pandas"] = lambda stream: of_pandas(pd.DataFrame.from_arrow(stream))
    return found
