"""Many streams of results at once, and how they are let go."""

import asyncio
import gc
import pathlib
import sys
import threading
import time

import pytest

import twelvelabs_batches as tb
from faces import Target, submit
from servers import Part, ScriptedServer, Stall, answer, nobody
from test_list import BATCH
from test_results import BATCH_ID, head, lines, row

MANY = 200
PATIENCE = 60
ROWS = lines(row(1), row(2), row(3))
HALF: list[Part] = [head("content-length: 1000000"), ROWS, Stall]

needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="descriptors are counted in /proc")


def sync_client(target: Target) -> tb.BatchesClient:
    return tb.BatchesClient(target.api_key, base_url=target.base_url)


def async_client(target: Target) -> tb.AsyncBatchesClient:
    return tb.AsyncBatchesClient(target.api_key, base_url=target.base_url)


@pytest.fixture
def busy(server: ScriptedServer) -> ScriptedServer:
    """A server whose answers to results never end, and that tells the state of any batch."""
    # As many connections as this may come at once.
    server._socket.listen(1024)
    server.plays(HALF, total=3)
    return server


def descriptors() -> int:
    return sum(1 for _ in pathlib.Path("/proc/self/fd").iterdir())


def settles_at(expected: int) -> bool:
    """Whether there are as few descriptors again: connections are closed in the background."""
    deadline = time.monotonic() + PATIENCE
    while descriptors() > expected and time.monotonic() < deadline:
        gc.collect()
        time.sleep(0.01)
    return descriptors() <= expected


def let_go(server: ScriptedServer, count: int) -> None:
    for _ in range(count):
        assert server.gone.acquire(timeout=PATIENCE)


def warm(server: ScriptedServer) -> int:
    """Starts what both faces need, which has descriptors of its own, and counts them all."""
    with sync_client(server) as client:
        client.retrieve(BATCH_ID)
    asyncio.run(async_client(server).retrieve(BATCH_ID))
    gc.collect()
    let_go(server, 2)
    return descriptors()


@needs_proc
@pytest.mark.parametrize("ending", ["close", "drop", "with", "client"])
def test_blocking_streams_neither_starve_calls_nor_leak(busy: ScriptedServer, ending: str) -> None:
    before = warm(busy)
    client = sync_client(busy)
    streams = [client.results(BATCH_ID) for _ in range(MANY)]
    assert [next(stream).custom_id for stream in streams] == ["v-1"] * MANY
    assert [client.retrieve(BATCH_ID).total_items for _ in range(20)] == [3] * 20
    assert [next(stream).custom_id for stream in streams] == ["v-2"] * MANY
    if ending == "close":
        for stream in streams:
            stream.close()
    elif ending == "with":
        for stream in streams:
            with stream:
                pass
    elif ending == "client":
        client.close()
        for stream in streams:
            # What had arrived is still there.
            assert next(stream).custom_id == "v-3"
            with pytest.raises(tb.ClientClosedError):
                next(stream)
            assert next(stream, None) is None
    streams.clear()
    gc.collect()
    let_go(busy, MANY)
    if ending != "client":
        assert client.retrieve(BATCH_ID).total_items == 3
        client.close()
    assert settles_at(before)


async def end(client: tb.AsyncBatchesClient, streams: list[tb.AsyncResults], ending: str) -> None:
    """Lets the streams go in one of the ways there are."""
    for stream in streams:
        if ending == "close":
            await stream.aclose()
        elif ending == "with":
            async with stream:
                pass
    if ending == "client":
        await client.aclose()
        for stream in streams:
            assert (await anext(stream)).custom_id == "v-3"
            with pytest.raises(tb.ClientClosedError):
                await anext(stream)
            assert await anext(stream, None) is None
    if ending == "drop":
        streams.clear()
        gc.collect()


@needs_proc
@pytest.mark.parametrize("ending", ["close", "drop", "with", "client", "loop"])
def test_asyncio_streams_neither_starve_calls_nor_leak(busy: ScriptedServer, ending: str) -> None:
    before = warm(busy)
    client = async_client(busy)
    streams: list[tb.AsyncResults] = []

    async def main() -> None:
        streams.extend(client.results(BATCH_ID) for _ in range(MANY))
        for expected in ("v-1", "v-2"):
            entries = await asyncio.gather(*(anext(stream) for stream in streams))
            assert [entry.custom_id for entry in entries] == [expected] * MANY
            states = await asyncio.gather(*(client.retrieve(BATCH_ID) for _ in range(20)))
            assert [state.total_items for state in states] == [3] * 20
        await end(client, streams, ending)
        if ending != "loop":
            await asyncio.to_thread(let_go, busy, MANY)
        if ending != "client":
            assert (await client.retrieve(BATCH_ID)).total_items == 3
            await client.aclose()

    asyncio.run(main())
    streams.clear()
    gc.collect()
    assert settles_at(before)


def test_tasks_that_wait_for_rows_do_not_starve_calls(busy: ScriptedServer) -> None:
    async def main() -> None:
        async with async_client(busy) as client:
            seen = [0] * MANY

            async def read(number: int) -> None:
                async for _ in client.results(BATCH_ID):
                    seen[number] += 1

            tasks = [asyncio.create_task(read(number)) for number in range(MANY)]
            while sum(seen) < 3 * MANY:
                await asyncio.sleep(0.01)
            states = await asyncio.gather(*(client.retrieve(BATCH_ID) for _ in range(50)))
            assert [state.total_items for state in states] == [3] * 50
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
            assert all(task.cancelled() for task in tasks)
            assert seen == [3] * MANY

    asyncio.run(main())


def test_threads_that_wait_for_rows_do_not_starve_calls(busy: ScriptedServer) -> None:
    client = sync_client(busy)
    streams = [client.results(BATCH_ID) for _ in range(64)]
    begun = threading.Semaphore(0)
    ended: list[str] = []

    def read(stream: tb.Results) -> None:
        for entry in stream:
            if entry.custom_id == "v-3":
                begun.release()
        ended.append("ended")

    threads = [threading.Thread(target=read, args=(stream,)) for stream in streams]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert begun.acquire(timeout=PATIENCE)
    assert [client.retrieve(BATCH_ID).total_items for _ in range(50)] == [3] * 50
    for stream in streams:
        stream.close()
    for thread in threads:
        thread.join(PATIENCE)
    assert ended == ["ended"] * len(threads)


def test_streams_read_in_turns_bring_every_row_once(platform: tb.Emulator) -> None:
    with sync_client(platform) as client:
        batches = [submit(client, 100) for _ in range(5)]
        streams = [client.results(batch.batch_id) for batch in batches * 10]
        taken = [[entry.task_id for entry in entries] for entries in zip(*streams, strict=True)]
        expected = [[created.task_id for created in batch.items] for batch in batches * 10]
        assert [list(column) for column in zip(*taken, strict=True)] == expected


@pytest.mark.parametrize("kind", ["cycle", "exception", "iterator", "unopened", "method"])
def test_whatever_holds_a_stream_lets_it_go_when_it_is_collected(busy: ScriptedServer, kind: str) -> None:
    client = sync_client(busy)

    def hold() -> object:
        stream = client.results(BATCH_ID)
        if kind == "cycle":
            box: list[object] = [stream]
            box.append(box)
        elif kind == "exception":
            with pytest.raises(AssertionError) as caught:
                assert next(stream) is None
            return caught
        elif kind == "iterator":
            iterator = (entry.custom_id for entry in stream)
            assert next(iterator) == "v-1"
            return iterator
        elif kind == "method":
            return stream.__next__
        return stream

    held = hold()
    assert client.retrieve(BATCH_ID).total_items == 3
    assert not busy.gone.acquire(blocking=False)
    del held
    gc.collect()
    let_go(busy, 1)


def test_a_stream_that_was_never_read_sends_nothing_in_the_asyncio_face(busy: ScriptedServer) -> None:
    async def main() -> None:
        async with async_client(busy) as client:
            streams = [client.results(BATCH_ID) for _ in range(10)]
            assert (await client.retrieve(BATCH_ID)).total_items == 3
            await streams[0].aclose()
            assert await anext(streams[0], None) is None

    asyncio.run(main())
    assert busy.received == []


def test_blocks_let_go_whatever_happens_in_them(busy: ScriptedServer) -> None:
    with pytest.raises(LookupError), sync_client(busy) as client, client.results(BATCH_ID) as results:
        assert next(results).custom_id == "v-1"
        raise LookupError
    let_go(busy, 1)
    assert next(results, None) is None
    with pytest.raises(tb.ClientClosedError):
        client.retrieve(BATCH_ID)

    async def main() -> None:
        async with async_client(busy) as client, client.results(BATCH_ID) as results:
            assert (await anext(results)).custom_id == "v-1"
            raise LookupError

    with pytest.raises(LookupError):
        asyncio.run(main())
    let_go(busy, 1)


def test_blocks_give_what_was_put_in_them(busy: ScriptedServer) -> None:
    with sync_client(busy) as client, client.results(BATCH_ID) as results:
        assert isinstance(client, tb.BatchesClient)
        assert isinstance(results, tb.Results)

    async def main() -> None:
        async with async_client(busy) as client, client.results(BATCH_ID) as results:
            assert isinstance(client, tb.AsyncBatchesClient)
            assert isinstance(results, tb.AsyncResults)

    asyncio.run(main())


def test_a_stream_read_to_its_end_gives_its_connection_back(server: ScriptedServer) -> None:
    server.plays(answer(200, ROWS), total=3)
    with sync_client(server) as client:
        for _ in range(10):
            assert len(list(client.results(BATCH_ID))) == 3
            assert client.retrieve(BATCH_ID).batch_id == BATCH_ID
        # Who asks before the connection is back may make another; without coming back there were ten.
        assert 1 <= server.accepted < 10


@needs_proc
def test_clients_that_come_and_go_leave_no_descriptors(server: ScriptedServer) -> None:
    server.plays(answer(200, BATCH))
    before = warm(server)
    for closes in (True, False) * 25:
        client = sync_client(server)
        assert client.retrieve(BATCH_ID).total_items == 1
        if closes:
            client.close()
        del client
    for closes in (True, False) * 25:
        other = async_client(server)
        assert asyncio.run(other.retrieve(BATCH_ID)).total_items == 1
        if closes:
            asyncio.run(other.aclose())
        del other
    let_go(server, 100)
    assert settles_at(before)


@needs_proc
def test_calls_that_fail_leave_no_descriptors(server: ScriptedServer) -> None:
    server.plays(answer(200, BATCH))
    before = warm(server)
    with nobody() as base_url:
        client = tb.BatchesClient("k", base_url=base_url, max_retries=0)
        for _ in range(50):
            with pytest.raises(tb.ConnectError):
                client.retrieve(BATCH_ID)
    slow = tb.BatchesClient("k", base_url=server.base_url, max_retries=0, timeout=0.01)
    server.plays([Stall])
    for _ in range(20):
        with pytest.raises(tb.TransportError):
            slow.retrieve(BATCH_ID)
    client.close()
    slow.close()
    assert settles_at(before)
