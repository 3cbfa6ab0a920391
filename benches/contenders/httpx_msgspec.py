"""httpx, with msgspec."""

from __future__ import annotations

import httpx

from .lines import lines
from .rows import decode
from .touch import Seen, touch


class Blocking:
    """Rows are typed objects."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(headers={"x-api-key": "key"})
        self._url = url

    def results(self, batch_id: str) -> Seen:
        """Reads the results of a batch."""
        with self._client.stream("GET", f"{self._url}/analyze/batches/{batch_id}/results") as response:
            response.raise_for_status()
            return touch(map(decode, lines(response.iter_bytes())))
