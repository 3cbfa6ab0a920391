"""A server on a raw socket that answers, and misbehaves, as a test says."""

from __future__ import annotations

import json
import socket
import threading


class Received:
    """A request as it arrived."""

    def __init__(self, head, body):
        lines = head.decode("latin-1").split("\r\n")
        self.method, self.target, _ = lines[0].split(" ", 2)
        self.headers = [tuple(line.split(": ", 1)) for line in lines[1:] if line]
        self.body = body

    def header(self, name):
        found = [value for known, value in self.headers if known.lower() == name.lower()]
        return found[0] if len(found) == 1 else (found or None)


def answer(status=200, body=b"", headers=None, reason="X"):
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


class ScriptedServer:
    """Answers each request with the next of `script`; the last one is repeated.

    An answer is a list of parts: bytes are sent, `Stall` waits until the
    client or the server goes away, `Cut` closes the connection, an event is
    waited for.
    """

    api_key = "scripted"

    def __init__(self):
        self.script = [[answer(500)]]
        self.received = []
        self.arrived = threading.Semaphore(0)
        self.gone = threading.Semaphore(0)
        self._stopping = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._connections = set()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    @property
    def base_url(self):
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1.3"

    def plays(self, *script):
        self.script = [part if isinstance(part, list) else [part] for part in script]

    def __enter__(self):
        self._threads[0].start()
        return self

    def __exit__(self, *_):
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

    def _accept(self):
        while not self._stopping.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._connections.add(connection)
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection):
        with connection:
            try:
                while (request := self._read(connection)) is not None:
                    self.received.append(request)
                    self.arrived.release()
                    parts = self.script.pop(0) if len(self.script) > 1 else self.script[0]
                    if not all(self._play(connection, part) for part in parts):
                        break
            except OSError:
                pass
            self._connections.discard(connection)
        self.gone.release()

    def _play(self, connection, part):
        if part is Cut:
            return False
        if part is Stall:
            connection.recv(1)
            return False
        if isinstance(part, threading.Event):
            part.wait()
            return True
        connection.sendall(part)
        return True

    @staticmethod
    def _read(connection):
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
