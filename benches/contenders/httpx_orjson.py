"""httpx, with orjson."""

from __future__ import annotations

import httpx
import orjson  # pyright: ignore[reportMissingImports] - not a tool of the project

from .lines import lines
from .touch import Seen, glance_dict, touch


class Blocking:
    """Rows are dicts."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(headers={"x-api-key": "key"})
        self._url = url

    def results(self, batch_id: str) -> Seen:
        """Reads the results of a batch."""
        with self._client.stream("GET", f"{self._url}/analyze/batches/{batch_id}/results") as response:
            response.raise_for_status()
            return touch(map(orjson.loads, lines(response.iter_bytes())), glance_dict)
