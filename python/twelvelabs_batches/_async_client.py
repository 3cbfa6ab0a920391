"""The asyncio face: the same methods, awaited. Documented by the blocking one."""

from __future__ import annotations

import contextlib
import typing

from ._async_results import AsyncWhole
from ._async_running import AsyncRunning
from ._client import BatchesClient
from ._native import AnalyzeBatchStatusResponse, BatchResultItem, CreateAnalyzeBatchResponse, _AsyncRows
from ._pager import AsyncPage, AsyncPager
from ._raw import AsyncRawBatchesClient
from ._report import CheckReport, make_report, read_draft
from ._trace import NOTHING, span
from ._twin import document_alike, returns
from .types import (
    OMIT,
    BatchesListRequestAnalysisModeItem,
    BatchStatus,
    CreateAnalyzeBatchRequestAnalysisMode,
    CreateAnalyzeBatchRequestModelName,
    OnMalformed,
    RequestOptions,
    Timeout,
)

# As in the blocking face: dicts are accepted too.
if typing.TYPE_CHECKING:
    import os
    from types import TracebackType

    from ._native import Results
    from ._observing import Observer
    from ._params import BatchDefaultsInput as BatchDefaults
    from ._params import BatchItemRequestInput as BatchItemRequest
else:
    from ._native import BatchDefaults, BatchItemRequest

__all__ = ["AsyncBatchesClient", "AsyncResults"]


class AsyncResults(_AsyncRows, AsyncWhole):
    """The results of a batch: an asynchronous iterator of its items.

    The request is made when the first item is asked for. Awaiting the stream
    itself makes it at once, so that a batch that does not exist is told, and
    gives the stream. Each item is handed over as soon as it has arrived, and
    once. If the answer breaks off, or has fewer rows than the batch has items,
    the rest is asked for again; if that does not help, `IncompleteResultsError`
    is raised, and iterating on tries once more. A row that cannot be read raises
    `MalformedRowError`; iterating on continues with the row after it. Closing
    it, or leaving its `async with` block, lets the connection go.
    """

    def __init__(
        self,
        reader: Results,
        opening: typing.ContextManager[None],
        observer: typing.Optional[Observer] = None,
    ) -> None:
        self._reader = reader
        self._opening: typing.Optional[typing.ContextManager[None]] = opening
        self._observer = observer

    def __await__(self) -> typing.Generator[typing.Any, None, AsyncResults]:
        return self.__aenter__().__await__()

    async def _wait_for_next(self) -> BatchResultItem:
        """The next item, which has not arrived, or is observed."""
        reader = self._reader
        await self._begin()
        try:
            await self._observe()
            while (row := reader._next_arrived()) is None:  # noqa: SLF001
                await reader._receive()  # noqa: SLF001
                await self._observe()
        except BaseException as error:
            reader._tell()  # noqa: SLF001
            self._fail(error)
            raise
        return row

    async def _observe(self) -> None:
        """Tells what was seen of the batch."""
        if self._observer is None:
            return
        self._observer.stay_awake()
        try:
            while (seen := self._reader._next_sight()) is not None:  # noqa: SLF001
                await self._observer.tell_and_await(seen)
        except Exception:
            # That ends the waiting. After an interruption whoever asks on goes on.
            self._reader.close()
            raise

    def _fail(self, error: BaseException) -> None:
        if self._observer is not None:
            self._observer.fail(error)

    def _end(self) -> None:
        if self._observer is not None:
            self._observer.close()

    async def _begin(self) -> None:
        if self._opening is NOTHING:
            # Waiting for a row makes the request, and once is cheaper than twice.
            self._opening = None
        elif self._opening is not None:
            await self.__aenter__()

    @property
    def batch_id(self) -> str:
        """The batch whose results these are."""
        return self._reader.batch_id

    @property
    def delivered(self) -> int:
        """Items that were handed over."""
        return self._reader.delivered

    @property
    def malformed(self) -> int:
        """Rows that cannot be read, so far."""
        return self._reader.malformed

    def __repr__(self) -> str:
        return repr(self._reader).replace("<Results", "<AsyncResults", 1)

    def _repr_html_(self) -> typing.Optional[str]:
        from ._display import html  # noqa: PLC0415 - only for who looks at it

        return html(self)

    def __reduce__(self) -> typing.NoReturn:
        message = "a stream of results cannot be pickled: it is a connection"
        raise TypeError(message)

    async def aclose(self) -> None:
        """Ends the iteration and lets the connection go."""
        self._reader.close()

    async def __aenter__(self) -> AsyncResults:
        # One span for the request, whoever is the first to wait for it.
        opening, self._opening = self._opening or contextlib.nullcontext(), None
        try:
            with opening:
                await self._reader._open()  # noqa: SLF001
        except BaseException as error:
            self._fail(error)
            raise
        finally:
            self._reader._tell()  # noqa: SLF001
        return self

    async def __aexit__(
        self,
        kind: typing.Optional[typing.Type[BaseException]],
        error: typing.Optional[BaseException],
        traceback: typing.Optional[TracebackType],
    ) -> None:
        if error is not None:
            self._fail(error)
        await self.aclose()


class AsyncBatchesClient(AsyncRunning):
    def __init__(
        self,
        api_key: typing.Optional[str] = None,
        *,
        base_url: typing.Optional[str] = None,
        timeout: typing.Union[float, Timeout, None] = None,
        max_retries: typing.Optional[int] = None,
        headers: typing.Optional[typing.Mapping[str, str]] = None,
        backoff_factor: typing.Optional[float] = None,
        on_malformed: typing.Optional[OnMalformed] = None,
        ca_bundle: typing.Union[str, os.PathLike[str], None] = None,
        proxy: typing.Optional[str] = None,
        validate: bool = True,
        pickle_secrets: bool = False,
    ) -> None:
        self._configure(
            api_key,
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            headers=headers,
            backoff_factor=backoff_factor,
            on_malformed=on_malformed,
            ca_bundle=ca_bundle,
            proxy=proxy,
            validate=validate,
            pickle_secrets=pickle_secrets,
        )

    async def create(
        self,
        *,
        model_name: CreateAnalyzeBatchRequestModelName,
        analysis_mode: CreateAnalyzeBatchRequestAnalysisMode,
        requests: typing.Sequence[BatchItemRequest],
        defaults: typing.Optional[BatchDefaults] = OMIT,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> CreateAnalyzeBatchResponse:
        given = None if defaults is OMIT else defaults
        return typing.cast(
            "CreateAnalyzeBatchResponse",
            await self._call("create", model_name, analysis_mode, requests, given, request_options),
        )

    async def check(
        self,
        *,
        model_name: CreateAnalyzeBatchRequestModelName,
        analysis_mode: CreateAnalyzeBatchRequestAnalysisMode,
        requests: typing.Sequence[BatchItemRequest],
        defaults: typing.Optional[BatchDefaults] = OMIT,
        durations: typing.Optional[typing.Mapping[str, typing.Optional[float]]] = None,
        assets: bool = False,
        on_progress: typing.Optional[typing.Callable[[int, int], object]] = None,
        max_concurrency: int = 8,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> CheckReport:
        draft = read_draft(model_name, analysis_mode, requests, defaults, durations, request_options)
        if not assets:
            return make_report(draft)
        found = await self._ask_about(draft.asset_ids(), max_concurrency, request_options, on_progress)
        return make_report(draft, found)

    async def list(
        self,
        *,
        page: typing.Optional[int] = None,
        page_limit: typing.Optional[int] = None,
        status: typing.Optional[typing.Union[BatchStatus, typing.Sequence[BatchStatus]]] = None,
        analysis_mode: typing.Optional[
            typing.Union[
                BatchesListRequestAnalysisModeItem, typing.Sequence[BatchesListRequestAnalysisModeItem]
            ]
        ] = None,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> AsyncPager[AnalyzeBatchStatusResponse]:
        reader = await self._call("list", page, page_limit, status, analysis_mode, request_options)
        return AsyncPager(AsyncPage(reader, self._call))

    async def retrieve(
        self,
        batch_id: str,
        *,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> AnalyzeBatchStatusResponse:
        return typing.cast(
            "AnalyzeBatchStatusResponse", await self._call("retrieve", batch_id, request_options)
        )

    @returns("typing.AsyncIterator[BatchResultItem]")
    def results(
        self,
        batch_id: str,
        *,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> AsyncResults:
        opening = span("results", self._native.base_url, (batch_id,))
        return AsyncResults(self._native.results(batch_id, request_options), opening)

    async def cancel(
        self,
        batch_id: str,
        *,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> AnalyzeBatchStatusResponse:
        return typing.cast(
            "AnalyzeBatchStatusResponse", await self._call("cancel", batch_id, request_options)
        )

    async def delete(
        self,
        batch_id: str,
        *,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> None:
        await self._call("delete", batch_id, request_options)

    @property
    def with_raw_response(self) -> AsyncRawBatchesClient:
        """The same methods, each with the answer that brought its value.

        `create`, `retrieve`, `cancel` and `delete` return an `AsyncHttpResponse`;
        `results` is an asynchronous context manager that yields one; `list` returns
        its pager.
        """
        return AsyncRawBatchesClient(self)

    async def aclose(self) -> None:
        """Lets the connections go. Later calls raise `ClientClosedError`."""
        self._native.close()

    async def __aenter__(self) -> AsyncBatchesClient:
        return self

    async def __aexit__(
        self,
        kind: typing.Optional[typing.Type[BaseException]],
        error: typing.Optional[BaseException],
        traceback: typing.Optional[TracebackType],
    ) -> None:
        await self.aclose()


document_alike(BatchesClient, AsyncBatchesClient)
