"""Whatever is passed, what is raised belongs to the package."""

import collections.abc
import contextlib
import datetime
import decimal
import enum
import typing

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import twelvelabs_batches as tb
from faces import submit


class Color(enum.Enum):
    RED = 1


class Odd:
    """Answers every question badly."""

    def __getattr__(self, name: str) -> typing.Any:
        raise AttributeError(name)


class Endless(collections.abc.Mapping[str, typing.Any]):
    """A mapping that contains itself."""

    def __getitem__(self, key: str) -> typing.Any:
        return self

    def __iter__(self) -> typing.Iterator[str]:
        return iter(["again"])

    def __len__(self) -> int:
        return 1


def cycle() -> list[typing.Any]:
    made: list[typing.Any] = []
    made.append(made)
    return made


TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", "\ud800", "a\x00b", "../x", "%2e%2e", "\r\nx: y", "é" * 100, "6b0000000000000000000001"]
    ),
)
ODD: st.SearchStrategy[typing.Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**400, -(10**400), 2**31, 2**32, 2**63, 2**64, -1]),
    st.floats(),
    TEXTS,
    st.binary(max_size=8),
    st.builds(object),
    st.builds(Odd),
    st.builds(Endless),
    st.builds(cycle),
    st.sampled_from([Color.RED, int, ..., 1j, decimal.Decimal("1.5"), datetime.date(2026, 1, 1)]),
)
VALUES = st.recursive(
    ODD,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(inner, inner),
        st.dictionaries(st.one_of(TEXTS, st.integers()), inner, max_size=4),
        st.iterables(inner, max_size=3),
    ),
    max_leaves=8,
)
OPTIONS = st.one_of(
    VALUES,
    st.fixed_dictionaries(
        {},
        optional={
            "timeout_in_seconds": VALUES,
            "max_retries": VALUES.filter(lambda value: not isinstance(value, int)),
            "additional_headers": VALUES,
            "additional_query_parameters": VALUES,
            "additional_body_parameters": VALUES,
            "on_malformed": VALUES,
            "chunk_size": VALUES,
        },
    ),
)
MANY = settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def client(platform: tb.Emulator) -> typing.Iterator[typing.Any]:
    """A client that tries nothing twice; untyped, because nothing here has the right type."""
    with tb.BatchesClient(platform.api_key, base_url=platform.base_url, max_retries=0, timeout=5) as made:
        yield made


@MANY
@given(first=VALUES, options=OPTIONS)
def test_calls_by_id(client: typing.Any, first: typing.Any, options: typing.Any) -> None:
    for call in (
        client.retrieve,
        client.cancel,
        client.delete,
        lambda *a, **k: list(client.results(*a, **k)),
    ):
        with contextlib.suppress(tb.TwelveLabsError):
            call(first, request_options=options)


@MANY
@given(first=VALUES, options=OPTIONS)
def test_tasks_and_assets(client: typing.Any, first: typing.Any, options: typing.Any) -> None:
    platform = tb.TwelveLabs.from_client(client)
    calls: list[typing.Any] = [platform.analyze_async.tasks.retrieve, platform.assets.retrieve]
    for call in calls:
        with contextlib.suppress(tb.TwelveLabsError):
            call(first, request_options=options)
    platform.close()


@MANY
@given(page=VALUES, limit=VALUES, status=VALUES, mode=VALUES, options=OPTIONS)
def test_listings(
    client: typing.Any,
    page: typing.Any,
    limit: typing.Any,
    status: typing.Any,
    mode: typing.Any,
    options: typing.Any,
) -> None:
    with contextlib.suppress(tb.TwelveLabsError):
        list(
            client.list(
                page=page, page_limit=limit, status=status, analysis_mode=mode, request_options=options
            )
        )


@MANY
@given(model=VALUES, mode=VALUES, requests=VALUES, defaults=VALUES, options=OPTIONS)
def test_creations(
    client: typing.Any,
    model: typing.Any,
    mode: typing.Any,
    requests: typing.Any,
    defaults: typing.Any,
    options: typing.Any,
) -> None:
    with contextlib.suppress(tb.TwelveLabsError):
        client.create(
            model_name=model,
            analysis_mode=mode,
            requests=requests,
            defaults=defaults,
            request_options=options,
        )


@MANY
@given(data=st.data())
def test_parts_of_a_request(client: typing.Any, data: st.DataObject) -> None:
    names = [
        "video",
        "custom_id",
        "prompt",
        "response_format",
        "max_tokens",
        "temperature",
        "start_time",
        "end_time",
    ]
    given_ = data.draw(st.dictionaries(st.sampled_from(names), VALUES, max_size=4))
    asked = {"video": {"type": "asset_id", "asset_id": "6a0000000000000000000001"}, **given_}
    with contextlib.suppress(tb.TwelveLabsError):
        submit(client, requests=[asked])


MODELS: list[typing.Any] = [
    tb.AnalyzeTimeRange, tb.AsyncResponseFormat, tb.BatchDefaults, tb.BatchItemRequest, tb.BatchPrompt,
    tb.BatchResultItem, tb.BatchVideoContext, tb.AnalyzeBatchStatusResponse, tb.SegmentDefinition,
    tb.SegmentField, tb.SmeMediaSource, tb.PageInfo, tb.AnalyzeTaskResponse, tb.AssetDetail, tb.TechnicalMetadata,
]  # fmt: skip


@MANY
@given(data=st.data())
def test_models(data: st.DataObject) -> None:
    model = data.draw(st.sampled_from(MODELS))
    names = st.one_of(st.sampled_from(model.__match_args__), TEXTS)
    try:
        made = model(**data.draw(st.dictionaries(names, VALUES, max_size=4)))
    except tb.TwelveLabsError:
        return
    for look in (repr, model.dict, model.model_dump, hash, lambda record: record == made):
        # Lists cannot be hashed, what contains itself cannot be walked.
        with contextlib.suppress(TypeError, RecursionError):
            look(made)
    assert not hasattr(made, "\ud800")


@MANY
@given(name=st.sampled_from(["api_key", "base_url", "timeout", "max_retries", "headers", "backoff_factor",
                             "on_malformed", "ca_bundle", "proxy"]), value=VALUES)  # fmt: skip
def test_settings(name: str, value: typing.Any) -> None:
    make: typing.Any = tb.BatchesClient
    with contextlib.suppress(tb.TwelveLabsError):
        make(**{"api_key": "k", name: value}).close()


@MANY
@given(name=st.sampled_from(["environment", "follow_redirects", "httpx_client", "headers"]), value=VALUES)
def test_settings_of_the_way_in(name: str, value: typing.Any) -> None:
    make: typing.Any = tb.TwelveLabs
    with contextlib.suppress(tb.TwelveLabsError):
        make(**{"api_key": "k", name: value}).close()
    with contextlib.suppress(tb.TwelveLabsError):
        tb.BatchesClient.from_client(value).close()
    # Headers meet those of an httpx client.
    with httpx.Client(headers={"x-own": "1"}) as http, contextlib.suppress(tb.TwelveLabsError):
        make(api_key="k", httpx_client=http, headers=value).close()
