"""`check` asking the platform about assets, through both faces."""

from __future__ import annotations

import asyncio
import http.server
import json
import os
import threading
import typing
import warnings

import pytest

import twelvelabs_batches as tb
from faces import PROMPT, item
from servers import ScriptedServer, answer

if typing.TYPE_CHECKING:
    from faces import Face, MakeFace

MISSING, PROCESSING, FAILED, READY, LONG, IMAGE = (f"{n:024x}" for n in range(1, 7))


@pytest.fixture
def platform() -> typing.Iterator[tb.Emulator]:
    """A platform that knows some assets."""
    with tb.Emulator(speed=0, assets="registered") as running:
        running.add_asset(PROCESSING, status="processing")
        running.add_asset(FAILED, status="failed")
        running.add_asset(READY, duration=3600)
        running.add_asset(LONG, duration=4 * 3600)
        running.add_asset(IMAGE)
        yield running


def check(face: Face, assets: typing.Iterable[str], **settings: typing.Any) -> tb.CheckReport:
    client: typing.Any = face.client
    report = client.check(
        model_name="pegasus1.5",
        analysis_mode="general",
        requests=({"video": {"type": "asset_id", "asset_id": asset}} for asset in assets),
        defaults=settings.pop("defaults", PROMPT),
        assets=True,
        **settings,
    )
    return typing.cast("tb.CheckReport", asyncio.run(report) if asyncio.iscoroutine(report) else report)


def found(findings: typing.Iterable[tb.Violation]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.path) for finding in findings]


def test_what_is_wrong_with_assets_is_told(face: Face) -> None:
    report = check(face, [READY, MISSING, PROCESSING, FAILED, MISSING])
    assert found(report.violations) == [
        ("asset.missing", "requests[1].video.asset_id"),
        ("asset.not_ready", "requests[2].video.asset_id"),
        ("asset.failed", "requests[3].video.asset_id"),
    ]
    missing, unready, failed = report.violations
    assert missing.value == MISSING
    assert f"asset {MISSING} does not exist (named in 2 places)" in missing.message
    assert "is processing" in unready.message
    assert "could not be read as a video" in failed.message
    assert failed.hint == "upload the file again"
    assert missing.source
    assert report.assets is not None
    assert report.assets[MISSING] is None
    ready = report.assets[READY]
    assert ready is not None
    assert ready.duration == 3600
    assert "4 assets" in repr(report)


def test_hours_come_from_the_platform(face: Face) -> None:
    report = check(face, [READY, LONG], durations={READY: 1})
    assert (report.hours, report.unknown_durations, report.ok) == (5.0, 0, True)
    assert found(report.warnings) == [("window.longest", "requests[1].video.asset_id")]
    report = check(face, [LONG] * 500)
    assert (report.hours, report.ok) == (2000.0, True)
    report = check(face, [LONG] * 501)
    assert ("requests.hours", "requests") in found(report.violations)


def test_images_are_asked_about_too(face: Face) -> None:
    media = [{"name": "logo", "media_type": "image", "asset_id": MISSING}]
    defaults = {"prompt": {"input_text": "Find <@logo>.", "media_sources": media}}
    report = check(face, [READY], defaults=defaults)
    assert found(report.violations) == [("asset.missing", "defaults.prompt.media_sources[0].asset_id")]


def test_each_asset_is_asked_about_once(face: Face, platform: tb.Emulator) -> None:
    steps: list[tuple[int, int]] = []
    report = check(face, [READY, LONG, READY, "none"], on_progress=lambda *step: steps.append(step))
    assert steps == [(0, 2), (1, 2), (2, 2)]
    assert found(report.violations) == [("video.asset_id", "requests[3].video.asset_id")]
    requests = platform.stats()["requests"]
    assert sum(requests.values()) == 2, requests


def test_nothing_is_sent_unless_asked_for(face: Face, platform: tb.Emulator) -> None:
    client: typing.Any = face.client
    report = client.check(
        model_name="pegasus1.5", analysis_mode="general", requests=[item(1)], defaults=PROMPT
    )
    report = asyncio.run(report) if asyncio.iscoroutine(report) else report
    assert report.ok
    assert report.assets is None
    assert sum(platform.stats()["requests"].values()) == 0


def test_the_platform_agrees(face: Face) -> None:
    def create(asset: str) -> tb.ApiError:
        requests: typing.Any = [{"video": {"type": "asset_id", "asset_id": asset}}]
        with pytest.raises(tb.ApiError) as refused:
            face.create(model_name="pegasus1.5", analysis_mode="general", requests=requests, defaults=PROMPT)
        return refused.value

    assert isinstance(create(MISSING), tb.NotFoundError)
    assert isinstance(create(PROCESSING), tb.ConflictError)
    assert isinstance(create(FAILED), tb.ConflictError)


def test_trouble_on_the_way_is_overcome_or_told(
    face: Face, platform: tb.Emulator, make_face: MakeFace
) -> None:
    platform.inject(status=503, times=2)
    assert check(make_face(platform, backoff_factor=0.001), [READY, LONG]).ok
    platform.inject(status=403, times=1)
    with pytest.raises(tb.ForbiddenError) as refused:
        check(face, [READY])
    assert vars(refused.value)["asset_id"] == READY
    assert check(face, [READY, LONG]).ok


def test_what_a_listener_raises_is_raised(face: Face) -> None:
    def listen(done: int, _total: int) -> None:
        if done == 1:
            raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        check(face, [READY, LONG, IMAGE], on_progress=listen)
    assert check(face, [READY]).ok


@pytest.mark.parametrize("count", [0, 101, -1, "8", 1.5])
def test_concurrency_has_bounds(face: Face, count: object) -> None:
    with pytest.raises(tb.ValidationError, match=r"^max_concurrency: "):
        check(face, [READY], max_concurrency=count)


def test_what_an_asset_is_used_for_counts(make_face: MakeFace) -> None:
    media = [{"name": "logo", "media_type": "image", "asset_id": READY}]
    defaults = {"prompt": {"input_text": "Find <@logo>.", "media_sources": media}}
    with ScriptedServer() as server:
        server.plays(*[answer(200, {"_id": READY, "status": "ready", "file_type": "image/png"})])
        report = check(
            make_face(server),
            [READY, READY],
            defaults=defaults,
            request_options={"additional_body_parameters": {"note": 1}},
        )
        assert [(request.method, request.body) for request in server.received] == [("GET", b"")]
    assert found(report.warnings) == [("asset.kind", "requests[0].video.asset_id")]


def test_a_forked_child_cannot_go_on(platform: tb.Emulator) -> None:
    client = tb.BatchesClient(platform.api_key, base_url=platform.base_url)
    told = []

    def fork(done: int, _total: int) -> None:
        if done == 1:
            told.append(os.fork())

    requests = [{"video": {"type": "asset_id", "asset_id": asset}} for asset in (READY, LONG, IMAGE)]
    arguments: typing.Any = {"model_name": "pegasus1.5", "analysis_mode": "general", "requests": requests}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            report = client.check(**arguments, defaults=PROMPT, assets=True, on_progress=fork)
        except tb.StreamClosedError:
            os._exit(7)
        if told == [0]:
            os._exit(1)
    assert report.ok
    assert os.waitstatus_to_exitcode(os.waitpid(told[0], 0)[1]) == 7


class Counting(http.server.ThreadingHTTPServer):
    """Answers once so many requests are under way at the same time, and counts the most."""

    daemon_threads = True

    def __init__(self, together: int) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.api_key = "k"
        self.base_url = f"http://127.0.0.1:{self.server_port}/v1.3"
        self.gate = threading.Barrier(together)
        self.lock = threading.Lock()
        self.now = self.most = 0


class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = typing.cast("Counting", self.server)
        with server.lock:
            server.now += 1
            server.most = max(server.most, server.now)
        server.gate.wait(60)
        body = json.dumps({"_id": self.path.rsplit("/", 1)[1], "status": "ready"}).encode()
        with server.lock:
            server.now -= 1
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: typing.Any) -> None:
        """Nothing."""


@pytest.mark.parametrize("together", [1, 3, 8])
def test_so_many_are_asked_about_at_once(make_face: MakeFace, together: int) -> None:
    with Counting(together) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        report = check(make_face(server), [f"{n:024x}" for n in range(24)], max_concurrency=together)
        server.shutdown()
    assert report.ok
    assert report.assets is not None
    assert len(report.assets) == 24
    assert server.most == together
