"""Waiting for batches, awaited. Documented by the blocking face."""

from __future__ import annotations

import typing

from ._observing import Observer, OnUpdate, Progress
from ._settings import AsyncioCalls
from ._trace import span
from ._twin import document_alike
from ._waiting import Waiting

if typing.TYPE_CHECKING:
    from ._async_client import AsyncResults
    from ._native import AnalyzeBatchStatusResponse
    from .types import RequestOptions

__all__ = ["AsyncWaiting"]


class AsyncWaiting(AsyncioCalls):
    async def wait(
        self,
        batch_id: str,
        *,
        timeout: typing.Optional[float] = None,
        poll_interval: typing.Optional[float] = None,
        on_update: OnUpdate = None,
        progress: Progress = False,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> AnalyzeBatchStatusResponse:
        with Observer(batch_id, on_update, progress, blocking=False) as observer:
            return await self._watch(observer, batch_id, timeout, poll_interval, request_options)

    def as_completed(
        self,
        batch_id: str,
        *,
        timeout: typing.Optional[float] = None,
        poll_interval: typing.Optional[float] = None,
        on_update: OnUpdate = None,
        progress: Progress = False,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> AsyncResults:
        from ._async_client import AsyncResults  # noqa: PLC0415 - which stands on this module

        observer = Observer(batch_id, on_update, progress, blocking=False)
        reader = self._native.as_completed(batch_id, timeout, poll_interval, observer, request_options)
        opening = span("as_completed", self._native.base_url, (batch_id,))
        return AsyncResults(reader, opening, observer)

    async def wait_for_done(
        self,
        batch_id: str,
        *,
        sleep_interval: float = 5.0,
        callback: OnUpdate = None,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> AnalyzeBatchStatusResponse:
        with Observer(batch_id, callback, progress=False, blocking=False, name="callback") as observer:
            return await self._watch(
                observer,
                batch_id,
                None,
                sleep_interval,
                request_options,
                True,
            )

    async def _watch(
        self, observer: Observer, batch_id: str, *arguments: typing.Any
    ) -> AnalyzeBatchStatusResponse:
        watch = self._native.watch(batch_id, *arguments)
        observer.stay_awake()
        with span("wait", self._native.base_url, (batch_id,)):
            while True:
                try:
                    seen = await watch.next()
                finally:
                    self._native.tell()
                if seen is None:
                    return typing.cast("AnalyzeBatchStatusResponse", observer.last)
                await observer.tell_and_await(seen)


document_alike(Waiting, AsyncWaiting)
