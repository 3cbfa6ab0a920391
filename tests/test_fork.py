"""Forks: every process has connections of its own, and no answer reaches another."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest

import twelvelabs_batches as tb
from faces import SyncFace, Target, submit

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

# Far above what it takes, so that only a hang is told.
PATIENCE = 60

BEGINNING = """
import asyncio, gc, logging, multiprocessing, os, signal, sys, threading, time, traceback, warnings
import twelvelabs_batches as tb

# Newer interpreters warn of every fork beside threads.
warnings.filterwarnings("ignore", category=DeprecationWarning)
# How slow this machine is does not matter.
logging.getLogger("asyncio").addFilter(lambda record: "took" not in record.getMessage())
url, key, *ids = sys.argv[1:]
client = tb.BatchesClient(key, base_url=url)
async_client = tb.AsyncBatchesClient(key, base_url=url)

def ask(count, offset=0):
    "Every answer must be the one that was asked for."
    for number in range(offset, offset + count):
        asked = ids[number % len(ids)]
        got = client.retrieve(asked).batch_id
        assert got == asked, (got, asked)

def hammer(count, threads, offset=0):
    failures = []
    def work(offset):
        try:
            ask(count // threads, offset)
        except BaseException as error:
            failures.append(error)
    workers = [threading.Thread(target=work, args=(offset + 7 * number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failures == [], failures

async def gather(count, offset=0):
    for start in range(offset, offset + count, 20):
        asked = [ids[number % len(ids)] for number in range(start, start + 20)]
        got = await asyncio.gather(*(async_client.retrieve(batch_id) for batch_id in asked))
        assert [state.batch_id for state in got] == asked

def fork(work, *arguments):
    "A child that does this and ends as interpreters do; its failure is told."
    child = os.fork()
    if child:
        return child
    try:
        work(*arguments)
    except Exception:
        traceback.print_exc()
        os._exit(1)
    sys.exit(0)

def wait_for(children):
    endings = [os.waitpid(child, 0)[1] for child in children]
    assert endings == [0] * len(endings), endings
"""


def start(target: Target, script: str, *ids: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            sys.executable,
            "-X",
            "dev",
            "-c",
            BEGINNING + textwrap.dedent(script),
            target.base_url,
            target.api_key,
            *ids,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(program: subprocess.Popen[str]) -> str:
    """What it told, if all went well."""
    try:
        told, complaint = program.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(program.pid, signal.SIGKILL)
        told, complaint = program.communicate()
    assert (complaint, program.returncode) == ("", 0)
    return told


def run(target: Target, script: str, *ids: str) -> str:
    return finish(start(target, script, *ids))


@pytest.fixture
def ids(platform: tb.Emulator) -> list[str]:
    """Many batches, so that every answer tells which was asked for."""
    face = SyncFace(platform)
    made: list[str] = []
    for _ in range(10):
        made += [submit(face, 1).batch_id for _ in range(5)]
        platform.advance(hours=1)
    return made


def count_retrievals(platform: tb.Emulator) -> int:
    return int(platform.stats()["requests"].get("retrieve", 0))


HAMMERS = {
    "parent and child": """
        ask(len(ids))
        child = fork(hammer, 5000, 4)
        hammer(5000, 4, 3)
        wait_for([child])
        """,
    "four workers made before": """
        hammer(100, 4)
        children = [fork(hammer, 2000, 4, number) for number in range(4)]
        hammer(2000, 4, 11)
        wait_for(children)
        """,
    "workers that are replaced": """
        def serve(number):
            ask(600, number)

        ask(1)
        workers = {fork(serve, number): number for number in range(4)}
        for generation in range(3):
            for child, number in list(workers.items()):
                wait_for([child])
                del workers[child]
                workers[fork(serve, number)] = number
        ask(500)
        wait_for(workers)
        """,
    "children of children": """
        def descend(depth):
            ask(500, depth)
            if depth:
                child = fork(descend, depth - 1)
                ask(1000, 2 * depth)
                wait_for([child])

        descend(7)
        """,
    "a pool of processes": """
        def work(number):
            asked = ids[number % len(ids)]
            return client.retrieve(asked).batch_id == asked

        ask(10)
        with multiprocessing.get_context("fork").Pool(4) as pool:
            pending = pool.map_async(work, range(9000), chunksize=100)
            ask(1000)
            assert pending.get() == [True] * 9000
            pool.close()
            pool.join()
        """,
    "asyncio on both sides": """
        asyncio.run(gather(20))
        children = [fork(lambda: asyncio.run(gather(3000, number))) for number in range(2)]
        asyncio.run(gather(4000, 5))
        wait_for(children)
        """,
    "a pool that an event loop waits for": """
        import concurrent.futures

        def work(number):
            ask(500, number)
            return True

        async def main():
            await gather(20)
            loop = asyncio.get_running_loop()
            with concurrent.futures.ProcessPoolExecutor(4, multiprocessing.get_context("fork")) as pool:
                works = [loop.run_in_executor(pool, work, number) for number in range(8)]
                await gather(6000)
                assert await asyncio.gather(*works) == [True] * 8

        asyncio.run(main())
        """,
}


@pytest.mark.parametrize("name", HAMMERS)
def test_no_answer_is_swapped_between_processes(platform: tb.Emulator, ids: list[str], name: str) -> None:
    before = count_retrievals(platform)
    run(platform, HAMMERS[name], *ids)
    assert count_retrievals(platform) - before >= 10_000


def test_forks_in_the_midst_of_calls_of_other_threads(platform: tb.Emulator, ids: list[str]) -> None:
    script = """
        stop = threading.Event()
        failures = []

        def work():
            try:
                while not stop.is_set():
                    ask(10)
                    len(list(client.results(ids[0])))
            except BaseException as error:
                failures.append(error)

        def child(number):
            ask(20, number)
            assert len(list(client.results(ids[number % len(ids)]))) == 1
            asyncio.run(gather(20))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for number in range(40):
            pid = os.fork()
            if not pid:
                try:
                    child(number)
                    os._exit(0)
                except BaseException:
                    traceback.print_exc()
                    os._exit(1)
            wait_for([pid])
        stop.set()
        for thread in threads:
            thread.join()
        assert failures == [], failures
        """
    run(platform, script, *ids)


FIRST_CALLS = """
    # Threads take turns as often as can be, so that a fork finds the others in the midst of what is done once.
    sys.setswitchinterval(1e-6)

    async def first_of_asyncio():
        async with tb.AsyncBatchesClient(key, base_url=url) as own:
            await own.retrieve(ids[1])
            return [row async for row in own.results(ids[1])]

    def first_calls():
        assert client.retrieve(ids[0]).batch_id == ids[0]
        assert len(list(client.results(ids[0]))) == 1
        assert len(asyncio.run(first_of_asyncio())) == 1
        try:
            client.retrieve("0" * 24)
        except tb.NotFoundError:
            pass

    # asyncio makes it under a lock of its own, which a fork would leave held.
    asyncio.get_event_loop_policy()
    for number in range(6):
        threading.Thread(target=first_calls).start()
    children = []
    for number in range(30):
        children.append(fork(first_calls))
        time.sleep(0.001)
    wait_for(children)
    """


@pytest.mark.parametrize("attempt", range(4))
def test_forks_in_the_midst_of_the_first_calls(platform: tb.Emulator, ids: list[str], attempt: int) -> None:
    run(platform, FIRST_CALLS, *ids)
