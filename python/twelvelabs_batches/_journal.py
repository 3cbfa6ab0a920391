"""Journals of runs, read."""

from __future__ import annotations

import dataclasses
import datetime
import json
import os
import typing

from . import _run_exports as exports
from ._native import JournalReader
from ._run_report import RunReport
from .errors import JournalError

if typing.TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from ._collection import ResultList
    from ._columns import DtypeBackend
    from ._native import BatchItemRequest, BatchResultItem
    from ._place import Path

__all__ = ["Journal", "JournalBatch", "JournalRun"]


class JournalBatch(typing.NamedTuple):
    """A batch that a journal knows.

    Attributes:
        batch_id: Its identifier; `None` if it is not known whether it was made, or it was not.
        state: `intended`: it was asked for, or was about to be. `submitted`: it is active, as far as
            the journal knows. `ended`. `withdrawn`: it was not made.
        status: How it ended, if it has: `completed`, `canceled` or `expired`.
        created_at: When it was created, as the platform says it.
        expires_at: When it expires.
        items: Its items.
    """

    batch_id: typing.Optional[str]
    state: str
    status: typing.Optional[str]
    created_at: typing.Optional[datetime.datetime]
    expires_at: typing.Optional[datetime.datetime]
    items: int


class JournalRun(typing.NamedTuple):
    """A run that a journal knows: what was asked of which model, in which mode, with which defaults.

    Attributes:
        run_id: Its number in the journal.
        model_name: The model.
        analysis_mode: The mode.
        defaults: Values for items that do not give their own.
        begun_at: When it was begun.
        origin: What its `origin` said.
        is_read: Whether its input was read to the end once.
        is_confirmed: Whether somebody has said yes after its sample.
    """

    run_id: int
    model_name: str
    analysis_mode: str
    defaults: typing.Optional[typing.Dict[str, typing.Any]]
    begun_at: datetime.datetime
    origin: typing.Optional[str]
    is_read: bool
    is_confirmed: bool


@dataclasses.dataclass(frozen=True)
class _Source:
    """The rows of one run."""

    reader: JournalReader
    run_id: int

    def rows_after(
        self, item_id: int, most: int
    ) -> typing.Optional[typing.Tuple[typing.List[exports.Row], int]]:
        return self.reader.rows_after(self.run_id, item_id, most)


class Journal:
    """A journal of runs, read: nothing is asked of the platform, and no key is needed.

    It can be read while a run writes it. Where it has several runs, `run_id` says which is meant.

    Args:
        path: The file.

    Raises:
        JournalError: There is no such file, or it is no journal.

    Example:
        >>> journal = Journal("films.db")
        >>> journal.report().ready
        >>> journal.to_parquet("films.parquet")
    """

    def __init__(self, path: Path) -> None:
        self._reader = JournalReader(path)
        self._path = os.fspath(path)

    def __repr__(self) -> str:
        return f"Journal({self._path!r})"

    def __reduce__(self) -> typing.Tuple[typing.Any, ...]:
        return (Journal, (self._path,))

    @property
    def account(self) -> typing.Optional[str]:
        """The name by which it knows its account: a fingerprint of the key, or what `account` said."""
        return self._reader.account()

    @property
    def runs(self) -> typing.List[JournalRun]:
        """Its runs, in the order in which they were begun."""
        return [_make_run(shown) for shown in self._reader.runs()]

    def run(self, run_id: typing.Optional[int] = None) -> JournalRun:
        """One of its runs.

        Raises:
            JournalError: There is no such run, or there are several to choose from.
        """
        runs = self.runs
        found = [each for each in runs if run_id in (None, each.run_id)]
        if len(found) == 1:
            return found[0]
        known = ", ".join(str(each.run_id) for each in runs) or "none"
        if run_id is None and runs:
            reason = f"it has several runs: say which one with `run_id` ({known})"
        else:
            reason = f"it has no such run; there are: {known}"
        path = os.fsdecode(self._path)
        raise JournalError._make(f"the journal {path}: {reason}", path=path, reason=reason)

    def report(self, run_id: typing.Optional[int] = None) -> RunReport:
        """How the items of a run stand. What only the running run knows (hours, tokens, time) is 0."""
        counts = self._reader.counts(self.run(run_id).run_id)
        return RunReport(**counts, items=sum(counts.values()))

    def batches(self, run_id: typing.Optional[int] = None) -> typing.List[JournalBatch]:
        """The batches of a run, in the order of their submission."""
        return [_make_batch(shown) for shown in self._reader.batches(self.run(run_id).run_id)]

    def _source(self, run_id: typing.Optional[int]) -> _Source:
        return _Source(self._reader, self.run(run_id).run_id)

    def collect(self, run_id: typing.Optional[int] = None) -> ResultList:
        """The rows of all items that have ended."""
        return exports.collect(self._source(run_id))

    def join(
        self, run_id: typing.Optional[int] = None
    ) -> typing.Iterator[typing.Tuple[BatchItemRequest, typing.Optional[BatchResultItem]]]:
        """Each request of these with its row, one after the other."""
        return exports.pairs(self._source(run_id))

    def to_arrow(self, *, run_id: typing.Optional[int] = None) -> pyarrow.Table:
        """Requests and results of all items that have ended as a `pyarrow.Table`."""
        return exports.to_arrow(self._source(run_id))

    def to_pandas(
        self, *, run_id: typing.Optional[int] = None, dtype_backend: typing.Optional[DtypeBackend] = None
    ) -> pandas.DataFrame:
        """The same as a `pandas.DataFrame`."""
        return exports.to_pandas(self._source(run_id), dtype_backend)

    def to_polars(self, *, run_id: typing.Optional[int] = None) -> polars.DataFrame:
        """The same as a `polars.DataFrame`."""
        return exports.to_polars(self._source(run_id))

    def to_jsonl(self, path: Path, *, run_id: typing.Optional[int] = None, overwrite: bool = True) -> int:
        """Writes the rows as JSON Lines; returns their number."""
        return self._fill("jsonl", path, run_id, overwrite)

    def to_parquet(self, path: Path, *, run_id: typing.Optional[int] = None, overwrite: bool = True) -> int:
        """Writes requests and results as Parquet; returns the number of rows."""
        return self._fill("parquet", path, run_id, overwrite)

    def to_csv(self, path: Path, *, run_id: typing.Optional[int] = None, overwrite: bool = True) -> int:
        """The same as CSV."""
        return self._fill("csv", path, run_id, overwrite)

    def _fill(self, kind: str, path: Path, run_id: typing.Optional[int], overwrite: bool) -> int:
        source = self._source(run_id)
        file = exports.open_file(kind, path, overwrite=overwrite)
        try:
            return exports.fill(source, file)
        except BaseException:
            file.give_up()
            raise


def _make_run(shown: typing.Dict[str, typing.Any]) -> JournalRun:
    begun_at = datetime.datetime.fromtimestamp(shown["begun_at"] / 1000, datetime.timezone.utc)
    defaults = None if shown["defaults"] is None else json.loads(shown["defaults"])
    names = ("run_id", "model_name", "analysis_mode", "origin", "is_read", "is_confirmed")
    facts = {name: shown[name] for name in names}
    return JournalRun(**facts, defaults=defaults, begun_at=begun_at)


def _make_batch(shown: typing.Dict[str, typing.Any]) -> JournalBatch:
    times = {name: _read_time(shown[name]) for name in ("created_at", "expires_at")}
    return JournalBatch(**{**shown, **times})


def _read_time(text: typing.Optional[str]) -> typing.Optional[datetime.datetime]:
    # Before Python 3.11 the letter Z is not understood.
    return None if text is None else datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
