"""Arguments of `create` that do not fit, through both faces."""

import typing

import pytest

import twelvelabs_batches as tb
from faces import PROMPT, MakeFace, SyncFace, item, submit
from servers import ScriptedServer
from twelvelabs_batches.types import BatchItemRequestParams


@pytest.mark.parametrize(
    ("arguments", "kind", "path", "told"),
    [
        (
            {"requests": [item(1), item(2, custom_idd="x")]},
            tb.UnknownFieldError,
            "requests[1].custom_idd",
            'did you mean "custom_id"?',
        ),
        (
            {"requests": [{"video": {"type": "asset_id"}}]},
            tb.ValidationError,
            "requests[0].video.asset_id",
            "needs a `asset_id`",
        ),
        (
            {"requests": [item(1, start_time="soon")]},
            tb.ValidationError,
            "requests[0].start_time",
            "a number is expected, not str",
        ),
        (
            {"requests": [item(1, temperature=float("inf"))]},
            tb.ValidationError,
            "requests[0].temperature",
            "finite",
        ),
        (
            {"requests": [item(1, custom_id="\ud800")]},
            tb.ValidationError,
            "requests[0].custom_id",
            "surrogate",
        ),
        ({"requests": "abc"}, tb.ValidationError, "requests", "a list is expected, not str"),
        (
            {"requests": [7]},
            tb.ValidationError,
            "requests[0]",
            "a BatchItemRequest or a dict like it is expected, not int",
        ),
        (
            {"defaults": {"prompt": "Sum up"}},
            tb.ValidationError,
            "defaults.prompt",
            "a BatchPrompt or a dict like it is expected, not str",
        ),
        (
            {"defaults": {"response_format": 5}},
            tb.ValidationError,
            "defaults.response_format",
            "an AsyncResponseFormat or a dict like it is expected, not int",
        ),
        (
            {"defaults": {"response_format": int}},
            tb.ValidationError,
            "defaults.response_format",
            "response_format_of(int) makes one of it",
        ),
        ({"defaults": {"promt": {}}}, tb.UnknownFieldError, "defaults.promt", 'did you mean "prompt"?'),
        (
            {"defaults": {"response_format": {"type": "json_schema", "json_schema": {"a": float("nan")}}}},
            tb.ValidationError,
            "defaults.response_format.json_schema.a",
            "NaN",
        ),
        ({"analysis_mode": 1}, tb.ValidationError, "analysis_mode", "a str is expected, not int"),
        (
            {"analysis_mode": "segments"},
            tb.ValidationError,
            "analysis_mode",
            '`general` and `time_based_metadata` are allowed, not "segments"',
        ),
        (
            {"model_name": "pegasus1.2"},
            tb.ValidationError,
            "model_name",
            '`pegasus1.5` is the only model of batches, not "pegasus1.2"',
        ),
        ({"requests": []}, tb.ValidationError, "requests", "1 to 1,000 items are allowed, not 0"),
        (
            {"requests": [item(n) for n in range(1001)]},
            tb.ValidationError,
            "requests",
            "1 to 1,000 items are allowed, not 1001",
        ),
        (
            {"requests": [item(1, temperature=99)]},
            tb.ValidationError,
            "requests[0].temperature",
            "0 to 1 is allowed",
        ),
        (
            {"defaults": {**PROMPT, "temperature": -0.1}},
            tb.ValidationError,
            "defaults.temperature",
            "0 to 1 is allowed",
        ),
        (
            {"requests": [item(1, custom_id="")]},
            tb.ValidationError,
            "requests[0].custom_id",
            "1 to 64 characters are allowed, not ",
        ),
        ({"requests": [item(1, custom_id="a b")]}, tb.ValidationError, "requests[0].custom_id", 'not "a b"'),
        (
            {"requests": [item(1, custom_id="a" * 65)]},
            tb.ValidationError,
            "requests[0].custom_id",
            "1 to 64 characters are allowed, not ",
        ),
        (
            {"requests": [item(1, start_time=9, end_time=3)]},
            tb.ValidationError,
            "requests[0].end_time",
            "start_time is 9, and end_time is 3",
        ),
        (
            {"requests": [item(1, end_time=3)], "defaults": {**PROMPT, "start_time": 5}},
            tb.ValidationError,
            "requests[0].end_time",
            "defaults.start_time is 5, and end_time is 3",
        ),
    ],
)
def test_arguments_that_do_not_fit_are_refused_before_sending(
    make_face: MakeFace,
    server: ScriptedServer,
    arguments: dict[str, typing.Any],
    kind: type[tb.ValidationError],
    path: str,
    told: str,
) -> None:
    call = {
        "model_name": "pegasus1.5",
        "analysis_mode": "general",
        "requests": [item(1)],
        "defaults": PROMPT,
        **arguments,
    }
    with pytest.raises(kind) as caught:
        make_face(server).create(**call)
    assert caught.value.path == path
    assert told in str(caught.value)
    assert server.received == []


def test_all_mistakes_are_told_at_once(make_face: MakeFace, server: ScriptedServer) -> None:
    wrong = [item(n, temperature=7, custom_id="") for n in range(30)]
    with pytest.raises(tb.ValidationError) as caught:
        make_face(server).create(model_name="p", analysis_mode="general", requests=wrong, defaults=PROMPT)
    assert caught.value.path == "model_name"
    assert "requests[3].temperature: 0 to 1 is allowed, not 7" in str(caught.value)
    assert str(caught.value).endswith("and 51 more")


def endless() -> dict[str, typing.Any]:
    contained: dict[str, typing.Any] = {}
    contained["again"] = contained
    return contained


def broken() -> typing.Iterator[BatchItemRequestParams]:
    yield item(1)
    raise KeyError("mine")


class Unwilling:
    def __iter__(self) -> typing.Iterator[BatchItemRequestParams]:
        raise OSError("mine")


@pytest.mark.parametrize(
    ("schema", "where"),
    [
        (endless(), r"(\.again)+…: it is nested more than 128 levels deep, or contains itself"),
        ({"a": {1: 2}}, r"\.a: a str as a name is expected, not int"),
        ({"a": object()}, r"\.a: a JSON value is expected, not object"),
        ({"a": 2**64}, r"\.a: the number is too large: 64 bits are allowed"),
    ],
    ids=["endless", "key", "object", "number"],
)
def test_a_schema_that_is_no_json_is_refused(
    make_face: MakeFace, server: ScriptedServer, schema: dict[str, typing.Any], where: str
) -> None:
    with pytest.raises(tb.ValidationError, match=f"^json_schema{where}"):
        tb.AsyncResponseFormat(type="json_schema", json_schema=schema)
    asked = {"type": "json_schema", "json_schema": schema}
    with pytest.raises(tb.ValidationError, match=r"^defaults\.response_format\.json_schema[.]\w+"):
        submit(make_face(server), defaults={**PROMPT, "response_format": asked})
    assert server.received == []


@pytest.mark.parametrize(("requests", "kind"), [(broken(), KeyError), (Unwilling(), OSError)])
def test_what_an_iterable_raises_is_raised(
    server: ScriptedServer, requests: typing.Any, kind: type[Exception]
) -> None:
    with pytest.raises(kind, match="mine"):
        SyncFace(server).create(model_name="pegasus1.5", analysis_mode="general", requests=requests)
    assert server.received == []


def test_a_list_that_contains_itself_is_refused(make_face: MakeFace, server: ScriptedServer) -> None:
    prompt = tb.BatchPrompt(input_text="x", media_sources=[])
    loose: typing.Any = prompt
    loose.media_sources.append(loose.media_sources)
    with pytest.raises(tb.ValidationError, match=r"defaults\.prompt\.media_sources\[0\]: a SmeMediaSource"):
        submit(make_face(server), defaults={"prompt": prompt})
    with pytest.raises(RecursionError):
        prompt.dict()
