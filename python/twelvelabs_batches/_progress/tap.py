"""Lets others write to a terminal while something is drawn at its foot."""

from __future__ import annotations

import typing

__all__ = ["Tap"]

Write = typing.Callable[[str], int]


class Tap:
    """Hears of everything that is written to a stream, which stays what it is.

    The method is replaced rather than `sys.stdout`, since handlers of `logging`
    and others hold the stream itself; and what is written reaches it as it is.
    """

    def __init__(
        self, stream: typing.IO[str], through: typing.Callable[[typing.IO[str], Write, str], int]
    ) -> None:
        self.stream = stream
        self.write: Write = stream.write
        self._before = vars(stream).get("write")
        self._tapped: Write = lambda text: through(stream, self.write, text)
        # As an attribute of the object: `typing` knows methods only.
        setattr(stream, "write", self._tapped)  # noqa: B010

    def close(self) -> None:
        """Leaves the stream as it was; if others have done the same since, only passes on."""
        if vars(self.stream).get("write") is not self._tapped:
            return
        if self._before is None:
            delattr(self.stream, "write")
        else:
            setattr(self.stream, "write", self._before)  # noqa: B010
