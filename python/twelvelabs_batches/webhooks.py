"""Webhooks: was it the platform, and what does it say.

The platform signs what it sends with the secret of your webhook, over the exact
bytes of the body: hand over the raw body, before anything parses it.

Example:
    >>> body = b'{"id": "whe", "created_at": "2026-01-01T00:00:00Z", "type": "index.task.ready", "data": {}}'
    >>> headers = {"TL-Signature": sign(body, "secret")}
    >>> unwrap(body, headers, "secret").type
    'index.task.ready'
"""

from __future__ import annotations

import typing

from . import _native
from ._native import WebhookEvent
from .errors import WebhookError, WebhookPayloadError, WebhookSignatureError

if typing.TYPE_CHECKING:
    import datetime

__all__ = [
    "Headers",
    "Payload",
    "Secret",
    "WebhookError",
    "WebhookEvent",
    "WebhookPayloadError",
    "WebhookSignatureError",
    "parse",
    "sign",
    "unwrap",
    "verify",
]

Payload = typing.Union[bytes, bytearray, memoryview, str]
"""The raw body of a request."""

Secret = typing.Union[str, bytes, typing.Sequence[typing.Union[str, bytes]]]
"""The secret of a webhook, or several while one is being replaced."""


class _Getter(typing.Protocol):
    """Headers of a framework."""

    def get(self, name: str, /) -> typing.Any:
        """The value of a header."""


Headers = typing.Union[
    typing.Mapping[str, typing.Any],
    typing.Iterable[typing.Tuple[typing.Union[str, bytes], typing.Union[str, bytes]]],
    _Getter,
]
"""The headers of a request, as frameworks have them: a mapping, pairs, or a WSGI environment."""

_NAME = "tl-signature"


def verify(
    payload: Payload,
    signature: typing.Optional[str],
    secret: Secret,
    *,
    tolerance: typing.Optional[float] = 300.0,
    now: typing.Union[float, datetime.datetime, None] = None,
) -> None:
    """Checks that the platform has signed a body, and just now.

    Args:
        payload: The raw body. A `str` is taken as UTF-8.
        signature: The value of the header `TL-Signature`; `None` if there is none.
        secret: The secret of the webhook. With several, any of them may fit.
        tolerance: How old the signature may be, and how far in the future, in
            seconds. `None` lets the time be.
        now: The time to compare with, in seconds since 1970 or with a time zone.
            The present, unless given.

    Raises:
        WebhookSignatureError: It is not to be trusted; `reason` says why.
        WebhookPayloadError: The payload is not a raw body.
        WebhookError: The secret, the tolerance or the time is none.
    """
    if signature is not None and not isinstance(signature, str):
        raise WebhookError(f"the signature is the text of the TL-Signature header, not {_kind(signature)}")
    body, secrets = _read_payload(payload), _read_secrets(secret)
    seconds, moment = _read_tolerance(tolerance), _read_time(now)
    if signature is not None and _has_surrogate(signature):
        told = "the TL-Signature header holds half of a surrogate pair"
        raise WebhookSignatureError(told, reason="malformed")
    _native.verify_notice(body, signature, secrets, seconds, moment)


def unwrap(
    payload: Payload,
    headers: Headers,
    secret: Secret,
    *,
    tolerance: typing.Optional[float] = 300.0,
    now: typing.Union[float, datetime.datetime, None] = None,
) -> WebhookEvent:
    """Checks that the platform has signed a body, and just now, and reads the event in it.

    An event may arrive more than once: `id` stays the same.

    Args:
        payload: The raw body. A `str` is taken as UTF-8.
        headers: The headers of the request: a mapping or an object with `get`, pairs
            of `str` or `bytes`, or a WSGI environment. The case of names is ignored.
        secret: The secret of the webhook. With several, any of them may fit.
        tolerance: How old the signature may be, and how far in the future, in
            seconds. `None` lets the time be.
        now: The time to compare with, in seconds since 1970 or with a time zone.
            The present, unless given.

    Raises:
        WebhookSignatureError: It is not to be trusted; `reason` says why.
        WebhookPayloadError: The payload is not a raw body, or holds no event.
        WebhookError: The secret, the tolerance or the time is none.
    """
    body = _read_payload(payload)
    verify(body, _find_signature(headers), secret, tolerance=tolerance, now=now)
    return _native.parse_notice(body)


def parse(payload: Payload) -> WebhookEvent:
    """Reads the event in a body without checking who sent it.

    Args:
        payload: The raw body. A `str` is taken as UTF-8.

    Raises:
        WebhookPayloadError: The payload is not a raw body, or holds no event.
    """
    return _native.parse_notice(_read_payload(payload))


def sign(
    payload: Payload,
    secret: typing.Union[str, bytes],
    *,
    timestamp: typing.Union[float, datetime.datetime, None] = None,
) -> str:
    """Signs a body as the platform does, for tests: the value of `TL-Signature`.

    Args:
        payload: The raw body. A `str` is taken as UTF-8.
        secret: The secret of the webhook.
        timestamp: When it was signed, in seconds since 1970 or with a time zone. The
            present, unless given; fractions are cut.

    Raises:
        WebhookPayloadError: The payload is not a raw body.
        WebhookError: The secret or the time is none.
    """
    keys = _read_secrets(secret)
    if len(keys) > 1:
        raise WebhookError(f"a body is signed with one secret, not with {len(keys)}")
    second = _read_time(timestamp)
    return _native.sign_notice(_read_payload(payload), keys[0], None if second is None else int(second))


def _kind(given: object) -> str:
    return "None" if given is None else type(given).__name__


def _read_payload(given: object) -> bytes:
    if isinstance(given, bytes):
        return given
    if isinstance(given, (bytearray, memoryview)):
        return bytes(given)
    if isinstance(given, str):
        try:
            return given.encode()
        except UnicodeEncodeError:
            raise WebhookPayloadError(
                "the payload holds half of a surrogate pair, so it is not the body that was sent"
            ) from None
    raise WebhookPayloadError(
        f"the payload is the raw body of the request, as bytes, not {_kind(given)}: the signature is over "
        "the exact bytes that were sent, and those cannot be had back once the body was parsed"
    )


def _read_secrets(given: object) -> typing.List[bytes]:
    if isinstance(given, (str, bytes, bytearray)):
        return [_read_secret(given)]
    if isinstance(given, typing.Mapping) or not isinstance(given, typing.Iterable):
        raise WebhookError(
            f"the secret of the webhook is a str or bytes, or a list of them, not {_kind(given)}"
        )
    secrets = [_read_secret(secret) for secret in given]
    if not secrets:
        raise WebhookError("no secret was given to check the signature with")
    return secrets


def _read_secret(given: object) -> bytes:
    if not isinstance(given, (str, bytes, bytearray)):
        raise WebhookError(f"a secret of the webhook is a str or bytes, not {_kind(given)}")
    if not given:
        raise WebhookError("a secret of the webhook is empty: anybody could sign with it")
    if not isinstance(given, str):
        return bytes(given)
    # Not tried and caught: the error of Python carries the secret.
    if _has_surrogate(given):
        raise WebhookError("a secret of the webhook holds half of a surrogate pair")
    return given.encode()


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _read_tolerance(given: object) -> typing.Optional[float]:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not given >= 0:
        raise WebhookError(f"the tolerance is a number of seconds from 0 up, or None, not {_show(given)}")
    try:
        return float(given)
    except OverflowError:
        raise WebhookError(f"the tolerance is too large: {_show(given)}") from None


def _show(given: object) -> str:
    # Integers of thousands of digits have no text.
    is_long = isinstance(given, int) and given.bit_length() > _MOST_BITS
    return "an integer of hundreds of digits" if is_long else repr(given)


_MOST_BITS = 1000


def _read_time(given: typing.Any) -> typing.Optional[float]:
    if given is None:
        return None
    if isinstance(given, (int, float)) and not isinstance(given, bool) and abs(given) <= _LATEST:
        return float(given)
    since_1970 = getattr(given, "timestamp", None)
    if since_1970 is not None and getattr(given, "tzinfo", None) is not None:
        return float(since_1970())
    raise WebhookError(
        f"the time is in seconds since 1970, or a datetime with a time zone, not {_show(given)}"
    )


_LATEST = 253402300799.0
"""The end of the year 9999."""


def _find_signature(headers: typing.Any) -> typing.Optional[str]:
    """All values of the header, joined as HTTP has it; `None` if there is none."""
    if isinstance(headers, (str, bytes)) or headers is None:
        raise WebhookError(f"the headers are a mapping or pairs, not {_kind(headers)}")
    pairs: typing.Iterable[typing.Any]
    if hasattr(headers, "items"):
        pairs = headers.items()
    elif hasattr(headers, "get"):
        pairs = [(_NAME, headers.get("TL-Signature"))]
    elif isinstance(headers, typing.Iterable):
        pairs = headers
    else:
        raise WebhookError(f"the headers are a mapping or pairs, not {_kind(headers)}")
    found: typing.List[str] = []
    for pair in pairs:
        try:
            name, value = pair
        except (TypeError, ValueError):
            raise WebhookError("each header is a pair of a name and a value") from None
        if _plain_name(name) == _NAME and value is not None:
            found.extend(_text(one) for one in (value if isinstance(value, (list, tuple)) else [value]))
    return ",".join(found) if found else None


def _plain_name(name: object) -> str:
    """`tl-signature`, whether it was `TL-Signature` or, with WSGI, `HTTP_TL_SIGNATURE`."""
    plain = _text(name)
    if plain.startswith("HTTP_"):
        plain = plain[len("HTTP_") :].replace("_", "-")
    return plain.lower()


def _text(given: object) -> str:
    return bytes(given).decode("latin-1") if isinstance(given, (bytes, bytearray)) else str(given)
