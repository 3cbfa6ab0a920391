"""What the platform answers instead of what was asked for."""

from __future__ import annotations

import typing

from .errors import TwelveLabsError, _restore

__all__ = [
    "ApiError",
    "BadRequestError",
    "ConflictError",
    "ContentTooLargeError",
    "ForbiddenError",
    "GatewayTimeoutError",
    "GoneError",
    "InternalServerError",
    "NotFoundError",
    "ServiceUnavailableError",
    "TooManyRequestsError",
    "UnauthorizedError",
    "UnprocessableEntityError",
]


class ApiError(TwelveLabsError):
    """The platform refused a request.

    Attributes:
        status_code: HTTP status.
        headers: Headers of the answer, names in lower case.
        body: The answer's body: parsed if it is JSON, else its text.
        code: The platform's word for the error, such as `batch_not_terminal`.
        message: The platform's message.
        details: The platform's details, if it sent any.
        request_id: The platform's identifier of the request.
        retry_after: Seconds that the platform asks to wait, if it said so.
    """

    status_code: typing.Optional[int] = None
    retry_after: typing.Optional[float] = None
    headers: typing.Optional[typing.Dict[str, str]] = None
    body: typing.Any = None
    code: typing.Optional[str] = None
    details: typing.Optional[typing.Dict[str, typing.Any]] = None
    request_id: typing.Optional[str] = None

    def __init__(
        self,
        *,
        headers: typing.Optional[typing.Dict[str, str]] = None,
        status_code: typing.Optional[int] = None,
        body: typing.Any = None,
    ) -> None:
        super().__init__(
            f"the platform refused the request [status {status_code}]: {body}",
            headers=headers,
            status_code=status_code,
            body=body,
        )

    @classmethod
    def _make(cls, told: str, **facts: typing.Any) -> TwelveLabsError:
        facts["message"] = facts.get("message") or told
        return _restore(_BY_STATUS.get(facts["status_code"], cls), (told,), facts)


class _StatusError(ApiError):
    """An error whose class tells the status."""

    def __init__(self, body: typing.Any, headers: typing.Optional[typing.Dict[str, str]] = None) -> None:
        super().__init__(headers=headers, status_code=type(self).status_code, body=body)


class BadRequestError(_StatusError):
    """400: the request breaks a rule; the message says which. Nothing was created."""

    status_code = 400


class UnauthorizedError(_StatusError):
    """401: the API key is missing or wrong."""

    status_code = 401


class ForbiddenError(_StatusError):
    """403: the API key may not do this."""

    status_code = 403


class NotFoundError(_StatusError):
    """404: there is no such batch, asset or task; batches are deleted 30 days after creation."""

    status_code = 404


class ConflictError(_StatusError):
    """409: the state of the batch, or of an asset, does not allow this."""

    status_code = 409


class GoneError(_StatusError):
    """410: it existed once."""

    status_code = 410


class ContentTooLargeError(_StatusError):
    """413: the request is too large."""

    status_code = 413


class UnprocessableEntityError(_StatusError):
    """422: the request cannot be followed, such as a JSON schema beyond the platform's limits."""

    status_code = 422


class TooManyRequestsError(_StatusError):
    """429: over a rate limit, or five batches are active already."""

    status_code = 429


class InternalServerError(_StatusError):
    """500: the platform failed."""

    status_code = 500


class ServiceUnavailableError(_StatusError):
    """503: the platform cannot answer at the moment."""

    status_code = 503


class GatewayTimeoutError(_StatusError):
    """504: the platform ran out of time; a smaller batch may do."""

    status_code = 504


_BY_STATUS: typing.Dict[typing.Any, typing.Type[ApiError]] = {
    cls.status_code: cls for cls in _StatusError.__subclasses__()
}
