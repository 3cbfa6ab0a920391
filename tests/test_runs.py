"""Runs of many batches, through both faces."""

from __future__ import annotations

import asyncio
import logging
import typing

import pytest

import twelvelabs_batches as tb
from driving import SETTINGS, begin, counts, items, made, outcomes
from faces import Face, MakeFace, item

if typing.TYPE_CHECKING:
    import pathlib


@pytest.fixture
def platform() -> typing.Iterator[tb.Emulator]:
    with tb.Emulator(speed=100, queue_seconds=1, item_seconds=(1, 2)) as platform:
        yield platform


@pytest.fixture
def face(make_face: MakeFace, platform: tb.Emulator) -> Face:
    return make_face(platform)


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


def test_progress_is_shown(face: Face, caplog: pytest.LogCaptureFixture, tmp_path: pathlib.Path) -> None:
    caplog.set_level(logging.INFO, "twelvelabs_batches.progress")
    assert len(outcomes(begin(face, items(25), progress=True, journal=tmp_path / "films.db"))) == 25
    told = [record.message for record in caplog.records if record.name == "twelvelabs_batches.progress"]
    assert told[0].startswith("run 1 of films.db: processing, ")
    assert told[-1].startswith("run 1 of films.db: completed, 25 of 25 items ended")
