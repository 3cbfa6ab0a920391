"""Response formats made from Python types, within the platform's limits."""

from __future__ import annotations

import re
import typing

from . import _native, _toolkits
from ._answer_errors import SchemaError
from ._schema_walk import Ready, Steps, make_ready
from ._violation import Violation, make_all
from .types import SegmentFieldFormat

__all__ = ["find_violations", "raise_for", "read_type", "response_format_of"]

_PLACE = "defaults.response_format"
# A step of a path, as findings write it.
_STEP = re.compile(r"""\[(?:(\d+)|"((?:[^"\\]|\\.)*)")\]|\.?([^.\[]+)""")


def response_format_of(
    model: typing.Any,
    *,
    time_format: SegmentFieldFormat = "seconds",
    describe_constraints: bool = False,
) -> _native.AsyncResponseFormat:
    """Makes the response format that asks for JSON which a type takes, for `general` batches.

    The JSON schema is that of the type's own library, without what says nothing about
    an answer (titles, defaults, examples). Definitions that hold times stand where they
    are used, others in `$defs`. Choices told apart by a field are written as `anyOf`; a
    `Decimal` is a number; a `timedelta` is a place in the video, a timestamp. It is held
    against the same rules as `create`; `item.parse(model)` reads the answers.

    Args:
        model: A pydantic model, a dataclass, a TypedDict, a msgspec struct, an attrs
            class, or anything written with them.
        time_format: How the values of `timedelta` fields are written. msgspec reads
            `seconds` only.
        describe_constraints: Whether constraints that the platform does not know, such
            as the bounds of a float or the length of a text, are told in the
            description of their field instead. `parse` holds answers against them all
            the same.

    Returns:
        A response format of the type `json_schema`.

    Raises:
        SchemaError: The type asks for more than the platform's JSON schemas can say;
            all of it is told, with its places in the type.
        ImportError: The library that the type needs is not installed.

    Example:
        >>> import pydantic
        >>> class Scene(pydantic.BaseModel):
        ...     title: str
        >>> response_format_of(Scene).json_schema["required"]
        ['title']
    """
    ready = read_type(model, time_format)
    found = _check(ready)
    if describe_constraints and _describe(ready, found):
        found = _check(ready)
    raise_for([_at_home(finding, ready) for finding in found])
    return _native.AsyncResponseFormat(type="json_schema", json_schema=ready.schema)


def read_type(model: typing.Any, time_format: str) -> Ready:
    """The schema of a type, made ready for the platform."""
    toolkit = _toolkits.choose(model)
    ready = make_ready(toolkit.schema(model), _toolkits.tell(model), time_format)
    if time_format != "seconds" and not toolkit.reads_clock:
        told = f"msgspec reads times in seconds only, and {time_format!r} is asked for"
        raise_for([Violation(place, time_format, "model.time_format", told) for place in ready.times])
    return ready


def _check(ready: Ready) -> typing.List[Violation]:
    response_format = {"type": "json_schema", "json_schema": ready.schema}
    return find_violations("general", {"prompt": {"input_text": "?"}, "response_format": response_format})


def find_violations(mode: str, defaults: typing.Dict[str, typing.Any]) -> typing.List[Violation]:
    """Holds a response format against the rules of `create`. Paths begin behind it."""
    video = {"type": "asset_id", "asset_id": "0" * 24}
    draft = _native.BatchDraft("pegasus1.5", mode, [{"video": video}], defaults, None, None)
    violations, *_ = draft.check({})
    return [each._replace(path=each.path.removeprefix(_PLACE)) for each in make_all(violations)]


def raise_for(violations: typing.List[Violation]) -> None:
    """Raises what was found, if anything was."""
    if violations:
        raise SchemaError._of(tuple(violations), ())  # noqa: SLF001


def steps_of(path: str) -> Steps:
    """The steps of a path as findings have it."""
    return tuple(
        int(index) if index else re.sub(r"\\(.)", r"\1", quoted) or name
        for index, quoted, name in _STEP.findall(path)
    )


def _inside(finding: Violation) -> Steps:
    """Where a finding is in the schema."""
    return steps_of(finding.path)[1:]


def _at_home(finding: Violation, ready: Ready) -> Violation:
    """A finding, told at its place in the type."""
    steps = _inside(finding)
    length = next(length for length in range(len(steps), -1, -1) if steps[:length] in ready.places)
    hint = finding.hint
    if finding.rule == "schema.timestamp_place":
        hint = _ASK_FOR_NUMBER
    elif steps and _is_constraint(finding, steps[-1]):
        hint = _LEAVE_OUT
    elif steps:
        hint = _OTHERWISE.get(str(steps[-1]), hint)
    return finding._replace(path=ready.places[steps[:length]], hint=hint)


_ASK_FOR_NUMBER = (
    "have the `timedelta` in the model itself, or in the elements of a list there, and not "
    "`Optional` without a default; elsewhere ask for a number of seconds"
)
_OTHERWISE = {
    "additionalProperties": "ask for a model with named fields, or for a list of models",
    "prefixItems": "ask for a model with named fields, or for a list",
}
_LEAVE_OUT = "leave it out, or give describe_constraints=True to have it told in the description"


def _is_constraint(finding: Violation, keyword: typing.Union[str, int]) -> bool:
    """Whether it is a constraint that people can be told as well."""
    return finding.rule in _RULES and keyword in _SENTENCES


_RULES = frozenset(
    {"schema.unsupported_keyword", "schema.keyword_type", "schema.min_items", "schema.string_format"}
)
_SENTENCES = {
    "minimum": "At least {}.",
    "maximum": "At most {}.",
    "exclusiveMinimum": "More than {}.",
    "exclusiveMaximum": "Less than {}.",
    "multipleOf": "A multiple of {}.",
    "minLength": "At least {} characters.",
    "maxLength": "At most {} characters.",
    "minItems": "At least {} elements.",
    "maxItems": "At most {} elements.",
    "pattern": "It matches the regular expression {}",
    "format": "Format: {}.",
}


def _describe(ready: Ready, found: typing.List[Violation]) -> bool:
    """Tells constraints in descriptions instead. Whether there were some."""
    is_any = False
    for finding in found:
        *place, keyword = _inside(finding) or ("",)
        if _is_constraint(finding, keyword) and tuple(place) in ready.places:
            schema: typing.Any = ready.schema
            for step in place:
                schema = schema[step]
            tell_constraint(schema, str(keyword))
            is_any = True
    return is_any


def tell_constraint(schema: typing.Dict[str, typing.Any], keyword: str) -> bool:
    """Moves a constraint into the description. Whether it is one that can be told."""
    if keyword not in _SENTENCES:
        return False
    bound = schema.pop(keyword)
    sentence = _SENTENCES[keyword].format(bound)
    if bound == 1:
        sentence = sentence.replace("characters.", "character.").replace("elements.", "element.")
    before = schema.get("description", "")
    schema["description"] = f"{before} {sentence}".strip()
    return True
