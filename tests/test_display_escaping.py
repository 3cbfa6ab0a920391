"""Whatever objects hold, cards show it as text, and as much as is good."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

import twelvelabs_batches as tb
from reading import Card, show
from twelvelabs_batches._display import html, render

NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style></pre></code></div><b>",
    "<a href='javascript:alert(1)'>",
    "<!-- ]]> <?php ?> &lt;i&gt;",
    "\u202egnp.exe\u2066",
    "\x1b[31m\x00\x07\x9b",
    "\ud800 half",
    "$x^2$ `code` [link](https://example.com)",
)
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.sampled_from([*NASTY, 10**30, -(10**400), float("inf"), "processing", "ready", "length"]),
)
OTHERS = st.one_of(
    st.datetimes(timezones=st.just(datetime.timezone.utc)), st.sampled_from([b"\xff", object()])
)


def nested(leaves: st.SearchStrategy[typing.Any]) -> st.SearchStrategy[typing.Any]:
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=9), inner, max_size=4)
        ),
        max_leaves=8,
    )


JSON = nested(PLAIN)
ANY = nested(st.one_of(PLAIN, OTHERS))


def made(
    kind: typing.Any, others: st.SearchStrategy[typing.Any] = ANY, **fields: st.SearchStrategy[typing.Any]
) -> st.SearchStrategy[typing.Any]:
    """Objects of a class made without looking at their fields; some lack some."""
    wanted = {name: fields.get(name, others) for name in kind.model_construct().model_dump()}
    return st.fixed_dictionaries({}, optional=wanted).map(lambda given: kind.model_construct(**given))


TEXTS = JSON.map(lambda value: json.dumps(value))


def analyses(values: st.SearchStrategy[typing.Any]) -> st.SearchStrategy[typing.Any]:
    usages = st.one_of(values, made(tb.AnalyzeTaskResultUsage, values))
    return made(tb.AnalyzeTaskResult, values, data=st.one_of(values, TEXTS), usage=usages)


def items(values: st.SearchStrategy[typing.Any]) -> st.SearchStrategy[typing.Any]:
    errors = st.one_of(values, made(tb.BatchItemError, values))
    return made(tb.BatchResultItem, values, data=st.one_of(values, analyses(values)), error=errors)


BATCHES = made(
    tb.AnalyzeBatchStatusResponse,
    webhooks=st.one_of(ANY, st.lists(made(tb.AnalyzeTaskWebhookInfo), max_size=3)),
)
CREATED = made(
    tb.CreateAnalyzeBatchResponse, items=st.one_of(ANY, st.lists(made(tb.CreatedBatchItem), max_size=3))
)
TASKS = made(
    tb.AnalyzeTaskResponse,
    result=st.one_of(ANY, analyses(ANY)),
    error=st.one_of(ANY, made(tb.AnalyzeTaskError)),
    video_source=st.one_of(ANY, made(tb.AnalyzeTaskResponseVideoSource)),
)
ASSETS = made(tb.AssetDetail, error=st.one_of(ANY, made(tb.AssetError)))
ROWS = st.builds(
    tb.MalformedRow,
    row=st.integers(0, 2**63),
    offset=st.integers(0, 2**63),
    reason=st.text(st.characters(codec="utf-8")),
    raw=st.binary(max_size=50),
)
LISTS = st.lists(st.one_of(items(JSON), ROWS), max_size=4)


@given(st.one_of(BATCHES, CREATED, TASKS, ASSETS, items(ANY), analyses(ANY), ROWS))
def test_whatever_a_field_holds_it_is_shown(thing: typing.Any) -> None:
    # `html` would give nothing where this fails.
    shown = render(thing)
    assert shown is not None
    assert shown == html(thing) == thing._repr_html_()
    assert len(Card(shown).nodes("tlb-card")) == 1
    shown.encode()


@given(LISTS)
def test_whatever_items_hold_lists_and_tables_are_shown(things: list[typing.Any]) -> None:
    hashable = [
        each
        for each in things
        if isinstance(each, tb.MalformedRow)
        or all(isinstance(word, (str, type(None))) for word in (each.status, each.task_id))
    ]
    for shown in (render(tb.ResultList(hashable)), render(tb.segments_of(hashable))):
        Card(typing.cast("str", shown))


def item(text: typing.Any, **fields: typing.Any) -> tb.BatchResultItem:
    data = {"data": text, "finish_reason": "stop", "generation_id": "g", "usage": {"output_tokens": 1}}
    return tb.BatchResultItem.model_validate(
        {"task_id": "6b" * 12, "custom_id": "v", "status": "ready", "data": data, **fields}
    )


@pytest.mark.parametrize("nasty", NASTY)
def test_markup_is_text_wherever_it_stands(nasty: str) -> None:
    segments = {nasty: [{"start_time": 1, "end_time": 2, "metadata": {nasty: nasty, "more": [nasty]}}]}
    things: list[typing.Any] = [
        item(nasty),
        item(json.dumps({"answer": nasty})),
        item(json.dumps(segments)),
        item("", custom_id=nasty, task_id=nasty, status=nasty),
        item(None, data=None, error={"code": nasty, "message": nasty}),
        tb.AnalyzeTaskResponse.model_construct(
            task_id=nasty, batch_id=nasty, status=nasty, error=tb.AnalyzeTaskError(code=nasty, message=nasty)
        ),
        tb.AssetDetail.model_construct(id=nasty, status=nasty, filename=nasty, file_type=nasty),
        tb.ResultList([item(nasty, custom_id=nasty, status=nasty)]),
        tb.segments_of([item(json.dumps(segments), custom_id=nasty), item(nasty, task_id=nasty)]),
        tb.CreateAnalyzeBatchResponse.model_construct(
            batch_id=nasty, status=nasty, items=[tb.CreatedBatchItem(task_id=nasty, custom_id=nasty)]
        ),
        tb.AnalyzeBatchStatusResponse.model_construct(
            batch_id=nasty, status=nasty, model_name=nasty, analysis_mode=nasty
        ),
    ]
    for thing in things:
        card = show(thing)
        plain = card.root.text
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", plain)
        for node in card.root.walk():
            assert re.fullmatch(r"(width:\d+\.\d\d%)?", node.attributes.get("style", ""))
            for value in node.attributes.values():
                assert "alert" not in value or node.classes == {"tlb-bar"}


def test_texts_come_out_as_they_are() -> None:
    told = "a <b> & \"c\" 'd' &amp; \u05d0\u200f e\u0301 \U0001f468\u200d\U0001f469 \\u202e\ttab\nline"
    assert show(item(told)).text("tlb-text") == [told]
    assert show(item("a\r\nb\rc\u202ed\ud83d")).text("tlb-text") == ["a\nb\nc\\u202ed\\ud83d"]


def test_answers_are_shown_as_what_they_are() -> None:
    indented = show(item('{"b": [1, {"a": "\\u00e9"}]}'))
    assert indented.text("tlb-json") == ['{\n  "b": [\n    1,\n    {\n      "a": "é"\n    }\n  ]\n}']
    assert show(item('```json\n{"a": 1}\n```')).text("tlb-json") == ['{\n  "a": 1\n}']
    for text in ('{"a": 1', '{"a": 1, "a": 2}', "[" * 100_000, '"a"', "5", "null"):
        assert show(item(text)).text("tlb-text")[0] == text[:6000]
    assert "The answer is empty." in show(item("")).words
    assert "The answer tells of no segment." in show(item('{"scene": []}')).words
    digits = "[" + "7" * 5000 + "]"
    assert show(item(digits)).text("tlb-text")[0].strip("[]\n ") == "7" * 5000
    assert show(item({"a": 1})).text("tlb-json") == ['{\n  "a": 1\n}']
    assert show(item("", data={"data": "t"})).text("tlb-json") == ['{\n  "data": "t"\n}']
    assert show(item("", data="text")).text("tlb-text") == ["text"]


def test_a_cut_answer_says_so() -> None:
    cut = {"generation_id": "g", "data": "It beg", "finish_reason": "length", "usage": {"output_tokens": 512}}
    cut_item = item("", data=cut)
    assert show(cut_item).text("tlb-note") == ["The answer was cut at max_tokens: it is not whole."]
    assert show(cut_item.data).text("tlb-note") == ["The answer was cut at max_tokens: it is not whole."]
    assert show(tb.ResultList([cut_item])).table()[1] == ["v", "ready", "It beg (cut)", "512"]
    assert show(item("whole")).nodes("tlb-note") == []


def test_times_of_segments() -> None:
    starts = [0, 59.96, 3599.99, 3600.0, 86_400.5, -1]
    segments = [{"start_time": start, "end_time": start, "metadata": None} for start in starts]
    table = show(item(json.dumps({"scene": segments}))).table()
    assert [line[1] for line in table[1:]] == [
        "0:00:00.0",
        "0:01:00.0",
        "1:00:00.0",
        "1:00:00.0",
        "24:00:00.5",
        "-1.0",
    ]


@pytest.mark.parametrize(
    "text", ["x" * 400_000, "<" * 400_000, json.dumps(["&" * 40] * 9000), "\x00" * 400_000]
)
def test_long_answers_are_cut_with_what_is_left_out(text: str) -> None:
    card = show(item(text))
    (shown,) = card.text("tlb-text")
    told = re.search(r"and ([\d,]+) more characters( of JSON)?: item\.data\.data", card.words)
    assert told is not None
    if not told[2]:
        assert int(told[1].replace(",", "")) == 400_000 - 6000
    assert len(shown) <= 6 * 6000
    assert len(item(text)._repr_html_() or "") < 60_000
    assert len(tb.ResultList([item(text)] * 1000)._repr_html_() or "") < 60_000


def test_large_tables_are_cut() -> None:
    fields = {f"field-{number}": "word " * 100 for number in range(20)}
    segments = [{"start_time": 1, "end_time": 2, "metadata": fields}] * 3000
    film = item(json.dumps({"scene": segments}))
    card = show(film)
    assert len(card.table()) == 51
    assert "and 2,950 more segments: item.data.segments()" in card.words
    assert "and 12 more fields: segment.metadata" in card.words
    assert max(len(cell) for line in card.table() for cell in line) == 160
    assert "and 2,950 more segments: table.to_pandas()" in show(tb.segments_of([film])).words
    created = tb.CreateAnalyzeBatchResponse.model_construct(items=[tb.CreatedBatchItem(task_id="t")] * 1000)
    assert "and 990 more items" in show(created).words
    row = tb.MalformedRow(row=1, offset=0, reason="r" * 9000, raw=b"\xff" * 9000)
    assert "and 7,000 more bytes: row.raw" in show(row).words
    assert len(row._repr_html_() or "") < 20_000


def test_what_is_not_known_is_not_shown() -> None:
    class Stranger:
        pass

    assert html(Stranger()) is None
    assert html(None) is None
    namesake = type("ResultList", (), {})
    assert html(namesake()) is None


def test_objects_that_fail_are_not_errors() -> None:
    class Unwilling(str):
        __slots__ = ()

        def __len__(self) -> int:
            raise RuntimeError

    class Silent:
        def __str__(self) -> str:
            raise RuntimeError

        __repr__ = __str__

    batch = tb.AnalyzeBatchStatusResponse.model_construct(
        batch_id=Silent(), status=Silent(), model_name=Unwilling("m")
    )
    assert "(Silent)" in show(batch).words
    broken = tb.ResultList()
    broken._items = None  # type: ignore[assignment]
    assert broken._repr_html_() is None


def test_displaying_loads_nothing_before_it_is_needed() -> None:
    script = "import sys, twelvelabs_batches; print('twelvelabs_batches._display' in sys.modules, 'html' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]
