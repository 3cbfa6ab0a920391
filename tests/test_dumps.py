"""Models as dicts and as JSON, beside those of the vendor's SDK."""

import copy
import datetime
import json
import pickle
import typing

import pytest
import twelvelabs

import twelvelabs_batches as tb
from servers import ScriptedServer, answer

loose: typing.Any = tb

MEDIA = {"name": "logo", "media_type": "image", "base64_string": "aGk="}
ITEM: dict[str, typing.Any] = {
    "video": {"type": "asset_id", "asset_id": "6a0000000000000000000001"},
    "custom_id": None,
    "prompt": {"input_text": "Find <@logo> — «ñ»\u2028", "media_sources": [MEDIA]},
    "response_format": {
        "type": "segment_definitions",
        "segment_definitions": [
            {
                "id": "scene",
                "description": "A scene",
                "fields": [{"name": "mood", "type": "string", "description": "Its mood", "enum": ["a", "b"]}],
                "time_ranges": [{"start_time": 0.0, "end_time": 2.5}, {"start_time": 3.0, "end_time": 9.0}],
            }
        ],
    },
    "temperature": 1.0,
    "max_tokens": 512,
}
BATCH: dict[str, typing.Any] = {
    "batch_id": "6b0000000000000000000001",
    "analysis_mode": "general",
    "model_name": "pegasus1.5",
    "status": "completed",
    "total_items": 3,
    "queued_items": 0,
    "processing_items": 0,
    "ready_items": 2,
    "failed_items": 1,
    "canceled_items": 0,
    "created_at": "2026-11-01T00:00:00Z",
    "expires_at": "2026-11-02T00:00:00.250Z",
    "completed_at": "2026-11-01T02:00:00.000001Z",
    "webhooks": [{"url": "https://x.test", "delivered": True, "attempts": 1, "secret": None}],
    "priority": {"level": 3, "note": None},
    "nothing": None,
}
ROW: dict[str, typing.Any] = {
    "task_id": "6c0000000000000000000001",
    "custom_id": None,
    "status": "ready",
    "data": {
        "generation_id": "g",
        "data": "text",
        "finish_reason": "stop",
        "usage": {"output_tokens": 9, "cached": 1},
    },
}
MODELS = {
    "BatchItemRequest": ITEM,
    "SmeMediaSource": MEDIA,
    "AnalyzeBatchStatusResponse": BATCH,
    "BatchResultItem": ROW,
    "BatchDefaults": {},
}
OPTIONS: dict[str, dict[str, typing.Any]] = {
    "nothing": {},
    "json": {"mode": "json"},
    "unset": {"exclude_unset": True},
    "none": {"exclude_none": True},
    "defaults": {"exclude_defaults": True},
    "both": {"exclude_unset": True, "exclude_none": True},
    "include": {"include": {"batch_id", "status", "video", "task_id", "name"}},
    "include deep": {
        "include": {
            "video": {"asset_id"},
            "webhooks": {0: {"url", "secret"}},
            "data": {"usage"},
            "response_format": {"segment_definitions": {"__all__": {"time_ranges": {1}}}},
            "priority": {"level"},
        }
    },
    "exclude": {"exclude": {"batch_id", "priority", "custom_id", "media_type"}},
    "exclude deep": {
        "exclude": {
            "webhooks": {"__all__": {"url": True}},
            "data": {"usage": ...},
            "video": True,
            "prompt": {"media_sources": {0}},
            "response_format": {"segment_definitions": {0: {"fields": {"__all__": {"enum"}}}}},
        }
    },
    "both ways": {"include": {"data", "webhooks", "prompt"}, "exclude": {"data": {"data"}}},
    "without effect": {"round_trip": True, "warnings": False, "context": {}},
}


def pair(name: str, fields: dict[str, typing.Any]) -> tuple[typing.Any, typing.Any]:
    """Our object and the vendor's, of the same fields by their names in Python."""
    fields = copy.deepcopy(fields)

    def rename(value: typing.Any) -> typing.Any:
        if isinstance(value, list):
            return [rename(element) for element in value]
        if isinstance(value, dict):
            return {{"base64_string": "base_64_string"}.get(key, key): rename(v) for key, v in value.items()}
        return value

    fields = rename(fields)
    return getattr(tb, name)(**fields), getattr(twelvelabs, name)(**fields)


@pytest.mark.parametrize("options", OPTIONS.values(), ids=list(OPTIONS))
@pytest.mark.parametrize("name", MODELS)
def test_dumps_are_those_of_the_vendors_models(name: str, options: dict[str, typing.Any]) -> None:
    ours, theirs = pair(name, MODELS[name])
    assert ours.model_dump(**options) == theirs.model_dump(**options)


@pytest.mark.parametrize("options", OPTIONS.values(), ids=list(OPTIONS))
@pytest.mark.parametrize("name", MODELS)
def test_json_is_the_dump_as_text(name: str, options: dict[str, typing.Any]) -> None:
    ours, theirs = pair(name, MODELS[name])
    assert json.loads(ours.model_dump_json()) == json.loads(theirs.model_dump_json())
    assert json.loads(ours.json()) == json.loads(theirs.json())
    # The vendor's models take no notice of options here.
    options = {key: value for key, value in options.items() if key != "mode"}
    dumped = ours.model_dump(mode="json", **options)
    assert ours.model_dump_json(**options) == json.dumps(dumped, ensure_ascii=False, separators=(",", ":"))
    assert ours.json(**options, indent=2) == json.dumps(dumped, ensure_ascii=False, indent=2)
    assert ours.model_dump_json(**options, ensure_ascii=True) == json.dumps(dumped, separators=(",", ":"))


@pytest.mark.parametrize("name", MODELS)
def test_dict_is_what_the_vendor_would_send(name: str) -> None:
    ours, theirs = pair(name, MODELS[name])
    assert ours.dict() == theirs.dict()
    assert getattr(tb, name)(**ours.dict()) == ours


@pytest.mark.parametrize("name", MODELS)
def test_what_was_set_is_remembered(name: str) -> None:
    ours, theirs = pair(name, MODELS[name])
    assert ours.model_fields_set == theirs.model_fields_set
    if name in {"AnalyzeBatchStatusResponse", "BatchResultItem"}:
        assert ours.model_extra == theirs.model_extra
    else:
        assert ours.model_extra is None
    unset, none = loose.BatchDefaults(), loose.BatchDefaults(prompt=None)
    assert unset == none
    assert unset.dict() == {}
    assert none.dict() == {"prompt": None}


@pytest.mark.parametrize("name", MODELS)
def test_objects_are_pairs_of_names_and_values(name: str) -> None:
    ours, theirs = pair(name, MODELS[name])
    assert sorted(key for key, _ in ours) == sorted(key for key, _ in theirs)
    assert {key: getattr(ours, key) for key in dict(ours)} == dict(ours)
    with pytest.raises(tb.ValidationError, match="a list is expected"):
        loose.BatchPrompt(input_text="x", media_sources=ours)


def test_copies() -> None:
    ours, theirs = pair("AnalyzeBatchStatusResponse", BATCH)
    update = {"status": "expired", "total_items": 4, "more": 1}
    assert ours.model_copy(update=update).model_dump() == theirs.model_copy(update=update).model_dump()
    assert ours.status == "completed"
    assert ours.model_copy() == ours
    assert ours.model_copy().webhooks is ours.webhooks
    deep = ours.model_copy(deep=True)
    assert deep == ours
    assert deep.webhooks is not ours.webhooks
    assert deep.priority is not ours.priority
    source = loose.SmeMediaSource(**MEDIA)
    assert source.model_copy(update={"base64_string": "eA=="}).base_64_string == "eA=="
    with pytest.raises(tb.ValidationError, match="max_tokens"):
        loose.BatchDefaults().model_copy(update={"max_tokens": "many"})
    for copied in (copy.copy(ours), copy.deepcopy(ours), pickle.loads(pickle.dumps(ours))):
        assert copied == ours
        assert copied.model_fields_set == ours.model_fields_set


def test_what_is_not_known_never_takes_the_place_of_a_field() -> None:
    with ScriptedServer() as server, tb.TwelveLabs(api_key="k", base_url=server.base_url) as client:
        server.plays(answer(200, {"_id": "A", "id": "B", "status": "ready"}))
        asset = client.assets.retrieve("0" * 24)
    assert (asset.id, asset.model_dump()["id"], asset.model_extra) == ("A", "A", {})
    for copied in (copy.copy(asset), copy.deepcopy(asset), pickle.loads(pickle.dumps(asset))):
        assert copied == asset
        assert copied.id == "A"
    with pytest.raises(tb.ValidationError, match="update: a dict is expected"):
        loose.BatchPrompt(input_text="x").model_copy(update=[("input_text", "y")])


def test_objects_from_dicts_and_json() -> None:
    batch = tb.AnalyzeBatchStatusResponse.model_validate(BATCH)
    assert batch == loose.AnalyzeBatchStatusResponse(**BATCH)
    assert tb.AnalyzeBatchStatusResponse.model_validate(batch) is batch
    for text in (json.dumps(BATCH), json.dumps(BATCH).encode(), batch.model_dump_json()):
        assert tb.AnalyzeBatchStatusResponse.model_validate_json(text) == batch
    with pytest.raises(tb.ValidationError, match="not JSON"):
        tb.BatchPrompt.model_validate_json("{")
    with pytest.raises(tb.ValidationError, match="input_text"):
        tb.BatchPrompt.model_validate_json("{}")
    with pytest.raises(tb.ValidationError, match="a BatchPrompt or a dict like it is expected, not list"):
        tb.BatchPrompt.model_validate([])
    with pytest.raises(tb.ValidationError, match="a BatchPrompt or a dict like it is expected"):
        tb.BatchPrompt.model_validate(tb.BatchDefaults())


def test_objects_of_values_that_are_not_looked_at() -> None:
    prompt = tb.BatchPrompt.model_construct(input_text=5)
    assert prompt.model_dump()["input_text"] == 5
    assert prompt.media_sources is None
    assert prompt.model_fields_set == {"input_text"}
    batch = tb.AnalyzeBatchStatusResponse.model_construct(batch_id="b", new=1)
    assert batch.model_extra == {"new": 1}
    with pytest.raises(tb.UnknownFieldError):
        tb.BatchPrompt.model_construct(text="x")


def test_times_in_json() -> None:
    def shown(time: datetime.datetime) -> object:
        batch = loose.AnalyzeBatchStatusResponse(**{**BATCH, "created_at": time})
        return batch.model_dump(mode="json")["created_at"]

    utc = datetime.timezone.utc
    assert shown(datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=utc)) == "2026-01-02T03:04:05Z"
    assert shown(datetime.datetime(2026, 1, 2, 3, 4, 5, 600, tzinfo=utc)) == "2026-01-02T03:04:05.000600Z"
    east = datetime.timezone(datetime.timedelta(hours=2))
    assert shown(datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=east)) == "2026-01-02T03:04:05+02:00"
    assert shown(datetime.datetime(2026, 1, 2, 3, 4, 5)) == "2026-01-02T03:04:05"  # noqa: DTZ001


def test_other_keywords_are_refused() -> None:
    with pytest.raises(TypeError, match='did you mean "exclude_none"'):
        loose.BatchDefaults().model_dump(exclude_nones=True)


def test_dumps_are_copies() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    format = loose.AsyncResponseFormat(type="json_schema", json_schema=schema)
    dumped = format.model_dump()
    dumped["json_schema"]["properties"].clear()
    assert format.json_schema == schema
