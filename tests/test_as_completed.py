"""`as_completed`, through both faces: each item once, as soon as it has ended."""

import asyncio
import collections
import threading
import time
import typing

import pytest

import twelvelabs_batches as tb
from faces import Face, MakeFace, run, submit
from moving import Mover
from servers import ScriptedServer, Stall, answer, state
from test_processes import client_of
from test_results import lines, row
from test_wait import OFTEN, Told, requests_of

BATCH_ID = "6b0000000000000000000001"
ANALYSIS = {"generation_id": "g", "data": "text", "finish_reason": "stop", "usage": {"output_tokens": 1}}


def look(ready: int, total: int, status: str = "processing", **fields: typing.Any) -> bytes:
    """A state of a batch that is far from its expiry."""
    body = state(BATCH_ID, total)
    counters = {"status": status, "ready_items": ready, "queued_items": max(total - ready, 0)}
    return answer(200, {**body, "expires_at": "2999-01-01T00:00:00Z", **counters, **fields})


def round_of(ready: int, total: int) -> bytes:
    """Results of which so many are ready."""
    done = [row(n, status="ready", data=ANALYSIS) for n in range(ready)]
    return answer(200, lines(*done, *[row(n) for n in range(ready, total)]))


def asked(server: ScriptedServer) -> str:
    """Looks and rounds, in their order."""
    return "".join("R" if request.target.endswith("/results") else "l" for request in server.received)


def test_each_item_comes_once_as_soon_as_it_has_ended(make_face: MakeFace, even: tb.Emulator) -> None:
    face = make_face(even)
    batch_id = submit(face, 10).batch_id
    told = Told(even, seconds=20)
    seen: list[tuple[str | None, int]] = []
    for item in face.as_completed(batch_id, poll_interval=OFTEN, on_update=told):
        assert item.status == "ready"
        assert item.data
        seen.append((item.custom_id, told.states[-1].ready_items))
    assert [name for name, _ in seen] == [f"v-{n}" for n in range(10)]
    assert told.words == ["pending", *["processing"] * 5, "completed"]
    # Time goes on after each look, so that two more have ended by the time results are asked for.
    assert all(number < ready + 2 for number, (_, ready) in enumerate(seen))
    assert seen[0][1] < 10, "they come while others are worked on"


def test_items_that_failed_or_were_canceled_come_as_well(make_face: MakeFace) -> None:
    settings: dict[str, typing.Any] = {"failure_rate": 0.5, "seed": 5, "item_seconds": (20, 20)}
    with tb.Emulator(speed=0, concurrency=2, **settings) as platform:
        face = make_face(platform)
        batch_id = submit(face, 20).batch_id
        other = client_of(platform)

        def cancel(batch: tb.AnalyzeBatchStatusResponse) -> None:
            if batch.ready_items and batch.failed_items and batch.status == "processing":
                other.cancel(batch_id)
            platform.advance(seconds=20)

        items = list(face.as_completed(batch_id, poll_interval=OFTEN, on_update=cancel))
        words = collections.Counter(str(item.status) for item in items)
        assert set(words) == {"ready", "failed", "canceled"}
        assert len({item.task_id for item in items}) == 20
        batch = other.retrieve(batch_id)
        assert words == {
            "ready": batch.ready_items,
            "failed": batch.failed_items,
            "canceled": batch.canceled_items,
        }
        assert all(item.error for item in items if item.status == "failed")


def test_a_batch_that_expires_gives_all_its_items(make_face: MakeFace) -> None:
    with tb.Emulator(speed=0, item_seconds=(30_000, 50_000), concurrency=2, seed=1) as platform:
        face = make_face(platform)
        batch_id = submit(face, 9).batch_id
        with Mover(platform, 600):
            items = face.completed(batch_id, poll_interval=OFTEN)
        assert len({item.task_id for item in items}) == len(items) == 9
        assert {"ready", "canceled"} <= {str(item.status) for item in items}


def test_what_has_ended_already_takes_two_requests(face: Face, platform: tb.Emulator) -> None:
    batch_id = submit(face, 7).batch_id
    platform.advance(hours=1)
    told = Told(platform)
    items = list(face.as_completed(batch_id, timeout=0, on_update=told))
    assert items == face.rows(batch_id)
    assert told.words == ["completed"]
    assert (requests_of(platform), requests_of(platform, "results")) == (1, 2)


def test_results_are_asked_for_only_when_more_have_ended(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(
        look(0, 3),
        look(0, 3),
        look(1, 3),
        round_of(1, 3),
        look(1, 3),
        look(1, 3, webhooks=[]),
        look(2, 3),
        round_of(2, 3),
        look(3, 3, "completed"),
        round_of(3, 3),
    )
    items = make_face(server).completed(BATCH_ID, poll_interval=0.05)
    assert [item.custom_id for item in items] == ["v-0", "v-1", "v-2"]
    assert asked(server) == "lllRlllRlR"


def test_a_batch_whose_items_have_all_come_is_not_asked_again(
    make_face: MakeFace, server: ScriptedServer
) -> None:
    server.plays(look(2, 2), round_of(2, 2), look(2, 2), look(2, 2, "completed"))
    items = make_face(server).completed(BATCH_ID, poll_interval=0.05)
    assert len(items) == 2
    assert asked(server) == "lRll"


def test_counters_that_go_back(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(
        look(2, 3),
        round_of(2, 3),
        look(1, 3),
        round_of(1, 3),
        look(3, 3, "completed"),
        round_of(3, 3),
    )
    items = make_face(server, backoff_factor=60).completed(BATCH_ID, poll_interval=0.05)
    assert [item.custom_id for item in items] == ["v-0", "v-1", "v-2"]


@pytest.mark.parametrize("status", ["completed", "canceled", "expired"])
def test_a_batch_without_items(make_face: MakeFace, server: ScriptedServer, status: str) -> None:
    server.plays(look(0, 0, "pending"), look(0, 0, status), answer(200, b""))
    face = make_face(server)
    assert face.completed(BATCH_ID, poll_interval=OFTEN) == []
    assert asked(server) == "llR"


def test_words_that_are_unknown(
    make_face: MakeFace, server: ScriptedServer, caplog: pytest.LogCaptureFixture
) -> None:
    """A state that is none of the terminal ones is waited for; an item's ends with its batch."""
    unknown = row(0, status="skipped")
    server.plays(
        look(0, 1, "paused"),
        look(0, 1, "paused"),
        look(1, 1, "resting"),
        answer(200, lines(unknown)),
        look(1, 1, "completed"),
        answer(200, lines(unknown)),
    )
    words: list[str] = []
    face = make_face(server, backoff_factor=60)
    items = list(
        face.as_completed(
            BATCH_ID, poll_interval=0.05, on_update=lambda batch: words.append(str(batch.status))
        )
    )
    assert words == ["paused", "resting", "completed"]
    told = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert [message.split(":")[0] for message in told] == [
        f'the batch {BATCH_ID} is "{word}", which this version does not know' for word in words[:2]
    ]
    assert [item.status for item in items] == ["skipped"]


def test_a_row_that_cannot_be_read_is_told_once(make_face: MakeFace, server: ScriptedServer) -> None:
    done = [row(n, status="ready", data=ANALYSIS) for n in range(3)]
    server.plays(
        look(2, 3),
        answer(200, lines(b"{torn\n", done[1], row(2))),
        look(3, 3, "completed"),
        answer(200, lines(done[2], b"{torn\n", done[1])),
    )
    stream = make_face(server, backoff_factor=60).as_completed(BATCH_ID, poll_interval=0.05)
    seen: list[str | None] = []
    errors: list[tb.MalformedRowError] = []
    while True:
        try:
            seen.append(next(stream).custom_id)
        except tb.MalformedRowError as error:
            errors.append(error)
        except StopIteration:
            break
    assert seen == ["v-1", "v-2"]
    assert [error.row for error in errors] == [1]
    assert asked(server) == "lRlR"


def test_items_that_never_come_are_told(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(look(0, 2), look(2, 2, "completed"), round_of(1, 2))
    stream = make_face(server, backoff_factor=0.001).as_completed(BATCH_ID, poll_interval=OFTEN)
    assert next(stream).custom_id == "v-0"
    with pytest.raises(tb.IncompleteResultsError, match="1") as caught:
        next(stream)
    assert (caught.value.expected, caught.value.received) == (2, 1)
    server.plays(round_of(2, 2))
    assert [item.custom_id for item in stream] == ["v-1"], "iterating on tries once more"


def test_leaving_early_leaves_the_batch_alone(make_face: MakeFace, even: tb.Emulator) -> None:
    face = make_face(even)
    batch_id = submit(face, 6).batch_id
    even.advance(seconds=50)
    told = Told(even)
    with face.as_completed(batch_id, on_update=told) as stream:
        assert next(stream).status == "ready"
    assert next(stream, None) is None
    stream = face.as_completed(batch_id)
    assert next(stream).status == "ready"
    stream.close()
    stream.close()
    assert list(stream) == []
    assert even.stats()["requests"] == {"create": 1, "retrieve": 2, "results": 2}
    even.advance(hours=1)
    assert len(face.completed(batch_id)) == 6


@pytest.mark.parametrize("when", ["the first look", "a pause", "a round"])
def test_another_thread_may_close_it(server: ScriptedServer, when: str) -> None:
    script: dict[str, list[typing.Any]] = {
        "the first look": [look(1, 2), round_of(1, 2), Stall],
        "a pause": [look(1, 2), round_of(1, 2), look(1, 2)],
        "a round": [look(1, 2), round_of(1, 2), look(2, 2, "completed"), Stall],
    }
    server.plays(*script[when])
    client = client_of(server)
    with client.as_completed(BATCH_ID, poll_interval=100 if when == "a pause" else 0.01) as stream:
        assert next(stream).custom_id == "v-0"
        expected = len(script[when]) if when != "a pause" else 2

        def close() -> None:
            for _ in range(expected):
                server.arrived.acquire()
            stream.close()

        closing = threading.Thread(target=close)
        closing.start()
        assert next(stream, "ended") == "ended"
        closing.join()


def test_threads_share_the_items(platform: tb.Emulator) -> None:
    client = client_of(platform)
    batch_id = submit(client, 40).batch_id
    stream = client.as_completed(batch_id, poll_interval=OFTEN)
    seen: list[str] = []
    threads = [
        threading.Thread(target=lambda: seen.extend(item.task_id for item in stream)) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    with Mover(platform, 5):
        for thread in threads:
            thread.join()
    assert len(seen) == len(set(seen)) == 40


def test_tasks_share_the_items(platform: tb.Emulator) -> None:
    batch_id = submit(client_of(platform), 40).batch_id

    async def main() -> None:
        async with tb.AsyncBatchesClient(platform.api_key, base_url=platform.base_url) as client:
            stream = client.as_completed(batch_id, poll_interval=OFTEN)
            seen: list[str] = []

            async def work() -> None:
                async for item in stream:
                    seen.append(item.task_id)
                    await asyncio.sleep(0)

            with Mover(platform, 5):
                await asyncio.gather(*(work() for _ in range(5)))
            assert len(seen) == len(set(seen)) == 40

    asyncio.run(main())


def test_a_cancelled_wait_for_the_next_item_loses_none(platform: tb.Emulator) -> None:
    batch_id = submit(client_of(platform), 30).batch_id

    async def main() -> None:
        async with tb.AsyncBatchesClient(platform.api_key, base_url=platform.base_url) as client:
            stream = client.as_completed(batch_id, poll_interval=OFTEN)
            seen: list[str] = []
            given_up = 0
            with Mover(platform, 2):
                while True:
                    try:
                        # Longer each time, so that a slow machine gets anywhere.
                        item = await asyncio.wait_for(anext(stream), 0.002 * (given_up + 1))
                    except asyncio.TimeoutError:
                        given_up += 1
                    except StopAsyncIteration:
                        break
                    else:
                        seen.append(item.task_id)
            assert len(seen) == len(set(seen)) == 30
            assert given_up > 0

    asyncio.run(main())


def test_what_the_callback_raises_ends_the_stream(face: Face, platform: tb.Emulator) -> None:
    batch_id = submit(face).batch_id

    def refuse(batch: tb.AnalyzeBatchStatusResponse) -> None:
        raise LookupError(batch.status)

    with pytest.raises(LookupError, match="pending"):
        list(face.as_completed(batch_id, poll_interval=OFTEN, on_update=refuse))
    platform.advance(hours=1)
    assert len(face.completed(batch_id)) == 2


def test_everything_that_results_can_do(platform: tb.Emulator) -> None:
    client = client_of(platform)
    batch_id = submit(client, 12).batch_id
    with Mover(platform, 5):
        named = client.as_completed(batch_id, poll_interval=OFTEN).by_custom_id()
        assert set(named) == {f"v-{n}" for n in range(12)}
    listed = client.as_completed(batch_id).collect()
    assert len(listed) == 12

    async def main() -> int:
        async with tb.AsyncBatchesClient(platform.api_key, base_url=platform.base_url) as other:
            return len(await other.as_completed(batch_id).collect())

    assert run(main()) == 12


def test_reading_slowly_is_no_reason_to_look_more_often(make_face: MakeFace, even: tb.Emulator) -> None:
    face = make_face(even)
    batch_id = submit(face, 10).batch_id
    for item in face.as_completed(batch_id, poll_interval=OFTEN, on_update=Told(even, seconds=20)):
        assert item.status == "ready"
        before = even.stats()["requests"]
        time.sleep(0.01)
        assert even.stats()["requests"] == before, "nothing is asked for while nobody waits"
