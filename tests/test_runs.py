"""Runs of many batches, through both faces."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import logging
import os
import pickle
import signal
import sqlite3
import sys
import typing

import pytest

import twelvelabs_batches as tb
from faces import PROMPT, Face, MakeFace, item
from faces import run as run_awaitable

if typing.TYPE_CHECKING:
    import pathlib

Outcomes = typing.List[typing.Any]

SETTINGS: dict[str, typing.Any] = {
    "model_name": "pegasus1.5",
    "analysis_mode": "general",
    "defaults": PROMPT,
    "batch_size": 10,
    "poll_interval": 0.003,
}


@pytest.fixture
def platform() -> typing.Iterator[tb.Emulator]:
    with tb.Emulator(speed=100, queue_seconds=1, item_seconds=(1, 2)) as platform:
        yield platform


@pytest.fixture
def face(make_face: MakeFace, platform: tb.Emulator) -> Face:
    return make_face(platform)


def items(count: int, first: int = 0) -> list[typing.Any]:
    return [item(n) for n in range(first, first + count)]


def begin(face: Face, requests: typing.Any, **settings: typing.Any) -> typing.Any:
    """A run, or a plan."""
    begun = face.client.run(requests, **{**SETTINGS, **settings})
    return run_awaitable(begun) if asyncio.iscoroutine(begun) else begun


def outcomes(run: typing.Any, most: int | None = None) -> Outcomes:
    """Outcomes to the end, or so many; then the run is left."""
    if isinstance(run, tb.Run):
        with run:
            return take(run, most)

    async def work() -> Outcomes:
        found: Outcomes = []
        async with run:
            async for outcome in run:
                found.append(outcome)
                if len(found) == most:
                    break
        return found

    return run_awaitable(work())


def take(run: tb.Run, most: int | None) -> Outcomes:
    found: Outcomes = []
    for outcome in run:
        found.append(outcome)
        if len(found) == most:
            break
    return found


def made(run: typing.Any, method: str, *arguments: typing.Any) -> typing.Any:
    """What an export gives; then the run is left."""
    if isinstance(run, tb.Run):
        with run:
            return getattr(run, method)(*arguments)

    async def work() -> typing.Any:
        async with run:
            return await getattr(run, method)(*arguments)

    return run_awaitable(work())


def counts(found: Outcomes) -> dict[str, int]:
    return dict(collections.Counter(outcome.status for outcome in found))


def test_every_item_comes_back_with_its_object(face: Face, platform: tb.Emulator) -> None:
    requests = [(request, {"row": n}) for n, request in enumerate(items(43))]
    found = outcomes(begin(face, iter(requests)))
    assert counts(found) == {"ready": 43}
    assert sorted(outcome.context["row"] for outcome in found) == list(range(43))
    for outcome in found:
        assert outcome.request is requests[outcome.context["row"]][0]
        assert outcome.ok
        assert outcome.custom_id is outcome.item.custom_id is None
        assert outcome.data.data
        assert [attempt.status for attempt in outcome.attempts] == ["ready"]
        assert outcome.task_id == outcome.item.task_id
    assert platform.stats()["items_created"] == 43


def test_it_goes_on_where_it_stopped(face: Face, platform: tb.Emulator, tmp_path: pathlib.Path) -> None:
    journal = tmp_path / "run.db"
    first = outcomes(begin(face, items(60), journal=journal), 7)
    second = outcomes(begin(face, items(60), journal=str(journal)), 30)
    third = outcomes(begin(face, items(60), journal=journal))
    assert len(first) + len(second) + len(third) == 60
    tasks = {outcome.task_id for outcome in (*first, *second, *third)}
    assert len(tasks) == 60
    assert platform.stats()["items_created"] == 60
    assert outcomes(begin(face, items(60), journal=journal)) == []
    assert len(outcomes(begin(face, items(60), journal=journal, redeliver=True))) == 60


def test_what_an_exception_interrupts_comes_again(
    face: Face, platform: tb.Emulator, tmp_path: pathlib.Path
) -> None:
    journal = tmp_path / "run.db"
    run = begin(face, items(5), journal=journal)
    with pytest.raises(ZeroDivisionError):
        if isinstance(run, tb.Run):
            with run:
                for _ in run:
                    raise ZeroDivisionError
        else:

            async def work() -> None:
                async with run:
                    async for _ in run:
                        raise ZeroDivisionError

            run_awaitable(work())
    assert len(outcomes(begin(face, items(5), journal=journal))) == 5


def test_order(face: Face) -> None:
    found = outcomes(begin(face, [(request, n) for n, request in enumerate(items(35))], ordered=True))
    assert [outcome.context for outcome in found] == list(range(35))


def test_exports_have_all_items(face: Face, platform: tb.Emulator, tmp_path: pathlib.Path) -> None:
    journal = tmp_path / "run.db"
    outcomes(begin(face, items(25), journal=journal), 5)
    table = made(begin(face, items(25), journal=journal), "to_arrow")
    assert table.num_rows == 25
    assert table["request_index"].to_pylist() == list(range(25))
    assert table["asset_id"].to_pylist() == [request["video"]["asset_id"] for request in items(25)]
    assert set(table["status"].to_pylist()) == {"ready"}
    for kind in ("parquet", "csv", "jsonl"):
        path = tmp_path / f"out.{kind}"
        assert made(begin(face, items(25), journal=journal), f"to_{kind}", path) == 25
        assert path.stat().st_size > 1000
    assert made(begin(face, items(25), journal=journal), "to_pandas").shape[0] == 25
    assert made(begin(face, items(25), journal=journal), "to_polars").height == 25
    assert len(made(begin(face, items(25), journal=journal), "collect")) == 25
    pairs = made(begin(face, items(25), journal=journal), "join")
    assert [request.video.asset_id for request, _ in pairs] == table["asset_id"].to_pylist()
    assert platform.stats()["items_created"] == 25


def test_plan(face: Face, platform: tb.Emulator, tmp_path: pathlib.Path) -> None:
    journal = tmp_path / "run.db"
    outcomes(begin(face, items(12), journal=journal))
    before = platform.stats()["requests"]
    requests = [*items(40), item(3), {"video": {"type": "asset_id", "asset_id": "x"}, "temperature": 7}]
    plan = begin(
        face, requests, journal=journal, dry_run=True, price=tb.Price(hour=3), durations={f"{9:024x}": 7200}
    )
    assert isinstance(plan, tb.RunPlan)
    assert (plan.items, plan.covered["ready"], plan.new, plan.repeats) == (42, 12, 30, 1)
    assert plan.batches == ((10, 0.0), (10, 0.0), (10, 0.0))
    assert [violation.path for violation in plan.violations] == [
        "requests[41].video.asset_id",
        "requests[41].temperature",
    ]
    assert not plan.ok
    assert "12 are done" in str(plan)
    assert platform.stats()["requests"] == before, "nothing was asked"


def test_guards(face: Face, platform: tb.Emulator) -> None:
    run = begin(face, items(50), max_items=15)
    with pytest.raises(tb.RunStoppedError, match="more than the 15 items") as told:
        outcomes(run)
    assert told.value.waiting > 0
    assert platform.stats()["items_created"] == 15
    asked = []

    def refuse(report: tb.RunReport) -> bool:
        asked.append(report)
        return False

    with pytest.raises(tb.RunStoppedError, match="declined"):
        outcomes(begin(face, items(50, 100), sample=4, confirm=refuse))
    assert [report.ready for report in asked] == [4]
    assert platform.stats()["items_created"] == 19
    found = outcomes(begin(face, items(24, 200), sample=4, confirm=lambda report: report.ready == 4))
    assert len(found) == 24


def test_too_many_failures(face: Face, platform: tb.Emulator) -> None:
    for n in range(400, 440):
        platform.add_asset(item(n)["video"]["asset_id"], analysis_error="cannot be read")  # type: ignore[index]
    with pytest.raises(tb.RunStoppedError, match=r"of the first .* outcomes are failures"):
        outcomes(begin(face, items(200, 400), max_failed_share=0.5, max_item_attempts=1, max_active=1))
    assert platform.stats()["items_created"] < 80


def test_an_item_that_breaks_a_rule_is_told_and_so_is_what_cannot_be_read(face: Face) -> None:
    requests = items(30)
    requests[17] = {**requests[17], "max_tokens": 1}
    with pytest.raises(tb.ValidationError, match=r"requests\[17\].max_tokens"):
        outcomes(begin(face, requests))
    requests[17] = {"vdeo": 1}
    with pytest.raises(tb.UnknownFieldError, match=r'requests\[17\].vdeo.*did you mean "video"'):
        outcomes(begin(face, requests))


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"batch_size": 1001}, "batch_size: a number from 1 to 1000 is expected, not 1001"),
        ({"max_active": 0}, "max_active: a number from 1 to 5 is expected, not 0"),
        ({"max_failed_share": 2}, "max_failed_share: a share from 0 to 1"),
        ({"sample": 3}, "sample: .*give `confirm` too"),
        ({"max_cost": 3}, "max_cost: .*give `price` too"),
        ({"orderd": True}, 'orderd: a run has no such setting; did you mean "ordered"'),
    ],
)
def test_settings_that_do_not_fit(face: Face, settings: dict[str, typing.Any], told: str) -> None:
    with pytest.raises(tb.ValidationError, match=told):
        begin(face, [], **settings)


@pytest.mark.parametrize("requests", [item(1), "text", 7, None])
def test_inputs_that_are_none(face: Face, requests: typing.Any) -> None:
    with pytest.raises(tb.ValidationError, match="requests: an iterable"):
        begin(face, requests)


def test_an_input_that_breaks_is_no_end(face: Face, platform: tb.Emulator, tmp_path: pathlib.Path) -> None:
    def broken() -> typing.Iterator[typing.Any]:
        yield from items(15)
        raise OSError("no more tape")

    run = begin(face, broken(), journal=tmp_path / "run.db")
    with pytest.raises(OSError, match="no more tape"):
        outcomes(run)
    assert len(outcomes(begin(face, items(20), journal=tmp_path / "run.db"))) == 20
    assert platform.stats()["items_created"] == 20


def test_journals_that_cannot_be_used(face: Face, platform: tb.Emulator, tmp_path: pathlib.Path) -> None:
    journal = tmp_path / "run.db"
    held = begin(face, items(1), journal=journal)
    with pytest.raises(tb.JournalInUseError, match=f"process {os.getpid()}"):
        begin(face, items(1), journal=journal)
    outcomes(held)
    other = tb.BatchesClient("another key", base_url=platform.base_url)
    with pytest.raises(tb.JournalError, match="belongs to the account"):
        other.run(items(1), journal=journal, **SETTINGS)
    with pytest.raises(tb.JournalError, match="no such file"):
        face.client.resume(tmp_path / "none.db")
    with pytest.raises(tb.JournalError, match="no such run; there are: 1"):
        face.client.resume(journal, run_id=7)


def test_resubmitting(face: Face, platform: tb.Emulator, tmp_path: pathlib.Path) -> None:
    journal = tmp_path / "run.db"
    asset = str(typing.cast("typing.Any", item(2))["video"]["asset_id"])
    platform.add_asset(asset, analysis_error="cannot be read")
    found = outcomes(begin(face, items(5), journal=journal, max_item_attempts=1))
    assert counts(found) == {"ready": 4, "failed": 1}
    platform.add_asset(asset)
    begun = face.client.resubmit(journal, poll_interval=0.003)
    found = outcomes(run_awaitable(begun) if asyncio.iscoroutine(begun) else begun)
    assert counts(found) == {"ready": 1}
    assert [attempt.status for attempt in found[0].attempts] == ["failed", "ready"]
    assert len({attempt.task_id for attempt in found[0].attempts}) == 2
    assert platform.stats()["items_created"] == 6


def test_canceling(face: Face, tmp_path: pathlib.Path) -> None:
    with tb.Emulator(speed=100, queue_seconds=500, item_seconds=(1, 2)) as slow:
        client = tb.BatchesClient(slow.api_key, base_url=slow.base_url)
        with client.run(items(30), journal=tmp_path / "run.db", **SETTINGS) as run:

            def cancel(report: tb.RunReport) -> None:
                if report.active == 30:
                    run.cancel()

            run._on_progress = cancel
            assert counts(list(run)) == {"canceled": 30}


async def _numbers() -> typing.AsyncIterator[typing.Any]:
    for n in range(33):
        await asyncio.sleep(0)
        yield item(n), n


def test_asynchronous_inputs(platform: tb.Emulator) -> None:
    async def main() -> list[int]:
        client = tb.AsyncBatchesClient(platform.api_key, base_url=platform.base_url)

        async def confirm(report: tb.RunReport) -> bool:
            await asyncio.sleep(0)
            return report.ready == 3

        async with client.run(_numbers(), sample=3, confirm=confirm, **SETTINGS) as run:
            return [typing.cast("int", outcome.context) async for outcome in run]

    assert sorted(asyncio.run(main())) == list(range(33))


def test_waiting_can_be_cut_short_and_goes_on(platform: tb.Emulator) -> None:
    async def main() -> int:
        client = tb.AsyncBatchesClient(platform.api_key, base_url=platform.base_url)
        count = 0
        async with client.run(items(20), **SETTINGS) as run:
            while True:
                try:
                    await asyncio.wait_for(anext(run), 0.002)
                    count += 1
                except TimeoutError:
                    continue
                except StopAsyncIteration:
                    return count

    assert asyncio.run(main()) == 20
    assert platform.stats()["items_created"] == 20


def test_a_run_of_a_forked_process_is_refused(platform: tb.Emulator, tmp_path: pathlib.Path) -> None:
    client = tb.BatchesClient(platform.api_key, base_url=platform.base_url)
    with client.run(items(3), journal=tmp_path / "run.db", **SETTINGS) as run:
        child = os.fork()
        if child == 0:
            try:
                next(run)
            except tb.StreamClosedError:
                os._exit(0)
            os._exit(1)
        assert os.waitpid(child, 0)[1] == 0
        assert len(list(run)) == 3


def test_durations_that_are_asked_for(face: Face, platform: tb.Emulator) -> None:
    for n in range(12):
        platform.add_asset(
            typing.cast("typing.Any", item(n))["video"]["asset_id"], duration=3600 * (n % 2 + 1)
        )
    run = begin(face, items(12), ask_durations=True)
    assert len(outcomes(run)) == 12
    assert run.report().hours == pytest.approx(18)
    assert run.report().unknown_durations == 0
    assert platform.stats()["requests"]["asset"] == 12
    with pytest.raises(tb.RunStoppedError, match="more than the 5 hours"):
        outcomes(begin(face, items(12), ask_durations=True, max_hours=5.0))


def test_assets_that_are_not_there_fail_alone(make_face: MakeFace) -> None:
    with tb.Emulator(speed=100, queue_seconds=1, item_seconds=(1, 2), assets="registered") as platform:
        for n in range(30):
            if n not in (7, 11):
                platform.add_asset(
                    typing.cast("typing.Any", item(n))["video"]["asset_id"],
                    status="processing" if n == 13 else "ready",
                )
        found = outcomes(begin(make_face(platform), items(30)))
        assert counts(found) == {"ready": 27, "failed": 3}
        codes = sorted(outcome.code for outcome in found if not outcome.ok)
        assert codes == ["asset_not_found", "asset_not_found", "asset_not_ready"]
        assert all(outcome.batch_id is None for outcome in found if not outcome.ok)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="exceptions have notes from 3.11 on")
def test_an_interruption_says_how_to_go_on(tmp_path: pathlib.Path) -> None:
    with tb.Emulator(speed=0) as platform:
        client = tb.BatchesClient(platform.api_key, base_url=platform.base_url)

        def interrupt(report: tb.RunReport) -> None:
            if report.active == 3:
                signal.raise_signal(signal.SIGINT)

        settings = {**SETTINGS, "on_progress": interrupt}
        with (
            pytest.raises(KeyboardInterrupt) as told,
            client.run(items(3), journal=tmp_path / "run.db", **settings) as run,
        ):
            list(run)
        notes = " ".join(getattr(told.value, "__notes__", []))
        assert "1 active batch goes on by itself; run the same again with journal=" in notes
        assert "run.db" in notes


def test_journals_are_read_by_anybody(face: Face, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "run.db"
    run = begin(face, items(25), journal=path, origin="a test")
    if isinstance(run, tb.Run):
        next(run)
    else:
        run_awaitable(anext(run))
    journal = tb.Journal(path)
    assert journal.report().ready >= 1, "while it is written"
    outcomes(run)
    assert [(each.run_id, each.origin, each.is_read) for each in journal.runs] == [(1, "a test", True)]
    assert journal.run().defaults == PROMPT
    assert (journal.report().items, journal.report().ready) == (25, 25)
    assert [batch.items for batch in journal.batches()] == [9, 8, 8]
    for batch in journal.batches():
        assert (batch.state, batch.status) == ("ended", "completed")
        assert batch.created_at
        assert batch.expires_at
        assert (batch.expires_at - batch.created_at).total_seconds() == 86400
    assert journal.to_arrow()["asset_id"].to_pylist() == [
        typing.cast("typing.Any", each)["video"]["asset_id"] for each in items(25)
    ]
    assert journal.to_csv(tmp_path / "out.csv") == len(journal.collect()) == len(list(journal.join())) == 25
    assert pickle.loads(pickle.dumps(journal)).report() == journal.report()
    outcomes(begin(face, items(3), journal=path, defaults={"prompt": {"input_text": "Otherwise."}}))
    with pytest.raises(tb.JournalError, match=r"several runs: say which one with `run_id` \(1, 2\)"):
        journal.report()
    assert journal.report(2).ready == 3
    with pytest.raises(tb.JournalError, match="there is no such file"):
        tb.Journal(tmp_path / "none.db")


def test_what_two_runs_of_a_journal_ask_alike_is_asked_once(
    face: Face, platform: tb.Emulator, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / "run.db"
    outcomes(begin(face, items(6), journal=path))
    # The same, said by the items themselves.
    requests = [{**request, **PROMPT} for request in items(8)]
    found = outcomes(begin(face, requests, journal=path, defaults=None, redeliver=True))
    assert len(found) == 8
    assert platform.stats()["items_created"] == 8
    assert tb.Journal(path).report(2).ready == 8


def test_progress_is_shown(face: Face, caplog: pytest.LogCaptureFixture, tmp_path: pathlib.Path) -> None:
    caplog.set_level(logging.INFO, "twelvelabs_batches.progress")
    assert len(outcomes(begin(face, items(25), progress=True, journal=tmp_path / "films.db"))) == 25
    told = [record.message for record in caplog.records if record.name == "twelvelabs_batches.progress"]
    assert told[0].startswith("run 1 of films.db: processing, ")
    assert told[-1].startswith("run 1 of films.db: completed, 25 of 25 items ended")


def test_journals_of_other_versions_and_other_databases(
    face: Face, platform: tb.Emulator, tmp_path: pathlib.Path
) -> None:
    journal = tmp_path / "run.db"
    outcomes(begin(face, items(2), journal=journal))
    with contextlib.closing(sqlite3.connect(journal)) as database:
        database.execute("PRAGMA user_version = 99")
    for use in (lambda: begin(face, items(2), journal=journal), lambda: tb.Journal(journal)):
        with pytest.raises(tb.JournalError, match="a later version of this package has written it"):
            use()
    other = tmp_path / "other.db"
    with contextlib.closing(sqlite3.connect(other)) as database:
        database.execute("CREATE TABLE films (title TEXT)")
    with pytest.raises(tb.JournalError, match="it is a database, but no journal of runs"):
        begin(face, items(2), journal=other)
    with contextlib.closing(sqlite3.connect(other)) as database:
        assert database.execute("SELECT name FROM sqlite_schema").fetchall() == [("films",)], "untouched"
