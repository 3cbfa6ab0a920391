"""Tables of results: as columns, and as one makes them of row objects."""

from __future__ import annotations

import importlib
import typing

from .touch import Seen


def records(results: typing.Iterable[typing.Any]) -> typing.Iterator[dict[str, typing.Any]]:
    """Rows as the columns have them, from objects."""
    for row in results:
        data, error = row.data, row.error
        usage = data.usage if data else None
        yield {
            "task_id": row.task_id,
            "custom_id": row.custom_id,
            "status": row.status,
            "data": data.data if data else None,
            "finish_reason": data.finish_reason if data else None,
            "generation_id": data.generation_id if data else None,
            "output_tokens": usage.output_tokens if usage else None,
            "input_tokens": usage.input_tokens if usage else None,
            "error_code": error.code if error else None,
            "error_message": error.message if error else None,
            "extra": None,
        }


def make(results: typing.Any, library: str, way: str) -> Seen:
    """Makes a table, and sums up a column of it."""
    if way == "columns":
        table = getattr(results, f"to_{library}")()
    elif library == "arrow":
        table = importlib.import_module("pyarrow").Table.from_pylist(list(records(results)))
    else:
        table = importlib.import_module(library).DataFrame(list(records(results)))
    column = table["output_tokens"]
    if library == "arrow":
        return Seen(len(table), importlib.import_module("pyarrow.compute").sum(column).as_py())
    return Seen(len(table), int(column.sum()))
