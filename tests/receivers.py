"""A web server that receives webhooks."""

from __future__ import annotations

import http.server
import threading
import typing


class Arrived(typing.NamedTuple):
    """A request as it arrived."""

    body: bytes
    headers: typing.Any


class ReceivingServer:
    """Answers with these statuses in turn, the last one for ever; 0 is silence."""

    def __init__(self, *statuses: int) -> None:
        self.arrived: typing.List[Arrived] = []
        self.came = threading.Event()
        self.closing = threading.Event()
        answers = list(statuses or (204,))
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.arrived.append(Arrived(body, self.headers))
                outer.came.set()
                status = answers.pop(0) if len(answers) > 1 else answers[0]
                if status == 0:
                    outer.closing.wait()
                    return
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        self.thread = threading.Thread(target=self.server.serve_forever)

    def __enter__(self) -> ReceivingServer:
        self.thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.closing.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
