"""Runs of many batches, blocking."""

from __future__ import annotations

import typing

from ._waiting import Waiting
from .types import (
    CreateAnalyzeBatchRequestAnalysisMode,
    CreateAnalyzeBatchRequestModelName,
    RequestOptions,
)

if typing.TYPE_CHECKING:
    import typing_extensions

    from ._params import BatchDefaultsInput, BatchItemRequestInput
    from ._place import Path
    from ._run import Run
    from ._run_options import ResumeOptions, RunOptions
    from ._run_report import RunPlan

__all__ = ["Running"]

# Whoever has many keeps them in variables, and to type checkers a dict in a variable is any dict.
Request = typing.Union["BatchItemRequestInput", typing.Mapping[str, typing.Any]]
Item = typing.Union[Request, typing.Tuple[Request, typing.Any]]
Defaults = typing.Union["BatchDefaultsInput", typing.Mapping[str, typing.Any]]


class Running(Waiting):
    """Methods for more requests than a batch holds."""

    @typing.overload
    def run(
        self,
        requests: typing.Iterable[Item],
        *,
        model_name: CreateAnalyzeBatchRequestModelName,
        analysis_mode: CreateAnalyzeBatchRequestAnalysisMode,
        defaults: typing.Optional[Defaults] = None,
        journal: typing.Optional[Path] = None,
        dry_run: typing.Literal[False] = False,
        request_options: typing.Optional[RequestOptions] = None,
        **options: typing_extensions.Unpack[RunOptions],
    ) -> Run: ...
    @typing.overload
    def run(
        self,
        requests: typing.Iterable[Item],
        *,
        model_name: CreateAnalyzeBatchRequestModelName,
        analysis_mode: CreateAnalyzeBatchRequestAnalysisMode,
        defaults: typing.Optional[Defaults] = None,
        journal: typing.Optional[Path] = None,
        dry_run: typing.Literal[True],
        request_options: typing.Optional[RequestOptions] = None,
        **options: typing_extensions.Unpack[RunOptions],
    ) -> RunPlan: ...
    def run(
        self,
        requests: typing.Iterable[Item],
        *,
        model_name: CreateAnalyzeBatchRequestModelName,
        analysis_mode: CreateAnalyzeBatchRequestAnalysisMode,
        defaults: typing.Optional[Defaults] = None,
        journal: typing.Optional[Path] = None,
        dry_run: bool = False,
        request_options: typing.Optional[RequestOptions] = None,
        **options: typing_extensions.Unpack[RunOptions],
    ) -> typing.Union[Run, RunPlan]:
        """Analyses any number of requests, in as many batches as they need.

        Items are put into batches, which are submitted as the account has room, watched, read as
        their items end, and tried again where that helps. Nothing happens until the run is
        iterated over. With a journal the same call, in this process or another, goes on where it
        stopped: what was submitted is not submitted again, and what was handed over does not come
        again.

        Args:
            requests: The items: anything to iterate over, however long, read as far as needed.
                Models, dicts of the same shape, or tuples of one and an object of yours that
                comes back with the outcome.
            model_name: As for `create`.
            analysis_mode: As for `create`.
            defaults: As for `create`.
            journal: The path of a file that remembers the run; made if it is not there. One run
                at a time writes it, and one account. Without one, whatever ends the process makes
                it forget what it has submitted: begun again, it pays again.
            dry_run: Reads the whole input, submits nothing, and returns what would be done.
            request_options: Settings of each request.
            **options: `RunOptions`: order, batch sizes, guards, price, sample, and so on.

        Returns:
            The run: an iterator of outcomes, usable as a context manager. With `dry_run` the plan.

        Raises:
            ValidationError: An argument does not fit. An item that breaks a rule is told, with its
                place, when it is read, and again when what was submitted before has ended.
            JournalError: The journal cannot be used.
            JournalInUseError: Another run writes the journal.

        Example:
            >>> requests = [
            ...     {"video": {"type": "asset_id", "asset_id": "6a0000000000000000000001"}},
            ...     {"video": {"type": "asset_id", "asset_id": "6a0000000000000000000002"}},
            ... ]
            >>> with client.run(
            ...     requests,
            ...     model_name="pegasus1.5",
            ...     analysis_mode="general",
            ...     defaults={"prompt": {"input_text": "Sum up this video."}},
            ... ) as run:
            ...     for outcome in run:
            ...         print(outcome.status)
            ready
            ready
        """
        from . import _run_start as start  # noqa: PLC0415 - most programs need no runs

        given = start.settings_of(requests, model_name, analysis_mode, defaults, journal, options)
        if dry_run:
            return start.Planning(self._native.plan_run(given, request_options)).read(requests)
        return start.Run(self._native.begin_run(given, request_options), requests, options)

    def resume(
        self,
        journal: Path,
        *,
        run_id: typing.Optional[int] = None,
        request_options: typing.Optional[RequestOptions] = None,
        **options: typing_extensions.Unpack[ResumeOptions],
    ) -> Run:
        """Goes on with a run from its journal alone, with the items that it knows.

        Items of the input that had not been read by then are not known to it: call `run` with
        the same input for these.

        Args:
            journal: The path of the journal.
            run_id: Which of its runs, where it has several.
            request_options: Settings of each request.
            **options: `ResumeOptions`.

        Returns:
            The run. Its outcomes have no `request` and no `context`; exports have the requests.

        Raises:
            JournalError: The journal cannot be used, or has no such run.
            JournalInUseError: Another run writes the journal.

        Example:
            >>> run = client.resume("films.db")
            >>> run.to_parquet("films.parquet")
        """
        from . import _run_start as start  # noqa: PLC0415 - most programs need no runs

        given = start.settings_of_journal(journal, run_id, options)
        return start.Run(self._native.begin_run(given, request_options), None, options)

    def resubmit(
        self,
        run: typing.Union[Run, Path],
        *,
        statuses: typing.Sequence[str] = ("failed", "expired", "canceled"),
        run_id: typing.Optional[int] = None,
        request_options: typing.Optional[RequestOptions] = None,
        **options: typing_extensions.Unpack[ResumeOptions],
    ) -> Run:
        """Submits items of a finished run once more: those that ended in one of these ways.

        Args:
            run: The run, or the path of its journal. A run is closed by it.
            statuses: How they ended: `failed`, `expired`, `canceled`, `malformed`, `ready`.
            run_id: Which run of the journal, where it has several.
            request_options: Settings of each request.
            **options: `ResumeOptions`.

        Returns:
            The run, which goes on with all of its items.

        Raises:
            ValidationError: A status is none, or the run has no journal.
            JournalError: The journal cannot be used, or has no such run.

        Example:
            >>> for outcome in client.resubmit("films.db", statuses=["failed"]):
            ...     print(outcome)
        """
        from . import _run_start as start  # noqa: PLC0415 - most programs need no runs

        path, run_id = start.resubmitted(run, run_id)
        if isinstance(run, start.Run):
            run.close()
        again = self.resume(path, run_id=run_id, request_options=request_options, **options)
        again._core.resubmit(list(statuses))  # noqa: SLF001 - of this package
        return again
