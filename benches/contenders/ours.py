"""This package."""

from __future__ import annotations

import asyncio

from twelvelabs_batches import AsyncBatchesClient, BatchesClient

from .touch import Seen, touch, touch_async


class Blocking:
    """The blocking face."""

    def __init__(self, url: str) -> None:
        self._client = BatchesClient("key", base_url=url)

    def results(self, batch_id: str) -> Seen:
        """Reads the results of a batch."""
        return touch(self._client.results(batch_id))


class Asyncio:
    """The asyncio face."""

    def __init__(self, url: str) -> None:
        self._client = AsyncBatchesClient("key", base_url=url)
        self._loop = asyncio.new_event_loop()

    def results(self, batch_id: str) -> Seen:
        """Reads the results of a batch."""
        return self._loop.run_until_complete(touch_async(self._client.results(batch_id)))
