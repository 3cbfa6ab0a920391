"""Both clients behind one interface, so that the same cases judge both."""

from __future__ import annotations

import asyncio
import typing

from twelvelabs_batches import (
    OMIT,
    AnalyzeBatchStatusResponse,
    AnalyzeTaskResult,
    AsyncBatchesClient,
    AsyncPage,
    AsyncPager,
    AsyncResults,
    BatchDefaults,
    BatchesClient,
    BatchItemRequest,
    BatchResultItem,
    CreateAnalyzeBatchResponse,
    RequestOptions,
    Results,
    SyncPage,
    SyncPager,
)
from twelvelabs_batches.types import BatchDefaultsParams, BatchItemRequestParams

if typing.TYPE_CHECKING:
    import types

T = typing.TypeVar("T")
Created_co = typing.TypeVar("Created_co", covariant=True)
P = typing.ParamSpec("P")

Batch = AnalyzeBatchStatusResponse
Pager = typing.Union[SyncPager[Batch], AsyncPager[Batch]]
Page = typing.Union[SyncPage[Batch], AsyncPage[Batch]]
Words = typing.Union[str, typing.Sequence[str], None]

PROMPT: BatchDefaultsParams = {"prompt": {"input_text": "Sum up this video."}}


class Target(typing.Protocol):
    """What a client can be pointed at."""

    @property
    def base_url(self) -> str: ...
    @property
    def api_key(self) -> str: ...


class Face(typing.Protocol):
    """A client whose calls block, whichever it is."""

    name: str

    @property
    def client(self) -> typing.Union[BatchesClient, AsyncBatchesClient]: ...
    def create(
        self,
        *,
        model_name: str,
        analysis_mode: str,
        requests: typing.Sequence[typing.Union[BatchItemRequest, BatchItemRequestParams]],
        defaults: typing.Union[BatchDefaults, BatchDefaultsParams, None] = OMIT,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> CreateAnalyzeBatchResponse: ...
    def list(
        self,
        *,
        page: typing.Optional[int] = None,
        page_limit: typing.Optional[int] = None,
        status: Words = None,
        analysis_mode: Words = None,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> Pager: ...
    def retrieve(
        self, batch_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> Batch: ...
    def cancel(self, batch_id: str, *, request_options: typing.Optional[RequestOptions] = None) -> Batch: ...
    def delete(self, batch_id: str, *, request_options: typing.Optional[RequestOptions] = None) -> None: ...
    def results(
        self, batch_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> typing.Union[Results, Stepper]: ...
    def rows(
        self, batch_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> typing.List[BatchResultItem]: ...
    def wait(self, batch_id: str, **settings: typing.Any) -> Batch: ...
    def wait_for_done(self, batch_id: str, **settings: typing.Any) -> Batch: ...
    def as_completed(self, batch_id: str, **settings: typing.Any) -> typing.Union[Results, Stepper]: ...
    def completed(self, batch_id: str, **settings: typing.Any) -> typing.List[BatchResultItem]: ...
    def all(self, pager: Pager) -> typing.List[Batch]: ...
    def pages(self, pager: Pager) -> typing.Sequence[Page]: ...
    def next_page(self, page: typing.Union[Page, Pager]) -> typing.Optional[Page]: ...
    def close(self) -> None: ...


class MakeFace(typing.Protocol):
    """Makes a client of a target; settings are those of the client, fitting or not."""

    def __call__(self, target: Target, **settings: typing.Any) -> Face: ...


class Creator(typing.Protocol[Created_co]):
    """Whatever has a `create`."""

    def create(
        self, *, model_name: str, analysis_mode: str, requests: typing.Any, defaults: typing.Any
    ) -> Created_co: ...


def item(number: int, **fields: typing.Any) -> BatchItemRequestParams:
    """A request for the video of that number; other fields may fit or not."""
    request = {"video": {"type": "asset_id", "asset_id": f"{number:024x}"}, **fields}
    return typing.cast("BatchItemRequestParams", request)


def submit(face: Creator[Created_co], count: int = 2, **settings: typing.Any) -> Created_co:
    """Creates a batch of prose items named v-0, v-1, …"""
    settings.setdefault("requests", [item(n, custom_id=f"v-{n}") for n in range(count)])
    settings.setdefault("defaults", PROMPT)
    return face.create(model_name="pegasus1.5", analysis_mode="general", **settings)


def ready(row: BatchResultItem) -> AnalyzeTaskResult:
    """The analysis of an item that has one."""
    assert row.data is not None, row
    return row.data


def verbs_by_id(face: Face) -> typing.List[typing.Callable[[str], object]]:
    """Every call that takes the identifier of a batch."""
    return [face.retrieve, face.cancel, face.delete, face.rows]


class SyncFace:
    """The blocking client."""

    name = "sync"

    def __init__(self, target: Target, **settings: typing.Any) -> None:
        settings.setdefault("base_url", target.base_url)
        self.client = BatchesClient(target.api_key, **settings)
        self.create = self.client.create
        self.retrieve = self.client.retrieve
        self.cancel = self.client.cancel
        self.delete = self.client.delete
        self.list = self.client.list
        self.results = self.client.results

    def wait(self, batch_id: str, **settings: typing.Any) -> Batch:
        return self.client.wait(batch_id, **settings)

    def wait_for_done(self, batch_id: str, **settings: typing.Any) -> Batch:
        return self.client.wait_for_done(batch_id, **settings)

    def as_completed(self, batch_id: str, **settings: typing.Any) -> Results:
        return self.client.as_completed(batch_id, **settings)

    def completed(self, batch_id: str, **settings: typing.Any) -> typing.List[BatchResultItem]:
        return list(self.client.as_completed(batch_id, **settings))

    def rows(
        self, batch_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> typing.List[BatchResultItem]:
        return list(self.client.results(batch_id, request_options=request_options))

    def all(self, pager: Pager) -> typing.List[Batch]:
        assert isinstance(pager, SyncPager)
        return list(pager)

    def pages(self, pager: Pager) -> typing.List[SyncPage[Batch]]:
        assert isinstance(pager, SyncPager)
        return list(pager.iter_pages())

    def next_page(self, page: typing.Union[Page, Pager]) -> typing.Optional[SyncPage[Batch]]:
        assert isinstance(page, (SyncPage, SyncPager))
        return page.next_page()

    def close(self) -> None:
        self.client.close()


def run(work: typing.Awaitable[T]) -> T:
    """Awaits in an event loop of its own."""

    async def main() -> T:
        return await work

    return asyncio.run(main())


def blocking(verb: typing.Callable[P, typing.Awaitable[T]]) -> typing.Callable[P, T]:
    """Makes a call that blocks of one that is awaited."""
    return lambda *args, **kwargs: run(verb(*args, **kwargs))


class Stepper:
    """Steps through asynchronous results."""

    def __init__(self, results: AsyncResults) -> None:
        self.results = results

    def __iter__(self) -> Stepper:
        return self

    def __next__(self) -> BatchResultItem:
        try:
            return run(self.results.__anext__())
        except StopAsyncIteration:
            raise StopIteration from None

    def close(self) -> None:
        run(self.results.aclose())

    def __enter__(self) -> Stepper:
        run(self.results.__aenter__())
        return self

    def __exit__(
        self,
        kind: typing.Optional[typing.Type[BaseException]],
        error: typing.Optional[BaseException],
        traceback: typing.Optional[types.TracebackType],
    ) -> None:
        run(self.results.__aexit__(kind, error, traceback))


class AsyncFace:
    """The asyncio client, every call in an event loop of its own."""

    name = "async"

    def __init__(self, target: Target, **settings: typing.Any) -> None:
        settings.setdefault("base_url", target.base_url)
        self.client = AsyncBatchesClient(target.api_key, **settings)
        self.create = blocking(self.client.create)
        self.retrieve = blocking(self.client.retrieve)
        self.cancel = blocking(self.client.cancel)
        self.delete = blocking(self.client.delete)
        self.list = blocking(self.client.list)

    def wait(self, batch_id: str, **settings: typing.Any) -> Batch:
        return run(self.client.wait(batch_id, **settings))

    def wait_for_done(self, batch_id: str, **settings: typing.Any) -> Batch:
        return run(self.client.wait_for_done(batch_id, **settings))

    def as_completed(self, batch_id: str, **settings: typing.Any) -> Stepper:
        return Stepper(self.client.as_completed(batch_id, **settings))

    def completed(self, batch_id: str, **settings: typing.Any) -> typing.List[BatchResultItem]:
        async def collect() -> typing.List[BatchResultItem]:
            return [row async for row in self.client.as_completed(batch_id, **settings)]

        return run(collect())

    def results(self, batch_id: str, *, request_options: typing.Optional[RequestOptions] = None) -> Stepper:
        return Stepper(self.client.results(batch_id, request_options=request_options))

    def rows(
        self, batch_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> typing.List[BatchResultItem]:
        async def collect() -> typing.List[BatchResultItem]:
            return [row async for row in self.client.results(batch_id, request_options=request_options)]

        return run(collect())

    def all(self, pager: Pager) -> typing.List[Batch]:
        assert isinstance(pager, AsyncPager)

        async def collect() -> typing.List[Batch]:
            return [entry async for entry in pager]

        return run(collect())

    def pages(self, pager: Pager) -> typing.List[AsyncPage[Batch]]:
        assert isinstance(pager, AsyncPager)

        async def collect() -> typing.List[AsyncPage[Batch]]:
            return [page async for page in pager.iter_pages()]

        return run(collect())

    def next_page(self, page: typing.Union[Page, Pager]) -> typing.Optional[AsyncPage[Batch]]:
        assert isinstance(page, (AsyncPage, AsyncPager))
        return run(page.next_page())

    def close(self) -> None:
        run(self.client.aclose())
