"""What calls tell to `logging`, through both faces."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import threading
import typing

import pytest

import twelvelabs_batches as tb
from calls import BATCH_ID, CALLS
from faces import submit
from servers import Cut, ScriptedServer, Stall, answer
from test_list import BATCH
from test_results import head, lines, row

if typing.TYPE_CHECKING:
    from faces import Face, MakeFace

LOGGER = logging.getLogger("twelvelabs_batches")
QUICK: dict[str, typing.Any] = {"backoff_factor": 0.001}


class Record(logging.LogRecord):
    """A record as this package makes them."""

    event: str
    call: str
    attempt: int
    status_code: int | None
    wait: float | None


class Keeper(logging.Handler):
    """Keeps records, and does as it is told with each."""

    def __init__(self, react: typing.Callable[[], object] = lambda: None) -> None:
        super().__init__()
        self.records: list[Record] = []
        self.react = react

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(typing.cast("Record", record))
        self.react()

    def told(self) -> list[tuple[str, str, str, int, int | None]]:
        return [
            (record.levelname, record.event, record.call, record.attempt, record.status_code)
            for record in self.records
        ]

    def texts(self) -> list[str]:
        return [record.getMessage() for record in self.records]


@pytest.fixture
def keep() -> typing.Iterator[typing.Callable[..., Keeper]]:
    """Listens from a level up until the test ends."""
    level, added = LOGGER.level, []

    def listen(at: int = logging.DEBUG, react: typing.Callable[[], object] = lambda: None) -> Keeper:
        keeper = Keeper(react)
        LOGGER.setLevel(at)
        LOGGER.addHandler(keeper)
        added.append(keeper)
        return keeper

    yield listen
    for keeper in added:
        LOGGER.removeHandler(keeper)
    LOGGER.setLevel(level)
    LOGGER.disabled = False


Keep = typing.Callable[..., Keeper]

QUIET = """
import asyncio, sys, twelvelabs_batches as tb
url, batch_id = sys.argv[1:]
options = {"on_malformed": "skip"}

async def main():
    async with tb.AsyncBatchesClient("k", base_url=url, backoff_factor=0.001) as client:
        return [row async for row in client.results(batch_id, request_options=options)]

client = tb.BatchesClient("k", base_url=url, backoff_factor=0.001)
assert client.retrieve(batch_id).batch_id
assert len(list(client.results(batch_id, request_options=options))) == 2
assert len(asyncio.run(main())) == 2
"""


def test_nothing_is_printed_unless_somebody_listens(server: ScriptedServer) -> None:
    rows = answer(200, lines(row(1), b'{"bad\n', row(2)))
    batch = answer(200, {**BATCH, "total_items": 2})
    # The asyncio client has never seen the batch, so it asks how many items there are.
    server.plays(answer(500), Cut, batch, answer(503), rows, answer(503), rows, batch)
    done = subprocess.run(
        [sys.executable, "-c", QUIET, server.base_url, BATCH_ID], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("call", CALLS)
def test_every_request_is_told(make_face: MakeFace, server: ScriptedServer, keep: Keep, call: str) -> None:
    keeper = keep()
    server.plays(answer(404, headers={"x-request-id": "r-1"}))
    face = make_face(server)
    with pytest.raises(tb.NotFoundError):
        CALLS[call](face)
    if call == "results" and face.name == "async":
        return  # judged below
    assert keeper.told() == [("DEBUG", "request", call, 1, 404)]
    assert keeper.texts() == [f"{call} answered with status 404"]
    assert keeper.records[0].name == "twelvelabs_batches"


@pytest.mark.parametrize("is_opened_first", [False, True])
def test_asynchronous_results_that_cannot_be_opened_are_told(
    server: ScriptedServer, keep: Keep, *, is_opened_first: bool
) -> None:
    keeper = keep()
    server.plays(answer(500), answer(404))

    async def main() -> None:
        async with tb.AsyncBatchesClient("k", base_url=server.base_url, **QUICK) as client:
            results = client.results(BATCH_ID)
            with pytest.raises(tb.NotFoundError):
                await (results.__aenter__() if is_opened_first else results.__anext__())

    asyncio.run(main())
    assert [record.event for record in keeper.records] == ["request", "retry", "request"]


def test_retries_are_told_with_reason_and_wait(
    make_face: MakeFace, server: ScriptedServer, keep: Keep
) -> None:
    keeper = keep()
    server.plays(answer(500), Cut, answer(429, headers={"retry-after": "0"}), answer(200, BATCH))
    make_face(server, max_retries=3, **QUICK).retrieve(BATCH_ID)
    assert keeper.told() == [
        ("DEBUG", "request", "retrieve", 1, 500),
        ("INFO", "retry", "retrieve", 1, 500),
        ("INFO", "retry", "retrieve", 2, None),
        ("DEBUG", "request", "retrieve", 3, 429),
        ("INFO", "retry", "retrieve", 3, 429),
        ("DEBUG", "request", "retrieve", 4, 200),
    ]
    for record in keeper.records:
        if record.event == "retry":
            assert record.wait is not None
            assert f"is repeated in {record.wait:.3f} s: " in record.getMessage()
        else:
            assert record.wait is None
    texts = keeper.texts()
    assert "[status 500]" in texts[1]
    assert "the connection broke after 0 bytes" in texts[2]
    assert "[status 429]" in texts[4]


def resumed(make_face: MakeFace, server: ScriptedServer, keep: Keep) -> Keeper:
    keeper = keep()
    broken: list[typing.Any] = [head("content-length: 9999"), lines(row(1)), Cut]
    server.plays(broken, answer(503), answer(200, lines(row(1), row(2))), total=2)
    assert len(make_face(server, **QUICK).rows(BATCH_ID)) == 2
    return keeper


def test_resumes_are_told_with_reason_and_wait(
    make_face: MakeFace, server: ScriptedServer, keep: Keep
) -> None:
    told = [record for record in resumed(make_face, server, keep).records if record.event == "resume"]
    assert [(record.levelname, record.call, record.attempt) for record in told] == [
        ("INFO", "results", 1),
        ("INFO", "results", 2),
    ]
    assert all(record.wait is not None for record in told)
    for record, reason in zip(told, ["the connection broke after", "[status 503]"]):
        assert record.getMessage().startswith("the results broke off after 1 items (")
        assert reason in record.getMessage()


def test_requests_after_a_resume_name_their_attempts(
    make_face: MakeFace, server: ScriptedServer, keep: Keep
) -> None:
    records = resumed(make_face, server, keep).records
    told = [record.attempt for record in records if (record.event, record.call) == ("request", "results")]
    assert told == [1, 2, 3]


def test_rows_that_are_left_out_are_told(make_face: MakeFace, server: ScriptedServer, keep: Keep) -> None:
    keeper = keep(logging.WARNING)
    server.plays(answer(200, lines(row(1), b'{"bad\n', row(2), b"[1]\n")), total=2)
    assert len(make_face(server, on_malformed="skip").rows(BATCH_ID)) == 2
    assert keeper.told() == [("WARNING", "malformed", "results", 1, None)] * 2
    assert [text.split(" of the results")[0] for text in keeper.texts()] == ["row 2", "row 4"]


def test_looking_for_a_batch_is_told(make_face: MakeFace, server: ScriptedServer, keep: Keep) -> None:
    keeper = keep(logging.WARNING)
    server.plays(Cut, answer(401))
    with pytest.raises(tb.CreateOutcomeUnknownError):
        submit(make_face(server, **QUICK))
    assert keeper.told() == [("WARNING", "look", "create", look, None) for look in range(1, 6)]


@pytest.mark.parametrize(
    ("level", "events"),
    [
        (logging.DEBUG, ["request", "retry", "request"]),
        (logging.INFO, ["retry"]),
        (logging.WARNING, []),
        (logging.CRITICAL, []),
    ],
)
def test_levels_are_heeded(
    make_face: MakeFace, server: ScriptedServer, keep: Keep, level: int, events: list[str]
) -> None:
    keeper = keep(level)
    server.plays(answer(500), answer(200, BATCH))
    make_face(server, **QUICK).retrieve(BATCH_ID)
    assert [record.event for record in keeper.records] == events


def test_a_level_can_change_between_calls(make_face: MakeFace, server: ScriptedServer, keep: Keep) -> None:
    keeper = keep(logging.CRITICAL)
    server.plays(answer(200, BATCH))
    face = make_face(server)
    for level, count in ((logging.CRITICAL, 0), (logging.DEBUG, 1), (logging.INFO, 1), (logging.DEBUG, 2)):
        LOGGER.setLevel(level)
        face.retrieve(BATCH_ID)
        assert len(keeper.records) == count


def test_a_disabled_logger_hears_nothing(make_face: MakeFace, server: ScriptedServer, keep: Keep) -> None:
    keeper = keep()
    LOGGER.disabled = True
    server.plays(answer(500), answer(200, BATCH))
    face = make_face(server, **QUICK)
    face.retrieve(BATCH_ID)
    LOGGER.disabled = False
    assert keeper.records == []
    face.retrieve(BATCH_ID)
    assert keeper.told() == [("DEBUG", "request", "retrieve", 1, 200)]


def test_records_arrive_on_the_thread_that_calls(
    make_face: MakeFace, server: ScriptedServer, keep: Keep
) -> None:
    keeper = keep()
    resumed(make_face, server, keep)
    server.plays(answer(500), answer(200, BATCH))
    make_face(server, **QUICK).retrieve(BATCH_ID)
    assert len(keeper.records) > 5
    assert {record.thread for record in keeper.records} == {threading.get_ident()}


def test_records_of_many_threads(make_face: MakeFace, server: ScriptedServer, keep: Keep) -> None:
    keeper = keep()
    server.plays(answer(200, BATCH))
    face = make_face(server)
    callers: set[int] = set()

    def work() -> None:
        callers.add(threading.get_ident())
        for _ in range(10):
            face.retrieve(BATCH_ID)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert keeper.told() == [("DEBUG", "request", "retrieve", 1, 200)] * 80
    assert {record.thread for record in keeper.records} <= callers


def test_records_of_many_tasks(server: ScriptedServer, keep: Keep) -> None:
    keeper = keep()
    server.plays(answer(200, BATCH))

    async def main() -> None:
        async with tb.AsyncBatchesClient("k", base_url=server.base_url) as client:
            await asyncio.gather(*(client.retrieve(BATCH_ID) for _ in range(50)))

    asyncio.run(main())
    assert keeper.told() == [("DEBUG", "request", "retrieve", 1, 200)] * 50
    assert {record.thread for record in keeper.records} == {threading.get_ident()}


def test_retries_are_told_while_a_call_still_waits(server: ScriptedServer, keep: Keep) -> None:
    heard = threading.Event()
    keeper = keep(logging.INFO, heard.set)
    server.plays(answer(500), [Stall])
    failed: list[Exception] = []
    client = tb.BatchesClient("k", base_url=server.base_url, **QUICK)

    def wait() -> None:
        try:
            client.retrieve(BATCH_ID, request_options={"max_retries": 1})
        except tb.TwelveLabsError as error:
            failed.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    assert heard.wait(60), "the second request has no answer yet"
    assert failed == []
    client.close()
    thread.join()
    assert {record.thread for record in keeper.records} == {thread.ident}


@pytest.mark.parametrize("call", ["list", "retrieve", "delete"])
def test_a_handler_may_call_the_same_client(
    make_face: MakeFace, server: ScriptedServer, keep: Keep, call: str
) -> None:
    other = tb.BatchesClient("k", base_url=server.base_url)
    depth: list[Face | tb.BatchesClient] = []

    def react() -> None:
        if len(depth) < 3:
            depth.append(other)
            other.retrieve(BATCH_ID)
            # The asyncio face cannot be called from its own event loop; the blocking one can.
            if face.name == "sync":
                face.retrieve(BATCH_ID)

    keeper = keep(react=react)
    server.plays(answer(200, BATCH))
    face = make_face(server)
    try:
        CALLS[call](face)
    except tb.UnexpectedBodyError:
        assert call != "retrieve"
    assert len(depth) == 3
    assert len(keeper.records) > 3
    other.close()


class HandlerError(Exception):
    """What a handler of the user's raises."""


def break_down() -> typing.NoReturn:
    raise HandlerError


def test_a_client_works_on_after_a_handler_that_raises(
    make_face: MakeFace, server: ScriptedServer, keep: Keep
) -> None:
    keeper = keep(react=break_down)
    server.plays(answer(200, BATCH))
    face = make_face(server)
    for _ in range(3):
        try:
            face.retrieve(BATCH_ID)
        except HandlerError:
            pass
    keeper.react = lambda: None
    count = len(keeper.records)
    assert face.retrieve(BATCH_ID).batch_id == BATCH["batch_id"]
    assert len(keeper.records) == count + 1


def test_a_handler_that_raises_does_not_hide_the_answer(
    make_face: MakeFace, platform: tb.Emulator, keep: Keep
) -> None:
    keep(react=break_down)
    with pytest.raises(HandlerError) as caught:
        submit(make_face(platform))
    if sys.version_info >= (3, 11):
        (note,) = caught.value.__notes__
        assert note.startswith("the call itself succeeded: CreateAnalyzeBatchResponse(batch_id='")
