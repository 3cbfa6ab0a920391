"""Runs of many batches, awaited. Documented by the blocking face."""

from __future__ import annotations

import typing

from ._async_waiting import AsyncWaiting
from ._running import Defaults, Item, Running
from ._twin import document_alike
from .types import (
    CreateAnalyzeBatchRequestAnalysisMode,
    CreateAnalyzeBatchRequestModelName,
    RequestOptions,
)

if typing.TYPE_CHECKING:
    import typing_extensions

    from ._async_run import AsyncRun
    from ._place import Path
    from ._run_options import ResumeOptions, RunOptions
    from ._run_report import RunPlan

__all__ = ["AsyncRunning"]

Items = typing.Union[typing.Iterable[Item], typing.AsyncIterable[Item]]
"""The items of a run."""


class AsyncRunning(AsyncWaiting):
    @typing.overload
    def run(
        self,
        requests: Items,
        *,
        model_name: CreateAnalyzeBatchRequestModelName,
        analysis_mode: CreateAnalyzeBatchRequestAnalysisMode,
        defaults: typing.Optional[Defaults] = None,
        journal: typing.Optional[Path] = None,
        dry_run: typing.Literal[False] = False,
        request_options: typing.Optional[RequestOptions] = None,
        **options: typing_extensions.Unpack[RunOptions],
    ) -> AsyncRun: ...
    @typing.overload
    def run(
        self,
        requests: Items,
        *,
        model_name: CreateAnalyzeBatchRequestModelName,
        analysis_mode: CreateAnalyzeBatchRequestAnalysisMode,
        defaults: typing.Optional[Defaults] = None,
        journal: typing.Optional[Path] = None,
        dry_run: typing.Literal[True],
        request_options: typing.Optional[RequestOptions] = None,
        **options: typing_extensions.Unpack[RunOptions],
    ) -> typing.Coroutine[typing.Any, typing.Any, RunPlan]: ...
    def run(
        self,
        requests: Items,
        *,
        model_name: CreateAnalyzeBatchRequestModelName,
        analysis_mode: CreateAnalyzeBatchRequestAnalysisMode,
        defaults: typing.Optional[Defaults] = None,
        journal: typing.Optional[Path] = None,
        dry_run: bool = False,
        request_options: typing.Optional[RequestOptions] = None,
        **options: typing_extensions.Unpack[RunOptions],
    ) -> typing.Union[AsyncRun, typing.Coroutine[typing.Any, typing.Any, RunPlan]]:
        from . import _run_start as start  # noqa: PLC0415 - most programs need no runs

        arguments = (requests, model_name, analysis_mode, defaults, journal, options)
        given = start.settings_of(*arguments, may_be_async=True)
        if dry_run:
            return start.Planning(self._native.plan_run(given, request_options)).read_later(requests)
        return start.AsyncRun(self._native.begin_run(given, request_options), requests, options)

    def resume(
        self,
        journal: Path,
        *,
        run_id: typing.Optional[int] = None,
        request_options: typing.Optional[RequestOptions] = None,
        **options: typing_extensions.Unpack[ResumeOptions],
    ) -> AsyncRun:
        from . import _run_start as start  # noqa: PLC0415 - most programs need no runs

        given = start.settings_of_journal(journal, run_id, options)
        return start.AsyncRun(self._native.begin_run(given, request_options), None, options)

    async def resubmit(
        self,
        run: typing.Union[AsyncRun, Path],
        *,
        statuses: typing.Sequence[str] = ("failed", "expired", "canceled"),
        run_id: typing.Optional[int] = None,
        request_options: typing.Optional[RequestOptions] = None,
        **options: typing_extensions.Unpack[ResumeOptions],
    ) -> AsyncRun:
        from . import _run_start as start  # noqa: PLC0415 - most programs need no runs

        path, run_id = start.resubmitted(run, run_id)
        if isinstance(run, start.AsyncRun):
            await run.aclose()
        again = self.resume(path, run_id=run_id, request_options=request_options, **options)
        again._core.resubmit(list(statuses))  # noqa: SLF001 - of this package
        return again


document_alike(Running, AsyncRunning)
