"""The vendor's SDK as a client of the emulator: it judges what the emulator sends."""

import asyncio
import importlib
import inspect
import re
import typing

import httpx
import pydantic
import pytest
import twelvelabs
from twelvelabs.core.api_error import ApiError

from faces import Target, item
from twelvelabs_batches import Emulator, TwelveLabs

SEGMENTS = {
    "type": "segment_definitions",
    "segment_definitions": [
        {
            "id": "scene",
            "description": "A scene",
            "fields": [
                {"name": "mood", "type": "string", "description": "The mood", "enum": ["calm", "tense"]},
                {"name": "peak", "type": "timestamp", "description": "Its peak", "format": "hh:mm:ss"},
                {"name": "people", "type": "array", "description": "Who", "items": {"type": "string"}},
            ],
        }
    ],
}
MODES: dict[str, typing.Any] = {
    "general": {"prompt": {"input_text": "Sum up."}},
    "time_based_metadata": {"response_format": SEGMENTS},
}


Work = typing.Callable[[typing.Any], typing.Any]


class Blocking:
    """The vendor's client; a test cares for what comes back, not for what is promised."""

    def __init__(self, platform: Target) -> None:
        self.settings: dict[str, typing.Any] = {"api_key": platform.api_key, "base_url": platform.base_url}

    def _run(self, work: Work) -> typing.Any:
        # The SDK itself never closes its connections.
        with httpx.Client() as http:
            return work(twelvelabs.TwelveLabs(**self.settings, httpx_client=http))

    def call(self, verb: str, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        return self._run(lambda client: getattr(client.analyze_async.batches, verb)(*args, **kwargs))

    def listed(self, **kwargs: typing.Any) -> typing.Any:
        return self._run(lambda client: list(client.analyze_async.batches.list(**kwargs)))

    def rows(self, batch_id: str) -> typing.Any:
        return self._run(lambda client: list(client.analyze_async.batches.results(batch_id)))

    def other(self, what: Work, *args: typing.Any) -> typing.Any:
        return self._run(lambda client: what(client)(*args))


class Asynchronous(Blocking):
    def _run(self, work: Work) -> typing.Any:
        async def main() -> typing.Any:
            async with httpx.AsyncClient() as http:
                return await work(twelvelabs.AsyncTwelveLabs(**self.settings, httpx_client=http))

        return asyncio.run(main())

    def listed(self, **kwargs: typing.Any) -> typing.Any:
        async def work(client: twelvelabs.AsyncTwelveLabs) -> list[typing.Any]:
            return [entry async for entry in await client.analyze_async.batches.list(**kwargs)]

        return self._run(work)

    def rows(self, batch_id: str) -> typing.Any:
        async def work(client: twelvelabs.AsyncTwelveLabs) -> list[typing.Any]:
            return [row async for row in client.analyze_async.batches.results(batch_id)]

        return self._run(work)


@pytest.fixture(params=[Blocking, Asynchronous], ids=["sync", "async"])
def vendor(request: pytest.FixtureRequest, platform: Emulator) -> Blocking:
    kind: type[Blocking] = request.param
    return kind(platform)


def known_fields_only(model: pydantic.BaseModel) -> None:
    """The vendor's models take any extra field; here there must be none."""
    assert not model.model_extra, model
    type(model).model_validate(model.model_dump(by_alias=True), strict=False)
    for name in type(model).model_fields:
        value = getattr(model, name)
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, pydantic.BaseModel):
                known_fields_only(inner)


@pytest.mark.parametrize("mode", MODES)
def test_a_batch_from_creation_to_deletion(vendor: Blocking, platform: Emulator, mode: str) -> None:
    platform.add_asset("f" * 24, analysis_error="cannot be read", analysis_error_code="asset_unavailable")
    requests = [item(n, custom_id=f"v-{n}") for n in range(20)]
    requests.append({"video": {"type": "asset_id", "asset_id": "f" * 24}})
    created = vendor.call(
        "create", model_name="pegasus1.5", analysis_mode=mode, requests=requests, defaults=MODES[mode]
    )
    known_fields_only(created)
    assert (created.status, created.total_items) == ("pending", 21)
    seen: set[str] = set()
    batch: typing.Any = None
    for _ in range(30):
        batch = vendor.call("retrieve", created.batch_id)
        known_fields_only(batch)
        rows = vendor.rows(created.batch_id)
        assert len(rows) == 21, "the SDK drops rows that its models do not accept"
        for row in rows:
            known_fields_only(row)
            seen.add(row.status)
        platform.advance(seconds=20)
    assert batch.status == "completed"
    assert (batch.ready_items, batch.failed_items) == (20, 1)
    assert seen == {"queued", "processing", "ready", "failed"}
    known_fields_only(
        vendor.other(lambda client: client.analyze_async.tasks.retrieve, created.items[0].task_id)
    )
    known_fields_only(vendor.other(lambda client: client.assets.retrieve, f"{0:024x}"))
    assert vendor.call("delete", created.batch_id) is None
    with pytest.raises(twelvelabs.NotFoundError):
        vendor.call("retrieve", created.batch_id)


def test_cancel_and_conflicts(vendor: Blocking, platform: Emulator) -> None:
    created = vendor.call(
        "create",
        model_name="pegasus1.5",
        analysis_mode="general",
        requests=[item(n) for n in range(20)],
        defaults=MODES["general"],
    )
    with pytest.raises(twelvelabs.ConflictError) as caught:
        vendor.call("delete", created.batch_id)
    assert caught.value.body["error"]["code"] == "batch_not_terminal"
    platform.advance(seconds=30)
    batch = vendor.call("cancel", created.batch_id)
    known_fields_only(batch)
    assert batch.status == "canceling"
    platform.advance(minutes=5)
    assert vendor.call("retrieve", created.batch_id).status == "canceled"
    with pytest.raises(twelvelabs.ConflictError) as caught:
        vendor.call("cancel", created.batch_id)
    assert caught.value.body["error"]["code"] == "batch_canceled"


def test_list(vendor: Blocking, platform: Emulator) -> None:
    made = []
    for _ in range(12):
        made.append(
            vendor.call(
                "create",
                model_name="pegasus1.5",
                analysis_mode="general",
                requests=[item(1)],
                defaults=MODES["general"],
            ).batch_id
        )
        platform.advance(hours=1)
    listed = vendor.listed(page_limit=5)
    for batch in listed:
        known_fields_only(batch)
    assert [batch.batch_id for batch in listed] == made[::-1]
    assert len(vendor.listed(status=["completed"], analysis_mode="general")) == 12


def test_refusals(vendor: Blocking) -> None:
    with pytest.raises(twelvelabs.BadRequestError):
        vendor.call("create", model_name="pegasus1.5", analysis_mode="general", requests=[])
    with pytest.raises(twelvelabs.NotFoundError):
        vendor.rows("0" * 24)


class Stranger(typing.NamedTuple):
    """Knows where the platform is, but not its key."""

    base_url: str
    api_key: str = "wrong"


def test_a_wrong_key_is_refused(platform: Emulator) -> None:
    for make in (Blocking, Asynchronous):
        with pytest.raises(ApiError) as caught:
            make(Stranger(platform.base_url)).call("retrieve", "0" * 24)
        assert (caught.value.status_code, caught.value.body["code"]) == (401, "api_key_invalid")


VERBS = ["create", "list", "retrieve", "results", "cancel", "delete"]


@pytest.mark.parametrize("kind", ["BatchesClient", "AsyncBatchesClient"])
@pytest.mark.parametrize("verb", VERBS)
def test_documented_examples_run_with_only_the_import_changed(
    kind: str, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from twelvelabs.analyze_async.batches import client as vendor_client

    documentation = inspect.getdoc(getattr(getattr(vendor_client, kind), verb)) or ""
    text = documentation.split("Examples\n--------\n")[1]
    documented_id = "68f4ddaf8aaa60d33df0e800"
    with Emulator(speed=0, api_key="YOUR_API_KEY") as platform:
        monkeypatch.setenv("TWELVELABS_BASE_URL", platform.base_url)
        batches = TwelveLabs(api_key="YOUR_API_KEY").analyze_async.batches
        batch = batches.create(
            model_name="pegasus1.5", analysis_mode="general", requests=[item(1)], defaults=MODES["general"]
        )
        platform.advance(hours=1 if verb == "delete" else 0, seconds=25)
        text = text.replace("from twelvelabs import", "from twelvelabs_batches import").replace(
            documented_id, batch.batch_id
        )
        yielded = run_example(text)
        requests = platform.stats()["requests"]
        assert requests[verb] >= 1 + (verb == "create")
        if verb in ("list", "results"):
            assert yielded


@pytest.mark.parametrize("prefix", ["", "Async"])
@pytest.mark.parametrize("place", ["analyze_async.tasks.TasksClient", "assets.AssetsClient"])
def test_documented_examples_of_tasks_and_assets_run_with_only_the_import_changed(
    prefix: str, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, _, kind = place.rpartition(".")
    vendor_client = importlib.import_module(f"twelvelabs.{module}.client")
    documentation = inspect.getdoc(getattr(vendor_client, prefix + kind).retrieve) or ""
    text = documentation.split("Examples\n--------\n")[1]
    (documented_id,) = re.findall(r'_id="([0-9a-f]{24})"', text)
    with Emulator(speed=0, api_key="YOUR_API_KEY") as platform:
        monkeypatch.setenv("TWELVELABS_BASE_URL", platform.base_url)
        with TwelveLabs(api_key="YOUR_API_KEY") as client:
            batch = client.analyze_async.batches.create(
                model_name="pegasus1.5",
                analysis_mode="general",
                requests=[item(1)],
                defaults=MODES["general"],
            )
        text = text.replace("from twelvelabs import", "from twelvelabs_batches import")
        if "task" in module:
            text = text.replace(documented_id, batch.items[0].task_id)
        run_example(text)
        requests = platform.stats()["requests"]
        assert sum(requests.values()) == 2, requests


def run_example(text: str) -> typing.Any:
    """Runs an example, some of which yield outside of a function."""
    outer = "async def" if "await " in text or "async for" in text else "def"
    body = (
        text
        if "async def main" in text
        else f"{outer} example():\n" + "\n".join("    " + line for line in text.splitlines())
    )
    names: dict[str, typing.Any] = {}
    exec(compile(body.replace("asyncio.run(main())", ""), "example", "exec"), names)
    function = names.get("main") or names["example"]
    if inspect.isasyncgenfunction(function):

        async def collect() -> list[typing.Any]:
            return [entry async for entry in function()]

        return asyncio.run(collect())
    if inspect.iscoroutinefunction(function):
        return asyncio.run(function())
    result = function()
    return list(result) if inspect.isgenerator(result) else result
