"""What is passed to `create` is read alike, whichever way it is read."""

from __future__ import annotations

import json
import typing

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import twelvelabs_batches as tb
from random_requests import arguments
from servers import ScriptedServer, answer

CREATED = {
    "batch_id": "6c0000000000000000000001",
    "status": "pending",
    "total_items": 1,
    "created_at": "2026-11-01T00:00:00Z",
    "expires_at": "2026-11-02T00:00:00Z",
    "items": [{"task_id": "6d0000000000000000000001", "custom_id": None}],
}
VIDEO = {"type": "asset_id", "asset_id": "6a0000000000000000000001"}


class OddDict(typing.Dict[str, typing.Any]):
    """A dict that is read thoroughly, since its class may say otherwise what is in it."""


class OddList(typing.List[typing.Any]):
    """Likewise."""


# Messages tell the name of a class, and are to be compared.
OddDict.__name__, OddList.__name__ = "dict", "list"


def odd(value: typing.Any) -> typing.Any:
    if isinstance(value, dict):
        return OddDict((name, odd(member)) for name, member in value.items())
    return OddList(map(odd, value)) if isinstance(value, list) else value


def modelled(body: dict[str, typing.Any]) -> typing.Optional[dict[str, typing.Any]]:
    """The same with objects of the model classes, if they can be made."""
    if not isinstance(body["requests"], list):
        # What has no items is another mistake than an empty list of them.
        return None
    try:
        return {**body, "requests": [tb.BatchItemRequest(**item) for item in body["requests"]]}
    except (tb.ValidationError, TypeError):
        return None


class Recording:
    """A client, and what it sends."""

    def __init__(self, server: ScriptedServer, client: tb.BatchesClient) -> None:
        self._server, self._client = server, client

    def outcome(self, body: dict[str, typing.Any], validate: bool) -> object:
        """What is sent, byte by byte, or everything that is told instead."""
        try:
            self._client.create(**body, request_options={"validate": validate})
        except tb.ValidationError as error:
            return type(error), str(error), error.violations, error.warnings
        return self._server.received[-1].body


@pytest.fixture(scope="module")
def recording() -> typing.Iterator[Recording]:
    with ScriptedServer() as server, tb.BatchesClient("k", base_url=server.base_url) as client:
        server.plays(answer(201, CREATED))
        yield Recording(server, client)


@settings(
    max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(body=arguments(), validate=st.booleans())
@example(
    body={
        "model_name": "pegasus1.5",
        "analysis_mode": "general",
        "defaults": {"prompt": {"input_text": "a"}, "end_time": 0},
        "requests": [{"video": VIDEO, "end_time": 61}],
    },
    validate=True,
)
@example(body={"model_name": "pegasus1.5", "analysis_mode": "general", "requests": ""}, validate=False)
@example(body={"model_name": "pegasus1.5", "analysis_mode": "general", "requests": {}}, validate=True)
def test_all_ways_of_reading_lead_to_the_same(
    recording: Recording, body: dict[str, typing.Any], validate: bool
) -> None:
    outcome = recording.outcome(body, validate)
    assert recording.outcome({name: odd(value) for name, value in body.items()}, validate) == outcome
    models = modelled(body)
    if models is not None:
        assert recording.outcome(models, validate) == outcome


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63) - 1, 2**64)
    | st.floats()
    | st.text(st.characters(codec=None), max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(schema=JSON)
def test_any_json_is_read_alike(recording: Recording, schema: typing.Any) -> None:
    item = {"video": VIDEO, "response_format": {"type": "json_schema", "json_schema": schema}}
    body = {"model_name": "pegasus1.5", "analysis_mode": "general", "requests": [item]}
    outcome = recording.outcome(body, validate=False)
    assert recording.outcome({**body, "requests": odd([item])}, validate=False) == outcome
    if isinstance(outcome, bytes):
        sent = json.loads(outcome)["requests"][0]["response_format"].get("json_schema")
        assert sent == schema


@pytest.mark.parametrize("depth", [1, 126, 127, 128, 129, 1000])
def test_depth_is_bounded_alike(recording: Recording, depth: int) -> None:
    schema: dict[str, typing.Any] = {}
    for _ in range(depth):
        schema = {"a": schema}
    item = {"video": VIDEO, "response_format": {"type": "json_schema", "json_schema": schema}}
    body = {"model_name": "pegasus1.5", "analysis_mode": "general", "requests": [item]}
    outcome = recording.outcome(body, validate=False)
    assert recording.outcome({**body, "requests": [OddDict(item)]}, validate=False) == outcome


def test_lists_in_objects_are_read_as_they_are_now(recording: Recording) -> None:
    definition = tb.SegmentDefinition(id="scene", description="A scene.", fields=[])
    item = tb.BatchItemRequest(
        video=tb.BatchVideoContext(**VIDEO),
        response_format=tb.AsyncResponseFormat(type="segment_definitions", segment_definitions=[definition]),
    )
    body = {"model_name": "pegasus1.5", "analysis_mode": "time_based_metadata", "requests": [item]}
    first = recording.outcome(body, validate=True)
    assert definition.fields is not None
    definition.fields.append(tb.SegmentField(name="mood", type="string", description="Its mood."))
    second = recording.outcome(body, validate=True)
    assert isinstance(first, bytes)
    assert isinstance(second, bytes)
    assert b"mood" in second
    assert b"mood" not in first
    definition.fields.append(typing.cast("tb.SegmentField", 5))
    assert "fields[1]" in str(recording.outcome(body, validate=True))
