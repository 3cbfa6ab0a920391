"""Requests made of objects of other libraries, at any depth."""

from __future__ import annotations

import collections
import dataclasses
import enum
import json
import types
import typing
import uuid

import attrs
import msgspec
import pydantic
import pydantic.v1
import pytest
import twelvelabs

import twelvelabs_batches as tb
from servers import ScriptedServer, answer
from test_create import CREATED

if typing.TYPE_CHECKING:
    from faces import MakeFace

ASSET = "6a0000000000000000000001"
MEDIA = {"name": "logo", "media_type": "image", "base64_string": "aGk="}
WANTED: dict[str, typing.Any] = {
    "video": {"type": "asset_id", "asset_id": ASSET},
    "custom_id": "v-1",
    "prompt": {"input_text": "Find <@logo>.", "media_sources": [MEDIA]},
    "temperature": 0.5,
}


def vendor_item() -> typing.Any:
    return twelvelabs.BatchItemRequest(
        video=twelvelabs.BatchVideoContext(type="asset_id", asset_id=ASSET),
        custom_id="v-1",
        prompt=twelvelabs.BatchPrompt(
            input_text="Find <@logo>.",
            media_sources=[twelvelabs.SmeMediaSource(name="logo", media_type="image", base_64_string="aGk=")],
        ),
        temperature=0.5,
    )


class Kind(enum.Enum):
    ASSET = "asset_id"
    IMAGE = "image"


class Video(pydantic.BaseModel):
    """Its field has a name of its own, its alias is the platform's."""

    type: Kind = Kind.ASSET
    asset: str = pydantic.Field(alias="asset_id")
    note: typing.Optional[str] = None


class Media(pydantic.BaseModel):
    name: str
    media_type: typing.Literal["image"] = "image"
    image: str = pydantic.Field(serialization_alias="base64_string")


class Prompt(pydantic.BaseModel):
    """Its field has the platform's name, its alias is something else."""

    input_text: str = pydantic.Field(alias="inputText")
    media_sources: list[Media] = pydantic.Field(alias="mediaSources")


class Item(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="allow")
    video: Video
    custom_id: str
    prompt: Prompt


def pydantic_item() -> typing.Any:
    media = [Media(name="logo", image="aGk=")]
    prompt = Prompt(inputText="Find <@logo>.", mediaSources=media)
    return Item(video=Video(asset_id=ASSET), custom_id="v-1", prompt=prompt, temperature=0.5)  # type: ignore[call-arg]


class OldVideo(pydantic.v1.BaseModel):
    type: str
    asset: str = pydantic.v1.Field(alias="asset_id")


@dataclasses.dataclass
class DataMedia:
    name: str
    base_64_string: str
    media_type: str = "image"
    url: typing.Optional[str] = None


@dataclasses.dataclass
class DataPrompt:
    input_text: str
    media_sources: typing.List[DataMedia]
    count: typing.ClassVar[int] = 0


@dataclasses.dataclass(frozen=True)
class DataItem:
    video: typing.Any
    custom_id: str
    prompt: DataPrompt
    temperature: float


def dataclass_item() -> typing.Any:
    prompt = DataPrompt("Find <@logo>.", [DataMedia("logo", "aGk=")])
    return DataItem(OldVideo(type="asset_id", asset_id=ASSET), "v-1", prompt, 0.5)


@attrs.frozen
class AttrsVideo:
    type: str
    asset_id: str


class StructMedia(msgspec.Struct, rename={"image": "base64_string"}):
    name: str
    media_type: str
    image: str
    url: typing.Union[str, msgspec.UnsetType] = msgspec.UNSET


class StructPrompt(msgspec.Struct):
    input_text: str
    media_sources: typing.List[StructMedia]


def mixed_item() -> typing.Any:
    return types.MappingProxyType(
        collections.OrderedDict(
            video=AttrsVideo("asset_id", ASSET),
            custom_id="v-1",
            prompt=StructPrompt("Find <@logo>.", [StructMedia("logo", "image", "aGk=")]),
            temperature=0.5,
        )
    )


def our_item_around_others() -> typing.Any:
    loose: typing.Any = tb
    return loose.BatchItemRequest(
        video=AttrsVideo("asset_id", ASSET),
        custom_id="v-1",
        prompt=twelvelabs.BatchPrompt(
            input_text="Find <@logo>.", media_sources=[typing.cast("typing.Any", MEDIA)]
        ),
        temperature=0.5,
    )


def vendor_item_with_an_undeclared_name() -> typing.Any:
    item = vendor_item().dict()
    source = twelvelabs.SmeMediaSource(**MEDIA)
    item["prompt"] = twelvelabs.BatchPrompt(input_text="Find <@logo>.", media_sources=[source])
    return item


ITEMS: dict[str, typing.Callable[[], typing.Any]] = {
    "vendor": vendor_item,
    "vendor's dict": lambda: vendor_item().dict(),
    "vendor's dump": lambda: vendor_item().model_dump(),
    "vendor's extra": vendor_item_with_an_undeclared_name,
    "pydantic": pydantic_item,
    "dataclass": dataclass_item,
    "mixed": mixed_item,
    "ours around others": our_item_around_others,
}


@pytest.mark.parametrize("make", ITEMS.values(), ids=list(ITEMS))
def test_items_of_other_libraries_arrive(
    make_face: MakeFace, server: ScriptedServer, make: typing.Callable[[], typing.Any]
) -> None:
    server.plays(answer(201, CREATED))
    defaults: typing.Any = twelvelabs.BatchDefaults(max_tokens=1024)
    face = make_face(server)
    requests: typing.Any = (make() for _ in range(1))
    face.create(model_name="pegasus1.5", analysis_mode="general", defaults=defaults, requests=requests)
    sent = json.loads(server.received[0].body)
    assert sent["requests"] == [WANTED]
    assert sent["defaults"] == {"max_tokens": 1024}


def test_the_batch_of_such_items_is_made(face: typing.Any) -> None:
    requests = [make() for make in ITEMS.values()]
    renamed = [
        tb.BatchItemRequest.model_validate(item).model_copy(update={"custom_id": f"v-{n}"})
        for n, item in enumerate(requests)
    ]
    created = face.create(model_name="pegasus1.5", analysis_mode="general", requests=renamed)
    assert [item.custom_id for item in created.items] == [f"v-{n}" for n in range(len(requests))]


def test_schemas_made_of_other_objects() -> None:
    loose: typing.Any = tb

    @dataclasses.dataclass
    class Text:
        type: str = "string"

    class Name(pydantic.BaseModel):
        kind: str = pydantic.Field(default="string", serialization_alias="type")

    format = loose.AsyncResponseFormat(
        type="json_schema",
        json_schema={"type": "object", "properties": {"a": Text(), "b": Name(), "c": {"enum": [Kind.IMAGE]}}},
    )
    assert format.json_schema["properties"] == {
        "a": {"type": "string"},
        "b": {"type": "string"},
        "c": {"enum": ["image"]},
    }


def test_names_that_the_platform_does_not_have_are_told() -> None:
    class Video(pydantic.BaseModel):
        type: str = "asset_id"
        asset_id: str = "a"
        title: str = "Opening"

    with pytest.raises(
        tb.UnknownFieldError, match=r'video\.title: unknown field of BatchVideoContext "title"'
    ):
        tb.BatchItemRequest.model_validate({"video": Video()})


@pytest.mark.parametrize(
    "given",
    [5, "text", b"bytes", object(), DataItem, Item, Kind.ASSET, [1], lambda: None],
    ids=lambda given: type(given).__name__,
)
def test_what_is_no_item_is_refused(given: object) -> None:
    with pytest.raises(tb.ValidationError, match="a BatchItemRequest or a dict like it is expected"):
        tb.BatchItemRequest.model_validate(given)


def test_what_a_field_raises_is_raised() -> None:
    @attrs.frozen
    class Video:
        type: str
        asset_id: str

        def __getattribute__(self, name: str) -> typing.Any:
            if name == "asset_id":
                raise RuntimeError("gone")
            return super().__getattribute__(name)

    with pytest.raises(RuntimeError, match="gone"):
        tb.BatchItemRequest.model_validate({"video": Video("asset_id", ASSET)})


def test_enumerations_count_as_their_values(face: typing.Any) -> None:
    class Status(enum.Enum):
        COMPLETED = "completed"

    class Mode(str, enum.Enum):
        GENERAL = "general"

    created = face.create(model_name="pegasus1.5", analysis_mode=Mode.GENERAL, requests=[vendor_item()])
    assert [batch.batch_id for batch in face.list(analysis_mode=[Mode.GENERAL]).items] == [created.batch_id]
    assert face.list(status=Status.COMPLETED).items == []


def sent_by(model: object) -> typing.Any:
    """What an item made of an object is sent as."""
    return tb.BatchItemRequest.model_validate(model).dict()


def test_pydantic_models_are_read_as_they_dump_themselves() -> None:
    class Own(pydantic.BaseModel):
        video: typing.Any
        temperature: float = 0.5
        end_time: float = pydantic.Field(default=5.0, exclude=True)
        note: str = pydantic.Field(default="mine", exclude=True)

        @pydantic.computed_field  # type: ignore[prop-decorator]
        @property
        def custom_id(self) -> str:
            return "computed"

        @pydantic.field_serializer("temperature")
        def rounded(self, value: float) -> float:
            return round(value)

    video = {"type": "asset_id", "asset_id": ASSET}
    assert sent_by(Own(video=video, temperature=0.9)) == {
        "video": video,
        "temperature": 1.0,
        "custom_id": "computed",
    }

    class Whole(pydantic.BaseModel):
        number: int

        @pydantic.model_serializer
        def whole(self) -> dict[str, typing.Any]:
            return {"video": video, "custom_id": f"v-{self.number}"}

    assert sent_by(Whole(number=3)) == {"video": video, "custom_id": "v-3"}
    root = pydantic.RootModel[dict[str, typing.Any]]
    assert sent_by(root({"video": video, "custom_id": "x"})) == {"video": video, "custom_id": "x"}

    class Old(pydantic.v1.BaseModel):
        video: typing.Any
        note: str = pydantic.v1.Field(default="mine", exclude=True)

        class Config:
            extra = "allow"

    extra: dict[str, typing.Any] = {"temperature": 0.5, "custom_id": "me"}
    assert sent_by(Old(video=video, **extra)) == {
        "video": video,
        "temperature": 0.5,
        "custom_id": "me",
    }


def test_texts_and_numbers_of_other_types() -> None:
    class Number(enum.Enum):
        TOKENS = 512
        HALF = 0.5

    class Picture(pydantic.BaseModel):
        name: uuid.UUID
        media_type: str = "image"
        url: pydantic.HttpUrl

    loose: typing.Any = tb
    name = uuid.UUID(int=7)
    prompt = loose.BatchPrompt(
        input_text="x", media_sources=[Picture(name=name, url=pydantic.HttpUrl("https://x.test/a.png"))]
    )
    assert prompt.dict()["media_sources"] == [
        {"name": str(name), "media_type": "image", "url": "https://x.test/a.png"}
    ]
    defaults = loose.BatchDefaults(max_tokens=Number.TOKENS, temperature=Number.HALF)
    assert defaults.dict() == {"max_tokens": 512, "temperature": 0.5}
