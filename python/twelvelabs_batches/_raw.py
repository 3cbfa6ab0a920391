"""The verbs, with the answers that brought their values."""

from __future__ import annotations

import contextlib
import typing

from ._responses import AsyncHttpResponse, HttpResponse
from .types import (
    OMIT,
    BatchesListRequestAnalysisModeItem,
    BatchStatus,
    CreateAnalyzeBatchRequestAnalysisMode,
    CreateAnalyzeBatchRequestModelName,
    RequestOptions,
)

# As in the clients: dicts are accepted too.
if typing.TYPE_CHECKING:
    from ._async_client import AsyncBatchesClient
    from ._client import BatchesClient
    from ._native import (
        AnalyzeBatchStatusResponse,
        AnswerMeta,
        BatchResultItem,
        CreateAnalyzeBatchResponse,
        Results,
    )
    from ._pager import AsyncPager, SyncPager
    from ._params import BatchDefaultsInput as BatchDefaults
    from ._params import BatchItemRequestInput as BatchItemRequest
else:
    from ._native import BatchDefaults, BatchItemRequest

__all__ = ["AsyncRawBatchesClient", "RawBatchesClient"]

_Status = typing.Union[BatchStatus, typing.Sequence[BatchStatus]]
_Mode = typing.Union[BatchesListRequestAnalysisModeItem, typing.Sequence[BatchesListRequestAnalysisModeItem]]


def _meta_of(rows: Results) -> AnswerMeta:
    return typing.cast("AnswerMeta", rows._meta())  # noqa: SLF001 - it is open


class RawBatchesClient:
    """The methods of `BatchesClient`, each with the answer that brought its value."""

    def __init__(self, batches: BatchesClient) -> None:
        self._batches = batches
        self._call = batches._call  # noqa: SLF001

    def create(
        self,
        *,
        model_name: CreateAnalyzeBatchRequestModelName,
        analysis_mode: CreateAnalyzeBatchRequestAnalysisMode,
        requests: typing.Sequence[BatchItemRequest],
        defaults: typing.Optional[BatchDefaults] = OMIT,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> HttpResponse[CreateAnalyzeBatchResponse]:
        """As `BatchesClient.create`."""
        given = None if defaults is OMIT else defaults
        arguments = (model_name, analysis_mode, requests, given, request_options)
        return HttpResponse(*self._call("create", *arguments, True))

    def list(
        self,
        *,
        page: typing.Optional[int] = None,
        page_limit: typing.Optional[int] = None,
        status: typing.Optional[_Status] = None,
        analysis_mode: typing.Optional[_Mode] = None,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> SyncPager[AnalyzeBatchStatusResponse]:
        """As `BatchesClient.list`: the pager and its pages have a `response` themselves."""
        return self._batches.list(
            page=page,
            page_limit=page_limit,
            status=status,
            analysis_mode=analysis_mode,
            request_options=request_options,
        )

    def retrieve(
        self, batch_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> HttpResponse[AnalyzeBatchStatusResponse]:
        """As `BatchesClient.retrieve`."""
        return HttpResponse(*self._call("retrieve", batch_id, request_options, True))

    @contextlib.contextmanager
    def results(
        self, batch_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> typing.Iterator[HttpResponse[typing.Iterator[BatchResultItem]]]:
        """As `BatchesClient.results`, as a context manager.

        The request is made when its block is entered; `data` is the iterator of
        rows, and the rest tells of the first answer, if rows were asked for again.
        """
        with self._batches.results(batch_id, request_options=request_options) as rows:
            yield HttpResponse(rows, _meta_of(rows), rows)

    def cancel(
        self, batch_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> HttpResponse[AnalyzeBatchStatusResponse]:
        """As `BatchesClient.cancel`."""
        return HttpResponse(*self._call("cancel", batch_id, request_options, True))

    def delete(
        self, batch_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> HttpResponse[None]:
        """As `BatchesClient.delete`."""
        return HttpResponse(*self._call("delete", batch_id, request_options, True))


class AsyncRawBatchesClient:
    """The methods of `AsyncBatchesClient`, each with the answer that brought its value."""

    def __init__(self, batches: AsyncBatchesClient) -> None:
        self._batches = batches
        self._call = batches._call  # noqa: SLF001

    async def create(
        self,
        *,
        model_name: CreateAnalyzeBatchRequestModelName,
        analysis_mode: CreateAnalyzeBatchRequestAnalysisMode,
        requests: typing.Sequence[BatchItemRequest],
        defaults: typing.Optional[BatchDefaults] = OMIT,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> AsyncHttpResponse[CreateAnalyzeBatchResponse]:
        """As `AsyncBatchesClient.create`."""
        given = None if defaults is OMIT else defaults
        arguments = (model_name, analysis_mode, requests, given, request_options)
        return AsyncHttpResponse(*await self._call("create", *arguments, True))

    async def list(
        self,
        *,
        page: typing.Optional[int] = None,
        page_limit: typing.Optional[int] = None,
        status: typing.Optional[_Status] = None,
        analysis_mode: typing.Optional[_Mode] = None,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> AsyncPager[AnalyzeBatchStatusResponse]:
        """As `AsyncBatchesClient.list`: the pager and its pages have a `response` themselves."""
        return await self._batches.list(
            page=page,
            page_limit=page_limit,
            status=status,
            analysis_mode=analysis_mode,
            request_options=request_options,
        )

    async def retrieve(
        self, batch_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> AsyncHttpResponse[AnalyzeBatchStatusResponse]:
        """As `AsyncBatchesClient.retrieve`."""
        return AsyncHttpResponse(*await self._call("retrieve", batch_id, request_options, True))

    @contextlib.asynccontextmanager
    async def results(
        self, batch_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> typing.AsyncIterator[AsyncHttpResponse[typing.AsyncIterator[BatchResultItem]]]:
        """As `AsyncBatchesClient.results`, as an asynchronous context manager.

        The request is made when its block is entered; `data` is the iterator of
        rows, and the rest tells of the first answer, if rows were asked for again.
        """
        async with self._batches.results(batch_id, request_options=request_options) as rows:
            reader = rows._reader  # noqa: SLF001
            yield AsyncHttpResponse(rows, _meta_of(reader), reader)

    async def cancel(
        self, batch_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> AsyncHttpResponse[AnalyzeBatchStatusResponse]:
        """As `AsyncBatchesClient.cancel`."""
        return AsyncHttpResponse(*await self._call("cancel", batch_id, request_options, True))

    async def delete(
        self, batch_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> AsyncHttpResponse[None]:
        """As `AsyncBatchesClient.delete`."""
        return AsyncHttpResponse(*await self._call("delete", batch_id, request_options, True))
