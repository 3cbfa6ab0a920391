"""The standard library's client, with msgspec, and with nothing at all."""

from __future__ import annotations

import http.client
import time
import typing
import urllib.parse

from .touch import Seen, touch

PIECE = 65536


class _Connection:
    """A connection that is kept."""

    def __init__(self, url: str) -> None:
        parts = urllib.parse.urlsplit(url)
        self._path = parts.path
        self._connection = http.client.HTTPConnection(parts.netloc)

    def _get(self, path: str) -> http.client.HTTPResponse:
        self._connection.request("GET", self._path + path, headers={"x-api-key": "key"})
        response = self._connection.getresponse()
        if response.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{response.status} for {path}")
        return response


class Bytes(_Connection):
    """Reads and throws away: the floor under all others."""

    def results(self, batch_id: str) -> Seen:
        """Reads the results of a batch."""
        response = self._get(f"/analyze/batches/{batch_id}/results")
        length = len(response.read(PIECE))
        first = time.perf_counter()
        while piece := response.read(PIECE):
            length += len(piece)
        return Seen(0, length, first)

    def stall(self, batch_id: str, seconds: float) -> Seen:
        """Reads a piece and takes its time; what the server can send is what the system holds."""
        response = self._get(f"/analyze/batches/{batch_id}/results")
        length = len(response.read(PIECE))
        time.sleep(seconds)
        self._connection.close()
        return Seen(0, length)


class Parsed(_Connection):
    """Reads line by line into typed objects."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        from .rows import decode, decode_lines  # noqa: PLC0415 - the floor goes without

        self._decode = decode
        self._decode_lines = decode_lines

    def results(self, batch_id: str) -> Seen:
        """Reads the results of a batch."""
        response = self._get(f"/analyze/batches/{batch_id}/results")
        seen = touch(map(self._decode, response))
        response.read()  # nothing; without it the connection cannot be used again
        return seen


class Bulk(Parsed):
    """Reads pieces, and all lines of a piece at once."""

    def results(self, batch_id: str) -> Seen:
        """Reads the results of a batch."""
        return touch(self._rows(self._get(f"/analyze/batches/{batch_id}/results")))

    def _rows(self, response: http.client.HTTPResponse) -> typing.Iterator[typing.Any]:
        pending: list[bytes] = []
        while piece := response.read1(PIECE):
            end = piece.rfind(b"\n")
            if end < 0:
                pending.append(piece)
                continue
            yield from self._decode_lines(b"".join([*pending, piece[:end]]))
            pending = [piece[end + 1 :]]
        yield from self._decode_lines(b"".join(pending))
        response.read()  # as above
