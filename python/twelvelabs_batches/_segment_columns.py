"""Tables of segments as columns, for the libraries that know them."""

from __future__ import annotations

import json
import typing

from ._columns import load

if typing.TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from ._segments import SegmentRow

__all__ = ["make_arrow", "make_dicts", "make_pandas", "make_polars"]

Rows = typing.Sequence["SegmentRow"]

_FIXED = {
    "custom_id": "text",
    "task_id": "text",
    "definition_id": "text",
    "start": "float",
    "end": "float",
    "duration": "float",
}
_LARGEST = 2**63


class _Column(typing.NamedTuple):
    """A column: its name, the kind of its values, whether its cells are lists of those, and the cells."""

    name: str
    kind: str
    is_list: bool
    cells: typing.List[typing.Any]


def _name_columns(rows: Rows) -> typing.Dict[str, str]:
    """The columns of fields of the metadata, by the fields' names."""
    columns: typing.Dict[str, str] = {}
    for row in rows:
        if not isinstance(row.segment.metadata, dict):
            kind = type(row.segment.metadata).__name__
            raise TypeError(f"metadata in a table is a dict, as `segments_of` reads it, not {kind}")
    fields = {name: None for row in rows for name in row.segment.metadata}
    for field in fields:
        name = field
        while name in _FIXED or (name != field and name in fields) or name in columns.values():
            name = f"metadata_{name}"
        columns[field] = name
    return columns


def make_dicts(rows: Rows) -> typing.List[typing.Dict[str, typing.Any]]:
    """A dict for each row, all with the same names."""
    columns = _name_columns(rows)
    made = []
    for item, segment in rows:
        told: typing.Dict[str, typing.Any] = {
            "custom_id": item.custom_id,
            "task_id": item.task_id,
            "definition_id": segment.definition_id,
            "start": segment.start,
            "end": segment.end,
            "duration": segment.duration,
        }
        for field, name in columns.items():
            told[name] = segment.metadata.get(field)
        made.append(told)
    return made


def _make_columns(rows: Rows) -> typing.List[_Column]:
    dicts = make_dicts(rows)
    made = [
        _Column(name, kind, is_list=False, cells=[told[name] for told in dicts])
        for name, kind in _FIXED.items()
    ]
    named = _name_columns(rows).values()
    made.extend(_make_column(name, [told[name] for told in dicts]) for name in named)
    return made


def _make_column(name: str, values: typing.List[typing.Any]) -> _Column:
    present = [value for value in values if value is not None]
    if kind := _kind_of(present):
        return _Column(name, kind, is_list=False, cells=_unify(kind, values))
    if present and all(isinstance(value, list) for value in present):
        elements = [element for value in present for element in value if element is not None]
        if kind := _kind_of(elements):
            unified = [None if value is None else _unify(kind, value) for value in values]
            return _Column(name, kind, is_list=True, cells=unified)
    texts = [None if value is None else json.dumps(value, ensure_ascii=False) for value in values]
    return _Column(name, "text", is_list=False, cells=texts)


def _kind_of(values: typing.List[typing.Any]) -> typing.Optional[str]:
    """What all values are; text if there are none."""
    classes = {type(value) for value in values}
    if classes <= {str}:
        return "text"
    if classes == {bool}:
        return "truth"
    if classes == {int}:
        return "integer" if all(-_LARGEST <= value < _LARGEST for value in values) else None
    if classes == {float}:
        return "float"
    if classes == {int, float}:
        # Beyond that, a float would be another number.
        is_exact = all(-(2**53) <= value <= 2**53 for value in values if type(value) is int)
        return "float" if is_exact else None
    return None


def _unify(kind: str, values: typing.List[typing.Any]) -> typing.List[typing.Any]:
    return [None if value is None else float(value) for value in values] if kind == "float" else values


def make_arrow(rows: Rows) -> pyarrow.Table:
    """The rows as a table of pyarrow."""
    arrow: typing.Any = load("pyarrow")
    kinds = {
        "text": arrow.string(),
        "float": arrow.float64(),
        "integer": arrow.int64(),
        "truth": arrow.bool_(),
    }
    columns = _make_columns(rows)
    schema = arrow.schema(
        [
            (column.name, arrow.list_(kinds[column.kind]) if column.is_list else kinds[column.kind])
            for column in columns
        ]
    )
    return arrow.table({column.name: column.cells for column in columns}, schema=schema)


def make_pandas(rows: Rows) -> pandas.DataFrame:
    """The rows as a data frame of pandas."""
    library: typing.Any = load("pandas")
    kinds = {"text": "string", "float": "Float64", "integer": "Int64", "truth": "boolean"}
    series = {
        column.name: library.Series(
            column.cells,
            dtype="object"
            if column.is_list
            else "float64"
            if column.name in {"start", "end", "duration"}
            else kinds[column.kind],
        )
        for column in _make_columns(rows)
    }
    frame: pandas.DataFrame = library.DataFrame(series)
    return frame


def make_polars(rows: Rows) -> polars.DataFrame:
    """The rows as a data frame of polars."""
    library: typing.Any = load("polars")
    kinds = {
        "text": library.String,
        "float": library.Float64,
        "integer": library.Int64,
        "truth": library.Boolean,
    }
    columns = _make_columns(rows)
    schema = {
        column.name: library.List(kinds[column.kind]) if column.is_list else kinds[column.kind]
        for column in columns
    }
    frame: polars.DataFrame = library.DataFrame(
        {column.name: column.cells for column in columns}, schema=schema
    )
    return frame
