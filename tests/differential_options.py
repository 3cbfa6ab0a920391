"""What is sent on request: options of calls and settings of clients, for every method."""

from __future__ import annotations

import typing

from defects import BATCH, STATE, created, lines, row, whole
from defects_surface import PAGES
from differential import BATCH_ID, Case
from differential_requests import ITEM, NO_PAGE, PROMPT, Fields
from servers import answer

QUERY: Fields = {
    "n": 1, "f": 1.5, "t": True, "none": None, "text": "ü &=+/ä", "list": [1, "two", True], "empty": [],
    "nested": {"a": 1, "b": {"c": [1, 2], "d": "x"}}, "dicts": [{"a": 1}, {"a": 2, "b": [3]}], "mixed": {"l": [{"m": 1}, 2]},
    "tuple": (1, 2), "void": {}, "inner none": {"a": None},
}  # fmt: skip
OPTIONS: dict[str, typing.Any] = {
    "None": None,
    "{}": {},
    "timeout_in_seconds": {"timeout_in_seconds": 5},
    "timeout_in_seconds, a fraction": {"timeout_in_seconds": 2.5},
    "max_retries": {"max_retries": 0},
    "chunk_size": {"chunk_size": 1024},
    "None everywhere": dict.fromkeys(("timeout_in_seconds", "chunk_size", "additional_body_parameters")),
    "headers None": {"additional_headers": None},
    "query None": {"additional_query_parameters": None},
    "max_retries None": {"max_retries": None},
    "empty everywhere": {
        "additional_headers": {}, "additional_query_parameters": {}, "additional_body_parameters": {},
    },
    "headers": {"additional_headers": {"X-Trace": "1", "x-other": "a, b", "X-None": None}},
    "a header of another kind": {"additional_headers": {"X-Number": 1}},
    "the key in the same case": {"additional_headers": {"x-api-key": "other"}},
    "the key in another case": {"additional_headers": {"X-API-Key": "other"}},
    "the agent": {"additional_headers": {"User-Agent": "mine"}},
    "the agent in another case": {"additional_headers": {"user-agent": "mine"}},
    **{f"query, {name}": {"additional_query_parameters": {name: value}} for name, value in QUERY.items()},
    "query, all": {"additional_query_parameters": {"z": 1, **QUERY}},
    "body": {"additional_body_parameters": {"beta": True, "nested": {"list": [1, None, {"a": "ü"}]}}},
    "an unknown option": {"max_retrys": 1},
}  # fmt: skip
VERBS: dict[str, tuple[typing.Callable[..., typing.Any], tuple[bytes, ...]]] = {
    "create": (
        lambda kit, **options: kit.call(
            "create", model_name="pegasus1.5", analysis_mode="general", requests=[ITEM], defaults={"prompt": PROMPT}, **options
        ),
        (created(),),
    ),
    "list": (lambda kit, **options: kit.listed(page_limit=10, **options), (*PAGES, NO_PAGE)),
    "retrieve": (lambda kit, **options: kit.call("retrieve", BATCH_ID, **options), (BATCH,)),
    "results": (lambda kit, **options: kit.rows(**options), (whole(lines(row(1), row(2), row(3))),)),
    "cancel": (lambda kit, **options: kit.call("cancel", BATCH_ID, **options), (answer(202, STATE),)),
    "delete": (lambda kit, **options: kit.call("delete", BATCH_ID, **options), (b"HTTP/1.1 204 X\r\n\r\n",)),
}  # fmt: skip


def options() -> typing.Iterator[Case]:
    """All request options, for every method."""
    for verb, (call, script) in VERBS.items():
        total = 3 if verb == "results" else None
        for name, given in OPTIONS.items():
            yield Case(
                f"{verb}: {name}", lambda kit, c=call, g=given: c(kit, request_options=g), script, total
            )
        yield Case(f"{verb}: no options", call, script, total)
    call, script = VERBS["create"]
    for name, extra in {
        "a field": {"model_name": "other"},
        "a field of theirs": {"defaults": {"max_tokens": 600}},
    }.items():
        given = {"additional_body_parameters": extra}
        yield Case(
            f"create: body in place of {name}", lambda kit, g=given: call(kit, request_options=g), script
        )


def clients() -> typing.Iterator[Case]:
    """What a client is made with."""
    settings: dict[str, Fields] = {
        "headers": {"headers": {"X-Team": "films", "x-lower": "ü".encode().decode("latin-1")}},
        "the agent": {"headers": {"User-Agent": "mine", "X-Fern-Language": "none"}},
        "the agent in another case": {"headers": {"user-agent": "mine"}},
        "the key among headers": {"headers": {"x-api-key": "other"}},
        "the key among headers in another case": {"headers": {"X-API-Key": "other"}},
        "the kind of content": {"headers": {"Content-Type": "text/plain"}},
        "accept": {"headers": {"Accept": "application/json"}},
        "None everywhere": {"headers": None},
        "a timeout": {"timeout": 30.0},
        "no key": {"api_key": None},
        "an empty key": {"api_key": ""},
    }
    for name, given in settings.items():
        for verb in ("create", "retrieve"):
            call, script = VERBS[verb]
            yield Case(f"client, {name}: {verb}", call, script, settings=given)
    for suffix in ("/", "/prefix", "/prefix/", "/a/b%20c"):
        for verb in ("create", "list", "results", "delete"):
            call, script = VERBS[verb]
            yield Case(
                f"client, base URL with {suffix}: {verb}",
                call,
                script,
                3 if verb == "results" else None,
                suffix=suffix,
            )


CASES: list[Case] = [*options(), *clients()]
