"""Model classes as Python objects."""

import copy
import datetime
import inspect
import pickle
import typing

import pytest

import twelvelabs_batches as tb

# Takes what the models do not.
loose: typing.Any = tb

VIDEO = tb.BatchVideoContext(type="asset_id", asset_id="a")


def full_request() -> tb.BatchItemRequest:
    return tb.BatchItemRequest(
        video=VIDEO,
        custom_id="c",
        prompt=tb.BatchPrompt(
            input_text="Find <@logo>",
            media_sources=[tb.SmeMediaSource(name="logo", media_type="image", base_64_string="aGk=")],
        ),
        temperature=1,
        max_tokens=512,
    )


def test_values_are_stored_as_their_types() -> None:
    request = full_request()
    assert isinstance(request.temperature, float)
    assert request.prompt is not None
    assert request.prompt.media_sources is not None
    assert request.prompt.media_sources[0].base_64_string == "aGk="
    assert request.prompt is request.prompt
    assert request.video is VIDEO
    assert request.response_format is None


def test_wire_names_are_accepted_and_written() -> None:
    source = loose.SmeMediaSource(name="n", media_type="image", base64_string="aGk=")
    assert source.base_64_string == "aGk="
    assert source.dict() == {"name": "n", "media_type": "image", "base64_string": "aGk="}
    assert source.model_dump()["base_64_string"] == "aGk="
    assert tb.SmeMediaSource(**source.dict()) == source == tb.SmeMediaSource(**source.model_dump())


def test_dumps() -> None:
    request = tb.BatchItemRequest(video=VIDEO, custom_id=None)
    assert request.dict() == {"video": {"type": "asset_id", "asset_id": "a"}, "custom_id": None}
    assert set(request.model_dump()) == set(tb.BatchItemRequest.__match_args__)
    assert tb.BatchItemRequest(**full_request().dict()) == full_request()


def test_models_are_frozen() -> None:
    video: typing.Any = VIDEO
    with pytest.raises(AttributeError):
        video.asset_id = "b"
    with pytest.raises(AttributeError):
        video.other = 1


def test_equality_and_hash() -> None:
    one, other = (
        tb.BatchItemRequest(video=VIDEO),
        tb.BatchItemRequest(video={"type": "asset_id", "asset_id": "a"}, custom_id=None),
    )
    assert one == other
    assert hash(one) == hash(other)
    assert one != tb.BatchItemRequest(video=VIDEO, custom_id="x")
    assert one != VIDEO
    assert one != {"video": VIDEO}
    assert len({one, other}) == 1
    with pytest.raises(TypeError):
        hash(full_request())


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_copies_and_pickles(protocol: int) -> None:
    request = full_request()
    for twin in (pickle.loads(pickle.dumps(request, protocol)), copy.copy(request), copy.deepcopy(request)):
        assert twin == request
        assert twin.dict() == request.dict()
    response = tb.BatchItemError(message="m", hint={"a": 1})
    assert pickle.loads(pickle.dumps(response, protocol)).hint == {"a": 1}


def test_representation_is_for_people() -> None:
    assert repr(tb.BatchItemRequest(video=VIDEO, start_time=1)) == (
        "BatchItemRequest(video=BatchVideoContext(type='asset_id', asset_id='a'), start_time=1.0)"
    )
    long = repr(tb.BatchItemError(message="x" * 10_000, note=1))
    assert len(long) < 300
    assert long.endswith("…, note=1)")


def test_pattern_matching() -> None:
    match tb.BatchItemError(code="asset_unavailable", message="m"):
        case tb.BatchItemError("asset_unavailable", message):
            assert message == "m"
        case _:
            pytest.fail("no match")


def test_signatures_can_be_inspected() -> None:
    signature = inspect.signature(tb.BatchPrompt)
    assert list(signature.parameters) == ["input_text", "media_sources"]
    assert signature.parameters["input_text"].default is inspect.Parameter.empty
    assert signature.parameters["media_sources"].default is None


def test_times_are_aware() -> None:
    moment = datetime.datetime(2026, 11, 1, 2, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
    given: typing.Any
    for given in (moment, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00.000000Z"):
        response = tb.CreateAnalyzeBatchResponse(
            batch_id="b", status="pending", total_items=0, created_at=given, expires_at=given, items=[]
        )
        assert response.created_at == moment
        assert response.created_at.tzinfo is not None


def test_responses_keep_unknown_fields() -> None:
    row: typing.Any = tb.BatchResultItem(task_id="t", status="ready", mood="good")
    assert row.mood == "good"
    assert row.dict()["mood"] == "good"
    assert row != tb.BatchResultItem(task_id="t", status="ready", mood="bad")
    with pytest.raises(AttributeError, match='has no attribute "task_ids"; did you mean "task_id"'):
        _ = row.task_ids


@pytest.mark.parametrize(
    ("make", "kind", "told"),
    [
        (lambda: loose.BatchPrompt(), tb.ValidationError, "input_text: BatchPrompt needs a `input_text`"),
        (
            lambda: loose.BatchPrompt(input_text=1),
            tb.ValidationError,
            "input_text: a str is expected, not int",
        ),
        (
            lambda: loose.BatchPrompt(input_text="x", media_source=[]),
            tb.UnknownFieldError,
            'did you mean "media_sources"?',
        ),
        (
            lambda: loose.BatchPrompt(input_text="x", zebra=1),
            tb.UnknownFieldError,
            "allowed are input_text, media_sources",
        ),
        (
            lambda: loose.BatchPrompt(input_text="x", media_sources="abc"),
            tb.ValidationError,
            "a list is expected, not str",
        ),
        (
            lambda: loose.BatchDefaults(max_tokens=1.5),
            tb.ValidationError,
            "max_tokens: an int is expected, not float",
        ),
        (
            lambda: loose.BatchDefaults(max_tokens=True),
            tb.ValidationError,
            "max_tokens: an int is expected, not bool",
        ),
        (lambda: loose.BatchDefaults(max_tokens=10**30), tb.ValidationError, "too large"),
        (
            lambda: loose.BatchDefaults(temperature="0.2"),
            tb.ValidationError,
            "temperature: a number is expected, not str",
        ),
        (
            lambda: loose.AsyncResponseFormat(type="json_schema", json_schema=[1]),
            tb.ValidationError,
            "json_schema: a dict is expected, not list",
        ),
    ],
)
def test_what_does_not_fit_is_told(
    make: typing.Callable[[], object], kind: type[tb.ValidationError], told: str
) -> None:
    with pytest.raises(kind) as caught:
        make()
    assert told in str(caught.value)
    assert isinstance(caught.value, ValueError)


def test_everything_that_does_not_fit_is_told_at_once() -> None:
    with pytest.raises(tb.ValidationError) as caught:
        loose.BatchItemRequest(video={"type": 1, "asset": "x"}, max_tokens="5")
    told = str(caught.value)
    assert caught.value.path == "video.type"
    for place in ("video.type: ", "video.asset: ", "max_tokens: "):
        assert place in told
    with pytest.raises(tb.ValidationError, match=r"^video.asset_id: BatchVideoContext needs a `asset_id`$"):
        loose.BatchItemRequest(video={"type": "asset_id"})
    with pytest.raises(tb.ValidationError) as caught:
        loose.BatchPrompt(input_text="x", media_sources=[{"name": number} for number in range(20)])
    assert "media_sources[0].name" in str(caught.value)
    assert "and 30 more" in str(caught.value)
    with pytest.raises(tb.UnknownFieldError):
        loose.BatchPrompt(input_text="x", medias=[], texts="")
