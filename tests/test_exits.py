"""Event loops that end, and interpreters that do: nothing hangs, complains or crashes."""

import asyncio
import gc
import os
import subprocess
import sys
import textwrap
import threading
import typing

import pytest

import twelvelabs_batches as tb
from faces import Target, submit
from servers import Part, ScriptedServer, Stall, answer
from test_cancellation import client_of, watched
from test_list import BATCH
from test_results import BATCH_ID, head, lines, row

HALF: list[Part] = [head("content-length: 1000000"), lines(row(1), row(2)), Stall]

BEGINNING = """
import asyncio, atexit, logging, os, sys, threading
import twelvelabs_batches as tb
from faces import submit

# How slow this machine is does not matter.
logging.getLogger("asyncio").addFilter(lambda record: "took" not in record.getMessage())

client = tb.BatchesClient(os.environ["KEY"], base_url=os.environ["URL"])
async_client = tb.AsyncBatchesClient(os.environ["KEY"], base_url=os.environ["URL"])
"""


def run(target: Target, script: str, told: str = "") -> None:
    """Runs a script in an interpreter that makes an error of every warning, and has none."""
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", BEGINNING + textwrap.dedent(script)],
        env={
            **os.environ,
            "KEY": target.api_key,
            "URL": target.base_url,
            "PYTHONPATH": os.path.dirname(__file__),
        },
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert (done.stderr, done.returncode, done.stdout) == ("", 0, told)


def test_a_client_serves_one_loop_after_the_other(server: ScriptedServer) -> None:
    server.plays(answer(200, BATCH))
    client = client_of(server)

    async def several() -> None:
        states = await asyncio.gather(*(client.retrieve(BATCH_ID) for _ in range(5)))
        assert [state.total_items for state in states] == [1] * 5

    for _ in range(3):
        watched(several())
    assert len(server.received) == 15


def test_pages_and_streams_outlive_their_loop(platform: tb.Emulator) -> None:
    client = client_of(platform)
    with tb.BatchesClient(platform.api_key, base_url=platform.base_url) as blocking:
        ids = [submit(blocking).batch_id for _ in range(3)]
    results = client.results(ids[0])
    first = asyncio.run(anext_of(results))
    pager = asyncio.run(client.list(page_limit=1))
    second_page = asyncio.run(pager.next_page())
    assert second_page is not None
    third_page = asyncio.run(second_page.next_page())
    assert third_page is not None
    assert [page[0].batch_id for page in (pager._first, second_page, third_page)] == ids[::-1]
    second = asyncio.run(anext_of(results))
    assert {first.custom_id, second.custom_id} == {"v-0", "v-1"}
    with pytest.raises(StopAsyncIteration):
        asyncio.run(anext_of(results))


async def anext_of(results: tb.AsyncResults) -> tb.BatchResultItem:
    return await anext(results)


@pytest.mark.parametrize("verb", ["retrieve", "rows"])
def test_an_answer_for_a_loop_that_is_closed_is_dropped(
    server: ScriptedServer, capfd: pytest.CaptureFixture[str], verb: str
) -> None:
    gate = threading.Event()
    server.plays([gate, answer(200, BATCH)])
    client = client_of(server)
    loop = asyncio.new_event_loop()
    work = client.retrieve(BATCH_ID) if verb == "retrieve" else anext_of(client.results(BATCH_ID))
    task: typing.Any = loop.create_task(work)
    # asyncio itself tells of tasks that nobody cancelled; that is not what is looked at here.
    task._log_destroy_pending = False
    while not server.arrived.acquire(blocking=False):
        loop.run_until_complete(asyncio.sleep(0.001))
    loop.close()
    gate.set()
    del task, work
    gc.collect()
    # The other answer may come after these.
    told = [capfd.readouterr().err for _ in range(50) if asyncio.run(client.retrieve(BATCH_ID))]
    assert "".join(told) == ""


def test_calls_without_a_loop_are_refused_and_harm_nothing(server: ScriptedServer) -> None:
    server.plays(answer(200, BATCH))
    client = client_of(server)
    coroutine = client.retrieve(BATCH_ID)
    with pytest.raises(RuntimeError, match="no running event loop"):
        coroutine.send(None)
    assert asyncio.run(client.retrieve(BATCH_ID)).total_items == 1


def test_a_loop_that_ends_lets_go_of_what_was_half_read(server: ScriptedServer) -> None:
    server.plays(HALF)
    client = client_of(server)

    async def half() -> None:
        async for result in client.results(BATCH_ID):
            assert result.custom_id == "v-1"
            break

    async def in_a_generator() -> typing.AsyncIterator[tb.BatchResultItem]:
        async for result in client.results(BATCH_ID):
            yield result

    async def half_of_a_generator() -> None:
        async for result in in_a_generator():
            assert result.custom_id == "v-1"
            break

    for main in (half, half_of_a_generator):
        watched(main())
        assert server.gone.acquire(timeout=30)


STREAMS = {
    "a stream of the blocking client": "stream = client.results('{id}'); next(stream)",
    "many of them": "streams = [client.results('{id}') for _ in range(20)]; rows = [next(s) for s in streams]",
    "a stream in a cycle": "box = [client.results('{id}')]; next(box[0]); box.append(box)",
    "a stream that others refer to": "import builtins; builtins.stream = client.results('{id}'); next(builtins.stream)",
    "an iterator over a stream": "rows = (row for row in client.results('{id}')); next(rows)",
    "a stream that was left in a thread": """
def read():
    global stream
    stream = client.results("{id}")
    next(stream)

thread = threading.Thread(target=read)
thread.start()
thread.join()
""",
    "a stream that a daemon thread waits in": """
begun = threading.Event()

def read():
    for row in client.results("{id}"):
        begun.set()

threading.Thread(target=read, daemon=True).start()
begun.wait()
""",
    "a stream of asyncio": """
async def main():
    global stream
    stream = async_client.results("{id}")
    await anext(stream)

asyncio.run(main())
""",
    "an asynchronous generator over a stream": """
async def rows():
    async for row in async_client.results("{id}"):
        yield row

async def main():
    global generator
    generator = rows()
    await anext(generator)

asyncio.run(main())
""",
    "a task that waits for a row": """
async def read(begun):
    async for row in async_client.results("{id}"):
        begun.set()

async def main():
    begun = asyncio.Event()
    global task
    task = asyncio.create_task(read(begun))
    await begun.wait()

asyncio.run(main())
""",
    "both at once": """
stream = client.results("{id}")
next(stream)

async def main():
    global other
    other = async_client.results("{id}")
    await anext(other)
    next(stream)

asyncio.run(main())
""",
}


@pytest.mark.parametrize("name", STREAMS)
def test_interpreters_exit_with_streams_open(server: ScriptedServer, name: str) -> None:
    server.plays(HALF)
    run(server, STREAMS[name].replace("{id}", BATCH_ID))


@pytest.mark.parametrize("name", STREAMS)
def test_interpreters_exit_through_sys_exit_with_streams_open(server: ScriptedServer, name: str) -> None:
    server.plays(HALF)
    run(server, STREAMS[name].replace("{id}", BATCH_ID) + "\nsys.exit(0)")


ENDINGS = {
    "atexit with the blocking client": "atexit.register(lambda: print(len(list(client.results(batch_id)))))",
    "atexit with a stream that is open": """
stream = client.results(batch_id)
next(stream)
atexit.register(lambda: print(1 + len(list(stream))))
""",
    "atexit with a client of its own": """
def work():
    with tb.BatchesClient(os.environ["KEY"], base_url=os.environ["URL"]) as own:
        print(own.retrieve(batch_id).total_items)

atexit.register(work)
""",
    "atexit with asyncio": """
async def work():
    print(len([row async for row in async_client.results(batch_id)]))

atexit.register(lambda: asyncio.run(work()))
""",
    "a thread that is no daemon": """
def work():
    threading.main_thread().join()
    print(len(list(client.results(batch_id))))

threading.Thread(target=work).start()
""",
    "a finalizer": """
import weakref

class Thing:
    pass

thing = Thing()
weakref.finalize(thing, lambda: print(client.retrieve(batch_id).total_items))
""",
    "an emulator that runs": """
platform = tb.Emulator(speed=0)
with tb.BatchesClient(platform.api_key, base_url=platform.base_url) as own:
    print(len(list(own.results(submit(own).batch_id))))
""",
}


@pytest.mark.parametrize("name", ENDINGS)
def test_clients_work_until_the_very_end(platform: tb.Emulator, name: str) -> None:
    run(platform, "batch_id = submit(client).batch_id\n" + ENDINGS[name], "2\n")


def test_what_is_registered_before_the_package_is_loaded_may_still_use_it(platform: tb.Emulator) -> None:
    """`atexit` runs the other way round: this comes after the package has heard of the end."""
    script = """
        import atexit, os, sys

        def work():
            client = sys.modules["twelvelabs_batches"].BatchesClient(os.environ["KEY"], base_url=os.environ["URL"])
            print(client.list().total_results)

        atexit.register(work)
        import twelvelabs_batches
        """
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", textwrap.dedent(script)],
        env={**os.environ, "KEY": platform.api_key, "URL": platform.base_url},
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert (done.stderr, done.returncode, done.stdout) == ("", 0, "0\n")
