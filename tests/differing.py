"""How differences between the two clients are told from one another."""

from __future__ import annotations

import re
import typing

ABSENT: typing.Final = "(absent)"


class Found(typing.NamedTuple):
    """Something that differs: where it is, and what both clients have there."""

    where: str
    path: str
    vendor: typing.Any
    ours: typing.Any


Sees = typing.Callable[[Found], bool]

UNSET_VIEWS = re.compile(r"(^|\.)(dict|model_dump\(exclude_unset\))(\.|$)")
TIME = re.compile(r"(time )?\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)?")


def any_of(*tests: Sees) -> Sees:
    """Differences that one of these sees."""
    return lambda found: any(test(found) for test in tests)


def header(*names: str) -> Sees:
    """Differences in headers of these names, but for those that come twice."""
    return lambda found: (
        found.where == "header" and found.path.split("[")[0] in names and not is_header_twice(found)
    )


def is_header_twice(found: Found) -> bool:
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
    """Whether a null of a body is missing from this client's."""
    return found.where == "body" and found.vendor is None and found.ours == ABSENT


def is_same_number(found: Found) -> bool:
    """Whether a body has a whole number on one side and the same as a float on the other."""
    kinds = {type(found.vendor), type(found.ours)}
    return found.where == "body" and kinds == {int, float} and bool(found.vendor == found.ours)


def is_query_without_none(found: Found) -> bool:
    """Whether only an empty text for a None inside of a dict is missing."""
    return (
        found.where == "query"
        and [pair for pair in found.vendor if pair not in found.ours] == [("inner none[a]", "")]
        and all(pair in found.vendor for pair in found.ours)
    )


def request(line: str, vendor: str, ours: str) -> Sees:
    """Requests that only one of the two makes."""
    return lambda found: (
        found.where == "requests"
        and re.fullmatch(line, found.path) is not None
        and (found.vendor, found.ours) == (vendor, ours)
    )


def outcome(message: str, vendor: str, ours: str) -> Sees:
    """Calls that fail with only one of the two, with such a message."""
    return lambda found: (
        found.where == "outcome"
        and re.search(message, found.path) is not None
        and (found.vendor, found.ours) == (vendor, ours)
    )


def error(path: str, vendor: str, ours: str) -> Sees:
    """Errors that tell something else."""
    return lambda found: (
        found.where == "error"
        and found.path == path
        and re.fullmatch(vendor, str(found.vendor), re.DOTALL) is not None
        and re.fullmatch(ours, str(found.ours), re.DOTALL) is not None
    )


def seen(path: str, vendor: str, ours: str) -> Sees:
    """Values of answers that differ."""
    return lambda found: (
        found.where == "answer"
        and re.fullmatch(path, found.path) is not None
        and re.fullmatch(vendor, str(found.vendor), re.DOTALL) is not None
        and re.fullmatch(ours, str(found.ours), re.DOTALL) is not None
    )


def is_time_in_utc(found: Found) -> bool:
    """Whether both are times, and this client's is in UTC."""
    if found.where != "answer" or not found.path.endswith("_at"):
        return False
    ours = str(found.ours)
    return bool(TIME.fullmatch(str(found.vendor)) and TIME.fullmatch(ours)) and ours.endswith(("Z", "+00:00"))


def is_null_unset(found: Found) -> bool:
    """Whether dumps of what was set have a null on one side only."""
    return (
        found.where == "answer"
        and UNSET_VIEWS.search(found.path) is not None
        and (found.vendor, found.ours) in [(None, ABSENT), (ABSENT, None)]
    )


def is_huge_number(found: Found) -> bool:
    """Whether an integer became the nearest float."""
    return (
        found.where == "answer"
        and isinstance(found.vendor, int)
        and abs(found.vendor) >= 2**64
        and isinstance(found.ours, float)
        and found.ours == float(found.vendor)
    )


def is_row_once(found: Found) -> bool:
    """Whether this client gives a row once that comes twice."""
    return (
        found.where == "answer"
        and isinstance(found.vendor, list)
        and isinstance(found.ours, list)
        and found.vendor == found.ours * 2
        and bool(found.ours)
    )


def is_error_text(found: Found) -> bool:
    """Whether errors are worded differently."""
    return found.where == "error" and found.path in {"str", "repr"}


def is_error_model(found: Found) -> bool:
    """Whether the vendor's SDK has a model as the body of an error."""
    return (
        found.where == "error"
        and found.path.startswith("body.")
        and (found.ours == ABSENT or (found.path == "body.error" and found.vendor == ABSENT))
    )


def is_alias(found: Found) -> bool:
    """Whether a name by alias is that of JSON only in this client's dump."""
    return (
        found.where == "answer"
        and re.search(r"model_dump\(by_alias\)(\.\w+)*\.(base_?64_string|_?id|prompt_v_?2)$", found.path)
        is not None
        and ABSENT in (found.vendor, found.ours)
    )


def is_order_of_dump(found: Found) -> bool:
    """Whether a null is not put at the end."""
    return found.where == "order in answer" and found.path.endswith("dict")
