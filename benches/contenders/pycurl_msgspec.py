"""pycurl, with msgspec: rows are looked at where libcurl hands over the bytes, since that is its way."""

from __future__ import annotations

import time

import pycurl

from .lines import Splitter
from .rows import decode
from .touch import Seen, glance


class Blocking:
    """Rows are typed objects."""

    def __init__(self, url: str) -> None:
        self._curl = pycurl.Curl()
        self._curl.setopt(pycurl.HTTPHEADER, ["x-api-key: key"])
        self._curl.setopt(pycurl.FAILONERROR, 1)
        self._curl.setopt(pycurl.BUFFERSIZE, 1 << 19)
        self._url = url

    def results(self, batch_id: str) -> Seen:
        """Reads the results of a batch."""
        splitter = Splitter()
        count, check, first = 0, 0, 0.0

        def take(piece: bytes) -> None:
            nonlocal count, check, first
            for line in splitter.push(piece):
                if line:
                    check ^= glance(decode(line))
                    count += 1
            if count and not first:
                first = time.perf_counter()

        self._curl.setopt(pycurl.URL, f"{self._url}/analyze/batches/{batch_id}/results")
        self._curl.setopt(pycurl.WRITEFUNCTION, take)
        self._curl.perform()
        if rest := splitter.rest():
            check ^= glance(decode(rest))
            count += 1
        return Seen(count, check, first)
