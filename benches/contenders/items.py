"""What batches are created with."""

from __future__ import annotations

import functools
import importlib
import typing

Json = typing.Dict[str, typing.Any]

ITEMS = 1_000
DEFINITIONS = 5
FIELDS = 10
TYPES = ("string", "number", "boolean", "integer")


def item(number: int) -> Json:
    """The least an item has, and a name."""
    video = {"type": "asset_id", "asset_id": f"6a{number:022x}"}
    return {"video": video, "custom_id": f"video-{number:06}"}


def rich(number: int) -> Json:
    """An item with a format of its own."""
    fields = [
        {
            "name": f"field_{place}",
            "type": TYPES[place % len(TYPES)],
            "description": f"What video {number} shows of aspect {place}, told as briefly as it can be",
        }
        for place in range(FIELDS)
    ]
    definitions = [
        {"id": f"scene-{place}", "description": f"Scenes of kind {place} in video {number}", "fields": fields}
        for place in range(DEFINITIONS)
    ]
    response_format = {"type": "segment_definitions", "segment_definitions": definitions}
    return {**item(number), "response_format": response_format}


def body(kind: str) -> Json:
    """The body of a request as it should be."""
    if kind.startswith("rich"):
        mode, make = "time_based_metadata", rich
        defaults: Json = {"min_segment_duration": 4.0}
    else:
        mode, make = "general", item
        defaults = {"prompt": {"input_text": "Sum up this video."}}
    requests = [make(number) for number in range(ITEMS)]
    return {"model_name": "pegasus1.5", "analysis_mode": mode, "defaults": defaults, "requests": requests}


def model(library: typing.Any, value: Json) -> typing.Any:
    """An item as a model of a library; nothing in it is shared with another."""
    parts = dict(value, video=library.BatchVideoContext(**value["video"]))
    if "response_format" in value:
        definitions = [
            library.SegmentDefinition(
                **{**definition, "fields": [library.SegmentField(**field) for field in definition["fields"]]}
            )
            for definition in value["response_format"]["segment_definitions"]
        ]
        parts["response_format"] = library.AsyncResponseFormat(
            type="segment_definitions", segment_definitions=definitions
        )
    return library.BatchItemRequest(**parts)


@functools.lru_cache(maxsize=1)
def arguments(library: str, kind: str) -> Json:
    """What to call `create` with; made once, before anything is measured."""
    made = body(kind)
    if not kind.endswith("dicts"):
        module = importlib.import_module(library)
        made["requests"] = [model(module, value) for value in made["requests"]]
    return made
