"""Both clients behind one interface, so that the same cases judge both."""

from __future__ import annotations

import asyncio

from twelvelabs_batches import AsyncBatchesClient, BatchesClient

PROMPT = {"prompt": {"input_text": "Sum up this video."}}


def item(number, **fields):
    """A request for the video of that number."""
    return {"video": {"type": "asset_id", "asset_id": f"{number:024x}"}, **fields}


def submit(face, count=2, **settings):
    """Creates a batch of prose items named v-0, v-1, …"""
    settings.setdefault("requests", [item(n, custom_id=f"v-{n}") for n in range(count)])
    settings.setdefault("defaults", PROMPT)
    return face.create(model_name="pegasus1.5", analysis_mode="general", **settings)


class SyncFace:
    """The blocking client."""

    name = "sync"

    def __init__(self, target, **settings):
        settings.setdefault("base_url", target.base_url)
        self.client = BatchesClient(target.api_key, **settings)
        for verb in ("create", "retrieve", "cancel", "delete", "list"):
            setattr(self, verb, getattr(self.client, verb))

    def results(self, *args, **kwargs):
        return self.client.results(*args, **kwargs)

    def rows(self, *args, **kwargs):
        return list(self.client.results(*args, **kwargs))

    def all(self, pager):
        return list(pager)

    def pages(self, pager):
        return list(pager.iter_pages())

    def next_page(self, page):
        return page.next_page()

    def close(self):
        self.client.close()


class Stepper:
    """Steps through asynchronous results."""

    def __init__(self, results, run):
        self.results = results
        self.run = run

    def __iter__(self):
        return self

    def __next__(self):
        try:
            return self.run(self.results.__anext__())
        except StopAsyncIteration:
            raise StopIteration from None

    def close(self):
        self.run(self.results.aclose())

    def __enter__(self):
        self.run(self.results.__aenter__())
        return self

    def __exit__(self, *exception):
        self.run(self.results.__aexit__(*exception))


class AsyncFace:
    """The asyncio client, every call in an event loop of its own."""

    name = "async"

    def __init__(self, target, **settings):
        settings.setdefault("base_url", target.base_url)
        self.client = AsyncBatchesClient(target.api_key, **settings)
        for verb in ("create", "retrieve", "cancel", "delete", "list"):
            setattr(self, verb, self._blocking(getattr(self.client, verb)))

    def _blocking(self, verb):
        return lambda *args, **kwargs: self.run(verb(*args, **kwargs))

    @staticmethod
    def run(coroutine):
        async def main():
            return await coroutine

        return asyncio.run(main())

    def results(self, *args, **kwargs):
        return Stepper(self.client.results(*args, **kwargs), self.run)

    def rows(self, *args, **kwargs):
        async def collect():
            return [row async for row in self.client.results(*args, **kwargs)]

        return self.run(collect())

    def all(self, pager):
        async def collect():
            return [entry async for entry in pager]

        return self.run(collect())

    def pages(self, pager):
        async def collect():
            return [page async for page in pager.iter_pages()]

        return self.run(collect())

    def next_page(self, page):
        return self.run(page.next_page())

    def close(self):
        self.run(self.client.aclose())
