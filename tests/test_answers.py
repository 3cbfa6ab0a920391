"""Answers as data."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import json
import pickle
import typing

import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

import twelvelabs_batches as tb
from faces import item, submit
from films import (
    AttrsScene,
    DictScene,
    Film,
    Mood,
    NewDictScene,
    PlainFilm,
    PlainScene,
    StructFilm,
    answers,
    ready_item,
)
from test_odd_arguments import VALUES

if typing.TYPE_CHECKING:
    from faces import Face

Json = typing.Any
JSON: st.SearchStrategy[Json] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4)),
    max_leaves=12,
)


def failure(
    kind: type[tb.AnswerError], text: typing.Any, model: typing.Any = None, reason: str = "stop"
) -> typing.Any:
    row = ready_item(text, reason)
    with pytest.raises(tb.AnswerError) as caught:
        row.parse(model)
    assert type(caught.value) is kind, caught.value
    assert (caught.value.task_id, caught.value.custom_id) == ("t-1", "v-1")
    assert caught.value.text == text
    assert "item 'v-1'" in str(caught.value)
    return caught.value


@given(value=JSON, ascii=st.booleans())
def test_json_comes_out_as_it_went_in(value: Json, ascii: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii)
    row = ready_item(text)
    for told in (text, f"\n {text} \n", f"```json\n{text}\n```", f"\ufeff```\r\n{text}\r\n```\n"):
        assert ready_item(told).parse() == value
    assert row.data is not None
    assert row.data.parse() == value
    if isinstance(value, (dict, list)):
        assert ready_item(text, "length").parse() == value


def test_numbers_keep_their_digits() -> None:
    assert ready_item("[123456789012345678901234567890, 0.1, -0, 1E2]").parse() == [
        123456789012345678901234567890,
        0.1,
        0,
        100.0,
    ]


@pytest.mark.parametrize(
    ("text", "reason", "position"),
    [
        ("", "it is empty", 0),
        (" \n", "it is empty", 0),
        ("A quiet film.", "Expecting value", 0),
        ('{"a": 1,}', "", 8),
        ("{'a': 1}", "Expecting property name", 1),
        ('{"a": 1} {"a": 2}', "Extra data", 9),
        ('{"a": "x\ny"}', "Invalid control character", 8),
        ('{"a": 1', "Expecting ',' delimiter", 7),
        ("  [1, 2 3]", "Expecting ',' delimiter", 8),
        ('```json\n{"a" 1}\n```', "Expecting ':' delimiter", 13),
        ('Here it is:\n```json\n{"a": 1}\n```', "text with a code block in it", 0),
        ('```python\n{"a": 1}\n```', "text with a code block in it", 0),
        ("[NaN]", "NaN is no JSON number", None),
        ("[-Infinity]", "-Infinity is no JSON number", None),
        ("[1e999]", "1e999 is too large", None),
        ('{"a": 1, "b": {"c": 1, "c": 2}}', "has the name 'c' twice", None),
        (r'"\ud83d"', "half of a surrogate pair", None),
        (r'{"\udc00": 1}', "half of a surrogate pair", None),
        ("[" * 100_000, "nested too deep", None),
        ("9" * 5_000, "5000 digits", None),
    ],
    ids=range(20),
)
def test_what_is_no_json_is_told(text: str, reason: str, position: int | None) -> None:
    error = failure(tb.InvalidAnswerError, text)
    assert reason in error.reason
    if text != '{"a": 1,}':
        # Where that shows differs between versions of Python.
        assert error.position == position
    assert len(str(error)) < 300
    assert " at at " not in str(error)
    if position:
        assert text[position : position + 5] in error.excerpt


def test_a_name_that_comes_twice_is_soon_found() -> None:
    names = ", ".join(f'"k{number}": 1' for number in range(200_000))
    error = failure(tb.InvalidAnswerError, f'{{{names}, "k199999": 2}}')
    assert error.reason == "an object has the name 'k199999' twice"


def test_pairs_of_surrogates_and_other_escapes_are_read() -> None:
    assert ready_item(r'["\ud83d\ude00", "\\ud83d", "\u2028"]').parse() == ["😀", "\\ud83d", "\u2028"]


@pytest.mark.parametrize("text", ['{"a": [1, 2', '```json\n{"a": 1', '"abc', "", "12", "1.5", "tr"])
def test_cut_answers_are_told(text: str) -> None:
    error = failure(tb.CutAnswerError, text, reason="length")
    assert error.excerpt == text
    assert "max_tokens" in str(error)
    failure(tb.CutAnswerError, text, dict, "length")


@pytest.mark.parametrize("text", ["{}", "[1]", '"abc"', "true", "null"])
def test_what_is_whole_although_it_was_cut_is_read(text: str) -> None:
    assert ready_item(text, "length").parse() == json.loads(text)


def test_an_answer_cut_by_the_platform_is_told(face: Face, platform: tb.Emulator) -> None:
    class Long(pydantic.BaseModel):
        title: str
        text: str = pydantic.Field(pattern="^é{3000}$")

    rows = answers(platform, face, tb.response_format_of(Long), max_tokens=512)
    for row in rows:
        with pytest.raises(tb.CutAnswerError) as caught:
            row.parse(Long)
        assert row.data is not None
        assert caught.value.text == row.data.data
        assert (caught.value.task_id, caught.value.custom_id) == (row.task_id, row.custom_id)
        assert caught.value.text.endswith(caught.value.excerpt.removeprefix("…"))


def test_tasks_have_answers_too(platform: tb.Emulator) -> None:
    with tb.TwelveLabs(api_key=platform.api_key, base_url=platform.base_url) as client:
        face = client.analyze_async.batches
        batch = face.create(
            model_name="pegasus1.5",
            analysis_mode="general",
            requests=[item(1)],
            defaults={"prompt": {"input_text": "x"}, "response_format": tb.response_format_of(Film)},
        )
        platform.advance(hours=1)
        task = client.analyze_async.tasks.retrieve(batch.items[0].task_id)
        assert task.result is not None
        assert isinstance(task.result.parse(Film), Film)


def test_prose_is_no_json(face: Face, platform: tb.Emulator) -> None:
    batch = submit(face)
    platform.advance(hours=1)
    for row in face.rows(batch.batch_id):
        with pytest.raises(tb.InvalidAnswerError):
            row.parse()


def test_items_without_an_answer_tell_why(face: Face, platform: tb.Emulator) -> None:
    platform.add_asset("f" * 24, analysis_error="it is dark")
    batch = submit(face, requests=[item(1), item(int("f" * 24, 16), custom_id="dark")])
    for row in face.rows(batch.batch_id):
        with pytest.raises(tb.NoAnswerError, match=f"the item is {row.status}"):
            row.segments()
    platform.advance(hours=1)
    (failed,) = [row for row in face.rows(batch.batch_id) if row.status == "failed"]
    assert failed.error is not None
    with pytest.raises(tb.NoAnswerError) as caught:
        failed.parse(Film)
    error = caught.value
    assert (error.status, error.code, error.custom_id) == ("failed", failed.error.code, "dark")
    assert failed.error.message in str(error)
    assert "item 'dark'" in str(error)
    assert error.text == ""


def test_answers_that_deviate_are_read_as_far_as_they_go() -> None:
    assert ready_item({"a": ["ü"]}).parse() == {"a": ["ü"]}
    for odd in (ready_item(None), ready_item("x", data=None), ready_item("x", data="text")):
        with pytest.raises(tb.NoAnswerError):
            odd.parse()


SCENE = {"title": "Rain", "mood": "calm"}


@pytest.mark.parametrize(
    ("model", "value", "made"),
    [
        (PlainScene, SCENE, PlainScene("Rain", Mood.CALM)),
        (
            PlainFilm,
            {
                "title": "T",
                "language": "de",
                "made_at": "2026-11-25T03:00:00Z",
                "scenes": [{**SCENE, "start": 3.5}],
                "ratings": {"a": 1, "b": None},
            },
            PlainFilm(
                "T",
                "de",
                datetime.datetime(2026, 11, 25, 3, tzinfo=datetime.timezone.utc),
                [PlainScene("Rain", Mood.CALM, datetime.timedelta(seconds=3.5))],
                {"a": 1, "b": None},
            ),
        ),
        (AttrsScene, {**SCENE, "rating": 3}, AttrsScene("Rain", 3, Mood.CALM)),
        (DictScene, {"title": "T", "rating": 1}, {"title": "T", "rating": 1}),
        (NewDictScene, SCENE, {"title": "Rain", "mood": Mood.CALM}),
        (StructFilm, {"title": "T", "scenes": []}, StructFilm("T", [])),
        (typing.List[PlainScene], [SCENE], [PlainScene("Rain", Mood.CALM)]),
        (typing.List[AttrsScene], [{**SCENE, "rating": 3}], [AttrsScene("Rain", 3, Mood.CALM)]),
        (typing.Optional[PlainScene], None, None),
        (typing.Dict[int, str], {"1": "x"}, {1: "x"}),
        (typing.Annotated[int, pydantic.Field(ge=3)], 3, 3),
        (dict, {"a": 1}, {"a": 1}),
    ],
    ids=str,
)
def test_answers_become_objects(model: typing.Any, value: Json, made: typing.Any) -> None:
    row = ready_item(json.dumps(value))
    assert row.parse(model) == made
    assert type(row.parse(model)) is type(made)
    assert row.data is not None
    assert row.data.parse(model=model) == made


def test_strict_models_take_json() -> None:
    class Strict(pydantic.BaseModel):
        model_config = pydantic.ConfigDict(strict=True)

        day: datetime.date
        pair: typing.Tuple[int, str]

    assert ready_item('{"day": "2026-11-25", "pair": [1, "x"]}').parse(Strict).pair == (1, "x")


@pytest.mark.parametrize("model", [PlainFilm, typing.List[PlainFilm]])
def test_every_mismatch_is_told_with_its_place(model: typing.Any) -> None:
    film = {
        "title": 1,
        "language": "fr",
        "scenes": [SCENE, {"title": "x", "mood": "sad"}],
        "ratings": {"a": "x"},
    }
    is_list = model is not PlainFilm
    error = failure(tb.AnswerMismatchError, json.dumps([film] if is_list else film), model)
    before = "[0]." if is_list else ""
    assert {each.path for each in error.mismatches} == {
        before + place for place in ("title", "language", "made_at", "scenes[1].mood", "ratings.a")
    }
    by_path = {each.path.removeprefix(before): each for each in error.mismatches}
    assert by_path["scenes[1].mood"].value == "sad"
    assert by_path["made_at"].rule == "missing"
    assert f"{before}title: " in str(error)
    assert isinstance(error.__cause__, pydantic.ValidationError)


def test_msgspec_tells_the_first_mismatch() -> None:
    scene = {"title": "x", "start": 1, "rating": 9, "mood": "calm"}
    error = failure(tb.AnswerMismatchError, json.dumps({"title": "T", "scenes": [scene]}), StructFilm)
    (mismatch,) = error.mismatches
    assert mismatch.path == "scenes[0].rating"
    assert "<= 5" in mismatch.message
    assert type(error.__cause__).__name__ == "ValidationError"


def test_many_mismatches_make_a_short_message() -> None:
    error = failure(tb.AnswerMismatchError, json.dumps(["x"] * 1000), typing.List[int])
    assert len(error.mismatches) == 1000
    assert str(error).endswith("and 990 more")


def test_errors_of_validators_that_cannot_be_pickled_do_not_stop_it() -> None:
    class Stubborn(ValueError):
        def __reduce__(self) -> typing.NoReturn:
            raise TypeError

    class Picky(pydantic.BaseModel):
        title: str

        @pydantic.field_validator("title")
        @classmethod
        def check(cls, _: str) -> str:
            raise Stubborn("never")

    error = failure(tb.AnswerMismatchError, '{"title": "x"}', Picky)
    twin = pickle.loads(pickle.dumps(error))
    assert twin.mismatches == error.mismatches
    assert copy.copy(error).text == error.text
    assert "never" in str(twin)


def test_what_other_code_raises_is_left_alone() -> None:
    class Broken(pydantic.BaseModel):
        title: str

        @pydantic.field_validator("title")
        @classmethod
        def check(cls, value: str) -> str:
            raise KeyError(value)

    with pytest.raises(KeyError):
        ready_item('{"title": "x"}').parse(Broken)


def test_answers_nested_deeper_than_the_library_reads_are_told() -> None:
    text = "[" * 300 + "]" * 300
    assert isinstance(ready_item(text).parse(), list)
    failure(tb.InvalidAnswerError, text, typing.List[typing.Any])


@given(model=VALUES)
def test_whatever_is_passed_as_a_model(model: typing.Any) -> None:
    try:
        ready_item("{}").parse(model)
    except tb.TwelveLabsError:
        pass


@pytest.mark.parametrize("model", ["Film", 5, object(), typing.List["Nowhere"], ...])  # type: ignore[name-defined] # noqa: F821
def test_what_is_no_type_is_told(model: typing.Any) -> None:
    with pytest.raises(tb.ValidationError, match=r"^model: a type is expected") as caught:
        ready_item("{}").parse(model)
    assert caught.value.path == "model"


@dataclasses.dataclass
class Sized:
    size: int


def test_an_item_and_its_analysis_agree() -> None:
    row = ready_item('{"size": "x"}')
    assert row.data is not None
    with pytest.raises(tb.AnswerMismatchError) as caught:
        row.data.parse(Sized)
    assert caught.value.task_id is None
    assert str(caught.value).startswith("the answer does not fit Sized: size: ")
