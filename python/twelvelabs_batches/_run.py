"""A run of many batches, for the blocking face."""

from __future__ import annotations

import os
import sys
import typing

from . import _run_exports as exports
from ._outcomes import make_outcome
from ._run_input import Reader, length_of
from ._run_report import make_report

if typing.TYPE_CHECKING:
    from types import TracebackType

    import pandas
    import polars
    import pyarrow

    from ._collection import ResultList
    from ._columns import DtypeBackend
    from ._native import BatchItemRequest, BatchResultItem, RunCore
    from ._outcomes import Outcome
    from ._place import Path
    from ._run_progress import RunProgress
    from ._run_report import RunReport

__all__ = ["Confirm", "OnProgress", "Run", "RunState"]

Confirm = typing.Callable[["RunReport"], object]
"""Is asked after the sample whether the run goes on."""

OnProgress = typing.Callable[["RunReport"], object]
"""Is told what a run has come to."""


def _open_progress(
    core: RunCore, wanted: typing.Optional[bool], length: typing.Optional[int]
) -> typing.Optional[RunProgress]:
    """What shows how it goes on, if that is wanted."""
    if not wanted:
        return None
    from ._run_progress import RunProgress  # noqa: PLC0415 - only for who looks

    where = "" if core.path is None else f" of {os.path.basename(core.path)}"  # noqa: PTH119 - a name to show
    return RunProgress(f"{core.run_id}{where}", length)


class RunState:
    """What both faces of a run know of it."""

    def __init__(self, core: RunCore, requests: typing.Any, options: typing.Mapping[str, typing.Any]) -> None:
        self._core = core
        self._reader = Reader(core, requests)
        self._confirm: typing.Optional[Confirm] = options.get("confirm")
        self._on_progress: typing.Optional[OnProgress] = options.get("on_progress")
        self._shown = _open_progress(core, options.get("progress"), length_of(requests))
        self._is_closed = False

    @property
    def run_id(self) -> int:
        """Its number in the journal."""
        return self._core.run_id

    @property
    def journal(self) -> typing.Optional[str]:
        """The path of the journal; `None` if there is no file that outlives the run."""
        path = self._core.path
        return None if path is None else str(path)

    @property
    def active_batches(self) -> typing.List[str]:
        """Identifiers of the batches of this run that are active."""
        return self._core.active_batches()

    @property
    def progress(self) -> float:
        """Share of the items that were read so far that have ended, from 0 to 1."""
        report = self.report()
        return report.ended / report.items if report.items else 0.0

    def report(self) -> RunReport:
        """What the run has come to so far: counts, tokens, hours, time, money if a price was given."""
        return make_report(self._core.report())

    def cancel(self) -> None:
        """Submits nothing more, and has the active batches canceled.

        Items that have started are finished, and billed. Iterating on hands over how all of
        them end.
        """
        self._core.cancel()

    def _tell(self, *, is_over: bool = False) -> None:
        if self._shown is not None:
            self._shown.update(self.report(), self._core.active_figures(), is_over=is_over)
        if self._on_progress is not None:
            self._on_progress(self.report())

    def _hide(self) -> None:
        """Leaves what is shown as it is."""
        if self._shown is not None:
            self._shown.close()

    def _advise(self, error: BaseException) -> None:
        """Says how to go on after an interruption."""
        if sys.version_info < (3, 11):
            return
        batches = len(self._core.active_batches())
        told = "1 active batch goes on by itself; " if batches == 1 else f"{batches} active batches go on; "
        if self.journal is None:
            error.add_note(f"{told}without a journal, running this again would submit everything again")
        else:
            error.add_note(f"{told}run the same again with journal={self.journal!r} to go on")

    def __repr__(self) -> str:
        state = "closed" if self._is_closed else str(self.report())
        where = "without a journal" if self.journal is None else f"journal {self.journal!r}"
        return f"<{type(self).__name__} {self.run_id}, {where}: {state}>"

    def __reduce__(self) -> typing.NoReturn:
        raise TypeError("a run cannot be pickled: its journal is what travels")


class Run(RunState):
    """A run of any number of requests: an iterator of outcomes, as items finish.

    Each item has exactly one outcome: `Ready`, `Failed`, `Canceled`, `Expired` or `Malformed`. An
    outcome counts as handed over when the next one is asked for, or the run is closed; not if an
    exception leaves the `with` block. Whatever ends a run leaves its batches running: with a
    journal, the same call goes on.

    Example:
        >>> with client.run(requests, model_name="pegasus1.5", analysis_mode="general") as run:
        ...     for outcome in run:
        ...         if outcome.status == "ready":
        ...             print(outcome.data.data)
    """

    def __iter__(self) -> Run:
        return self

    def __next__(self) -> Outcome:
        while True:
            word, value = self._core.step()
            if word == "outcome":
                given = self._reader.take(value[0])
                return make_outcome(value, given.request, given.context)
            if not self._go_on(word, value):
                raise StopIteration

    def _go_on(self, word: str, room: int) -> bool:
        """Does what the core needs; false when nothing is left to be done."""
        if word == "read":
            self._reader.read(room)
        elif word == "ask":
            self._core.answer(bool(self._confirm is not None and self._confirm(self.report())))
        elif word == "more":
            try:
                self._core.advance()
                self._tell()
            except KeyboardInterrupt as error:
                self._advise(error)
                raise
        else:
            self._tell(is_over=True)
            self._hide()
            return False
        return True

    def wait(self) -> RunReport:
        """Drives the run to its end without handing outcomes over: exports have them all.

        Returns:
            What it has come to.

        Raises:
            RunStoppedError: A guard has stopped it.
        """
        while True:
            word, room = self._core.skip()
            if not self._go_on(word, room):
                self._reader.forget()
                return self.report()

    def collect(self) -> ResultList:
        """Drives the run to its end; returns the rows of all items of the input, as a list."""
        self.wait()
        return exports.collect(self._core)

    def by_custom_id(self) -> typing.Dict[str, BatchResultItem]:
        """The same by their `custom_id`; a row of an item that has none stands under its `task_id`."""
        return self.collect().by_custom_id()

    def join(self) -> typing.List[typing.Tuple[BatchItemRequest, typing.Optional[BatchResultItem]]]:
        """The same as pairs of a request and its row; `None` where it cannot be read."""
        self.wait()
        return list(exports.pairs(self._core))

    def to_arrow(self) -> pyarrow.Table:
        """Drives the run to its end; returns requests and results of all items as a `pyarrow.Table`.

        Items that were handed over before are in it, and so are those of earlier runs with the
        same journal, as far as they are in the input.
        """
        self.wait()
        return exports.to_arrow(self._core)

    def to_pandas(self, *, dtype_backend: typing.Optional[DtypeBackend] = None) -> pandas.DataFrame:
        """The same as a `pandas.DataFrame`."""
        self.wait()
        return exports.to_pandas(self._core, dtype_backend)

    def to_polars(self) -> polars.DataFrame:
        """The same as a `polars.DataFrame`."""
        self.wait()
        return exports.to_polars(self._core)

    def to_jsonl(self, path: Path, *, overwrite: bool = True) -> int:
        """Drives the run to its end; writes the rows as JSON Lines. Returns their number."""
        return self._fill("jsonl", path, overwrite)

    def to_parquet(self, path: Path, *, overwrite: bool = True) -> int:
        """Drives the run to its end; writes requests and results as Parquet. Returns the number of rows."""
        return self._fill("parquet", path, overwrite)

    def to_csv(self, path: Path, *, overwrite: bool = True) -> int:
        """The same as CSV."""
        return self._fill("csv", path, overwrite)

    def _fill(self, kind: str, path: Path, overwrite: bool) -> int:
        # Whether it can be written is known before anything is submitted.
        file = exports.open_file(kind, path, overwrite=overwrite)
        try:
            self.wait()
            return exports.fill(self._core, file)
        except BaseException:
            file.give_up()
            raise

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Requests and results as a capsule of an Arrow stream."""
        self.wait()
        return exports.columns(self._core).__arrow_c_stream__(requested_schema)

    def close(self) -> None:
        """Ends the run here, and lets its journal go; batches go on by themselves."""
        self._close(settled=True)

    def _close(self, *, settled: bool) -> None:
        self._is_closed = True
        self._hide()
        self._core.close(settled)

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self,
        kind: typing.Optional[typing.Type[BaseException]],
        error: typing.Optional[BaseException],
        traceback: typing.Optional[TracebackType],
    ) -> None:
        # What went wrong may have gone wrong with the outcome that was handed over last.
        self._close(settled=error is None)
