"""Segment definitions made from Python types, within the platform's limits."""

from __future__ import annotations

import re
import typing

from . import _native, _toolkits
from ._objects import ObjectWithFields
from ._schema import find_violations, raise_for, read_type, steps_of, tell_constraint
from ._violation import Violation
from .types import AnalyzeTimeRangeParams, SegmentFieldFormat, SmeMediaSourceParams

if typing.TYPE_CHECKING:
    from ._schema_walk import Schema

__all__ = ["segment_definition_of", "segment_fields_of"]

Ranges = typing.Sequence[typing.Union[_native.AnalyzeTimeRange, AnalyzeTimeRangeParams, ObjectWithFields]]
Sources = typing.Sequence[typing.Union[_native.SmeMediaSource, SmeMediaSourceParams, ObjectWithFields]]


def segment_fields_of(
    model: typing.Any,
    *,
    time_format: SegmentFieldFormat = "seconds",
    describe_constraints: bool = False,
) -> typing.List[_native.SegmentField]:
    """Makes the fields of a segment definition from a type, one of each of its fields.

    A field is a `str`, an `int`, a `float`, a `bool`, a `timedelta` (a place in the
    video), a `Literal` or an `Enum` of texts, or a list of one of the first four, and
    has a description. It may be `Optional`; the platform is asked for it all the same.
    `item.segments(metadata=model)` reads the answers.

    Args:
        model: A pydantic model, a dataclass, a TypedDict, a msgspec struct or an attrs
            class.
        time_format: How the values of `timedelta` fields are written. msgspec reads
            `seconds` only.
        describe_constraints: Whether constraints, which fields of segments do not
            have, are told in the field's description instead.

    Raises:
        SchemaError: The type asks for more than segment fields can say; all of it is
            told, with its places in the type.
        ImportError: The library that the type needs is not installed.

    Example:
        >>> from typing import Annotated
        >>> import pydantic
        >>> class Shot(pydantic.BaseModel):
        ...     place: Annotated[str, pydantic.Field(description="Where it is.")]
        >>> [field.type for field in segment_fields_of(Shot)]
        ['string']
    """
    reading = _Reading(model, time_format, describe_constraints)
    return list(reading.check("?", "?", {}).fields or ())


def segment_definition_of(
    model: typing.Any,
    *,
    id: typing.Optional[str] = None,
    description: typing.Optional[str] = None,
    time_ranges: typing.Optional[Ranges] = None,
    media_sources: typing.Optional[Sources] = None,
    time_format: SegmentFieldFormat = "seconds",
    describe_constraints: bool = False,
) -> _native.SegmentDefinition:
    """Makes a segment definition whose fields are those of a type: see `segment_fields_of`.

    Args:
        model: A pydantic model, a dataclass, a TypedDict, a msgspec struct or an attrs
            class.
        id: The definition's `id`; the type's name in words if not given, `goal_kick`
            for `GoalKick`.
        description: What such a segment is; the type's docstring if not given.
        time_ranges: Where to look.
        media_sources: Images that the descriptions refer to.
        time_format: How the values of `timedelta` fields are written.
        describe_constraints: Whether constraints are told in descriptions instead.

    Raises:
        SchemaError: The type asks for more than a segment definition can say, or there
            is no description; all of it is told, with its places in the type.
        ImportError: The library that the type needs is not installed.

    Example:
        >>> from typing import Annotated
        >>> import pydantic
        >>> class GoalKick(pydantic.BaseModel):
        ...     team: Annotated[str, pydantic.Field(description="Who kicks.")]
        >>> segment_definition_of(GoalKick, description="A goal kick.").id
        'goal_kick'
    """
    reading = _Reading(model, time_format, describe_constraints)
    if id is None:
        id = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|\W+", "_", reading.name).lower()
    if description is None:
        description = reading.description
    if isinstance(description, str) and not description.strip():
        reading.find(reading.name, "definition.description", _NO_DOCSTRING, _GIVE_DOCSTRING)
    rest = {"time_ranges": time_ranges, "media_sources": media_sources}
    return reading.check(id, description, {name: given for name, given in rest.items() if given is not None})


_NO_DOCSTRING = "a segment definition has a description, and this type has no docstring"
_GIVE_DOCSTRING = "write a docstring, or give `description`"
_NO_DESCRIPTION = "a segment field has a description, and this one has none"
_GIVE_DESCRIPTION = "write it with Field(description=…) of pydantic, or Meta(description=…) of msgspec"
# What is said of a field in other words, or nowhere.
_KNOWN = frozenset({"type", "description", "enum", "const", "items", "$ref"})


class _Reading:
    """The fields of a type, and what of it does not fit."""

    def __init__(self, model: typing.Any, time_format: str, describe_constraints: bool) -> None:
        self.name = _toolkits.tell(model)
        self.describes = describe_constraints
        self.found: typing.List[Violation] = []
        self.fields: typing.List[typing.Dict[str, typing.Any]] = []
        self.places: typing.List[str] = []
        schema = read_type(model, time_format).schema
        self.definitions: typing.Dict[str, Schema] = schema.get("$defs", {})
        self.description: str = schema.get("description", "")
        properties = schema.get("properties")
        if not isinstance(properties, dict) or not properties:
            self.find(self.name, "model", "a type with fields is expected")
            return
        for name, node in properties.items():
            self.read(name, node, f"{self.name}.{name}")

    def find(
        self,
        path: str,
        rule: str,
        message: str,
        hint: typing.Optional[str] = None,
        value: typing.Any = None,
    ) -> None:
        self.found.append(Violation(path, value, rule, message, hint))

    def read(self, name: str, node: typing.Any, place: str) -> None:
        node = self.open(node)
        kind = self.read_kind(node, place)
        if kind is None:
            return
        told: typing.Dict[str, typing.Any] = {"name": name, "type": kind}
        if kind == "timestamp":
            told["format"] = node.pop("format", None)
        if kind == "array":
            elements = self.open(node.pop("items", {}))
            element_kind = self.read_kind(elements, f"{place}[]")
            if element_kind is None:
                return
            told["items"] = {"type": element_kind}
            self.read_words(elements, told, f"{place}[]")
            if element_kind != "timestamp":
                self.refuse_constraints(elements, f"{place}[]", node)
        self.read_words(node, told, place)
        self.refuse_constraints(node, place, node)
        told["description"] = node.get("description", "")
        if not told["description"].strip():
            self.find(place, "field.description", _NO_DESCRIPTION, _GIVE_DESCRIPTION)
        self.fields.append(told)
        self.places.append(place)

    def open(self, given: typing.Any) -> Schema:
        """A schema without references, and without the choice of nothing."""
        node: Schema = dict(given) if isinstance(given, dict) else {}
        while True:
            reference = node.get("$ref")
            choices = [choice for choice in node.get("anyOf", ()) if choice != {"type": "null"}]
            if isinstance(reference, str) and reference.removeprefix("#/$defs/") in self.definitions:
                keyword, other = "$ref", self.definitions[reference.removeprefix("#/$defs/")]
            elif len(choices) == 1 and isinstance(choices[0], dict):
                keyword, other = "anyOf", choices[0]
            else:
                return node
            node = {**other, **{key: value for key, value in node.items() if key != keyword}}

    def read_kind(self, node: Schema, place: str) -> typing.Optional[str]:
        """The platform's word for what a field is; nothing, after telling, if there is none."""
        kind = node.get("type")
        if isinstance(kind, str):
            return kind
        values = node.get("enum") or ([node["const"]] if "const" in node else [])
        if values and all(isinstance(value, str) for value in values):
            return "string"
        choices = {choice.get("type") for choice in node.get("anyOf", ()) if isinstance(choice, dict)}
        if choices == {"integer", "number"}:
            node.pop("anyOf")
            return "number"
        told = (
            "a segment field has one type, and this one may be of several"
            if choices or values
            else ("a segment field has a type, and this one has none")
        )
        self.find(place, "field.type", told, value=node)
        return None

    def read_words(self, node: Schema, told: typing.Dict[str, typing.Any], place: str) -> None:
        """Reads what a field may be, of an enum."""
        words = node.pop("enum", None)
        if "const" in node:
            words = [node.pop("const")]
        if words is None:
            return
        words = [word for word in words if word is not None]
        if all(isinstance(word, str) for word in words):
            told["enum"] = words
        else:
            self.find(place, "field.enum", "the values of an enum are texts", value=words)

    def refuse_constraints(self, node: Schema, place: str, field: Schema) -> None:
        """Tells constraints in the field's description, or that there is no place for them."""
        for keyword in [key for key in node if key not in _KNOWN]:
            value = node[keyword]
            if keyword in {"anyOf", "properties", "required", "additionalProperties", "prefixItems"}:
                # The type tells as much.
                continue
            if self.describes:
                sentence: Schema = {keyword: value}
                if tell_constraint(sentence, keyword):
                    before = field.get("description", "")
                    field["description"] = f"{before} {sentence['description']}".strip()
                    continue
            told = f"segment fields have no constraints, and this one has `{keyword}`"
            hint = "leave it out, or give describe_constraints=True to have it told in the description"
            self.find(place, "field.constraint", told, hint, value)

    def check(
        self, id: str, description: str, rest: typing.Dict[str, typing.Any]
    ) -> _native.SegmentDefinition:
        """Holds what was read against the rules of `create`.

        Raises:
            SchemaError: It does not fit, or something was found before.
        """
        definition = {"id": id, "description": description, "fields": self.fields, **rest}
        response_format = {"type": "segment_definitions", "segment_definitions": [definition]}
        found = find_violations("time_based_metadata", {"response_format": response_format})
        raise_for(self.found + [self.at_home(finding) for finding in found])
        return _native.SegmentDefinition(**definition)

    def at_home(self, finding: Violation) -> Violation:
        """A finding, told at its place in the type, or in the arguments."""
        # Before that, `segment_definitions[0]`.
        steps = steps_of(finding.path)[2:]
        if not steps or steps[0] != "fields":
            return finding._replace(path=finding.path.partition("[0].")[2])
        if len(steps) == 1:
            return finding._replace(path=self.name)
        place = self.places[typing.cast("int", steps[1])]
        return finding._replace(path=place + "[]" * ("items" in steps))
