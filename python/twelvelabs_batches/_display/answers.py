"""Answers: texts, JSON and segments."""

from __future__ import annotations

import json
import sys
import typing

from twelvelabs_batches._answers import Answer, answer_of_result, read_json
from twelvelabs_batches._native import AnalyzeTaskResult
from twelvelabs_batches._segment import Segment, read_segments

from . import parts
from .markup import Markup, element, fragment, shorten
from .words import attribute, clock, count, number, plural, text

__all__ = [
    "cells_of",
    "columns_of",
    "cut_note",
    "facts_of",
    "show_analysis",
    "show_answer",
    "tell_answer",
    "was_cut",
]

_MOST_CHARACTERS = 6000
_MOST_SEGMENTS = 50
_MOST_FIELDS = 8
_LONGEST_VALUE = 160


def show_analysis(analysis: object) -> Markup:
    """A card of an analysis alone."""
    return parts.card(
        parts.head("Analysis", attribute(analysis, "generation_id")),
        parts.facts(*facts_of(analysis)),
        cut_note(analysis),
        show_answer(analysis, "analysis"),
    )


def show_answer(analysis: object, name: str) -> Markup:
    """The answer of an analysis that goes by that name."""
    answer = _read(analysis)
    value = None
    if answer.text.lstrip("\ufeff \t\r\n").startswith(("{", "[", "```")):
        try:
            value = read_json(answer)[0]
        except Exception:  # noqa: BLE001 - no JSON, or cut: then it is text
            value = None
    if value is None:
        return _show_text(answer.text, name)
    return _show_json(answer, value, name)


def _read(analysis: object) -> Answer:
    if not isinstance(analysis, AnalyzeTaskResult):
        # Not what the platform documents, but what came.
        return Answer(_tell_value(analysis, sys.maxsize))
    if attribute(analysis, "data") is None:
        return Answer("")
    try:
        return answer_of_result(analysis)
    except Exception:  # noqa: BLE001 - such as JSON cannot hold
        return Answer(text(analysis.data, sys.maxsize))


def facts_of(analysis: object) -> typing.List[typing.Tuple[str, parts.Cell]]:
    """What is told beside an answer."""
    usage = attribute(analysis, "usage")
    tokens = [attribute(usage, name) for name in ("output_tokens", "input_tokens")]
    told = [count(number(each)) if isinstance(each, int) else None for each in tokens]
    finish_reason = attribute(analysis, "finish_reason")
    return [
        ("finish_reason", None if finish_reason is None else element("bdi", text(finish_reason, 40))),
        ("output tokens", told[0]),
        ("input tokens", told[1]),
    ]


def was_cut(analysis: object) -> bool:
    """Whether an answer was cut at `max_tokens`."""
    return bool(attribute(analysis, "finish_reason") == "length")


def cut_note(analysis: object) -> typing.Optional[Markup]:
    """Says that an answer was cut, if it was."""
    if not was_cut(analysis):
        return None
    return parts.note(
        "The answer was cut at ", parts.code("max_tokens"), ": it is not whole.", kind="warning"
    )


def _show_json(answer: Answer, value: object, name: str) -> Markup:
    if isinstance(value, dict) and value:
        try:
            segments = read_segments(answer)
        except Exception:  # noqa: BLE001 - other JSON
            segments = None
        if segments is not None:
            return _show_segments(segments, name)
    try:
        written = json.dumps(value, ensure_ascii=False, indent=2)
    except Exception:  # noqa: BLE001 - such as integers with too many digits
        return _show_text(answer.text, name)
    return _show_text(written, name, is_code=True)


def _show_text(told: str, name: str, *, is_code: bool = False) -> Markup:
    if not told:
        return element("div", "The answer is empty.", class_="tlb-quiet")
    shown = told[:_MOST_CHARACTERS]
    form = " of JSON" if is_code else ""
    return fragment(
        parts.passage(shown, "Answer", is_code=is_code),
        parts.more(len(told) - len(shown), f"character{form}", f"characters{form}", f"{name}.data"),
    )


def tell_answer(analysis: object, most: int) -> str:
    """The beginning of an answer, on one line."""
    return shorten(" ".join(_read(analysis).text[: 4 * most].split()), most)


def columns_of(segments: typing.Sequence[Segment]) -> typing.Tuple[typing.List[str], int]:
    """The fields of the segments' metadata that have columns, and how many have none."""
    fields: typing.Dict[str, None] = {}
    for segment in segments:
        if isinstance(segment.metadata, dict):
            fields.update(dict.fromkeys(segment.metadata))
    return list(fields)[:_MOST_FIELDS], max(len(fields) - _MOST_FIELDS, 0)


def cells_of(segment: Segment, fields: typing.Sequence[str]) -> typing.List[parts.Cell]:
    """A segment's cells, as far as it has them."""
    metadata = segment.metadata if isinstance(segment.metadata, dict) else {}
    times = [clock(segment.start), clock(segment.end)]
    return [text(segment.definition_id), *times, *(_tell_value(metadata.get(field)) for field in fields)]


def _tell_value(value: object, most: int = _LONGEST_VALUE) -> str:
    if isinstance(value, str) or value is None:
        return text(value, most)
    try:
        return shorten(json.dumps(value, ensure_ascii=False), most)
    except Exception:  # noqa: BLE001 - an object of somebody's model, or such as JSON cannot hold
        return text(value, most)


def _show_segments(segments: typing.Sequence[Segment], name: str) -> Markup:
    """The segments of one answer."""
    if not segments:
        return element("div", "The answer tells of no segment.", class_="tlb-quiet")
    shown = segments[:_MOST_SEGMENTS]
    fields, missing = columns_of(shown)
    names = ["segment", "start", "end", *(text(field, 40) for field in fields)]
    rows = [cells_of(segment, fields) for segment in shown]
    return fragment(
        element("div", plural(len(segments), "segment"), class_="tlb-next tlb-quiet"),
        parts.table(names, rows, "Segments", numbers={1, 2}, is_wide=True),
        parts.more(len(segments) - len(shown), "segment", where=f"{name}.segments()"),
        parts.more(missing, "field", where="segment.metadata"),
    )
