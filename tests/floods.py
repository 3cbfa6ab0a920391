"""A server whose answers do not end, and how much of them was taken."""

from __future__ import annotations

import socket
import threading
import typing
import zlib

MIB = 1 << 20


def head(status: int, *fields: str) -> bytes:
    """The beginning of an answer."""
    return "\r\n".join([f"HTTP/1.1 {status} X", *fields]).encode() + b"\r\n\r\n"


def bomb(megabytes: int, start: bytes = b"") -> bytes:
    """Gzip of a text and then so many megabytes of the same letter, without an end."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    first = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush a block stands for itself, and can be repeated.
    packer.compress(b"")
    block = packer.compress(b"a" * MIB) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + block * megabytes


class Flood:
    """Answers every request with `beginning`, then `piece` again and again, `most` bytes at most."""

    api_key = "k"

    def __init__(self, beginning: bytes, piece: bytes = b"", most: int = 1024 * MIB) -> None:
        self._beginning = beginning
        self._piece = piece
        self._most = most
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._open: typing.List[socket.socket] = []
        #: Bytes that each connection took of the pieces; what sockets hold counts, too.
        self.taken: typing.List[int] = []

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1.3"

    def __enter__(self) -> Flood:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._threads[0].join()
        self._socket.close()
        for connection in self._open:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._open.append(connection)
            self.taken.append(0)
            thread = threading.Thread(target=self._serve, args=(connection, len(self.taken) - 1), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        with connection:
            try:
                connection.recv(65536)
                connection.sendall(self._beginning)
                while self._piece and self.taken[number] < self._most:
                    connection.sendall(self._piece)
                    self.taken[number] += len(self._piece)
            except OSError:
                pass
