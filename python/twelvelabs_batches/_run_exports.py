"""The outcomes of a run as tables and files."""

from __future__ import annotations

import typing

from ._collection import ResultList
from ._columns import arrow_of, check_pandas, load, pandas_of, polars_of
from ._files import CsvFile, JsonLinesFile, ParquetFile
from ._native import make_columns

if typing.TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from ._columns import DtypeBackend
    from ._files import File
    from ._native import BatchItemRequest, BatchResultItem, ResultColumns
    from ._place import Path

__all__ = ["Rows", "collect", "columns", "fill", "open_file", "pairs", "to_arrow", "to_pandas", "to_polars"]

#: Rows that are at hand at once.
_MOST = 1000

Row = typing.Tuple[int, "typing.Optional[BatchResultItem]", "BatchItemRequest", typing.Optional[str]]


class Rows(typing.Protocol):
    """Where rows come from: a run, or one of a journal."""

    def rows_after(self, item_id: int, most: int) -> typing.Optional[typing.Tuple[typing.List[Row], int]]:
        """Rows after an item, and the last item that was looked at."""


def _pages(source: Rows) -> typing.Iterator[typing.List[Row]]:
    last = 0
    while (found := source.rows_after(last, _MOST)) is not None:
        rows, last = found
        yield rows


def pairs(
    source: Rows,
) -> typing.Iterator[typing.Tuple[BatchItemRequest, typing.Optional[BatchResultItem]]]:
    """Each request and its row."""
    for page in _pages(source):
        for _, row, request, _task in page:
            yield request, row


def _columns(page: typing.Sequence[Row], first: int) -> ResultColumns:
    return make_columns(
        [row for _, row, _, _ in page], [(request, task_id) for _, _, request, task_id in page], first
    )


def columns(source: Rows) -> ResultColumns:
    rows = [row for page in _pages(source) for row in page]
    return _columns(rows, 0)


def to_arrow(source: Rows) -> pyarrow.Table:
    """A `pyarrow.Table`."""
    load("pyarrow")
    return arrow_of(columns(source))


def to_pandas(source: Rows, dtype_backend: typing.Optional[DtypeBackend]) -> pandas.DataFrame:
    """A `pandas.DataFrame`."""
    check_pandas(dtype_backend)
    return pandas_of(columns(source), dtype_backend)


def to_polars(source: Rows) -> polars.DataFrame:
    """A `polars.DataFrame`."""
    load("polars")
    return polars_of(columns(source))


def collect(source: Rows) -> ResultList:
    """All rows that can be read."""
    return ResultList(row for page in _pages(source) for _, row, _, _ in page if row is not None)


def open_file(kind: str, path: Path, *, overwrite: bool) -> File:
    """The file of that kind, before anything is done for it."""
    if kind == "parquet":
        return ParquetFile(path, overwrite=overwrite)
    if kind == "csv":
        return CsvFile(path, overwrite=overwrite)
    return JsonLinesFile(path, overwrite=overwrite)


def fill(source: Rows, file: File) -> int:
    """Writes all rows; returns their number."""
    first = 0
    is_plain = isinstance(file, JsonLinesFile)
    for page in _pages(source):
        if is_plain:
            file.write(make_columns([row for _, row, _, _ in page if row is not None], None))
        else:
            file.write(_columns(page, first))
        first += len(page)
    return file.finish()
