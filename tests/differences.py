"""Every difference to the vendor's SDK that is meant, for those who move from it.

The differential test demands that whatever differs is one of these, and that each of
these is seen; `tools/migration.py` writes them into the migration page.
"""

from __future__ import annotations

import dataclasses
import typing

from differing import (
    ABSENT,
    Sees,
    any_of,
    error,
    header,
    is_alias,
    is_error_model,
    is_error_text,
    is_header_twice,
    is_huge_number,
    is_null_left_out,
    is_null_unset,
    is_order_of_dump,
    is_query_without_none,
    is_row_once,
    is_same_number,
    is_time_in_utc,
    outcome,
    request,
    seen,
)

About = typing.Literal["requests", "answers", "errors", "behaviour"]


@dataclasses.dataclass(frozen=True)
class Difference:
    """A difference that is meant, in words, and how it is told from others."""

    key: str
    about: About
    given: str
    vendor: str
    client: str
    reason: str
    sees: Sees


TYPED = (
    "(BadRequest|Unauthorized|Forbidden|NotFound|Conflict|Gone|ContentTooLarge|UnprocessableEntity"
    "|TooManyRequests|InternalServer|ServiceUnavailable|GatewayTimeout)Error"
)

REQUESTS: list[Difference] = [
    Difference(
        "user-agent", "requests", "the header `User-Agent`",
        "`twelvelabs/1.3.6`", "`twelvelabs-batches/…`, unless you give your own",
        "The platform is told truthfully who asks.", header("user-agent"),
    ),
    Difference(
        "fern-headers", "requests", "headers `X-Fern-…`",
        "three of them with every request", "none",
        "They name the generator of the vendor's SDK, which did not write this client.",
        header("x-fern-language", "x-fern-sdk-name", "x-fern-sdk-version"),
    ),
    Difference(
        "connection-headers", "requests", "the headers `Accept-Encoding` and `Connection`",
        "`gzip, deflate` and `keep-alive`", "`gzip`, and no `Connection`, which means the same in HTTP/1.1",
        "Only what this client decodes itself is asked for.", header("accept-encoding", "connection"),
    ),
    Difference(
        "idempotency-key", "requests", "`create`",
        "no `Idempotency-Key`", "a new `Idempotency-Key` with each call",
        "A platform that honours it makes no second batch of a repeated request.", header("idempotency-key"),
    ),
    Difference(
        "headers-once", "requests", "a header spelled in another case, such as `X-API-Key`",
        "is sent beside the usual one, so that there are two", "takes the place of the usual one; the key can only be replaced for one call",
        "Case does not tell headers apart, and nobody can say which of two counts.", is_header_twice,
    ),
    Difference(
        "none-left-out", "requests", "`None` for an optional field, or for `defaults`",
        "is sent as `null`", "is left out",
        "`None` is how Python says that nothing was given.", is_null_left_out,
    ),
    Difference(
        "order-of-fields", "requests", "dicts whose keys are in another order than documented",
        "are sent in their own order", "are sent in the documented order; a `json_schema` keeps its own",
        "A dict and a model with the same content are sent as the same bytes.", lambda found: found.where == "order in body",
    ),
    Difference(
        "numbers", "requests", "`3` in a dict where seconds are meant, `2048.0` where a count is",
        "are sent as written", "are sent as `3.0` and `2048`",
        "A dict and a model with the same content are sent as the same bytes.", is_same_number,
    ),
    Difference(
        "query-spelling", "requests", "`~` and `*` in a query",
        "are sent as `~` and `%2A`", "are sent as `%7E` and `*`",
        "Both mean the same to a server.", lambda found: found.where == "query text",
    ),
    Difference(
        "query-none", "requests", "`None` inside a dict in `additional_query_parameters`",
        "is sent as an empty text", "is left out, as it is outside a dict",
        "`None` means the same at every depth.", is_query_without_none,
    ),
    Difference(
        "unknown-fields", "requests", "a field or request option that does not exist",
        "is sent along, or ignored", "`UnknownFieldError`, a `ValidationError`, which names the nearest; nothing is sent",
        "It is a typing mistake; what is new goes into `additional_body_parameters`.",
        outcome("unknown (field|request option)|is not a field", "fine", "UnknownFieldError"),
    ),
    Difference(
        "rules", "requests", "a request that breaks a documented rule, such as a temperature of 99",
        "is sent; the platform tells the first mistake", "`ValidationError` with all of them; nothing is sent",
        "A mistake is cheaper before the upload; `validate=False` sends it all the same.",
        outcome("0 to 1 is allowed|items are allowed|each item has its own", "fine", "ValidationError"),
    ),
    Difference(
        "types", "requests", "a text or a bool for a number, `1.5` for a count",
        "a model takes the text as a number; a dict is sent as it is", "`ValidationError`; nothing is sent",
        "A value of the wrong type is a mistake, and the platform would refuse it later.",
        any_of(outcome("an? (number|int) is expected, not (str|bool|float)", "fine", "ValidationError"), seen("", r"\{.*", "ValidationError")),
    ),
    Difference(
        "huge-integers", "requests", "an integer of more than 64 bits in a `json_schema`",
        "is sent", "`ValidationError`; nothing is sent",
        "Most readers of JSON would make another number of it.", outcome("json_schema.*(large|integer|64)", "fine", "ValidationError"),
    ),
    Difference(
        "header-values", "requests", "a number, or letters beyond ASCII, as the value of a header",
        "`TypeError` or `UnicodeEncodeError`", "is sent as text in UTF-8",
        "It is clear what is meant.",
        any_of(outcome("Header value must be", "TypeError", "fine"), outcome("'ascii' codec", "UnicodeEncodeError", "fine")),
    ),
    Difference(
        "none-as-option", "requests", "`None` for `additional_headers` or `additional_query_parameters` with `results`",
        "`TypeError`", "means that nothing is added, as with every other method",
        "The methods take the same options.", outcome("object is not a mapping", "TypeError", "fine"),
    ),
    Difference(
        "identifiers", "requests", 'a `batch_id` that cannot be one, such as `"../tasks/1"` or `""`',
        "becomes part of the path, which may lead to another resource", "`ValidationError`; nothing is sent",
        '`delete("../tasks/1")` must not delete a task.', outcome("is not an identifier", "fine", "ValidationError"),
    ),
]  # fmt: skip

ANSWERS: list[Difference] = [
    Difference(
        "times", "answers", "times with another offset, or none",
        "keep their offset; without one they are naive", "are times in UTC, always aware",
        "Times of one listing can be compared, and the platform's times are UTC.", is_time_in_utc,
    ),
    Difference(
        "order-of-dumps", "answers", "the order of fields in `dict()`",
        "nulls last", "nulls in their places",
        "Dicts with the same content are equal whatever their order.", is_order_of_dump,
    ),
    Difference(
        "null-unset", "answers", "an optional field that was answered as `null`, in `dict()` and with `exclude_unset`",
        "is there if the answer had it", "is left out; `custom_id`, which the platform always sends, is always there",
        "The platform does not tell a `null` from a field that is not there.", is_null_unset,
    ),
    Difference(
        "huge-numbers", "answers", "an integer of more than 64 bits in an unknown field",
        "an `int`", "the nearest `float`",
        "Identifiers of the platform are texts, and counts are small.", is_huge_number,
    ),
    Difference(
        "by-alias", "answers", "`model_dump(by_alias=True)` where a name is another one in JSON",
        "`base_64_string`, `id`, `prompt_v_2`", "`base64_string`, `_id`, `prompt_v2`, as in JSON",
        "It is what the argument asks for.", is_alias,
    ),
    Difference(
        "json-names", "answers", "`SmeMediaSource(base64_string=…)`",
        "the attribute `base_64_string` stays `None`", "the attribute has the text",
        "Both names mean the same field.", seen("", "None", "aGk="),
    ),
    Difference(
        "json-include", "answers", "`include` and `exclude` when dumping JSON",
        "are ignored", "are followed",
        "It is what the arguments ask for.", seen("", r'\{\n.*"batch_id".*', r'\{\n  "status": "processing"\n\}'),
    ),
    Difference(
        "repr", "answers", "`repr` of a model",
        "every field", "the fields that are set, long texts shortened",
        "It is for people to read.", seen("", r"AnalyzeBatchStatusResponse\(.*", r"AnalyzeBatchStatusResponse\(.*"),
    ),
    Difference(
        "frozen", "answers", "assigning to a field",
        "pydantic's `ValidationError`", "`AttributeError`",
        "It is what Python raises for attributes that cannot be set.", seen("", "pydantic_core.ValidationError", "AttributeError"),
    ),
    Difference(
        "counts", "answers", "a text or a float where a count is answered",
        "is taken as an `int` if it is a whole number", "`UnexpectedBodyError`",
        "Counts that are no integers mean that something else answered.", outcome("expected i64", "fine", "UnexpectedBodyError"),
    ),
    Difference(
        "delete-204", "answers", "`delete` answered with a body",
        "counts as deleted", "`UnexpectedBodyError`",
        "Only 204 says that the batch is gone; a login page says 200 too.", outcome("not with 204", "fine", "UnexpectedBodyError"),
    ),
    Difference(
        "rows-once", "answers", "a row of results that comes twice",
        "is given twice", "is given once",
        "Results are of items, and each has one.", is_row_once,
    ),
    Difference(
        "rows-lost", "answers", "a row of results that cannot be read",
        "is left out without a word", "`MalformedRowError`, and iterating on continues after it",
        "A lost row must not look like a finished job; `on_malformed` chooses otherwise.", outcome("cannot be read", "fine", "MalformedRowError"),
    ),
]  # fmt: skip

ERRORS: list[Difference] = [
    Difference(
        "error-classes", "errors", "401, 403, 422 and others that have a class, or an answer that is no JSON",
        "plain `ApiError` but for a few statuses of each method", "always the class of the status, which is an `ApiError` too",
        "One `except` is enough for all methods.", error("class", "ApiError", TYPED),
    ),
    Difference(
        "error-texts", "errors", "`str` and `repr` of an error",
        "headers, status and body in one line; the `repr` says nothing", "the platform's message, with status, code and request id",
        "The reason is what people look for.", is_error_text,
    ),
    Difference(
        "error-bodies", "errors", "`body` of 503 and 504 with `create`",
        "a model", "a dict, as for every other status",
        "`body` is the answer as it came; `code`, `message` and `details` are read from it.", is_error_model,
    ),
    Difference(
        "odd-error-bodies", "errors", "503 or 504 with `create`, and a body that is not the documented one",
        "pydantic's `ValidationError`, without status", "the error of the status, as the cause of `CreateOutcomeUnknownError`",
        "A gateway in front of the platform knows nothing of its documentation.",
        any_of(error("class", "pydantic_core.ValidationError", f"CreateOutcomeUnknownError|{TYPED}"), lambda found: found.where == "error" and found.path in {"status_code", "body", "headers"} and found.vendor == ABSENT and found.ours != 200),
    ),
    Difference(
        "outcome-unknown", "errors", "`create` whose answer does not tell whether a batch was made, such as a 500",
        "the error of the status", "`CreateOutcomeUnknownError`, no `ApiError`, whose `__cause__` it is, after looking for the batch",
        "Whoever submits again on any error would pay twice.", error("class", f"ApiError|{TYPED}", "CreateOutcomeUnknownError"),
    ),
    Difference(
        "unexpected-bodies", "errors", "a success whose body is not what was asked for",
        "`ApiError` if it is no JSON, else pydantic's `ValidationError`", "`UnexpectedBodyError`, a `ResponseError`, with `status_code` and the body's beginning as `excerpt`",
        "Something else than the platform answered.",
        any_of(error("class", "ApiError|pydantic_core.ValidationError", "UnexpectedBodyError"), lambda found: found.where == "error" and found.path == "status_code" and found.ours == 200, lambda found: found.where == "error" and found.path in {"body", "headers"} and found.ours == ABSENT),
    ),
    Difference(
        "arguments", "errors", "an argument that does not fit",
        "pydantic's `ValidationError`, `ValueError` or `UnicodeEncodeError`", "this package's `ValidationError`, a `ValueError`, with the `path`",
        "One class for all of them, which says where.",
        any_of(error("class", "pydantic_core.ValidationError|ValueError|UnicodeEncodeError", "ValidationError"), seen("", "pydantic_core.ValidationError", "ValidationError")),
    ),
    Difference(
        "network-errors",
        "errors",
        "no connection, no answer in time, or an answer that breaks off",
        "`httpx.ConnectError`, `httpx.ReadTimeout`, `httpx.RemoteProtocolError`",
        "`ConnectError`, `RequestTimeoutError`, `InterruptedAnswerError`, all of them `TransportError`",
        "Whoever calls need not know what the client is made of; Python's own `ConnectionError` and `TimeoutError` catch them too.",
        error(
            "class",
            r"httpx\.(ConnectError|ReadTimeout|RemoteProtocolError)",
            "ConnectError|RequestTimeoutError|InterruptedAnswerError",
        ),
    ),
    Difference(
        "no-key", "errors", "no API key",
        "`TypeError`, whatever the environment holds", "the environment's; without one `MissingApiKeyError`, a `ValueError`",
        "It is what the vendor's documentation promises.", error("class", "TypeError", "MissingApiKeyError"),
    ),
]  # fmt: skip

BEHAVIOUR: list[Difference] = [
    Difference(
        "last-page", "behaviour", "the end of a listing",
        "is found by asking for one page more", "is known from `page_info`",
        "It saves a request, and a platform may refuse pages past the end.", request(r"GET /\S*analyze/batches\?page=\d+.*", "sent", ABSENT),
    ),
    Difference(
        "next-page", "behaviour", "`next_page()` on the last page",
        "a pager without entries", "`None`",
        "There is no such page.", seen(r"\[1\]", r"\[\]", "None"),
    ),
    Difference(
        "retries", "behaviour", "failures that pass, such as 429 and 503",
        "are not met; `max_retries=3` means one repetition", "are met with up to two repetitions; `max_retries=3` means three",
        "A minute of trouble should not end a job; `max_retries=0` switches it off.", request(r"\S+ /v1\.3/analyze/batches.*", ABSENT, "sent again"),
    ),
    Difference(
        "looking", "behaviour", "`create` whose answer does not tell whether a batch was made",
        "is left to you, or repeated", "looks for the batch in the listing, and never submits a second time",
        "A second batch costs as much as the first.", request(r"GET /v1\.3/analyze/batches\?page=1&page_limit=50.*", ABSENT, "sent"),
    ),
    Difference(
        "results-at-once", "behaviour", "`results()` of the blocking client",
        "asks at the first `next()`", "asks at once, so that an unknown batch is told at once",
        "Errors come where the call stands.", request(r"GET /v1\.3/analyze/batches/\w+/results", ABSENT, "sent"),
    ),
    Difference(
        "redirects", "behaviour", "an answer that redirects",
        "is followed, and the key goes along", "`ApiError`",
        "The platform has no redirects, and the key stays where it belongs.", any_of(outcome("redirects are not fo", "fine", "ApiError"), request("GET /v1.3/elsewhere", "sent", ABSENT)),
    ),
    Difference(
        "batches-only", "behaviour", "other parts of the platform, such as `client.indexes`",
        "are there", "`AttributeError`",
        "This client does batches and what they lead to; both packages can be used side by side.", seen("", "True", "False"),
    ),
]  # fmt: skip

DIFFERENCES: typing.Final[list[Difference]] = [*REQUESTS, *ANSWERS, *ERRORS, *BEHAVIOUR]
