"""Streams of columns among signals, threads and forks."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
import typing

import duckdb
import pyarrow as pa
import pytest

import twelvelabs_batches as tb
from alarms import Alarm
from servers import Part, ScriptedServer, Stall, answer
from test_column_streams import named, names
from test_columns import READERS
from test_fork import run as run_forking
from test_processes import AT_ONCE, client_of
from test_results import BATCH_ID, head, lines, row
from whole import call, of_arrow

needs_timers = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs interval timers")
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
SOON = 0.05


def stalling(rows: int = 1) -> list[Part]:
    return [head("content-length: 100000"), lines(*[row(number) for number in range(rows)]), Stall]


@needs_timers
@pytest.mark.usefixtures("alarm")
def test_what_a_handler_raises_comes_out_and_no_row_is_lost(server: ScriptedServer) -> None:
    gate, count = threading.Event(), 100
    body = lines(*[row(number) for number in range(count)])
    server.plays([head(f"content-length: {len(body)}"), body[:2000], gate, body[2000:]], total=count)
    results = client_of(server).results(BATCH_ID)
    for verb in ("to_arrow", "to_pandas", "to_polars"):
        with pytest.raises(Alarm):
            signal.setitimer(signal.ITIMER_REAL, SOON)
            call(results, verb)
    gate.set()
    assert names(results.to_arrow()) == named(count)
    assert len(server.received) == 1


WAITS = {
    "to_arrow": "results.to_arrow()",
    "to_csv": "results.to_csv('/dev/null')",
    "collect": "results.collect()",
    "record_batches": "list(results.record_batches())",
    "pyarrow": "pyarrow.table(results)",
    "pyarrow's reader": "pyarrow.RecordBatchReader.from_stream(results).read_all()",
    "polars": "polars.DataFrame(results)",
}
# Before version 2 duckdb pulls in a thread of its own, and hears of signals between pulls.
if int(duckdb.__version__.split(".")[0]) > 1:
    WAITS["duckdb"] = "duckdb.sql('from results').fetchall()"
if "pandas" in READERS:
    WAITS["pandas"] = "pandas.DataFrame.from_arrow(results)"


@pytest.mark.parametrize("wait", WAITS)
def test_ctrl_c_ends_every_wait(server: ScriptedServer, wait: str) -> None:
    script = f"""
import sys, duckdb, pandas, polars, pyarrow
import twelvelabs_batches as tb
results = tb.BatchesClient("k", base_url=sys.argv[1]).results({BATCH_ID!r})
print("begun", flush=True)
try:
    try:
        {WAITS[wait]}
    except Exception as error:
        assert "KeyboardInterrupt" in str(error), error
        for _ in range(10_000):  # until Python looks
            pass
    print("not interrupted")
except KeyboardInterrupt:
    print("interrupted")
"""
    server.plays(stalling())
    with subprocess.Popen(
        [sys.executable, "-c", script, server.base_url],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "begun\n"
        assert server.arrived.acquire(timeout=60)
        # It is to be waiting, for rows that do not come.
        time.sleep(0.3)
        program.send_signal(signal.SIGINT)
        told, complaint = program.communicate(timeout=60)
    assert (told, complaint, program.returncode) == ("interrupted\n", "", 0)


def test_others_run_while_somebody_waits(server: ScriptedServer) -> None:
    """Whoever pulls frees the interpreter, though pandas and polars hold it."""
    client = client_of(server)
    for reader in READERS.values():
        gate = threading.Event()
        server.plays([head(f"content-length: {len(lines(row(0)))}"), gate, lines(row(0))], total=1)
        seen: list[int] = []

        def read(reader: typing.Any = reader, seen: list[int] = seen) -> None:
            seen.append(len(reader(client.results(BATCH_ID))))

        thread = threading.Thread(target=read)
        thread.start()
        assert server.arrived.acquire(timeout=30)
        # Here this thread runs, though the other waits.
        gate.set()
        thread.join(30)
        assert seen == [1]


def test_threads_share_a_stream_and_no_row_comes_twice(server: ScriptedServer) -> None:
    count = 100_000
    server.plays(answer(200, lines(*[row(number) for number in range(count)])), total=count)
    results = client_of(server).results(BATCH_ID)
    gathered: list[pa.Table] = []
    iterated: list[str | None] = []

    def iterate() -> None:
        iterated.extend(each.custom_id for each in results)

    workers = [threading.Thread(target=lambda: gathered.append(pa.table(results))) for _ in range(3)]
    workers += [threading.Thread(target=lambda: gathered.append(results.to_arrow())) for _ in range(3)]
    workers += [threading.Thread(target=iterate)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    seen = [name for table in gathered for name in names(table)] + iterated
    assert len(seen) == count
    assert set(seen) == set(named(count))


@pytest.mark.parametrize("name", ["to_arrow", *READERS])
def test_closing_from_another_thread_ends_the_wait(server: ScriptedServer, name: str) -> None:
    server.plays(stalling(2))
    results = client_of(server).results(BATCH_ID)
    seen: list[int] = []
    read = READERS.get(name, lambda stream: of_arrow(stream.to_arrow()))
    thread = threading.Thread(target=lambda: seen.append(len(read(results))))
    thread.start()
    assert server.arrived.acquire(timeout=30)
    while results.delivered < 2:
        time.sleep(0.01)
    results.close()
    thread.join(30)
    assert seen == [2]
    assert server.gone.acquire(timeout=30)


def test_cancelling_a_coroutine_loses_no_row(server: ScriptedServer) -> None:
    gate, count = threading.Event(), 100
    body = lines(*[row(number) for number in range(count)])
    server.plays([head(f"content-length: {len(body)}"), body[:2000], gate, body[2000:]], total=count)

    async def main() -> None:
        async with tb.AsyncBatchesClient("k", base_url=server.base_url) as client:
            results = client.results(BATCH_ID)
            for verb in (results.to_arrow, results.to_polars, results.to_pandas):
                with pytest.raises(asyncio.TimeoutError):
                    await asyncio.wait_for(verb(), SOON)
            gate.set()
            assert names(await results.to_arrow()) == named(count)

    asyncio.run(main())


@needs_fork
@pytest.mark.parametrize(
    "use",
    [
        "stream.to_arrow()",
        "stream.collect()",
        "pyarrow.table(stream)",
        "next(stream.record_batches())",
        "stream.to_csv('/dev/null')",
    ],
)
def test_a_stream_of_columns_stays_the_parents(server: ScriptedServer, use: str) -> None:
    body = lines(*[row(number) for number in range(50)])
    gate = threading.Event()
    server.plays([head(f"content-length: {len(body)}"), body[:300], gate, body[300:]], total=50)
    script = f"""
        import pyarrow
        stream = client.results(ids[0])
        first = next(stream)
        capsule = stream.__arrow_c_stream__()
        reader = pyarrow.RecordBatchReader.from_stream(stream)

        def use():
            for attempt in (lambda: {use}, reader.read_all):
                try:
                    attempt()
                except Exception as error:
                    assert "belongs to the process that opened it" in str(error), error
                else:
                    raise AssertionError
        wait_for([fork(use)])
        print("child is gone", flush=True)
        assert reader.read_all().num_rows == 49
        """
    threading.Timer(1, gate.set).start()
    run_forking(server, script, BATCH_ID)


def test_a_signal_handler_cannot_read_the_stream_it_interrupts(server: ScriptedServer) -> None:
    server.plays(stalling())
    results = client_of(server).results(BATCH_ID)
    told: list[str] = []

    def read(*_: object) -> None:
        with pytest.raises(RuntimeError, match="open another one in the handler") as caught:
            results.to_arrow()
        told.append(str(caught.value))
        results.close()

    before = signal.signal(signal.SIGUSR1, read)
    try:
        timer = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGUSR1))
        timer.start()
        assert names(results.to_arrow()) == ["v-0"]
        timer.join()
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert len(told) == 1


def test_an_interrupted_program_answers_at_once(server: ScriptedServer) -> None:
    server.plays(stalling())
    results = client_of(server).results(BATCH_ID)
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        results.to_arrow()
    assert time.monotonic() - started < AT_ONCE
