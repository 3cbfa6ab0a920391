"""Models that answers are asked for by, as users would write them."""

import dataclasses
import datetime
import decimal
import enum
import typing
import uuid

import attrs
import msgspec
import pydantic
import pytest
import typing_extensions

from faces import Face, item
from twelvelabs_batches import (
    AsyncResponseFormat,
    BatchesClient,
    BatchResultItem,
    CheckReport,
    Emulator,
    SchemaError,
)

Described = typing.Annotated[str, pydantic.Field(description="In a few words.")]


class Mood(enum.Enum):
    """The mood of a scene."""

    CALM = "calm"
    TENSE = "tense"
    JOYFUL = "joyful"


class Person(pydantic.BaseModel):
    """Somebody who is seen."""

    model_config = pydantic.ConfigDict(extra="forbid")

    name: Described
    age: typing.Optional[int] = pydantic.Field(None, ge=0, le=120, description="In years, as far as seen.")


class Scene(pydantic.BaseModel):
    """A part of the film in one place."""

    title: Described
    start: datetime.timedelta = pydantic.Field(description="Where it starts.")
    mood: Mood
    people: typing.List[Person] = []
    tags: typing.Set[str] = set()


class Advert(pydantic.BaseModel):
    kind: typing.Literal["advert"]
    brand: str


class Trailer(pydantic.BaseModel):
    kind: typing.Literal["trailer"]
    weeks: int = pydantic.Field(gt=0, lt=53)


class Comment(pydantic.BaseModel):
    text: str
    answers: typing.List["Comment"] = []


class Film(pydantic.BaseModel):
    """What a film is about."""

    title: str = pydantic.Field(description="The title.", pattern="^[A-Z][a-z]{2,8}$", examples=["Heat"])
    rating: int = pydantic.Field(ge=1, le=5, description="From 1, bad, to 5, good.")
    score: float = 0.5
    share: typing.Optional[decimal.Decimal] = None
    language: typing.Literal["de", "en", "fr"]
    released: typing.Optional[datetime.date] = None
    made_at: datetime.datetime
    number: uuid.UUID
    peak: typing.Optional[datetime.timedelta] = pydantic.Field(None, description="The most telling moment.")
    scenes: typing.List[Scene] = pydantic.Field(min_length=1)
    before: typing.Annotated[typing.Union[Advert, Trailer], pydantic.Field(discriminator="kind")]
    comments: typing.List[Comment] = []


class Shot(pydantic.BaseModel):
    """A camera shot that is not cut."""

    place: Described
    people: int = pydantic.Field(description="How many people are seen.")
    brightness: float = pydantic.Field(description="From 0 to 1.")
    is_indoor: bool = pydantic.Field(description="Whether it is inside.")
    mood: Mood
    distance: typing.Optional[typing.Literal["near", "far"]] = pydantic.Field(None, description="How far.")
    objects: typing.List[str] = pydantic.Field(description="What is seen.")
    peak: datetime.timedelta = pydantic.Field(description="The best moment.")


@dataclasses.dataclass
class PlainScene:
    """A scene, without a library."""

    title: str
    mood: Mood
    start: typing.Optional[datetime.timedelta] = None


@dataclasses.dataclass
class PlainFilm:
    title: str
    language: typing.Literal["de", "en"]
    made_at: datetime.datetime
    scenes: typing.List[PlainScene]
    ratings: typing.Dict[str, typing.Union[int, None]] = dataclasses.field(default_factory=dict)


class StructScene(msgspec.Struct):
    """A scene, as a struct."""

    title: typing.Annotated[str, msgspec.Meta(description="In a few words.")]
    start: typing.Annotated[datetime.timedelta, msgspec.Meta(description="Where it starts.")]
    rating: typing.Annotated[int, msgspec.Meta(ge=1, le=5, description="From 1 to 5.")]
    mood: Mood


class StructFilm(msgspec.Struct):
    title: str
    scenes: typing.List[StructScene]
    language: typing.Optional[str] = None


@attrs.frozen
class AttrsScene:
    title: str
    rating: int
    mood: Mood


class DictScene(typing.TypedDict):
    title: str
    rating: int


class NewDictScene(typing_extensions.TypedDict):
    title: str
    mood: Mood


def answers(
    platform: Emulator,
    face: Face,
    response_format: AsyncResponseFormat,
    count: int = 4,
    **settings: typing.Any,
) -> typing.List[BatchResultItem]:
    """Asks for answers in a format, about as many videos, and waits for them."""
    is_general = response_format.type == "json_schema"
    prompt = {"prompt": {"input_text": "Describe the film."}} if is_general else {}
    defaults: typing.Any = {"response_format": response_format, **prompt, **settings}
    batch = face.create(
        model_name="pegasus1.5",
        analysis_mode="general" if is_general else "time_based_metadata",
        requests=[item(number, custom_id=f"v-{number}") for number in range(count)],
        defaults=defaults,
    )
    platform.advance(hours=3)
    return face.rows(batch.batch_id)


def ready_item(text: typing.Any, finish_reason: str = "stop", **fields: typing.Any) -> BatchResultItem:
    """An item with that answer."""
    usage = {"output_tokens": 1}
    data = {"generation_id": "g", "data": text, "finish_reason": finish_reason, "usage": usage}
    row = {"task_id": "t-1", "custom_id": "v-1", "status": "ready", "data": data, **fields}
    return BatchResultItem.model_validate(row)


def check(response_format: AsyncResponseFormat, mode: str = "general") -> CheckReport:
    prompt = {"prompt": {"input_text": "x"}} if mode == "general" else {}
    defaults: typing.Any = {"response_format": response_format, **prompt}
    with BatchesClient("key") as client:
        return client.check(
            model_name="pegasus1.5", analysis_mode=mode, requests=[item(1)], defaults=defaults
        )


def refusal(call: typing.Callable[[], object]) -> SchemaError:
    with pytest.raises(SchemaError) as caught:
        call()
    return caught.value
