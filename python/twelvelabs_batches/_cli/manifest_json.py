"""Manifests in JSON, and in JSON Lines."""

from __future__ import annotations

import json
import re
import typing

from .places import Found, Place
from .problems import ManifestError, Problem

__all__ = ["parse_json", "read_json", "read_json_lines"]

_SPACE = re.compile(r"[ \t\r\n]*")


class _AmbiguousError(ValueError):
    """JSON that would not mean what it says."""


def _without_twins(pairs: typing.List[typing.Tuple[str, typing.Any]]) -> typing.Dict[str, typing.Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise _AmbiguousError(f"the field {twin!r} is given twice")
    return made


def _refuse_constant(word: str) -> typing.NoReturn:
    raise _AmbiguousError(f"{word} is not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_without_twins, parse_constant=_refuse_constant)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _decode(text: str, at: int, name: str, first_line: int = 1) -> typing.Tuple[typing.Any, int]:
    """Reads the value at a place; returns it and where it ends."""
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        line, column = _line(text, error.pos) + first_line - 1, error.pos - text.rfind("\n", 0, error.pos)
        problem = Problem(f"{name}:{line}, column {column}", f"no JSON: {error.msg}", line=line)
        raise ManifestError([problem]) from None
    except (ValueError, RecursionError) as error:
        message = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        line = _line(text, at) + first_line - 1
        raise ManifestError([Problem(f"{name}:{line}", message, line=line)]) from None


def parse_json(text: str, name: str, first_line: int = 1) -> typing.Any:
    """Reads a text that is one value.

    Raises:
        ManifestError: It is not JSON.
    """
    value, end = _decode(text, _skip(text, 0), name, first_line)
    end = _skip(text, end)
    if end < len(text):
        line, column = _line(text, end) + first_line - 1, end - text.rfind("\n", 0, end)
        problem = Problem(f"{name}:{line}, column {column}", "more follows after the JSON", line=line)
        raise ManifestError([problem])
    return value


def read_json_lines(text: str, name: str) -> Found:
    """Reads one item from each line that is not empty."""
    items: typing.List[typing.Tuple[Place, typing.Any]] = []
    problems: typing.List[Problem] = []
    # Lines end with LF alone: U+2028 and its kin may stand in a text.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip(" \t\r"):
            continue
        try:
            items.append((Place(name, number), parse_json(line, name, number)))
        except ManifestError as error:
            problems.extend(error.problems)
    return Found(items, {}, problems)


def read_json(text: str, name: str) -> Found:
    """Reads a list of items, or an object that has them as `requests`."""
    at = _skip(text, 0)
    if text[at : at + 1] == "[":
        items, end = _read_list(text, at, name)
        settings: typing.Dict[str, typing.Any] = {}
    elif text[at : at + 1] == "{":
        items, settings, end = _read_object(text, at, name)
    else:
        raise ManifestError([Problem(name, "a list of items, or an object with `requests`, is expected")])
    end = _skip(text, end)
    if end < len(text):
        hint = "one item on each line is the format jsonl"
        raise ManifestError([Problem(f"{name}:{_line(text, end)}", "more follows after the JSON", hint)])
    return Found(items, settings, [])


def _read_list(
    text: str, at: int, name: str
) -> typing.Tuple[typing.List[typing.Tuple[Place, typing.Any]], int]:
    """Reads a list value by value, to know the line of each."""
    _, end = _decode(text, at, name)
    items: typing.List[typing.Tuple[Place, typing.Any]] = []
    line, counted = 1, 0
    at = _skip(text, at + 1)
    while text[at] != "]":
        line, counted = line + text.count("\n", counted, at), at
        value, at = _decode(text, at, name)
        items.append((Place(name, line), value))
        at = _skip(text, at)
        at = _skip(text, at + 1) if text[at] == "," else at
    return items, end


def _read_object(
    text: str, at: int, name: str
) -> typing.Tuple[typing.List[typing.Tuple[Place, typing.Any]], typing.Dict[str, typing.Any], int]:
    settings, end = _decode(text, at, name)
    if not isinstance(settings.get("requests"), list):
        hint = "an object has the items as a list in `requests`; one item on each line is the format jsonl"
        raise ManifestError([Problem(f"{name}:{_line(text, at)}", "there is no list of `requests`", hint)])
    at = _skip(text, at + 1)
    while True:
        key, at = _decode(text, at, name)
        at = _skip(text, _skip(text, at) + 1)
        if key == "requests":
            items, _ = _read_list(text, at, name)
            return items, {key: value for key, value in settings.items() if key != "requests"}, end
        _, at = _decode(text, at, name)
        at = _skip(text, _skip(text, at) + 1)
