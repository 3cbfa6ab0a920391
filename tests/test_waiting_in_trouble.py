"""Waiting through trouble drawn from seeds: nothing is lost, nothing comes twice, nothing is told wrongly."""

import collections
import logging
import random
import typing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import twelvelabs_batches as tb
from faces import Face, MakeFace, submit
from moving import Mover
from servers import Cut, Reset, ScriptedServer, answer
from test_as_completed import ANALYSIS, BATCH_ID, look, round_of
from test_processes import client_of
from test_results import lines, row
from test_wait import OFTEN, Display, Told, requests_of

QUICK: dict[str, typing.Any] = {"backoff_factor": 0.001, "max_retries": 1}

TROUBLES: list[dict[str, typing.Any]] = [
    {"status": 503},
    {"status": 500, "body": "<html>", "headers": {"content-type": "text/html"}},
    {"status": 429, "headers": {"retry-after": "0"}},
    {"status": 408},
    {"cut": "reset"},
    {"cut": "close", "executed": False},
    {"cut": "close", "after_bytes": 40},
    {"cut": "polite", "after_bytes": 100, "framing": "length"},
    {"body": "<html>gateway</html>", "headers": {"content-type": "text/html"}},
    {"latency": 0.002},
    {"drip": 0.0005, "slice": 200},
    {"coding": "gzip-truncated"},
]
ROUND_TROUBLES: list[dict[str, typing.Any]] = [
    {"cut": "reset", "after_rows": 2},
    {"cut": "close", "after_rows": 1, "framing": "close"},
    {"cut": "polite", "after_rows": 3},
    {"missing_row": 2},
    {"duplicate_row": 1},
    {"shuffled": True},
    {"coding": "gzip-members"},
]


def make_trouble(platform: tb.Emulator, seed: int) -> None:
    """Troubles of every kind, now and then, but not for the first look."""
    draw = random.Random(seed)
    for trouble in draw.sample(TROUBLES, len(TROUBLES)):
        platform.inject(on="retrieve", skip=1, times=None, toxicity=0.04, **trouble)
    for trouble in draw.sample(TROUBLES[:8] + ROUND_TROUBLES, 10):
        platform.inject(on="results", times=None, toxicity=0.06, **trouble)


@pytest.mark.parametrize("seed", range(8))
def test_every_item_comes_once_through_any_trouble(make_face: MakeFace, seed: int) -> None:
    with tb.Emulator(speed=0, seed=seed, failure_rate=0.2, row_order="shuffled") as platform:
        face = make_face(platform, **QUICK)
        created = submit(face, 40)
        make_trouble(platform, seed)
        with Mover(platform, random.Random(seed).choice([1, 7, 60, 900])):
            items = face.completed(created.batch_id, poll_interval=OFTEN)
        assert collections.Counter(item.task_id for item in items) == collections.Counter(
            item.task_id for item in created.items
        )
        assert {item.custom_id for item in items} == {f"v-{n}" for n in range(40)}
        platform.clear_faults()
        assert {item.task_id: item for item in items} == {
            item.task_id: item for item in face.rows(created.batch_id)
        }


@pytest.mark.parametrize("seed", range(8))
def test_a_batch_is_waited_for_through_any_trouble(make_face: MakeFace, seed: int) -> None:
    with tb.Emulator(speed=0, seed=seed) as platform:
        face = make_face(platform, **QUICK)
        batch_id = submit(face, 20).batch_id
        make_trouble(platform, seed)
        display = Display()
        states: list[tb.AnalyzeBatchStatusResponse] = []
        with Mover(platform, random.Random(seed).choice([0.5, 2, 5])):
            batch = face.wait(batch_id, poll_interval=OFTEN, progress=display, on_update=states.append)
        assert (batch.status, batch.ready_items) == ("completed", 20)
        assert states[-1] == batch
        assert [state.ready_items for state in states] == sorted(state.ready_items for state in states)
        assert all(hasattr(tb, word) for word in set(display.told) if word.endswith("Error"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    steps=st.lists(st.integers(0, 90), min_size=1, max_size=30),
    items=st.integers(1, 25),
    concurrency=st.integers(1, 9),
    seed=st.integers(0, 1000),
    cancel_at=st.none() | st.integers(0, 15),
)
def test_every_item_comes_once_whenever_it_ends(
    steps: list[int], items: int, concurrency: int, seed: int, cancel_at: int | None
) -> None:
    with tb.Emulator(speed=0, seed=seed, concurrency=concurrency, failure_rate=0.3) as platform:
        client = client_of(platform, **QUICK)
        created = submit(client, items)
        seen: list[str] = []
        # Time is moved between rows and after looks, by hand: the same story each time.
        left = list(steps)

        def move(batch: tb.AnalyzeBatchStatusResponse) -> None:
            if cancel_at is not None and len(left) == cancel_at and batch.is_active:
                client.cancel(created.batch_id)
            platform.advance(seconds=left.pop() if left else 3600)

        with Mover(platform, 1):
            for item in client.as_completed(created.batch_id, poll_interval=OFTEN, on_update=move):
                seen.append(item.task_id)
                assert item.status in ("ready", "failed", "canceled")
                platform.advance(seconds=left.pop() if left else 0)
        assert sorted(seen) == sorted(item.task_id for item in created.items)


def test_a_first_look_that_fails_is_told_at_once(make_face: MakeFace, platform: tb.Emulator) -> None:
    face = make_face(platform, max_retries=0)
    batch_id = submit(face).batch_id
    for method in (face.wait, face.completed):
        platform.inject(on="retrieve", status=503)
        with pytest.raises(tb.ServiceUnavailableError):
            method(batch_id)
    assert requests_of(platform) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 501])
@pytest.mark.parametrize("method", ["wait", "completed"])
def test_what_cannot_pass_ends_the_waiting(
    make_face: MakeFace, platform: tb.Emulator, method: str, status: int
) -> None:
    face = make_face(platform)
    batch_id = submit(face).batch_id
    platform.inject(on="retrieve", skip=1, status=status, times=None)
    with pytest.raises(tb.ApiError) as caught:
        getattr(face, method)(batch_id, poll_interval=OFTEN)
    assert caught.value.status_code == status
    assert requests_of(platform) == 2


@pytest.mark.parametrize("status", [401, 403, 404])
def test_results_that_are_refused_end_the_stream(
    make_face: MakeFace, platform: tb.Emulator, status: int
) -> None:
    face = make_face(platform)
    batch_id = submit(face).batch_id
    platform.inject(on="results", status=status, times=None)
    with Mover(platform, 5), pytest.raises(tb.ApiError) as caught:
        face.completed(batch_id, poll_interval=OFTEN)
    assert caught.value.status_code == status
    assert requests_of(platform, "results") == 1


def test_a_platform_that_is_gone_for_a_while(make_face: MakeFace, platform: tb.Emulator) -> None:
    face = make_face(platform, **QUICK)
    batch_id = submit(face, 3).batch_id

    class Outage(Display):
        def update(self, seen: tb.AnalyzeBatchStatusResponse) -> None:
            super().update(seen)
            if seen.status == "pending":
                platform.go_down()

        def trouble(self, failure: BaseException) -> None:
            super().trouble(failure)
            assert isinstance(failure, tb.TransportError)
            if len(self.told) == 4:
                platform.come_up()
                platform.advance(hours=1)

    display = Outage()
    items = list(face.as_completed(batch_id, poll_interval=OFTEN, progress=display))
    assert len({item.task_id for item in items}) == 3
    assert display.told[4] == "completed"


def test_failed_looks_are_told_to_the_log(
    make_face: MakeFace, platform: tb.Emulator, caplog: pytest.LogCaptureFixture
) -> None:
    face = make_face(platform, backoff_factor=0.001, max_retries=0)
    batch_id = submit(face).batch_id
    platform.inject(on="retrieve", status=503, skip=1, times=2)
    platform.inject(on="results", status=502)
    caplog.set_level(logging.WARNING, "twelvelabs_batches")
    face.completed(batch_id, poll_interval=OFTEN, on_update=Told(platform, seconds=3600))
    records: list[typing.Any] = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert [(record.event, record.call, record.attempt) for record in records] == [
        ("wait", "retrieve", 1),
        ("wait", "retrieve", 2),
        ("wait", "results", 1),
    ]
    assert all(batch_id in record.getMessage() for record in records)
    assert [record.status_code for record in records][:2] == [503, 503]


@pytest.mark.parametrize("end", [Cut, Reset, answer(502, b"<html>")], ids=["cut", "reset", "refusal"])
def test_a_round_that_fails_is_another_rounds(
    make_face: MakeFace, server: ScriptedServer, end: typing.Any
) -> None:
    done = lines(*[row(n, status="ready", data=ANALYSIS) for n in range(2)])
    head = b"HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n"
    server.plays(
        look(2, 3),
        [end] if isinstance(end, bytes) else [head, done, end],
        look(2, 3),
        look(3, 3, "completed"),
        round_of(3, 3),
    )
    face = make_face(server, backoff_factor=0.05, max_retries=0)
    items = face.completed(BATCH_ID, poll_interval=0.005)
    assert [item.custom_id for item in items] == ["v-0", "v-1", "v-2"]


def test_looks_in_trouble_stay_within_their_bound(make_face: MakeFace, platform: tb.Emulator) -> None:
    """Each is one request and its repetitions, however many are refused."""
    face: Face = make_face(platform, backoff_factor=0.001, max_retries=2)
    batch_id = submit(face).batch_id
    platform.inject(on="retrieve", skip=1, status=503, times=9)
    display = Display()
    face.wait(batch_id, poll_interval=OFTEN, progress=display, on_update=Told(platform, seconds=3600))
    assert display.told.count("ServiceUnavailableError") == 3, "three looks, of three attempts each"


def done(number: int) -> dict[str, typing.Any]:
    return row(number, status="ready", data=ANALYSIS)


@pytest.mark.parametrize(
    "last",
    [
        pytest.param([row(0), done(1), done(2)], id="worked on again"),
        pytest.param([done(1), done(2)], id="absent"),
        pytest.param([done(2), row(2), done(2)], id="absent, and several rows of one"),
    ],
)
def test_what_was_handed_over_need_not_come_again(
    make_face: MakeFace, server: ScriptedServer, last: list[dict[str, typing.Any]]
) -> None:
    server.plays(
        look(2, 3),
        answer(200, lines(done(0), done(1), row(2))),
        look(3, 3, "completed"),
        answer(200, lines(*last)),
    )
    items = make_face(server, backoff_factor=0.001).completed(BATCH_ID, poll_interval=OFTEN)
    assert [item.custom_id for item in items] == ["v-0", "v-1", "v-2"]


def test_a_row_that_tells_less_does_not_hide_another_of_its_item(
    make_face: MakeFace, server: ScriptedServer
) -> None:
    server.plays(look(3, 3, "completed"), answer(200, lines(row(0), done(1), done(0), done(2))))
    items = make_face(server, backoff_factor=0.001).completed(BATCH_ID)
    assert [item.custom_id for item in items] == ["v-1", "v-0", "v-2"]
    assert len(server.received) == 2
