"""What is checked before a batch is sent, through both faces.

Each rule by itself is tested in `tests/rust/validate_*.rs`.
"""

from __future__ import annotations

import itertools
import logging
import pickle
import sys
import typing

import pydantic
import pytest

import twelvelabs_batches as tb
from faces import PROMPT, AsyncFace, Face, MakeFace, item, run, submit
from servers import ScriptedServer, answer
from test_create import CREATED
from twelvelabs_batches import _native


def check(face: Face, **arguments: typing.Any) -> tb.CheckReport:
    """A report on two items in prose, unless arguments say otherwise."""
    given: dict[str, typing.Any] = {
        "model_name": "pegasus1.5",
        "analysis_mode": "general",
        "requests": [item(1), item(2)],
        "defaults": PROMPT,
        **arguments,
    }
    if isinstance(face, AsyncFace):
        return run(face.client.check(**given))
    assert isinstance(face.client, tb.BatchesClient)
    return face.client.check(**given)


def refusal(face: Face, **arguments: typing.Any) -> tb.ValidationError:
    with pytest.raises(tb.ValidationError) as caught:
        submit(face, **arguments)
    return caught.value


def test_all_mistakes_of_all_items_are_told_in_order(make_face: MakeFace, server: ScriptedServer) -> None:
    face = make_face(server)
    requests: list[typing.Any] = [
        item(1, custom_id="a b"),
        {"vido": {}},
        item(2, temperature="hot", custom_id="!"),
        item(3, end_time=-1, custom_id="x"),
        item(4, custom_id="x"),
        7,
    ]
    error = refusal(face, requests=requests, defaults={**PROMPT, "max_tokens": 1})
    assert [(each.path, each.rule) for each in error.violations] == [
        ("defaults.max_tokens", "max_tokens.range"),
        ("requests[0].custom_id", "custom_id.pattern"),
        ("requests[1].vido", "unknown_field"),
        ("requests[2].custom_id", "custom_id.pattern"),
        ("requests[2].temperature", "type"),
        ("requests[3].end_time", "window.negative"),
        ("requests[4].custom_id", "custom_id.unique"),
        ("requests[5]", "type"),
    ]
    assert error.path == "defaults.max_tokens"
    assert error.message == str(error.violations[0])
    lines = str(error).splitlines()
    assert lines[0] == "8 violations:"
    assert lines[1:] == [f"  {each}" for each in error.violations]
    assert server.received == []


def test_a_violation_says_what_where_and_why(face: Face) -> None:
    error = refusal(face, requests=[item(1, custom_id="a b")])
    (violation,) = error.violations
    assert violation.path == "requests[0].custom_id"
    assert violation.value == "a b"
    assert violation.rule == "custom_id.pattern"
    assert "letters" in violation.message
    assert violation.source.startswith("Batch analysis")
    assert str(error) == str(violation) == f"{violation.path}: {violation.message}"
    assert repr(violation).startswith("Violation(path='requests[0].custom_id', value='a b'")
    with pytest.raises(AttributeError):
        violation.path = ""  # type: ignore[misc]


def test_hints_are_apart_from_messages(face: Face) -> None:
    (violation,) = refusal(face, requests=[item(n) for n in range(1001)]).violations
    assert violation.hint == "put the items into several batches"
    assert violation.value == 1001
    assert violation.hint not in violation.message


@pytest.mark.skipif(sys.version_info < (3, 11), reason="exceptions have no notes")
def test_tracebacks_have_each_hint_once(face: Face) -> None:
    def notes(error: tb.ValidationError) -> list[str]:
        return list(getattr(error, "__notes__", []))

    many = refusal(face, requests=[item(n) for n in range(1001)])
    assert notes(many) == ["hint: put the items into several batches"]
    assert notes(pickle.loads(pickle.dumps(many))) == notes(many)

    class Review(pydantic.BaseModel):
        score: float = pydantic.Field(ge=0, le=1)
        title: str = pydantic.Field(max_length=9)

    with pytest.raises(tb.SchemaError) as caught:
        tb.response_format_of(Review)
    assert len(caught.value.violations) == 3
    (note,) = notes(caught.value)
    assert note.startswith("hint for Review.score and 2 more: ")
    assert "describe_constraints=True" in note
    assert "describe_constraints" not in str(caught.value)
    assert notes(refusal(face, requests="abc")) == []


def test_errors_of_single_arguments_have_one_violation(face: Face) -> None:
    with pytest.raises(tb.ValidationError) as caught:
        face.retrieve("not/an/identifier")
    (violation,) = caught.value.violations
    assert (violation.path, violation.rule) == ("batch_id", "argument")
    assert str(caught.value) == str(violation)
    with pytest.raises(tb.UnknownFieldError) as unknown:
        tb.BatchPrompt(input_text="x", media=[])  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    assert [each.rule for each in unknown.value.violations] == ["unknown_field"]


def test_a_misspelled_name_stays_an_unknown_field(face: Face) -> None:
    error = refusal(face, requests=[{"vido": {"type": "asset_id"}}])
    assert isinstance(error, tb.UnknownFieldError)
    assert isinstance(error, TypeError)


def test_errors_and_reports_survive_pickling(face: Face) -> None:
    error = refusal(face, requests=[item(1, temperature=7, custom_id="")])
    twin = pickle.loads(pickle.dumps(error))
    assert (str(twin), twin.path, twin.violations) == (str(error), error.path, error.violations)
    report = check(face, defaults={"temperature": 7})
    assert pickle.loads(pickle.dumps(report)) == report


def test_more_than_ten_are_counted(face: Face) -> None:
    error = refusal(face, requests=[item(n, temperature=7) for n in range(25)])
    assert len(error.violations) == 25
    lines = str(error).splitlines()
    assert len(lines) == 12
    assert lines[-1] == "  and 15 more"


def test_generators_are_read_once(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(201, CREATED))
    face = make_face(server)
    report = check(face, requests=(item(n, custom_id="same") for n in range(3)))
    assert [each.path for each in report.violations] == ["requests[1].custom_id", "requests[2].custom_id"]
    assert report.items == 3
    submit(face, requests=(item(n) for n in range(1)))
    assert len(server.received) == 1


def test_what_a_generator_raises_is_raised(face: Face) -> None:
    def failing() -> typing.Iterator[object]:
        yield 7
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        submit(face, requests=failing())
    with pytest.raises(KeyError, match="mine"):
        check(face, requests=failing())


@pytest.mark.parametrize("where", ["client", "call"])
def test_it_can_be_switched_off(make_face: MakeFace, server: ScriptedServer, where: str) -> None:
    server.plays(answer(201, CREATED))
    face = make_face(server, validate=where != "client")
    options = {"validate": False} if where == "call" else None
    submit(face, requests=[item(1, temperature=7)], request_options=options)
    assert b'"temperature":7' in server.received[0].body
    error = refusal(
        face, requests=[item(1, temperature="hot"), item(2, temperature=7)], request_options=options
    )
    assert [each.rule for each in error.violations] == ["type"]


def test_a_call_can_switch_it_on(make_face: MakeFace, server: ScriptedServer) -> None:
    face = make_face(server, validate=False)
    refusal(face, requests=[item(1, temperature=7)], request_options={"validate": True})
    assert server.received == []


@pytest.mark.parametrize("given", [1, "no", []])
def test_the_switch_is_a_bool(make_face: MakeFace, server: ScriptedServer, given: object) -> None:
    with pytest.raises(tb.ValidationError, match="validate: a bool is expected"):
        make_face(server, validate=given)
    with pytest.raises(tb.ValidationError, match=r"request_options\.validate: a bool is expected"):
        submit(make_face(server), request_options={"validate": given})


def test_check_sends_nothing_and_says_what_create_would(make_face: MakeFace, server: ScriptedServer) -> None:
    face = make_face(server)
    wrong: dict[str, typing.Any] = {"requests": [item(1, custom_id=""), 7], "defaults": None}
    report = check(face, **wrong)
    assert not report
    assert not report.ok
    with pytest.raises(tb.ValidationError) as told:
        report.raise_for_violations()
    error = refusal(face, **wrong)
    assert told.value.violations == error.violations == report.violations
    assert (type(told.value), str(told.value), told.value.path) == (type(error), str(error), error.path)
    assert told.value.message == error.message
    assert server.received == []


def test_a_clean_report(face: Face) -> None:
    report = check(face)
    assert report
    assert tuple(report) == (report.violations, report.warnings, report.items, report.hours, 2, None)
    assert repr(report) == "<CheckReport: 0 violations, 0 warnings, 2 items>"
    report.raise_for_violations()


def test_a_report_reads_well(face: Face) -> None:
    report = check(
        face,
        analysis_mode="generall",
        defaults={"prompt": {"input_text": " "}},
        durations={f"{1:024x}": 5400, f"{2:024x}": None},
    )
    assert repr(report) == "<CheckReport: 1 violation, 1 warning, 2 items, 1.5 hours (1 unknown)>"
    assert str(report).splitlines() == [
        "1 violation, 1 warning, 2 items, 1.5 hours (1 unknown)",
        "violations:",
        f"  {report.violations[0]}",
        "    hint: did you mean `general`?",
        "warnings:",
        f"  {report.warnings[0]}",
    ]


def test_lengths_are_held_against_the_videos(face: Face) -> None:
    asset = f"{1:024x}"
    report = check(face, requests=[item(1, end_time=100)], durations={asset: 99.5})
    assert [(each.path, each.rule) for each in report.warnings] == [
        ("requests[0].end_time", "window.beyond_video")
    ]
    many = check(face, requests=[item(1, end_time=60) for _ in range(501)], durations={asset: 14400})
    assert [each.rule for each in many.violations] == ["requests.hours"]
    assert many.hours == 2004


@pytest.mark.parametrize(
    ("durations", "path"),
    [(7, "durations"), ({"a": "x"}, "durations.a"), ({"a": -1}, "durations.a"), ({1: 1}, "durations")],
)
def test_lengths_that_do_not_fit(face: Face, durations: object, path: str) -> None:
    with pytest.raises(tb.ValidationError) as caught:
        check(face, durations=durations)
    assert caught.value.path == path


def test_what_a_body_parameter_replaces_is_not_checked(face: Face) -> None:
    options = {"additional_body_parameters": {"requests": [], "model_name": "x"}}
    assert check(face, requests=[], model_name="", request_options=options)


def test_warnings_are_logged_once_and_nothing_is_raised(
    make_face: MakeFace, server: ScriptedServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.plays(answer(201, CREATED))
    caplog.set_level(logging.WARNING, logger="twelvelabs_batches")
    submit(make_face(server), requests=[item(n, start_time=0, end_time=9000) for n in range(5)])
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert vars(record)["event"] == "validation"
    assert record.getMessage().startswith("5 warnings: requests[0].end_time: ")
    assert record.getMessage().endswith("and 2 more: `check` lists them")
    assert len(server.received) == 1


def test_the_warnings_of_a_refused_batch_go_with_the_error(face: Face) -> None:
    error = refusal(face, requests=[item(1, temperature=7, end_time=9000)])
    assert [each.rule for each in error.warnings] == ["window.longest"]


def test_rules_are_described() -> None:
    rules = _native.describe_rules()
    words = [word for word, *_ in rules]
    assert len(set(words)) == len(words) > 80
    assert all(allowed and source for _, _, allowed, source in rules)


def test_what_cannot_be_read_hides_nothing_else(face: Face) -> None:
    requests: list[typing.Any] = [
        item(1, custom_id="x", prompt={"input_text": 5}),
        item(2, custom_id="x", start_time="soon", end_time=3, temperature=99),
        {**item(3), "prompts": {}, "max_tokens": 1},
    ]
    report = check(face, requests=requests, defaults={"max_tokens": 3})
    assert [(each.path, each.rule) for each in report.violations] == [
        ("defaults.max_tokens", "max_tokens.range"),
        ("requests[0].prompt.input_text", "type"),
        ("requests[1].temperature", "temperature.range"),
        ("requests[1].custom_id", "custom_id.unique"),
        ("requests[1].start_time", "type"),
        ("requests[2].max_tokens", "max_tokens.range"),
        ("requests[2].prompts", "unknown_field"),
    ]
    # Nobody knows whether there is a prompt.
    report = check(face, defaults={"prompt": {"input_text": 5}, "max_tokens": 3})
    assert [(each.path, each.rule) for each in report.violations] == [
        ("defaults.max_tokens", "max_tokens.range"),
        ("defaults.prompt.input_text", "type"),
    ]


def test_an_endless_iterable_ends(face: Face) -> None:
    report = check(face, requests=itertools.repeat(item(1)))
    assert [(each.path, each.rule) for each in report.violations] == [("requests", "type")]
    assert "more than 100000" in report.violations[0].message


def test_large_names_and_texts_are_told_briefly(face: Face) -> None:
    media = [{"name": "b" * 1_000_000, "media_type": "image", "url": "https://x.test/a.png"}]
    text = f"<@{'a' * 1_000_000}>" + "<@c>" * 1_000_000
    report = check(
        face, defaults={"prompt": {"input_text": text, "media_sources": media}, "x" * 1_000_000: 1}
    )
    assert [each.rule for each in report.violations] == ["placeholder.unknown"] * 2 + ["unknown_field"]
    assert len(str(report)) < 5_000


def test_addresses_and_images_are_not_repeated(face: Face) -> None:
    image = "data:image/png;base64," + "QUJD" * 20
    media = [
        {"name": "a", "media_type": "image", "url": image},
        {"name": "b", "media_type": "image", "base64_string": image},
    ]
    report = check(face, defaults={"prompt": {"input_text": "<@a> <@b>", "media_sources": media}})
    assert [each.rule for each in report.violations] == ["media_sources.url", "media_sources.base64"]
    assert "QUJDQUJD" not in repr(report.violations)
    assert report.violations[1].hint == "give what is behind `base64,` alone"
