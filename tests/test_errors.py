"""The hierarchy of errors."""

import pickle
import threading
import typing

import pytest

import twelvelabs_batches as tb
from faces import MakeFace
from servers import Cut, Part, ScriptedServer, Stall, answer
from test_list import BATCH

NAMED = {
    400: "BadRequestError",
    401: "UnauthorizedError",
    403: "ForbiddenError",
    404: "NotFoundError",
    409: "ConflictError",
    410: "GoneError",
    413: "ContentTooLargeError",
    422: "UnprocessableEntityError",
    429: "TooManyRequestsError",
    500: "InternalServerError",
    503: "ServiceUnavailableError",
    504: "GatewayTimeoutError",
}
ONE_TRY: tb.RequestOptions = {"max_retries": 0}


def failing(
    make_face: MakeFace, server: ScriptedServer, part: Part, **settings: typing.Any
) -> tb.TwelveLabsError:
    server.plays(part)
    with pytest.raises(tb.TwelveLabsError) as caught:
        make_face(server, **settings).retrieve(BATCH["batch_id"], request_options=ONE_TRY)
    return caught.value


@pytest.mark.parametrize("status", [*NAMED, 402, 418, 501, 599])
@pytest.mark.parametrize("shape", ["nested", "flat", "text", "empty"])
def test_every_status_has_its_class_whatever_the_body(
    make_face: MakeFace, server: ScriptedServer, status: int, shape: str
) -> None:
    told = {"code": "some_code", "message": "What went wrong"}
    bodies: dict[str, bytes | dict[str, typing.Any]] = {
        "nested": {"error": {**told, "details": {"a": 1}}},
        "flat": {**told, "docs_url": "https://docs.example"},
        "text": b"<html>gateway</html>",
        "empty": b"",
    }
    body = bodies[shape]
    error = failing(make_face, server, answer(status, body, headers={"x-request-id": "r-1"}))
    assert type(error).__name__ == NAMED.get(status, "ApiError")
    assert type(error) is getattr(tb, NAMED.get(status, "ApiError"))
    assert isinstance(error, tb.ApiError)
    assert error.status_code == status
    assert error.request_id == "r-1"
    assert error.headers is not None
    assert error.headers["x-request-id"] == "r-1"
    assert f"[status {status}" in str(error)
    assert error.attempts == 1
    assert error.elapsed is not None
    assert error.elapsed > 0
    if shape in ("nested", "flat"):
        assert (error.code, error.message) == ("some_code", "What went wrong")
        assert str(error).startswith("What went wrong [status")
        assert error.details == ({"a": 1} if shape == "nested" else None)
        assert error.body == body
    else:
        assert (error.code, error.details) == (None, None)
        assert isinstance(body, bytes)
        assert error.body == body.decode()


def test_names_are_those_of_the_vendors_sdk() -> None:
    from twelvelabs import errors as vendor

    for name in (name for name in dir(vendor) if name.endswith("Error")):
        assert issubclass(getattr(tb, name), tb.ApiError), name


def test_there_is_one_base() -> None:
    for name in tb.errors.__all__:
        assert issubclass(getattr(tb, name), tb.TwelveLabsError)
        assert getattr(tb, name) is getattr(tb.errors, name)
    builtin = {
        tb.ValidationError: ValueError,
        tb.UnknownFieldError: TypeError,
        tb.ConnectError: ConnectionError,
        tb.InterruptedAnswerError: ConnectionError,
        tb.RequestTimeoutError: TimeoutError,
        tb.ClientClosedError: RuntimeError,
    }
    for error, base in builtin.items():
        assert issubclass(error, base)


def test_constructors_of_the_vendors_sdk_work() -> None:
    error = tb.NotFoundError({"a": 1}, headers={"h": "1"})
    assert (error.status_code, error.body, error.headers) == (404, {"a": 1}, {"h": "1"})
    plain = tb.ApiError(status_code=599, body="b", headers={})
    assert (plain.status_code, plain.body) == (599, "b")


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        (answer(404, {"error": {"code": "c", "message": "m"}}), tb.NotFoundError),
        (answer(599), tb.ApiError),
        (Cut, tb.InterruptedAnswerError),
        (Stall, tb.RequestTimeoutError),
        (answer(200, b"<html>"), tb.UnexpectedBodyError),
        (answer(200, {"batch_id": "x"}), tb.UnexpectedBodyError),
    ],
)
def test_errors_survive_pickling(
    make_face: MakeFace, server: ScriptedServer, part: Part, kind: type[tb.TwelveLabsError]
) -> None:
    error = failing(make_face, server, part, timeout=0.3 if part is Stall else None)
    assert type(error) is kind
    twin = pickle.loads(pickle.dumps(error))
    assert type(twin) is kind
    assert (str(twin), repr(twin), twin.__dict__) == (str(error), repr(error), error.__dict__)


def test_a_successful_answer_that_cannot_be_used(make_face: MakeFace, server: ScriptedServer) -> None:
    page = failing(make_face, server, answer(200, b"<html>login</html>", {"content-type": "text/html"}))
    assert isinstance(page, tb.UnexpectedBodyError)
    assert (page.status_code, page.content_type, page.excerpt) == (200, "text/html", "<html>login</html>")
    assert "not JSON" in str(page)
    incomplete = failing(make_face, server, answer(200, {key: BATCH[key] for key in list(BATCH)[1:]}))
    assert "missing field `batch_id`" in str(incomplete)


def test_no_connection(make_face: MakeFace) -> None:
    class Nowhere:
        base_url = "http://127.0.0.1:1/v1.3"
        api_key = "k"

    with pytest.raises(tb.ConnectError) as caught:
        make_face(Nowhere(), max_retries=0).retrieve(BATCH["batch_id"])
    assert isinstance(caught.value, ConnectionError)
    assert "refused" in str(caught.value)


def test_a_total_limit_beats_dripping(make_face: MakeFace, server: ScriptedServer) -> None:
    never = threading.Event()
    server.plays([b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{", never])
    with pytest.raises(tb.RequestTimeoutError) as caught:
        make_face(server, timeout=tb.Timeout(read=30, total=0.4), max_retries=0).retrieve(BATCH["batch_id"])
    assert (caught.value.limit, caught.value.seconds) == ("total", 0.4)
    never.set()


def test_the_key_is_never_shown(make_face: MakeFace, server: ScriptedServer) -> None:
    server.api_key = "tlk_secret"
    for part in (answer(401), Cut):
        error = failing(make_face, server, part)
        assert "tlk_secret" not in f"{error!s} {error!r} {error.__dict__}"
        assert b"tlk_secret" not in pickle.dumps(error)
    face = make_face(server)
    assert "tlk_secret" not in repr(face.client)
    assert repr(face.client) == f"{type(face.client).__name__}(base_url='{server.base_url}')"


def test_errors_go_by_the_name_that_users_import() -> None:
    for name in tb.errors.__all__:
        assert getattr(tb, name).__module__ == "twelvelabs_batches.errors"
