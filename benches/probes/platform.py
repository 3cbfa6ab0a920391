"""A server that sends the rows of one batch as it sees fit."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import typing

from .. import data

Send = typing.Callable[[socket.socket], None]


def head(length: int) -> bytes:
    """The head of an answer."""
    return b"HTTP/1.1 200 OK\r\ncontent-type: application/jsonl\r\ncontent-length: %d\r\n\r\n" % length


class Platform:
    """Listens; `send` writes the answer to a request for results."""

    def __init__(self, batch: data.Batch, send: Send) -> None:
        self._state = json.dumps(data.state(batch)).encode()
        self._send = send
        self._listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """The base URL."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}/v1.3"

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with connection, contextlib.suppress(OSError):
            while request := connection.recv(65536):
                if b"/results " in request:
                    self._send(connection)
                else:
                    connection.sendall(head(len(self._state)) + self._state)

    def close(self) -> None:
        """Listens no more."""
        self._listener.close()
