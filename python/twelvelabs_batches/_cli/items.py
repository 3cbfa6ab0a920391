"""Items as they are written in manifests: in the platform's shape, or shorter."""

from __future__ import annotations

import difflib
import typing

from .places import Place
from .problems import Problem

__all__ = ["COLUMNS", "INTEGERS", "NUMBERS", "make_item", "make_prompt", "make_response_format"]

INTEGERS = ("max_tokens",)
NUMBERS = ("temperature", "min_segment_duration", "max_segment_duration", "start_time", "end_time")
COLUMNS = ("asset_id", "custom_id", "prompt", "response_format", *INTEGERS, *NUMBERS)
_FIELDS = ("video", *COLUMNS)
_FORMATS = ("json_schema", "segment_definitions")


def make_item(value: typing.Any, place: Place, problems: typing.List[Problem]) -> typing.Any:
    """Makes an item in the platform's shape; what cannot be one is added to the problems."""
    if not isinstance(value, dict):
        problems.append(place.problem("", f"an item is an object, not {_kind(value)}"))
        return value
    item = dict(value)
    problems += [place.problem(name, _tell_unknown(name)) for name in item if name not in _FIELDS]
    if "asset_id" in item:
        if "video" in item:
            problems.append(
                place.problem("asset_id", "`asset_id` and `video` say the same: give one of them")
            )
        item = {"video": {"type": "asset_id", "asset_id": item.pop("asset_id")}, **item}
    elif "video" not in item:
        problems.append(place.problem("", "there is no `asset_id`"))
    if "prompt" in item:
        item["prompt"] = make_prompt(item["prompt"])
    if "response_format" in item:
        item["response_format"] = make_response_format(item["response_format"])
    return item


def _tell_unknown(name: str) -> str:
    if name in {"url", "video_url", "base64_string"}:
        return f"batches take uploaded assets only, no {name!r}: upload the video and give its `asset_id`"
    near = difflib.get_close_matches(name, _FIELDS, 1)
    told = f"did you mean {near[0]!r}?" if near else f"allowed are {', '.join(_FIELDS)}"
    return f"an item has no field {name!r}; {told}"


def make_prompt(value: typing.Any) -> typing.Any:
    """A prompt; a text is its `input_text`."""
    return {"input_text": value} if isinstance(value, str) else value


def make_response_format(value: typing.Any) -> typing.Any:
    """A response format; an object that is none is taken for a JSON schema."""
    if not isinstance(value, dict) or is_response_format(value):
        return value
    return {"type": "json_schema", "json_schema": value}


def is_response_format(value: typing.Dict[str, typing.Any]) -> bool:
    """Whether it is the platform's object, and not a JSON schema."""
    return value.get("type") in _FORMATS or any(name in value for name in _FORMATS)


def _kind(value: typing.Any) -> str:
    if value is None:
        return "null"
    names = {bool: "a boolean", int: "a number", float: "a number", str: "a text", list: "a list"}
    return names.get(type(value), type(value).__name__)
