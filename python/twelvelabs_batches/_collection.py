"""The items of a batch's results, all at hand."""

from __future__ import annotations

import importlib
import typing
from collections import Counter
from collections.abc import Sequence

from ._columns import arrow_of, pandas_of, polars_of
from ._files import CsvFile, JsonLinesFile, ParquetFile
from ._joining import Created, Pair, Request, Requests, pair
from ._native import BatchResultItem, MalformedRow, make_columns
from .errors import ResponseError

if typing.TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from ._columns import DtypeBackend
    from ._files import File
    from ._native import ResultColumns
    from ._place import Path

__all__ = ["ResultList", "columns_of_pairs"]

#: In this order they are counted.
_STATUSES = ("queued", "processing", "ready", "failed", "canceled")


class ResultList(Sequence[BatchResultItem]):
    """The items of a batch's results: a list that does not change.

    Args:
        items: The items; rows that cannot be read among them are kept apart.

    Attributes:
        malformed: Rows that cannot be read, with `on_malformed="yield"`.

    Example:
        >>> results = client.results(batch_id).collect()
        >>> results.counts
        {'ready': 2}
        >>> [item.custom_id for item in results.with_status("failed")]
        []
    """

    __slots__ = ("_items", "malformed")

    def __init__(self, items: typing.Iterable[typing.Union[BatchResultItem, MalformedRow]] = ()) -> None:
        given = tuple(items)
        self._items = tuple(each for each in given if isinstance(each, BatchResultItem))
        self.malformed = tuple(each for each in given if isinstance(each, MalformedRow))
        if len(self._items) + len(self.malformed) < len(given):
            odd = next(each for each in given if not isinstance(each, (BatchResultItem, MalformedRow)))
            raise TypeError(f"a list of results holds BatchResultItem, not {type(odd).__name__}")

    def __len__(self) -> int:
        return len(self._items)

    @typing.overload
    def __getitem__(self, index: int) -> BatchResultItem: ...
    @typing.overload
    def __getitem__(self, index: slice) -> ResultList: ...
    def __getitem__(self, index: typing.Union[int, slice]) -> typing.Union[BatchResultItem, ResultList]:
        if isinstance(index, str):
            raise TypeError(f'items are numbered; look one up by its name: by_custom_id()["{index}"]')
        return ResultList(self._items[index]) if isinstance(index, slice) else self._items[index]

    def __iter__(self) -> typing.Iterator[BatchResultItem]:
        return iter(self._items)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ResultList):
            return NotImplemented
        return (self._items, self.malformed) == (other._items, other.malformed)

    def __hash__(self) -> int:
        return hash((self._items, self.malformed))

    def __repr__(self) -> str:
        counts = "".join(f", {count} {status}" for status, count in self.counts.items())
        malformed = f", {len(self.malformed)} malformed" if self.malformed else ""
        items = "1 item" if len(self) == 1 else f"{len(self)} items"
        return f"<ResultList: {items}{counts}{malformed}>"

    def __reduce__(self) -> typing.Tuple[typing.Any, ...]:
        return (ResultList, (self._items + self.malformed,))

    def _repr_html_(self) -> typing.Optional[str]:
        from ._display import html  # noqa: PLC0415 - only for who looks at it

        return html(self)

    @property
    def counts(self) -> typing.Dict[str, int]:
        """How many items are in each status that one of them has."""
        found = Counter(item.status for item in self._items)
        known = {status: found[status] for status in _STATUSES if status in found}
        return known | {status: count for status, count in found.items() if status not in known}

    @property
    def output_tokens(self) -> int:
        """Tokens of all answers."""
        return sum(_tokens(item, "output_tokens") for item in self._items)

    @property
    def input_tokens(self) -> int:
        """Tokens of all prompts and videos, as far as the platform tells."""
        return sum(_tokens(item, "input_tokens") for item in self._items)

    def with_status(self, *statuses: str) -> ResultList:
        """The items that have one of these statuses.

        Raises:
            TypeError: A status is no text; several are given one by one.
        """
        for status in statuses:
            if not isinstance(status, str):
                told = "with_status takes statuses one by one, as in with_status('ready', 'failed')"
                raise TypeError(f"{told}, not {type(status).__name__}")
        return ResultList(item for item in self._items if item.status in statuses)

    def by_custom_id(self) -> typing.Dict[str, BatchResultItem]:
        """The items by their `custom_id`; one that has none stands under its `task_id`.

        Items that have not ended are among them, with their status.

        Raises:
            ResponseError: Two items have the same `custom_id`, which the platform does not
                allow.
        """
        found: typing.Dict[str, BatchResultItem] = {}
        for item in self._items:
            name = item.task_id if item.custom_id is None else item.custom_id
            if found.setdefault(name, item) is not item:
                raise ResponseError(
                    f"the tasks {found[name].task_id} and {item.task_id} have the same custom_id {name!r}: "
                    "match them by their task_id"
                )
        return found

    def join(
        self, requests: typing.Iterable[Request], created: Created = None
    ) -> typing.List[typing.Tuple[Request, typing.Optional[BatchResultItem]]]:
        """Each request with its result, in the order of the requests.

        Args:
            requests: What was submitted, or a part of it.
            created: What `create` returned. With it results are found by their task, so that
                requests need no `custom_id`; all requests must be given, in the same order.

        Returns:
            Pairs of a request, as it was given, and its item; `None` where there is none.

        Raises:
            ValidationError: It cannot be told which result is whose: a request has no
                `custom_id` and `created` was not given, two have the same, or `created` is
                another batch's.
        """
        return [(each.request, each.item) for each in pair(self._items, requests, created)]

    def segments(self) -> typing.Any:
        """The segments of all answers, as a table."""
        return importlib.import_module("._segments", __package__).segments_of(self)

    def _columns(self, requests: Requests = None, created: Created = None) -> ResultColumns:
        if requests is None:
            return make_columns(self._items, None)
        return columns_of_pairs(pair(self._items, requests, created))

    def to_arrow(self, *, requests: Requests = None, created: Created = None) -> pyarrow.Table:
        """As `Results.to_arrow`."""
        return arrow_of(self._columns(requests, created))

    def to_pandas(
        self,
        *,
        dtype_backend: typing.Optional[DtypeBackend] = None,
        requests: Requests = None,
        created: Created = None,
    ) -> pandas.DataFrame:
        """As `Results.to_pandas`."""
        return pandas_of(self._columns(requests, created), dtype_backend)

    def to_polars(self, *, requests: Requests = None, created: Created = None) -> polars.DataFrame:
        """As `Results.to_polars`."""
        return polars_of(self._columns(requests, created))

    def to_jsonl(self, path: Path, *, overwrite: bool = True) -> int:
        """As `Results.to_jsonl`."""
        return _fill(self._columns(), JsonLinesFile(path, overwrite=overwrite))

    def to_parquet(
        self, path: Path, *, overwrite: bool = True, requests: Requests = None, created: Created = None
    ) -> int:
        """As `Results.to_parquet`."""
        return _fill(self._columns(requests, created), ParquetFile(path, overwrite=overwrite))

    def to_csv(
        self, path: Path, *, overwrite: bool = True, requests: Requests = None, created: Created = None
    ) -> int:
        """As `Results.to_csv`."""
        return _fill(self._columns(requests, created), CsvFile(path, overwrite=overwrite))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The items as a capsule of an Arrow stream, for every library that reads Arrow."""
        return self._columns().__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        """The schema of the columns, as a capsule of an Arrow schema."""
        return make_columns((), None).__arrow_c_schema__()


def columns_of_pairs(pairs: typing.Sequence[Pair]) -> ResultColumns:
    """Results and the requests that asked for them as columns."""
    return make_columns([each.item for each in pairs], [(each.request, each.task_id) for each in pairs])


def _fill(columns: ResultColumns, file: File) -> int:
    try:
        file.write(columns)
        return file.finish()
    except BaseException:
        file.give_up()
        raise


def _tokens(item: BatchResultItem, name: str) -> int:
    """Tokens of an item; what deviates from the documentation does not count."""
    count = getattr(getattr(item.data, "usage", None), name, None)
    return count if isinstance(count, int) and not isinstance(count, bool) else 0
