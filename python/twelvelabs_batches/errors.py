"""Everything that can go wrong, under one base class.

Calls raise nothing else: whatever fails inside arrives as one of these. Each
error has a message for people in `str(error)` and the facts as attributes, and
survives pickling.
"""

from __future__ import annotations

import sys
import typing

from ._violation import Violation, advise, make_all

if typing.TYPE_CHECKING:
    from ._native import AnalyzeBatchStatusResponse

__all__ = [
    "AnswerError",
    "AnswerMismatchError",
    "ApiError",
    "BadRequestError",
    "ClientClosedError",
    "ConflictError",
    "ConnectError",
    "ContentTooLargeError",
    "CreateOutcomeUnknownError",
    "CutAnswerError",
    "EmulatorError",
    "ForbiddenError",
    "GatewayTimeoutError",
    "GoneError",
    "IncompleteResultsError",
    "InternalServerError",
    "InterruptedAnswerError",
    "InvalidAnswerError",
    "JournalError",
    "JournalInUseError",
    "MalformedRowError",
    "MissingApiKeyError",
    "NoAnswerError",
    "NotFoundError",
    "RequestTimeoutError",
    "ResponseError",
    "RunIncompleteError",
    "RunStoppedError",
    "SchemaError",
    "ServiceUnavailableError",
    "StreamClosedError",
    "TooManyRequestsError",
    "TransportError",
    "TwelveLabsError",
    "UnauthorizedError",
    "UnexpectedBodyError",
    "UnknownFieldError",
    "UnprocessableEntityError",
    "ValidationError",
    "WaitTimeoutError",
    "WebhookError",
    "WebhookPayloadError",
    "WebhookSignatureError",
]


class TwelveLabsError(Exception):
    """Base of every error of this package.

    Attributes:
        message: What happened, for people.
        attempts: Requests made by the call that failed, if it made any.
        elapsed: Seconds from the call to its failure, if it made requests.
    """

    message: str
    attempts: typing.Optional[int] = None
    elapsed: typing.Optional[float] = None

    def __init__(self, message: str = "", **facts: typing.Any) -> None:
        super().__init__(message)
        self.message = message
        self.__dict__.update(facts)

    @classmethod
    def _make(cls, told: str, **facts: typing.Any) -> TwelveLabsError:
        return _restore(cls, (told,), {"message": told, **facts})

    def __reduce__(self) -> typing.Tuple[typing.Any, ...]:
        return (_restore, (type(self), self.args, self.__dict__, self.__cause__))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


def _restore(
    cls: typing.Type[TwelveLabsError],
    args: typing.Tuple[typing.Any, ...],
    facts: typing.Dict[str, typing.Any],
    cause: typing.Optional[BaseException] = None,
) -> TwelveLabsError:
    error = cls.__new__(cls, *args)
    Exception.__init__(error, *args)
    error.__dict__.update(facts)
    if cause is not None:
        error.__cause__ = cause
    return error


class ValidationError(TwelveLabsError, ValueError):
    """What was passed was refused before anything was sent, and all that is wrong with it is told.

    Attributes:
        message: The first violation, for people; `str(error)` lists more of them. From
            Python 3.11 on, what to do about them stands below it, as notes.
        path: Where that is, such as `requests[3].custom_id`.
        violations: Everything that was found, in the order of the request.
        warnings: What was odd, but is no reason to refuse.
    """

    path: str = ""
    violations: typing.Tuple[Violation, ...] = ()
    warnings: typing.Tuple[Violation, ...] = ()

    @classmethod
    def _make(cls, told: str, **facts: typing.Any) -> TwelveLabsError:
        path = facts.get("path", "")
        if "violations" not in facts:
            message = told[len(path) + 2 :] if path and told.startswith(f"{path}: ") else told
            facts["violations"] = [Violation(path, None, "argument", message)]
        facts["violations"] = make_all(facts["violations"])
        facts["warnings"] = make_all(facts.get("warnings", ()))
        error = _restore(cls, (told,), {"message": told, **facts})
        if sys.version_info >= (3, 11):
            for note in advise(facts["violations"]):
                error.add_note(note)
        return error

    @classmethod
    def _of(
        cls, violations: typing.Tuple[Violation, ...], warnings: typing.Tuple[Violation, ...]
    ) -> TwelveLabsError:
        has_unknown = any(each.rule == "unknown_field" for each in violations)
        kind = UnknownFieldError if has_unknown else cls
        facts = {"path": violations[0].path, "message": str(violations[0])}
        return kind._make(_tell(violations), violations=violations, warnings=warnings, **facts)


_MOST_TOLD = 10


def _tell(violations: typing.Tuple[Violation, ...]) -> str:
    """One in a line, several as a list: as the core tells them."""
    if len(violations) == 1:
        return str(violations[0])
    lines = [f"{len(violations)} violations:"]
    lines.extend(f"  {each}" for each in violations[:_MOST_TOLD])
    if len(violations) > _MOST_TOLD:
        lines.append(f"  and {len(violations) - _MOST_TOLD} more")
    return "\n".join(lines)


class UnknownFieldError(ValidationError, TypeError):
    """A keyword or the key of a dict is not a field; the message suggests the nearest.

    What else is wrong is told with it.
    """


class MissingApiKeyError(TwelveLabsError, ValueError):
    """No API key was given, and neither environment variable has one."""


class ClientClosedError(TwelveLabsError, RuntimeError):
    """The client was used after it was closed."""


class StreamClosedError(TwelveLabsError, RuntimeError):
    """A stream of results cannot be read any more, or not to its end.

    It was opened in another process, its raw answer was closed, its rows went into a file
    that was not finished, or a file or pairs with requests were asked for after it was closed
    or read to its end.
    """


class EmulatorError(TwelveLabsError, ValueError):
    """The emulator was given an option or an asset that it does not understand, or could not start."""


class WebhookError(TwelveLabsError, ValueError):
    """A webhook was told something that cannot be used, or the secret to check it with is not one."""


class WebhookSignatureError(WebhookError):
    """What a webhook was told is not to be trusted.

    Attributes:
        reason: `no_header`, `malformed`, `no_signature`, `mismatch`, `too_old` or
            `in_the_future`.
    """

    reason: str = ""


class WebhookPayloadError(WebhookError):
    """What a webhook was told is not an event, or not the bytes that were sent."""


class TransportError(TwelveLabsError):
    """The platform could not be reached, or its answer did not arrive."""


class ConnectError(TransportError, ConnectionError):
    """No connection could be made: the platform has not seen the request."""


class InterruptedAnswerError(TransportError, ConnectionError):
    """The connection broke after the request was sent.

    Attributes:
        bytes_received: Bytes of the answer's body that had arrived.
    """

    bytes_received: int = 0


class RequestTimeoutError(TransportError, TimeoutError):
    """Time ran out.

    Attributes:
        limit: Which limit was reached: `connect`, `read` (between two pieces of
            the answer) or `total`.
        seconds: Its length.
    """

    limit: str = "total"
    seconds: float = 0.0


class IncompleteResultsError(TransportError):
    """The results ended, or broke off, before all items had come, and asking again did not help.

    What was handed over stays valid. Iterating on asks for the rest once more;
    nothing comes twice. `__cause__` is what the last attempt ended with.

    Attributes:
        received: Items that were handed over.
        expected: Items of the batch; `None` if that could not be found out.
    """

    received: int = 0
    expected: typing.Optional[int] = None


class CreateOutcomeUnknownError(TwelveLabsError):
    """The batch may have been created, or not: do not submit it again without looking.

    The answer to `create` was lost, and looking for the batch did not tell for
    certain. `__cause__` is what the attempt ended with.

    Attributes:
        finding: What looking has shown, and what to do.
        candidates: Batches that may be the one.
        idempotency_key: The `Idempotency-Key` that went along. Sent again with
            `additional_headers`, it is the same request to a platform that
            honours it.
    """

    finding: str = ""
    candidates: typing.Sequence[AnalyzeBatchStatusResponse] = ()
    idempotency_key: str = ""


class ResponseError(TwelveLabsError, ValueError):
    """The platform answered with success, but the answer cannot be understood."""


class UnexpectedBodyError(ResponseError):
    """A successful answer whose body is not what was asked for.

    Attributes:
        status_code: HTTP status.
        content_type: The answer's `Content-Type`.
        excerpt: The beginning of its body.
        request_id: The platform's identifier of the request.
    """

    status_code: typing.Optional[int] = None
    content_type: typing.Optional[str] = None
    excerpt: str = ""
    request_id: typing.Optional[str] = None


class MalformedRowError(ResponseError):
    """A row of the results cannot be read. Iterating on continues with the next row.

    Attributes:
        row: Number of the row, from 1.
        offset: Offset of its first byte in the results.
        reason: What is wrong with it.
        excerpt: Its beginning.
        raw: The whole row.
    """

    row: int = 0
    offset: int = 0
    reason: str = ""
    excerpt: str = ""
    raw: bytes = b""


# They stand on what is above.
from ._answer_errors import (  # noqa: E402
    AnswerError,
    AnswerMismatchError,
    CutAnswerError,
    InvalidAnswerError,
    NoAnswerError,
    SchemaError,
)
from ._api_errors import (  # noqa: E402
    ApiError,
    BadRequestError,
    ConflictError,
    ContentTooLargeError,
    ForbiddenError,
    GatewayTimeoutError,
    GoneError,
    InternalServerError,
    NotFoundError,
    ServiceUnavailableError,
    TooManyRequestsError,
    UnauthorizedError,
    UnprocessableEntityError,
)
from ._run_errors import (  # noqa: E402
    JournalError,
    JournalInUseError,
    RunIncompleteError,
    RunStoppedError,
)
from ._waiting_errors import WaitTimeoutError  # noqa: E402

for _name in __all__:
    # Wherever they stand, this is where users find them, and what tracebacks and pickles name.
    globals()[_name].__module__ = __name__
