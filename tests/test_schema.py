"""Response formats made from types."""

from __future__ import annotations

import datetime
import json
import typing

import pydantic
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import twelvelabs_batches as tb
from faces import item
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
    Shot,
    StructFilm,
    StructScene,
    answers,
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


def check(response_format: tb.AsyncResponseFormat, mode: str = "general") -> tb.CheckReport:
    prompt = {"prompt": {"input_text": "x"}} if mode == "general" else {}
    defaults: typing.Any = {"response_format": response_format, **prompt}
    with tb.BatchesClient("key") as client:
        return client.check(
            model_name="pegasus1.5", analysis_mode=mode, requests=[item(1)], defaults=defaults
        )


def schema_of(model: typing.Any, **options: typing.Any) -> typing.Dict[str, typing.Any]:
    schema = tb.response_format_of(model, **options).json_schema
    assert schema is not None
    return schema


def refusal(call: typing.Callable[[], object]) -> tb.SchemaError:
    with pytest.raises(tb.SchemaError) as caught:
        call()
    return caught.value


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
        "title": {"type": "string", "description": "At most 50 characters. At least 1 characters."},
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


def test_odd_arguments_are_told() -> None:
    odd: typing.Any = 5
    assert refusal(lambda: tb.segment_definition_of(Shot, description=odd)).path == "description"
    assert refusal(lambda: tb.segment_definition_of(Shot, id=odd)).path == "id"
    assert refusal(lambda: tb.segment_definition_of(Shot, time_ranges=odd)).path == "time_ranges"
    assert refusal(lambda: tb.segment_definition_of(Shot, time_format=odd)).path
    with pytest.raises(tb.ValidationError, match="a type is expected"):
        tb.segment_fields_of({"a": 1})


def test_what_has_no_schema_is_told() -> None:
    class Worker(pydantic.BaseModel):
        work: typing.Callable[[], None]

    error = refusal(lambda: tb.response_format_of(Worker))
    assert error.path == "Worker"
    assert "CallableSchema" in str(error)
    assert refusal(lambda: tb.response_format_of(typing.List[object()])).violations  # type: ignore[misc]
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


@pytest.mark.parametrize("time_format", TIME_FORMATS)
def test_shots_come_back_as_they_were_asked_for(face: Face, platform: tb.Emulator, time_format: str) -> None:
    definition = tb.segment_definition_of(Shot, time_format=time_format)
    assert (definition.id, definition.description) == ("shot", "A camera shot that is not cut.")
    response_format = tb.AsyncResponseFormat(
        type="segment_definitions", segment_definitions=[definition], segment_time_format=time_format
    )
    assert check(response_format, "time_based_metadata")
    shots = [shot for row in answers(platform, face, response_format) for shot in row.segments(Shot)]
    assert len(shots) > 4
    assert all(isinstance(shot.metadata, Shot) and shot.duration > 0 for shot in shots)
    assert all(shot.start <= shot.metadata.peak.total_seconds() <= shot.end + 1 for shot in shots)


def test_fields_say_what_the_type_says() -> None:
    told = [field.dict() for field in tb.segment_fields_of(Shot, time_format="hh:mm:ss")]
    assert told == [
        {"name": "place", "type": "string", "description": "In a few words."},
        {"name": "people", "type": "integer", "description": "How many people are seen."},
        {"name": "brightness", "type": "number", "description": "From 0 to 1."},
        {"name": "is_indoor", "type": "boolean", "description": "Whether it is inside."},
        {
            "name": "mood",
            "type": "string",
            "description": "The mood of a scene.",
            "enum": ["calm", "tense", "joyful"],
        },
        {"name": "distance", "type": "string", "description": "How far.", "enum": ["near", "far"]},
        {"name": "objects", "type": "array", "description": "What is seen.", "items": {"type": "string"}},
        {"name": "peak", "type": "timestamp", "description": "The best moment.", "format": "hh:mm:ss"},
    ]


def test_structs_are_definitions_too(face: Face, platform: tb.Emulator) -> None:
    # Its rating has bounds, which fields of segments do not have.
    definition = tb.segment_definition_of(StructScene, describe_constraints=True)
    assert (definition.id, definition.description) == ("struct_scene", "A scene, as a struct.")
    assert definition.fields is not None
    assert definition.fields[2].description == "From 1 to 5. At least 1. At most 5."
    response_format = tb.AsyncResponseFormat(type="segment_definitions", segment_definitions=[definition])
    for row in answers(platform, face, response_format):
        for segment in row.segments():
            segment.metadata["rating"] = 3
            assert set(segment.metadata) == {"title", "start", "rating", "mood"}


class UnfitShot(pydantic.BaseModel):
    scene: Scene
    scenes: typing.List[Scene] = pydantic.Field(description="D.")
    grid: typing.List[typing.List[str]] = pydantic.Field(description="D.")
    nameless: str
    metadata: str = pydantic.Field(description="D.")
    score: float = pydantic.Field(ge=0, description="D.")
    level: typing.Literal[1, 2] = pydantic.Field(description="D.")
    either: typing.Union[int, str] = pydantic.Field(description="D.")
    anything: typing.Any = pydantic.Field(description="D.")
    day: datetime.date = pydantic.Field(description="D.")
    times: typing.List[datetime.timedelta] = pydantic.Field(description="D.")


def test_all_that_is_no_segment_field_is_told() -> None:
    error = refusal(lambda: tb.segment_definition_of(UnfitShot))
    assert {(each.path, each.rule) for each in error.violations} == {
        ("UnfitShot", "definition.description"),
        ("UnfitShot.scene", "fields.type"),
        ("UnfitShot.scenes[]", "items.type"),
        ("UnfitShot.grid[]", "items.type"),
        ("UnfitShot.nameless", "field.description"),
        ("UnfitShot.metadata", "fields.reserved"),
        ("UnfitShot.score", "field.constraint"),
        ("UnfitShot.level", "field.enum"),
        ("UnfitShot.either", "field.type"),
        ("UnfitShot.anything", "field.type"),
        ("UnfitShot.day", "field.constraint"),
        ("UnfitShot.times[]", "items.type"),
    }
    described = refusal(lambda: tb.segment_fields_of(UnfitShot, describe_constraints=True))
    assert not {each.path for each in described.violations} & {"UnfitShot.score", "UnfitShot.day"}
    assert refusal(lambda: tb.segment_fields_of(int)).path == "int"


def test_a_definition_has_at_most_twenty_fields() -> None:
    field = (str, pydantic.Field(description="D."))
    fields: typing.Dict[str, typing.Any] = {f"f{number}": field for number in range(20)}
    assert len(tb.segment_fields_of(pydantic.create_model("Wide", **fields))) == 20
    wider = pydantic.create_model("Wider", more=field, **fields)
    error = refusal(lambda: tb.segment_fields_of(wider))
    assert (error.path, error.violations[0].rule) == ("Wider", "fields.count")


def test_what_is_given_of_a_definition_counts() -> None:
    definition = tb.segment_definition_of(
        Shot,
        id="s",
        description="A shot like <@photo>.",
        time_ranges=[{"start_time": 0, "end_time": 9}],
        media_sources=[{"name": "photo", "media_type": "image", "url": "https://example.com/a.png"}],
    )
    assert (definition.id, definition.description) == ("s", "A shot like <@photo>.")
    assert definition.time_ranges == [tb.AnalyzeTimeRange(start_time=0, end_time=9)]
    error = refusal(lambda: tb.segment_definition_of(Shot, time_ranges=[{"start_time": 5, "end_time": 1}]))
    assert (error.path, error.violations[0].rule) == ("time_ranges[0].end_time", "time_ranges.order")


@pytest.mark.parametrize(
    ("name", "id"), [("GoalKick", "goal_kick"), ("HTTPError", "http_error"), ("A1", "a1"), ("_x", "_x")]
)
def test_names_of_types_become_words(name: str, id: str) -> None:
    model = pydantic.create_model(name, f=(str, pydantic.Field(description="D.")))
    assert tb.segment_definition_of(model, description="D.").id == id


SCALARS: st.SearchStrategy[typing.Any] = st.sampled_from(
    [
        str,
        int,
        float,
        bool,
        datetime.timedelta,
        datetime.date,
        datetime.datetime,
        Mood,
        Comment,
        Scene,
        typing.Literal["a", "b"],
        typing.Optional[typing.Literal[1, "x"]],
        typing.Any,
        typing.Dict[str, int],
        typing.Tuple[int, ...],
        typing.Annotated[int, pydantic.Field(gt=0, le=9)],
        typing.Annotated[float, pydantic.Field(gt=0)],
        typing.Annotated[str, pydantic.Field(max_length=3)],
    ]
)
ANNOTATIONS = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        inner.map(lambda each: typing.List[each]),  # type: ignore[valid-type]
        inner.map(lambda each: typing.Optional[each]),
        st.tuples(inner, inner).map(lambda pair: typing.Union[pair]),
    ),
    max_leaves=4,
)
NAMES = st.sampled_from(["title", "start_time", "type", "properties", "a_b", "metadata", "default", "items"])
MODELS = st.dictionaries(
    NAMES, st.tuples(ANNOTATIONS, st.sampled_from([..., None])), min_size=1, max_size=4
).map(lambda fields: pydantic.create_model("Random", **typing.cast("typing.Any", fields)))


def assert_told_of(model: typing.Any, error: tb.SchemaError) -> None:
    places = [model.__name__, *(f"{model.__name__}.{name}" for name in model.model_fields)]
    assert all(each.path.startswith(tuple(places)) and each.message for each in error.violations)


@pytest.fixture(scope="module")
def standing() -> typing.Iterator[tb.Emulator]:
    with tb.Emulator(speed=0, max_active_batches=100_000) as running:
        yield running


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(model=MODELS, constraints=st.booleans())
def test_a_random_type_is_taken_by_the_platform_or_refused_before(
    standing: tb.Emulator, model: typing.Any, constraints: bool
) -> None:
    try:
        response_format = tb.response_format_of(model, describe_constraints=constraints)
    except tb.SchemaError as refused:
        assert_told_of(model, refused)
        return
    assert check(response_format)
    defaults: typing.Any = {"prompt": {"input_text": "x"}, "response_format": response_format}
    with tb.BatchesClient(standing.api_key, base_url=standing.base_url, validate=False) as client:
        batch = client.create(
            model_name="pegasus1.5", analysis_mode="general", requests=[item(1)], defaults=defaults
        )
        standing.advance(hours=1)
        (row,) = client.results(batch.batch_id)
    # The platform writes whatever has that name as a time.
    if not constraints and "start_time" not in model.model_fields:
        assert isinstance(row.parse(model), model)
    json.dumps(row.parse())


@settings(max_examples=200, deadline=None)
@given(model=MODELS, constraints=st.booleans())
def test_a_random_type_is_a_definition_or_refused_before(model: typing.Any, constraints: bool) -> None:
    try:
        definition = tb.segment_definition_of(model, description="D.", describe_constraints=constraints)
    except tb.SchemaError as refused:
        assert_told_of(model, refused)
        return
    made = tb.AsyncResponseFormat(type="segment_definitions", segment_definitions=[definition])
    assert check(made, "time_based_metadata")
