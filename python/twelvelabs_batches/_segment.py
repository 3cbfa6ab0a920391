"""Segments of a video, as an answer tells them."""

from __future__ import annotations

import dataclasses
import re
import typing

from ._answer_errors import AnswerError, InvalidAnswerError, Mismatch
from ._answers import Answer, answer_of_item, answer_of_result, mismatch, read_json

if typing.TYPE_CHECKING:
    from typing_extensions import TypeVar

    from ._native import AnalyzeTaskResult, BatchResultItem

    Metadata = TypeVar("Metadata", default=typing.Dict[str, typing.Any])
else:
    Metadata = typing.TypeVar("Metadata")

__all__ = ["Segment", "read_segments", "segments_of_item", "segments_of_result"]


@dataclasses.dataclass(frozen=True, slots=True)
class Segment(typing.Generic[Metadata]):
    """A part of a video that fits a segment definition.

    Attributes:
        definition_id: The definition's `id`.
        start: Start in seconds from the video's beginning, whatever the format in
            the answer.
        end: End in seconds.
        metadata: What the definition's fields ask for, as the answer has it: a dict,
            or an object of the model that was given to `segments`. Times in here
            stay as their fields' formats write them.
    """

    definition_id: str
    start: float
    end: float
    metadata: Metadata

    @property
    def duration(self) -> float:
        """Its length in seconds."""
        return self.end - self.start


def segments_of_result(result: AnalyzeTaskResult, metadata: typing.Any = None) -> typing.List[Segment]:
    """What `AnalyzeTaskResult.segments` does."""
    return read_segments(answer_of_result(result), metadata)


def segments_of_item(item: BatchResultItem, metadata: typing.Any = None) -> typing.List[Segment]:
    """What `BatchResultItem.segments` does."""
    return read_segments(answer_of_item(item), metadata)


def read_segments(answer: Answer, model: typing.Any = None) -> typing.List[Segment]:
    """The segments that an answer tells, definition by definition, as they come in it."""
    value, _ = read_json(answer)
    if not isinstance(value, dict):
        raise _odd(answer, "", "an object of lists by definition is expected", value)
    read = []
    for definition_id, segments in value.items():
        if not isinstance(segments, list):
            raise _odd(answer, definition_id, "a list of segments is expected", segments)
        for index, segment in enumerate(segments):
            read.append(_read_segment(answer, definition_id, f"{definition_id}[{index}]", segment))
    return read if model is None else _read_metadata(answer, read, model)


def _read_segment(answer: Answer, definition_id: str, path: str, segment: typing.Any) -> Segment:
    if not isinstance(segment, dict):
        raise _odd(answer, path, "a segment, as an object, is expected", segment)
    start, end = (_read_boundary(answer, path, name, segment) for name in ("start_time", "end_time"))
    metadata = segment.get("metadata")
    if metadata is None:
        metadata = {}
    if not isinstance(metadata, dict):
        raise _odd(answer, f"{path}.metadata", "an object is expected", metadata)
    return Segment(definition_id, start, end, metadata)


# Hours may be missing, or as many as there are; some write a comma before the fraction.
_CLOCK = re.compile(r"(?:(\d{1,9}):)?(\d{1,9}):(\d{1,2}(?:[.,]\d+)?)", re.ASCII)
_SECONDS_OF_MINUTE = 60


def _read_boundary(answer: Answer, path: str, name: str, segment: typing.Dict[str, typing.Any]) -> float:
    place = f"{path}.{name}"
    if name not in segment:
        raise _odd(answer, place, "it is missing", None)
    value = segment[name]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError:
            raise _odd(answer, place, "the number is too large", value) from None
    if isinstance(value, str):
        found = _CLOCK.fullmatch(value.strip())
        if found is not None:
            hours, minutes, seconds = found.groups()
            return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))
    raise _odd(answer, place, "a number of seconds, `hh:mm:ss` or `hh:mm:ss.fff` is expected", value)


def _read_metadata(answer: Answer, segments: typing.List[Segment], model: typing.Any) -> typing.List[Segment]:
    import json  # noqa: PLC0415 - only for who uses it

    from . import _toolkits  # noqa: PLC0415 - as above

    toolkit = _toolkits.choose(model)
    read: typing.List[Segment] = []
    mismatches: typing.List[Mismatch] = []
    cause = None
    index_by_definition: typing.Dict[str, int] = {}
    for segment in segments:
        index = index_by_definition.get(segment.definition_id, 0)
        index_by_definition[segment.definition_id] = index + 1
        text = json.dumps(segment.metadata, ensure_ascii=False)
        try:
            metadata = toolkit.validate(segment.metadata, text, model)
        except _toolkits.MismatchedError as mismatched:
            place = f"{segment.definition_id}[{index}].metadata"
            mismatches.extend(
                each._replace(path=f"{place}.{each.path}" if each.path else place)
                for each in mismatched.mismatches
            )
            cause = cause or mismatched.__cause__
        else:
            read.append(dataclasses.replace(segment, metadata=metadata))
    if mismatches:
        raise mismatch(answer, model, tuple(mismatches)) from cause
    return read


_MOST_SHOWN = 60


def _odd(answer: Answer, path: str, reason: str, value: typing.Any) -> AnswerError:
    shown = "" if value is None and reason == "it is missing" else f", not {_shorten(value)}"
    told = f"the answer holds no segments: {f'{path}: ' if path else ''}{reason}{shown}"
    return answer.fail(InvalidAnswerError, told, reason=reason, path=path, excerpt=_shorten(value))


def _shorten(value: typing.Any) -> str:
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else "a list"
    shown = "null" if value is None else repr(value)
    return shown if len(shown) <= _MOST_SHOWN else shown[:_MOST_SHOWN] + "…"
