"""What the vendor's SDK was seen to do wrong, as inputs and what is to come of them.

The tests put the inputs to this client, behind both faces; `tools/side_by_side.py`
puts them to the vendor's SDK too and writes both outcomes down.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
import typing

from servers import answer

BATCH_ID = "6b0000000000000000000001"


class Make(typing.Protocol):
    """Makes a client of a server, whosever it is."""

    def __call__(self, target: typing.Any, **settings: typing.Any) -> typing.Any: ...


Play = typing.Callable[[Make, typing.Any], str]


@dataclasses.dataclass(frozen=True)
class Case:
    """An input, played to a client with a server; what becomes of it is told in words."""

    number: int
    given: str
    play: Play
    outcome: str
    asynchronous: str | None = None
    """Its outcome with the asyncio client, where that is another."""
    only: typing.Literal["sync", "async"] | None = None
    """The face to which it applies, if not to both."""


def row(number: int, **fields: typing.Any) -> dict[str, typing.Any]:
    """A row of results with an analysis."""
    data = {"generation_id": "g", "data": "text", "finish_reason": "stop", "usage": {"output_tokens": 9}}
    return {
        "task_id": f"{number:024x}",
        "custom_id": f"v-{number}",
        "status": "ready",
        "data": data,
        **fields,
    }


def lines(*rows: bytes | dict[str, typing.Any]) -> bytes:
    """Rows as they are sent."""
    return b"".join(
        entry if isinstance(entry, bytes) else json.dumps(entry).encode() + b"\n" for entry in rows
    )


def head(*headers: str, status: str = "200 OK") -> bytes:
    """The head of an answer with results."""
    return (
        "\r\n".join([f"HTTP/1.1 {status}", "content-type: application/jsonl", *headers]).encode()
        + b"\r\n\r\n"
    )


def whole(body: bytes, *headers: str) -> bytes:
    """An answer whose length is given."""
    return head(f"content-length: {len(body)}", *headers) + body


def chunked(*chunks: bytes) -> bytes:
    """An answer in chunks, without its end."""
    return head("transfer-encoding: chunked") + b"".join(
        b"%x\r\n%b\r\n" % (len(part), part) for part in chunks
    )


def zipped(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


GOOD = whole(lines(row(1), row(2), row(3)))


def name_of(error: BaseException) -> str:
    """An error's class; with its package, if that is neither client's."""
    package = type(error).__module__.split(".")[0]
    name = type(error).__name__
    return name if package in {"twelvelabs", "twelvelabs_batches", "builtins"} else f"{package}.{name}"


def tell(error: BaseException) -> str:
    """An error in words."""
    facts = [
        f"row {getattr(error, 'row', None)}" if hasattr(error, "row") else "",
        f"{getattr(error, 'received', None)} of {getattr(error, 'expected', None)}"
        if hasattr(error, "received")
        else "",
        str(getattr(error, "limit", "")),
    ]
    told = ", ".join(fact for fact in facts if fact)
    return f"{name_of(error)} ({told})" if told else name_of(error)


def shown(item: typing.Any) -> str:
    """An item by its `custom_id`."""
    return str(item.custom_id)


def read(face: typing.Any, batch_id: str = BATCH_ID, show: typing.Callable[[typing.Any], str] = shown) -> str:
    """Reads results, and on after a row that cannot be read; tells what came, in order."""
    told: list[str] = []
    try:
        results = iter(face.results(batch_id))
        while True:
            try:
                told.append(show(next(results)))
            except StopIteration:
                break
            except Exception as error:
                told.append(tell(error))
                if not hasattr(error, "row"):
                    break
    except Exception as error:
        told.append(tell(error))
    return ", ".join(told) or "no rows, no error"


def attempt(call: typing.Callable[..., typing.Any], *args: typing.Any, **kwargs: typing.Any) -> str:
    """What comes of a call: `fine`, or an error."""
    try:
        call(*args, **kwargs)
    except Exception as error:
        return tell(error)
    return "fine"


QUICK: dict[str, typing.Any] = {"timeout": 5.0, "max_retries": 2, "backoff_factor": 0.001}


def results_of(
    *script: typing.Any, total: int | None = 3, show: typing.Any = shown, **settings: typing.Any
) -> Play:
    """Reads results from a server that answers by a script, the last answer again and again."""

    def play(make: Make, server: typing.Any) -> str:
        server.plays(*script, total=total)
        face = make(server, **{**QUICK, **settings})
        told = read(face, show=show)
        requests = len(server.received)
        return told if requests == 1 else f"{told}; {requests} requests"

    return play


STATE: dict[str, typing.Any] = {
    "batch_id": BATCH_ID,
    "analysis_mode": "general",
    "model_name": "pegasus1.5",
    "status": "processing",
    "total_items": 3,
    "queued_items": 3,
    "processing_items": 0,
    "ready_items": 0,
    "failed_items": 0,
    "canceled_items": 0,
    "created_at": "2026-11-01T00:00:00Z",
    "expires_at": "2026-11-02T00:00:00Z",
}
BATCH = answer(200, STATE)
REFUSED = {"error": {"code": "tired", "message": "Not now."}}


def item(number: int) -> dict[str, typing.Any]:
    """A request for a video."""
    return {"video": {"type": "asset_id", "asset_id": f"{number:024x}"}, "custom_id": f"v-{number}"}


def create(face: typing.Any, requests: typing.Any = None, **settings: typing.Any) -> typing.Any:
    """Creates a batch of three."""
    return face.create(
        model_name="pegasus1.5",
        analysis_mode="general",
        requests=[item(n) for n in range(3)] if requests is None else requests,
        defaults={"prompt": {"input_text": "Sum up."}},
        **settings,
    )


def created(status: int = 201) -> bytes:
    """The answer to a `create` of three."""
    items = [{"task_id": f"{n:024x}", "custom_id": f"v-{n}"} for n in range(3)]
    fields = ("batch_id", "status", "total_items", "created_at", "expires_at")
    return answer(status, {**{name: STATE[name] for name in fields}, "items": items})
