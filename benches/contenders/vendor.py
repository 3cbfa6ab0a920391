"""The vendor's SDK, as its documentation says."""

from __future__ import annotations

import asyncio

from twelvelabs import AsyncTwelveLabs, TwelveLabs

from .touch import Seen, touch, touch_async


class Blocking:
    """Its blocking client."""

    def __init__(self, url: str) -> None:
        self._client = TwelveLabs(api_key="key", base_url=url).analyze_async.batches

    def results(self, batch_id: str) -> Seen:
        """Reads the results of a batch."""
        return touch(self._client.results(batch_id))


class Asyncio:
    """Its asyncio client."""

    def __init__(self, url: str) -> None:
        self._client = AsyncTwelveLabs(api_key="key", base_url=url).analyze_async.batches
        self._loop = asyncio.new_event_loop()

    def results(self, batch_id: str) -> Seen:
        """Reads the results of a batch."""
        return self._loop.run_until_complete(touch_async(self._client.results(batch_id)))
