"""OpenTelemetry spans, where the user's program has loaded it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import types
import typing

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

import twelvelabs_batches as tb
from calls import BATCH_ID, CALLS
from faces import submit
from servers import Cut, ScriptedServer, Stall, answer
from test_list import BATCH
from test_results import head, lines, row

if typing.TYPE_CHECKING:
    from faces import MakeFace

MODULE = "opentelemetry.trace"
# The other tests are to run without it.
del sys.modules[MODULE]

QUICK: dict[str, typing.Any] = {"backoff_factor": 0.001}
Spans = typing.Callable[[], typing.List[ReadableSpan]]


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Spans:
    """Gives the spans that have ended since it was asked last."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer", provider.get_tracer)
    monkeypatch.setitem(sys.modules, MODULE, trace)

    def take() -> list[ReadableSpan]:
        ended = list(exporter.get_finished_spans())
        exporter.clear()
        return ended

    return take


def facts(span: ReadableSpan) -> dict[str, typing.Any]:
    return dict(span.attributes or {})


@pytest.mark.parametrize("call", CALLS)
def test_a_call_that_fails_is_one_span_with_its_facts(
    make_face: MakeFace, server: ScriptedServer, spans: Spans, call: str
) -> None:
    server.plays(answer(429), answer(403))
    with pytest.raises(tb.ForbiddenError) as caught:
        CALLS[call](make_face(server, **QUICK))
    (span,) = spans()
    assert span.name == f"twelvelabs.batches.{call}"
    assert span.kind is trace.SpanKind.CLIENT
    expected = {
        "twelvelabs.call": call,
        "url.full": server.base_url,
        "error.type": "ForbiddenError",
        "http.response.status_code": 403,
        "twelvelabs.attempts": 2,
    }
    if call not in ("create", "list"):
        expected["twelvelabs.batch_id"] = BATCH_ID
    assert facts(span) == expected
    assert span.status.status_code is trace.StatusCode.ERROR
    assert str(caught.value) in (span.status.description or "")
    assert [event.name for event in span.events] == ["exception"]
    assert span.instrumentation_scope is not None
    assert span.instrumentation_scope.name == "twelvelabs_batches"


@pytest.mark.parametrize("call", CALLS)
def test_a_call_that_succeeds_is_one_span(
    make_face: MakeFace, platform: tb.Emulator, spans: Spans, call: str
) -> None:
    face = make_face(platform)
    batch_id = submit(face).batch_id
    platform.advance(hours=call == "delete")
    spans()
    calls: dict[str, typing.Callable[[], object]] = {
        "create": lambda: submit(face),
        "list": lambda: face.all(face.list()),
        "retrieve": lambda: face.retrieve(batch_id),
        "results": lambda: face.rows(batch_id),
        "cancel": lambda: face.cancel(batch_id),
        "delete": lambda: face.delete(batch_id),
    }
    calls[call]()
    (span,) = spans()
    assert span.name == f"twelvelabs.batches.{call}"
    assert span.status.status_code is trace.StatusCode.UNSET
    assert list(span.events) == []
    assert facts(span).get("twelvelabs.batch_id") == (None if call in ("create", "list") else batch_id)
    assert not {"error.type", "http.response.status_code"} & set(facts(span))


def test_reading_tasks_and_assets_is_a_span(platform: tb.Emulator, spans: Spans) -> None:
    with tb.TwelveLabs(api_key=platform.api_key, base_url=platform.base_url) as client:
        client.assets.retrieve(f"{1:024x}")
        with pytest.raises(tb.NotFoundError):
            client.analyze_async.tasks.retrieve("0" * 24)
    asset, task = spans()
    assert (asset.name, facts(asset)["twelvelabs.asset_id"]) == ("twelvelabs.assets.retrieve", f"{1:024x}")
    assert (task.name, facts(task)["twelvelabs.task_id"]) == ("twelvelabs.tasks.retrieve", "0" * 24)
    assert facts(task)["twelvelabs.call"] == "tasks.retrieve"
    assert facts(task)["http.response.status_code"] == 404


def test_each_page_is_a_span(make_face: MakeFace, platform: tb.Emulator, spans: Spans) -> None:
    face = make_face(platform)
    for _ in range(3):
        submit(face, 1)
    spans()
    assert len(face.all(face.list(page_limit=1))) == 3
    assert [span.name.rsplit(".", 1)[1] for span in spans()] == ["list", "next_page", "next_page"]


def test_failures_without_an_answer_have_no_status(
    make_face: MakeFace, server: ScriptedServer, spans: Spans
) -> None:
    server.plays(Cut)
    with pytest.raises(tb.InterruptedAnswerError):
        make_face(server, max_retries=1, **QUICK).retrieve(BATCH_ID)
    (span,) = spans()
    told = facts(span)
    assert (told["error.type"], told["twelvelabs.attempts"]) == ("InterruptedAnswerError", 2)
    assert "http.response.status_code" not in told


def test_refused_arguments_are_errors_of_their_span(
    make_face: MakeFace, server: ScriptedServer, spans: Spans
) -> None:
    face = make_face(server)
    for batch_id in ("../..", typing.cast("str", 3)):
        with pytest.raises(tb.ValidationError):
            face.retrieve(batch_id)
    first, second = map(facts, spans())
    assert first["error.type"] == second["error.type"] == "ValidationError"
    assert first["twelvelabs.batch_id"] == "../.."
    assert "twelvelabs.batch_id" not in second


def test_spans_hold_no_secret(make_face: MakeFace, server: ScriptedServer, spans: Spans) -> None:
    server.api_key = "tlk_0PEN5ESAME"
    server.plays(answer(401))
    face = make_face(server, headers={"Authorization": "Bearer t0k3n"})
    with pytest.raises(tb.UnauthorizedError):
        face.retrieve(BATCH_ID)
    told = spans()[0].to_json()
    assert "tlk_0PEN5ESAME" not in told
    assert "t0k3n" not in told


def test_spans_are_children_of_the_callers(server: ScriptedServer, spans: Spans) -> None:
    server.plays(answer(200, BATCH))

    async def main() -> None:
        async with tb.AsyncBatchesClient("k", base_url=server.base_url) as client:
            with trace.get_tracer("own").start_as_current_span("task"):
                await asyncio.gather(*(client.retrieve(BATCH_ID) for _ in range(3)))

    with tb.BatchesClient("k", base_url=server.base_url) as client:
        with trace.get_tracer("own").start_as_current_span("thread"):
            client.retrieve(BATCH_ID)
            assert trace.get_current_span().is_recording()
        asyncio.run(main())
    inner, thread, *others, task = spans()
    for children, parent in (([inner], thread), (others, task)):
        context = parent.get_span_context()
        assert context is not None
        for child in children:
            assert child.parent is not None
            assert child.parent.span_id == context.span_id
            assert child.context is not None
            assert child.context.trace_id == context.trace_id
    assert len(others) == 3


def test_a_call_that_is_cancelled_ends_its_span(server: ScriptedServer, spans: Spans) -> None:
    server.plays([Stall])

    async def main() -> None:
        async with tb.AsyncBatchesClient("k", base_url=server.base_url) as client:
            task = asyncio.ensure_future(client.retrieve(BATCH_ID))
            await asyncio.get_running_loop().run_in_executor(None, server.arrived.acquire)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(main())
    (span,) = spans()
    assert facts(span)["error.type"] == "CancelledError"


def test_threads_do_not_mix_their_spans(make_face: MakeFace, server: ScriptedServer, spans: Spans) -> None:
    server.plays(answer(200, BATCH))
    face = make_face(server)
    threads = [threading.Thread(target=face.retrieve, args=(f"{n:024x}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ended = spans()
    assert sorted(facts(span)["twelvelabs.batch_id"] for span in ended) == [f"{n:024x}" for n in range(8)]
    assert [span.parent for span in ended] == [None] * 8


def test_the_span_of_results_ends_when_they_are_open(server: ScriptedServer, spans: Spans) -> None:
    server.plays([head("content-length: 9999"), lines(row(1)), Stall], total=2)
    with tb.BatchesClient("k", base_url=server.base_url) as client, client.results(BATCH_ID) as results:
        (span,) = spans()
        assert span.name == "twelvelabs.batches.results"
        assert not trace.get_current_span().is_recording()
        assert next(results).status == "queued"
    assert spans() == []


def test_calls_work_while_it_is_being_imported(
    make_face: MakeFace, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What `sys.modules` holds until the import is done.
    monkeypatch.setitem(sys.modules, MODULE, types.ModuleType(MODULE))
    server.plays(answer(200, BATCH))
    assert make_face(server).retrieve(BATCH_ID).batch_id == BATCH["batch_id"]


CALLER = """
import asyncio, sys
{first}
import twelvelabs_batches as tb
url, batch_id = sys.argv[1:]
with tb.BatchesClient("k", base_url=url) as client:
    client.retrieve(batch_id)

async def main():
    async with tb.AsyncBatchesClient("k", base_url=url) as client:
        await client.retrieve(batch_id)

asyncio.run(main())
print(sorted(name for name in sys.modules if name.startswith("opentelemetry.sdk")))
print("opentelemetry" in sys.modules, "opentelemetry.trace" in sys.modules)
"""


@pytest.mark.parametrize(
    ("first", "loaded"),
    [
        ("", "False False"),
        ("import opentelemetry", "True False"),
        ("import opentelemetry.trace", "True True"),
        ("sys.modules['opentelemetry.trace'] = None", "False True"),
    ],
    ids=["not-imported", "only-the-name", "without-the-sdk", "forbidden"],
)
def test_nothing_is_imported(server: ScriptedServer, first: str, loaded: str) -> None:
    server.plays(answer(200, BATCH))
    done = subprocess.run(
        [sys.executable, "-c", CALLER.format(first=first), server.base_url, BATCH_ID],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["[]", loaded]
    assert done.stderr == ""
    assert len(server.received) == 2


def test_nothing_is_traced_by_those_who_do_not(
    make_face: MakeFace, server: ScriptedServer, spans: Spans, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, MODULE)
    server.plays(answer(200, BATCH))
    make_face(server).retrieve(BATCH_ID)
    assert spans() == []
