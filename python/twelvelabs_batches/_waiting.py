"""Waiting for batches, blocking."""

from __future__ import annotations

import typing

from ._observing import Observer, OnUpdate, Progress
from ._settings import BlockingCalls
from ._trace import span

if typing.TYPE_CHECKING:
    from ._native import AnalyzeBatchStatusResponse, Results
    from .types import RequestOptions

__all__ = ["Waiting"]


class Waiting(BlockingCalls):
    """Methods that wait until a batch has ended."""

    def wait(
        self,
        batch_id: str,
        *,
        timeout: typing.Optional[float] = None,
        poll_interval: typing.Optional[float] = None,
        on_update: OnUpdate = None,
        progress: Progress = False,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> AnalyzeBatchStatusResponse:
        """Waits until a batch is `completed`, `canceled` or `expired`.

        The batch is looked at after a second at first, then less often, up to
        once a minute, and right when it expires; that is at most 1,600 requests
        in the 24 hours that it can take, if none has to be repeated. Once it was
        seen, what may pass is survived: a broken connection, a platform that cannot
        answer. Interrupting the waiting leaves the batch alone.

        Args:
            batch_id: Identifier of the batch, 24 hexadecimal digits.
            timeout: Seconds to wait at most; by default until the batch has ended.
                0 looks once.
            poll_interval: Seconds between two looks, always the same, in place of
                pauses that grow. A look is not put off past the expiry, nor to the
                end of `timeout`.
            on_update: Is called with the first state of the batch and with every one
                that differs from the one before, in this thread. What it raises
                ends the waiting. With asyncio it may be a coroutine function.
            progress: Whether to show how the batch goes on: a bar in a terminal, a
                card in a notebook, a line a minute in logs. Or an object that
                shows it, with the methods `update(batch)`, `trouble(error)`,
                `interrupt()` and `close()`.
            request_options: Settings of each request.

        Returns:
            The batch as it ended.

        Raises:
            ValidationError: An argument does not fit; nothing was sent.
            NotFoundError: There is no such batch, or it was deleted meanwhile.
            WaitTimeoutError: The batch has not ended in time, or ten minutes after it
                expired; or nothing was heard of it for an hour. It carries the last
                state.
            TransportError: The platform was not reached when the batch was first
                looked at.

        Example:
            >>> batch = client.wait(finished_batch_id, timeout=60)
            >>> batch.status
            'completed'
        """
        with Observer(batch_id, on_update, progress, blocking=True) as observer:
            return self._watch(observer, batch_id, timeout, poll_interval, request_options)

    def as_completed(
        self,
        batch_id: str,
        *,
        timeout: typing.Optional[float] = None,
        poll_interval: typing.Optional[float] = None,
        on_update: OnUpdate = None,
        progress: Progress = False,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> Results:
        """Streams the items of a batch, each once, as soon as it has ended.

        The batch is watched as by `wait`. Its results are asked for only when more
        items are ready, failed or canceled than before, and after a rest of four
        times as long as that took the last time. Memory holds identifiers, no
        rows. The stream ends when the batch has, and every item has come.

        Args:
            batch_id: Identifier of the batch, 24 hexadecimal digits.
            timeout: Seconds to wait at most; by default until the batch has ended.
                What was seen to have ended by then is still handed over. 0 looks once.
            poll_interval: As for `wait`.
            on_update: As for `wait`; it is called between rows, by whoever iterates.
            progress: As for `wait`.
            request_options: Settings of each request.

        Returns:
            An iterator of `BatchResultItem` as `results` returns it, usable as a
            context manager.

        Raises:
            ValidationError: An argument does not fit; nothing was sent.
            NotFoundError: There is no such batch, or it was deleted meanwhile.
            WaitTimeoutError: As for `wait`. The stream ends with it; what `collect` and
                its like had gathered by then, they return when called once more.
            MalformedRowError: A row cannot be read; iterating on continues after
                it.
            IncompleteResultsError: The batch has ended, and some of its items do not
                come.
            TransportError: The platform was not reached when the batch was first
                looked at.

        Example:
            >>> for row in client.as_completed(finished_batch_id, timeout=60):
            ...     print(row.custom_id, row.status)
        """
        observer = Observer(batch_id, on_update, progress, blocking=True)
        arguments = (batch_id, timeout, poll_interval, observer, request_options)
        try:
            return typing.cast("Results", self._call("as_completed", *arguments))
        except BaseException as error:
            observer.fail(error)
            raise

    def wait_for_done(
        self,
        batch_id: str,
        *,
        sleep_interval: float = 5.0,
        callback: OnUpdate = None,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> AnalyzeBatchStatusResponse:
        """Waits for a batch as the vendor's SDK waits for a task.

        `wait` makes far fewer requests of a batch that takes long, and knows when to
        give up.

        Args:
            batch_id: Identifier of the batch, 24 hexadecimal digits.
            sleep_interval: Seconds between two looks.
            callback: Is called after each look with the state of the batch.
            request_options: Settings of each request.

        Returns:
            The batch as it ended.

        Raises:
            ValidationError: An argument does not fit; nothing was sent.
            NotFoundError: There is no such batch, or it was deleted meanwhile.
            WaitTimeoutError: The batch has not ended ten minutes after it expired, or
                nothing was heard of it for an hour.
            TransportError: The platform was not reached when the batch was first
                looked at.

        Example:
            >>> client.wait_for_done(finished_batch_id, sleep_interval=10).status
            'completed'
        """
        with Observer(batch_id, callback, progress=False, blocking=True, name="callback") as observer:
            return self._watch(observer, batch_id, None, sleep_interval, request_options, True)

    def _watch(self, observer: Observer, batch_id: str, *arguments: typing.Any) -> AnalyzeBatchStatusResponse:
        watch = self._native.watch(batch_id, *arguments)
        with span("wait", self._native.base_url, (batch_id,)):
            while (seen := watch.next()) is not None:
                observer.tell(seen)
        return typing.cast("AnalyzeBatchStatusResponse", observer.last)
