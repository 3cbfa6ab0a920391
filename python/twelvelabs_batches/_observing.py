"""Who is told how a batch goes on while it is waited for."""

from __future__ import annotations

import contextlib
import sys
import types
import typing

from ._pulse import Pulse
from .errors import MalformedRowError, ValidationError

if typing.TYPE_CHECKING:
    from types import TracebackType

    from ._native import AnalyzeBatchStatusResponse

__all__ = ["Observer", "OnUpdate", "Progress"]

_METHODS = ("update", "trouble", "interrupt", "close")


class ProgressWatcher(typing.Protocol):
    """Shows how a batch goes on."""

    def update(self, batch: AnalyzeBatchStatusResponse, /) -> object:
        """Shows a state: the first, and each that has changed."""

    def trouble(self, error: BaseException, /) -> object:
        """Shows that a look at the batch has failed, and is taken again."""

    def interrupt(self) -> object:
        """Says that nobody waits any more, and that the batch goes on."""

    def close(self) -> object:
        """Ends the showing; may be called more than once."""


OnUpdate = typing.Optional[typing.Callable[["AnalyzeBatchStatusResponse"], object]]
"""Is told of the first state and of every one that differs from the one before."""

Progress = typing.Union[bool, ProgressWatcher]
"""Whether to show how a batch goes on, or who shows it."""


class Observer:
    """Tells a callback and a display what is seen of a batch."""

    def __init__(
        self,
        batch_id: str,
        on_update: OnUpdate,
        progress: Progress,
        *,
        blocking: bool,
        name: str = "on_update",
    ) -> None:
        self._watcher: typing.Optional[ProgressWatcher] = None
        self._is_shown = _check_progress(progress)
        if self._is_shown and progress is not True:
            self._watcher = typing.cast("ProgressWatcher", progress)
        _check_callback(name, on_update, blocking=blocking)
        self._batch_id, self._on_update = batch_id, on_update
        self._name, self._is_blocking = name, blocking
        self._is_interrupted = False
        self._pulse = Pulse()
        self.last: typing.Optional[AnalyzeBatchStatusResponse] = None

    def tell(self, seen: typing.Union[AnalyzeBatchStatusResponse, BaseException]) -> object:
        """Tells a state, or a look that has failed; what the callback returns."""
        try:
            outcome = self._tell(seen)
        except (StopIteration, StopAsyncIteration) as error:
            raise self._unlike_an_end(error) from error
        if self._is_blocking and isinstance(outcome, types.CoroutineType):
            outcome.close()
            message = f"{self._name}: it returned a coroutine, which only the asyncio client awaits"
            raise TypeError(message)
        return outcome

    def _tell(self, seen: typing.Union[AnalyzeBatchStatusResponse, BaseException]) -> object:
        self._is_interrupted = False
        watcher = self._show()
        if isinstance(seen, BaseException):
            if watcher is not None:
                watcher.trouble(seen)
            return None
        self.last = seen
        if watcher is not None:
            watcher.update(seen)
        return None if self._on_update is None else self._on_update(seen)

    async def tell_and_await(self, seen: typing.Union[AnalyzeBatchStatusResponse, BaseException]) -> None:
        """The same; what the callback returns is awaited if it can be."""
        import inspect  # noqa: PLC0415 - only for who waits

        outcome = self.tell(seen)
        if inspect.isawaitable(outcome):
            try:
                await outcome
            except StopAsyncIteration as error:
                raise self._unlike_an_end(error) from error

    def _unlike_an_end(self, error: Exception) -> RuntimeError:
        """Whoever iterates would take it for the end of the items, as in a generator."""
        kind = type(error).__name__
        return RuntimeError(f"{kind} was raised by who was told of the batch {self._batch_id}")

    def fail(self, error: BaseException) -> None:
        """The waiting was ended by an error, or from outside."""
        if isinstance(error, MalformedRowError):
            # The rows after it follow.
            return
        if not isinstance(error, Exception) and not self._is_interrupted:
            # The same may be told on the way out of a block once more.
            self._is_interrupted = True
            self._tell_an_end("interrupt")
            if sys.version_info >= (3, 11):
                again = f'wait("{self._batch_id}")'
                error.add_note(f"the batch {self._batch_id} goes on; to wait for it again: client.{again}")
        self._pulse.stop()
        self._tell_an_end("close")

    def _tell_an_end(self, method: str) -> None:
        """Tells the display of an error, which is not to be lost over it."""
        if self._watcher is None:
            return
        try:
            getattr(self._watcher, method)()
        except Exception as further:  # noqa: BLE001 - it is a display's
            import logging  # noqa: PLC0415 - only where it is needed

            self._watcher, self._is_shown = None, False
            text = "the display of the batch %s failed in %s: %r"
            logging.getLogger("twelvelabs_batches.progress").warning(text, self._batch_id, method, further)

    def stay_awake(self) -> None:
        """Something is awaited, which may be interrupted."""
        self._pulse.start()

    def close(self) -> None:
        """There is nothing more to tell."""
        self._pulse.stop()
        if self._watcher is not None:
            self._watcher.close()

    def __enter__(self) -> Observer:
        return self

    def __exit__(
        self,
        kind: typing.Optional[typing.Type[BaseException]],
        error: typing.Optional[BaseException],
        traceback: typing.Optional[TracebackType],
    ) -> None:
        if error is not None:
            self.fail(error)
        self.close()

    def __del__(self) -> None:
        # Of one that could not be made, there is nothing to close.
        with contextlib.suppress(AttributeError):
            self.close()

    def _show(self) -> typing.Optional[ProgressWatcher]:
        if self._is_shown and self._watcher is None:
            from ._progress import open_progress  # noqa: PLC0415 - only where it is wanted

            self._watcher = open_progress(self._batch_id)
        return self._watcher


def _check_progress(progress: object) -> bool:
    """Whether something is shown."""
    if isinstance(progress, bool):
        return progress
    methods = {name: getattr(progress, name, None) for name in _METHODS}
    if not all(map(callable, methods.values())):
        what = f"True, False or an object with the methods {', '.join(_METHODS)}"
        raise _refuse("progress", f"{what} is expected, not {type(progress).__name__}")
    import inspect  # noqa: PLC0415 - only for who has a display

    for name, method in methods.items():
        if inspect.iscoroutinefunction(method):
            raise _refuse(
                "progress", f"plain methods are expected: nobody awaits {name}, a coroutine function"
            )
    return True


def _check_callback(name: str, callback: typing.Any, *, blocking: bool) -> None:
    if callback is None:
        return
    import inspect  # noqa: PLC0415 - only for who has a callback

    if not callable(callback):
        raise _refuse(name, f"a callable or None is expected, not {type(callback).__name__}")
    called = callback if inspect.isroutine(callback) else getattr(callback, "__call__", None)  # noqa: B004
    if blocking and (inspect.iscoroutinefunction(callback) or inspect.iscoroutinefunction(called)):
        raise _refuse(
            name, "a plain callable is expected, not a coroutine function: the asyncio client awaits those"
        )


def _refuse(name: str, message: str) -> Exception:
    return ValidationError._make(f"{name}: {message}", path=name)
