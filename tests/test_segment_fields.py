"""Segment definitions made from types."""

import datetime
import typing

import pydantic
import pytest

import twelvelabs_batches as tb
from faces import Face
from films import Scene, Shot, StructScene, answers, check, refusal

TIME_FORMATS = ["seconds", "hh:mm:ss", "hh:mm:ss.fff"]


def test_odd_arguments_are_told() -> None:
    odd: typing.Any = 5
    assert refusal(lambda: tb.segment_definition_of(Shot, description=odd)).path == "description"
    assert refusal(lambda: tb.segment_definition_of(Shot, id=odd)).path == "id"
    assert refusal(lambda: tb.segment_definition_of(Shot, time_ranges=odd)).path == "time_ranges"
    assert refusal(lambda: tb.segment_definition_of(Shot, time_format=odd)).path
    with pytest.raises(tb.ValidationError, match="a type is expected"):
        tb.segment_fields_of({"a": 1})


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
