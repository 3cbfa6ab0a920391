"""Segments of many items as one table."""

from __future__ import annotations

import collections.abc
import typing

from ._answer_errors import AnswerError, InvalidAnswerError
from ._native import BatchResultItem, MalformedRow, Results
from ._results import held
from ._segment import Segment, segments_of_item
from .errors import ValidationError

if typing.TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

__all__ = ["SegmentRow", "SegmentTable", "SkippedItem", "segments_of"]


class SegmentRow(typing.NamedTuple):
    """A segment, and the item whose answer tells it.

    Attributes:
        item: The item.
        segment: The segment.
    """

    item: BatchResultItem
    segment: Segment


class SkippedItem(typing.NamedTuple):
    """An item that has no segments to tell, because it has no answer or an odd one.

    Attributes:
        item: The item, or the row that could not be read as one.
        reason: What `item.segments()` raises.
    """

    item: typing.Union[BatchResultItem, MalformedRow]
    reason: AnswerError


class SegmentTable(typing.Sequence[SegmentRow]):
    """Segments of many items, in the order of the items and of their answers.

    A sequence of rows; a slice of it is a table too. As columns it has `custom_id`,
    `task_id`, `definition_id`, `start`, `end`, `duration` (seconds), then one for each
    field of the metadata, in the order in which they first appear. A field that has
    the name of one of the columns before is called `metadata_` and its name.

    Attributes:
        skipped: Items that are not in here, each with the reason.
    """

    __slots__ = ("_rows", "skipped")

    skipped: typing.Tuple[SkippedItem, ...]

    def __init__(self, rows: typing.Iterable[SegmentRow], skipped: typing.Iterable[SkippedItem] = ()) -> None:
        self._rows = tuple(rows)
        self.skipped = tuple(skipped)

    @typing.overload
    def __getitem__(self, index: typing.SupportsIndex) -> SegmentRow: ...
    @typing.overload
    def __getitem__(self, index: slice) -> SegmentTable: ...
    def __getitem__(
        self, index: typing.Union[typing.SupportsIndex, slice]
    ) -> typing.Union[SegmentRow, SegmentTable]:
        if isinstance(index, slice):
            return SegmentTable(self._rows[index], self.skipped)
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> typing.Iterator[SegmentRow]:
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SegmentTable):
            return NotImplemented
        return self._rows == other._rows and [each.item for each in self.skipped] == [
            each.item for each in other.skipped
        ]

    __hash__ = None  # type: ignore[assignment]

    def to_dicts(self) -> typing.List[typing.Dict[str, typing.Any]]:
        """One dict for each segment, with every column; values of metadata as the answers have them."""
        from ._segment_columns import make_dicts  # noqa: PLC0415 - only for who uses it

        return make_dicts(self._rows)

    def to_arrow(self) -> pyarrow.Table:
        """A table of pyarrow.

        Columns of metadata are booleans, 64-bit integers, floats, texts or lists of
        one of these, if all values are; else each value is written as JSON text.

        Raises:
            ImportError: pyarrow is not installed.
        """
        from ._segment_columns import make_arrow  # noqa: PLC0415 - only for who uses it

        return make_arrow(self._rows)

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas data frame, with columns as in `to_arrow` and pandas' types that can be missing.

        Raises:
            ImportError: pandas is not installed.
        """
        from ._segment_columns import make_pandas  # noqa: PLC0415 - only for who uses it

        return make_pandas(self._rows)

    def to_polars(self) -> polars.DataFrame:
        """A polars data frame, with columns as in `to_arrow`.

        Raises:
            ImportError: polars is not installed.
        """
        from ._segment_columns import make_polars  # noqa: PLC0415 - only for who uses it

        return make_polars(self._rows)

    def __repr__(self) -> str:
        items = len({row.item.task_id for row in self._rows})
        told = f"{_count(len(self), 'segment')} of {_count(items, 'item')}"
        if self.skipped:
            told += f", {_count(len(self.skipped), 'item')} skipped"
        return f"<SegmentTable: {told}>"

    def __str__(self) -> str:
        lines = [repr(self)]
        for item, segment in self._rows[:_MOST_SHOWN]:
            name = item.custom_id or item.task_id
            place = f"{segment.start:9.3f} to {segment.end:9.3f}"
            lines.append(f"  {name}  {segment.definition_id}  {place}  {_shorten(segment.metadata)}")
        if len(self) > _MOST_SHOWN:
            lines.append(f"  and {len(self) - _MOST_SHOWN} more")
        return "\n".join(lines)

    def _repr_html_(self) -> typing.Optional[str]:
        from ._display import html  # noqa: PLC0415 - only for who looks at it

        return html(self)


_MOST_SHOWN = 10
_LONGEST_SHOWN = 60


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _shorten(metadata: typing.Any) -> str:
    shown = repr(metadata)
    return shown if len(shown) <= _LONGEST_SHOWN else shown[:_LONGEST_SHOWN] + "…"


def segments_of(
    items: typing.Iterable[typing.Union[BatchResultItem, MalformedRow]], *, strict: bool = False
) -> SegmentTable:
    """Gathers the segments of many items in one table.

    Args:
        items: Result items of `time_based_metadata` batches, such as what `results`
            returns. They may be of several batches.
        strict: Whether an item without segments to tell is an error. Otherwise it is
            left out, and found with the reason in the table's `skipped`. An answer
            that tells of no segment is an answer.

    Raises:
        AnswerError: An item has no answer, or an odd one; with `strict` only.
        ValidationError: Something else than result items was given.
    """
    if not isinstance(items, collections.abc.Iterable) or isinstance(items, BatchResultItem):
        told = "an iterable of result items is expected, collected first if they come asynchronously"
        raise _refuse("items", f"{told}, not {type(items).__name__}")
    if isinstance(items, Results):
        with held(items) as given:
            return _gather(given, strict)
    return _gather(items, strict)


def _gather(
    items: typing.Iterable[typing.Union[BatchResultItem, MalformedRow]], strict: bool
) -> SegmentTable:
    rows: typing.List[SegmentRow] = []
    skipped: typing.List[SkippedItem] = []
    for index, item in enumerate(items):
        if not isinstance(item, (BatchResultItem, MalformedRow)):
            raise _refuse(f"items[{index}]", f"a result item is expected, not {type(item).__name__}")
        try:
            rows.extend(_read(item))
        except AnswerError as reason:
            if strict:
                raise
            skipped.append(SkippedItem(item, reason))
    return SegmentTable(rows, skipped)


def _refuse(path: str, message: str) -> Exception:
    return ValidationError._make(f"{path}: {message}", path=path)


def _read(item: typing.Union[BatchResultItem, MalformedRow]) -> typing.List[SegmentRow]:
    if isinstance(item, MalformedRow):
        reason = f"row {item.row} cannot be read: {item.reason}"
        raise InvalidAnswerError(reason, reason=reason)
    return [SegmentRow(item, segment) for segment in segments_of_item(item)]
