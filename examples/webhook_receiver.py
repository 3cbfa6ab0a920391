"""Receives webhooks with a real web server, and prints what they say.

    TWELVELABS_WEBHOOK_SECRET=... python examples/webhook_receiver.py 9000

To try it on this machine, have the emulator tell it:

    twelvelabs-batches emulator --webhooks http://127.0.0.1:9000/hook --webhook-secret ...
"""

from __future__ import annotations

import http.server
import os
import sys

from twelvelabs_batches import webhooks

LARGEST_BODY = 1024 * 1024


class Receiver(http.server.BaseHTTPRequestHandler):
    """Answers 2xx to what can be trusted: anything else has the platform send it again."""

    secret: str
    seen: set[str]

    def do_POST(self) -> None:
        """Takes one event."""
        length = int(self.headers.get("Content-Length", 0))
        if length > LARGEST_BODY:
            self.answer(413)
            return
        # The signature is over these very bytes, so they are not parsed before it was checked.
        body = self.rfile.read(length)
        try:
            event = webhooks.unwrap(body, self.headers, self.secret)
        except webhooks.WebhookError as error:
            print(f"refused: {error}", file=sys.stderr, flush=True)
            self.answer(400)
            return
        # Whatever takes long is done after the answer: the platform does not wait for it.
        self.answer(204)
        if event.id in self.seen:
            return
        self.seen.add(event.id)
        print(f"{event.type}: batch {event.batch_id} is {event.status}", flush=True)

    def answer(self, status: int) -> None:
        """Answers with nothing but a status."""
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Prints no line for each request."""


def main() -> None:
    """Serves until interrupted."""
    Receiver.secret = os.environ["TWELVELABS_WEBHOOK_SECRET"]
    Receiver.seen = set()
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 9000
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), Receiver) as server:
        print(f"http://127.0.0.1:{server.server_port}/hook", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
