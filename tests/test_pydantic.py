"""The models as types of pydantic and FastAPI."""

from __future__ import annotations

import json
import typing

import fastapi
import jsonschema  # type: ignore[import-untyped]
import pydantic
import pytest
from fastapi.testclient import TestClient

import twelvelabs_batches as tb
from faces import item, submit

if typing.TYPE_CHECKING:
    from faces import Face


class Job(pydantic.BaseModel):
    """A model with ours as fields."""

    name: str
    item: tb.BatchItemRequest
    batch: typing.Optional[tb.AnalyzeBatchStatusResponse] = None
    rows: typing.List[tb.BatchResultItem] = []
    by_id: typing.Dict[str, tb.CreatedBatchItem] = {}


def job(face: Face) -> Job:
    created = submit(face)
    return Job(
        name="night",
        item=tb.BatchItemRequest.model_validate(item(1, custom_id="v-1", temperature=1)),
        batch=face.retrieve(created.batch_id),
        rows=face.rows(created.batch_id),
        by_id={entry.task_id: entry for entry in created.items},
    )


def test_models_are_fields_of_pydantic_models(face: Face) -> None:
    made = job(face)
    assert isinstance(made.batch, tb.AnalyzeBatchStatusResponse)
    assert made.batch.total_items == 2
    assert made.model_dump()["item"]["temperature"] == 1.0
    assert made.model_dump(exclude={"item": {"video"}}, exclude_none=True)["item"] == {
        "custom_id": "v-1",
        "temperature": 1.0,
    }
    assert made.model_dump(include={"rows": {0: {"status"}}}) == {"rows": [{"status": "queued"}]}
    assert Job.model_validate(made.model_dump()) == made
    assert Job.model_validate_json(made.model_dump_json()) == made
    assert Job.model_validate_json(made.model_dump_json(by_alias=True, exclude_unset=True)) == made


def test_names_in_json_go_by_alias() -> None:
    source = tb.SmeMediaSource(name="n", media_type="image", base_64_string="aGk=")
    adapter = pydantic.TypeAdapter(tb.SmeMediaSource)
    assert adapter.dump_python(source, by_alias=True, exclude_none=True) == source.dict()
    assert adapter.dump_python(source) == source.model_dump()
    assert json.loads(adapter.dump_json(source)) == source.model_dump()
    assert adapter.validate_python(source) is source
    for given in (source.dict(), source.model_dump()):
        assert adapter.validate_python(given) == source


def test_what_does_not_fit_is_told_at_its_place() -> None:
    with pytest.raises(pydantic.ValidationError) as caught:
        Job.model_validate(
            {
                "name": "night",
                "item": {"video": {"type": "asset_id", "asset": "a"}, "max_tokens": "5"},
                "rows": [{"task_id": "t", "status": "ready"}, {"status": "ready"}],
            }
        )
    told = {error["loc"]: error["msg"] for error in caught.value.errors()}
    assert set(told) == {
        ("item", "video", "asset"),
        ("item", "max_tokens"),
        ("rows", 1, "task_id"),
    }
    assert told["item", "max_tokens"] == "an int is expected, not str"
    with pytest.raises(pydantic.ValidationError, match="a BatchItemRequest or a dict like it is expected"):
        Job.model_validate({"name": "night", "item": 5})


def test_what_is_wrong_is_not_repeated() -> None:
    item: typing.Any = {"video": {"type": "asset_id", "asset_id": "a"}, **{f"zz{n}": 1 for n in range(50)}}
    item["custom_id"] = ["x" * 100_000]
    with pytest.raises(pydantic.ValidationError) as caught:
        Job.model_validate({"name": "night", "item": item})
    assert len(caught.value.errors()) == 51
    assert len(caught.value.json()) < 40_000


def test_models_stand_for_anything(face: Face) -> None:
    class Loose(pydantic.BaseModel):
        value: typing.Any

    batch = face.retrieve(submit(face).batch_id)
    loose = Loose(value={"batch": batch, "prompt": [tb.BatchPrompt(input_text="x")]})
    plain = json.loads(loose.model_dump_json())["value"]
    assert plain["batch"] == batch.model_dump(mode="json")
    assert plain["prompt"] == [{"input_text": "x", "media_sources": None}]
    application = fastapi.FastAPI()

    @application.get("/")
    def get() -> typing.Dict[str, typing.Any]:
        return {"batch": batch}

    with TestClient(application) as client:
        assert client.get("/").json() == {"batch": batch.model_dump(mode="json")}


def test_answers_that_deviate_are_read_as_they_came() -> None:
    adapter = pydantic.TypeAdapter(tb.BatchResultItem)
    row = {"task_id": "t", "custom_id": None, "status": "new", "data": {"data": {"a": 1}}, "more": [1]}
    read = adapter.validate_python(row)
    assert read.dict() == row


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_json_schemas_refer_to_each_other(mode: typing.Literal["validation", "serialization"]) -> None:
    schema = Job.model_json_schema(mode=mode)
    assert schema["properties"]["item"] == {"$ref": "#/$defs/BatchItemRequest"}
    definitions = schema["$defs"]
    assert definitions["BatchItemRequest"]["properties"]["video"]["$ref"] == "#/$defs/BatchVideoContext"
    assert definitions["BatchItemRequest"]["required"] == ["video"]
    assert definitions["BatchItemRequest"]["additionalProperties"] is False
    assert definitions["AnalyzeBatchStatusResponse"]["additionalProperties"] is True
    assert "One analysis of one video" in definitions["BatchItemRequest"]["description"]
    assert definitions["BatchVideoContext"]["properties"]["asset_id"]["type"] == "string"
    assert "base64_string" in definitions["SmeMediaSource"]["properties"]


@pytest.mark.parametrize("name", [name for name, *_ in tb._native.describe_models()])
def test_every_model_has_a_schema(name: str) -> None:
    schema = getattr(tb, name).model_json_schema()
    assert schema["title"] == name
    jsonschema.Draft202012Validator.check_schema(schema)
    assert getattr(tb, name).model_json_schema(by_alias=False)["title"] == name


def test_schemas_fit_what_is_dumped(face: Face) -> None:
    created = submit(face)
    records: list[typing.Any] = [created, face.retrieve(created.batch_id), *face.rows(created.batch_id)]
    for record in records:
        dumped = record.model_dump(mode="json", by_alias=True)
        jsonschema.validate(dumped, type(record).model_json_schema(mode="serialization"))


def make_application(face: Face) -> fastapi.FastAPI:
    application = fastapi.FastAPI()

    @application.get("/batches/{batch_id}")
    def retrieve(batch_id: str) -> tb.AnalyzeBatchStatusResponse:
        return face.retrieve(batch_id)

    @application.get("/batches/{batch_id}/results", response_model_exclude_none=True)
    def results(batch_id: str) -> typing.List[tb.BatchResultItem]:
        return face.rows(batch_id)

    @application.post("/batches", status_code=201)
    def create(items: typing.List[tb.BatchItemRequest]) -> tb.CreateAnalyzeBatchResponse:
        return face.create(model_name="pegasus1.5", analysis_mode="general", requests=items)

    return application


def test_fastapi_takes_and_returns_models(face: Face) -> None:
    with TestClient(make_application(face)) as client:
        items = [item(n, custom_id=f"v-{n}", prompt={"input_text": "Sum up."}) for n in range(2)]
        made = client.post("/batches", json=items)
        assert made.status_code == 201
        batch_id = made.json()["batch_id"]
        assert [entry["custom_id"] for entry in made.json()["items"]] == ["v-0", "v-1"]
        batch = client.get(f"/batches/{batch_id}").json()
        assert batch == face.retrieve(batch_id).model_dump(mode="json")
        rows = client.get(f"/batches/{batch_id}/results").json()
        assert rows == [row.model_dump(exclude_none=True) for row in face.rows(batch_id)]
        refused = client.post("/batches", json=[{"video": {"type": "asset_id"}}])
        assert refused.status_code == 422
        assert refused.json()["detail"][0]["loc"] == ["body", 0, "video", "asset_id"]


def test_fastapi_describes_models(face: Face) -> None:
    described = make_application(face).openapi()
    schemas = described["components"]["schemas"]
    assert {"AnalyzeBatchStatusResponse", "BatchResultItem", "BatchItemRequest"} <= set(schemas)
    answer = described["paths"]["/batches/{batch_id}"]["get"]["responses"]["200"]
    assert answer["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/AnalyzeBatchStatusResponse"
    }
    assert schemas["AnalyzeBatchStatusResponse"]["properties"]["created_at"]["format"] == "date-time"
