"""Cancelling tasks: at every point at which one can wait, nothing is left behind and nothing is lost."""

import asyncio
import contextlib
import gc
import socket
import threading
import typing

import pytest

import twelvelabs_batches as tb
from faces import PROMPT, Target, item
from servers import Cut, Part, ScriptedServer, Stall, answer
from test_list import BATCH
from test_results import BATCH_ID, head, lines, row

PAGE = {"data": [BATCH], "page_info": {"page": 1, "total_page": 2}}
PATIENCE = 30
Work = typing.Callable[[tb.AsyncBatchesClient], typing.Coroutine[typing.Any, typing.Any, object]]


class Reached(threading.Event):
    """A point of an answer at which nothing is waited for: that it was reached is what counts."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = threading.Semaphore(0)

    def wait(self, timeout: float | None = None) -> bool:
        self.passed.release()
        return True


def client_of(target: Target, **settings: typing.Any) -> tb.AsyncBatchesClient:
    return tb.AsyncBatchesClient(target.api_key, base_url=target.base_url, **settings)


async def acquire(semaphore: threading.Semaphore) -> None:
    assert await asyncio.to_thread(semaphore.acquire, timeout=PATIENCE)


def watched(main: typing.Coroutine[typing.Any, typing.Any, None]) -> None:
    """Runs it in a loop of its own that must have nothing to complain about, and no task left."""
    complaints: list[dict[str, typing.Any]] = []

    async def watch() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
        await main
        gc.collect()
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(watch(), debug=True)
    gc.collect()
    assert complaints == []


async def create(client: tb.AsyncBatchesClient) -> object:
    return await client.create(
        model_name="pegasus1.5", analysis_mode="general", requests=[item(1)], defaults=PROMPT
    )


async def next_page(client: tb.AsyncBatchesClient) -> object:
    return await (await client.list()).next_page()


async def all_pages(client: tb.AsyncBatchesClient) -> object:
    return [batch async for batch in await client.list()]


async def rows(client: tb.AsyncBatchesClient) -> object:
    return [entry async for entry in client.results(BATCH_ID)]


async def rows_in_a_block(client: tb.AsyncBatchesClient) -> object:
    async with client.results(BATCH_ID) as results:
        return [entry async for entry in results]


async def items(client: tb.AsyncBatchesClient) -> object:
    return [entry async for entry in client.as_completed(BATCH_ID, poll_interval=0.001)]


LATER = {**BATCH, "status": "processing", "ready_items": 1, "expires_at": "2999-01-01T00:00:00Z"}

WORKS: dict[str, tuple[Work, list[Part | list[Part]]]] = {
    "create": (create, []),
    "list": (lambda client: client.list(), []),
    "next page": (next_page, [answer(200, PAGE)]),
    "iteration over pages": (all_pages, [answer(200, PAGE)]),
    "retrieve": (lambda client: client.retrieve(BATCH_ID), []),
    "cancel": (lambda client: client.cancel(BATCH_ID), []),
    "delete": (lambda client: client.delete(BATCH_ID), []),
    "rows": (rows, []),
    "rows in a block": (rows_in_a_block, []),
    "rows asked for again": (rows, [[head("content-length: 1000"), lines(row(1)), Cut]]),
    "a search for a creation": (create, [Cut]),
    "wait": (lambda client: client.wait(BATCH_ID), []),
    "a later look": (lambda client: client.wait(BATCH_ID, poll_interval=0.001), [answer(200, LATER)]),
    "items": (items, []),
    "a round of items": (items, [answer(200, LATER)]),
}
STAGES: dict[str, bytes] = {
    "request read": b"",
    "within the status line": b"HTTP/1.1 2",
    "status line": b"HTTP/1.1 200 OK\r\n",
    "within a header": b"HTTP/1.1 200 OK\r\ncontent-len",
    "headers": head("content-length: 1000"),
    "headers of chunks": head("transfer-encoding: chunked"),
    "within a chunk's size": head("transfer-encoding: chunked") + b"1",
    "within the body": head("content-length: 1000") + b'{"ta',
    "refusal": b"HTTP/1.1 404 X\r\ncontent-length: 1000\r\n\r\n{",
}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", WORKS)
def test_cancelling_at_every_stage_of_an_answer(server: ScriptedServer, name: str, stage: str) -> None:
    work, before = WORKS[name]
    reached = Reached()
    last: list[Part] = [part for part in (STAGES[stage], reached, Stall) if part]
    server.plays(*before, last)

    async def main() -> None:
        async with client_of(server, backoff_factor=0.001) as client:
            task = asyncio.create_task(work(client))
            await acquire(reached.passed)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert task.cancelled()
            del task
            await acquire(server.gone)
            server.plays(answer(200, BATCH))
            assert (await client.retrieve(BATCH_ID)).total_items == 1

    watched(main())


@pytest.mark.parametrize("name", [name for name, (_, before) in WORKS.items() if not before])
def test_cancelling_before_the_connection_is_accepted(name: str) -> None:
    work, _ = WORKS[name]
    with socket.create_server(("127.0.0.1", 0)) as listener:

        async def main() -> None:
            client = tb.AsyncBatchesClient("k", base_url=f"http://127.0.0.1:{listener.getsockname()[1]}")
            task = asyncio.create_task(work(client))
            await asyncio.sleep(0.01)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            del task
            await client.aclose()

        watched(main())
        listener.settimeout(0)
        # Whatever had come into being by then is let go of.
        with contextlib.suppress(BlockingIOError):
            connection, _ = listener.accept()
            with connection:
                connection.settimeout(PATIENCE)
                while connection.recv(65536):
                    pass


@pytest.mark.parametrize("name", ["retrieve", "delete", "rows", "list", "cancel"])
def test_cancelling_in_the_pause_before_a_retry(server: ScriptedServer, name: str) -> None:
    work, _ = WORKS[name]
    server.plays(answer(503, headers={"retry-after": "100"}), answer(200, BATCH))

    async def main() -> None:
        async with client_of(server) as client:
            task = asyncio.create_task(work(client))
            await acquire(server.arrived)
            await asyncio.sleep(0.02)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert (await client.retrieve(BATCH_ID)).total_items == 1
            assert len(server.received) == 2

    watched(main())


def test_a_task_that_is_cancelled_before_it_began_sends_nothing(server: ScriptedServer) -> None:
    async def main() -> None:
        client = client_of(server)
        tasks = [asyncio.create_task(work(client)) for work, _ in WORKS.values()]
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        assert all(task.cancelled() for task in tasks)

    watched(main())
    assert server.received == []


def test_cancelling_twice_and_too_late(server: ScriptedServer) -> None:
    server.plays([Stall], [answer(200, BATCH)])

    async def main() -> None:
        async with client_of(server) as client:
            task = asyncio.create_task(client.retrieve(BATCH_ID))
            await acquire(server.arrived)
            task.cancel()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            done = asyncio.create_task(client.retrieve(BATCH_ID))
            await done
            assert not done.cancel()
            assert done.result().batch_id == BATCH_ID

    watched(main())


def test_calls_end_whole_or_cancelled_whenever_that_comes(platform: tb.Emulator) -> None:
    async def main() -> None:
        async with client_of(platform) as client:
            batch = await client.create(
                model_name="pegasus1.5", analysis_mode="general", requests=[item(1)], defaults=PROMPT
            )
            outcomes = []
            for turns in range(200):
                task = asyncio.create_task(client.retrieve(batch.batch_id))
                for _ in range(turns):
                    await asyncio.sleep(0)
                task.cancel()
                (outcome,) = await asyncio.gather(task, return_exceptions=True)
                outcomes.append(outcome)
            for outcome in outcomes:
                if not isinstance(outcome, asyncio.CancelledError):
                    assert isinstance(outcome, tb.AnalyzeBatchStatusResponse)
                    assert outcome.batch_id == batch.batch_id
            assert any(isinstance(outcome, asyncio.CancelledError) for outcome in outcomes)
            assert (await client.retrieve(batch.batch_id)).batch_id == batch.batch_id

    watched(main())


@pytest.mark.parametrize("framing", ["content-length", "chunked"])
def test_no_row_is_lost_or_given_twice_whenever_cancellations_come(
    server: ScriptedServer, framing: str
) -> None:
    count = 400
    single = [lines(row(number)) for number in range(count)]
    if framing == "chunked":
        pieces = [b"%x\r\n%s\r\n" % (len(text), text) for text in single]
        server.plays([head("transfer-encoding: chunked"), *pieces, b"0\r\n\r\n"], total=count)
    else:
        server.plays([head(f"content-length: {len(b''.join(single))}"), *single], total=count)

    async def main() -> None:
        seen: list[str | None] = []
        async with client_of(server) as client:
            # Cancelling what opens a stream takes the request back; here the stream is to go on.
            results = await client.results(BATCH_ID)
            turns = 0
            while True:
                task = asyncio.ensure_future(anext(results, None))
                for _ in range(turns % 7):
                    await asyncio.sleep(0)
                turns += 1
                if turns % 10:
                    task.cancel()
                try:
                    entry = await task
                except asyncio.CancelledError:
                    continue
                if entry is None:
                    break
                seen.append(entry.custom_id)
        assert seen == [f"v-{number}" for number in range(count)]
        assert len(server.received) == 1

    watched(main())


def test_between_rows_a_stream_that_is_kept_goes_on(server: ScriptedServer) -> None:
    gates = [threading.Event() for _ in range(3)]
    body = lines(*[row(number) for number in range(4)])
    size = len(body) // 4
    parts: list[Part] = [head(f"content-length: {len(body)}")]
    for number, gate in enumerate(gates):
        parts += [body[number * size + 1 : (number + 1) * size + 1] if number else body[: size + 1], gate]
    server.plays([*parts, body[3 * size + 1 :]], total=4)

    async def main() -> None:
        async with client_of(server) as client:
            results = client.results(BATCH_ID)
            seen = []
            for gate in gates:
                with pytest.raises(asyncio.TimeoutError):
                    while True:
                        seen.append((await asyncio.wait_for(anext(results), 0.05)).custom_id)
                gate.set()
            seen += [entry.custom_id async for entry in results]
            assert seen == ["v-0", "v-1", "v-2", "v-3"]
            assert len(server.received) == 1

    watched(main())


@pytest.mark.skipif(not hasattr(asyncio, "timeout"), reason="newer than Python 3.10")
def test_a_timeout_block_cancels_what_is_in_it(server: ScriptedServer) -> None:
    timeout: typing.Any = vars(asyncio).get("timeout")
    server.plays([Stall], [head("content-length: 1000"), lines(row(1)), Stall], [answer(200, BATCH)])

    async def main() -> None:
        async with client_of(server) as client:
            with pytest.raises(TimeoutError):
                async with timeout(0.1):
                    await client.retrieve(BATCH_ID)
            await acquire(server.gone)
            with pytest.raises(TimeoutError):
                async with timeout(0.1):
                    await rows(client)
            await acquire(server.gone)
            assert (await client.retrieve(BATCH_ID)).total_items == 1

    watched(main())


def test_one_failure_cancels_its_siblings(server: ScriptedServer) -> None:
    server.plays([Stall])

    async def main() -> None:
        async with client_of(server) as client:
            tasks = [asyncio.create_task(work(client)) for work, before in WORKS.values() if not before]
            for _ in tasks:
                await acquire(server.arrived)
            gathered = asyncio.gather(*tasks)
            gathered.cancel()
            with pytest.raises(asyncio.CancelledError):
                await gathered
            assert all(task.cancelled() for task in tasks)
            for _ in range(len(tasks)):
                await acquire(server.gone)
            del tasks, gathered

    watched(main())


def test_a_shielded_call_goes_on(server: ScriptedServer) -> None:
    gate = threading.Event()
    server.plays([gate, answer(200, BATCH)])

    async def main() -> None:
        async with client_of(server) as client:
            inner = asyncio.create_task(client.retrieve(BATCH_ID))
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(asyncio.shield(inner), 0.05)
            gate.set()
            assert (await inner).total_items == 1

    watched(main())
