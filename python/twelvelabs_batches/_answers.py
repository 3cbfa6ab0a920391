"""Answers as data: the JSON of an item, as Python objects or as a model's."""

from __future__ import annotations

import collections
import json
import math
import typing

from ._answer_errors import (
    AnswerError,
    AnswerMismatchError,
    CutAnswerError,
    InvalidAnswerError,
    Mismatch,
    NoAnswerError,
)
from ._native import AnalyzeTaskResult, BatchResultItem

__all__ = ["Answer", "answer_of_item", "answer_of_result", "parse", "parse_item", "parse_result", "read_json"]

_AROUND = 40


class Answer(typing.NamedTuple):
    """The text of an answer, and whose it is."""

    text: str
    is_cut: bool = False
    task_id: typing.Optional[str] = None
    custom_id: typing.Optional[str] = None

    def fail(self, kind: typing.Type[AnswerError], message: str, **facts: typing.Any) -> AnswerError:
        """Makes an error about this answer."""
        return _error(kind, message, self.task_id, self.custom_id, text=self.text, **facts)


def _error(
    kind: typing.Type[AnswerError],
    message: str,
    task_id: typing.Optional[str],
    custom_id: typing.Optional[str],
    **facts: typing.Any,
) -> AnswerError:
    name = f"item {custom_id!r}: " if custom_id else f"task {task_id!r}: " if task_id else ""
    return kind(name + message, task_id=task_id, custom_id=custom_id, **facts)


def answer_of_result(
    result: AnalyzeTaskResult,
    task_id: typing.Optional[str] = None,
    custom_id: typing.Optional[str] = None,
) -> Answer:
    """The answer in an analysis."""
    text: typing.Any = result.data
    if text is None:
        raise _error(NoAnswerError, "the analysis has no text", task_id, custom_id)
    if not isinstance(text, str):
        # The platform documents text; the objects that it would stand for are as good.
        text = json.dumps(text, ensure_ascii=False)
    return Answer(text, result.finish_reason == "length", task_id, custom_id)


def answer_of_item(item: BatchResultItem) -> Answer:
    """The answer of an item.

    Raises:
        NoAnswerError: It has none.
    """
    data: typing.Any = item.data
    if isinstance(data, AnalyzeTaskResult):
        return answer_of_result(data, item.task_id, item.custom_id)
    code: typing.Any = getattr(item.error, "code", None)
    told = f"there is no answer, the item is {item.status}"
    if item.error is not None:
        message: typing.Any = getattr(item.error, "message", item.error)
        told += f": {message}" + (f" ({code})" if code else "")
    elif item.status == "ready":
        told = "the item is ready, but came without an analysis"
    raise _error(NoAnswerError, told, item.task_id, item.custom_id, status=str(item.status), code=code)


def parse_result(result: AnalyzeTaskResult, model: typing.Any = None) -> typing.Any:
    """What `AnalyzeTaskResult.parse` does."""
    return parse(answer_of_result(result), model)


def parse_item(item: BatchResultItem, model: typing.Any = None) -> typing.Any:
    """What `BatchResultItem.parse` does."""
    return parse(answer_of_item(item), model)


def parse(answer: Answer, model: typing.Any = None) -> typing.Any:
    """The JSON of an answer, as objects of the type `model` if one is given."""
    if model is None:
        return read_json(answer)[0]
    from . import _toolkits  # noqa: PLC0415 - only for who uses it

    toolkit = _toolkits.choose(model)
    value, text = read_json(answer)
    try:
        return toolkit.validate(value, text, model)
    except _toolkits.MismatchedError as mismatched:
        raise mismatch(answer, model, mismatched.mismatches) from mismatched.__cause__


def mismatch(answer: Answer, model: typing.Any, mismatches: typing.Tuple[Mismatch, ...]) -> AnswerError:
    """Makes the error that tells what does not fit a model."""
    from ._toolkits import tell  # noqa: PLC0415 - only for who uses it

    invalid = next((each for each in mismatches if each.rule == "json_invalid"), None)
    if invalid is not None:
        message = f"the answer cannot be read: {invalid.message}"
        return answer.fail(InvalidAnswerError, message, reason=invalid.message)
    told = f"the answer does not fit {tell(model)}: "
    if len(mismatches) == 1:
        told += str(mismatches[0])
    else:
        told += f"{len(mismatches)} mismatches"
        told += "".join(f"\n  {each}" for each in mismatches[:_MOST_TOLD])
        if len(mismatches) > _MOST_TOLD:
            told += f"\n  and {len(mismatches) - _MOST_TOLD} more"
    return answer.fail(AnswerMismatchError, told, mismatches=mismatches)


_MOST_TOLD = 10


def read_json(answer: Answer) -> typing.Tuple[typing.Any, str]:
    """The Python objects that an answer's JSON stands for, and that JSON by itself."""
    start, end = _find_json(answer.text)
    text = answer.text[start:end]
    try:
        value = _load(text)
    except json.JSONDecodeError as error:
        if answer.is_cut:
            raise _cut(answer) from None
        reason = "it is text with a code block in it" if "```" in text else error.msg.removesuffix(" at")
        raise _invalid(answer, reason, start + error.pos) from None
    except _OddError as error:
        raise _invalid(answer, str(error), None) from None
    except RecursionError:
        raise _invalid(answer, "it is nested too deep", None) from None
    if answer.is_cut and isinstance(value, (int, float)) and not isinstance(value, bool):
        # Every other value ends with a mark of its own; a number may have had more digits.
        raise _cut(answer)
    return value, text


def _find_json(text: str) -> typing.Tuple[int, int]:
    """Where the JSON is: all of the text, or what a code block that is all of it holds."""
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    end = len(text.rstrip())
    first_line = text.find("\n", start)
    is_block = text.startswith("```", start) and text.endswith("```", first_line, end)
    if first_line >= 0 and is_block and text[start + 3 : first_line].strip().lower() in {"", "json"}:
        return first_line + 1, end - 3
    return start, end


class _OddError(ValueError):
    """JSON that is refused although Python's reader takes it."""


def _load(text: str) -> typing.Any:
    value = json.loads(
        text,
        object_pairs_hook=_make_object,
        parse_constant=_refuse_constant,
        parse_float=_read_float,
        parse_int=_read_int,
    )
    if "\\ud" in text.lower():
        # Python's reader lets half of a surrogate pair through, which is no character.
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise _OddError("half of a surrogate pair is no character") from None
    return value


def _make_object(pairs: typing.List[typing.Tuple[str, typing.Any]]) -> typing.Dict[str, typing.Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        counts = collections.Counter(name for name, _ in pairs)
        twice = next(name for name, count in counts.items() if count > 1)
        raise _OddError(f"an object has the name {twice!r} twice")
    return members


def _refuse_constant(name: str) -> typing.NoReturn:
    raise _OddError(f"{name} is no JSON number")


def _read_float(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise _OddError(f"the number {text} is too large")
    return number


def _read_int(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise _OddError(f"a number of {len(text)} digits is too long") from None


def _invalid(answer: Answer, reason: str, position: typing.Optional[int]) -> AnswerError:
    text = answer.text
    if not text.strip():
        return answer.fail(InvalidAnswerError, "the answer is empty", reason="it is empty", position=0)
    around = position if position is not None else 0
    excerpt = _excerpt(text, around - _AROUND, around + _AROUND)
    where = "" if position is None else f" at character {position}"
    told = f"the answer is no JSON: {reason}{where}: {excerpt!r}"
    return answer.fail(InvalidAnswerError, told, reason=reason, position=position, excerpt=excerpt)


def _cut(answer: Answer) -> AnswerError:
    excerpt = _excerpt(answer.text, len(answer.text) - 2 * _AROUND, len(answer.text))
    told = f"the answer was cut at max_tokens, so its JSON is not whole; it ends with {excerpt!r}"
    return answer.fail(CutAnswerError, told, excerpt=excerpt)


def _excerpt(text: str, start: int, end: int) -> str:
    start = max(start, 0)
    return "…" * (start > 0) + text[start:end] + "…" * (end < len(text))
