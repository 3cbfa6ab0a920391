"""Receives webhooks with a real web server, and prints what they say.

    TWELVELABS_WEBHOOK_SECRET=... python examples/webhook_receiver.py 9000

To try it on this machine, have the emulator tell it:

    twelvelabs-batches emulator --webhooks http://127.0.0.1:9000/hook --webhook-secret ...
"""

from __future__ import annotations

import http.server
import os
import sys
import threading

from twelvelabs_batches import webhooks

LARGEST_BODY = 1024 * 1024
LONGEST_LENGTH = 20
MOST_SEEN = 10_000


class Receiver(http.server.BaseHTTPRequestHandler):
    """Answers 2xx to what can be trusted: anything else has the platform send it again."""

    # A sender that falls silent does not keep its thread for ever.
    timeout = 10
    secret: str
    # Of the last events only, in the order in which they came; a real one keeps them in a database.
    seen: dict[str, None]
    lock = threading.Lock()

    def do_POST(self) -> None:
        """Takes one event."""
        length = self.headers.get("Content-Length")
        if length is None:
            self.refuse(411)
            return
        if not (length.isascii() and length.isdigit()):
            self.refuse(400)
            return
        if len(length) > LONGEST_LENGTH or int(length) > LARGEST_BODY:
            self.refuse(413)
            return
        # The signature is over these very bytes, so they are not parsed before it was checked.
        body = self.rfile.read(int(length))
        try:
            event = webhooks.unwrap(body, self.headers, self.secret)
        except webhooks.WebhookError as error:
            print(f"refused: {error}", file=sys.stderr, flush=True)
            self.answer(400)
            return
        # Whatever takes long is done after the answer: the platform does not wait for it.
        self.answer(204)
        if self.is_new(event.id):
            print(f"{event.type}: batch {event.batch_id} is {event.status}", flush=True)

    def is_new(self, event_id: str) -> bool:
        """Whether this event comes for the first time."""
        with self.lock:
            if event_id in self.seen:
                return False
            self.seen[event_id] = None
            if len(self.seen) > MOST_SEEN:
                del self.seen[next(iter(self.seen))]
            return True

    def refuse(self, status: int) -> None:
        """Answers, and does not look for another request in what is left unread."""
        self.close_connection = True
        self.answer(status)

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
    Receiver.seen = {}
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 9000
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), Receiver) as server:
        print(f"http://127.0.0.1:{server.server_port}/hook", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
