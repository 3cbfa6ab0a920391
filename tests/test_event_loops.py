"""How outcomes come into event loops, and what is left of loops that are gone."""

import asyncio
import contextvars
import gc
import time
import typing
import weakref
from pathlib import Path

import pytest

import twelvelabs_batches as tb
from faces import PROMPT, item
from servers import Cut, ScriptedServer, Stall, answer
from test_cancellation import client_of
from test_list import BATCH
from test_results import BATCH_ID

DESCRIPTORS = Path("/proc/self/fd")
needs_proc = pytest.mark.skipif(not DESCRIPTORS.is_dir(), reason="needs /proc")


class Unwatching(asyncio.SelectorEventLoop):
    """A loop that cannot watch descriptors, as that of Windows."""

    def add_reader(self, fd: typing.Any, callback: typing.Any, *args: typing.Any) -> None:  # type: ignore[override]
        raise NotImplementedError


def descriptors() -> int:
    return len(list(DESCRIPTORS.iterdir()))


@needs_proc
def test_loops_that_come_and_go_leave_no_descriptors(server: ScriptedServer) -> None:
    server.plays(answer(200, BATCH))
    client = client_of(server)
    asyncio.run(client.retrieve(BATCH_ID))
    before = descriptors()
    for _ in range(50):
        assert asyncio.run(client.retrieve(BATCH_ID)).total_items == 1
    # Loops are kept; what belongs to them ends with them all the same.
    loops = [asyncio.new_event_loop() for _ in range(20)]
    for loop in loops:
        assert loop.run_until_complete(client.retrieve(BATCH_ID)).total_items == 1
        loop.close()
    assert descriptors() <= before


@pytest.mark.filterwarnings("ignore:unclosed event loop:ResourceWarning")
def test_a_loop_that_is_forgotten_in_a_call_goes(server: ScriptedServer) -> None:
    server.plays([Stall])
    client = client_of(server)
    loop = asyncio.new_event_loop()
    task: typing.Any = loop.create_task(client.retrieve(BATCH_ID))
    task._log_destroy_pending = False
    while not server.arrived.acquire(blocking=False):
        loop.run_until_complete(asyncio.sleep(0.001))
    gone = weakref.ref(loop)
    del loop, task
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize("debug", [False, True])
def test_a_loop_that_cannot_watch_descriptors_is_told(server: ScriptedServer, debug: bool) -> None:
    server.plays(answer(200, BATCH))
    client = client_of(server)

    async def main() -> None:
        for _ in range(3):
            states = await asyncio.gather(*(client.retrieve(BATCH_ID) for _ in range(20)))
            assert [state.total_items for state in states] == [1] * 20
        server.plays(answer(404, {"code": "not_found", "message": "no"}))
        with pytest.raises(tb.NotFoundError):
            await client.retrieve(BATCH_ID)
        server.plays([Stall])
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(client.retrieve(BATCH_ID), 0.1)

    for _ in range(2):
        loop = Unwatching()
        loop.set_debug(debug)
        loop.run_until_complete(main())
        loop.close()
        gone = weakref.ref(loop)
        del loop
        gc.collect()
        assert gone() is None
        server.plays(answer(200, BATCH))


def test_an_answer_for_a_loop_that_cannot_watch_and_is_closed_is_dropped(
    server: ScriptedServer, capfd: pytest.CaptureFixture[str]
) -> None:
    server.plays([Stall], [answer(200, BATCH)])
    client = client_of(server)
    loop = Unwatching()
    task: typing.Any = loop.create_task(client.retrieve(BATCH_ID))
    task._log_destroy_pending = False
    while not server.arrived.acquire(blocking=False):
        loop.run_until_complete(asyncio.sleep(0.001))
    loop.close()
    asyncio.run(client.aclose())
    gone = weakref.ref(loop)
    del loop, task
    deadline = time.monotonic() + 30
    while gone() is not None and time.monotonic() < deadline:
        gc.collect()
        time.sleep(0.01)
    assert gone() is None
    assert capfd.readouterr().err == ""


def test_a_loop_keeps_nothing_of_the_context_of_its_first_call(server: ScriptedServer) -> None:
    server.plays(answer(200, BATCH))
    client = client_of(server)
    variable: contextvars.ContextVar[typing.Any] = contextvars.ContextVar("variable")

    class Value:
        pass

    async def first() -> typing.Any:
        value = Value()
        variable.set(value)
        await client.retrieve(BATCH_ID)
        return weakref.ref(value)

    async def main() -> None:
        gone = await asyncio.create_task(first())
        await asyncio.sleep(0)
        gc.collect()
        assert gone() is None

    asyncio.run(main())


def test_a_connection_that_was_closed_meanwhile_is_not_used(server: ScriptedServer) -> None:
    created = {**BATCH, "items": [], "status": "processing"}
    with tb.BatchesClient(server.api_key, base_url=server.base_url) as client:
        for number in range(30):
            server.plays([answer(200, BATCH), Cut])
            client.retrieve(BATCH_ID)
            server.plays([answer(201, created), Cut])
            # Nobody need be driving at this moment: the end of the connection is seen all the same.
            time.sleep(0.003)
            client.create(
                model_name="pegasus1.5", analysis_mode="general", requests=[item(1)], defaults=PROMPT
            )
            time.sleep(0.003)
            methods = [request.method for request in server.received]
            assert methods == ["GET", "POST"] * (number + 1)
