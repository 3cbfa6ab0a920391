"""The way in that the vendor's SDK has, and the settings of clients at hand."""

import asyncio
import copy
import importlib
import os
import pathlib
import pickle
import pkgutil
import subprocess
import sys
import typing
import warnings

import pytest
import twelvelabs
from twelvelabs.core import api_error as vendor_errors
from twelvelabs.environment import TwelveLabsEnvironment as VendorsEnvironment

import twelvelabs_batches as tb
from beside import FACES, AnyPlatform, asset, batch, close, httpx_client, make, task
from faces import SyncFace, submit
from servers import ScriptedServer, answer
from test_list import BATCH
from test_results import BATCH_ID

KEY = "tlk_very_secret"
DEFAULT_URL = "https://api.twelvelabs.io/v1.3"
ADDRESS = "http://127.0.0.1:9/x"


@pytest.fixture(params=FACES, ids=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> type[AnyPlatform]:
    made: type[AnyPlatform] = request.param
    return made


def batches_of(client: AnyPlatform) -> typing.Any:
    return client.analyze_async.batches


def test_all_of_it_shares_connections_and_is_closed_once(
    kind: type[AnyPlatform], platform: tb.Emulator
) -> None:
    created = submit(SyncFace(platform))
    client = make(kind, platform)
    assert batch(client, created.batch_id).batch_id == created.batch_id
    assert task(client, created.items[0].task_id).batch_id == created.batch_id
    assert asset(client, f"{1:024x}").status == "ready"
    close(client)
    close(client)
    for call in (
        lambda: batch(client, created.batch_id),
        lambda: task(client, created.items[0].task_id),
        lambda: asset(client, f"{1:024x}"),
    ):
        with pytest.raises(tb.ClientClosedError):
            call()


def test_one_set_of_connections_serves_all(server: ScriptedServer) -> None:
    with tb.TwelveLabs(api_key="k", base_url=server.base_url) as client:
        server.plays(
            answer(200, BATCH),
            answer(200, {"_id": "a", "status": "ready"}),
            answer(200, {"task_id": "t", "status": "ready", "created_at": "2026-11-01T00:00:00Z"}),
        )
        batch(client, BATCH_ID)
        asset(client, "a")
        task(client, "t")
        assert len(server.received) == 3
        # When a connection is free again is a matter of time; whose they are is not.
        owner = client.analyze_async.batches
        assert client.assets._batches is owner
        assert client.analyze_async.tasks._batches is owner


def test_blocks_close(platform: tb.Emulator) -> None:
    with tb.TwelveLabs(api_key=platform.api_key, base_url=platform.base_url) as client:
        assert client.assets.retrieve(f"{1:024x}").status == "ready"
    with pytest.raises(tb.ClientClosedError):
        client.assets.retrieve(f"{1:024x}")

    async def main() -> None:
        async with tb.AsyncTwelveLabs(api_key=platform.api_key, base_url=platform.base_url) as client:
            assert (await client.assets.retrieve(f"{1:024x}")).status == "ready"
        with pytest.raises(tb.ClientClosedError):
            await client.assets.retrieve(f"{1:024x}")

    asyncio.run(main())


def test_the_environment(kind: type[AnyPlatform], monkeypatch: pytest.MonkeyPatch) -> None:
    def address(**settings: typing.Any) -> str:
        return str(batches_of(kind(api_key="k", **settings))._native.base_url)

    assert tb.TwelveLabsEnvironment.DEFAULT.value == VendorsEnvironment.DEFAULT.value == DEFAULT_URL
    defaults: list[dict[str, typing.Any]] = [{}, {"environment": None}]
    defaults += [{"environment": word.DEFAULT} for word in (tb.TwelveLabsEnvironment, VendorsEnvironment)]
    for settings in defaults:
        assert address(**settings) == DEFAULT_URL
        assert address(**settings, base_url=ADDRESS) == ADDRESS
    assert address(environment=ADDRESS) == ADDRESS
    assert address(environment=DEFAULT_URL, base_url=ADDRESS) == ADDRESS
    monkeypatch.setenv("TWELVELABS_BASE_URL", "http://127.0.0.1:9/variable")
    for settings in defaults:
        assert address(**settings) == "http://127.0.0.1:9/variable"
    assert address(environment=DEFAULT_URL) == DEFAULT_URL
    assert address(environment=ADDRESS) == ADDRESS
    with pytest.raises(tb.ValidationError, match=r"^environment: a TwelveLabsEnvironment or .* not int$"):
        kind(api_key="k", environment=typing.cast("str", 3))
    with pytest.raises(tb.ValidationError, match=r"^base_url: "):
        kind(api_key="k", environment="nowhere")


@pytest.mark.parametrize("choice", [True, False, None])
def test_redirects_are_never_followed(
    kind: type[AnyPlatform], server: ScriptedServer, choice: bool | None
) -> None:
    with ScriptedServer() as other:
        server.plays(answer(302, headers={"location": f"{other.base_url}/x"}))
        with pytest.raises(tb.ApiError):
            batch(make(kind, server, follow_redirects=choice), BATCH_ID)
        assert other.received == []
    with pytest.raises(tb.ValidationError, match=r"^follow_redirects: a bool is expected, not str$"):
        kind(api_key="k", follow_redirects=typing.cast("bool", "yes"))


ABSENT = {
    "": ["search", "analyze", "analyze_stream", "tasks", "indexes", "embed", "multipart_upload", "imports"],
    "analyze_async": ["with_raw_response", "responses"],
    "analyze_async.batches": ["search"],
    "analyze_async.batches.with_raw_response": ["wait", "search"],
    "analyze_async.tasks": ["create", "list", "delete", "cancel", "wait_for_done"],
    "assets": ["create", "list", "delete", "retrieve_transcription"],
}


def part(client: AnyPlatform, place: str) -> typing.Any:
    found: typing.Any = client
    for name in place.split(".") if place else []:
        found = getattr(found, name)
    return found


@pytest.mark.parametrize("place", ABSENT)
def test_what_is_not_here_is_absent_and_says_where_it_is(kind: type[AnyPlatform], place: str) -> None:
    owner = part(kind(api_key=KEY), place)
    for name in ABSENT[place]:
        assert not hasattr(owner, name)
        assert name not in dir(owner)
        with pytest.raises(AttributeError) as caught:
            getattr(owner, name)
        told = str(caught.value)
        assert told.startswith(f"{type(owner).__name__!r} has no attribute {name!r}. This package has ")
        for fact in (
            "`analyze_async.batches`",
            "`assets.retrieve`",
            "`twelvelabs`",
            "BatchesClient.from_client(",
        ):
            assert fact in told
        assert KEY not in told
    public = {name for name in dir(owner) if not name.startswith("_")}
    assert all(hasattr(owner, name) for name in public)


@pytest.mark.parametrize(
    ("place", "mistyped", "meant"),
    [
        ("", "analyse_async", "analyze_async"),
        ("", "asset", "assets"),
        ("analyze_async", "batch", "batches"),
        ("analyze_async", "task", "tasks"),
        ("assets", "retreive", "retrieve"),
    ],
)
def test_near_misses_are_told(kind: type[AnyPlatform], place: str, mistyped: str, meant: str) -> None:
    with pytest.raises(AttributeError, match=f"; did you mean {meant!r}\\?"):
        getattr(part(kind(api_key=KEY), place), mistyped)


def test_copies_and_pickles_hold_settings_only(
    kind: type[AnyPlatform], platform: tb.Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    created = submit(SyncFace(platform))
    client = make(kind, platform, headers={"x-own": "1"})
    monkeypatch.setenv("TWELVE_LABS_API_KEY", platform.api_key)
    twins = [copy.copy(client), copy.deepcopy(client)]
    twins += [pickle.loads(pickle.dumps(client, protocol)) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)]
    close(client)
    for twin in twins:
        assert type(twin) is kind
        assert batches_of(twin) is not batches_of(client)
        assert batch(twin, created.batch_id).batch_id == created.batch_id
        assert task(twin, created.items[0].task_id).batch_id == created.batch_id
        assert asset(twin, f"{1:024x}").status == "ready"
        close(twin)
        with pytest.raises(tb.ClientClosedError):
            asset(twin, f"{1:024x}")
    assert KEY.encode() in pickle.dumps(make(kind, platform, api_key=KEY, pickle_secrets=True))
    assert KEY.encode() not in pickle.dumps(make(kind, platform, api_key=KEY))
    with pytest.raises(TypeError, match="pickle_secrets=True"):
        pickle.dumps(make(kind, platform, headers={"Authorization": KEY}))


class Tagged(tb.TwelveLabs):
    """One with attributes of its own."""

    tags: list[str]
    again: object


class AsyncTagged(tb.AsyncTwelveLabs):
    """Likewise."""

    tags: list[str]
    again: object


@pytest.mark.parametrize("own", [Tagged, AsyncTagged])
def test_what_a_subclass_has_travels_along(
    own: type[Tagged | AsyncTagged], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWELVE_LABS_API_KEY", "k")
    client: typing.Any = own(api_key="k", base_url=ADDRESS)
    client.tags, client.again = ["a"], client
    shallow, deep, *pickled = (
        copy.copy(client),
        copy.deepcopy(client),
        *(pickle.loads(pickle.dumps(client, protocol)) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)),
    )
    assert shallow.tags is client.tags
    for twin in (shallow, deep, *pickled):
        assert type(twin) is own
        assert twin.tags == ["a"]
        assert batches_of(twin) is not batches_of(client)
        assert twin.assets is not client.assets
        assert twin.again is (client if twin is shallow else twin)
    assert all(twin.tags is not client.tags for twin in (deep, *pickled))


def test_what_could_not_be_made_can_be_shown(kind: type[AnyPlatform]) -> None:
    makes: tuple[typing.Any, ...] = (kind, type(batches_of(kind(api_key=KEY))))
    for made in makes:
        client = made.__new__(made)
        with pytest.raises(tb.ValidationError):
            client.__init__(api_key=KEY, base_url="nowhere")
        assert repr(client) == f"<{made.__name__} that could not be made>"


def test_an_httpx_client_is_not_pickled(kind: type[AnyPlatform], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWELVE_LABS_API_KEY", "k")
    client: typing.Any = kind(api_key="k", httpx_client=httpx_client(kind, timeout=3))
    assert batches_of(pickle.loads(pickle.dumps(client)))._native.timeouts == (3.0, 3.0, 3.0)


def test_nothing_shows_the_key(kind: type[AnyPlatform]) -> None:
    client = kind(api_key=KEY, base_url=ADDRESS)
    assert repr(client) == f"{kind.__name__}(base_url={ADDRESS!r})"
    for thing in (client, client.analyze_async, client.assets, client.analyze_async.tasks):
        assert KEY not in repr(thing) + str(vars(thing)) + str(dir(thing))
    close(client)
    assert repr(client) == f"{kind.__name__}(base_url={ADDRESS!r}, closed)"


def test_it_works_on_both_sides_of_a_fork(platform: tb.Emulator) -> None:
    client = tb.TwelveLabs(api_key=platform.api_key, base_url=platform.base_url)
    created = submit(SyncFace(platform))
    client.assets.retrieve(f"{1:024x}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        status = 1
        try:
            read = client.analyze_async.tasks.retrieve(created.items[0].task_id)
            status = 0 if read.batch_id == created.batch_id and client.assets.retrieve(f"{2:024x}").id else 1
        finally:
            os._exit(status)
    assert client.assets.retrieve(f"{3:024x}").id == f"{3:024x}"
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


PATHS = {
    "client": ["TwelveLabs", "AsyncTwelveLabs"],
    "core": ["ApiError", "RequestOptions", "SyncPager", "AsyncPager", "HttpResponse", "AsyncHttpResponse"],
    "core.api_error": ["ApiError"],
    "core.request_options": ["RequestOptions"],
    "core.pagination": ["SyncPager", "AsyncPager"],
    "core.http_response": ["BaseHttpResponse", "HttpResponse", "AsyncHttpResponse"],
    "environment": ["TwelveLabsEnvironment"],
    "analyze_async.client": ["AnalyzeAsyncClient", "AsyncAnalyzeAsyncClient"],
    "analyze_async.batches.client": ["BatchesClient", "AsyncBatchesClient"],
    "analyze_async.batches.raw_client": ["RawBatchesClient", "AsyncRawBatchesClient"],
    "analyze_async.tasks.client": ["TasksClient", "AsyncTasksClient"],
    "analyze_async.tasks.raw_client": ["RawTasksClient", "AsyncRawTasksClient"],
    "assets.client": ["AssetsClient", "AsyncAssetsClient"],
    "assets.raw_client": ["RawAssetsClient", "AsyncRawAssetsClient"],
    "analyze_async.batches": [
        "BatchesListRequestAnalysisModeItem",
        "CreateAnalyzeBatchRequestAnalysisMode",
        "CreateAnalyzeBatchRequestModelName",
    ],
    "analyze_async": [
        "BatchesListRequestAnalysisModeItem",
        "CreateAnalyzeBatchRequestAnalysisMode",
        "CreateAnalyzeBatchRequestModelName",
    ],
    "assets": [],
    "analyze_async.tasks": [],
    "errors": ["NotFoundError"],
    "types": ["BatchItemRequest"],
}
NOT_THEIRS = {"analyze_async.batches.types", "webhooks", "pytest_plugin"}


@pytest.mark.parametrize("path", PATHS)
def test_names_are_where_the_vendors_sdk_has_them(path: str) -> None:
    theirs = importlib.import_module(f"twelvelabs.{path}")
    ours = importlib.import_module(f"twelvelabs_batches.{path}")
    for name in PATHS[path]:
        assert hasattr(theirs, name)
        assert hasattr(ours, name)
        assert name in ours.__all__


def test_submodules_are_attributes_once_the_package_is_imported() -> None:
    reached = "; ".join(f"tb.{path}" for path in [*PATHS, "webhooks"])
    subprocess.run([sys.executable, "-c", f"import twelvelabs_batches as tb; {reached}"], check=True)


def test_these_are_all_submodules_and_the_guide_names_them() -> None:
    found = {
        name.partition(".")[2] for _, name, _ in pkgutil.walk_packages(tb.__path__, "twelvelabs_batches.")
    }
    public = {path for path in found if not any(part.startswith("_") for part in path.split("."))}
    assert public == set(PATHS) | NOT_THEIRS
    guide = (pathlib.Path(__file__).parent.parent / "docs" / "guide.md").read_text()
    section = guide.partition("## Coming from the vendor's SDK")[2]
    assert [path for path in set(PATHS) - {"types"} if f"`{path}`" not in section] == []


def test_what_we_have_is_exported_as_the_vendor_exports_it() -> None:
    models = {name for name, *_ in tb._native.describe_models()}
    for theirs, ours in ((twelvelabs, tb), (twelvelabs.types, tb.types), (twelvelabs.errors, tb.errors)):
        known = set(tb.__all__) | set(tb.types.__all__) | models
        for name in set(theirs.__all__) & known:
            assert name in ours.__all__, (theirs.__name__, name)
            assert getattr(ours, name) is getattr(tb, name, None) or name not in tb.__all__


def test_errors_are_raised_by_users_as_the_vendors_are() -> None:
    body, headers = {"error": {"code": "c", "message": "m"}}, {"x-a": "1"}
    made: list[tuple[typing.Any, typing.Any]] = [
        (tb.ApiError, vendor_errors.ApiError),
        *((getattr(tb, name), getattr(twelvelabs.errors, name)) for name in twelvelabs.errors.__all__),
    ]
    assert len(made) == 13
    arguments: list[dict[str, typing.Any]] = [
        {},
        {"status_code": 418},
        {"status_code": 500, "headers": headers, "body": body},
    ]
    for ours, theirs in made:
        if ours is tb.ApiError:
            pairs = [(ours(**given), theirs(**given)) for given in arguments]
        else:
            pairs = [
                (ours(body), theirs(body)),
                (ours(body, headers), theirs(body, headers)),
                (ours(body=None, headers=headers), theirs(body=None, headers=headers)),
            ]
        for one, other in pairs:
            assert (one.status_code, one.headers, one.body) == (other.status_code, other.headers, other.body)
            with pytest.raises(tb.ApiError) as caught:
                raise one
            assert caught.value is one
            assert vars(pickle.loads(pickle.dumps(one))) == vars(one)
