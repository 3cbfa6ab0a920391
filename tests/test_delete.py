"""`delete`, through both faces."""

import pytest

import twelvelabs_batches as tb
from faces import submit


def test_a_batch_that_has_ended_is_deleted(face, platform):
    batch_id = submit(face).batch_id
    platform.advance(hours=1)
    assert face.delete(batch_id) is None
    for verb in (face.retrieve, face.delete, face.cancel, face.rows):
        with pytest.raises(tb.NotFoundError):
            verb(batch_id)


def test_a_batch_that_has_not_ended_is_not(face, platform):
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


def test_batches_are_deleted_after_30_days(face, platform):
    batch_id = submit(face).batch_id
    platform.advance(days=29)
    assert face.retrieve(batch_id).status == "completed"
    platform.advance(days=1)
    with pytest.raises(tb.NotFoundError):
        face.retrieve(batch_id)


def test_a_redirect_is_no_success(make_face, server):
    from servers import answer

    server.plays(answer(302, headers={"location": "https://elsewhere.example/x"}), answer(200))
    with pytest.raises(tb.ApiError, match=r"https://elsewhere\.example/x; redirects are not followed"):
        make_face(server).delete("0" * 24)
    assert len(server.received) == 1
