"""Answers with what came along: for those who want more than the value."""

from __future__ import annotations

import typing

if typing.TYPE_CHECKING:
    from ._native import AnswerMeta

__all__ = ["AsyncHttpResponse", "BaseHttpResponse", "HttpResponse"]

T = typing.TypeVar("T")


class _Stream(typing.Protocol):
    """Rows of the blocking face."""

    def close(self) -> None: ...


class _AsyncStream(typing.Protocol):
    """Rows of the asyncio face."""

    async def aclose(self) -> None: ...


class BaseHttpResponse(typing.Generic[T]):
    """A value and the answer that brought it."""

    def __init__(self, data: T, meta: AnswerMeta) -> None:
        self._data = data
        self._meta = meta

    def __repr__(self) -> str:
        return f"{type(self).__name__}(status_code={self.status_code}, data={self._data!r})"

    @property
    def data(self) -> T:
        """What the call gives without `with_raw_response`."""
        return self._data

    @property
    def headers(self) -> typing.Dict[str, str]:
        """The answer's headers: names in lower case, repeated ones joined."""
        return self._meta.headers

    @property
    def status_code(self) -> int:
        """The answer's HTTP status."""
        return self._meta.status_code

    @property
    def request_id(self) -> typing.Optional[str]:
        """The platform's identifier of the request, if it sent one."""
        return self._meta.request_id

    @property
    def attempts(self) -> int:
        """Requests made until this answer, the first one included."""
        return self._meta.attempts

    @property
    def elapsed(self) -> float:
        """Seconds from the call to its answer, repetitions and pauses included."""
        return self._meta.elapsed


class HttpResponse(BaseHttpResponse[T]):
    """A value and the answer that brought it."""

    def __init__(self, data: T, meta: AnswerMeta, stream: typing.Optional[_Stream] = None) -> None:
        super().__init__(data, meta)
        self._stream = stream

    def close(self) -> None:
        """Lets the connection go, if rows still come through it."""
        if self._stream is not None:
            self._stream.close()


class AsyncHttpResponse(BaseHttpResponse[T]):
    """A value and the answer that brought it."""

    def __init__(self, data: T, meta: AnswerMeta, stream: typing.Optional[_AsyncStream] = None) -> None:
        super().__init__(data, meta)
        self._stream = stream

    async def close(self) -> None:
        """Lets the connection go, if rows still come through it."""
        if self._stream is not None:
            await self._stream.aclose()
