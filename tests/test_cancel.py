"""`cancel`, through both faces."""

import pytest

import twelvelabs_batches as tb
from faces import Face, MakeFace, submit
from servers import ScriptedServer, answer
from test_list import BATCH


def test_waiting_items_are_canceled_and_started_ones_finished(face: Face, platform: tb.Emulator) -> None:
    batch_id = submit(face, 20).batch_id
    platform.advance(seconds=30)
    before = face.retrieve(batch_id)
    batch = face.cancel(batch_id)
    assert batch.status == "canceling"
    assert batch.processing_items == before.processing_items > 0
    assert batch.canceled_items == before.queued_items
    platform.advance(minutes=2)
    after = face.retrieve(batch_id)
    assert (after.status, after.canceled_items) == ("canceled", before.queued_items)
    assert after.canceled_at is not None
    assert after.ready_items == 20 - before.queued_items
    assert {row.status for row in face.rows(batch_id)} == {"ready", "canceled"}


def test_a_batch_that_has_ended_cannot_be_canceled(face: Face, platform: tb.Emulator) -> None:
    batch_id = submit(face).batch_id
    platform.advance(hours=1)
    with pytest.raises(tb.ConflictError) as caught:
        face.cancel(batch_id)
    assert caught.value.code == "batch_completed"
    assert caught.value.attempts == 1


def test_an_unknown_batch_is_not_found(face: Face) -> None:
    with pytest.raises(tb.NotFoundError):
        face.cancel("0" * 24)


def test_the_request_has_no_body(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(202, {**BATCH, "status": "canceling"}))
    assert make_face(server).cancel(BATCH["batch_id"]).status == "canceling"
    sent = server.received[0]
    assert (sent.method, sent.target) == ("POST", f"/v1.3/analyze/batches/{BATCH['batch_id']}/cancel")
    assert (sent.header("content-length"), sent.header("content-type"), sent.body) == ("0", None, b"")
