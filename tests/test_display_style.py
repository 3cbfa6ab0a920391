"""How cards look, as far as that can be told without looking."""

from __future__ import annotations

import datetime
import re
import typing

import pytest

import twelvelabs_batches as tb
from faces import PROMPT, Face, MakeFace, item, run, submit
from reading import Card, show
from twelvelabs_batches._display.style import ACCENTS, STYLE

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
Batch = tb.AnalyzeBatchStatusResponse
HOUR = datetime.timedelta(hours=1)


def rules() -> typing.List[typing.Tuple[str, str]]:
    inside = STYLE.removeprefix("<style>").removesuffix("</style>")
    assert len(inside) == len(STYLE) - len("<style></style>")
    assert RULE.sub("", inside) == ""
    return RULE.findall(inside)


def test_rules_are_for_cards_alone_and_load_nothing() -> None:
    assert len(rules()) > 30
    for selectors, declarations in rules():
        for selector in selectors.split(","):
            assert re.match(r"\.tlb[ .]", selector), selector
        for declaration in declarations.split(";"):
            assert re.fullmatch(r"[a-z-]+:[^:;]+", declaration), declaration
    assert not re.search(r"url|http|import|expression|javascript|!important", STYLE)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ground", ["#ffffff", "#f5f5f5", "#111111", "#1e1e1e", "#000000"])
@pytest.mark.parametrize("accent", ACCENTS)
def test_accents_are_seen_in_light_and_dark(accent: str, ground: str) -> None:
    brighter, darker = sorted((luminance(ACCENTS[accent]), luminance(ground)), reverse=True)
    assert (brighter + 0.05) / (darker + 0.05) >= 3


def test_text_has_the_colour_of_the_notebook() -> None:
    for selectors, declarations in rules():
        for colour in re.findall(r"(?<![-\w])color:([^;]+)", declarations):
            assert colour == "inherit" or colour.endswith(",inherit))"), selectors


def test_every_class_of_a_card_is_told_apart_from_others(face: Face, platform: tb.Emulator) -> None:
    created = submit(face, count=3)
    platform.advance(hours=1)
    cards = [
        show(thing) for thing in (created, face.retrieve(created.batch_id), *face.rows(created.batch_id))
    ]
    for card in cards:
        for node in card.root.walk():
            assert all(name.startswith("tlb") or name.endswith("_ignore") for name in node.classes)
            assert "id" not in node.attributes


def test_cards_can_be_heard(face: Face, platform: tb.Emulator) -> None:
    created = submit(face, count=3)
    platform.advance(hours=1)
    for thing in (
        created,
        face.list(),
        face.retrieve(created.batch_id),
        tb.ResultList(face.rows(created.batch_id)),
    ):
        card = show(thing)
        for node in card.root.walk():
            if node.tag == "th":
                assert node.attributes["scope"] in {"col", "row"}
            if "tlb-bar" in node.classes:
                assert node.attributes["role"] == "img"
                assert re.fullmatch(r"[1-9].* of 3 items", node.attributes["aria-label"])
            if "tlb-dot" in node.classes:
                assert node.attributes["aria-hidden"] == "true"
            if "tlb-box" in node.classes:
                assert (node.attributes["role"], node.attributes["tabindex"]) == ("region", "0")
                assert node.attributes["aria-label"]


def running(**fields: typing.Any) -> Card:
    now = datetime.datetime.now(datetime.timezone.utc)
    told = {
        "batch_id": "6b" * 12,
        "status": "processing",
        "total_items": 10,
        "ready_items": 5,
        "created_at": now - HOUR,
        "expires_at": now + 23 * HOUR,
    }
    return show(Batch.model_construct(**{**told, **fields}))


def test_how_long_a_batch_takes() -> None:
    now = datetime.datetime.now(datetime.timezone.utc)
    assert "elapsed 1 h left about 1 h expires" in running().words
    assert "left" not in running(ready_items=0).words
    # An emulator's clock may be anywhere.
    for odd in ({"expires_at": now - HOUR}, {"created_at": now + HOUR}, {"created_at": None}):
        assert "elapsed" not in running(**odd).words
    ended = {"status": "completed", "created_at": now - 30 * HOUR, "completed_at": now - 2.5 * HOUR}
    assert running(**ended).words.count("took 1 d 3 h") == 1
    assert "took 45 s" in running(**{**ended, "completed_at": now - 30 * HOUR + HOUR / 80}).words
    assert "took 0.4 s" in running(**{**ended, "completed_at": now - 30 * HOUR + HOUR / 9000}).words


def test_formulas_are_left_alone() -> None:
    (card,) = running(model_name="$x$").nodes("tlb-card")
    assert {"tex2jax_ignore", "mathjax_ignore"} <= card.classes


def test_webhooks_of_a_batch() -> None:
    hooks = [
        tb.AnalyzeTaskWebhookInfo(url="https://a.example", delivered=delivered, attempts=1)
        for delivered in (True, False, True)
    ]
    assert "webhooks 2 of 3 delivered" in running(webhooks=hooks).words
    assert "webhooks" not in running(webhooks=[]).words


def test_words_of_tomorrow_and_counts_that_do_not_add_up() -> None:
    card = running(status="pausing", total_items=3, ready_items=7, failed_items=-2, canceled_items=True)
    assert card.text("tlb-status") == ["pausing"]
    assert [part["style"] for part in card.inside("tlb-bar")] == ["width:100.00%"]
    assert "7 ready, 0 failed, 100 % of 3 items" in card.words


def test_reports_of_checks(face: Face) -> None:
    client: typing.Any = face.client
    requests = [item(1, custom_id="a b"), item(2, custom_id="x"), item(3, custom_id="x")]
    report = check(client, requests)
    card = show(report)
    assert card.table()[0] == ["where", "kind", "what"]
    assert [line[:2] for line in card.table()[1:]] == [[each.path, "violation"] for each in report.violations]
    assert "The platform would refuse it: 2 violations" in card.words
    assert card.words.endswith("Next: report.raise_for_violations()")
    fine = show(check(client, [item(2, custom_id="x")]))
    assert "Nothing was found that the platform would refuse." in fine.words
    assert fine.nodes("tlb-table") == []


def check(client: typing.Any, requests: typing.Any) -> tb.CheckReport:
    report = client.check(
        model_name="pegasus1.5", analysis_mode="general", requests=requests, defaults=PROMPT
    )
    return typing.cast("tb.CheckReport", run(report) if isinstance(client, tb.AsyncBatchesClient) else report)


def test_rows_that_cannot_be_read() -> None:
    row = tb.MalformedRow(row=7, offset=12_345, reason="no JSON", raw=b'{"task_id" \xff')
    card = show(row)
    assert "row 7, at byte 12,345" in card.words
    assert card.text("tlb-note") == ["no JSON"]
    assert card.text("tlb-text") == ['{"task_id" \\xff']
    mixed = show(tb.ResultList([row]))
    assert "1 malformed" in mixed.words
    assert mixed.text("tlb-note") == ["1 row could not be read: results.malformed"]
    skipped = show(tb.segments_of([row]))
    assert skipped.table()[1][0] == "row 7"


def test_the_key_is_in_no_card(make_face: MakeFace) -> None:
    with tb.Emulator(speed=0, api_key="tlk_very_secret") as platform:
        face = make_face(platform)
        created = submit(face)
        platform.advance(hours=1)
        for thing in (created, face.list(), face.retrieve(created.batch_id), *face.rows(created.batch_id)):
            assert "tlk_very_secret" not in (thing._repr_html_() or "tlk_very_secret")
