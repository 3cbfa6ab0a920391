"""The verbs, with the answers that brought their values."""

from __future__ import annotations

import contextlib
import typing

from ._absent import Partly
from ._native import BatchResultItem
from ._responses import AsyncHttpResponse, HttpResponse
from .errors import StreamClosedError
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
    from ._async_client import AsyncBatchesClient, AsyncResults
    from ._client import BatchesClient
    from ._native import (
        AnalyzeBatchStatusResponse,
        AnswerMeta,
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


class _Rows(typing.Iterator[BatchResultItem]):
    """Rows of an answer that was opened, and may be closed before its end."""

    def __init__(self, rows: Results) -> None:
        self._rows = rows
        self._is_closed = self._is_over = False

    def __next__(self) -> BatchResultItem:
        try:
            return next(self._rows)
        except StopIteration:
            if self._is_closed and not self._is_over:
                raise _tell_closed(self.delivered) from None
            self._is_over = True
            raise

    @property
    def delivered(self) -> int:
        """Items that were handed over."""
        return self._rows.delivered

    @property
    def malformed(self) -> int:
        """Rows that cannot be read, so far."""
        return self._rows.malformed

    def close(self) -> None:
        """Lets the connection go."""
        self._is_closed = True
        self._rows.close()

    def __reduce__(self) -> typing.NoReturn:
        self._rows.__reduce__()


class _AsyncRows(typing.AsyncIterator[BatchResultItem]):
    """Rows of an answer that was opened, and may be closed before its end."""

    def __init__(self, rows: AsyncResults) -> None:
        self._rows = rows
        self._is_closed = self._is_over = False

    async def __anext__(self) -> BatchResultItem:
        try:
            return await self._rows.__anext__()
        except StopAsyncIteration:
            if self._is_closed and not self._is_over:
                raise _tell_closed(self.delivered) from None
            self._is_over = True
            raise

    @property
    def delivered(self) -> int:
        """Items that were handed over."""
        return self._rows.delivered

    @property
    def malformed(self) -> int:
        """Rows that cannot be read, so far."""
        return self._rows.malformed

    async def aclose(self) -> None:
        """Lets the connection go."""
        self._is_closed = True
        await self._rows.aclose()

    def __reduce__(self) -> typing.NoReturn:
        self._rows.__reduce__()


def _tell_closed(delivered: int) -> StreamClosedError:
    rows = "1 row" if delivered == 1 else f"{delivered} rows"
    return StreamClosedError(f"the answer was closed after {rows}, before its end")


class RawBatchesClient(Partly):
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
        Rows that are read after the block, or after `close()`, raise
        `StreamClosedError`, unless their end was reached.
        """
        results = self._batches.results(batch_id, request_options=request_options)
        with contextlib.closing(_Rows(results)) as rows:
            yield HttpResponse(rows, _meta_of(results), rows)

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


class AsyncRawBatchesClient(Partly):
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
        Rows that are read after the block, or after `close()`, raise
        `StreamClosedError`, unless their end was reached.
        """
        async with self._batches.results(batch_id, request_options=request_options) as results:
            rows = _AsyncRows(results)
            try:
                yield AsyncHttpResponse(rows, _meta_of(results._reader), rows)  # noqa: SLF001
            finally:
                await rows.aclose()

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
