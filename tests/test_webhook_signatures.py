"""Signatures of webhooks, and what is in them."""

from __future__ import annotations

import copy
import datetime
import doctest
import pickle
import time
import typing
import wsgiref.headers

import pytest

import twelvelabs_batches as tb
from twelvelabs_batches import webhooks

SECRET = "whsec of a test"

BODY = b'{"id": "whe_1", "created_at": "2026-01-01T00:00:00Z", "type": "analyze.task.ready", "data": {"id": "t"}}'
NOW = 1_767_225_600
SIGNATURE = webhooks.sign(BODY, SECRET, timestamp=NOW)


class Getter:
    def get(self, name: str, /) -> typing.Optional[str]:
        return SIGNATURE if name.lower() == "tl-signature" else None


@pytest.mark.parametrize(
    "headers",
    [
        {"TL-Signature": SIGNATURE},
        {"tl-signature": SIGNATURE, "Host": "x"},
        {b"tl-signature": SIGNATURE.encode()},
        {"TL-SIGNATURE": [SIGNATURE]},
        {"HTTP_TL_SIGNATURE": SIGNATURE, "wsgi.version": (1, 0), "REQUEST_METHOD": "POST"},
        [("Host", "x"), ("TL-Signature", SIGNATURE)],
        [(b"host", b"x"), (b"tl-signature", SIGNATURE.encode())],
        wsgiref.headers.Headers([("Tl-Signature", SIGNATURE)]),
        Getter(),
    ],
    ids=lambda headers: type(headers).__name__,
)
def test_headers_of_every_framework(headers: webhooks.Headers) -> None:
    assert webhooks.unwrap(BODY, headers, SECRET, now=NOW).id == "whe_1"


@pytest.mark.parametrize(
    "headers", [{}, [], {"Signature": "x"}, {"TL_SIGNATURE": "x"}, {"TL-Signature": None}]
)
def test_without_the_header(headers: webhooks.Headers) -> None:
    with pytest.raises(webhooks.WebhookSignatureError, match="has no TL-Signature header") as caught:
        webhooks.unwrap(BODY, headers, SECRET, now=NOW)
    assert caught.value.reason == "no_header"


def test_a_header_sent_twice_is_refused() -> None:
    twice = [("TL-Signature", SIGNATURE), ("TL-Signature", SIGNATURE)]
    with pytest.raises(webhooks.WebhookSignatureError, match="more than one time"):
        webhooks.unwrap(BODY, twice, SECRET, now=NOW)


def reason(**changed: typing.Any) -> str:
    given = {"payload": BODY, "signature": SIGNATURE, "secret": SECRET, "now": NOW, **changed}
    with pytest.raises(webhooks.WebhookSignatureError) as caught:
        webhooks.verify(given.pop("payload"), given.pop("signature"), given.pop("secret"), **given)
    assert SECRET not in f"{caught.value!s} {caught.value!r}"
    return caught.value.reason


def test_the_reason_is_told() -> None:
    webhooks.verify(BODY, SIGNATURE, SECRET, now=NOW)
    assert reason(signature=None) == "no_header"
    assert reason(signature="") == "malformed"
    assert reason(signature=f"t={NOW}") == "no_signature"
    assert reason(signature="\ud800") == "malformed"
    assert reason(signature=f"{SIGNATURE}\udfff") == "malformed"
    assert reason(payload=BODY + b" ") == "mismatch"
    assert reason(secret="other") == "mismatch"
    assert reason(secret=["other", b"another"]) == "mismatch"
    assert reason(now=NOW + 301) == "too_old"
    assert reason(now=NOW - 301) == "in_the_future"
    assert reason(now=NOW + 0.5, tolerance=0) == "too_old"
    assert reason(now=253402300799.0) == "too_old"


def test_an_old_notice_sent_again_is_refused() -> None:
    old = webhooks.sign(BODY, SECRET, timestamp=time.time() - 301)
    with pytest.raises(webhooks.WebhookSignatureError, match="sent again"):
        webhooks.unwrap(BODY, {"TL-Signature": old}, SECRET)
    assert webhooks.unwrap(BODY, {"TL-Signature": old}, SECRET, tolerance=None).id == "whe_1"
    fresh = webhooks.sign(BODY, SECRET)
    assert webhooks.unwrap(BODY, {"TL-Signature": fresh}, SECRET).id == "whe_1"


@pytest.mark.parametrize("payload", [bytearray(BODY), memoryview(BODY), BODY.decode()], ids=type)
def test_bodies_come_in_many_forms(payload: webhooks.Payload) -> None:
    webhooks.verify(payload, SIGNATURE, [SECRET.encode()], now=NOW, tolerance=float("inf"))
    at = datetime.datetime.fromtimestamp(NOW, datetime.timezone.utc)
    webhooks.verify(payload, webhooks.sign(payload, SECRET.encode(), timestamp=at), ("x", SECRET), now=at)


@pytest.mark.parametrize("payload", [{"id": "whe_1"}, ["x"], None, 1])
def test_a_parsed_body_is_explained(payload: typing.Any) -> None:
    for call in (webhooks.parse, lambda given: webhooks.verify(given, SIGNATURE, SECRET)):
        with pytest.raises(webhooks.WebhookPayloadError, match="raw body of the request, as bytes"):
            call(payload)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "not JSON"),
        (b"id=1", "not JSON"),
        (b"\xff", "not JSON"),
        (b"[]", "not a JSON object"),
        (BODY.replace(b'"id"', b'"Id"', 1), "no id"),
        (BODY.replace(b"2026-", b"later-"), "created_at"),
        (BODY.replace(b'"type"', b'"kind"'), "type"),
        (BODY.replace(b'{"id": "t"}', b"null"), "data"),
        ('"\ud800"', "surrogate"),
    ],
)
def test_what_is_no_event_is_refused(body: webhooks.Payload, told: str) -> None:
    with pytest.raises(webhooks.WebhookPayloadError, match=told):
        webhooks.parse(body)


@pytest.mark.parametrize(
    "changed",
    [
        {"secret": None},
        {"secret": ""},
        {"secret": []},
        {"secret": [SECRET, ""]},
        {"secret": {"a": "b"}},
        {"secret": [1]},
        {"secret": 1},
        {"secret": "\ud800"},
        {"signature": SIGNATURE.encode()},
        {"tolerance": -1},
        {"tolerance": "5"},
        {"tolerance": 10**400},
        {"tolerance": 10**5000},
        {"tolerance": -(10**5000)},
        {"now": 10**5000},
        {"tolerance": float("nan")},
        {"tolerance": True},
        {"now": "2026"},
        {"now": float("nan")},
        {"now": float("inf")},
        {"now": datetime.datetime(2026, 1, 1)},  # noqa: DTZ001 - that is the point
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_arguments_that_do_not_fit_are_refused(changed: typing.Dict[str, typing.Any]) -> None:
    given = {"signature": SIGNATURE, "secret": SECRET, **changed}
    with pytest.raises(webhooks.WebhookError) as caught:
        webhooks.verify(BODY, given.pop("signature"), given.pop("secret"), **given)
    assert type(caught.value) is webhooks.WebhookError


def test_a_signature_that_no_header_can_hold_is_malformed() -> None:
    for headers in ({"TL-Signature": "\ud800"}, [("tl-signature", "t=1,v1=\udc00")]):
        with pytest.raises(webhooks.WebhookSignatureError, match="surrogate") as caught:
            webhooks.unwrap(BODY, headers, SECRET, now=NOW)
        assert caught.value.reason == "malformed"
        assert vars(pickle.loads(pickle.dumps(caught.value))) == vars(caught.value)


def test_a_body_is_signed_with_one_secret() -> None:
    many: typing.Any = ["a", "b"]
    with pytest.raises(webhooks.WebhookError, match=r"^a body is signed with one secret, not with 2$"):
        webhooks.sign(BODY, many)
    with pytest.raises(webhooks.WebhookError):
        webhooks.sign(BODY, many[:0])


@pytest.mark.parametrize("headers", [None, "TL-Signature", 5, [1], [("a", "b", "c")]])
def test_headers_that_are_none_are_refused(headers: typing.Any) -> None:
    with pytest.raises(webhooks.WebhookError, match="header"):
        webhooks.unwrap(BODY, headers, SECRET, now=NOW)


def test_errors_can_be_pickled() -> None:
    for failing in (
        lambda: webhooks.verify(BODY, None, SECRET),
        lambda: webhooks.parse(b""),
        lambda: webhooks.verify(BODY, SIGNATURE, ""),
    ):
        with pytest.raises(webhooks.WebhookError) as caught:
            failing()
        again = pickle.loads(pickle.dumps(caught.value))
        assert (type(again), str(again), vars(again)) == (
            type(caught.value),
            str(caught.value),
            vars(caught.value),
        )
        assert isinstance(again, (tb.TwelveLabsError, ValueError))


def test_events_are_values() -> None:
    event = webhooks.parse(BODY[:-1] + b', "attempt": {"n": 1}}')
    assert (event.id, event.type, event.data) == ("whe_1", "analyze.task.ready", {"id": "t"})
    assert event.created_at == datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    assert (event.is_batch, event.batch_id, event.status) == (False, None, None)
    unknown: typing.Any = event
    assert unknown.attempt == {"n": 1}
    assert event.dict()["attempt"] == {"n": 1}
    assert event.data is event.data
    with pytest.raises(AttributeError, match="nothing"):
        _ = unknown.nothing
    with pytest.raises(AttributeError):
        unknown.id = "x"
    for same in (pickle.loads(pickle.dumps(event)), copy.copy(event), copy.deepcopy(event)):
        assert (same, hash(same)) == (event, hash(event))
    assert event != webhooks.parse(BODY)
    assert event != "whe_1"
    match event:
        case webhooks.WebhookEvent(name, _, kind):
            assert (name, kind) == ("whe_1", "analyze.task.ready")
    assert repr(event).startswith('WebhookEvent(id="whe_1", created_at="2026-01-01T00:00:00Z", type=')


def test_the_example_in_the_documentation_runs() -> None:
    assert doctest.testmod(webhooks).attempted == 3
    assert doctest.testmod(webhooks).failed == 0
