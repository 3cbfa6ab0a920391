"""What is done with the results of a batch as a whole, for the blocking face.

The methods of `Results` are here, since the class itself is native; those of `AsyncResults`
are in `_async_results.py`.
"""

from __future__ import annotations

import contextlib
import typing

from ._collection import ResultList, columns_of_pairs
from ._columns import arrow_of, check_pandas, load, pandas_of, polars_of
from ._files import CsvFile, JsonLinesFile, ParquetFile
from ._joining import Created, Requests, pair
from .errors import StreamClosedError

if typing.TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from ._columns import DtypeBackend
    from ._files import File
    from ._native import BatchResultItem, ResultColumns, Results
    from ._place import Path

__all__ = ["SPOILT", "held", "lent", "must_spoil", "refuse_if_closed", "refuse_if_spent", "warn_if_spent"]

_SPENT = "every row of this stream was handed over before: read the results of batch %s again"

SPOILT = (
    "the rows that came before went into a file that was not finished, and this stream has only the rest: "
    "read the results of batch {} again"
)


def record_batches(results: Results) -> typing.Iterator[ResultColumns]:
    while len(columns := results._columns(False)):
        yield columns


def _whole(results: Results, requests: Requests, created: Created) -> ResultColumns:
    if requests is None:
        columns = results._columns(True)
        warn_if_spent(results, len(columns))
        return columns
    with held(results) as rows:
        refuse_if_spent(results, len(rows))
        return columns_of_pairs(pair(ResultList(rows), requests, created))


def to_arrow(results: Results, *, requests: Requests = None, created: Created = None) -> pyarrow.Table:
    load("pyarrow")
    return arrow_of(_whole(results, requests, created))


def to_pandas(
    results: Results,
    *,
    dtype_backend: typing.Optional[DtypeBackend] = None,
    requests: Requests = None,
    created: Created = None,
) -> pandas.DataFrame:
    check_pandas(dtype_backend)
    return pandas_of(_whole(results, requests, created), dtype_backend)


def to_polars(results: Results, *, requests: Requests = None, created: Created = None) -> polars.DataFrame:
    load("polars")
    return polars_of(_whole(results, requests, created))


def to_jsonl(results: Results, path: Path, *, overwrite: bool = True) -> int:
    return _fill(results, JsonLinesFile(path, overwrite=overwrite, batch_id=results.batch_id))


def to_parquet(
    results: Results,
    path: Path,
    *,
    overwrite: bool = True,
    requests: Requests = None,
    created: Created = None,
) -> int:
    return _fill(results, ParquetFile(path, overwrite=overwrite), requests, created)


def to_csv(
    results: Results,
    path: Path,
    *,
    overwrite: bool = True,
    requests: Requests = None,
    created: Created = None,
) -> int:
    return _fill(results, CsvFile(path, overwrite=overwrite), requests, created)


def _fill(results: Results, file: File, requests: Requests = None, created: Created = None) -> int:
    before = results._taken()
    try:
        if requests is not None:
            with held(results) as rows:
                refuse_if_closed(results)
                refuse_if_spent(results, len(rows))
                file.write(columns_of_pairs(pair(ResultList(rows), requests, created)))
                return file.finish()
        for columns in record_batches(results):
            file.write(columns)
        refuse_if_closed(results)
        refuse_if_spent(results, file.received or file.rows)
        return file.finish()
    except BaseException:
        if must_spoil(file, results._taken() - before):
            results._spoil(SPOILT.format(results.batch_id))
        file.give_up()
        raise


def refuse_if_closed(results: Results) -> None:
    """A file is whole, or not at all."""
    if results._is_closed():
        raise StreamClosedError(
            "this stream was closed, and a file would have what had come by then: "
            f"read the results of batch {results.batch_id} again"
        )


def refuse_if_spent(results: Results, count: int) -> None:
    """Of a stream that has been read, there would be nothing in a file and beside requests."""
    if count == 0 and results.delivered:
        raise StreamClosedError(_SPENT % results.batch_id)


def warn_if_spent(results: Results, count: int) -> None:
    """Nothing is what is left of a stream that has been read, but seldom what is meant."""
    if count == 0 and results.delivered:
        import logging  # noqa: PLC0415 - loaded by the first call

        logging.getLogger(__package__).warning(_SPENT, results.batch_id)


def must_spoil(file: File, taken: int) -> bool:
    """Whether rows were taken from a stream that no later call on it would bring into the file."""
    return taken != file.received if file.can_go_on else taken > 0


@contextlib.contextmanager
def held(results: Results) -> typing.Iterator[typing.List[BatchResultItem]]:
    """All rows. If it goes wrong what is made of them, the next call has them all again."""
    rows = results._rows()
    rows.extend(results)
    with lent(rows) as taken:
        yield taken


@contextlib.contextmanager
def lent(rows: typing.List[BatchResultItem]) -> typing.Iterator[typing.List[BatchResultItem]]:
    """Takes rows out of a list, for good unless something goes wrong. Others may use it meanwhile."""
    taken = rows[:]
    del rows[: len(taken)]
    try:
        yield taken
    except BaseException:
        rows[:0] = taken
        raise


def collect(results: Results) -> ResultList:
    with held(results) as rows:
        warn_if_spent(results, len(rows))
        return ResultList(rows)


def by_custom_id(results: Results) -> typing.Dict[str, BatchResultItem]:
    with held(results) as rows:
        warn_if_spent(results, len(rows))
        return ResultList(rows).by_custom_id()


def join(
    results: Results, requests: typing.Iterable[typing.Any], created: Created = None
) -> typing.List[typing.Tuple[typing.Any, typing.Optional[BatchResultItem]]]:
    with held(results) as rows:
        refuse_if_spent(results, len(rows))
        return ResultList(rows).join(requests, created)
