"""This package."""

from __future__ import annotations

import asyncio
import concurrent.futures
import socket
import time
import typing

from twelvelabs_batches import AsyncBatchesClient, BatchesClient

from . import items, tables
from .touch import Seen, alike, seen_batch, seen_created, seen_page, seen_row, tell, touch, touch_async


class Blocking:
    """The blocking face."""

    def __init__(self, url: str) -> None:
        self._client = BatchesClient("key", base_url=url)

    def results(self, batch_id: str) -> Seen:
        """Reads the results of a batch."""
        return touch(self._client.results(batch_id))

    def first(self, batch_id: str) -> Seen:
        """Reads the first row."""
        with self._client.results(batch_id) as rows:
            return seen_row(next(rows))

    def retrieve(self, batch_id: str) -> Seen:
        """Asks for a batch."""
        return seen_batch(self._client.retrieve(batch_id))

    def page(self) -> Seen:
        """Asks for 50 batches."""
        return seen_page(self._client.list(page_limit=50).items)

    def create(self, kind: str) -> Seen:
        """Creates a batch."""
        return seen_created(self._client.create(**items.arguments("twelvelabs_batches", kind)))

    def alone(self, batch_id: str, times: int) -> Seen:
        """Reads results one after the other."""
        return alike([self.results(batch_id) for _ in range(times)])

    def together(self, batch_id: str, times: int) -> Seen:
        """Reads results at once, each in a thread."""
        with concurrent.futures.ThreadPoolExecutor(times) as pool:
            return alike(list(pool.map(self.results, [batch_id] * times)))

    def table(self, batch_id: str, library: str, way: str) -> Seen:
        """Makes a table of results."""
        return tables.make(self._client.results(batch_id), library, way)

    def lockstep(self, batch_id: str, port: int) -> Seen:
        """Reads rows that come only when told that the one before was handed over."""
        with socket.create_connection(("127.0.0.1", port)) as line:
            return tell(line, self._client.results(batch_id))

    def stall(self, batch_id: str, seconds: float) -> Seen:
        """Reads a row and takes its time."""
        with self._client.results(batch_id) as rows:
            seen = seen_row(next(rows))
            time.sleep(seconds)
            return seen


class Asyncio:
    """The asyncio face."""

    def __init__(self, url: str) -> None:
        self._client = AsyncBatchesClient("key", base_url=url)
        self._run = asyncio.new_event_loop().run_until_complete

    def results(self, batch_id: str) -> Seen:
        """Reads the results of a batch."""
        return self._run(touch_async(self._client.results(batch_id)))

    def first(self, batch_id: str) -> Seen:
        """Reads the first row."""
        return self._run(self._first(batch_id))

    async def _first(self, batch_id: str, seconds: float = 0) -> Seen:
        async with self._client.results(batch_id) as rows:
            seen = seen_row(await anext(rows))
            await asyncio.sleep(seconds)
            return seen

    def retrieve(self, batch_id: str) -> Seen:
        """Asks for a batch."""
        return seen_batch(self._run(self._client.retrieve(batch_id)))

    def page(self) -> Seen:
        """Asks for 50 batches."""
        return seen_page(self._run(self._client.list(page_limit=50)).items)

    def create(self, kind: str) -> Seen:
        """Creates a batch."""
        return seen_created(self._run(self._client.create(**items.arguments("twelvelabs_batches", kind))))

    def alone(self, batch_id: str, times: int) -> Seen:
        """Reads results one after the other."""
        return alike([self.results(batch_id) for _ in range(times)])

    def together(self, batch_id: str, times: int) -> Seen:
        """Reads results at once, each in a task."""
        return alike(self._run(self._together(batch_id, times)))

    async def _together(self, batch_id: str, times: int) -> typing.List[Seen]:
        return await asyncio.gather(*(touch_async(self._client.results(batch_id)) for _ in range(times)))

    def lockstep(self, batch_id: str, port: int) -> Seen:
        """Reads rows that come only when told that the one before was handed over."""
        return self._run(self._lockstep(batch_id, port))

    async def _lockstep(self, batch_id: str, port: int) -> Seen:
        count = 0
        _, line = await asyncio.open_connection("127.0.0.1", port)
        async for _ in self._client.results(batch_id):
            line.write(b".")
            count += 1
        line.close()
        return Seen(count, 0)

    def stall(self, batch_id: str, seconds: float) -> Seen:
        """Reads a row and takes its time."""
        return self._run(self._first(batch_id, seconds))
