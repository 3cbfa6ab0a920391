"""Forks, pickles, streams left behind, interrupts and threads."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import gc
import os
import pickle
import signal
import threading
import time
import typing

from defects import (
    BATCH,
    BATCH_ID,
    GOOD,
    QUICK,
    REFUSED,
    Case,
    Make,
    Play,
    attempt,
    create,
    head,
    lines,
    name_of,
    row,
    tell,
)
from defects_surface import environment
from servers import Stall, answer

BEGUN = [head("content-length: 100000") + lines(row(1)), Stall]


def fork(make: Make, server: typing.Any) -> str:
    """Parent and child ask at once, over a client that is warm; each answer tells what it answers."""
    import twelvelabs_batches as tb

    count = 100
    with tb.Emulator(speed=0) as platform:
        face = make(platform)
        ids = [create(face).batch_id for _ in range(4)]

        def ask(which: int) -> int:
            swapped = 0
            for turn in range(count):
                asked = ids[(turn + which) % 4]
                try:
                    swapped += face.retrieve(asked).batch_id != asked
                except Exception:
                    swapped += 1
            return swapped

        child = os.fork()
        if child == 0:
            os._exit(ask(2))
        swapped = ask(0) + os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return "every answer to whom it belongs" if swapped == 0 else "answers swapped"


def copied(copy_client: typing.Callable[[typing.Any], typing.Any]) -> Play:
    def play(make: Make, server: typing.Any) -> str:
        server.plays(BATCH)
        face = make(server, **QUICK)
        with environment(TWELVE_LABS_API_KEY="key"):
            try:
                made = copy_client(face.client)
            except Exception as error:
                return tell(error)
        return f"a {'client' if type(made) is type(face.client) else type(made).__name__}"

    return play


def pickled_errors(make: Make, server: typing.Any) -> str:
    told = []
    for status in (400, 401, 404, 409, 429, 500, 503):
        server.plays(answer(status, REFUSED))
        try:
            make(server, **{**QUICK, "max_retries": 0}).retrieve(BATCH_ID)
        except Exception as error:
            try:
                again = pickle.loads(pickle.dumps(error))
                told.append(
                    "the same"
                    if (type(again), str(again), again.status_code) == (type(error), str(error), status)
                    else "another"
                )
            except Exception as broken:
                told.append(name_of(broken))
    return ", ".join(sorted(set(told)))


def half_read(make: Make, server: typing.Any) -> str:
    """Many streams that are read no further, and another call."""
    server.plays(BEGUN, total=5)
    face = make(server, timeout=5.0, max_retries=0)
    streams: list[typing.Any] = []
    told = "fine"
    for _ in range(150):
        stream = face.results(BATCH_ID)
        try:
            next(stream)
        except Exception as error:
            told = f"{tell(error)} after {len(streams)} streams"
            break
        streams.append(stream)
    told = attempt(face.retrieve, BATCH_ID) if told == "fine" else told
    for stream in streams:
        stream.close()
    return told


def closed_early(make: Make, server: typing.Any) -> str:
    server.plays(BEGUN, [BATCH])
    face = make(server, **QUICK)
    stream = face.results(BATCH_ID)
    next(stream)
    stream.close()
    assert server.gone.acquire(timeout=30)
    return f"its connection goes; the next call: {attempt(face.retrieve, BATCH_ID)}"


def not_iterated(make: Make, server: typing.Any) -> str:
    server.plays(answer(404, REFUSED))
    face = make(server, **QUICK)
    told = attempt(face.results, BATCH_ID)
    return f"{told}; {len(server.received)} requests"


def awaited(make: Make, server: typing.Any) -> str:
    server.plays(GOOD, total=3)
    client = client_of(make(server, **QUICK))

    async def main() -> str:
        response = await client.results(BATCH_ID)
        return ", ".join([str(item.custom_id) async for item in response])

    return told_by(main)


def again_and_again(make: Make, server: typing.Any) -> str:
    """One client in one event loop after the other."""
    server.plays(BATCH)
    client = client_of(make(server, **QUICK))

    async def main() -> str:
        return str((await client.retrieve(BATCH_ID)).status)

    return ", ".join(told_by(main) for _ in range(3))


def broken_off(make: Make, server: typing.Any) -> str:
    """Loops that are left, the streams still referred to; then they are not."""
    server.plays(BEGUN, total=5)
    client = client_of(make(server, timeout=5.0, max_retries=0))

    async def main() -> str:
        streams = []
        for _ in range(120):
            streams.append(client.results(BATCH_ID))
            async for _item in streams[-1]:
                break
        told = str((await client.retrieve(BATCH_ID)).total_items)
        streams.clear()
        gc.collect()
        for _ in range(120):
            if not await asyncio.to_thread(server.gone.acquire, timeout=5):
                return f"{told} items; connections stay"
        return f"{told} items; connections go with them"

    return told_by(main)


def left_block(make: Make, server: typing.Any) -> str:
    server.plays(BATCH)
    face = make(server, **QUICK)

    async def main() -> None:
        async with face.client as client:
            await client_of(face, client).retrieve(BATCH_ID)

    if face.name == "async":
        asyncio.run(main())
    else:
        with face.client:
            face.retrieve(BATCH_ID)
    return "its connections go" if server.gone.acquire(timeout=3) else "its connections stay"


def interrupted(call: str) -> Play:
    """Ctrl-C while a call waits, and another call after it."""

    def play(make: Make, server: typing.Any) -> str:
        scripts: dict[str, list[typing.Any]] = {
            "retrieve": [Stall],
            "results": BEGUN,
            "pause": [answer(503, REFUSED, {"retry-after": "60"})],
        }
        server.plays(scripts[call])
        face = make(server, timeout=100.0, max_retries=3)
        target = threading.main_thread().ident or 0
        timer = threading.Timer(0.3, signal.pthread_kill, [target, signal.SIGINT])
        previous = signal.signal(signal.SIGINT, signal.default_int_handler)
        began = time.monotonic()
        timer.start()
        try:
            list(face.results(BATCH_ID)) if call == "results" else face.retrieve(BATCH_ID)
            told = "nothing"
        except KeyboardInterrupt:
            told = "KeyboardInterrupt" if time.monotonic() - began < 5 else "KeyboardInterrupt, late"
        finally:
            timer.join()
            signal.signal(signal.SIGINT, previous)
        server.plays(BATCH)
        return f"{told}; afterwards: {attempt(face.retrieve, BATCH_ID)}"

    return play


def cancelled(make: Make, server: typing.Any) -> str:
    server.plays(BEGUN, total=5)
    client = client_of(make(server, timeout=100.0, max_retries=0))

    async def main() -> str:
        arrived = asyncio.Event()

        async def read() -> None:
            async for _ in client.results(BATCH_ID):
                arrived.set()

        task = asyncio.create_task(read())
        await arrived.wait()
        task.cancel()
        began = time.monotonic()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        return "cancelled" if task.cancelled() and time.monotonic() - began < 5 else "not cancelled"

    return told_by(main)


def shared(make: Make, server: typing.Any) -> str:
    """Eight threads and one client."""
    import twelvelabs_batches as tb

    wrong = []
    with tb.Emulator(speed=0) as platform:
        face = make(platform)
        ids = [create(face).batch_id for _ in range(4)]

        def ask(which: int) -> None:
            for turn in range(50):
                asked = ids[(turn + which) % 4]
                if face.retrieve(asked).batch_id != asked:
                    wrong.append(asked)

        run_threads(8, ask)
    return "swapped" if wrong else "every answer to whom it belongs"


def shared_stream(make: Make, server: typing.Any) -> str:
    """Four threads and one stream."""
    count = 2000
    server.plays([head(f"content-length: {len(MANY)}") + MANY], total=count)
    stream = make(server, **QUICK).results(BATCH_ID)
    seen: list[str] = []
    errors: list[str] = []

    def take(_: int) -> None:
        try:
            seen.extend(str(item.custom_id) for item in stream)
        except Exception as error:
            errors.append(name_of(error))

    run_threads(4, take)
    told = "every row once" if sorted(seen) == sorted(f"v-{n}" for n in range(count)) else "rows missing"
    return ", ".join([told, *sorted(set(errors))])


MANY = lines(*(row(n) for n in range(2000)))


def run_threads(count: int, work: typing.Callable[[int], None]) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def client_of(face: typing.Any, client: typing.Any = None) -> typing.Any:
    """What has the calls: the client itself, or a part of the vendor's."""
    client = face.client if client is None else client
    return client.analyze_async.batches if hasattr(client, "analyze_async") else client


def told_by(main: typing.Callable[[], typing.Coroutine[typing.Any, typing.Any, str]]) -> str:
    try:
        return asyncio.run(main())
    except Exception as error:
        return tell(error)


CASES = [
    Case(31, "a fork, and 100 calls of parent and child at once over a client that is warm", fork, "every answer to whom it belongs", only="sync"),
    Case(32, "a pickle of a client", copied(lambda client: pickle.loads(pickle.dumps(client))), "a client"),
    Case(32, "a deep copy of a client", copied(copy.deepcopy), "a client"),
    Case(33, "pickles of errors of every class", pickled_errors, "the same"),
    Case(34, "150 streams half read, and another call", half_read, "fine", only="sync"),
    Case(35, "a stream closed early", closed_early, "its connection goes; the next call: fine"),
    Case(36, "`results` of an unknown batch, not iterated", not_iterated, "NotFoundError; 1 requests", only="sync"),
    Case(37, "`await client.results(…)`, as the documentation has it", awaited, "v-1, v-2, v-3", only="async"),
    Case(38, "one client in three `asyncio.run`", again_and_again, "processing, processing, processing", only="async"),
    Case(39, "120 loops over streams left with `break`, the streams referred to, and another call", broken_off, "5 items; connections go with them", only="async"),
    Case(40, "`with` around a client", left_block, "its connections go"),
    *(
        Case(41, f"Ctrl-C in {words}", interrupted(call), "KeyboardInterrupt; afterwards: fine", only="sync")
        for call, words in [("retrieve", "`retrieve`"), ("results", "`results`"), ("pause", "the pause before a retry")]
    ),
    Case(42, "`task.cancel()` in mid-stream", cancelled, "cancelled", only="async"),
    Case(43, "8 threads and one client", shared, "every answer to whom it belongs", only="sync"),
    Case(43, "4 threads and one stream", shared_stream, "every row once", only="sync"),
]  # fmt: skip
