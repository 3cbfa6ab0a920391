"""`delete`, through both faces."""

import typing

import pytest

import twelvelabs_batches as tb
from faces import Face, MakeFace, submit, verbs_by_id
from servers import ScriptedServer, answer


def test_a_batch_that_has_ended_is_deleted(face: Face, platform: tb.Emulator) -> None:
    batch_id = submit(face).batch_id
    platform.advance(hours=1)
    delete: typing.Callable[[str], object] = face.delete
    assert delete(batch_id) is None
    for verb in verbs_by_id(face):
        with pytest.raises(tb.NotFoundError):
            verb(batch_id)


def test_a_batch_that_has_not_ended_is_not(face: Face, platform: tb.Emulator) -> None:
    batch_id = submit(face, 20).batch_id
    for _ in range(2):
        with pytest.raises(tb.ConflictError) as caught:
            face.delete(batch_id)
        assert caught.value.code == "batch_not_terminal"
        platform.advance(seconds=30)
    face.cancel(batch_id)
    with pytest.raises(tb.ConflictError):
        face.delete(batch_id)
    platform.advance(minutes=2)
    face.delete(batch_id)


def test_batches_are_deleted_after_30_days(face: Face, platform: tb.Emulator) -> None:
    batch_id = submit(face).batch_id
    platform.advance(days=29)
    assert face.retrieve(batch_id).status == "completed"
    platform.advance(days=1)
    with pytest.raises(tb.NotFoundError):
        face.retrieve(batch_id)


def test_a_redirect_is_no_success(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(302, headers={"location": "https://elsewhere.example/x"}), answer(200))
    with pytest.raises(tb.ApiError, match=r"https://elsewhere\.example/x; redirects are not followed"):
        make_face(server).delete("0" * 24)
    assert len(server.received) == 1
