"""The way in that the vendor's SDK has: `client.analyze_async.batches`."""

from __future__ import annotations

import typing

from ._async_client import AsyncBatchesClient
from ._client import BatchesClient

if typing.TYPE_CHECKING:
    from types import TracebackType

    import typing_extensions

    from .types import ClientOptions

__all__ = ["AsyncTwelveLabs", "TwelveLabs"]


class AnalyzeAsyncClient:
    """What `client.analyze_async` holds."""

    def __init__(self, batches: BatchesClient) -> None:
        self.batches = batches


class AsyncAnalyzeAsyncClient:
    """What `client.analyze_async` holds."""

    def __init__(self, batches: AsyncBatchesClient) -> None:
        self.batches = batches


class TwelveLabs:
    """A `BatchesClient` where the vendor's SDK has it: at `client.analyze_async.batches`.

    Takes the arguments of `BatchesClient`, by keyword.

    Example:
        >>> platform = TwelveLabs()
        >>> platform.analyze_async.batches
        BatchesClient(base_url=...)
    """

    def __init__(self, **options: typing_extensions.Unpack[ClientOptions]) -> None:
        self.analyze_async = AnalyzeAsyncClient(BatchesClient(**options))

    def close(self) -> None:
        """Lets the connections go. Later calls raise `ClientClosedError`."""
        self.analyze_async.batches.close()

    def __enter__(self) -> TwelveLabs:
        return self

    def __exit__(
        self,
        kind: typing.Optional[typing.Type[BaseException]],
        error: typing.Optional[BaseException],
        traceback: typing.Optional[TracebackType],
    ) -> None:
        self.close()


class AsyncTwelveLabs:
    """An `AsyncBatchesClient` where the vendor's SDK has it: at `client.analyze_async.batches`.

    Takes the arguments of `AsyncBatchesClient`, by keyword.

    Example:
        >>> platform = AsyncTwelveLabs()
        >>> platform.analyze_async.batches
        AsyncBatchesClient(base_url=...)
    """

    def __init__(self, **options: typing_extensions.Unpack[ClientOptions]) -> None:
        self.analyze_async = AsyncAnalyzeAsyncClient(AsyncBatchesClient(**options))

    async def aclose(self) -> None:
        """Lets the connections go. Later calls raise `ClientClosedError`."""
        await self.analyze_async.batches.aclose()

    async def __aenter__(self) -> AsyncTwelveLabs:
        return self

    async def __aexit__(
        self,
        kind: typing.Optional[typing.Type[BaseException]],
        error: typing.Optional[BaseException],
        traceback: typing.Optional[TracebackType],
    ) -> None:
        await self.aclose()
