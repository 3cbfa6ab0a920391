"""Pickles and deep copies of errors, here and through a process that knows nothing of this one."""

import concurrent.futures
import copy
import pickle
import typing

import pytest

import stopping
import twelvelabs_batches as tb
from faces import MakeFace, SyncFace, item, submit
from films import AttrsScene, ready_item
from servers import Cut, ScriptedServer, Stall, answer, state
from test_list import BATCH
from test_results import BATCH_ID, head, lines, row

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


KEY = "tlk_very_secret"


ONE_TRY: tb.RequestOptions = {"max_retries": 0}


STATUSES = [400, 401, 403, 404, 409, 410, 413, 422, 429, 500, 503, 504, 418, 599]


def fail_with(error: BaseException) -> typing.NoReturn:
    raise error


def told(error: BaseException | None) -> typing.Any:
    """All that an error says."""
    if error is None:
        return None
    return (type(error), str(error), repr(error), error.args, vars(error), told(error.__cause__))


def raised(call: typing.Callable[[], object]) -> tb.TwelveLabsError:
    with pytest.raises(tb.TwelveLabsError) as caught:
        call()
    return caught.value


def of_calls(server: ScriptedServer) -> typing.Iterator[tb.TwelveLabsError]:
    """Failures of calls, made by a server."""
    server.api_key = KEY
    client = SyncFace(server, backoff_factor=0.001)

    def ask() -> object:
        return client.retrieve(BATCH_ID, request_options=ONE_TRY)

    refusal = {"error": {"code": "c", "message": "what went wrong", "details": {"a": [1, None, {"b": "ü"}]}}}
    for status in STATUSES:
        server.plays(answer(status, refusal, {"x-request-id": "r", "retry-after": "7"}))
        yield raised(ask)
    server.plays(Cut)
    yield raised(ask)
    server.plays(answer(200, b"<html>", {"content-type": "text/html"}))
    yield raised(ask)
    server.plays([Stall])
    for timeout in (0.2, tb.Timeout(read=30, total=0.2)):
        slow = SyncFace(server, timeout=timeout)
        yield raised(lambda slow=slow: slow.retrieve(BATCH_ID, request_options=ONE_TRY))  # type: ignore[misc]
    server.plays(Cut)
    yield raised(lambda: submit(client))
    yield raised(lambda: client.retrieve("no/identifier"))
    yield raised(lambda: client.list(page=typing.cast("int", "one")))
    server.plays(answer(200, BATCH))
    yield raised(lambda: client.wait(BATCH_ID, timeout=0))
    client.close()
    yield raised(ask)


def of_streams(server: ScriptedServer) -> typing.Iterator[tb.TwelveLabsError]:
    """Failures of results."""
    client = SyncFace(server, max_retries=0)
    server.plays(answer(200, lines(row(1), b"{broken\xff\n")), total=2)
    yield raised(lambda: client.rows(BATCH_ID))
    server.plays([head("content-length: 1000"), lines(row(1)), Cut], total=5)
    yield raised(lambda: client.rows(BATCH_ID))


def of_arguments() -> typing.Iterator[tb.TwelveLabsError]:
    """Failures without a server."""

    class Nowhere:
        base_url = "http://127.0.0.1:1/v1.3"
        api_key = KEY

    yield raised(lambda: SyncFace(Nowhere(), max_retries=0).retrieve(BATCH_ID))
    unknown: dict[str, typing.Any] = {"input_txt": "x"}
    yield raised(lambda: tb.BatchPrompt(**unknown))
    yield raised(tb.BatchesClient)
    unfit: dict[str, typing.Any] = {"speed": -1}
    yield raised(lambda: tb.Emulator(**unfit))
    yield raised(lambda: tb.webhooks.verify(b"{}", None, ""))
    yield raised(lambda: tb.webhooks.verify(b"{}", None, KEY))
    yield raised(lambda: tb.webhooks.parse(b"{}"))


def of_answers() -> typing.Iterator[tb.TwelveLabsError]:
    """Failures to make something of an answer, or of a type."""
    yield raised(lambda: ready_item('{"a": ').parse())
    yield raised(lambda: ready_item('{"a": ', "length").parse())
    yield raised(lambda: ready_item('{"a": 1}').parse(AttrsScene))
    yield raised(lambda: ready_item("", data=None).segments())
    yield raised(lambda: tb.segment_fields_of(int))
    yield tb.AnswerError("odd", text="x")


def of_runs() -> typing.Iterator[tb.TwelveLabsError]:
    """Failures of runs of many batches."""
    with tb.Emulator(speed=0) as platform:
        client = tb.BatchesClient(platform.api_key, base_url=platform.base_url)
        for way in (stopping.no_journal, stopping.in_use, stopping.stopped, stopping.with_gaps):
            yield raised(lambda way=way: way(client))  # type: ignore[misc]


def by_hand() -> typing.Iterator[tb.TwelveLabsError]:
    """Errors that users may make, and those that need a fork."""
    yield tb.TwelveLabsError("all")
    yield tb.TransportError("some", attempts=3)
    yield tb.ResponseError("that")
    yield tb.StreamClosedError("elsewhere")
    yield tb.NotFoundError({"a": 1}, headers={"h": "1"})
    yield tb.ApiError(status_code=599, body="b", headers={})


@pytest.fixture
def errors(server: ScriptedServer) -> list[tb.TwelveLabsError]:
    """Errors of every class, most of them as they come out of calls."""
    return [*of_calls(server), *of_streams(server), *of_arguments(), *of_answers(), *of_runs(), *by_hand()]


def test_every_class_of_error_is_among_those_looked_at(errors: list[tb.TwelveLabsError]) -> None:
    assert {type(error).__name__ for error in errors} == set(tb.errors.__all__)


def test_errors_survive_every_protocol_and_deep_copies(errors: list[tb.TwelveLabsError]) -> None:
    for error in errors:
        for protocol in PROTOCOLS:
            assert told(pickle.loads(pickle.dumps(error, protocol))) == told(error)
        for twin in (copy.deepcopy(error), copy.copy(error), pickle.loads(pickle.dumps(copy.copy(error)))):
            assert told(twin) == told(error)


def test_a_deep_copy_shares_nothing_that_can_change(server: ScriptedServer) -> None:
    server.plays(answer(404, {"code": "c", "details": {"a": [1]}}))
    error = raised(lambda: SyncFace(server).retrieve(BATCH_ID))
    assert isinstance(error, tb.ApiError)
    twin = copy.deepcopy(error)
    twin.body["details"]["a"].append(2)
    assert error.body == {"code": "c", "details": {"a": [1]}}


def test_errors_survive_a_trip_to_another_process(
    errors: list[tb.TwelveLabsError], workers: concurrent.futures.Executor
) -> None:
    twins = typing.cast("typing.Iterator[tb.TwelveLabsError]", workers.map(copy.copy, errors))
    for error, twin in zip(errors, twins, strict=True):
        assert told(twin) == told(error)
    # As a result, and as what a worker fails with; there the pool puts the worker's traceback as the cause.
    for error in errors:
        failure = workers.submit(fail_with, error).exception(timeout=60)
        assert told(failure)[:-1] == told(error)[:-1]


def test_no_pickled_error_holds_the_key(errors: list[tb.TwelveLabsError]) -> None:
    for error in errors:
        for protocol in PROTOCOLS:
            assert KEY.encode() not in pickle.dumps(error, protocol)


def test_the_key_is_not_shown_where_an_answer_repeats_it(make_face: MakeFace, server: ScriptedServer) -> None:
    server.api_key = KEY
    server.plays(answer(401, {"code": "c", "message": f"the key {KEY} is wrong"}, {"x-echo": KEY}))
    error = raised(lambda: make_face(server).retrieve(BATCH_ID))
    assert KEY not in f"{error!s} {error!r} {vars(error)}"
    assert KEY.encode() not in pickle.dumps(error)


def test_candidates_of_a_creation_in_doubt_come_along(
    server: ScriptedServer, workers: concurrent.futures.Executor
) -> None:
    batch = {**state(BATCH_ID, 2), "created_at": "2100-01-01T00:00:00Z"}
    listing = answer(200, {"data": [batch], "page_info": {"page": 1, "total_page": 1}})
    server.plays([Cut], [listing])
    face = SyncFace(server, backoff_factor=0.001)
    error = raised(lambda: submit(face, requests=[item(1), item(2)]))
    assert isinstance(error, tb.CreateOutcomeUnknownError)
    assert [candidate.batch_id for candidate in error.candidates] == [BATCH_ID]
    assert isinstance(error.__cause__, tb.InterruptedAnswerError)
    for twin in (pickle.loads(pickle.dumps(error)), workers.submit(copy.copy, error).result(timeout=60)):
        assert told(twin) == told(error)
