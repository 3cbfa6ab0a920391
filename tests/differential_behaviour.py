"""What objects do: clients, pagers, models, and the other methods that batches lead to."""

from __future__ import annotations

import copy
import pickle
import typing

from twelvelabs.environment import TwelveLabsEnvironment

from defects import BATCH, STATE, created, lines, name_of, row, whole
from differential import BATCH_ID, Case, Kit
from differential_answers import DEEP, HOOKS, NESTED, text_of
from differential_options import VERBS
from differential_requests import ITEM, NO_PAGE, PAGE, SOURCES
from servers import Cut, Stall, answer

Look = typing.Callable[[typing.Any], typing.Any]
PAGES_TWO = tuple(
    answer(200, {"data": [{**STATE, "batch_id": f"{page:024x}"}], "page_info": {"page": page, "total_page": 2}}, {"x-page": str(page)})
    for page in (1, 2)
)  # fmt: skip


def tried(look: Look, value: typing.Any) -> typing.Any:
    """What is seen, or the error that comes of looking."""
    try:
        return look(value)
    except Exception as error:
        return name_of(error)


def assign(value: typing.Any) -> None:
    value.status = "other"


LOOKS: dict[str, Look] = {
    "a field assigned": assign,
    "a field deleted": lambda batch: delattr(batch, "status"),
    "an attribute that is none": lambda batch: batch.no_such,
    "an unknown field": lambda batch: batch.deep,
    "hash": lambda batch: hash(batch) == hash(copy.copy(batch)),
    "repr": lambda batch: repr(batch),
    "equality": lambda batch: (batch == copy.deepcopy(batch), batch == batch.model_copy(), batch == 1),
    "model_copy with an update": lambda batch: batch.model_copy(update={"status": "other"}).status,
    "a pickle": lambda batch: pickle.loads(pickle.dumps(batch)),
    "model_extra": lambda batch: batch.model_extra,
    "model_fields_set": lambda batch: sorted(batch.model_fields_set),
    "iteration": lambda batch: [name for name, _ in batch],
    "model_validate": lambda batch: type(batch).model_validate(batch.model_dump()) == batch,
    "model_json_schema": lambda batch: type(batch).model_json_schema()["title"],
    "include": lambda batch: batch.model_dump(include={"status"}),
    "exclude": lambda batch: batch.model_dump(exclude={"webhooks", "deep"}, exclude_defaults=True)["status"],
    "json, indented": lambda batch: batch.model_dump_json(indent=2, include={"status"}),
}  # fmt: skip


def models() -> typing.Iterator[Case]:
    """Objects that were answered."""
    script = (answer(200, text_of({**STATE, "webhooks": HOOKS, "deep": DEEP})),)
    for name, look in LOOKS.items():
        yield Case(
            f"a batch: {name}", lambda kit, see=look: tried(see, kit.call("retrieve", BATCH_ID)), script
        )
    inputs: dict[str, typing.Callable[[Kit], typing.Any]] = {
        "an item": lambda kit: kit.model("BatchItemRequest", {**ITEM, "custom_id": None}),
        "an item in short": lambda kit: kit.package.BatchItemRequest(**ITEM),
        "sources": lambda kit: [kit.model("SmeMediaSource", source) for source in SOURCES],
        "equality of None and unset": lambda kit: (
            kit.package.BatchItemRequest(**ITEM) == kit.package.BatchItemRequest(**ITEM, custom_id=None)
        ),
        "a source by its name in JSON": lambda kit: kit.package.SmeMediaSource(**SOURCES[2]).base_64_string,
        "a text for a number": lambda kit: tried(
            lambda cls: cls(**ITEM, temperature="0.5"), kit.package.BatchItemRequest
        ),
        "a field missing": lambda kit: tried(lambda cls: cls(), kit.package.BatchItemRequest),
    }
    for name, make in inputs.items():
        yield Case(f"a model: {name}", make, (BATCH,))


def pagers() -> typing.Iterator[Case]:
    """Pages, one by one."""
    looks: dict[str, Look] = {
        "items": lambda pager: list(pager.items),
        "headers": lambda pager: pager.response.headers["x-page"],
        "has_next": lambda pager: pager.has_next,
    }
    for name, look in looks.items():
        yield Case(f"a pager: {name}", lambda kit, see=look: kit.pager(see), PAGES_TWO)
    yield Case(
        "a pager: has_next on the last page",
        lambda kit: kit.pager(looks["has_next"], page=2),
        (PAGES_TWO[1], NO_PAGE),
    )
    yield Case("a pager: next_page past the end", lambda kit: kit.next_pages(), (*PAGES_TWO, NO_PAGE))


def clients() -> typing.Iterator[Case]:
    """What clients are made with, and have."""
    for name, value in {"environment": TwelveLabsEnvironment.DEFAULT, "follow_redirects": True}.items():
        yield Case(f"a client: {name}", VERBS["retrieve"][0], (BATCH,), settings={name: value})
    for name in ("indexes", "tasks", "embed", "search"):
        yield Case(f"a client: {name}", lambda kit, n=name: kit.with_client(Has(n)), (BATCH,))
    yield Case("results that nobody reads", lambda kit: kit.opened(), (whole(lines(row(1))),), 1)
    for batch_id in (
        "6B00000000000000000000AB",
        "abc",
        "a/b",
        "../tasks/1",
        "",
        "a b",
        "ü" * 24,
        "{batch_id}",
    ):
        yield Case(f"an identifier: {batch_id!r}", lambda kit, i=batch_id: kit.call("retrieve", i), (BATCH,))


def networks() -> typing.Iterator[Case]:
    """No answer."""
    retrieve, quick = VERBS["retrieve"][0], {"request_options": {"timeout_in_seconds": 0.2, "max_retries": 0}}
    yield Case(
        "no answer: nobody listens", retrieve, (BATCH,), settings={"base_url": "http://127.0.0.1:9/v1.3"}
    )
    yield Case("no answer: silence", lambda kit: retrieve(kit, **quick), (Stall,))
    yield Case("no answer: the connection ends", lambda kit: retrieve(kit, **quick), (Cut,))
    yield Case("no answer: half of one", lambda kit: retrieve(kit, **quick), ([BATCH[:-9], Cut],))


class Has:
    """Whether a client has something; in both faces."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, client: typing.Any) -> typing.Any:
        found = hasattr(client, self.name)
        return found if not type(client).__name__.startswith("Async") else resolved(found)


async def resolved(value: typing.Any) -> typing.Any:
    """A value, awaited."""
    return value


TASK: dict[str, typing.Any] = {
    "task_id": "6c0000000000000000000001",
    "custom_id": None,
    "batch_id": BATCH_ID,
    "video_source": {
        "type": "asset_id",
        "asset_id": "6a0000000000000000000001",
        "system_metadata": {"duration": 12.5},
    },
    "request_params": {
        "analysis_mode": "general",
        "prompt_v2": {"input_text": "x"},
        "temperature": 0.2,
        "max_tokens": 4096,
    },
    "status": "ready",
    "created_at": "2026-11-01T00:00:00Z",
    "completed_at": "2026-11-01T00:01:00.5Z",
    "result": row(1)["data"],
    "webhooks": HOOKS,
}
ASSET: dict[str, typing.Any] = {
    "_id": "6a0000000000000000000001",
    "method": "direct",
    "status": "ready",
    "filename": "film.mp4",
    "file_type": "video/mp4",
    "created_at": "2026-11-01T00:00:00Z",
    "duration": 300.5,
    "size": 123456,
    "user_metadata": {"team": "films", "take": 3},
    "hls": {"video_url": "https://example.com/film.m3u8", "status": "COMPLETE"},
    "technical_metadata": {"width": 1920, "height": 1080, "fps": 23.98},
    "colour": "warm",
}
OTHERS: dict[str, tuple[typing.Callable[[typing.Any], typing.Any], dict[str, typing.Any]]] = {
    "a task": (lambda client: client.analyze_async.tasks.retrieve("6c0000000000000000000001"), TASK),
    "a task that failed": (
        lambda client: client.analyze_async.tasks.retrieve("6c0000000000000000000001"),
        {
            "task_id": "t",
            "custom_id": "c",
            "status": "failed",
            "created_at": TASK["created_at"],
            "error": {"message": "m"},
        },
    ),
    "an asset": (lambda client: client.assets.retrieve("6a0000000000000000000001"), ASSET),
    "an asset that failed": (
        lambda client: client.assets.retrieve("6a0000000000000000000001"),
        {"_id": "6a0000000000000000000001", "status": "failed", "error": {"message": "cannot be read"}},
    ),
}


def others() -> typing.Iterator[Case]:
    """The methods that batches lead to, and raw answers."""
    for name, (call, body) in OTHERS.items():
        yield Case(name, lambda kit, c=call: kit.with_client(c), (answer(200, body),))
        yield Case(f"{name}, unknown", lambda kit, c=call: kit.with_client(c), (answer(404, NESTED),))
    raw: dict[str, tuple[tuple[typing.Any, ...], dict[str, typing.Any], bytes]] = {
        "create": ((), {"model_name": "pegasus1.5", "analysis_mode": "general", "requests": [{**ITEM, "prompt": {"input_text": "x"}}]}, created()),
        "retrieve": ((BATCH_ID,), {}, answer(200, STATE, {"X-Api-Version": "1.3"})),
        "cancel": ((BATCH_ID,), {}, answer(202, STATE)),
        "delete": ((BATCH_ID,), {}, b"HTTP/1.1 204 X\r\nx-api-version: 1.3\r\n\r\n"),
    }  # fmt: skip
    for verb, (args, kwargs, script) in raw.items():

        def ask(
            client: typing.Any, v: str = verb, a: typing.Any = args, k: typing.Any = kwargs
        ) -> typing.Any:
            return getattr(client.analyze_async.batches.with_raw_response, v)(*a, **k)

        yield Case(f"raw: {verb}", lambda kit, c=ask: opened(kit.with_client(c)), (script,))
    yield Case("raw: list", lambda kit: kit.with_client(listed_raw), (PAGE, NO_PAGE))


def listed_raw(client: typing.Any) -> typing.Any:
    """The first page of a raw listing; a coroutine in the asyncio face."""
    found = client.analyze_async.batches.with_raw_response.list()
    if not hasattr(found, "__await__"):
        return list(found.items)

    async def items() -> typing.Any:
        return list((await found).items)

    return items()


def opened(response: typing.Any) -> typing.Any:
    """What a raw answer holds."""
    return {"headers": dict(response.headers), "data": response.data}


CASES: list[Case] = [*models(), *pagers(), *clients(), *networks(), *others()]
