"""What objects show of themselves in notebooks."""

from __future__ import annotations

import typing

import twelvelabs_batches as tb
from faces import Face, Stepper, item, submit
from reading import show
from whole import batches, whole

SEGMENTS: typing.Any = {
    "response_format": {
        "type": "segment_definitions",
        "segment_definitions": [
            {
                "id": "scene",
                "description": "A scene",
                "fields": [{"name": "mood", "type": "string", "description": "Its mood"}],
            }
        ],
    }
}


def test_a_batch_that_is_worked_on(face: Face, platform: tb.Emulator) -> None:
    created = submit(face, count=40)
    platform.advance(seconds=60)
    batch = face.retrieve(created.batch_id)
    card = show(batch)
    assert card.text("tlb-title") == ["Batch"]
    assert card.text("tlb-status") == ["processing"]
    assert f"{batch.ready_items} ready" in card.words
    assert f"{batch.queued_items} queued" in card.words
    assert f"{int(100 * batch.progress)} % of 40 items" in card.words
    assert f'Next: client.wait("{batch.batch_id}") or client.results("{batch.batch_id}")' in card.words
    (bar,) = card.find("tlb-bar")
    assert bar["role"] == "img"
    assert bar["aria-label"].startswith(f"{batch.ready_items} ready, ")
    assert bar["aria-label"].endswith(" of 40 items")


def test_a_batch_that_has_ended(face: Face, platform: tb.Emulator) -> None:
    platform.add_asset("f" * 24, analysis_error="cannot be read")
    requests = [item(1), item(2), {"video": {"type": "asset_id", "asset_id": "f" * 24}}]
    created = submit(face, requests=requests)
    platform.advance(hours=1)
    batch = face.retrieve(created.batch_id)
    card = show(batch)
    assert batch.completed_at is not None
    told = batch.completed_at.isoformat(" ", "seconds").replace("+00:00", " UTC")
    for words in ("2 ready", "1 failed", "of 3 items", f"completed {told}", "pegasus1.5, general"):
        assert words in card.words
    assert card.words.endswith(f'Next: client.results("{batch.batch_id}")')
    widths = [part["style"] for part in card.inside("tlb-bar")]
    assert widths == ["width:66.67%", "width:33.33%"]


def test_a_batch_that_was_just_created(face: Face) -> None:
    created = submit(face, count=12)
    card = show(created)
    assert card.table()[:2] == [["custom_id", "task_id"], ["v-0", created.items[0].task_id]]
    assert len(card.table()) == 11
    assert "and 2 more items" in card.words
    assert f'client.wait("{created.batch_id}")' in card.words


def test_pages_show_what_has_been_fetched(face: Face, platform: tb.Emulator) -> None:
    created = [submit(face).batch_id for _ in range(5)]
    pager = face.list(page_limit=2)
    asked = platform.stats()
    card = show(pager)
    assert [line[0] for line in card.table()] == ["batch", *reversed(created[3:])]
    assert "5 in all" in card.words
    assert ("async for batch in pager" if face.name == "async" else "for batch in pager") in card.words
    assert platform.stats() == asked
    pages = list(face.pages(pager))
    first, last = show(pages[0]), show(pages[-1])
    assert "page 1 of 3, 5 batches in all" in first.words
    assert ("await page.next_page()" in first.words) is (face.name == "async")
    assert "next_page" not in last.words
    assert "There are none." in show(face.list(status="expired")).words


def test_a_stream_is_not_touched(face: Face, platform: tb.Emulator) -> None:
    created = submit(face, count=3)
    platform.advance(hours=1)
    results = face.results(created.batch_id)
    stream: typing.Any = results.results if isinstance(results, Stepper) else results
    asked = platform.stats()
    assert f"Results of batch {created.batch_id}" in show(stream).words
    assert platform.stats() == asked
    next(iter(results))
    card = show(stream)
    assert "handed over 1 item" in card.words
    assert ("await results.collect()" in card.words) is (face.name == "async")
    assert repr(stream).endswith(f'Results of batch "{created.batch_id}": 1 item handed over>')
    assert len(list(results)) == 2


def test_items_with_an_answer_or_an_error(face: Face, platform: tb.Emulator) -> None:
    platform.add_asset("f" * 24, analysis_error="cannot be read", analysis_error_code="asset_unavailable")
    bad: typing.Any = {"video": {"type": "asset_id", "asset_id": "f" * 24}, "custom_id": "bad"}
    created = submit(face, requests=[item(1, custom_id="good"), bad])
    waiting = show(face.rows(created.batch_id)[0])
    assert "The item has not ended yet." in waiting.words
    platform.advance(hours=1)
    good, failed = face.rows(created.batch_id)
    assert good.data is not None
    card = show(good)
    assert card.text("tlb-text") == [good.data.data]
    for words in ("Result good", "finish_reason stop", f"output tokens {good.data.usage.output_tokens:,}"):
        assert words in card.words
    assert show(good.data).text("tlb-text") == [good.data.data]
    assert show(failed).text("tlb-note") == ["asset_unavailable cannot be read"]


def test_answers_of_segments(face: Face, platform: tb.Emulator) -> None:
    requests = [item(1, custom_id="film"), item(2, custom_id="short")]
    client: typing.Any = face
    created = client.create(
        model_name="pegasus1.5",
        analysis_mode="time_based_metadata",
        requests=requests,
        defaults=SEGMENTS,
    )
    platform.advance(hours=1)
    rows = face.rows(created.batch_id)
    first = rows[0].segments()[0]
    table = show(rows[0]).table()
    assert table[0] == ["segment", "start", "end", "mood"]
    assert table[1][0] == "scene"
    assert table[1][3] == first.metadata["mood"]
    assert len(table) == 1 + len(rows[0].segments())
    gathered = tb.segments_of(rows)
    card = show(gathered)
    assert card.table()[1] == ["film", *table[1]]
    assert f"{len(gathered)} segments of 2 items" in card.words


def test_lists_of_results(face: Face, platform: tb.Emulator) -> None:
    created = submit(face, count=30)
    platform.advance(hours=1)
    results: tb.ResultList = whole(face, created.batch_id, "collect")
    card = show(results)
    table = card.table()
    assert table[0] == ["item", "status", "answer", "tokens"]
    assert table[1][:2] == ["v-0", "ready"]
    assert len(table) == 21
    assert "and 10 more items" in card.words
    assert f"output tokens {results.output_tokens:,}" in card.words
    assert "There are no items." in show(results[:0]).words


def test_columns(face: Face, platform: tb.Emulator) -> None:
    created = submit(face, count=3)
    platform.advance(hours=1)
    card = show(batches(face.results(created.batch_id))[0])
    assert "3 rows, 11 columns" in card.words
    assert "task_id custom_id status" in card.words


def test_tasks_and_assets(platform: tb.Emulator) -> None:
    platform.add_asset("f" * 24, analysis_error="cannot be read", filename="film.mp4", duration=3661.5)
    with tb.TwelveLabs(api_key=platform.api_key, base_url=platform.base_url) as client:
        broken: typing.Any = {"video": {"type": "asset_id", "asset_id": "f" * 24}}
        created = submit(client.analyze_async.batches, requests=[item(1, custom_id="good"), broken])
        platform.advance(hours=1)
        good, failed = [client.analyze_async.tasks.retrieve(each.task_id) for each in created.items]
        asset = client.assets.retrieve("f" * 24)
    assert good.result is not None
    card = show(good)
    assert card.text("tlb-text") == [good.result.data]
    for words in (f"Task {good.task_id} ready", "custom_id good", f"batch {created.batch_id}", "tokens"):
        assert words in card.words
    assert show(failed).text("tlb-note")[0].endswith("cannot be read")
    told = show(asset).words
    assert f"Asset {'f' * 24} ready file film.mp4 type video/mp4 duration 1:01:01.5" in told


def test_the_emulator() -> None:
    with (
        tb.Emulator(speed=0) as platform,
        tb.BatchesClient(platform.api_key, base_url=platform.base_url) as client,
    ):
        card = show(platform)
        assert f"Emulator {platform.base_url}" in card.words
        assert card.find("tlb-bar") == []
        submit(client, count=3)
        platform.advance(hours=1)
        submit(client, count=2)
        platform.inject(on="create", status=503)
        before = platform.stats()
        card = show(platform)
        for words in ("1 completed, 1 pending, 5 items", "its time 2026-01-01 01:00:00 UTC", "requests 2"):
            assert words in card.words
        assert "faults waiting 1" in card.words
        assert card.find("tlb-bar")[0]["aria-label"] == "3 ready, 2 queued of 5 items"
        assert platform.stats() == before
