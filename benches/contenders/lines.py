"""Lines of a body that comes in pieces, as one would write it with care: split at line feeds only."""

from __future__ import annotations

import typing


class Splitter:
    """Puts pieces together to lines."""

    def __init__(self) -> None:
        self._pending: list[bytes] = []

    def push(self, piece: bytes) -> list[bytes]:
        """Gives the lines that are whole."""
        lines = piece.split(b"\n")
        last = lines.pop()
        if lines and self._pending:
            lines[0] = b"".join([*self._pending, lines[0]])
            self._pending.clear()
        if last:
            self._pending.append(last)
        return lines

    def rest(self) -> bytes:
        """What has no line feed after it."""
        return b"".join(self._pending)


def lines(pieces: typing.Iterable[bytes]) -> typing.Iterator[bytes]:
    """The lines of a body."""
    splitter = Splitter()
    for piece in pieces:
        for line in splitter.push(piece):
            if line:
                yield line
    if rest := splitter.rest():
        yield rest
