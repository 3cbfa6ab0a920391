"""What runs remember, through both faces."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import signal
import sqlite3
import sys
import typing

import pytest

import twelvelabs_batches as tb
from driving import SETTINGS, begin, counts, items, outcomes
from faces import PROMPT, Face, MakeFace, item
from faces import run as run_awaitable

if typing.TYPE_CHECKING:
    import pathlib


@pytest.fixture
def platform() -> typing.Iterator[tb.Emulator]:
    with tb.Emulator(speed=100, queue_seconds=1, item_seconds=(1, 2)) as platform:
        yield platform


@pytest.fixture
def face(make_face: MakeFace, platform: tb.Emulator) -> Face:
    return make_face(platform)


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
