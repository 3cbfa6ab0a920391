"""Every difference to the vendor's SDK that is meant, for those who move from it.

The differential test demands that whatever differs is one of these, and that each of
these is seen; `tools/migration.py` writes them into the migration page.
"""

from __future__ import annotations

import dataclasses
import re
import typing

ABSENT: typing.Final = "(absent)"


class Found(typing.NamedTuple):
    """Something that differs: where it is, and what both clients have there."""

    where: str
    path: str
    vendor: typing.Any
    ours: typing.Any


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
    sees: typing.Callable[[Found], bool]


def header(*names: str) -> typing.Callable[[Found], bool]:
    """Differences in headers of these names, but for those that come twice."""
    return lambda found: (
        found.where == "header" and found.path.split("[")[0] in names and not is_twice(found)
    )


def is_twice(found: Found) -> bool:
    """Whether the vendor's SDK sends a header twice, and this client once."""
    return (
        found.where == "header"
        and isinstance(found.vendor, list)
        and isinstance(found.ours, list)
        and len(found.vendor) == 2
        and len(found.ours) == 1
        and found.ours[0] in found.vendor
    )


def is_null_left_out(found: Found) -> bool:
    return found.where == "body" and found.vendor is None and found.ours == ABSENT


def is_same_number(found: Found) -> bool:
    numbers = {type(found.vendor), type(found.ours)} == {int, float}
    return found.where == "body" and numbers and found.vendor == found.ours


def request(line: str, vendor: str, ours: str) -> typing.Callable[[Found], bool]:
    """Requests that only one of the two makes."""
    return lambda found: (
        found.where == "requests"
        and re.fullmatch(line, found.path) is not None
        and (found.vendor, found.ours) == (vendor, ours)
    )


def outcome(message: str, vendor: str, ours: str) -> typing.Callable[[Found], bool]:
    """Calls that fail with only one of the two."""
    return lambda found: (
        found.where == "outcome"
        and re.search(message, found.path) is not None
        and (found.vendor, found.ours) == (vendor, ours)
    )


def error_class(vendor: str, ours: str) -> typing.Callable[[Found], bool]:
    """Errors of another class."""
    return lambda found: (
        found.where == "error"
        and found.path == "class"
        and re.fullmatch(vendor, found.vendor) is not None
        and re.fullmatch(ours, found.ours) is not None
    )


def any_of(*tests: typing.Callable[[Found], bool]) -> typing.Callable[[Found], bool]:
    """Differences that one of these sees."""
    return lambda found: any(test(found) for test in tests)


TYPED = "(BadRequest|Unauthorized|Forbidden|NotFound|Conflict|Gone|ContentTooLarge|UnprocessableEntity|TooManyRequests|InternalServer|ServiceUnavailable|GatewayTimeout)Error"
TIME = re.compile(r"(time )?\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)?")


def is_time_in_utc(found: Found) -> bool:
    """Whether both are times, and this client's is in UTC."""
    if found.where != "answer" or not found.path.endswith("_at"):
        return False
    ours = str(found.ours)
    return bool(TIME.fullmatch(str(found.vendor)) and TIME.fullmatch(ours)) and ours.endswith(("Z", "+00:00"))


DIFFERENCES: typing.Final[tuple[Difference, ...]] = (
    Difference(
        "user-agent", "requests", "the `User-Agent` header", "`twelvelabs/1.3.6`",
        "`twelvelabs-batches/…`, unless you give your own",
        "The platform is told truthfully who asks.", header("user-agent"),
    ),
    Difference(
        "fern-headers", "requests", "`X-Fern-…` headers", "three of them with every request", "none",
        "They tell which generator wrote the vendor's SDK, and it did not write this client.",
        header("x-fern-language", "x-fern-sdk-name", "x-fern-sdk-version"),
    ),
    Difference(
        "connection-headers", "requests", "`Accept-Encoding` and `Connection`", "`gzip, deflate`, and `keep-alive`",
        "`gzip`, and no `Connection`, which in HTTP/1.1 means the same",
        "Only what this client decodes by itself is asked for.", header("accept-encoding", "connection"),
    ),
    Difference(
        "idempotency-key", "requests", "`create`", "no `Idempotency-Key`", "a new `Idempotency-Key` with each call",
        "A platform that honours it makes no second batch when a request is repeated.", header("idempotency-key"),
    ),
    Difference(
        "headers-once", "requests", "a header given in another case, as `X-API-Key`", "sent beside the usual one, so that there are two",
        "takes the place of the usual one", "Names of headers have no case, and nobody can say which of two counts.", is_twice,
    ),
    Difference(
        "none-left-out", "requests", "`None` for an optional field, or for `defaults`", "`null` is sent", "the field is left out",
        "`None` is how Python says that nothing was given.", is_null_left_out,
    ),
    Difference(
        "order-of-fields", "requests", "dicts whose keys are in another order", "the order of the dict", "the documented order; your own within `json_schema`",
        "A dict and a model of the same content are sent as the same bytes.", lambda found: found.where == "order in body",
    ),
    Difference(
        "numbers", "requests", "`3` in a dict where seconds are meant, or `2048.0` for a count", "sent as written", "sent as `3.0` and `2048`",
        "A dict and a model of the same content are sent as the same bytes.", is_same_number,
    ),
    Difference(
        "query-spelling", "requests", "`~` and `*` in a query", "`~` and `%2A`", "`%7E` and `*`",
        "Both mean the same.", lambda found: found.where == "query text",
    ),
    Difference(
        "query-none", "requests", "`None` inside of a dict in `additional_query_parameters`", "`a[b]=`, an empty text", "the parameter is left out, as it is outside of a dict",
        "`None` means the same at every depth.",
        lambda found: found.where == "query" and [pair for pair in found.vendor if pair not in found.ours] == [("inner none[a]", "")],
    ),
)  # fmt: skip
