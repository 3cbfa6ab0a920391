"""Signals while a call blocks: what a handler raises is raised, and nothing is lost by it."""

import gzip
import logging
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
import typing

import pytest

import twelvelabs_batches as tb
from alarms import Alarm
from faces import submit
from servers import Cut, Part, ScriptedServer, Stall, answer
from test_list import BATCH
from test_processes import AT_ONCE, client_of
from test_results import BATCH_ID, head, lines, row

pytestmark = [
    pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs interval timers"),
    pytest.mark.usefixtures("alarm"),
]

SOON = 0.05
PAGE = {"data": [BATCH], "page_info": {"page": 1, "total_page": 2}}
LATER = answer(503, headers={"retry-after": "60"})
Call = typing.Callable[[tb.BatchesClient], object]


def ring_when_asked(server: ScriptedServer, requests: int) -> threading.Thread:
    """Sets the timer once so many requests have arrived."""

    def wait() -> None:
        for _ in range(requests):
            server.arrived.acquire()
        signal.setitimer(signal.ITIMER_REAL, SOON)

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


def next_page(client: tb.BatchesClient) -> object:
    return client.list().next_page()


def last_of_all_pages(client: tb.BatchesClient) -> object:
    return list(client.list())[-1]


def first_row(client: tb.BatchesClient) -> object:
    return next(client.results(BATCH_ID))


def second_row(client: tb.BatchesClient) -> object:
    return [entry.custom_id for entry in client.results(BATCH_ID)]


def last_item(client: tb.BatchesClient) -> object:
    return list(client.as_completed(BATCH_ID, poll_interval=60))[-1]


ACTIVE = {**BATCH, "status": "processing", "expires_at": "2999-01-01T00:00:00Z"}
WAITING, ENDING = answer(200, ACTIVE), answer(200, {**ACTIVE, "ready_items": 1})
TORN: list[Part] = [head("content-length: 1000"), lines(row(1)), Cut]
WAITS: dict[str, tuple[Call, list[Part | list[Part]], int]] = {
    "create": (submit, [Stall], 1),
    "list": (lambda client: client.list(), [Stall], 1),
    "next page": (next_page, [answer(200, PAGE), Stall], 2),
    "iteration over pages": (last_of_all_pages, [answer(200, PAGE), Stall], 2),
    "retrieve": (lambda client: client.retrieve(BATCH_ID), [Stall], 1),
    "cancel": (lambda client: client.cancel(BATCH_ID), [Stall], 1),
    "delete": (lambda client: client.delete(BATCH_ID), [Stall], 1),
    "results": (lambda client: client.results(BATCH_ID), [Stall], 1),
    "first row": (first_row, [[head("content-length: 1000"), Stall]], 1),
    "later row": (second_row, [[head("content-length: 1000"), lines(row(1)), Stall]], 1),
    "body of an answer": (
        lambda client: client.retrieve(BATCH_ID),
        [[head("content-length: 1000"), b"{", Stall]],
        1,
    ),
    "body of a refusal": (
        lambda client: client.retrieve(BATCH_ID),
        [[b"HTTP/1.1 400 X\r\ncontent-length: 1000\r\n\r\n{", Stall]],
        1,
    ),
    "pause of retrieve": (lambda client: client.retrieve(BATCH_ID), [LATER], 1),
    "pause of create": (submit, [answer(429, headers={"retry-after": "60"})], 1),
    "pause of delete": (lambda client: client.delete(BATCH_ID), [LATER], 1),
    "pause of results": (lambda client: client.results(BATCH_ID), [LATER], 1),
    "pause of rows": (second_row, [TORN, LATER], 2),
    "first look": (lambda client: client.wait(BATCH_ID), [Stall], 1),
    "later look": (lambda client: client.wait(BATCH_ID, poll_interval=0.001), [WAITING, Stall], 2),
    "pause between looks": (lambda client: client.wait(BATCH_ID, poll_interval=60), [WAITING], 1),
    "first look for items": (last_item, [Stall], 1),
    "round of items": (last_item, [ENDING, Stall], 2),
    "pause between rounds": (last_item, [ENDING, answer(200, lines(row(1, status="canceled")))], 2),
    "search for a creation": (submit, [Cut, Stall], 2),
    "search for the number of rows": (second_row, [answer(200, lines(row(1))), Stall], 2),
}


@pytest.mark.parametrize("wait", WAITS)
def test_what_a_handler_raises_comes_out_of_every_wait(server: ScriptedServer, wait: str) -> None:
    call, script, requests = WAITS[wait]
    server.plays(*script)
    client = client_of(server, backoff_factor=0.001)
    ringing = ring_when_asked(server, requests)
    started = time.monotonic()
    with pytest.raises(Alarm):
        call(client)
    assert time.monotonic() - started < AT_ONCE
    ringing.join()
    assert len(server.received) == requests, "the call is over"
    server.plays(answer(200, BATCH))
    assert client.retrieve(BATCH_ID).total_items == 1, "the client works afterwards"
    if Stall in script or any(isinstance(entry, list) and Stall in entry for entry in script):
        assert server.gone.acquire(timeout=30), "its connection is let go"


def parts_of(body: bytes, framing: str, gates: typing.Sequence[threading.Event]) -> list[Part]:
    """An answer that goes on at each gate, cut wherever that happens to be."""
    headers = []
    if "gzip" in framing:
        body = gzip.compress(body)
        headers.append("content-encoding: gzip")
    chunked = "chunked" in framing
    headers.append("transfer-encoding: chunked" if chunked else f"content-length: {len(body)}")
    parts: list[Part] = [head(*headers)]
    size = len(body) // (len(gates) + 1) + 1
    for number, start in enumerate(range(0, len(body), size)):
        piece = body[start : start + size]
        parts.append(b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece)
        parts += gates[number : number + 1]
    return [*parts, b"0\r\n\r\n"] if chunked else parts


@pytest.mark.parametrize("framing", ["plain", "chunked", "gzip", "gzip chunked"])
def test_a_stream_goes_on_with_exactly_the_rest(server: ScriptedServer, framing: str) -> None:
    count, gates = 100, [threading.Event() for _ in range(5)]
    body = lines(*[row(number) for number in range(count)])
    server.plays(parts_of(body, framing, gates), total=count)
    results = client_of(server).results(BATCH_ID)
    seen: list[tb.BatchResultItem] = []
    for gate in gates:
        # `extend` takes rows without running bytecode between them: only the stream itself hears the signal.
        with pytest.raises(Alarm):
            signal.setitimer(signal.ITIMER_REAL, SOON)
            seen.extend(results)
        assert results.delivered == len(seen)
        gate.set()
    seen.extend(results)
    assert [entry.custom_id for entry in seen] == [f"v-{number}" for number in range(count)]
    assert len(server.received) == 1


def test_a_pause_that_was_interrupted_is_gone_on_with(server: ScriptedServer) -> None:
    server.plays(TORN, answer(200, lines(row(1), row(2))), total=2)
    results = client_of(server, backoff_factor=60).results(BATCH_ID)
    seen = [next(results)]
    with pytest.raises(Alarm):
        signal.setitimer(signal.ITIMER_REAL, SOON)
        seen.extend(results)
    results.close()
    assert [entry.custom_id for entry in seen] == ["v-1"]
    assert next(results, None) is None


def chunks(*parts: bytes | threading.Event) -> list[Part]:
    """Pieces of a chunked body, and what is waited for between them."""
    return [b"%x\r\n%s\r\n" % (len(part), part) if isinstance(part, bytes) else part for part in parts]


class Pause(threading.Event):
    """A moment, but none any more once `stop` is set."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__()
        self.stop = stop

    def wait(self, timeout: float | None = None) -> bool:
        self.stop.wait(0.01)
        return True


def test_rows_that_keep_coming_do_not_drown_a_signal(server: ScriptedServer) -> None:
    stop, count = threading.Event(), 2000
    dripping = [part for number in range(count) for part in (lines(row(number)), Pause(stop))]
    server.plays([head("transfer-encoding: chunked"), *chunks(*dripping, b"")], total=count)
    results = client_of(server).results(BATCH_ID)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    threading.Timer(AT_ONCE, stop.set).start()
    try:
        with pytest.raises(Alarm):
            list(results)
        assert not stop.is_set(), "it came out while rows were coming"
    finally:
        stop.set()


def test_a_handler_that_raises_nothing_disturbs_nothing(server: ScriptedServer) -> None:
    gate = threading.Event()
    rung: list[int] = []

    def count(*_: object) -> None:
        rung.append(1)
        if len(rung) == 5:
            gate.set()

    signal.signal(signal.SIGALRM, count)
    server.plays([gate, answer(200, BATCH)])
    client = client_of(server)
    signal.setitimer(signal.ITIMER_REAL, SOON, SOON)
    assert client.retrieve(BATCH_ID).total_items == 1
    signal.setitimer(signal.ITIMER_REAL, 0)
    assert len(rung) >= 5
    assert len(server.received) == 1


def test_a_signal_comes_out_while_another_thread_has_the_stream(server: ScriptedServer) -> None:
    gate = threading.Event()
    server.plays([head(f"content-length: {len(lines(row(1)))}"), gate, lines(row(1))], total=1)
    results = client_of(server).results(BATCH_ID)
    seen: list[tb.BatchResultItem] = []
    other = threading.Thread(target=lambda: seen.extend(results))
    other.start()
    with pytest.raises(Alarm):
        signal.setitimer(signal.ITIMER_REAL, SOON)
        seen.extend(results)
    gate.set()
    other.join(30)
    assert [entry.custom_id for entry in seen] == ["v-1"]


class Interrupted(logging.Handler):
    """Gets a signal while it writes."""

    def emit(self, record: logging.LogRecord) -> None:
        signal.raise_signal(signal.SIGALRM)


def test_a_signal_while_something_is_logged_loses_no_row(server: ScriptedServer) -> None:
    gate = threading.Event()
    rest = lines(b"{broken\n", row(2), row(3))
    server.plays([head("transfer-encoding: chunked"), *chunks(lines(row(1)), gate, rest, b"")], total=4)
    logger = logging.getLogger("twelvelabs_batches")
    handler = Interrupted()
    logger.addHandler(handler)
    seen: list[tb.BatchResultItem] = []
    try:
        results = client_of(server, on_malformed="skip").results(BATCH_ID)
        seen.append(next(results))
        gate.set()
        while True:
            try:
                seen.extend(results)
                break
            except Alarm:
                continue
    finally:
        logger.removeHandler(handler)
    assert [entry.custom_id for entry in seen] == ["v-1", "v-2", "v-3"]


SCRIPT = """
import os, signal, sys
import twelvelabs_batches as tb
client = tb.BatchesClient("k", base_url=sys.argv[1])
seen = []
try:
    {call}
except KeyboardInterrupt:
    print("interrupted", flush=True)
    {after}
"""


@pytest.mark.parametrize(
    ("call", "part"),
    [
        ("client.retrieve('{id}')", Stall),
        ("client.list()", Stall),
        ("client.delete('{id}')", Stall),
        ("client.results('{id}')", Stall),
        ("seen.extend(client.results('{id}'))", [head("content-length: 1000"), lines(row(1)), Stall]),
        ("client.cancel('{id}')", LATER),
    ],
)
@pytest.mark.parametrize("after", ["print(client.retrieve('{id}').total_items)", "raise"])
def test_ctrl_c_in_a_program_of_its_own(
    server: ScriptedServer, call: str, part: Part | list[Part], after: str
) -> None:
    server.plays(part, answer(200, BATCH))
    script = SCRIPT.format(call=call, after=after).replace("{id}", BATCH_ID)
    with subprocess.Popen(
        [sys.executable, "-X", "dev", "-W", "error", "-c", script, server.base_url],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        server.arrived.acquire(timeout=60)
        program.send_signal(signal.SIGINT)
        told, complaint = program.communicate(timeout=60)
    if after == "raise":
        assert told == "interrupted\n"
        assert complaint.rstrip().endswith("KeyboardInterrupt")
        assert program.returncode == -signal.SIGINT
    else:
        assert (told, complaint, program.returncode) == ("interrupted\n1\n", "", 0)


def test_the_package_installs_no_handler(platform: tb.Emulator) -> None:
    script = """
        import asyncio, os, signal, sys, threading

        def handlers():
            masks = [line for line in open("/proc/self/status") if line.startswith(("SigBlk", "SigIgn", "SigCgt"))]
            return {number: signal.getsignal(number) for number in signal.valid_signals()}, masks

        # The C library keeps a signal for itself from the first thread on.
        threading.Thread(target=int).start()
        before = handlers()
        import twelvelabs_batches as tb
        from faces import submit
        assert handlers() == before, "by being imported"
        url, key = sys.argv[1:]
        with tb.BatchesClient(key, base_url=url) as client:
            assert len(list(client.results(submit(client).batch_id))) == 2

        async def main():
            async with tb.AsyncBatchesClient(key, base_url=url) as client:
                async for batch in await client.list():
                    assert len([row async for row in client.results(batch.batch_id)]) == 2

        asyncio.run(main())
        with tb.Emulator(speed=0):
            pass
        assert handlers() == before, "by being used"
        """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), platform.base_url, platform.api_key],
        env={**os.environ, "PYTHONPATH": os.path.dirname(__file__)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.stderr, done.returncode) == ("", 0)
