"""Response formats made from types."""

from __future__ import annotations

import datetime
import typing

import pydantic
import pytest

import twelvelabs_batches as tb
from films import (
    AttrsScene,
    Comment,
    DictScene,
    Film,
    Mood,
    NewDictScene,
    Person,
    PlainFilm,
    Scene,
    StructFilm,
    answers,
    check,
    refusal,
)

if typing.TYPE_CHECKING:
    from faces import Face

TIME_FORMATS = ["seconds", "hh:mm:ss", "hh:mm:ss.fff"]
TYPES: typing.List[typing.Any] = [
    Film,
    Comment,
    PlainFilm,
    StructFilm,
    AttrsScene,
    DictScene,
    NewDictScene,
    typing.List[Person],
    typing.Union[Person, Comment],
    typing.Annotated[Scene, pydantic.Field(description="x")],
]
# The others do not fit as they are.
ASKED = [model for model in TYPES if model is not PlainFilm]


def schema_of(model: typing.Any, **options: typing.Any) -> typing.Dict[str, typing.Any]:
    schema = tb.response_format_of(model, **options).json_schema
    assert schema is not None
    return schema


@pytest.mark.parametrize("time_format", TIME_FORMATS)
def test_a_film_comes_back_as_it_was_asked_for(face: Face, platform: tb.Emulator, time_format: str) -> None:
    response_format = tb.response_format_of(Film, time_format=time_format)
    assert check(response_format)
    assert not check(response_format).warnings
    rows = answers(platform, face, response_format, count=20)
    films = [row.parse(Film) for row in rows]
    assert len(films) == 20
    assert all(isinstance(scene.start, datetime.timedelta) for film in films for scene in film.scenes)
    assert {type(film.before).__name__ for film in films} == {"Advert", "Trailer"}
    assert any(film.peak is not None for film in films)
    assert any(film.comments for film in films)
    assert [film.model_dump(mode="json")["title"] for film in films] == [row.parse()["title"] for row in rows]


@pytest.mark.parametrize("model", ASKED, ids=str)
def test_every_kind_of_type_comes_back(face: Face, platform: tb.Emulator, model: typing.Any) -> None:
    response_format = tb.response_format_of(model)
    assert check(response_format)
    for row in answers(platform, face, response_format):
        assert row.data is not None
        assert row.parse(model) == row.data.parse(model)


def test_the_schema_says_what_counts_and_nothing_else() -> None:
    class Chapter(pydantic.BaseModel):
        """A chapter."""

        model_config = pydantic.ConfigDict(extra="forbid", title="Other")

        title: str = pydantic.Field("none", title="T", examples=["x"], deprecated=True, description="D.")
        default: typing.Set[int]
        start: typing.Optional[datetime.timedelta] = None
        mood: Mood

    assert schema_of(Chapter, time_format="hh:mm:ss") == {
        "description": "A chapter.",
        "type": "object",
        "properties": {
            "title": {"type": "string", "description": "D."},
            "default": {"type": "array", "items": {"type": "integer"}},
            "start": {"type": "timestamp", "format": "hh:mm:ss"},
            "mood": {"$ref": "#/$defs/Mood"},
        },
        "required": ["default", "mood"],
        "$defs": {
            "Mood": {
                "description": "The mood of a scene.",
                "enum": ["calm", "tense", "joyful"],
                "type": "string",
            }
        },
    }


def test_definitions_with_times_stand_where_they_are_used() -> None:
    schema = schema_of(Film)
    assert set(schema["$defs"]) == {"Mood", "Person", "Advert", "Trailer", "Comment"}
    elements = schema["properties"]["scenes"]["items"]
    assert elements["properties"]["start"] == {
        "description": "Where it starts.",
        "type": "timestamp",
        "format": "seconds",
    }
    assert schema["properties"]["before"] == {
        "anyOf": [{"$ref": "#/$defs/Advert"}, {"$ref": "#/$defs/Trailer"}]
    }


class Part(pydantic.BaseModel):
    start: datetime.timedelta
    parts: typing.List[Part] = []


class Unfit(pydantic.BaseModel):
    score: float = pydantic.Field(ge=0, le=1)
    scene: Scene
    grid: typing.List[typing.List[Scene]]
    start_time: bool
    ratings: typing.Dict[str, int]
    pair: typing.Tuple[int, str]
    title: str = pydantic.Field(max_length=50)
    address: pydantic.HttpUrl
    raw: bytes
    moment: typing.Optional[datetime.timedelta]
    even: int = pydantic.Field(multiple_of=2)


def test_all_that_does_not_fit_is_told_with_its_place_in_the_type() -> None:
    error = refusal(lambda: tb.response_format_of(Unfit))
    assert isinstance(error, tb.ValidationError)
    told = {(each.path, each.rule) for each in error.violations}
    assert told == {
        ("Unfit.score", "schema.keyword_type"),
        ("Unfit.scene.start", "schema.timestamp_place"),
        ("Unfit.grid[][].start", "schema.timestamp_place"),
        ("Unfit.start_time", "schema.boundary"),
        ("Unfit.ratings", "schema.unsupported_keyword"),
        ("Unfit.pair", "schema.unsupported_keyword"),
        ("Unfit.pair", "schema.min_items"),
        ("Unfit.title", "schema.unsupported_keyword"),
        ("Unfit.address", "schema.string_format"),
        ("Unfit.address", "schema.unsupported_keyword"),
        ("Unfit.raw", "schema.string_format"),
        ("Unfit.moment", "schema.timestamp_place"),
        ("Unfit.even", "schema.unsupported_keyword"),
    }
    message = next(each for each in error.violations if each.path == "Unfit.score")
    assert "`maximum` is for the type integer only" in str(message)
    assert message.hint is not None
    assert "describe_constraints=True" in message.hint
    hints = {each.path: each.hint or "" for each in error.violations if each.rule != "schema.min_items"}
    assert "a list of models" in hints["Unfit.ratings"]
    assert "number of seconds" in hints["Unfit.moment"]
    assert all(each.message for each in error.violations)


def test_definitions_that_share_others_cost_little() -> None:
    before: typing.Any = Scene
    for number in range(40):
        before = pydantic.create_model(f"Level{number}", left=(before, ...), right=(before, ...))
    error = refusal(lambda: tb.response_format_of(before))
    assert len(error.violations) < 10
    assert len(error.path) > 40 * len(".left")


def test_times_cannot_be_in_what_contains_itself() -> None:
    error = refusal(lambda: tb.response_format_of(Part))
    assert {each.rule for each in error.violations} == {"schema.timestamp_place"}
    assert {each.path for each in error.violations} == {"Part.parts[].parts[].start"}


def test_constraints_can_be_told_in_words() -> None:
    class Review(pydantic.BaseModel):
        score: float = pydantic.Field(ge=0, lt=1, description="How good it is.")
        title: str = pydantic.Field(min_length=1, max_length=50)
        tags: typing.List[str] = pydantic.Field(min_length=2, max_length=3)
        email: typing.Annotated[str, pydantic.Field(json_schema_extra={"format": "email"})]
        rating: int = pydantic.Field(ge=1, multiple_of=2)

    response_format = tb.response_format_of(Review, describe_constraints=True)
    assert check(response_format)
    schema = response_format.json_schema
    assert schema is not None
    assert schema["properties"] == {
        "score": {"type": "number", "description": "How good it is. Less than 1. At least 0."},
        "title": {"type": "string", "description": "At most 50 characters. At least 1 character."},
        "tags": {
            "type": "array",
            "items": {"type": "string"},
            "description": "At most 3 elements. At least 2 elements.",
        },
        "email": {"type": "string", "description": "Format: email."},
        "rating": {"type": "integer", "minimum": 1, "description": "A multiple of 2."},
    }
    left = refusal(lambda: tb.response_format_of(Unfit, describe_constraints=True))
    assert {each.path for each in left.violations} == {
        "Unfit.scene.start",
        "Unfit.grid[][].start",
        "Unfit.start_time",
        "Unfit.ratings",
        "Unfit.pair",
        "Unfit.moment",
    }


ODD_NAMES = ["a.b", "[0]", "0", "", 'x"y', "back\\slash", "é", "\x01", "minimum", "$defs"]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_are_found_again(name: str) -> None:
    bounded = typing.Annotated[float, pydantic.Field(ge=0, alias=name)]
    model = pydantic.create_model("Odd", field=bounded)
    error = refusal(lambda: tb.response_format_of(model))
    if name.isprintable():
        assert error.path == f"Odd.{name}"
        schema = schema_of(model, describe_constraints=True)
        assert schema["properties"][name] == {"type": "number", "description": "At least 0."}
    else:
        assert error.path == "Odd"


def test_what_has_no_schema_is_told() -> None:
    class Worker(pydantic.BaseModel):
        work: typing.Callable[[], None]

    error = refusal(lambda: tb.response_format_of(Worker))
    assert error.path == "Worker"
    assert "CallableSchema" in str(error)
    assert refusal(lambda: tb.response_format_of(list[object()])).violations  # type: ignore[misc]
    with pytest.raises(tb.ValidationError, match="a type is expected"):
        tb.response_format_of("Film")
    too_large = pydantic.create_model("TooLarge", count=(int, pydantic.Field(ge=2**70)))
    assert "64 bits" in str(refusal(lambda: tb.response_format_of(too_large)))


def test_msgspec_reads_times_in_seconds_only() -> None:
    error = refusal(lambda: tb.response_format_of(StructFilm, time_format="hh:mm:ss"))
    assert error.path == "StructFilm.scenes[].start"


def test_a_time_format_that_is_none_is_told() -> None:
    error = refusal(lambda: tb.response_format_of(Film, time_format="minutes"))
    assert error.violations[0].path == "Film.peak"
    assert "`hh:mm:ss`" in str(error)
