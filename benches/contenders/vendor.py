"""The vendor's SDK, as its documentation says."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time

from twelvelabs import AsyncTwelveLabs, TwelveLabs

from . import items
from .touch import Seen, seen_batch, seen_created, seen_page, seen_row, tell, touch, touch_async


class Blocking:
    """Its blocking client."""

    def __init__(self, url: str) -> None:
        self._client = TwelveLabs(api_key="key", base_url=url).analyze_async.batches

    def results(self, batch_id: str) -> Seen:
        """Reads the results of a batch."""
        return touch(self._client.results(batch_id))

    def first(self, batch_id: str) -> Seen:
        """Reads the first row."""
        with contextlib.closing(self._client.results(batch_id)) as rows:  # type: ignore[type-var]
            return seen_row(next(rows))

    def retrieve(self, batch_id: str) -> Seen:
        """Asks for a batch."""
        return seen_batch(self._client.retrieve(batch_id))

    def page(self) -> Seen:
        """Asks for 50 batches."""
        return seen_page(self._client.list(page_limit=50).items or [])

    def create(self, kind: str) -> Seen:
        """Creates a batch."""
        return seen_created(self._client.create(**items.arguments("twelvelabs", kind)))

    def lockstep(self, batch_id: str, port: int) -> Seen:
        """Reads rows that come only when told that the one before was handed over."""
        with socket.create_connection(("127.0.0.1", port)) as line:
            return tell(line, self._client.results(batch_id))

    def stall(self, batch_id: str, seconds: float) -> Seen:
        """Reads a row and takes its time."""
        with contextlib.closing(self._client.results(batch_id)) as rows:  # type: ignore[type-var]
            seen = seen_row(next(rows))
            time.sleep(seconds)
            return seen


class Asyncio:
    """Its asyncio client."""

    def __init__(self, url: str) -> None:
        self._client = AsyncTwelveLabs(api_key="key", base_url=url).analyze_async.batches
        self._run = asyncio.new_event_loop().run_until_complete

    def results(self, batch_id: str) -> Seen:
        """Reads the results of a batch."""
        return self._run(touch_async(self._client.results(batch_id)))

    def first(self, batch_id: str) -> Seen:
        """Reads the first row."""
        return self._run(self._first(batch_id))

    async def _first(self, batch_id: str) -> Seen:
        async with contextlib.aclosing(self._client.results(batch_id)) as rows:  # type: ignore[type-var]
            return seen_row(await anext(rows))

    def retrieve(self, batch_id: str) -> Seen:
        """Asks for a batch."""
        return seen_batch(self._run(self._client.retrieve(batch_id)))

    def page(self) -> Seen:
        """Asks for 50 batches."""
        return seen_page(self._run(self._client.list(page_limit=50)).items or [])

    def create(self, kind: str) -> Seen:
        """Creates a batch."""
        return seen_created(self._run(self._client.create(**items.arguments("twelvelabs", kind))))
