"""The key, and a proxy's password, are shown nowhere."""

from __future__ import annotations

import base64
import faulthandler
import logging
import pickle
import threading
import traceback
import typing

import pytest

import stopping
import twelvelabs_batches as tb
from calls import BATCH_ID, CALLS
from servers import Cut, ScriptedServer, Stall, answer
from test_list import BATCH
from test_results import head, lines, row

if typing.TYPE_CHECKING:
    import pathlib

    from faces import Face, MakeFace

KEY = "tlk_0PEN5ESAME"
PASSWORD = "sw0rdf1sh"
TOKEN = "t0k3n"
CLASSES = [tb.BatchesClient, tb.AsyncBatchesClient]
Make = typing.Type[typing.Union[tb.BatchesClient, tb.AsyncBatchesClient]]
ONE_TRY: tb.RequestOptions = {"max_retries": 0}


def hidden(told: str | bytes) -> bool:
    """Whether no secret is in it, plain or as it would travel."""
    text = told.decode("latin-1") if isinstance(told, bytes) else told
    encoded = base64.b64encode(f"user:{PASSWORD}".encode()).decode()
    return not any(secret in text for secret in (KEY, PASSWORD, TOKEN, encoded))


def chain(error: BaseException | None) -> list[BaseException]:
    """An error and all that it follows from."""
    if error is None:
        return []
    return [error, *chain(error.__cause__), *chain(error.__context__)]


def shows_nothing(error: BaseException) -> None:
    for one in chain(error):
        assert hidden(f"{one!s} {one!r} {one.args!r} {one.__dict__!r}")
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            assert hidden(pickle.dumps(one, protocol))
    # The source lines of this file name no secret, only constants.
    assert hidden("".join(traceback.format_exception(type(error), error, error.__traceback__)))


def told_by(thing: object) -> str:
    """All that can be seen of an object from outside."""
    public = [name for name in dir(thing) if not name.startswith("_")]
    return " ".join([repr(thing), str(thing), *[repr(getattr(thing, name)) for name in public]])


def nowhere(face: Face, server: ScriptedServer) -> object:
    server.__exit__()
    return face.retrieve(BATCH_ID, request_options=ONE_TRY)


def closed(face: Face, server: ScriptedServer) -> object:
    face.close()
    return face.retrieve(BATCH_ID)


def unreachable_file(face: Face, server: ScriptedServer) -> object:
    return face.retrieve("../../etc", request_options={"additional_headers": {"X-Token": TOKEN}})


def misspelled(face: Face, server: ScriptedServer) -> object:
    return face.create(
        model_name="pegasus1.5",
        analysis_mode="general",
        requests=typing.cast("typing.Any", [{"vidio": KEY.lower()}]),
    )


def stalling(face: Face, server: ScriptedServer) -> object:
    server.plays([Stall])
    return face.retrieve(BATCH_ID, request_options={**ONE_TRY, "timeout_in_seconds": 0.2})


def waiting(face: Face, server: ScriptedServer) -> object:
    server.plays(answer(200, BATCH))
    return face.wait(BATCH_ID, timeout=0)


def playing(*parts: typing.Any, call: str = "retrieve", total: int | None = None) -> typing.Any:
    def act(face: Face, server: ScriptedServer) -> object:
        server.plays(*parts, total=total)
        return CALLS[call](face)

    return act


def told_by_webhook(secrets: list[str], signed_by: str | None = None) -> typing.Any:
    def act(face: Face, server: ScriptedServer) -> object:
        # Signed now: signatures grow old.
        signature = "" if signed_by is None else tb.webhooks.sign(b"{}", signed_by)
        return tb.webhooks.unwrap(b"{}", {"TL-Signature": signature}, secrets)

    return act


def running(way: typing.Callable[[tb.BatchesClient], object]) -> typing.Any:
    def act(face: Face, server: ScriptedServer) -> object:
        server.plays(answer(200, {"data": [], "page_info": {}}))
        return way(tb.BatchesClient(KEY, base_url=server.base_url))

    return act


FAILURES: dict[str, typing.Callable[[Face, ScriptedServer], object]] = {
    "ConnectError": nowhere,
    "ClientClosedError": closed,
    "ValidationError": unreachable_file,
    "UnknownFieldError": misspelled,
    "RequestTimeoutError": stalling,
    "WaitTimeoutError": waiting,
    "InterruptedAnswerError": playing(Cut),
    "UnexpectedBodyError": playing(answer(200, b"<html>")),
    "MalformedRowError": playing([head("content-length: 20"), b'{"status": "queue"}\n'], call="results"),
    "IncompleteResultsError": playing(
        [head("content-length: 999"), lines(row(1)), Cut], call="results", total=2
    ),
    "CreateOutcomeUnknownError": playing(Cut, answer(401), call="create"),
    "ApiError": playing(answer(402, {"message": "Pay"})),
    "BadRequestError": playing(answer(400)),
    "UnauthorizedError": playing(answer(401)),
    "ForbiddenError": playing(answer(403)),
    "NotFoundError": playing(answer(404)),
    "ConflictError": playing(answer(409)),
    "GoneError": playing(answer(410)),
    "ContentTooLargeError": playing(answer(413)),
    "UnprocessableEntityError": playing(answer(422)),
    "TooManyRequestsError": playing(answer(429)),
    "InternalServerError": playing(answer(500)),
    "ServiceUnavailableError": playing(answer(503)),
    "GatewayTimeoutError": playing(answer(504)),
    "JournalError": running(stopping.no_journal),
    "JournalInUseError": running(stopping.in_use),
    "RunStoppedError": running(stopping.stopped),
    "RunIncompleteError": running(stopping.with_gaps),
    "WebhookError": told_by_webhook([KEY, ""]),
    "WebhookPayloadError": told_by_webhook([KEY], KEY),
    "WebhookSignatureError": told_by_webhook([KEY], TOKEN),
}

#: Bases that nobody raises, and errors of what has no key of ours.
WITHOUT_KEY = {
    "TwelveLabsError",
    "TransportError",
    "ResponseError",
    "MissingApiKeyError",
    "EmulatorError",
    "StreamClosedError",
    "AnswerError",
    "AnswerMismatchError",
    "CutAnswerError",
    "InvalidAnswerError",
    "NoAnswerError",
    "SchemaError",
}


def test_every_error_is_looked_at() -> None:
    assert set(FAILURES) | WITHOUT_KEY == set(tb.errors.__all__)


@pytest.mark.parametrize("name", FAILURES)
def test_no_error_and_no_log_shows_a_secret(
    make_face: MakeFace, server: ScriptedServer, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    caplog.set_level(logging.DEBUG, logger="twelvelabs_batches")
    server.api_key = KEY
    face = make_face(server, headers={"Authorization": f"Bearer {TOKEN}"}, backoff_factor=0.001)
    with pytest.raises(tb.TwelveLabsError) as caught:
        FAILURES[name](face, server)
    assert type(caught.value).__name__ == name
    shows_nothing(caught.value)
    for record in caplog.records:
        assert hidden(f"{record.getMessage()} {record.__dict__!r}")
    if name in ("RequestTimeoutError", "InterruptedAnswerError", "IncompleteResultsError"):
        assert server.received[0].header("x-api-key") == KEY


@pytest.mark.parametrize("call", CALLS)
def test_logs_of_retries_show_no_secret(
    make_face: MakeFace, server: ScriptedServer, caplog: pytest.LogCaptureFixture, call: str
) -> None:
    caplog.set_level(logging.DEBUG, logger="twelvelabs_batches")
    server.api_key = KEY
    server.plays(answer(429), Cut, answer(500), answer(403))
    with pytest.raises(tb.TwelveLabsError):
        CALLS[call](make_face(server, headers={"X-Own": TOKEN}, max_retries=5, backoff_factor=0.001))
    assert server.received[0].header("x-api-key") == KEY
    for record in caplog.records:
        assert hidden(f"{record.getMessage()} {record.__dict__!r}")


def test_objects_show_no_secret(make_face: MakeFace, server: ScriptedServer) -> None:
    server.api_key = KEY
    page = {"limit_per_page": 10, "page": 1, "total_page": 1, "total_results": 1}
    server.plays(answer(200, {"data": [BATCH], "page_info": page}), [head(), lines(row(1)), Stall])
    face = make_face(server, headers={"X-Own": TOKEN})
    pager = face.list(request_options={"additional_headers": {"X-Token": TOKEN}})
    results = face.results(BATCH_ID)
    first = next(results)
    things = [face.client, face.client._native, pager, pager.items, pager.response, results, first]
    for thing in [*things, face.client.retrieve, next(iter(pager.items))]:
        assert hidden(told_by(thing)), thing
    results.close()


@pytest.mark.parametrize("make", CLASSES)
def test_the_key_is_in_no_attribute(make: Make) -> None:
    assert hidden(repr(vars(make(KEY))))


@pytest.mark.parametrize(
    "settings", [{"proxy": f"http://user:{PASSWORD}@proxy:1"}, {"headers": {"Authorization": TOKEN}}]
)
@pytest.mark.parametrize("make", CLASSES)
def test_no_setting_that_is_secret_is_in_an_attribute(make: Make, settings: dict[str, typing.Any]) -> None:
    assert hidden(repr(vars(make(KEY, **settings))))


@pytest.mark.parametrize("make", CLASSES)
def test_pickles_hold_no_secret_unless_told_to(make: Make) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert hidden(pickle.dumps(make(KEY), protocol))
        assert not hidden(pickle.dumps(make(KEY, pickle_secrets=True), protocol))


@pytest.mark.parametrize(
    "settings",
    [
        {"proxy": f"http://user:{PASSWORD}@proxy:1"},
        {"headers": {"Authorization": TOKEN}},
        {"headers": {"X-API-KEY": KEY}},
        {"headers": {"cookie": TOKEN, "Accept": "a"}},
    ],
)
@pytest.mark.parametrize("make", CLASSES)
def test_what_would_put_a_secret_into_a_pickle_is_refused(
    make: Make, settings: dict[str, typing.Any]
) -> None:
    with pytest.raises(
        TypeError, match="would be in the pickle: make the client with pickle_secrets"
    ) as caught:
        pickle.dumps(make(KEY, **settings))
    assert hidden("".join(traceback.format_exception(caught.value)))


@pytest.mark.parametrize("make", CLASSES)
@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"api_key": KEY + "\n"}, "api_key: the key holds a character that cannot be sent in a header"),
        ({"api_key": KEY + "\r\nX-Own: 1"}, "api_key: the key holds a character"),
        ({"api_key": KEY + "\x00"}, "api_key: the key holds a character"),
        ({"api_key": KEY + "\x7f"}, "api_key: the key holds a character"),
        ({"api_key": KEY + "\ud800"}, "api_key: the text holds half of a surrogate pair"),
        ({"api_key": KEY.encode()}, "api_key: a str is expected, not bytes"),
        ({"api_key": [KEY]}, "api_key: a str is expected, not list"),
        ({"headers": {"Authorization": TOKEN + "\n"}}, "headers.Authorization: the value holds a line break"),
        ({"headers": {"Authorization": TOKEN + "\ud800"}}, "headers.Authorization: the text holds half"),
        ({"headers": {"Authorization": TOKEN.encode()}}, "headers.Authorization: a str is expected"),
        ({"headers": {"Proxy-Authorization": TOKEN}}, "this header is set by the client"),
        ({"headers": TOKEN}, "headers: a dict is expected, not str"),
        ({"base_url": f"https://user:{PASSWORD}@host/"}, "base_url: a user name or password is not allowed"),
        ({"base_url": f"https://{TOKEN}@host/"}, "base_url: a user name or password is not allowed"),
        ({"base_url": f"https://host/?key={TOKEN}"}, "base_url: a query or fragment is not allowed"),
        ({"base_url": f"https://host/#{TOKEN}"}, "base_url: a query or fragment is not allowed"),
        ({"base_url": f"https://user:{PASSWORD}@ho st/"}, "base_url: not an address"),
        ({"base_url": f"user:{PASSWORD}@host"}, "base_url: cannot use the scheme"),
        ({"proxy": f"http://user:{PASSWORD}@ho st:1"}, "proxy: not an address"),
        ({"proxy": f"http://user:{PASSWORD}@host:port"}, "proxy: not an address"),
        ({"proxy": f"socks5://user:{PASSWORD}@host:1"}, "proxy: cannot use the scheme `socks5`"),
        ({"proxy": f"user:{PASSWORD}@host:1"}, "proxy: cannot use the scheme"),
        ({"proxy": f"http://user:{PASSWORD}@host\ud800"}, "proxy: the text holds half"),
    ],
)
def test_odd_secrets_are_refused_and_not_repeated(
    make: Make, settings: dict[str, typing.Any], told: str
) -> None:
    with pytest.raises(tb.ValidationError) as caught:
        make(**{"api_key": KEY, **settings})
    assert told in str(caught.value)
    assert caught.value.path.startswith(next(iter(settings)))
    for one in chain(caught.value):
        assert hidden(f"{one!s} {one!r} {one.args!r} {one.__dict__!r}")
        assert hidden(pickle.dumps(one))


@pytest.mark.parametrize("end", ["é", "\u200b", "\ufeff", "😀"])
@pytest.mark.parametrize("make", CLASSES)
def test_a_key_of_other_letters_is_refused_where_it_is_given(make: Make, end: str) -> None:
    with pytest.raises(tb.ValidationError, match="api_key: the key holds a character"):
        make(KEY + end)


@pytest.mark.parametrize("variable", ["TWELVE_LABS_API_KEY", "TWELVELABS_API_KEY"])
@pytest.mark.parametrize("make", CLASSES)
def test_an_odd_key_of_the_environment_is_not_repeated(
    make: Make, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, f"{KEY}\n{KEY}")
    with pytest.raises(tb.ValidationError, match="api_key: the key holds a character") as caught:
        make()
    shows_nothing(caught.value)
    monkeypatch.setenv(variable, f"  {KEY}\r\n")
    assert hidden(told_by(make()))


@pytest.mark.parametrize("make", CLASSES)
def test_an_address_of_the_environment_is_not_repeated(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWELVELABS_BASE_URL", f"https://user:{PASSWORD}@host/")
    with pytest.raises(tb.ValidationError, match="TWELVELABS_BASE_URL: a user name or password") as caught:
        make(KEY)
    shows_nothing(caught.value)


@pytest.mark.parametrize("value", [TOKEN + "\n", TOKEN + "\ud800", TOKEN.encode(), [TOKEN]])
def test_odd_headers_of_a_call_are_refused_and_not_repeated(
    make_face: MakeFace, server: ScriptedServer, value: typing.Any
) -> None:
    with pytest.raises(tb.ValidationError, match=r"request_options\.additional_headers\.X-Token: ") as caught:
        make_face(server).retrieve(BATCH_ID, request_options={"additional_headers": {"X-Token": value}})
    assert hidden(f"{caught.value!s} {caught.value!r} {caught.value.__dict__!r}")
    assert server.received == []


def test_dumps_of_all_threads_show_no_secret(
    make_face: MakeFace, server: ScriptedServer, tmp_path: pathlib.Path
) -> None:
    server.api_key = KEY
    server.plays([Stall])
    face = make_face(server, max_retries=0)
    failed: list[BaseException] = []

    def wait() -> None:
        try:
            face.retrieve(BATCH_ID)
        except tb.TwelveLabsError as error:
            failed.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    assert server.arrived.acquire(timeout=60)
    path = tmp_path / "dump"
    with path.open("w") as dump:
        faulthandler.dump_traceback(dump, all_threads=True)
    server.__exit__()
    thread.join()
    told = path.read_text()
    assert "retrieve" in told or "_call" in told or "run" in told
    assert hidden(told)
    assert len(failed) == 1
