"""Types of every kind, asked for: the platform takes them, or they are refused before."""

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
from films import Comment, Mood, Scene, check

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
