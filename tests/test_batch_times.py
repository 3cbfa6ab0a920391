"""What batches tell of their progress, whatever they hold."""

import datetime
import math
import typing

import pytest

import twelvelabs_batches as tb
from faces import submit
from test_processes import client_of

BOTH: list[typing.Any] = [tb.AnalyzeBatchStatusResponse, tb.CreateAnalyzeBatchResponse]


def ago(**time: float) -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(**time)


def batch(**fields: typing.Any) -> tb.AnalyzeBatchStatusResponse:
    """A batch of four items that was created 100 seconds ago."""
    usual: dict[str, typing.Any] = {
        "batch_id": "6b0000000000000000000001",
        "analysis_mode": "general",
        "model_name": "pegasus1.5",
        "status": "processing",
        "total_items": 4,
        "created_at": ago(seconds=100),
        "expires_at": ago(hours=-23),
        "queued_items": 4,
        "processing_items": 0,
        "ready_items": 0,
        "failed_items": 0,
        "canceled_items": 0,
    }
    return tb.AnalyzeBatchStatusResponse(**{**usual, **fields})


@pytest.mark.parametrize(
    ("status", "is_terminal"),
    [
        ("pending", False),
        ("processing", False),
        ("canceling", False),
        ("completed", True),
        ("canceled", True),
        ("expired", True),
        ("failed", False),
        ("Completed", False),
        ("", False),
    ],
)
def test_which_states_are_terminal(status: str, is_terminal: bool) -> None:
    """A word that this version does not know is not: it is waited for, until the batch expires."""
    assert (batch(status=status).is_terminal, batch(status=status).is_active) == (
        is_terminal,
        not is_terminal,
    )


@pytest.mark.parametrize(
    ("fields", "progress"),
    [
        ({}, 0.0),
        ({"ready_items": 1}, 0.25),
        ({"ready_items": 1, "failed_items": 1, "canceled_items": 1}, 0.75),
        ({"ready_items": 4}, 1.0),
        ({"ready_items": 9}, 1.0),
        ({"ready_items": -3}, 0.0),
        ({"total_items": 0}, 1.0),
        ({"total_items": -4}, 1.0),
        ({"ready_items": 2**63 - 1, "failed_items": 2**63 - 1, "total_items": 2**63 - 1}, 1.0),
        ({"ready_items": 1, "status": "canceled"}, 1.0),
        ({"ready_items": 1, "status": "paused"}, 0.25),
    ],
)
def test_progress_is_a_share(fields: dict[str, typing.Any], progress: float) -> None:
    assert batch(**fields).progress == progress


def test_elapsed_goes_on_until_the_end() -> None:
    active = batch()
    first = active.elapsed
    assert 100 <= first < 200
    assert active.elapsed >= first
    assert batch(status="completed", completed_at=ago(seconds=40)).elapsed == pytest.approx(60, abs=1)
    assert batch(status="canceled", canceled_at=ago(seconds=30)).elapsed == pytest.approx(70, abs=1)
    assert batch(status="expired", expired_at=ago(seconds=20)).elapsed == pytest.approx(80, abs=1)
    # Told by nobody, the end is at the expiry at the latest.
    silent = batch(status="expired", created_at=ago(hours=48), expires_at=ago(hours=24))
    assert silent.elapsed == pytest.approx(24 * 3600, abs=1)
    assert batch(created_at=ago(hours=-3)).elapsed == 0, "this machine's clock is behind"


def test_the_rest_is_estimated_from_what_has_ended() -> None:
    assert batch().remaining_estimate is None
    quarter = batch(ready_items=1)
    estimate = quarter.remaining_estimate
    assert estimate is not None
    assert estimate == pytest.approx(3 * quarter.elapsed, rel=0.1)
    assert batch(failed_items=4).remaining_estimate == 0
    assert batch(status="completed", ready_items=1).remaining_estimate == 0
    soon = batch(ready_items=1, expires_at=ago(seconds=-200)).remaining_estimate
    assert soon is not None
    assert soon <= 200, "not past the expiry"
    assert batch(ready_items=1, expires_at=ago(seconds=1)).remaining_estimate == 0


def test_no_estimate_is_made_by_a_clock_that_is_wrong() -> None:
    assert batch(ready_items=1, created_at=ago(hours=-3)).remaining_estimate is None


@pytest.mark.parametrize("junk", [None, 5, "x", [], object(), math.nan, b"completed"])
@pytest.mark.parametrize("model", BOTH)
def test_objects_that_hold_anything(model: typing.Any, junk: object) -> None:
    names = ["status", "total_items", "created_at", "expires_at", "ready_items", "completed_at"]
    made = model.model_construct(**dict.fromkeys(names, junk))
    assert made.is_terminal is False
    assert made.is_active is True
    assert 0 <= made.progress <= 1
    assert made.elapsed >= 0
    assert made.remaining_estimate is None or made.remaining_estimate >= 0


def test_a_batch_that_was_just_created() -> None:
    with tb.Emulator(
        speed=0, start_time=datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)
    ) as platform:
        created = submit(client_of(platform))
    assert created.is_active
    assert not created.is_terminal
    assert created.progress == 0
    assert created.remaining_estimate is None
    assert created.elapsed == 24 * 3600, "not past its expiry"


def test_they_are_no_fields() -> None:
    told = batch(ready_items=1)
    for name in ("is_terminal", "is_active", "progress", "elapsed", "remaining_estimate"):
        assert name not in told.dict()
        assert name not in told.model_dump()
        with pytest.raises(AttributeError):
            setattr(told, name, 1)
