"""The way of `async for` through rows: each once, whatever becomes of what was to be awaited."""

import asyncio
import inspect
import typing

import pytest

import twelvelabs_batches as tb
from floods import MIB, Flood
from floods import head as flood_head
from servers import ScriptedServer
from test_results import BATCH_ID, head, lines, row

ROWS = [row(number) for number in range(1, 21)]

Work = typing.Callable[[tb.AsyncResults], typing.Awaitable[None]]


def names(first: int, last: int = 20) -> typing.List[typing.Optional[str]]:
    return [f"v-{number}" for number in range(first, last + 1)]


def rest_after(server: ScriptedServer, work: Work) -> typing.List[typing.Optional[str]]:
    """What is still to come of twenty rows that have arrived, the first taken, after some work."""
    body = lines(*ROWS)
    server.plays([head(f"content-length: {len(body)}"), body], total=20)

    async def main() -> typing.List[typing.Optional[str]]:
        async with tb.AsyncBatchesClient("k", base_url=server.base_url) as client:
            results = client.results(BATCH_ID)
            assert (await anext(results)).custom_id == "v-1"
            await work(results)
            return [item.custom_id async for item in results]

    return asyncio.run(main())


def test_what_is_never_awaited_takes_nothing(server: ScriptedServer) -> None:
    async def work(results: tb.AsyncResults) -> None:
        for _ in range(3):
            assert inspect.isawaitable(anext(results))
        anext(results).close()

    assert rest_after(server, work) == names(2)


def test_a_task_that_is_cancelled_before_it_begins_takes_nothing(server: ScriptedServer) -> None:
    async def work(results: tb.AsyncResults) -> None:
        task = asyncio.create_task(results.__anext__())
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    assert rest_after(server, work) == names(2)


def test_a_time_limit_of_nothing_takes_nothing(server: ScriptedServer) -> None:
    async def work(results: tb.AsyncResults) -> None:
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(results.__anext__(), 0)

    assert rest_after(server, work) == names(2)


def test_it_is_a_coroutine(server: ScriptedServer) -> None:
    async def work(results: tb.AsyncResults) -> None:
        coming = results.__anext__()
        assert asyncio.iscoroutine(coming)
        assert inspect.isawaitable(coming)
        tasks = [asyncio.create_task(results.__anext__()) for _ in range(3)]
        assert [task.result().custom_id for task in (await asyncio.wait(tasks))[0]]
        assert sorted(str(task.result().custom_id) for task in tasks) == names(2, 4)
        assert (await coming).custom_id == "v-5"
        with pytest.raises(RuntimeError, match="awaited before"):
            await coming

    assert rest_after(server, work) == names(6)


def test_awaitables_that_are_held_do_not_mix(server: ScriptedServer) -> None:
    async def work(results: tb.AsyncResults) -> None:
        held = [results.__anext__() for _ in range(4)]
        assert len({id(coming) for coming in held}) == 4
        assert [(await coming).custom_id for coming in reversed(held)] == names(2, 5)
        assert (await anext(results)).custom_id == "v-6"

    assert rest_after(server, work) == names(7)


@pytest.mark.parametrize(
    "thrown", [(ValueError("no"),), (ValueError, ValueError("no"), None), (ValueError,), (ValueError, None)]
)
def test_what_is_thrown_in_is_raised(server: ScriptedServer, thrown: typing.Tuple[typing.Any, ...]) -> None:
    async def work(results: tb.AsyncResults) -> None:
        coming = results.__anext__()
        with pytest.raises(ValueError, match="no" if "no" in repr(thrown) else "^$"):
            coming.throw(*thrown)
        with pytest.raises(RuntimeError, match="awaited before"):
            await coming

    assert rest_after(server, work) == names(2)


def test_leaving_a_loop_and_coming_back(server: ScriptedServer) -> None:
    async def work(results: tb.AsyncResults) -> None:
        assert aiter(results) is results
        for expected in names(2, 5):
            async for item in results:
                assert item.custom_id == expected
                break

    assert rest_after(server, work) == names(6)


def test_after_a_row_that_cannot_be_read_the_others_follow(server: ScriptedServer) -> None:
    body = lines(row(1), b"{broken}\n", row(2))
    server.plays([head(f"content-length: {len(body)}"), body], total=3)

    async def main() -> None:
        async with tb.AsyncBatchesClient("k", base_url=server.base_url) as client:
            seen: typing.List[typing.Optional[str]] = []
            rows = aiter(client.results(BATCH_ID))
            while True:
                try:
                    seen.append((await anext(rows)).custom_id)
                except tb.MalformedRowError as error:
                    seen.append(error.raw.decode())
                except StopAsyncIteration:
                    break
            assert seen == ["v-1", "{broken}", "v-2"]

    asyncio.run(main())


def test_rows_that_keep_coming_leave_the_event_loop_to_others() -> None:
    async def main(base_url: str) -> None:
        settings: typing.Any = {"base_url": base_url, "on_malformed": "yield", "max_retries": 0}
        async with tb.AsyncBatchesClient("k", **settings) as client:

            async def read_all() -> None:
                async for _ in client.results(BATCH_ID):
                    pass

            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(read_all(), 0.1)

    # To send these rows takes less than to read them, so that there is always more.
    with Flood(flood_head(200), (b"x" * 199 + b"\n") * 512, most=128 * MIB) as flood:
        asyncio.run(main(flood.base_url))
        assert flood.taken[0] < 128 * MIB
