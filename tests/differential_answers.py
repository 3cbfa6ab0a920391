"""What is answered: every type of answer and every kind of error, as recorded bodies."""

from __future__ import annotations

import json
import typing

from defects import STATE, lines, row, whole
from differential import BATCH_ID, Case, Kit
from differential_options import VERBS
from differential_requests import NO_PAGE, PAGE
from servers import answer

Fields = dict[str, typing.Any]

COUNTS = {
    "total_items": 9,
    "queued_items": 1,
    "processing_items": 2,
    "ready_items": 3,
    "failed_items": 1,
    "canceled_items": 2,
}
HOOKS: list[Fields] = [
    {"url": "https://example.com/hook", "delivered": True, "attempts": 1},
    {"url": "https://example.com/tired", "delivered": False, "attempts": 5, "last_error": "status 500"},
]
DEEP: Fields = {"a": [1, {"b": None, "c": [True, "ü", 1.5, 10**15, -0.0]}], "empty": {}, "list": []}


def text_of(value: typing.Any) -> bytes:
    """JSON as a platform writes it that does not escape."""
    return json.dumps(value, ensure_ascii=False).encode()


def states() -> typing.Iterator[tuple[str, Fields]]:
    """States of a batch."""
    for status, moment in (
        ("pending", None), ("processing", None), ("canceling", None), ("completed", "completed_at"),
        ("canceled", "canceled_at"), ("expired", "expired_at"), ("resting", None),
    ):  # fmt: skip
        for mode in ("general", "time_based_metadata", "mode-2027"):
            extra = {moment: "2026-11-01T03:00:00Z"} if moment else {}
            yield f"{status}, {mode}", {**STATE, **COUNTS, "status": status, "analysis_mode": mode, **extra}
    yield "webhooks", {**STATE, "webhooks": HOOKS}
    yield "no webhooks", {**STATE, "webhooks": []}
    yield "nulls", {**STATE, **dict.fromkeys(("completed_at", "canceled_at", "expired_at", "webhooks"))}
    yield (
        "unknown fields",
        {
            **STATE,
            "region": "eu",
            "cost": 1.25,
            "deep": DEEP,
            "none": None,
            "webhooks": [{**HOOKS[0], "deep": DEEP}],
        },
    )
    yield "unknown names that are odd", {**STATE, "größe": 1, "with space": 2, "x-y": 3, "": 4}
    yield (
        "texts of all kinds",
        {**STATE, "model_name": "pegasus\u2028🎬\x00\u200f", "batch_id": "not hexadecimal"},
    )
    yield "whole floats as counts", {**STATE, "total_items": 3.0}
    yield "texts as counts", {**STATE, "total_items": "3"}
    yield "large counts", {**STATE, "total_items": 2**63 - 1, "huge": 10**30}
    yield "a fraction as count", {**STATE, "total_items": 3.5}
    yield "a count missing", {name: value for name, value in STATE.items() if name != "ready_items"}
    yield "a count null", {**STATE, "ready_items": None}
    yield "a number as name", {**STATE, "model_name": 1.5}
    yield "a webhook without url", {**STATE, "webhooks": [{"delivered": True, "attempts": 1}]}


TIMES: dict[str, typing.Any] = {
    "whole seconds": "2026-11-01T00:00:00Z", "milliseconds": "2026-11-01T00:00:00.123Z",
    "microseconds": "2026-11-01T00:00:00.123456Z", "nanoseconds": "2026-11-01T00:00:00.123456789Z",
    "an offset": "2026-11-01T02:30:00+02:30", "an offset and a fraction": "2026-11-01T02:30:00.5-07:00",
    "no zone": "2026-11-01T00:00:00", "small letters": "2026-11-01t00:00:00z", "a space": "2026-11-01 00:00:00Z",
    "seconds since 1970": 1793491200, "no time at all": "soon", "zero offset": "2026-11-01T00:00:00+00:00",
}  # fmt: skip
CREATED: Fields = {
    **{name: STATE[name] for name in ("batch_id", "status", "total_items", "created_at", "expires_at")},
    "items": [
        {"task_id": "6c0000000000000000000001", "custom_id": "v-1"},
        {"task_id": "6c0000000000000000000002", "custom_id": None},
    ],
}
CREATIONS: dict[str, Fields] = {
    "as documented": CREATED,
    "custom_id absent": {**CREATED, "items": [{"task_id": "6c0000000000000000000001"}]},
    "no items": {**CREATED, "items": []},
    "unknown fields": {**CREATED, "deep": DEEP, "items": [{**CREATED["items"][0], "deep": DEEP}]},
    "an unknown status": {**CREATED, "status": "resting"},
    "texts of all kinds": {**CREATED, "items": [{"task_id": "🎬", "custom_id": "a\u2028b"}]},
}
DATA: Fields = row(1)["data"]
ROWS: dict[str, Fields] = {
    "ready": row(1),
    "ready, both counts": row(1, data={**DATA, "usage": {"output_tokens": 9, "input_tokens": 80}}),
    "ready, cut": row(1, data={**DATA, "finish_reason": "length"}),
    "ready, an unknown reason": row(1, data={**DATA, "finish_reason": "tired"}),
    "ready, nulls": row(1, error=None, data={**DATA, "usage": {"output_tokens": 9, "input_tokens": None}}),
    "ready, segments": row(1, data={**DATA, "data": '{"scene":[{"start_time":0,"end_time":5.5,"metadata":{"mood":"calm"}}]}'}),
    "ready, unknown fields": row(1, deep=DEEP, data={**DATA, "deep": DEEP, "usage": {"output_tokens": 9, "cached": 3}}),
    "ready, texts of all kinds": row(1, custom_id="a", data={**DATA, "data": '🎬 من\u200f\x00\t"\\ e\u0301 ' + "x" * 10_000}),
    "ready, an empty text": row(1, data={**DATA, "data": ""}),
    "failed": {"task_id": "t", "custom_id": "c", "status": "failed", "error": {"code": "asset_unavailable", "message": "m"}},
    "failed, no code": {"task_id": "t", "custom_id": None, "status": "failed", "error": {"message": "m"}},
    "failed, code null": {"task_id": "t", "custom_id": None, "status": "failed", "error": {"code": None, "message": "m", "deep": DEEP}},
    "queued": {"task_id": "t", "custom_id": "c", "status": "queued"},
    "processing": {"task_id": "t", "custom_id": None, "status": "processing", "data": None, "error": None},
    "canceled, custom_id absent": {"task_id": "t", "status": "canceled"},
    "an unknown status": {"task_id": "t", "custom_id": "c", "status": "resting"},
}  # fmt: skip
"""Rows that both clients read; what the vendor's drops is in docs/defects.md."""
PAGE_INFOS: dict[str, typing.Any] = {
    "all": {"page": 1, "limit_per_page": 10, "total_page": 1, "total_results": 1}, "empty": {}, "nulls": {"page": None, "total_page": None},
    "unknown fields": {"page": 1, "total_page": 1, "total_results": 1, "limit_per_page": 10, "deep": DEEP},
}  # fmt: skip


def bodies() -> typing.Iterator[Case]:
    """Answers of success with one object."""
    retrieve, create = VERBS["retrieve"][0], VERBS["create"][0]
    for name, state in states():
        yield Case(f"answer to retrieve: {name}", retrieve, (answer(200, text_of(state)),))
    for name, moment in TIMES.items():
        state = {**STATE, "created_at": moment, "expires_at": moment, "completed_at": moment}
        yield Case(f"answer to retrieve: times, {name}", retrieve, (answer(200, text_of(state)),))
    for status in (200, 201, 202, 203):
        yield Case(f"answer to retrieve: status {status}", retrieve, (answer(status, STATE),))
    for name, raw in {"no JSON": b"<html>", "nothing": b"", "a list": b"[]", "null": b"null"}.items():
        yield Case(f"answer to retrieve: {name}", retrieve, (answer(200, raw),))
    for name, body in CREATIONS.items():
        yield Case(f"answer to create: {name}", create, (answer(201, text_of(body)),))
    canceling = {**STATE, "status": "canceling", "webhooks": HOOKS, "deep": DEEP}
    yield Case("answer to cancel", VERBS["cancel"][0], (answer(202, text_of(canceling)),))
    yield Case("answer to delete: a body", VERBS["delete"][0], (answer(200, {"deleted": True}),))


def pages() -> typing.Iterator[Case]:
    """Answers of success with a page."""
    bodies: dict[str, Fields] = {
        **{f"page_info, {name}": {"data": [STATE], "page_info": info} for name, info in PAGE_INFOS.items()},
        "unknown fields": {"data": [{**STATE, "deep": DEEP}], "page_info": PAGE_INFOS["all"], "deep": DEEP},
        "no page_info": {"data": [STATE]},
        "no data": {"page_info": {}},
        "data null": {"data": None, "page_info": {}},
    }
    for name, body in bodies.items():
        yield Case(f"answer to list: {name}", VERBS["list"][0], (answer(200, text_of(body)), NO_PAGE))
    yield Case("answer to list: as documented", VERBS["list"][0], (PAGE, NO_PAGE))


def results() -> typing.Iterator[Case]:
    """Answers of success with rows."""
    read = VERBS["results"][0]
    for name, entry in ROWS.items():
        yield Case(f"answer to results: {name}", read, (whole(text_of(entry) + b"\n"),), 1)
    everything = [{**entry, "task_id": f"{number:024x}"} for number, entry in enumerate(ROWS.values())]
    for name, end in (("LF", b"\n"), ("CRLF", b"\r\n"), ("blank lines", b"\n\n")):
        joined = end.join(text_of(entry) for entry in everything)
        yield Case(f"answer to results: all, {name}", read, (whole(joined),), len(everything))
    yield Case("answer to results: nothing", read, (whole(b""),), 0)
    yield Case("answer to results: a row twice", read, (whole(lines(row(1), row(1))),), 1)
    yield Case("answer to results: a row that is none", read, (whole(lines(row(1), b"{\n", row(2))),), 3)


NESTED: Fields = {"error": {"code": "tired", "message": "Not now.", "details": {"n": [1, None]}}}
ERROR_BODIES: dict[str, bytes] = {
    "nested": text_of(NESTED), "flat": text_of({"code": "tired", "message": "Nicht jetzt: ü", "docs_url": "https://example.com"}),
    "plain text": "no, ü".encode(), "empty": b"", "a list": b"[1]", "null": b"null", "a text in JSON": b'"no"',
}  # fmt: skip
STATUSES = (400, 401, 403, 404, 408, 409, 410, 413, 418, 422, 425, 429, 500, 501, 502, 503, 504)


def refusals() -> typing.Iterator[Case]:
    """Answers of failure."""
    for verb, (call, _) in VERBS.items():
        for status in STATUSES:
            shapes = ERROR_BODIES if verb in ("create", "retrieve", "results") else ["nested", "plain text"]
            for shape in shapes:
                script = (answer(status, ERROR_BODIES[shape], {"x-request-id": "r-1", "X-Mixed": "a"}),)
                yield Case(f"{verb} refused: {status}, {shape}", call, script)
    yield Case(
        "refused once, max_retries=3",
        again(3),
        (answer(429, NESTED, {"retry-after": "0"}), answer(200, STATE)),
    )
    yield Case(
        "refused twice, max_retries=4",
        again(4),
        (*[answer(503, NESTED, {"retry-after": "0"})] * 2, answer(200, STATE)),
    )
    yield Case(
        "redirected to itself",
        VERBS["retrieve"][0],
        (answer(302, b"", {"location": "/v1.3/elsewhere"}), answer(200, STATE)),
    )


def again(retries: int) -> typing.Callable[[Kit], typing.Any]:
    """A call that may be repeated."""
    return lambda kit: kit.call("retrieve", BATCH_ID, request_options={"max_retries": retries})


CASES: list[Case] = [*bodies(), *pages(), *results(), *refusals()]
