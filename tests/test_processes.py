"""Signals, forks, threads and interpreter exits."""

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
from faces import Target, submit
from servers import ScriptedServer, Stall, answer
from test_list import BATCH
from test_results import BATCH_ID, head, lines, row

# Far below the read timeout, far above the 50 ms in which signals are looked for.
AT_ONCE = 5.0


def client_of(target: Target, **settings: typing.Any) -> tb.BatchesClient:
    return tb.BatchesClient(target.api_key, base_url=target.base_url, **settings)


def interrupt_when_asked(server: ScriptedServer) -> None:
    def interrupt() -> None:
        server.arrived.acquire()
        time.sleep(0.1)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt).start()


@pytest.mark.parametrize("verb", ["retrieve", "results", "results in mid-stream"])
def test_an_interrupt_is_answered_at_once(server: ScriptedServer, verb: str) -> None:
    client = client_of(server)
    results: tb.Results | None = None
    if verb == "results in mid-stream":
        server.plays([head("content-length: 1000000"), lines(row(1)), Stall])
        results = client.results(BATCH_ID)
        assert next(results).custom_id == "v-1"
    else:
        server.plays([Stall])
    interrupt_when_asked(server)
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        if verb == "retrieve":
            client.retrieve(BATCH_ID)
        elif verb == "results":
            client.results(BATCH_ID)
        else:
            assert results is not None
            next(results)
    assert time.monotonic() - started < AT_ONCE
    server.plays(answer(200, BATCH))
    assert client.retrieve(BATCH_ID).total_items == 1, "the client works afterwards"


def test_what_a_signal_handler_raises_is_raised(server: ScriptedServer) -> None:
    class TooLate(Exception):
        pass

    def handler(*_: object) -> None:
        raise TooLate

    server.plays([Stall])
    before = signal.signal(signal.SIGALRM, handler)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        with pytest.raises(TooLate):
            client_of(server).retrieve(BATCH_ID)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_other_threads_run_while_one_waits(server: ScriptedServer) -> None:
    server.plays([Stall])
    client = client_of(server)
    waiting = threading.Thread(
        target=lambda: pytest.raises(
            tb.TwelveLabsError, client.retrieve, BATCH_ID, request_options={"max_retries": 0}
        )
    )
    waiting.start()
    server.arrived.acquire()
    server.plays(answer(200, BATCH))
    assert client.retrieve(BATCH_ID).total_items == 1
    server.__exit__()
    waiting.join(30)
    assert not waiting.is_alive()


def test_threads_share_a_client(platform: tb.Emulator) -> None:
    client = client_of(platform)
    batches = [submit(client).batch_id for _ in range(4)]
    wrong: list[str] = []

    def work(batch_id: str) -> None:
        for _ in range(50):
            if client.retrieve(batch_id).batch_id != batch_id:
                wrong.append(batch_id)

    threads = [threading.Thread(target=work, args=(batch_id,)) for batch_id in batches * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_threads_share_a_stream(server: ScriptedServer) -> None:
    server.plays(answer(200, lines(*[row(number) for number in range(3000)])), total=3000)
    results = client_of(server).results(BATCH_ID)
    seen: list[str] = []
    threads = [
        threading.Thread(target=lambda: seen.extend([entry.task_id for entry in results])) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == len(set(seen)) == 3000


def test_another_thread_can_close_a_stream(server: ScriptedServer) -> None:
    server.plays([head("content-length: 1000000"), lines(row(1)), Stall])
    results = client_of(server).results(BATCH_ID)
    assert next(results).custom_id == "v-1"
    threading.Timer(0.2, results.close).start()
    assert next(results, "ended") == "ended"
    assert server.gone.acquire(timeout=30)


def test_a_signal_handler_may_call_too(server: ScriptedServer) -> None:
    client = client_of(server)
    server.plays([Stall], [answer(200, BATCH)])
    seen: list[int] = []

    def handler(*_: object) -> None:
        seen.append(client.retrieve(BATCH_ID).total_items)
        raise InterruptedError

    before = signal.signal(signal.SIGALRM, handler)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        with pytest.raises(InterruptedError):
            client.retrieve(BATCH_ID)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert seen == [1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_client_made_before_a_fork_works_on_both_sides(platform: tb.Emulator) -> None:
    run(
        platform,
        """
        import warnings
        # Newer interpreters warn of every fork beside threads.
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        batches = [submit(client).batch_id for _ in range(2)]
        stream = client.results(batches[0])
        next(stream)
        child = os.fork()
        mine = batches[0 if child else 1]
        assert all(client.retrieve(mine).batch_id == mine for _ in range(100))
        assert len(list(client.results(mine))) == 2
        if child:
            assert os.waitpid(child, 0)[1] == 0
            next(stream)
        else:
            try:
                next(stream)
            except tb.StreamClosedError as error:
                assert "open it again here" in str(error)
            else:
                raise AssertionError
        """,
    )


@pytest.mark.parametrize(
    "ending",
    [
        "results = client.results(submit(client).batch_id); next(results)",
        "threading.Thread(target=client.retrieve, args=('0' * 24,), daemon=True).start()",
        "submit(client); os.kill(os.getpid(), signal.SIGINT)",
    ],
    ids=["stream open", "call under way", "interrupt"],
)
def test_interpreters_exit_cleanly(platform: tb.Emulator, ending: str) -> None:
    run(platform, ending, expected={-signal.SIGINT} if "SIGINT" in ending else {0})


def test_interpreters_exit_cleanly_while_a_daemon_thread_waits(server: ScriptedServer) -> None:
    server.plays([Stall])
    run(
        server,
        """
        import time
        for _ in range(3):
            threading.Thread(target=client.retrieve, args=("0" * 24,), daemon=True).start()
        time.sleep(0.3)
        """,
    )


def test_interpreters_exit_cleanly_while_daemon_threads_work(platform: tb.Emulator) -> None:
    for _ in range(10):
        run(
            platform,
            """
            import time

            def work():
                while True:
                    list(client.list())

            for _ in range(4):
                threading.Thread(target=work, daemon=True).start()
            time.sleep(0.05)
            """,
        )


def test_an_event_loop_left_with_calls_under_way_exits_cleanly(server: ScriptedServer) -> None:
    server.plays([Stall])
    run(
        server,
        """
        import asyncio

        async def main():
            task = asyncio.create_task(tb.AsyncBatchesClient(os.environ["KEY"], base_url=os.environ["URL"]).retrieve("0" * 24))
            await asyncio.sleep(0.2)

        asyncio.run(main())
        """,
    )


def run(target: Target, script: str, expected: typing.AbstractSet[int] = frozenset({0})) -> None:
    """Runs a script in an interpreter of its own."""
    beginning = """
        import os, signal, sys, threading
        import twelvelabs_batches as tb
        from faces import submit
        client = tb.BatchesClient(os.environ["KEY"], base_url=os.environ["URL"])
        """
    environment = {
        **os.environ,
        "KEY": target.api_key,
        "URL": target.base_url,
        "PYTHONPATH": os.path.dirname(__file__),
    }
    text = textwrap.dedent(beginning) + textwrap.dedent(script)
    done = subprocess.run(
        [sys.executable, "-c", text], env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode in expected, done.stderr
    if 0 in expected:
        assert done.stderr == ""
