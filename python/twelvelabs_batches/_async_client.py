"""The asyncio face: the same methods, awaited. Documented by the blocking one."""

from __future__ import annotations

import typing

from ._client import BatchesClient
from ._native import AnalyzeBatchStatusResponse, BatchResultItem, CreateAnalyzeBatchResponse
from ._pager import AsyncPage, AsyncPager
from ._settings import open_native
from ._twin import document_alike, returns
from .types import (
    OMIT,
    BatchesListRequestAnalysisModeItem,
    BatchStatus,
    CreateAnalyzeBatchRequestAnalysisMode,
    CreateAnalyzeBatchRequestModelName,
    RequestOptions,
    Timeout,
)

# As in the blocking face: dicts are accepted too.
if typing.TYPE_CHECKING:
    from types import TracebackType

    from ._native import Results
    from ._params import BatchDefaultsInput as BatchDefaults
    from ._params import BatchItemRequestInput as BatchItemRequest
else:
    from ._native import BatchDefaults, BatchItemRequest

__all__ = ["AsyncBatchesClient", "AsyncResults"]


class AsyncResults(typing.AsyncIterator[BatchResultItem]):
    """The results of a batch: an asynchronous iterator of its items.

    The request is made when the first item is asked for. Each item is handed
    over as soon as it has arrived. A row that cannot be read raises
    `MalformedRowError`; iterating on continues with the row after it. Closing
    it, or leaving its `async with` block, lets the connection go.
    """

    def __init__(self, reader: Results) -> None:
        self._reader = reader

    def __aiter__(self) -> AsyncResults:
        return self

    async def __anext__(self) -> BatchResultItem:
        reader = self._reader
        while True:
            row = reader._next_arrived()  # noqa: SLF001
            if row is not None:
                return row
            if not await reader._receive():  # noqa: SLF001
                raise StopAsyncIteration

    async def aclose(self) -> None:
        """Ends the iteration and lets the connection go."""
        self._reader.close()

    async def __aenter__(self) -> AsyncResults:
        await self._reader._open()  # noqa: SLF001
        return self

    async def __aexit__(
        self,
        kind: typing.Optional[typing.Type[BaseException]],
        error: typing.Optional[BaseException],
        traceback: typing.Optional[TracebackType],
    ) -> None:
        await self.aclose()


class AsyncBatchesClient:
    def __init__(
        self,
        api_key: typing.Optional[str] = None,
        *,
        base_url: typing.Optional[str] = None,
        timeout: typing.Union[float, Timeout, None] = None,
        max_retries: typing.Optional[int] = None,
        headers: typing.Optional[typing.Mapping[str, str]] = None,
    ) -> None:
        self._native = open_native(
            blocking=False,
            api_key=api_key,
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            headers=headers,
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
            await self._native.create(model_name, analysis_mode, requests, given, request_options),
        )

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
        async def fetch(number: typing.Optional[int]) -> typing.Any:
            return await self._native.list(number, page_limit, status, analysis_mode, request_options)

        return AsyncPager(AsyncPage(await fetch(page), fetch))

    async def retrieve(
        self,
        batch_id: str,
        *,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> AnalyzeBatchStatusResponse:
        return typing.cast(
            "AnalyzeBatchStatusResponse", await self._native.retrieve(batch_id, request_options)
        )

    @returns("typing.AsyncIterator[BatchResultItem]")
    def results(
        self,
        batch_id: str,
        *,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> AsyncResults:
        return AsyncResults(self._native.results(batch_id, request_options))

    async def cancel(
        self,
        batch_id: str,
        *,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> AnalyzeBatchStatusResponse:
        return typing.cast("AnalyzeBatchStatusResponse", await self._native.cancel(batch_id, request_options))

    async def delete(
        self,
        batch_id: str,
        *,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> None:
        await self._native.delete(batch_id, request_options)

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

    def __repr__(self) -> str:
        state = ", closed" if self._native.closed else ""
        return f"{type(self).__name__}(base_url={self._native.base_url!r}{state})"


document_alike(BatchesClient, AsyncBatchesClient)
