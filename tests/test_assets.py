"""Reading assets."""

import datetime
import pickle
import typing

import pytest

import twelvelabs_batches as tb
from beside import FACES, AnyPlatform, asset, make
from servers import Cut, ScriptedServer, answer

ASSET_ID = "6a0000000000000000000001"
ASSET: dict[str, typing.Any] = {
    "_id": ASSET_ID,
    "method": "connector",
    "status": "ready",
    "filename": "a.mp4",
    "file_type": "video/mp4",
    "created_at": "2026-11-01T00:00:00Z",
    "user_metadata": {"n": 1, "tags": ["a"], "none": None},
    "source": {"type": "connector", "details": {"provider": "google_drive", "source_id": "s"}},
    "hls": {"manifest_url": "https://h.example", "status": "ready"},
    "thumbnail": {"status": "pending"},
    "technical_metadata": {
        "video_width": 640,
        "video_streams": [{"index": 0, "fps": 25.0}],
        "audio_streams": [{"codec": "aac", "channels": 2}],
        "geospatial_latitude": 48.1,
    },
    "size": 12,
    "duration": 300.5,
}


@pytest.fixture(params=FACES, ids=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> type[AnyPlatform]:
    made: type[AnyPlatform] = request.param
    return made


def test_an_asset_in_each_of_its_states(kind: type[AnyPlatform], platform: tb.Emulator) -> None:
    client = make(kind, platform)
    platform.add_asset(f"{1:024x}", duration=3600.5, filename="film.mp4")
    platform.add_asset(f"{2:024x}", status="processing")
    platform.add_asset(f"{3:024x}", status="failed")
    ready, processing, failed = (asset(client, f"{n:024x}") for n in (1, 2, 3))
    assert (ready.id, ready.status, ready.duration, ready.filename, ready.method) == (
        f"{1:024x}",
        "ready",
        3600.5,
        "film.mp4",
        "direct",
    )
    assert isinstance(ready.created_at, datetime.datetime)
    assert (processing.status, processing.duration, processing.error) == ("processing", None, None)
    assert failed.error is not None
    assert (failed.status, failed.duration) == ("failed", None)
    assert failed.error.message


def test_everything_that_is_documented_is_read(kind: type[AnyPlatform], server: ScriptedServer) -> None:
    server.plays(answer(200, ASSET))
    read = asset(make(kind, server), ASSET_ID)
    assert server.received[0].target == f"/v1.3/assets/{ASSET_ID}"
    assert read.source is not None
    assert read.source.details is not None
    assert (read.source.type, read.source.details.provider) == ("connector", "google_drive")
    assert read.hls is not None
    assert (read.hls.manifest_url, read.hls.status) == ("https://h.example", "ready")
    assert read.thumbnail is not None
    assert (read.thumbnail.status, read.thumbnail.representative_url) == ("pending", None)
    assert read.user_metadata == {"n": 1, "tags": ["a"], "none": None}
    technical: typing.Any = read.technical_metadata
    assert (technical.video_width, technical.video_height, technical.geospatial_latitude) == (640, None, 48.1)
    assert (technical.video_streams[0].fps, technical.audio_streams[0].channels) == (25.0, 2)
    assert (read.size, read.duration) == (12, 300.5)
    dumped = read.dict()
    assert dumped.pop("created_at") == datetime.datetime(2026, 11, 1, tzinfo=datetime.timezone.utc)
    assert dumped == {name: value for name, value in ASSET.items() if name != "created_at"}
    assert read.model_dump()["id"] == ASSET_ID
    assert tb.AssetDetail(id="x") == tb.AssetDetail(_id="x")
    assert pickle.loads(pickle.dumps(read)) == read


def test_an_unknown_asset_and_one_that_cannot_be(kind: type[AnyPlatform]) -> None:
    with tb.Emulator(speed=0, assets="registered") as platform:
        client = make(kind, platform)
        with pytest.raises(tb.NotFoundError):
            asset(client, "0" * 24)
        before = platform.stats()["requests"]
        for bad in ("", "..", "a/b", "a?b", "a#b", "../x", "%2e", "a b"):
            with pytest.raises(tb.ValidationError) as caught:
                asset(client, bad)
            assert caught.value.path == "asset_id"
        assert platform.stats()["requests"] == before


def test_an_asset_is_asked_for_again(kind: type[AnyPlatform], server: ScriptedServer) -> None:
    server.plays(answer(500), Cut, answer(200, ASSET))
    assert asset(make(kind, server, backoff_factor=0.001), ASSET_ID).id == ASSET_ID
    assert len(server.received) == 3


def test_what_deviates_is_kept(kind: type[AnyPlatform], server: ScriptedServer) -> None:
    odd = {**ASSET, "size": 12.0, "duration": "long", "hls": None, "error": "broken", "created_at": "then"}
    odd["technical_metadata"] = {"video_streams": [1], "is_hdr": "yes", "video_width": "wide"}
    server.plays(answer(200, odd))
    read: typing.Any = asset(make(kind, server), ASSET_ID)
    assert (read.size, read.duration, read.hls, read.error, read.created_at) == (
        12,
        "long",
        None,
        "broken",
        "then",
    )
    technical = read.technical_metadata
    assert (technical.video_streams, technical.is_hdr, technical.video_width) == ([1], "yes", "wide")


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b'{"message": "fine"}', b"null"])
def test_what_is_no_asset_is_told(kind: type[AnyPlatform], server: ScriptedServer, body: bytes) -> None:
    server.plays(answer(200, body))
    with pytest.raises(tb.UnexpectedBodyError):
        asset(make(kind, server), ASSET_ID)
