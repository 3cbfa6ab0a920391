"""Fixtures: the platform on this machine, and a client of it behind each face."""

from __future__ import annotations

import concurrent.futures
import multiprocessing
import signal
import typing

import hypothesis
import pytest

from alarms import Alarm
from faces import AsyncFace, Face, MakeFace, SyncFace, Target
from servers import ScriptedServer
from twelvelabs_batches import Emulator

KEY_VARIABLES = ("TWELVE_LABS_API_KEY", "TWELVELABS_API_KEY", "TWELVELABS_BASE_URL")

# A machine may be slow.
hypothesis.settings.register_profile("patient", parent=hypothesis.settings(), deadline=None)
hypothesis.settings.load_profile("patient")


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings of whoever runs it."""
    for name in (*KEY_VARIABLES, "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def platform() -> typing.Iterator[Emulator]:
    """A platform whose time stands still."""
    with Emulator(speed=0) as running:
        yield running


@pytest.fixture
def even() -> typing.Iterator[Emulator]:
    """A platform whose items take 20 seconds each, two at a time."""
    with Emulator(speed=0, queue_seconds=20, item_seconds=(20, 20), concurrency=2) as running:
        yield running


@pytest.fixture
def server() -> typing.Iterator[ScriptedServer]:
    """A server that answers what a test tells it to."""
    with ScriptedServer() as running:
        yield running


@pytest.fixture(scope="module")
def workers() -> typing.Iterator[concurrent.futures.Executor]:
    """A process that was started anew, and shares no memory with this one."""
    spawn = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=spawn) as pool:
        yield pool


@pytest.fixture
def alarm() -> typing.Iterator[None]:
    """Alarms that raise."""

    def ring(*_: object) -> typing.NoReturn:
        raise Alarm

    before = signal.signal(signal.SIGALRM, ring)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(params=[SyncFace, AsyncFace], ids=["sync", "async"])
def make_face(request: pytest.FixtureRequest) -> typing.Iterator[MakeFace]:
    """Makes a client behind each face."""
    kind: typing.Union[typing.Type[SyncFace], typing.Type[AsyncFace]] = request.param
    made: typing.List[Face] = []

    def make(target: Target, **settings: typing.Any) -> Face:
        face: Face = kind(target, **settings)
        made.append(face)
        return face

    yield make
    for face in made:
        face.close()


@pytest.fixture
def face(make_face: MakeFace, platform: Emulator) -> Face:
    """A client of the platform behind each face."""
    return make_face(platform)
