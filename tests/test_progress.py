"""Progress where nobody looks at a terminal: records of `logging`, cards, displays that fail."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
import types

import IPython.display
import pytest
from rich.console import Console

import twelvelabs_batches as tb
from faces import MakeFace, submit
from twelvelabs_batches._progress import open_progress
from twelvelabs_batches._progress.guard import Guard
from twelvelabs_batches._progress.notebook import Card
from twelvelabs_batches._progress.records import Records

OFTEN = 0.002
LOGGER = "twelvelabs_batches.progress"


class Clock:
    """A clock that is moved by hand, and whoever moves the platform with it."""

    def __init__(self, platform: tb.Emulator, each: float) -> None:
        self.platform, self.each, self.now = platform, each, 0.0

    def __call__(self) -> float:
        return self.now

    def move(self, batch: tb.AnalyzeBatchStatusResponse) -> None:
        self.platform.advance(seconds=20)
        self.now += self.each


def texts(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == LOGGER]


def test_where_nobody_looks_only_records_are_made(
    make_face: MakeFace,
    even: tb.Emulator,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    face = make_face(even)
    batch_id = submit(face, 10).batch_id
    caplog.set_level(logging.INFO, LOGGER)
    face.wait(batch_id, poll_interval=OFTEN, progress=True, on_update=Clock(even, 0).move)
    assert capfd.readouterr() == ("", "")
    first, last = texts(caplog)
    assert first == f"batch {batch_id}: pending, 0 of 10 items ended"
    assert last.startswith(f"batch {batch_id}: completed, 10 of 10 items ended, ")
    facts = [vars(record) for record in caplog.records if record.name == LOGGER]
    assert [(fact["event"], fact["batch_id"], fact["levelname"]) for fact in facts] == [
        ("progress", batch_id, "INFO")
    ] * 2


def test_there_is_at_most_one_record_a_minute(
    make_face: MakeFace, even: tb.Emulator, caplog: pytest.LogCaptureFixture
) -> None:
    face = make_face(even)
    batch_id = submit(face, 20).batch_id
    clock = Clock(even, 25)
    caplog.set_level(logging.INFO, LOGGER)
    face.wait(batch_id, poll_interval=OFTEN, progress=Records(batch_id, clock), on_update=clock.move)
    ended = [int(text.partition(", ")[2].partition(" of")[0]) for text in texts(caplog)]
    # Looks come each 25 seconds, the third of them is more than a minute later.
    assert ended == [0, 4, 10, 16, 20]
    assert texts(caplog)[1].endswith(", 4 of 20 items ended, 3.2/min, about 5 min left")


def test_the_last_state_is_told_however_it_ends(
    make_face: MakeFace, even: tb.Emulator, caplog: pytest.LogCaptureFixture
) -> None:
    face = make_face(even)
    batch_id = submit(face, 20).batch_id
    clock = Clock(even, 1)

    def move(batch: tb.AnalyzeBatchStatusResponse) -> None:
        if batch.ready_items == 6:
            raise KeyboardInterrupt
        clock.move(batch)

    caplog.set_level(logging.INFO, LOGGER)
    with pytest.raises(KeyboardInterrupt):
        face.wait(batch_id, poll_interval=OFTEN, progress=Records(batch_id, clock), on_update=move)
    assert texts(caplog)[1].startswith(f"batch {batch_id}: processing, 6 of 20 items ended")
    assert texts(caplog)[2:] == [
        f'Stopped waiting; batch {batch_id} goes on. To wait again: client.wait("{batch_id}")'
    ]


def test_trouble_is_told_once_a_minute(
    make_face: MakeFace, even: tb.Emulator, caplog: pytest.LogCaptureFixture
) -> None:
    face = make_face(even, max_retries=0)
    batch_id = submit(face, 2).batch_id
    caplog.set_level(logging.INFO, LOGGER)
    times = iter([0.0, 0.0, 0.0, *[70.0] * 10])
    even.inject(on="retrieve", status=503, message="Come back.", skip=1, times=2)
    records = Records(batch_id, lambda: next(times, 70.0))
    face.wait(batch_id, poll_interval=OFTEN, progress=records, on_update=lambda _: even.advance(hours=1))
    assert len(texts(caplog)) == 3
    assert texts(caplog)[1].startswith(f"batch {batch_id}: trying again: Come back.")


@pytest.mark.parametrize("stream", ["", "pipe"])
def test_pipes_and_programs_without_a_standard_error_stay_silent(even: tb.Emulator, stream: str) -> None:
    script = f"""if True:
        import sys, twelvelabs_batches as tb
        if not {stream!r}: sys.stderr = sys.stdout = None
        with tb.Emulator(speed=0) as platform:
            client = tb.BatchesClient(platform.api_key, base_url=platform.base_url)
            batch = client.create(model_name="pegasus1.5", analysis_mode="general",
                defaults={{"prompt": {{"input_text": "Who speaks?"}}}},
                requests=[{{"video": {{"type": "asset_id", "asset_id": "{1:024x}"}}}}])
            client.wait(batch.batch_id, progress=True, poll_interval=0.01,
                on_update=lambda batch: platform.advance(hours=1))
        assert "rich" not in sys.modules and "IPython" not in sys.modules
    """
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("name", "value", "is_drawn"),
    [
        ("TERM", "xterm", True),
        ("TERM", "dumb", False),
        ("CI", "true", False),
        ("CI", "1", False),
        ("CI", "false", True),
        ("CI", "", True),
    ],
)
def test_what_counts_as_a_terminal(
    make_face: MakeFace,
    even: tb.Emulator,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    is_drawn: bool,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv(name, value)
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    face = make_face(even)
    face.wait(
        submit(face).batch_id,
        poll_interval=OFTEN,
        progress=True,
        on_update=lambda _: even.advance(hours=1),
    )
    assert ("completed" in screen.getvalue()) == is_drawn
    assert is_drawn or not screen.getvalue()


def test_idle_is_no_terminal(even: tb.Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("CI", raising=False)
    # Importing the real one takes a graphical interface.
    kind = type("StdOutputFile", (Screen,), {"__module__": "idlelib.run"})
    screen = kind()
    monkeypatch.setattr(sys, "stderr", screen)
    client = tb.BatchesClient(even.api_key, base_url=even.base_url)
    client.wait(
        submit(client).batch_id,
        poll_interval=OFTEN,
        progress=True,
        on_update=lambda _: even.advance(hours=1),
    )
    assert not screen.getvalue()


def test_a_console_can_be_given(
    make_face: MakeFace, even: tb.Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("CI", raising=False)
    face = make_face(even)
    batch_id = submit(face).batch_id
    screen = Screen()
    shown = open_progress(batch_id, console=Console(file=screen, width=60, color_system=None))
    face.wait(batch_id, poll_interval=OFTEN, progress=shown, on_update=lambda _: even.advance(hours=1))
    last = screen.getvalue().splitlines()[-1].rpartition("\x1b[J")[2]
    assert last.startswith("completed   █")
    assert len(last) == 57


class Broken:
    """A display that fails, or is interrupted, at one of its methods."""

    def __init__(self, method: str, error: BaseException) -> None:
        self.method, self.error = method, error
        self.called: list[str] = []

    def _call(self, method: str) -> None:
        self.called.append(method)
        if method == self.method:
            raise self.error

    def update(self, batch: tb.AnalyzeBatchStatusResponse) -> None:
        self._call("update")

    def trouble(self, error: BaseException) -> None:
        self._call("trouble")

    def interrupt(self) -> None:
        self._call("interrupt")

    def close(self) -> None:
        self._call("close")


@pytest.mark.parametrize("method", ["update", "trouble", "close"])
def test_a_display_that_fails_is_left_alone(
    make_face: MakeFace, even: tb.Emulator, caplog: pytest.LogCaptureFixture, method: str
) -> None:
    face = make_face(even, max_retries=0)
    batch_id = submit(face).batch_id
    caplog.set_level(logging.DEBUG, LOGGER)
    broken = Broken(method, BrokenPipeError("gone"))
    even.inject(on="retrieve", status=503, skip=1)
    batch = face.wait(
        batch_id, poll_interval=OFTEN, progress=Guard(broken), on_update=lambda _: even.advance(hours=1)
    )
    assert batch.status == "completed"
    assert broken.called.count(method) == (2 if method == "close" else 1)
    assert broken.called[-1] == "close"
    assert texts(caplog) == ["progress is shown no longer: BrokenPipeError('gone')"]


def test_an_interruption_within_a_display_interrupts(make_face: MakeFace, even: tb.Emulator) -> None:
    face = make_face(even)
    batch_id = submit(face).batch_id
    broken = Broken("update", KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        face.wait(batch_id, progress=Guard(broken))
    assert broken.called == ["update", "interrupt", "close", "close"]


class Shown:
    """Stands for IPython: keeps what is published."""

    def __init__(self) -> None:
        self.bundles: list[dict[str, str]] = []

    def display(self, bundle: dict[str, str], *, raw: bool) -> None:
        assert raw
        assert not self.bundles
        self.bundles.append(bundle)

    def update(self, bundle: dict[str, str], *, raw: bool) -> None:
        assert raw
        assert self.bundles
        self.bundles.append(bundle)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    keeper = Shown()
    monkeypatch.setattr(IPython.display, "DisplayHandle", lambda: keeper)
    return keeper


def test_a_card_is_put_in_place_of_itself(make_face: MakeFace, even: tb.Emulator, shown: Shown) -> None:
    face = make_face(even)
    batch_id = submit(face, 10).batch_id
    clock = Clock(even, 1)
    face.wait(batch_id, poll_interval=OFTEN, progress=Card(batch_id, clock), on_update=clock.move)
    assert len(shown.bundles) == 7
    assert all(batch_id in bundle[kind] for bundle in shown.bundles for kind in bundle)
    assert {tuple(bundle) for bundle in shown.bundles} == {("text/plain", "text/html")}
    half = shown.bundles[4]
    assert half["text/plain"] == f"batch {batch_id}: processing, 6 of 10 items ended, 90/min, about 3 s left"
    for told in (
        "6 of 10",
        "0:04",
        "90/min",
        "about 3 s",
        "looked at",
        'aria-label="6 ready, 2 processing, 2 queued of 10 items"',
    ):
        assert told in half["text/html"], told
    assert "completed" in shown.bundles[-1]["text/html"]
    assert "looked at" not in shown.bundles[-1]["text/html"]
    assert all("<script" not in bundle["text/html"] for bundle in shown.bundles)


def test_a_card_is_drawn_a_few_times_a_second_at_most(
    make_face: MakeFace, even: tb.Emulator, shown: Shown
) -> None:
    face = make_face(even)
    batch_id = submit(face, 40).batch_id
    clock = Clock(even, 0.125)
    face.wait(batch_id, poll_interval=OFTEN, progress=Card(batch_id, clock), on_update=clock.move)
    assert len(shown.bundles) == 12
    assert "40 of 40" in shown.bundles[-1]["text/plain"]


def test_a_card_tells_trouble_and_interruptions(make_face: MakeFace, even: tb.Emulator, shown: Shown) -> None:
    face = make_face(even, max_retries=0)
    batch_id = submit(face, 10).batch_id
    even.inject(on="retrieve", status=503, message="<b>busy</b>\x1b[2J", skip=1)
    clock = Clock(even, 1)

    def move(batch: tb.AnalyzeBatchStatusResponse) -> None:
        if batch.ready_items:
            raise KeyboardInterrupt
        clock.move(batch)

    with pytest.raises(KeyboardInterrupt):
        face.wait(batch_id, poll_interval=OFTEN, progress=Card(batch_id, clock), on_update=move)
    trouble, *_, interrupted = (bundle["text/html"] for bundle in shown.bundles[1:])
    assert "trying again: &lt;b&gt;busy&lt;/b&gt; [2J" in trouble
    assert "trying again" not in interrupted
    assert "Stopped waiting; the batch goes on." in interrupted
    assert f"client.wait(&quot;{batch_id}&quot;)" in interrupted


@pytest.mark.parametrize("has_kernel", [True, False])
def test_only_a_kernel_is_a_notebook(
    make_face: MakeFace,
    even: tb.Emulator,
    shown: Shown,
    monkeypatch: pytest.MonkeyPatch,
    has_kernel: bool,
) -> None:
    shell = types.SimpleNamespace(display_pub=object(), **({"kernel": object()} if has_kernel else {}))
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    face = make_face(even)
    face.wait(
        submit(face).batch_id,
        poll_interval=OFTEN,
        progress=True,
        on_update=lambda _: even.advance(hours=1),
    )
    assert bool(shown.bundles) == has_kernel
