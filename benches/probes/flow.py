"""Rows are handed over at once, and a consumer that takes its time stops the reading."""

from __future__ import annotations

import json
import queue
import socket
import time
import typing

from .. import data
from ..figures import Value
from ..places import DATA
from .platform import Platform, head

if typing.TYPE_CHECKING:
    from . import Context

STEPS = data.Batch(32, 200, data.short)
PATIENCE = 2.0  # seconds until a row counts as held back
STALL = 2.5  # seconds the slow consumer sleeps
QUIET = 1.0  # seconds in which nothing could be sent


def lockstep(context: Context, who: str) -> tuple[int, list[float]]:
    """Sends each row when the one before was handed over; counts those, and times them."""
    lines = [json.dumps(row).encode() + b"\n" for row in data.rows(STEPS)]
    words = socket.create_server(("127.0.0.1", 0))
    times: list[float] = []
    held: list[int] = []

    def send(connection: socket.socket) -> None:
        connection.sendall(head(sum(map(len, lines))))
        word, _ = words.accept()
        word.settimeout(PATIENCE)
        with word:
            for number, line in enumerate(lines):
                started = time.perf_counter()
                connection.sendall(line)
                try:
                    word.recv(1)
                except TimeoutError:
                    held.append(number)
                    word.settimeout(0.01)  # that is enough to know
                else:
                    times.append(time.perf_counter() - started)

    platform = Platform(STEPS, send)
    worker = context.worker(who, platform.url)
    try:
        worker.run("lockstep", [STEPS.batch_id, words.getsockname()[1]])
    finally:
        worker.close()
        platform.close()
        words.close()
    return STEPS.rows - len(held), times


def stall(context: Context, who: str) -> tuple[float, float]:
    """What can be sent to a client that takes a row and sleeps, and how far that grows, in MB."""
    batch = data.BATCHES["many"]
    body = (DATA / f"{batch.batch_id}.jsonl").read_bytes()
    outcome: queue.SimpleQueue[int] = queue.SimpleQueue()

    def send(connection: socket.socket) -> None:
        connection.sendall(head(len(body)))
        connection.settimeout(QUIET)
        sent = 0
        try:
            while sent < len(body):
                sent += connection.send(body[sent : sent + 65536])
        except TimeoutError:
            outcome.put(sent)
            raise  # an OSError, that ends the connection
        outcome.put(sent)

    platform = Platform(batch, send)
    worker = context.worker(who, platform.url)
    try:
        run = worker.run("stall", [batch.batch_id, STALL])
    finally:
        worker.close()
        platform.close()
    return outcome.get(timeout=STALL) / 1e6, run.growth


def measure(context: Context) -> typing.Iterator[Value]:
    """Measures both."""
    for who in ("ours", "ours.async", "vendor"):
        handed, times = lockstep(context, who)
        part = handed * 100 / STEPS.rows
        yield Value(f"flow.{who}.handed", f"{who}, rows handed over before the next was sent", "%", [part])
        delays = [took * 1e3 for took in times]
        yield Value(f"flow.{who}.delay", f"{who}, from sending a row to word of it", "ms", delays)
    system, _ = stall(context, "bytes")
    yield Value("flow.system.sent", "nobody reading, sent into the system's buffers", "MB", [system])
    for who in ("ours", "ours.async", "vendor"):
        sent, growth = stall(context, who)
        ahead = max(0.0, sent - system)
        yield Value(f"flow.{who}.sent", f"{who}, one row taken, sent of 113 MB", "MB", [sent])
        yield Value(f"flow.{who}.ahead", f"{who}, of that beyond the system's buffers", "MB", [ahead])
        yield Value(f"flow.{who}.growth", f"{who}, memory grown meanwhile", "MB", [growth])
