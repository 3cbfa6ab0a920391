"""Arguments, addresses and errors."""

from __future__ import annotations

import contextlib
import json
import os
import typing

from defects import (
    BATCH,
    BATCH_ID,
    QUICK,
    REFUSED,
    STATE,
    Case,
    Make,
    Play,
    attempt,
    create,
    item,
    name_of,
    tell,
)
from servers import ScriptedServer, answer


@contextlib.contextmanager
def environment(**variables: str) -> typing.Iterator[None]:
    """Variables that are set for a while."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)


class Target(typing.NamedTuple):
    base_url: typing.Any
    api_key: typing.Any = "key"


def key_from_environment(make: Make, server: typing.Any) -> str:
    server.plays(BATCH)
    with environment(TWELVE_LABS_API_KEY="from-the-environment"):
        told = attempt(lambda: make(Target(server.base_url, None)).retrieve(BATCH_ID))
    sent = server.received[0].header("x-api-key") if server.received else "nothing"
    return f"{told}; sent {sent}"


def both_addresses(make: Make, server: typing.Any) -> str:
    server.plays(BATCH)
    with environment(TWELVELABS_BASE_URL="http://127.0.0.1:9/v1.3"):
        told = attempt(make(server, **{**QUICK, "max_retries": 0}).retrieve, BATCH_ID)
    return f"{told}; {len(server.received)} requests to the given one"


def page_of(numbers: typing.Iterable[int], page: int, total_page: int | None) -> bytes:
    data = [{**STATE, "batch_id": f"{number:024x}"} for number in numbers]
    info = {"page": page, "limit_per_page": 10, "total_page": total_page, "total_results": 25}
    return answer(
        200, {"data": data, "page_info": {name: value for name, value in info.items() if value is not None}}
    )


PAGES = [page_of(range(1, 11), 1, 3), page_of(range(11, 21), 2, 3), page_of(range(21, 26), 3, 3)]
MOST = 60


def listing(*script: bytes, **options: typing.Any) -> Play:
    """Walks through a listing, up to some number of entries."""

    def play(make: Make, server: typing.Any) -> str:
        server.plays(*script)
        seen = []
        try:
            pager = make(server, **QUICK).list(**options)
            for entry in walk(pager):
                seen.append(entry.batch_id)
                if len(seen) == MOST:
                    return "no end"
        except Exception as error:
            return f"{len(seen)} entries, {tell(error)}"
        doubled = "" if len(set(seen)) == len(seen) else ", some twice"
        return f"{len(seen)} entries{doubled}; {len(server.received)} requests"

    return play


def walk(pager: typing.Any) -> typing.Iterator[typing.Any]:
    """Entries of a pager, awaited where they must be."""
    if not hasattr(pager, "__aiter__"):
        yield from pager
        return
    from faces import run

    page = pager
    while page is not None:
        yield from page.items
        page = run(page.next_page())


def where(batch_id: typing.Any) -> Play:
    """Where calls with such an identifier go."""

    def play(make: Make, server: typing.Any) -> str:
        told = set()
        for verb in ("retrieve", "cancel", "delete", "results"):
            server.plays(BATCH)
            server.received.clear()
            face = make(server, **{**QUICK, "max_retries": 0})
            call: typing.Any = (
                (lambda asked, face=face: list(face.results(asked)))
                if verb == "results"
                else getattr(face, verb)
            )
            outcome = attempt(call, batch_id)
            told.add(
                f"{server.received[0].method} {server.received[0].target}" if server.received else outcome
            )
        return ", ".join(sorted(told))

    return play


def redirected(verb: str, status: int) -> Play:
    """An answer that redirects to another origin."""

    def play(make: Make, server: typing.Any) -> str:
        with ScriptedServer() as other:
            other.plays(BATCH)
            target = other.base_url.replace("127.0.0.1", "localhost")
            server.plays(answer(status, b"", {"location": f"{target}/elsewhere"}))
            face = make(server, **{**QUICK, "max_retries": 0})
            told = attempt(getattr(face, verb), BATCH_ID)
            keys = [request.header("x-api-key") for request in other.received]
        got = (
            "the other origin got nothing"
            if not keys
            else f"the other origin got {'the key' if keys[0] else 'a request'}"
        )
        return f"{told}; {got}"

    return play


def refusals(status: int, body: typing.Any, verbs: typing.Sequence[str]) -> Play:
    """The class of the error, for some calls."""

    def play(make: Make, server: typing.Any) -> str:
        told = set()
        for verb in verbs:
            server.plays(answer(status, body))
            face = make(server, **{**QUICK, "max_retries": 0})
            try:
                create(face) if verb == "create" else getattr(face, verb)(
                    *([] if verb == "list" else [BATCH_ID])
                )
            except Exception as error:
                cause = getattr(error, "__cause__", None)
                told.add(
                    name_of(error)
                    + (
                        f" from {name_of(cause)}"
                        if verb == "create" and cause and name_of(error) == "CreateOutcomeUnknownError"
                        else ""
                    )
                )
        return ", ".join(sorted(told))

    return play


def field_missing(make: Make, server: typing.Any) -> str:
    server.plays(answer(200, {name: value for name, value in STATE.items() if name != "total_items"}))
    return attempt(make(server, **QUICK).retrieve, BATCH_ID)


def shown(make: Make, server: typing.Any) -> str:
    server.plays(answer(404, {"error": {"code": "resource_not_exist", "message": "No such batch."}}))
    try:
        make(server, **QUICK).retrieve(BATCH_ID)
    except Exception as error:
        return f"repr tells {'the message' if 'No such batch.' in repr(error) else repr(error)}; .message is {getattr(error, 'message', None)!r}"
    return "fine"


def asked(**changes: typing.Any) -> Play:
    """A request that breaks a rule."""

    def play(make: Make, server: typing.Any) -> str:
        server.plays(answer(400, REFUSED))
        call = {"model_name": "pegasus1.5", "analysis_mode": "general", "requests": [item(1)], **changes}
        told = attempt(make(server, **QUICK).create, **call)
        return f"{told}; {len(server.received)} sent"

    return play


ALL_VERBS = ("create", "list", "retrieve", "cancel", "delete")
OTHERS = ("list", "retrieve", "cancel", "delete")
NOT_AN_ID = "ValidationError"
REFUSED_LOCALLY = "ValidationError; 0 sent"

CASES = [
    Case(44, "the key in `TWELVE_LABS_API_KEY`, none given", key_from_environment, "fine; sent from-the-environment"),
    Case(45, "`base_url` given, another in `TWELVELABS_BASE_URL`", both_addresses, "fine; 1 requests to the given one"),
    Case(46, "25 batches on 3 pages", listing(*PAGES, answer(200, {"data": [], "page_info": {"page": 4, "total_page": 3}})), "25 entries; 3 requests"),
    Case(46, "an empty account", listing(answer(200, {"data": [], "page_info": {"page": 1, "limit_per_page": 10, "total_page": 0, "total_results": 0}})), "0 entries; 1 requests"),
    Case(46, "25 batches, and 400 past the end", listing(*PAGES, answer(400, REFUSED)), "25 entries; 3 requests"),
    Case(46, "a platform that answers every page past the end with its last", listing(*PAGES[:2], page_of(range(21, 26), 3, None)), "25 entries; 3 requests"),
    Case(47, '`additional_query_parameters={"page": 7}`, and always the same page', listing(page_of(range(1, 11), 7, 9), request_options={"additional_query_parameters": {"page": 7}}), "0 entries, ValidationError"),
    *(
        Case(48, f"{json.dumps(batch_id)} as `batch_id`", where(batch_id), NOT_AN_ID)
        for batch_id in ("../tasks/T", "x/../../../assets", "a?x", "a#f", "", None, "%2e%2e/x")
    ),
    *(
        Case(49, f"`retrieve` answered with a redirect to another host, {status}", redirected("retrieve", status), "ApiError; the other origin got nothing")
        for status in (302, 307)
    ),
    Case(50, "`delete` answered with a redirect, 302", redirected("delete", 302), "ApiError; the other origin got nothing"),
    *(
        Case(51, f"`create` answered with {status} and {words}", refusals(status, body, ["create"]), outcome)
        for status, body, words, outcome in [
            (503, {"code": "c", "message": "m"}, "a flat body", "CreateOutcomeUnknownError from ServiceUnavailableError"),
            (504, b"null", "null", "CreateOutcomeUnknownError from GatewayTimeoutError"),
        ]
    ),
    *(
        Case(52, f"{status} for every call", refusals(status, REFUSED, ALL_VERBS), name)
        for status, name in [(401, "UnauthorizedError"), (403, "ForbiddenError"), (422, "UnprocessableEntityError")]
    ),
    *(
        Case(52, f"{status} for calls other than `create`", refusals(status, REFUSED, OTHERS), name)
        for status, name in [
            (429, "TooManyRequestsError"), (500, "InternalServerError"), (503, "ServiceUnavailableError"), (504, "GatewayTimeoutError"),
        ]
    ),
    *(
        Case(53, f"{status} with a body that is no JSON", refusals(status, b"<html>no</html>", OTHERS), name)
        for status, name in [(400, "BadRequestError"), (404, "NotFoundError")]
    ),
    Case(54, "an answer of success without a required field", field_missing, "UnexpectedBodyError"),
    Case(55, "`repr` of an error", shown, "repr tells the message; .message is 'No such batch.'"),
    Case(56, "no items", asked(requests=[]), REFUSED_LOCALLY),
    Case(56, "a temperature of 99", asked(requests=[{**item(1), "temperature": 99}]), REFUSED_LOCALLY),
    Case(56, "an end before the start", asked(requests=[{**item(1), "start_time": 9, "end_time": 3}]), REFUSED_LOCALLY),
    Case(56, "an empty `custom_id`", asked(requests=[{**item(1), "custom_id": ""}]), REFUSED_LOCALLY),
    Case(56, "a model that batches do not know", asked(model_name="pegasus1.2"), REFUSED_LOCALLY),
]  # fmt: skip
