"""A server on a raw socket that answers, and misbehaves, as a test says."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
import typing


class Received:
    """A request as it arrived."""

    def __init__(self, head: bytes, body: bytes) -> None:
        lines = head.decode("latin-1").split("\r\n")
        self.method, self.target, _ = lines[0].split(" ", 2)
        self.headers = [line.split(": ", 1) for line in lines[1:] if line]
        self.body = body

    def asks_for_state(self) -> bool:
        return self.method == "GET" and self.target.rsplit("/", 1)[0].endswith("/analyze/batches")

    def header(self, name: str) -> typing.Optional[str]:
        """Its value; all of them if it was sent more than once."""
        found = [value for known, value in self.headers if known.lower() == name.lower()]
        return ", ".join(found) if found else None


def answer(
    status: int = 200,
    body: typing.Union[bytes, typing.Dict[str, typing.Any], typing.List[typing.Any]] = b"",
    headers: typing.Optional[typing.Mapping[str, str]] = None,
    reason: str = "X",
) -> bytes:
    """A whole answer."""
    if isinstance(body, (dict, list)):
        body = json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} {reason}", f"content-length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Stall:
    """Says nothing more, but keeps the connection open."""


class Cut:
    """Closes the connection."""


class Reset:
    """Breaks the connection, as when a process dies."""


class Drip(typing.NamedTuple):
    """Sends pieces with pauses, in seconds, before each."""

    pieces: typing.Sequence[bytes]
    pause: float


Part = typing.Union[bytes, threading.Event, Drip, typing.Type[Stall], typing.Type[Cut], typing.Type[Reset]]


def state(batch_id: str, total: int) -> typing.Dict[str, typing.Any]:
    """A batch of so many items."""
    return {
        "batch_id": batch_id,
        "analysis_mode": "general",
        "model_name": "pegasus1.5",
        "status": "processing",
        "total_items": total,
        "queued_items": total,
        "processing_items": 0,
        "ready_items": 0,
        "failed_items": 0,
        "canceled_items": 0,
        "created_at": "2026-11-01T00:00:00Z",
        "expires_at": "2026-11-02T00:00:00Z",
    }


@contextlib.contextmanager
def nobody() -> typing.Iterator[str]:
    """An address where nobody listens, and nobody else will."""
    with socket.socket() as kept:
        kept.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{kept.getsockname()[1]}/v1.3"


class ScriptedServer:
    """Answers each request with the next of `script`; the last one is repeated.

    With a `total`, the state of any batch is answered apart from the script: it
    has so many items.

    An answer is a list of parts: bytes are sent, `Stall` waits until the
    client or the server goes away, `Cut` closes the connection, an event is
    waited for.
    """

    api_key = "scripted"

    def __init__(self) -> None:
        self.script: typing.List[typing.List[Part]] = [[answer(500)]]
        self.total: typing.Optional[int] = None
        self.received: typing.List[Received] = []
        self.looked_up = 0
        self.accepted = 0
        self.arrived = threading.Semaphore(0)
        self.gone = threading.Semaphore(0)
        self._stopping = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._connections: typing.Set[socket.socket] = set()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1.3"

    def plays(
        self, *script: typing.Union[Part, typing.List[Part]], total: typing.Optional[int] = None
    ) -> None:
        self.total = total
        self.script = [part if isinstance(part, list) else [part] for part in script]

    def __enter__(self) -> ScriptedServer:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._stopping.is_set():
            return
        self._stopping.set()
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for connection in list(self._connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while not self._stopping.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.accepted += 1
            self._connections.add(connection)
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                while (request := self._read(connection)) is not None:
                    if self.total is not None and request.asks_for_state():
                        self.looked_up += 1
                        connection.sendall(answer(200, state(request.target.split("/")[-1], self.total)))
                        continue
                    self.received.append(request)
                    self.arrived.release()
                    parts = self.script.pop(0) if len(self.script) > 1 else self.script[0]
                    if not all(self._play(connection, part) for part in parts):
                        break
            except OSError:
                pass
            self._connections.discard(connection)
        self.gone.release()

    def _play(self, connection: socket.socket, part: Part) -> bool:
        if isinstance(part, bytes):
            connection.sendall(part)
            return True
        if isinstance(part, threading.Event):
            while not part.wait(0.05):
                if self._stopping.is_set():
                    return False
            return True
        if isinstance(part, Drip):
            for piece in part.pieces:
                self._stopping.wait(part.pause)
                connection.sendall(piece)
            return True
        if part is Stall:
            connection.recv(1)
        if part is Reset:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False

    @staticmethod
    def _read(connection: socket.socket) -> typing.Optional[Received]:
        data = b""
        while b"\r\n\r\n" not in data:
            piece = connection.recv(65536)
            if not piece:
                return None
            data += piece
        head, body = data.split(b"\r\n\r\n", 1)
        request = Received(head, body)
        length = int(request.header("content-length") or 0)
        while len(request.body) < length:
            request.body += connection.recv(65536)
        return request
