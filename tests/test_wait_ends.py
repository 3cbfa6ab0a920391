"""Waiting that ends before the batch does: in time, by hand, by a fork, by a closed client."""

import asyncio
import os
import pickle
import signal
import sys
import threading
import time
import typing

import pytest

import twelvelabs_batches as tb
from faces import AsyncFace, Face, MakeFace, submit
from moving import Mover
from servers import ScriptedServer, Stall, answer, state
from test_fork import run as run_program
from test_processes import AT_ONCE, client_of
from test_wait import OFTEN, Display, requests_of

BATCH_ID = "6b0000000000000000000001"
METHODS = ["wait", "completed"]
GOES_ON = f"the batch {BATCH_ID} goes on; to wait for it again: client.wait("
# Far in the future by any clock.
ACTIVE = answer(200, {**state(BATCH_ID, 3), "expires_at": "2999-01-01T00:00:00Z"})


@pytest.fixture(autouse=True)
def _interruptible() -> typing.Iterator[None]:
    """What is started in the background of a shell may have been told to ignore interrupts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("method", METHODS)
def test_no_time_at_all_looks_once(face: Face, platform: tb.Emulator, method: str) -> None:
    batch_id = submit(face, 3).batch_id
    with pytest.raises(tb.WaitTimeoutError) as caught:
        getattr(face, method)(batch_id, timeout=0)
    error = caught.value
    assert isinstance(error, TimeoutError)
    assert isinstance(error, tb.TwelveLabsError)
    assert str(error) == (
        f"the batch {batch_id} did not end within 0 s; when it was last seen it was pending, "
        "and 0 of 3 items had ended"
    )
    assert error.batch_id == batch_id
    assert error.batch is not None
    assert error.batch.status == "pending"
    assert 0 <= error.seconds < AT_ONCE
    assert error.__cause__ is None
    assert platform.stats()["requests"] == {"create": 1, "retrieve": 1}


@pytest.mark.parametrize("method", METHODS)
def test_time_that_is_over(face: Face, platform: tb.Emulator, method: str) -> None:
    batch_id = submit(face).batch_id
    started = time.monotonic()
    with pytest.raises(tb.WaitTimeoutError, match=r"did not end within 0\.3 s") as caught:
        getattr(face, method)(batch_id, timeout=0.3, poll_interval=100)
    assert time.monotonic() - started >= 0.3
    assert caught.value.seconds >= 0.3
    assert requests_of(platform) == 1, "the next look would have been later"


def test_the_last_look_is_shortly_before_the_time_is_over(face: Face, platform: tb.Emulator) -> None:
    batch_id = submit(face).batch_id
    with pytest.raises(tb.WaitTimeoutError):
        face.wait(batch_id, timeout=2.2, poll_interval=100)
    assert requests_of(platform) == 2


@pytest.mark.parametrize("method", METHODS)
def test_a_look_that_lasts_too_long_ends_with_the_time(
    make_face: MakeFace, server: ScriptedServer, method: str
) -> None:
    server.plays(Stall)
    with pytest.raises(tb.WaitTimeoutError, match="nothing was heard of it") as caught:
        getattr(make_face(server), method)(BATCH_ID, timeout=0.2)
    assert caught.value.batch is None
    assert server.gone.acquire(timeout=30), "its connection is let go"


def test_the_error_tells_why_the_last_look_failed_and_pickles(
    make_face: MakeFace, server: ScriptedServer
) -> None:
    server.plays(ACTIVE, answer(503, {"error": {"code": "busy", "message": "Not now."}}))
    face = make_face(server, max_retries=0, backoff_factor=0.01)
    with pytest.raises(tb.WaitTimeoutError, match=r"the last look failed: .*Not now\.") as caught:
        face.wait(BATCH_ID, timeout=1, poll_interval=OFTEN)
    error = caught.value
    assert isinstance(error.__cause__, tb.ServiceUnavailableError)
    copied = pickle.loads(pickle.dumps(error))
    assert type(copied) is tb.WaitTimeoutError
    assert (str(copied), copied.batch, copied.batch_id, copied.seconds) == (
        str(error),
        error.batch,
        BATCH_ID,
        error.seconds,
    )
    assert repr(copied) == repr(error)


def test_waiting_again_after_the_time_is_over(face: Face, platform: tb.Emulator) -> None:
    batch_id = submit(face).batch_id
    with pytest.raises(tb.WaitTimeoutError):
        face.wait(batch_id, timeout=0)
    platform.advance(hours=1)
    assert face.wait(batch_id, timeout=0).status == "completed", "what has ended is no timeout"
    assert [row.status for row in face.completed(batch_id, timeout=0)] == ["ready", "ready"]


def interrupt_when_seen(server: ScriptedServer) -> threading.Thread:
    def interrupt() -> None:
        server.arrived.acquire()
        time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    return thread


def check_interrupted(raised: BaseException, display: Display, seconds: float) -> None:
    assert seconds < AT_ONCE
    assert display.told[:2] == ["processing", "interrupt"]
    assert set(display.told[2:]) == {"close"}
    if sys.version_info >= (3, 11):
        assert [note for note in raised.__notes__ if note.startswith(GOES_ON)] == raised.__notes__
        assert len(raised.__notes__) == 1


@pytest.mark.parametrize("method", METHODS)
def test_an_interrupt_is_answered_at_once_and_the_batch_goes_on(
    make_face: MakeFace, server: ScriptedServer, method: str
) -> None:
    server.plays(ACTIVE)
    face, display = make_face(server), Display()
    interrupting = interrupt_when_seen(server)
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt) as caught:
        getattr(face, method)(BATCH_ID, poll_interval=100, progress=display)
    interrupting.join()
    if isinstance(face, AsyncFace):
        # The event loop raises one of its own, after the task was cancelled.
        assert display.told[:2] == ["processing", "interrupt"]
    else:
        check_interrupted(caught.value, display, time.monotonic() - started)
    assert [request.method for request in server.received] == ["GET"], "nothing was canceled"
    assert face.retrieve(BATCH_ID).status == "processing", "the client works afterwards"


@pytest.mark.parametrize("method", METHODS)
def test_cancelling_a_task_is_an_interruption(server: ScriptedServer, method: str) -> None:
    server.plays(ACTIVE)
    display = Display()

    async def main() -> None:
        client = tb.AsyncBatchesClient("k", base_url=server.base_url)

        async def work() -> object:
            if method == "wait":
                return await client.wait(BATCH_ID, progress=display, poll_interval=100)
            return [row async for row in client.as_completed(BATCH_ID, progress=display, poll_interval=100)]

        task = asyncio.create_task(work())
        assert await asyncio.to_thread(server.arrived.acquire, timeout=30)
        while "processing" not in display.told:
            await asyncio.sleep(0.001)
        started = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        check_interrupted(caught.value, display, time.monotonic() - started)
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(work(), 0.05)
        assert (await client.retrieve(BATCH_ID)).status == "processing"
        await client.aclose()

    asyncio.run(main())


@pytest.mark.parametrize("method", METHODS)
def test_a_client_that_is_closed_meanwhile(make_face: MakeFace, server: ScriptedServer, method: str) -> None:
    server.plays(ACTIVE)
    face = make_face(server)

    def close() -> None:
        server.arrived.acquire()
        client = face.client
        if isinstance(client, tb.BatchesClient):
            client.close()
        else:
            asyncio.run(client.aclose())

    closing = threading.Thread(target=close)
    closing.start()
    with pytest.raises(tb.ClientClosedError):
        getattr(face, method)(BATCH_ID, poll_interval=100)
    closing.join()


def test_threads_wait_together_for_one_batch_and_for_many(platform: tb.Emulator) -> None:
    client = client_of(platform)
    batches = [submit(client, 6).batch_id for _ in range(4)]
    ended: list[tuple[str, str, int]] = []

    def work(batch_id: str) -> None:
        rows = len(list(client.as_completed(batch_id, poll_interval=OFTEN)))
        ended.append((batch_id, str(client.wait(batch_id, poll_interval=OFTEN).status), rows))

    threads = [threading.Thread(target=work, args=(batch_id,)) for batch_id in batches * 3]
    for thread in threads:
        thread.start()
    with Mover(platform, 5):
        for thread in threads:
            thread.join()
    assert sorted(ended) == sorted((batch_id, "completed", 6) for batch_id in batches * 3)


def test_tasks_wait_together_for_one_batch_and_for_many(platform: tb.Emulator) -> None:
    batches = [submit(client_of(platform), 6).batch_id for _ in range(4)]

    async def main() -> None:
        async with tb.AsyncBatchesClient(platform.api_key, base_url=platform.base_url) as client:

            async def work(batch_id: str) -> tuple[str, int]:
                rows = [row async for row in client.as_completed(batch_id, poll_interval=OFTEN)]
                batch = await client.wait(batch_id, poll_interval=OFTEN)
                assert batch.batch_id == batch_id
                return str(batch.status), len({row.task_id for row in rows})

            with Mover(platform, 5):
                ended = await asyncio.gather(*(work(batch_id) for batch_id in batches * 3))
            assert ended == [("completed", 6)] * 12

    asyncio.run(main())


def test_the_event_loop_goes_on_while_a_batch_is_waited_for(server: ScriptedServer) -> None:
    server.plays(ACTIVE)

    async def main() -> None:
        async with tb.AsyncBatchesClient("k", base_url=server.base_url) as client:
            task = asyncio.create_task(client.wait(BATCH_ID, timeout=0.2, poll_interval=100))
            beats = 0
            while not task.done():
                await asyncio.sleep(0)
                beats += 1
            assert beats > 10
            with pytest.raises(tb.WaitTimeoutError):
                await task

    asyncio.run(main())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_what_is_waited_for_before_a_fork_stays_the_parents(platform: tb.Emulator) -> None:
    batch_id = submit(client_of(platform), 4).batch_id
    platform.advance(hours=1)
    told = run_program(
        platform,
        """
        stream = client.as_completed(ids[0])
        first = next(stream)
        def work():
            try:
                next(stream)
            except tb.StreamClosedError as error:
                assert "open it again here" in str(error), error
            else:
                raise AssertionError
            assert client.wait(ids[0]).status == "completed"
            assert len(list(client.as_completed(ids[0]))) == 4
            assert asyncio.run(async_client.wait(ids[0])).status == "completed"
        wait_for([fork(work)])
        assert len({first.task_id, *(row.task_id for row in stream)}) == 4
        assert client.wait(ids[0]).status == "completed"
        forked = []
        def fork_once(batch):
            # In the midst of waiting.
            forked.append(os.fork())
            if not forked[0]:
                print(batch.status, flush=True)
                os._exit(0)
        client.wait(ids[0], on_update=fork_once)
        wait_for(forked)
        """,
        batch_id,
    )
    assert told == "completed\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_child_does_not_go_on_waiting_for_its_parent(platform: tb.Emulator) -> None:
    batch_id = submit(client_of(platform), 1).batch_id
    run_program(
        platform,
        """
        def fork_and_go_on(batch):
            global child
            child = os.fork()
        try:
            client.wait(ids[0], on_update=fork_and_go_on, timeout=0)
        except tb.WaitTimeoutError:
            assert child
            wait_for([child])
        except tb.StreamClosedError as error:
            assert not child
            assert "wait for it here" in str(error), error
        """,
        batch_id,
    )


def test_waiting_cannot_be_pickled_and_its_results_neither(platform: tb.Emulator) -> None:
    client = client_of(platform)
    batch_id = submit(client).batch_id
    platform.advance(hours=1)
    with client.as_completed(batch_id) as stream, pytest.raises(TypeError, match="pickle"):
        pickle.dumps(stream)


def test_the_key_is_in_no_error(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(ACTIVE, answer(503, b"the key is secret-key-1"))
    face = make_face(Keyed(server.base_url), max_retries=0, backoff_factor=0.01)
    with pytest.raises(tb.WaitTimeoutError) as caught:
        face.wait(BATCH_ID, timeout=0.2, poll_interval=OFTEN)
    assert "secret-key-1" not in f"{caught.value!r} {caught.value} {caught.value.__cause__!r}"


class Keyed(typing.NamedTuple):
    """A target with a key of its own."""

    base_url: str
    api_key: str = "secret-key-1"


@pytest.mark.parametrize("method", ["collect", "by_custom_id", "to_arrow"])
def test_what_was_gathered_when_the_time_was_over_is_not_lost(method: str) -> None:
    with tb.Emulator(speed=0, queue_seconds=20, item_seconds=(20, 20), concurrency=2) as platform:
        client = client_of(platform)
        batch_id = submit(client, 6).batch_id
        platform.advance(seconds=50)
        stream = client.as_completed(batch_id, timeout=0)
        with pytest.raises(tb.WaitTimeoutError):
            getattr(stream, method)()
        assert len(getattr(stream, method)()) == 2
        assert next(stream, None) is None

        async def main() -> None:
            async with tb.AsyncBatchesClient(platform.api_key, base_url=platform.base_url) as client:
                stream = client.as_completed(batch_id, timeout=0)
                with pytest.raises(tb.WaitTimeoutError):
                    await getattr(stream, method)()
                assert len(await getattr(stream, method)()) == 2
                assert [item async for item in stream] == []

        asyncio.run(main())
