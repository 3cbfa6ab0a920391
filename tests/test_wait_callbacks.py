"""Callbacks and displays that misbehave while a batch is waited for, through both faces."""

import asyncio
import logging
import sys
import types
import typing

import pytest

import twelvelabs_batches as tb
from faces import AsyncFace, Face, run, submit
from test_processes import client_of
from test_wait import OFTEN, Display, requests_of


@pytest.mark.parametrize("kind", [StopIteration, StopAsyncIteration])
@pytest.mark.parametrize("method", ["wait", "completed"])
def test_no_callback_makes_it_look_like_the_end(
    face: Face, platform: tb.Emulator, method: str, kind: type[Exception]
) -> None:
    batch_id = submit(face).batch_id

    def stop(batch: tb.AnalyzeBatchStatusResponse) -> None:
        raise kind(batch.status)

    async def stop_later(batch: tb.AnalyzeBatchStatusResponse) -> None:
        stop(batch)

    for callback in (stop, stop_later) if isinstance(face, AsyncFace) else (stop,):
        with pytest.raises(RuntimeError, match=kind.__name__) as caught:
            getattr(face, method)(batch_id, poll_interval=OFTEN, on_update=callback)
        assert isinstance(caught.value.__cause__, kind)


class Broken(Display):
    """A display of which one method fails."""

    def __init__(self, method: str) -> None:
        super().__init__()
        setattr(self, method, self.fail)

    def fail(self, *_: object) -> None:
        message = "the display is broken"
        raise OSError(message)


@pytest.mark.parametrize("method", ["wait", "completed"])
def test_a_display_that_fails_hides_no_error(
    face: Face, platform: tb.Emulator, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    wait: typing.Callable[..., object] = getattr(face, method)
    with pytest.raises(tb.NotFoundError):
        wait("0" * 24, progress=Broken("close"))
    batch_id = submit(face).batch_id

    def interrupt(batch: tb.AnalyzeBatchStatusResponse) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        wait(batch_id, progress=Broken("interrupt"), on_update=interrupt)
    records = [record for record in caplog.records if record.name == "twelvelabs_batches.progress"]
    assert [record.levelno for record in records] == [logging.WARNING] * 2
    assert "failed in close: OSError('the display is broken')" in records[0].getMessage()
    with pytest.raises(OSError, match="broken"):
        wait(batch_id, progress=Broken("update"))


@pytest.mark.parametrize("method", ["wait", "completed"])
def test_a_display_that_would_have_to_be_awaited_is_refused(
    face: Face, platform: tb.Emulator, method: str
) -> None:
    class Late(Display):
        async def trouble(self, failure: BaseException) -> None:  # type: ignore[override]
            raise failure

    with pytest.raises(tb.ValidationError, match=r"progress: plain methods .* trouble"):
        getattr(face, method)("6b0000000000000000000001", progress=Late())
    assert requests_of(platform) == 0


@pytest.mark.parametrize("whole", [True, False], ids=["collect", "anext"])
def test_what_is_cancelled_while_the_callback_is_awaited_loses_no_item(
    platform: tb.Emulator, whole: bool
) -> None:
    batch_id = submit(client_of(platform), 5).batch_id
    platform.advance(hours=1)

    async def main() -> None:
        begun, held = asyncio.Event(), asyncio.Event()

        async def hold(batch: tb.AnalyzeBatchStatusResponse) -> None:
            begun.set()
            await held.wait()

        async with tb.AsyncBatchesClient(platform.api_key, base_url=platform.base_url) as client:
            items = client.as_completed(batch_id, on_update=hold)
            waiting = asyncio.ensure_future(items.collect() if whole else anext(items))
            await begun.wait()
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            held.set()
            assert [item.custom_id async for item in items] == [f"v-{n}" for n in range(5)]

    run(main())


def test_an_interrupt_in_the_callback_loses_no_item(platform: tb.Emulator) -> None:
    client = client_of(platform)
    batch_id = submit(client, 5).batch_id
    platform.advance(hours=1)

    def interrupt(batch: tb.AnalyzeBatchStatusResponse) -> None:
        raise KeyboardInterrupt

    for method in ("__next__", "collect"):
        items = client.as_completed(batch_id, on_update=interrupt)
        with pytest.raises(KeyboardInterrupt):
            getattr(items, method)()
        assert [item.custom_id for item in items] == [f"v-{n}" for n in range(5)]


def test_a_kernel_is_kept_awake_no_more_often_for_being_cancelled(
    platform: tb.Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch_id = submit(client_of(platform)).batch_id
    monkeypatch.setitem(sys.modules, "ipykernel", types.ModuleType("ipykernel"))
    beats: list[typing.Callable[[], object]] = []

    def note(_: float, beat: typing.Callable[..., object], *arguments: object) -> None:
        beats.append(lambda: beat(*arguments))

    async def main() -> None:
        async with tb.AsyncBatchesClient(platform.api_key, base_url=platform.base_url) as client:
            items = client.as_completed(batch_id)
            await items
            monkeypatch.setattr(asyncio.get_running_loop(), "call_later", note)
            for _ in range(10):
                waiting = asyncio.ensure_future(anext(items))
                await asyncio.sleep(0)
                waiting.cancel()
                await asyncio.wait([waiting])
            assert len(beats) == 10
            waiting = asyncio.ensure_future(anext(items))
            await asyncio.sleep(0)
            before = beats.copy()
            beats.clear()
            for beat in before:
                beat()
            waiting.cancel()
            await asyncio.wait([waiting])
            monkeypatch.undo()

    run(main())
    assert len(beats) == 1


@pytest.mark.parametrize("method", ["wait", "completed"])
def test_a_coroutine_that_nobody_would_await_is_told(
    face: Face, platform: tb.Emulator, method: str, recwarn: pytest.WarningsRecorder
) -> None:
    batch_id = submit(face).batch_id
    platform.advance(hours=1)
    told: list[str] = []

    async def note(batch: tb.AnalyzeBatchStatusResponse) -> None:
        told.append(str(batch.status))

    wait: typing.Callable[..., object] = getattr(face, method)
    if isinstance(face, AsyncFace):
        wait(batch_id, on_update=lambda batch: note(batch))
    else:
        with pytest.raises(TypeError, match="on_update: it returned a coroutine"):
            wait(batch_id, on_update=lambda batch: note(batch))
    assert told == (["completed"] if isinstance(face, AsyncFace) else [])
    assert not [warning for warning in recwarn if "never awaited" in str(warning.message)]
