"""Who is compared.

A contender is a class that is made with the base URL; its methods are what is measured.
It lives in a process of its own, so that its imports, its heap and its threads are its own.
"""

from __future__ import annotations

import dataclasses
import importlib
import typing


@dataclasses.dataclass(frozen=True)
class Contender:
    """Where a contender is."""

    name: str
    title: str
    module: str
    kind: str

    def make(self, url: str) -> typing.Any:
        """Loads it."""
        return getattr(importlib.import_module(f"{__name__}.{self.module}"), self.kind)(url)


CONTENDERS = {
    contender.name: contender
    for contender in (
        Contender("ours", "twelvelabs-batches", "ours", "Blocking"),
        Contender("ours.async", "twelvelabs-batches, async", "ours", "Asyncio"),
        Contender("vendor", "vendor's SDK", "vendor", "Blocking"),
        Contender("vendor.async", "vendor's SDK, async", "vendor", "Asyncio"),
        Contender("httpx.orjson", "httpx + orjson", "httpx_orjson", "Blocking"),
        Contender("httpx.msgspec", "httpx + msgspec", "httpx_msgspec", "Blocking"),
        Contender("http.msgspec", "http.client + msgspec", "http_client", "Parsed"),
        Contender("http.bulk", "http.client + msgspec, many lines at once", "http_client", "Bulk"),
        Contender("curl.msgspec", "pycurl + msgspec", "pycurl_msgspec", "Blocking"),
        Contender("bytes", "bytes only", "http_client", "Bytes"),
        Contender("base", "twelvelabs-batches, before", "ours", "Blocking"),
        Contender("base.async", "twelvelabs-batches, async, before", "ours", "Asyncio"),
        Contender("reference", "the files themselves", "reference", "Files"),
    )
}
