"""`wait` and `wait_for_done`, through both faces: whole lives of batches, and who is told of them."""

import threading
import time
import typing

import pytest

import twelvelabs_batches as tb
from faces import AsyncFace, Face, MakeFace, run, submit
from moving import Mover

# What is waited for in real time; the platform's is moved by hand.
OFTEN = 0.002


def requests_of(platform: tb.Emulator, endpoint: str = "retrieve") -> int:
    asked: dict[str, int] = platform.stats()["requests"]
    return asked.get(endpoint, 0)


class Told:
    """A callback that keeps what it is told, and moves time after each."""

    def __init__(self, platform: tb.Emulator, seconds: float = 0) -> None:
        self.platform, self.seconds = platform, seconds
        self.states: list[tb.AnalyzeBatchStatusResponse] = []

    def __call__(self, batch: tb.AnalyzeBatchStatusResponse) -> None:
        self.states.append(batch)
        if self.seconds:
            self.platform.advance(seconds=self.seconds)

    @property
    def words(self) -> list[str]:
        return [str(batch.status) for batch in self.states]


def test_a_whole_life_is_told(make_face: MakeFace, even: tb.Emulator) -> None:
    face = make_face(even)
    batch_id = submit(face, 10).batch_id
    told = Told(even, seconds=20)
    batch = face.wait(batch_id, poll_interval=OFTEN, on_update=told)
    assert told.states[-1] == batch == face.retrieve(batch_id)
    assert told.words == ["pending", *["processing"] * 5, "completed"]
    assert [state.ready_items for state in told.states] == [0, 0, 2, 4, 6, 8, 10]


def test_what_has_ended_already_is_told_once(face: Face, platform: tb.Emulator) -> None:
    batch_id = submit(face).batch_id
    platform.advance(hours=1)
    told = Told(platform)
    assert face.wait(batch_id, timeout=0, on_update=told).status == "completed"
    assert told.words == ["completed"]
    assert requests_of(platform) == 1


def test_states_that_do_not_differ_are_not_told(face: Face, platform: tb.Emulator) -> None:
    batch_id = submit(face).batch_id
    told = Told(platform)

    def move() -> None:
        while requests_of(platform) < 5:
            time.sleep(OFTEN)
        platform.advance(hours=1)

    moving = threading.Thread(target=move)
    moving.start()
    face.wait(batch_id, poll_interval=OFTEN, on_update=told)
    moving.join()
    assert told.words == ["pending", "completed"]


def test_the_24_hours_until_a_batch_expires(make_face: MakeFace) -> None:
    with tb.Emulator(speed=0, item_seconds=(80_000, 200_000), concurrency=3, seed=1) as platform:
        face = make_face(platform)
        batch_id = submit(face, 9).batch_id
        told = Told(platform)
        with Mover(platform, 600):
            batch = face.wait(batch_id, poll_interval=OFTEN, on_update=told)
        assert batch.status == told.words[-1] == "expired"
        assert batch.ready_items + batch.failed_items + batch.canceled_items == 9
        assert batch.canceled_items > 0
        assert batch.expired_at is not None
        assert batch.expired_at >= batch.expires_at


@pytest.mark.parametrize("rate", [0.5, 1])
def test_items_that_fail_do_not_make_a_batch_fail(make_face: MakeFace, rate: float) -> None:
    with tb.Emulator(speed=0, failure_rate=rate, seed=3) as platform:
        face = make_face(platform)
        batch_id = submit(face, 12).batch_id
        with Mover(platform, 10):
            batch = face.wait(batch_id, poll_interval=OFTEN)
        assert batch.status == "completed"
        assert batch.failed_items + batch.ready_items == 12
        assert batch.failed_items > 0


def test_a_batch_that_is_canceled_half_way(make_face: MakeFace, even: tb.Emulator) -> None:
    face = make_face(even)
    batch_id = submit(face, 30).batch_id
    other = tb.BatchesClient(even.api_key, base_url=even.base_url)
    told = Told(even, seconds=50)

    def cancel(batch: tb.AnalyzeBatchStatusResponse) -> None:
        if batch.status == "processing":
            other.cancel(batch_id)
            even.advance(seconds=1)
            told.seconds = 0
        if batch.status == "canceling":
            even.advance(hours=1)
        told(batch)

    batch = face.wait(batch_id, poll_interval=OFTEN, on_update=cancel)
    assert told.words == ["pending", "processing", "canceling", "canceled"]
    assert (batch.ready_items, batch.canceled_items) == (4, 26)


def test_the_waiting_client_itself_may_be_used_in_the_callback(platform: tb.Emulator) -> None:
    with tb.BatchesClient(platform.api_key, base_url=platform.base_url) as client:
        batch_id = submit(client, 9).batch_id
        platform.advance(seconds=40)

        def cancel_now(batch: tb.AnalyzeBatchStatusResponse) -> None:
            if batch.status == "processing":
                client.cancel(batch_id)
            platform.advance(hours=1)

        batch = client.wait(batch_id, poll_interval=OFTEN, on_update=cancel_now)
        assert batch.status == "canceled"

    async def main() -> str:
        async with tb.AsyncBatchesClient(platform.api_key, base_url=platform.base_url) as client:
            batch_id = submit(tb.BatchesClient(platform.api_key, base_url=platform.base_url), 9).batch_id
            platform.advance(seconds=40)

            async def cancel(batch: tb.AnalyzeBatchStatusResponse) -> None:
                if batch.status == "processing":
                    await client.cancel(batch_id)
                platform.advance(hours=1)

            return str((await client.wait(batch_id, poll_interval=OFTEN, on_update=cancel)).status)

    assert run(main()) == "canceled"


def test_what_the_callback_raises_ends_the_waiting(face: Face, platform: tb.Emulator) -> None:
    batch_id = submit(face).batch_id

    def refuse(batch: tb.AnalyzeBatchStatusResponse) -> None:
        raise LookupError(batch.status)

    with pytest.raises(LookupError, match="pending") as caught:
        face.wait(batch_id, on_update=refuse)
    assert not hasattr(caught.value, "__notes__"), "an error of the callback's own is no interruption"
    assert requests_of(platform) == 1
    platform.advance(hours=1)
    assert face.wait(batch_id).status == "completed", "the batch goes on, and the client works"


def test_a_coroutine_function_is_awaited_by_asyncio_alone(face: Face, platform: tb.Emulator) -> None:
    batch_id = submit(face).batch_id
    seen: list[str] = []

    async def note(batch: tb.AnalyzeBatchStatusResponse) -> None:
        seen.append(str(batch.status))
        platform.advance(hours=1)

    class Noting:
        async def __call__(self, batch: tb.AnalyzeBatchStatusResponse) -> None:
            await note(batch)

    for callback in (note, Noting()):
        if isinstance(face, AsyncFace):
            face.wait(batch_id, on_update=callback, poll_interval=OFTEN)
        else:
            with pytest.raises(tb.ValidationError, match=r"on_update: .*the asyncio client awaits those"):
                face.wait(batch_id, on_update=callback)
    assert seen == (["pending", "completed", "completed"] if isinstance(face, AsyncFace) else [])
    assert face.name == "async" or requests_of(platform) == 0


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            {"timeout": -1},
            "timeout: a number of seconds from 0 to .*, or None for no limit, is expected, not -1",
        ),
        ({"timeout": float("nan")}, "timeout: .*not NaN"),
        ({"timeout": "5"}, "timeout: .*str"),
        ({"timeout": True}, "timeout: .*bool"),
        ({"poll_interval": 0}, "poll_interval: .*0"),
        ({"poll_interval": -2}, "poll_interval: .*-2"),
        ({"poll_interval": []}, "poll_interval: .*list"),
        ({"on_update": 5}, "on_update: a callable or None is expected, not int"),
        (
            {"progress": "yes"},
            "progress: True, False or an object with the methods update, trouble, .*not str",
        ),
        ({"request_options": {"timeout": 5}}, "request_options"),
    ],
)
@pytest.mark.parametrize("method", ["wait", "completed"])
def test_arguments_that_do_not_fit(
    face: Face, platform: tb.Emulator, method: str, settings: dict[str, typing.Any], message: str
) -> None:
    with pytest.raises(tb.ValidationError, match=message):
        getattr(face, method)("6b0000000000000000000001", **settings)
    with pytest.raises(tb.ValidationError, match="batch_id"):
        getattr(face, method)("../tasks")
    assert platform.stats()["requests"] == {}


def test_a_batch_that_is_not_there(face: Face) -> None:
    for method in (face.wait, face.wait_for_done, face.completed):
        with pytest.raises(tb.NotFoundError):
            method("6b0000000000000000000001")


def test_a_batch_that_is_deleted_meanwhile(face: Face, platform: tb.Emulator) -> None:
    batch_id = submit(face).batch_id
    other = tb.BatchesClient(platform.api_key, base_url=platform.base_url)

    def delete(batch: tb.AnalyzeBatchStatusResponse) -> None:
        platform.advance(hours=1)
        other.delete(batch_id)

    with pytest.raises(tb.NotFoundError):
        face.wait(batch_id, poll_interval=OFTEN, on_update=delete)


def test_wait_for_done_calls_back_after_each_look(face: Face, platform: tb.Emulator) -> None:
    batch_id = submit(face).batch_id
    words: list[str] = []

    def note(batch: tb.AnalyzeBatchStatusResponse) -> None:
        words.append(str(batch.status))
        if len(words) == 4:
            platform.advance(hours=1)

    batch = face.wait_for_done(batch_id, sleep_interval=OFTEN, callback=note)
    assert batch.status == "completed"
    assert words == ["pending"] * 4 + ["completed"]
    assert requests_of(platform) == 5
    assert face.wait_for_done(batch_id, callback=note).status == "completed"
    assert words[5:] == ["completed"], "also of what has ended already"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"sleep_interval": 0}, "sleep_interval: "),
        ({"sleep_interval": "5"}, "sleep_interval: "),
        ({"callback": 5}, "callback: "),
    ],
)
def test_wait_for_done_names_its_own_arguments(
    face: Face, settings: dict[str, typing.Any], message: str
) -> None:
    with pytest.raises(tb.ValidationError, match=f"^{message}"):
        face.wait_for_done("6b0000000000000000000001", **settings)


class Display:
    """A display that keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def update(self, seen: tb.AnalyzeBatchStatusResponse) -> None:
        self.told.append(str(seen.status))

    def trouble(self, failure: BaseException) -> None:
        self.told.append(type(failure).__name__)

    def interrupt(self) -> None:
        self.told.append("interrupt")

    def close(self) -> None:
        self.told.append("close")


@pytest.mark.parametrize("method", ["wait", "completed"])
def test_a_display_of_ones_own(make_face: MakeFace, platform: tb.Emulator, method: str) -> None:
    face = make_face(platform, backoff_factor=0.001, max_retries=0)
    batch_id = submit(face).batch_id
    display, told = Display(), Told(platform, seconds=3600)
    platform.inject(on="retrieve", status=503, skip=1, times=2)
    getattr(face, method)(batch_id, poll_interval=OFTEN, progress=display, on_update=told)
    ending = len(display.told) - display.told.index("close")
    assert display.told[:-ending] == [
        "pending",
        "ServiceUnavailableError",
        "ServiceUnavailableError",
        "completed",
    ]
    assert set(display.told[-ending:]) == {"close"}
    assert told.words == ["pending", "completed"]
