"""The same calls of the vendor's SDK and of this package, and what differs between them."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime
import json
import typing
import urllib.parse

import httpx
import twelvelabs

import twelvelabs_batches
from defects import name_of
from differing import ABSENT, Found
from servers import Part, Received, ScriptedServer

BATCH_ID = "6b0000000000000000000001"
KEY = "key"

SHAPES: dict[str, dict[str, str]] = {
    "BatchItemRequest": {
        "video": "BatchVideoContext",
        "prompt": "BatchPrompt",
        "response_format": "AsyncResponseFormat",
    },
    "BatchDefaults": {"prompt": "BatchPrompt", "response_format": "AsyncResponseFormat"},
    "BatchPrompt": {"media_sources": "SmeMediaSource"},
    "AsyncResponseFormat": {"segment_definitions": "SegmentDefinition"},
    "SegmentDefinition": {
        "fields": "SegmentField",
        "media_sources": "SmeMediaSource",
        "time_ranges": "AnalyzeTimeRange",
    },
    "SegmentField": {"items": "SegmentFieldItems"},
}
"""Which fields of request models hold models."""


class Kit:
    """One of the two clients, as a case sees it: its models and its calls, which block."""

    def __init__(self, package: typing.Any, base_url: str, settings: typing.Mapping[str, typing.Any]) -> None:
        self.package = package
        self.ours = package is twelvelabs_batches
        self.settings = {"api_key": KEY, "base_url": base_url, **settings}
        if self.ours:
            # Pauses before repetitions are not what is compared.
            self.settings["backoff_factor"] = 0.001

    def model(
        self, name: str, fields: typing.Mapping[str, typing.Any], package: typing.Any = None
    ) -> typing.Any:
        """A model of this client, or of another, with models inside."""
        package = package or self.package
        inner = SHAPES.get(name, {})

        def made(field: str, value: typing.Any) -> typing.Any:
            if field not in inner or value is None:
                return value
            if isinstance(value, list):
                return [self.model(inner[field], entry, package) for entry in value]
            return self.model(inner[field], value, package)

        renamed = {
            "base_64_string" if field == "base64_string" else field: value for field, value in fields.items()
        }
        return getattr(package, name)(**{field: made(field, value) for field, value in renamed.items()})

    def with_client(self, work: typing.Callable[[typing.Any], typing.Any]) -> typing.Any:
        """Does something with a client."""
        if self.ours:
            with twelvelabs_batches.TwelveLabs(**self.settings) as client:
                return work(client)
        # The vendor's client never closes its connections.
        with httpx.Client(verify=False, follow_redirects=True) as http:
            return work(twelvelabs.TwelveLabs(httpx_client=http, **{"timeout": 600.0, **self.settings}))

    def call(self, verb: str, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """A call that gives one thing."""
        return self.with_client(lambda client: getattr(client.analyze_async.batches, verb)(*args, **kwargs))

    def listed(self, **kwargs: typing.Any) -> typing.Any:
        """All entries of a listing."""
        return self.with_client(lambda client: list(client.analyze_async.batches.list(**kwargs)))

    def paged(self, **kwargs: typing.Any) -> typing.Any:
        """The entries of each page of a listing."""
        return self.with_client(
            lambda client: [
                list(page.items) for page in client.analyze_async.batches.list(**kwargs).iter_pages()
            ]
        )

    def pager(self, look: typing.Callable[[typing.Any], typing.Any], **kwargs: typing.Any) -> typing.Any:
        """Something of the pager of a listing."""
        return self.with_client(lambda client: look(client.analyze_async.batches.list(**kwargs)))

    def next_pages(self, **kwargs: typing.Any) -> typing.Any:
        """What `next_page` gives after the first page, and after that."""

        def work(client: typing.Any) -> typing.Any:
            second = client.analyze_async.batches.list(**kwargs).next_page()
            third = second.next_page()
            return [list(second.items), None if third is None else list(third.items)]

        return self.with_client(work)

    def rows(self, batch_id: str = BATCH_ID, **kwargs: typing.Any) -> typing.Any:
        """All rows of results."""
        return self.with_client(lambda client: list(client.analyze_async.batches.results(batch_id, **kwargs)))

    def opened(self, batch_id: str = BATCH_ID) -> None:
        """Asks for results without reading them."""
        self.with_client(lambda client: client.analyze_async.batches.results(batch_id) and None)


class AsyncKit(Kit):
    """The asyncio client."""

    def with_client(self, work: typing.Callable[[typing.Any], typing.Any]) -> typing.Any:
        async def main() -> typing.Any:
            if self.ours:
                async with twelvelabs_batches.AsyncTwelveLabs(**self.settings) as client:
                    return await work(client)
            async with httpx.AsyncClient(verify=False, follow_redirects=True) as http:
                settings = {"timeout": 600.0, **self.settings}
                return await work(twelvelabs.AsyncTwelveLabs(httpx_client=http, **settings))

        return asyncio.run(main())

    def listed(self, **kwargs: typing.Any) -> typing.Any:
        async def work(client: typing.Any) -> typing.Any:
            return [entry async for entry in await client.analyze_async.batches.list(**kwargs)]

        return self.with_client(work)

    def paged(self, **kwargs: typing.Any) -> typing.Any:
        async def work(client: typing.Any) -> typing.Any:
            pager = await client.analyze_async.batches.list(**kwargs)
            return [list(page.items) async for page in pager.iter_pages()]

        return self.with_client(work)

    def pager(self, look: typing.Callable[[typing.Any], typing.Any], **kwargs: typing.Any) -> typing.Any:
        async def work(client: typing.Any) -> typing.Any:
            return look(await client.analyze_async.batches.list(**kwargs))

        return self.with_client(work)

    def next_pages(self, **kwargs: typing.Any) -> typing.Any:
        async def work(client: typing.Any) -> typing.Any:
            second = await (await client.analyze_async.batches.list(**kwargs)).next_page()
            third = await second.next_page()
            return [list(second.items), None if third is None else list(third.items)]

        return self.with_client(work)

    def rows(self, batch_id: str = BATCH_ID, **kwargs: typing.Any) -> typing.Any:
        async def work(client: typing.Any) -> typing.Any:
            return [row async for row in client.analyze_async.batches.results(batch_id, **kwargs)]

        return self.with_client(work)

    def opened(self, batch_id: str = BATCH_ID) -> None:
        async def work(client: typing.Any) -> None:
            client.analyze_async.batches.results(batch_id)

        self.with_client(work)


KITS: dict[str, type[Kit]] = {"sync": Kit, "async": AsyncKit}


@dataclasses.dataclass(frozen=True)
class Case:
    """A call that both clients make, and what they are answered."""

    name: str
    call: typing.Callable[..., typing.Any]
    script: tuple[typing.Union[Part, list[Part]], ...]
    total: int | None = None
    """Items of the batch, for whoever looks it up."""
    settings: typing.Mapping[str, typing.Any] = dataclasses.field(default_factory=dict)
    suffix: str = ""
    """What follows the server's base URL."""


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a call sent, and what came of it."""

    sent: list[Received]
    value: typing.Any = None
    error: BaseException | None = None


def play(case: Case, face: str, package: typing.Any) -> Outcome:
    """Makes the call of a case with one of the packages."""
    with ScriptedServer() as server:
        server.plays(*case.script, total=case.total)
        kit = KITS[face](package, server.base_url + case.suffix, case.settings)
        try:
            value = observe(case.call(kit))
        except Exception as error:
            return Outcome(server.received, error=error)
        return Outcome(server.received, value=value)


def differences(case: Case, face: str) -> list[Found]:
    """Everything in which the two clients differ."""
    vendor, ours = (play(case, face, package) for package in (twelvelabs, twelvelabs_batches))
    requests = compare_requests(vendor.sent, ours.sent)
    if any(outcome.error is not None and not outcome.sent for outcome in (vendor, ours)):
        # Nothing was sent because of an error, which is the difference.
        requests = iter(())
    return [*requests, *compare_outcomes(vendor, ours)]


class Written(str):
    """JSON as text."""

    __slots__ = ()


VIEWS: dict[str, typing.Callable[[typing.Any], typing.Any]] = {
    "model_dump": lambda model: model.model_dump(),
    'model_dump(mode="json")': lambda model: model.model_dump(mode="json"),
    "model_dump(exclude_unset)": lambda model: model.model_dump(exclude_unset=True),
    "model_dump(exclude_none)": lambda model: model.model_dump(exclude_none=True),
    "model_dump(by_alias)": lambda model: model.model_dump(by_alias=True),
    "dict": lambda model: model.dict(),
    "model_dump_json": lambda model: Written(model.model_dump_json()),
    "json": lambda model: Written(model.json()),
}
"""The ways to write a model down."""


def observe(value: typing.Any) -> typing.Any:
    """A value that both packages can be asked for, as plain data."""
    if hasattr(value, "model_dump"):
        views: dict[str, typing.Any] = {"class": type(value).__name__}
        for name, view in VIEWS.items():
            try:
                views[name] = observe(view(value))
            except Exception as error:
                views[name] = f"{type(error).__name__}: {error}"
        return {"fields": {field: observe(getattr(value, field)) for field in value.model_dump()}, **views}
    if isinstance(value, typing.Mapping):
        return {key: observe(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [observe(entry) for entry in value]
    if isinstance(value, datetime.datetime):
        return f"time {value.isoformat()}"
    return value


def compare_requests(vendor: list[Received], ours: list[Received]) -> typing.Iterator[Found]:
    """Differences between what was sent."""
    for theirs, own in zip(vendor, ours):
        path, _, query = own.target.partition("?")
        their_path, _, their_query = theirs.target.partition("?")
        yield from compare("method", "", theirs.method, own.method)
        yield from compare("path", "", their_path, path)
        yield from compare(
            "query",
            "",
            urllib.parse.parse_qsl(their_query, keep_blank_values=True),
            urllib.parse.parse_qsl(query, keep_blank_values=True),
        )
        if urllib.parse.parse_qsl(their_query, True) == urllib.parse.parse_qsl(query, True):
            yield from compare("query text", "", their_query, query)
        yield from compare_keys("header", headers(theirs), headers(own))
        yield from compare("body", "", body(theirs), body(own))
    for extra in vendor[len(ours) :]:
        yield Found("requests", f"{extra.method} {extra.target}", "sent", ABSENT)
    for extra in ours[len(vendor) :]:
        again = vendor and extra.method == vendor[-1].method and extra.target == vendor[-1].target
        yield Found("requests", f"{extra.method} {extra.target}", ABSENT, "sent again" if again else "sent")


def headers(request: Received) -> dict[str, list[str]]:
    """Headers by their names, with the address left out."""
    found: dict[str, list[str]] = {}
    for name, value in request.headers:
        if name.lower() not in {"host", "content-length"}:
            found.setdefault(name.lower(), []).append(value)
    length = request.header("content-length")
    return {**found, "content-length": [] if length is None else ["0" if length == "0" else "some"]}


def body(request: Received) -> typing.Any:
    """The body of a request, if it has one."""
    return json.loads(request.body) if request.body else ABSENT


def compare(where: str, path: str, vendor: typing.Any, ours: typing.Any) -> typing.Iterator[Found]:
    """Differences between plain data, the kinds of numbers and the order of names included."""
    if isinstance(vendor, dict) and isinstance(ours, dict):
        yield from compare_keys(where, vendor, ours, path)
        common = [[name for name in one if name in other] for one, other in ((vendor, ours), (ours, vendor))]
        if common[0] != common[1]:
            yield Found(f"order in {where}", path, *common)
    elif isinstance(vendor, Written) and isinstance(ours, Written) and vendor != ours:
        inside = list(compare(where, path, json.loads(vendor), json.loads(ours)))
        yield from inside or [Found(f"spelling in {where}", path, vendor, ours)]
    elif isinstance(vendor, list) and isinstance(ours, list) and len(vendor) == len(ours):
        for index, (theirs, own) in enumerate(zip(vendor, ours)):
            yield from compare(where, f"{path}[{index}]", theirs, own)
    elif type(vendor) is not type(ours) or repr(vendor) != repr(ours):
        yield Found(where, path, vendor, ours)


def compare_keys(
    where: str, vendor: dict[str, typing.Any], ours: dict[str, typing.Any], path: str = ""
) -> typing.Iterator[Found]:
    """Differences between what two dicts hold."""
    for name in {**vendor, **ours}:
        inner = f"{path}.{name}" if path else name
        if name in vendor and name in ours:
            yield from compare(where, inner, vendor[name], ours[name])
        else:
            yield Found(where, inner, vendor.get(name, ABSENT), ours.get(name, ABSENT))


def compare_outcomes(vendor: Outcome, ours: Outcome) -> typing.Iterator[Found]:
    """Differences between what was returned or raised."""
    if vendor.error is not None and ours.error is not None:
        yield from compare("error", "", facts(vendor.error), facts(ours.error))
    elif vendor.error is not None or ours.error is not None:
        told = [name_of(outcome.error) if outcome.error else "fine" for outcome in (vendor, ours)]
        yield Found("outcome", str(vendor.error or ours.error), *told)
    else:
        yield from compare("answer", "", vendor.value, ours.value)


def facts(error: BaseException) -> dict[str, typing.Any]:
    """What an error tells."""
    told: dict[str, typing.Any] = {"class": name_of(error), "str": str(error), "repr": repr(error)}
    if hasattr(error, "finding") and error.__cause__ is not None:
        # What was answered stands in the cause.
        error = error.__cause__
    for name in ("status_code", "body", "headers"):
        told[name] = observe(getattr(error, name, ABSENT))
    return told
