"""What asyncio's users rely on."""

import asyncio
import builtins
import gc
import inspect
import sys
import threading

import pytest

import twelvelabs_batches as tb
from faces import PROMPT, Target, item, submit
from servers import ScriptedServer, Stall, answer
from test_list import BATCH
from test_results import BATCH_ID, head, lines, row


def client_of(target: Target) -> tb.AsyncBatchesClient:
    return tb.AsyncBatchesClient(target.api_key, base_url=target.base_url)


def test_methods_return_coroutines_that_do_nothing_until_awaited(server: ScriptedServer) -> None:
    server.plays(answer(200, BATCH))

    async def main() -> None:
        client = client_of(server)
        coroutine = client.retrieve(BATCH_ID)
        assert inspect.iscoroutine(coroutine)
        await asyncio.sleep(0)
        assert server.received == []
        assert (await asyncio.create_task(coroutine)).batch_id == BATCH["batch_id"]

    asyncio.run(main())


def test_one_client_serves_several_event_loops(server: ScriptedServer) -> None:
    server.plays(answer(200, BATCH))
    client = client_of(server)
    for _ in range(3):
        assert asyncio.run(client.retrieve(BATCH_ID)).total_items == 1


def test_one_client_serves_event_loops_of_several_threads(server: ScriptedServer) -> None:
    server.plays(answer(200, BATCH))
    client = client_of(server)
    seen: list[int] = []
    threads = [
        threading.Thread(target=lambda: seen.append(asyncio.run(client.retrieve(BATCH_ID)).total_items))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [1] * 4


def test_wait_for_cancels_the_request(server: ScriptedServer) -> None:
    server.plays([Stall], [answer(200, BATCH)])
    client = client_of(server)

    async def main() -> None:
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(client.retrieve(BATCH_ID), 0.2)
        assert await asyncio.to_thread(server.gone.acquire, timeout=30), "the connection is closed"
        assert (await client.retrieve(BATCH_ID)).total_items == 1

    asyncio.run(main())


def test_cancelling_a_task_cancels_the_request(server: ScriptedServer) -> None:
    server.plays([Stall])
    client = client_of(server)

    async def main() -> None:
        task = asyncio.create_task(
            client.create(
                model_name="pegasus1.5", analysis_mode="general", requests=[item(1)], defaults=PROMPT
            )
        )
        assert await asyncio.to_thread(server.arrived.acquire, timeout=30)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(server.gone.acquire, timeout=30)

    asyncio.run(main())


def test_cancelling_in_mid_stream_loses_nothing(server: ScriptedServer) -> None:
    following = threading.Event()
    server.plays([head("content-length: 1000000"), lines(row(1)), following, lines(row(2)), Stall])
    client = client_of(server)

    async def main() -> None:
        results = client.results(BATCH_ID)
        assert (await results.__anext__()).custom_id == "v-1"
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(results.__anext__(), 0.2)
        following.set()
        assert (await results.__anext__()).custom_id == "v-2"
        await results.aclose()
        assert await asyncio.to_thread(server.gone.acquire, timeout=30)

    asyncio.run(main())


@pytest.mark.skipif(sys.version_info < (3, 11), reason="TaskGroup is new in Python 3.11")
def test_task_groups(server: ScriptedServer) -> None:
    server.plays([Stall])
    client = client_of(server)

    async def fail() -> None:
        assert await asyncio.to_thread(server.arrived.acquire, timeout=30)
        raise KeyError

    async def main() -> None:
        if sys.version_info < (3, 11):
            raise NotImplementedError
        with pytest.raises(builtins.ExceptionGroup) as caught:
            async with asyncio.TaskGroup() as group:
                group.create_task(client.retrieve(BATCH_ID))
                group.create_task(fail())
        assert caught.group_contains(KeyError)
        assert await asyncio.to_thread(server.gone.acquire, timeout=30)

    asyncio.run(main())


def test_many_calls_at_once(platform: tb.Emulator) -> None:
    client = client_of(platform)

    async def main() -> None:
        batches = await asyncio.gather(*(submit(client) for _ in range(5)))
        states = await asyncio.gather(*(client.retrieve(batch.batch_id) for batch in batches * 20))
        assert [state.batch_id for state in states] == [batch.batch_id for batch in batches] * 20

        async def read(batch_id: str) -> list[str]:
            return [row.task_id async for row in client.results(batch_id)]

        rows = await asyncio.gather(*(read(batch.batch_id) for batch in batches))
        assert rows == [[created.task_id for created in batch.items] for batch in batches]

    asyncio.run(main())


def test_a_loop_that_is_closed_under_a_call(
    server: ScriptedServer, capfd: pytest.CaptureFixture[str]
) -> None:
    following = threading.Event()
    server.plays([following, answer(200, BATCH)])
    client = client_of(server)
    loop = asyncio.new_event_loop()
    task = loop.create_task(client.retrieve(BATCH_ID))
    loop.run_until_complete(asyncio.sleep(0.05))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        loop.run_until_complete(task)
    loop.close()
    following.set()
    assert asyncio.run(client.retrieve(BATCH_ID)).total_items == 1
    del task, loop
    gc.collect()
    assert capfd.readouterr().err == ""


def test_results_are_an_asynchronous_context_manager(server: ScriptedServer) -> None:
    server.plays([head("content-length: 1000000"), lines(row(1)), Stall])

    async def main() -> None:
        async with client_of(server) as client, client.results(BATCH_ID) as results:
            async for result in results:
                assert result.custom_id == "v-1"
                break
        assert await asyncio.to_thread(server.gone.acquire, timeout=30)
        with pytest.raises(StopAsyncIteration):
            await results.__anext__()

    asyncio.run(main())


def test_tasks_share_a_stream(server: ScriptedServer) -> None:
    server.plays(answer(200, lines(*[row(number) for number in range(1000)])), total=1000)
    results = client_of(server).results(BATCH_ID)

    async def read() -> list[str]:
        return [entry.task_id async for entry in results]

    async def main() -> list[str]:
        parts = await asyncio.gather(*(read() for _ in range(4)))
        return [task_id for part in parts for task_id in part]

    seen = asyncio.run(main())
    assert len(seen) == len(set(seen)) == 1000
    assert len(server.received) == 1


def test_closing_ends_a_task_that_waits(server: ScriptedServer) -> None:
    server.plays([head("content-length: 1000000"), lines(row(1)), Stall])

    async def main() -> None:
        results = client_of(server).results(BATCH_ID)
        await results.__anext__()
        waiting = asyncio.create_task(results.__anext__())
        await asyncio.sleep(0.1)
        await results.aclose()
        with pytest.raises(StopAsyncIteration):
            await waiting

    asyncio.run(main())


def test_a_storm_of_cancellations(server: ScriptedServer) -> None:
    server.plays([Stall])
    client = client_of(server)

    async def main() -> None:
        tasks = [asyncio.create_task(client.retrieve(BATCH_ID)) for _ in range(100)]
        assert await asyncio.to_thread(server.arrived.acquire, timeout=30)
        for task in tasks:
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        assert {type(outcome) for outcome in outcomes} == {asyncio.CancelledError}
        server.plays(answer(200, BATCH))
        assert (await client.retrieve(BATCH_ID)).total_items == 1

    asyncio.run(main())
