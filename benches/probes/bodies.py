"""What is sent to create a batch is what was asked for, by whoever is measured."""

from __future__ import annotations

import http.server
import json
import threading
import typing

from ..contenders.items import body
from ..data import created
from ..figures import Value

if typing.TYPE_CHECKING:
    from . import Context

KINDS = ("rich", "rich dicts", "minimal", "minimal dicts")


def measure(context: Context) -> typing.Iterator[Value]:
    """Creates each kind of batch once, at a server that keeps the body."""
    bodies: list[bytes] = []
    answer = json.dumps(created()).encode()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(http.HTTPStatus.CREATED)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for who in ("ours", "vendor"):
            worker = context.worker(who, f"http://127.0.0.1:{server.server_port}/v1.3")
            right = 0
            for kind in KINDS:
                worker.run("create", [kind])
                right += json.loads(bodies.pop()) == body(kind)
            worker.close()
            title = f"{who}, bodies of create as they should be, of {len(KINDS)}"
            yield Value(f"bodies.{who}", title, "", [right])
        server.shutdown()
