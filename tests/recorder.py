"""A proxy that writes down what goes through it."""

from __future__ import annotations

import base64
import socket
import threading
import typing

if typing.TYPE_CHECKING:
    import ssl

HOST = "127.0.0.1"
ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"


def credentials(user: str, password: str) -> str:
    """What a client says to a proxy that knows it."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


class RecordingProxy:
    """Answers CONNECT with `tunnel`, and everything else with `plain`.

    A tunnel leads to `upstream`, whatever was asked for; without one, or with
    an answer that is no success, there is none.
    """

    def __init__(
        self, *, upstream: typing.Optional[int] = None, context: typing.Optional[ssl.SSLContext] = None
    ) -> None:
        self.upstream = upstream
        self.tunnel = ESTABLISHED
        self.plain = b"HTTP/1.1 502 X\r\ncontent-length: 0\r\n\r\n"
        self.heads: typing.List[str] = []
        self.carried = bytearray()
        self._context = context
        self._socket = socket.create_server((HOST, 0))
        self._open: typing.List[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    @property
    def address(self) -> str:
        """Where it is, without a scheme."""
        return f"{HOST}:{self._socket.getsockname()[1]}"

    @property
    def url(self) -> str:
        """Where it is."""
        return f"{'https' if self._context else 'http'}://{self.address}"

    def url_with(self, user: str, password: str) -> str:
        """Where it is, and who asks."""
        return self.url.replace("://", f"://{user}:{password}@")

    @property
    def requests(self) -> typing.List[str]:
        """The request lines."""
        return [head.split("\r\n", 1)[0] for head in self.heads]

    def header(self, name: str, index: int = 0) -> typing.Optional[str]:
        """A header of a request."""
        for line in self.heads[index].split("\r\n")[1:]:
            known, _, value = line.partition(": ")
            if known.lower() == name.lower():
                return value
        return None

    def __enter__(self) -> RecordingProxy:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._threads[0].join()
        self._socket.close()
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        for thread in self._threads:
            thread.join()

    def _start(self, work: typing.Callable[..., None], *arguments: typing.Any) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        try:
            if self._context is not None:
                connection = self._context.wrap_socket(connection, server_side=True)
            self._open.append(connection)
            with connection:
                self._answer(connection)
        except OSError:
            connection.close()

    def _answer(self, connection: socket.socket) -> None:
        while True:
            data = b""
            while b"\r\n\r\n" not in data:
                piece = connection.recv(65536)
                if not piece:
                    return
                data += piece
            head, rest = data.split(b"\r\n\r\n", 1)
            self.heads.append(head.decode("latin-1"))
            self.carried += rest
            if not head.startswith(b"CONNECT "):
                connection.sendall(self.plain)
                continue
            connection.sendall(self.tunnel)
            if self.tunnel is not ESTABLISHED or self.upstream is None:
                return
            with socket.create_connection((HOST, self.upstream)) as onward:
                self._open.append(onward)
                self._start(self._back, onward, connection)
                while piece := connection.recv(65536):
                    self.carried += piece
                    onward.sendall(piece)
                onward.shutdown(socket.SHUT_WR)
            return

    @staticmethod
    def _back(onward: socket.socket, connection: socket.socket) -> None:
        try:
            while piece := onward.recv(65536):
                connection.sendall(piece)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass
