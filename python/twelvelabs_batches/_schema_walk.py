"""JSON schemas of Python types, made ready for the platform.

No rule of the platform stands here: what does not fit is for the rules to find. This
leaves out what says nothing about an answer, and writes in the platform's words what
it has other words for.
"""

from __future__ import annotations

import typing

__all__ = ["Ready", "Schema", "Steps", "make_ready"]

Schema = typing.Dict[str, typing.Any]
Steps = typing.Tuple[typing.Union[str, int], ...]

_DEFINITIONS = "#/$defs/"
# They describe the Python side, or say nothing. A set takes any list, and a model that
# refuses further fields is never given some, so both can be asked for without a word.
_LEFT_OUT = frozenset(
    {"title", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment", "discriminator"}
    | {"uniqueItems"}
)
# So deep the platform takes timestamps.
_DEEPEST_TIME = 5


class Ready(typing.NamedTuple):
    """A schema, which place of the type each place in it comes from, and where times are."""

    schema: Schema
    places: typing.Dict[Steps, str]
    times: typing.List[str]


def make_ready(schema: Schema, name: str, time_format: str) -> Ready:
    """Makes a schema ready, whose type is called `name`. Times are asked for in `time_format`."""
    walk = _Walk(schema.get("$defs", {}), time_format)
    root = {keyword: value for keyword, value in schema.items() if keyword != "$defs"}
    ready = walk.visit(root, (), name)
    if walk.kept:
        ready["$defs"] = walk.kept
    return Ready(ready, walk.places, walk.times)


class _Walk:
    def __init__(self, definitions: typing.Dict[str, Schema], time_format: str) -> None:
        self.definitions = definitions
        self.time_format = time_format
        self.kept: typing.Dict[str, typing.Any] = {}
        self.places: typing.Dict[Steps, str] = {}
        self.times: typing.List[str] = []
        self.timed: typing.Set[str] = set()
        self.find_timed()

    def visit(self, node: Schema, steps: Steps, place: str) -> Schema:
        self.places.setdefault(steps, place)
        node = self.open(node, steps)
        reference = _reference(node)
        if reference in self.definitions and reference not in self.kept:
            # Kept before it is visited, since it may refer to itself.
            self.kept[reference] = None
            self.kept[reference] = self.visit(self.definitions[reference], ("$defs", reference), place)
        ready: Schema = {}
        for keyword, value in node.items():
            if keyword in _LEFT_OUT or (keyword == "additionalProperties" and isinstance(value, bool)):
                continue
            name = "anyOf" if keyword == "oneOf" and "discriminator" in node else keyword
            ready[name] = self.descend(node, name, value, steps, place)
        if ready.get("type") == "string" and ready.get("format") == "duration":
            ready.update(type="timestamp", format=self.time_format)
            self.times.append(place)
        return ready

    def open(self, node: Schema, steps: Steps) -> Schema:
        """The schema itself, where a reference to it would not do."""
        seen: typing.Set[str] = set()
        while True:
            whole = node.get("allOf")
            if isinstance(whole, list) and len(whole) == 1 and isinstance(whole[0], dict):
                # One schema beside others' words is that schema.
                node = {**whole[0], **{key: value for key, value in node.items() if key != "allOf"}}
                continue
            name = _reference(node)
            if name not in self.definitions or name in seen:
                return node
            is_opened = not steps or (len(steps) < _DEEPEST_TIME and name in self.timed)
            if not is_opened:
                return node
            seen.add(name)
            rest = {key: value for key, value in node.items() if key != "$ref"}
            node = {**self.definitions[name], **rest}

    def descend(self, node: Schema, keyword: str, value: typing.Any, steps: Steps, place: str) -> typing.Any:
        here = (*steps, keyword)
        if keyword == "properties" and isinstance(value, dict):
            required = node.get("required", ())
            return {
                name: self.visit_value(
                    member if name in required else self.without_null(member, (*here, name)),
                    (*here, name),
                    f"{place}.{name}",
                )
                for name, member in value.items()
            }
        if keyword in {"anyOf", "oneOf", "allOf", "prefixItems"} and isinstance(value, list):
            return [
                self.visit_value(
                    member, (*here, index), f"{place}[{index}]" if keyword == "prefixItems" else place
                )
                for index, member in enumerate(value)
            ]
        if keyword == "items":
            return self.visit_value(value, here, f"{place}[]")
        if keyword in {"additionalProperties", "not"}:
            return self.visit_value(value, here, place)
        return value

    def visit_value(self, value: typing.Any, steps: Steps, place: str) -> typing.Any:
        return self.visit(value, steps, place) if isinstance(value, dict) else value

    def without_null(self, node: typing.Any, steps: Steps) -> typing.Any:
        """A time that may be missing is asked for as a time: the platform has no choices of times."""
        choices = node.get("anyOf") if isinstance(node, dict) else None
        if not isinstance(choices, list) or len(steps) >= _DEEPEST_TIME:
            return node
        others = [choice for choice in choices if choice != {"type": "null"}]
        if len(others) != 1 or len(others) == len(choices) or not self.has_time(others[0]):
            return node
        return {**others[0], **{key: value for key, value in node.items() if key != "anyOf"}}

    def has_time(self, schema: typing.Any) -> bool:
        """Whether there is a time in a schema, or in what it refers to."""
        if isinstance(schema, list):
            return any(self.has_time(member) for member in schema)
        if not isinstance(schema, dict):
            return False
        if schema.get("type") == "timestamp" or schema.get("format") == "duration":
            return True
        return _reference(schema) in self.timed or any(self.has_time(member) for member in schema.values())

    def find_timed(self) -> None:
        """Finds the definitions with times in them, or in what they refer to."""
        while True:
            names = self.definitions.keys() - self.timed
            found = {name for name in names if self.has_time(self.definitions[name])}
            if not found:
                return
            self.timed |= found


def _reference(node: Schema) -> str:
    """The name of the definition that a schema refers to; empty if it is none."""
    reference = node.get("$ref")
    is_local = isinstance(reference, str) and reference.startswith(_DEFINITIONS)
    return typing.cast("str", reference).removeprefix(_DEFINITIONS) if is_local else ""
