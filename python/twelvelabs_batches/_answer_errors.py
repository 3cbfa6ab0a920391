"""What can be wrong with an answer, and with a model that one is asked for by.

`errors` has these names too; import them from there.
"""

from __future__ import annotations

import typing

from .errors import TwelveLabsError, ValidationError

__all__ = [
    "AnswerError",
    "AnswerMismatchError",
    "CutAnswerError",
    "InvalidAnswerError",
    "Mismatch",
    "NoAnswerError",
    "SchemaError",
]


class Mismatch(typing.NamedTuple):
    """One place where an answer does not fit a model.

    Attributes:
        path: Where, such as `scenes[2].start`; empty for the answer as a whole.
        message: What is wrong there, as the model's library tells it.
        value: What the answer has there; `None` where that is not known.
        rule: That library's word for it, such as `missing`; empty if it has none.
    """

    path: str
    message: str
    value: typing.Any = None
    rule: str = ""

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class AnswerError(TwelveLabsError, ValueError):
    """The answer of an item is not there, or not what it was taken for.

    Attributes:
        text: The whole answer, as it came; empty if there is none.
        task_id: The item's task; `None` if only the answer itself was at hand.
        custom_id: The identifier you gave the item, if you gave one.
    """

    text: str = ""
    task_id: typing.Optional[str] = None
    custom_id: typing.Optional[str] = None

    def __reduce__(self) -> typing.Tuple[typing.Any, ...]:
        import pickle  # noqa: PLC0415 - only for who does so

        restore, parts = super().__reduce__()
        try:
            pickle.dumps(self.__cause__)
        except Exception:  # noqa: BLE001 - what a validator raised may be of any class
            parts = (*parts[:-1], None)
        return (restore, parts)


class NoAnswerError(AnswerError):
    """The item has no answer: it is not done, it failed, or it was canceled.

    Attributes:
        status: The item's status.
        code: The platform's word for why it failed, if it sent one.
    """

    status: str = ""
    code: typing.Optional[str] = None


class InvalidAnswerError(AnswerError):
    """The answer is no JSON, or its JSON is not made up as segments are.

    Attributes:
        reason: What is wrong.
        position: Index in `text` of the character where that shows; `None` where it
            is not one place.
        path: The place in the answer's JSON, where that could be read.
        excerpt: The text around the position.
    """

    reason: str = ""
    position: typing.Optional[int] = None
    path: str = ""
    excerpt: str = ""


class CutAnswerError(AnswerError):
    """The answer was cut at `max_tokens` (`finish_reason` is `length`), so its JSON is not whole.

    Attributes:
        excerpt: The end of what there is.
    """

    excerpt: str = ""


class AnswerMismatchError(AnswerError):
    """The answer is JSON, but does not fit the model. `__cause__` is what the model's library raised.

    Attributes:
        mismatches: Every place that does not fit; msgspec tells only the first one.
    """

    mismatches: typing.Tuple[Mismatch, ...] = ()


class SchemaError(ValidationError):
    """A model cannot be asked for: what of it is beyond the platform's limits is told in `violations`.

    Their paths are places in the model, such as `Film.scenes[].start`.
    """
