"""What batches refer to: tasks and assets, in both faces."""

from __future__ import annotations

import typing

from ._absent import Partly
from ._native import AnalyzeTaskResponse, AssetDetail
from ._responses import AsyncHttpResponse, HttpResponse
from ._twin import document_alike
from .types import RequestOptions

if typing.TYPE_CHECKING:
    from ._async_client import AsyncBatchesClient
    from ._client import BatchesClient

__all__ = [
    "AssetsClient",
    "AsyncAssetsClient",
    "AsyncRawAssetsClient",
    "AsyncRawTasksClient",
    "AsyncTasksClient",
    "RawAssetsClient",
    "RawTasksClient",
    "TasksClient",
]


class RawTasksClient(Partly):
    """The methods of `TasksClient`, each with the answer that brought its value."""

    def __init__(self, batches: BatchesClient) -> None:
        self._batches = batches

    def retrieve(
        self, task_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> HttpResponse[AnalyzeTaskResponse]:
        """As `TasksClient.retrieve`."""
        call = self._batches._call  # noqa: SLF001
        return HttpResponse(*call("retrieve_task", task_id, request_options, True))


class AsyncRawTasksClient(Partly):
    """The methods of `AsyncTasksClient`, each with the answer that brought its value."""

    def __init__(self, batches: AsyncBatchesClient) -> None:
        self._batches = batches

    async def retrieve(
        self, task_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> AsyncHttpResponse[AnalyzeTaskResponse]:
        """As `AsyncTasksClient.retrieve`."""
        call = self._batches._call  # noqa: SLF001
        return AsyncHttpResponse(*await call("retrieve_task", task_id, request_options, True))


class RawAssetsClient(Partly):
    """The methods of `AssetsClient`, each with the answer that brought its value."""

    def __init__(self, batches: BatchesClient) -> None:
        self._batches = batches

    def retrieve(
        self, asset_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> HttpResponse[AssetDetail]:
        """As `AssetsClient.retrieve`."""
        call = self._batches._call  # noqa: SLF001
        return HttpResponse(*call("retrieve_asset", asset_id, request_options, True))


class AsyncRawAssetsClient(Partly):
    """The methods of `AsyncAssetsClient`, each with the answer that brought its value."""

    def __init__(self, batches: AsyncBatchesClient) -> None:
        self._batches = batches

    async def retrieve(
        self, asset_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> AsyncHttpResponse[AssetDetail]:
        """As `AsyncAssetsClient.retrieve`."""
        call = self._batches._call  # noqa: SLF001
        return AsyncHttpResponse(*await call("retrieve_asset", asset_id, request_options, True))


class TasksClient(Partly):
    """What `client.analyze_async.tasks` holds: reading a task."""

    def __init__(self, batches: BatchesClient) -> None:
        self._batches = batches

    @property
    def with_raw_response(self) -> RawTasksClient:
        """The same method, with the answer that brought its value."""
        return RawTasksClient(self._batches)

    def retrieve(
        self, task_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> AnalyzeTaskResponse:
        """Reads a task: an item of a batch, or an analysis of its own.

        It tells more than the item's row of the results: what was asked for, and
        when it ended.

        Args:
            task_id: Identifier of the task, 24 hexadecimal digits.
            request_options: Settings of this call alone.

        Returns:
            The task.

        Raises:
            ValidationError: The identifier cannot be one; nothing was sent.
            NotFoundError: There is no such task.
            TransportError: The platform was not reached, or did not answer.

        Example:
            >>> task = platform.analyze_async.tasks.retrieve(task_id)
            >>> task.request_params.prompt_v_2.input_text
            'Sum up this video.'
        """
        return typing.cast(
            "AnalyzeTaskResponse",
            self._batches._call("retrieve_task", task_id, request_options),  # noqa: SLF001
        )


class AssetsClient(Partly):
    """What `client.assets` holds: reading an asset."""

    def __init__(self, batches: BatchesClient) -> None:
        self._batches = batches

    @property
    def with_raw_response(self) -> RawAssetsClient:
        """The same method, with the answer that brought its value."""
        return RawAssetsClient(self._batches)

    def retrieve(
        self, asset_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> AssetDetail:
        """Reads an asset, such as to see whether it is `ready` for a batch.

        Args:
            asset_id: Identifier of the asset, 24 hexadecimal digits.
            request_options: Settings of this call alone.

        Returns:
            The asset.

        Raises:
            ValidationError: The identifier cannot be one; nothing was sent.
            NotFoundError: There is no such asset.
            TransportError: The platform was not reached, or did not answer.

        Example:
            >>> asset = platform.assets.retrieve("6a0000000000000000000001")
            >>> asset.status
            'ready'
        """
        return typing.cast(
            "AssetDetail",
            self._batches._call("retrieve_asset", asset_id, request_options),  # noqa: SLF001
        )


class AsyncTasksClient(Partly):
    """What `client.analyze_async.tasks` holds: reading a task."""

    def __init__(self, batches: AsyncBatchesClient) -> None:
        self._batches = batches

    @property
    def with_raw_response(self) -> AsyncRawTasksClient:
        """The same method, with the answer that brought its value."""
        return AsyncRawTasksClient(self._batches)

    async def retrieve(
        self, task_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> AnalyzeTaskResponse:
        return typing.cast(
            "AnalyzeTaskResponse",
            await self._batches._call("retrieve_task", task_id, request_options),  # noqa: SLF001
        )


class AsyncAssetsClient(Partly):
    """What `client.assets` holds: reading an asset."""

    def __init__(self, batches: AsyncBatchesClient) -> None:
        self._batches = batches

    @property
    def with_raw_response(self) -> AsyncRawAssetsClient:
        """The same method, with the answer that brought its value."""
        return AsyncRawAssetsClient(self._batches)

    async def retrieve(
        self, asset_id: str, *, request_options: typing.Optional[RequestOptions] = None
    ) -> AssetDetail:
        return typing.cast(
            "AssetDetail",
            await self._batches._call("retrieve_asset", asset_id, request_options),  # noqa: SLF001
        )


document_alike(TasksClient, AsyncTasksClient)
document_alike(AssetsClient, AsyncAssetsClient)
