"""Callbacks and displays that misbehave while a batch is waited for, through both faces."""

import logging
import typing

import pytest

import twelvelabs_batches as tb
from faces import AsyncFace, Face, submit
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
