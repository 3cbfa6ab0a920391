"""Connections that break, and answers that refuse."""

from __future__ import annotations

import json
import time
import typing

from defects import (
    BATCH,
    BATCH_ID,
    GOOD,
    QUICK,
    REFUSED,
    Case,
    Make,
    Play,
    attempt,
    chunked,
    create,
    created,
    head,
    item,
    lines,
    read,
    results_of,
    row,
    tell,
)
from servers import Cut, Drip, Reset, Stall, answer, nobody

ALL = "v-1, v-2, v-3"
TWICE = f"{ALL}; 2 requests"
BODY = lines(row(1), row(2), row(3))
BEGUN = head(f"content-length: {len(BODY)}") + BODY[:300]


class Target(typing.NamedTuple):
    base_url: str
    api_key: str = "key"


def drip(make: Make, server: typing.Any) -> str:
    """An answer of one object, a byte at a time."""
    server.plays([BATCH[:-200], Drip([bytes([byte]) for byte in BATCH[-200:]], 0.02)])
    began = time.monotonic()
    told = attempt(make(server, timeout=0.5, max_retries=0).retrieve, BATCH_ID)
    return f"{told}; {'in time' if time.monotonic() - began < 3 else 'after seconds'}"


def drip_row(make: Make, server: typing.Any) -> str:
    """A row of results, a byte at a time."""
    server.plays([BEGUN, Drip([bytes([byte]) for byte in BODY[300:500]], 0.02)], total=3)
    began = time.monotonic()
    told = read(make(server, timeout=0.5, max_retries=0))
    return f"{told}; {'in time' if time.monotonic() - began < 3 else 'after seconds'}"


def refused_connection(make: Make, server: typing.Any) -> str:
    with nobody() as base_url:
        try:
            make(Target(base_url), **QUICK).retrieve(BATCH_ID)
        except Exception as error:
            return f"{tell(error)}, {getattr(error, 'attempts', 1)} attempts"
    return "fine"


def once_then_well(*first: typing.Any) -> Play:
    """A retrieve that fails once at the connection."""

    def play(make: Make, server: typing.Any) -> str:
        server.plays(list(first), [BATCH])
        told = attempt(make(server, **QUICK).retrieve, BATCH_ID)
        return f"{told}; {len(server.received)} requests"

    return play


def reused(make: Make, server: typing.Any) -> str:
    """The connection that is kept is reset when it is used again."""
    server.plays([BATCH], [Reset], [BATCH])
    face = make(server, **QUICK)
    return f"{attempt(face.retrieve, BATCH_ID)}, {attempt(face.retrieve, BATCH_ID)}; {len(server.received)} requests"


def posts(*script: typing.Any, **settings: typing.Any) -> Play:
    """Creates a batch; tells how many requests to make one were sent."""

    def play(make: Make, server: typing.Any) -> str:
        server.plays(*script)
        told = attempt(create, make(server, **{**QUICK, "max_retries": 4, **settings}))
        count = sum(request.method == "POST" for request in server.received)
        return f"{told}; {count} POST"

    return play


def conflict(verb: str, code: str) -> Play:
    def play(make: Make, server: typing.Any) -> str:
        server.plays(answer(409, {"error": {"code": code, "message": "No."}}))
        face = make(server, **{**QUICK, "max_retries": 4})
        told = attempt(create, face) if verb == "create" else attempt(getattr(face, verb), BATCH_ID)
        return f"{told}; {len(server.received)} requests"

    return play


def come_back(seconds: str, total: float) -> Play:
    """A refusal that says when to come back, and a call that has so much time."""

    def play(make: Make, server: typing.Any) -> str:
        server.plays(answer(503, REFUSED, {"retry-after": seconds}), BATCH)
        face = make(server, timeout=total, max_retries=4, backoff_factor=0.001)
        began = time.monotonic()
        try:
            face.retrieve(BATCH_ID)
        except Exception as error:
            wish = getattr(error, "retry_after", None)
            return (
                f"{tell(error)} at once, retry_after {wish}" if time.monotonic() - began < 2 else tell(error)
            )
        waited = "after the pause" if time.monotonic() - began >= float(seconds) else "too early"
        return f"fine {waited}"

    return play


def generated(make: Make, server: typing.Any) -> str:
    """Requests from a generator, and a retry."""
    server.plays(answer(503, REFUSED), created())
    face = make(server, **{**QUICK, "max_retries": 4})
    told = attempt(create, face, requests=(item(n) for n in range(3)))
    counts = [
        len(json.loads(request.body)["requests"]) for request in server.received if request.method == "POST"
    ]
    return f"{told}; items sent: {counts}"


def nothing_given(option: str) -> Play:
    def play(make: Make, server: typing.Any) -> str:
        options = {option: None}
        server.plays(BATCH, GOOD, total=None)
        face = make(server, **QUICK)
        told = attempt(face.retrieve, BATCH_ID, request_options=options)
        server.plays(GOOD, total=3)
        return f"retrieve: {told}; results: {attempt(lambda: list(face.results(BATCH_ID, request_options=options)))}"

    return play


CASES = [
    Case(19, "a body cut before its `Content-Length`, whole on the next request", results_of([BEGUN, Cut], [GOOD]), TWICE),
    Case(19, "chunks without their end, whole on the next request", results_of([chunked(BODY[:300]), Cut], [GOOD]), TWICE),
    Case(19, "a chunk size that is none, whole on the next request", results_of([chunked(BODY[:300]) + b"zz\r\n", Cut], [GOOD]), TWICE),
    Case(20, "a reset in mid-stream, whole on the next request", results_of([BEGUN, Reset], [GOOD]), TWICE),
    Case(21, "silence in mid-stream, whole on the next request", results_of([BEGUN, Stall], [GOOD], timeout=0.3), TWICE),
    Case(22, "an answer of one object that drips, 4 s for a limit of 0.5 s", drip, "RequestTimeoutError (total); in time"),
    Case(22, "a row that drips, 4 s for a limit of 0.5 s", drip_row, "v-1, IncompleteResultsError (1 of 3); in time"),
    Case(23, "nobody listens", refused_connection, "ConnectError, 3 attempts"),
    Case(23, "a connection closed without an answer, then an answer", once_then_well(Cut), "fine; 2 requests"),
    Case(23, "a kept connection that is reset, then an answer", reused, "fine, fine; 3 requests"),
    *(
        Case(24, f"`results` answered with {status}, always, `max_retries=5`", results_of(answer(status, REFUSED), max_retries=5), f"{name}; 6 requests")
        for status, name in [(429, "TooManyRequestsError"), (500, "InternalServerError"), (503, "ServiceUnavailableError")]
    ),
    Case(25, "`max_retries=1`, and one failure", lambda make, server: once(make, server, 1), "fine; 2 requests"),
    Case(25, "`max_retries=2`, and failures without end", lambda make, server: once(make, server, 2, [answer(503, REFUSED)]), "ServiceUnavailableError; 3 requests"),
    Case(26, "`create` answered with 500, then 201", posts(answer(500, REFUSED), created()), "CreateOutcomeUnknownError; 1 POST"),
    Case(26, "`create` answered with a gateway's 504, then 201", posts(answer(504, b"<h1>Gateway Timeout</h1>"), created()), "CreateOutcomeUnknownError; 1 POST"),
    Case(26, "`create` answered with the platform's 503, which says that nothing was made, then 201", posts(answer(503, REFUSED), created()), "fine; 2 POST"),
    Case(27, "`cancel` answered with 409, `max_retries=4`", conflict("cancel", "batch_completed"), "ConflictError; 1 requests"),
    Case(27, "`delete` answered with 409, `max_retries=4`", conflict("delete", "batch_not_terminal"), "ConflictError; 1 requests"),
    Case(27, "`create` answered with 409, `max_retries=4`", conflict("create", "asset_not_ready"), "ConflictError; 1 requests"),
    Case(28, "`Retry-After: 1.5`", come_back("1.5", 20), "fine after the pause"),
    Case(28, "`Retry-After: 31`, and 20 s left", come_back("31", 20), "ServiceUnavailableError at once, retry_after 31.0"),
    Case(28, "`Retry-After: 121`, and time enough", come_back("121", 500), "ServiceUnavailableError at once, retry_after 121.0"),
    Case(29, "requests from a generator, and a retry", generated, "fine; items sent: [3, 3]"),
    Case(30, "`additional_headers=None`", nothing_given("additional_headers"), "retrieve: fine; results: fine"),
    Case(30, "`additional_query_parameters=None`", nothing_given("additional_query_parameters"), "retrieve: fine; results: fine"),
]  # fmt: skip


def once(make: Make, server: typing.Any, retries: int, script: typing.Any = None) -> str:
    server.plays(*(script or [answer(503, REFUSED), BATCH]))
    told = attempt(make(server, **{**QUICK, "max_retries": retries}).retrieve, BATCH_ID)
    return f"{told}; {len(server.received)} requests"
