"""What is counted and estimated of a batch, and how a line of it is composed."""

from __future__ import annotations

import datetime
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

import twelvelabs_batches as tb
from twelvelabs_batches._progress.figures import Pace, clock_text, rate_text, rest_text, trouble_text
from twelvelabs_batches._progress.line import Look, compose


def ago(**time: float) -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(**time)


def batch(**fields: typing.Any) -> tb.AnalyzeBatchStatusResponse:
    """A batch of 100 items that was created a minute ago."""
    created = fields.pop("created_at", None) or ago(minutes=1)
    given: dict[str, typing.Any] = {
        "batch_id": "6b0000000000000000000001",
        "analysis_mode": "general",
        "model_name": "pegasus1.5",
        "status": "processing",
        "total_items": 100,
        "created_at": created,
        "expires_at": created + datetime.timedelta(days=1),
        "queued_items": 0,
        "processing_items": 0,
        "ready_items": 0,
        "failed_items": 0,
        "canceled_items": 0,
        **fields,
    }
    return tb.AnalyzeBatchStatusResponse(**given)


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0:00"), (59.9, "0:59"), (60, "1:00"), (3599, "59:59"), (86400, "24:00:00")]
)
def test_times_that_passed(seconds: float, told: str) -> None:
    assert clock_text(seconds) == told


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "about 1 s left"),
        (59.4, "about 59 s left"),
        (59.6, "about 1 min left"),
        (90.1, "about 2 min left"),
        (3589, "about 1 h 0 min left"),
        (7384, "about 2 h 3 min left"),
    ],
)
def test_times_that_are_left(seconds: float, told: str) -> None:
    assert rest_text(seconds) == told


@pytest.mark.parametrize(
    ("rate", "told"),
    [
        (0.04, "2.4/h"),
        (0.5, "30/h"),
        (1, "1.0/min"),
        (9.94, "9.9/min"),
        (9.96, "10/min"),
        (1234, "1,234/min"),
    ],
)
def test_rates(rate: float, told: str) -> None:
    assert rate_text(rate) == told


def test_time_goes_on_while_nothing_is_heard() -> None:
    now = [0.0]
    seen = Pace(lambda: now[0]).see(batch(ready_items=25))
    elapsed, left = seen.elapsed(0), seen.remaining(0)
    assert left is not None
    assert 60 <= elapsed < 300
    assert left == pytest.approx(3 * elapsed, rel=0.1)
    assert seen.elapsed(100) == elapsed + 100
    assert seen.remaining(100) == left - 100
    assert seen.remaining(5000) == 0
    assert seen.per_minute == pytest.approx(25 * 60 / elapsed)


@pytest.mark.parametrize("hours", [-2, 5000])
def test_a_clock_that_is_not_ours_does_not_count(hours: float) -> None:
    now = [100.0]
    pace = Pace(lambda: now[0])
    created = ago(hours=hours)
    first = pace.see(batch(created_at=created))
    assert (first.elapsed(100), first.remaining(100), first.per_minute) == (0, None, None)
    now[0] += 30
    second = pace.see(batch(created_at=created, ready_items=50))
    assert (second.elapsed(130), second.remaining(130), second.per_minute) == (30, 30, 100)
    assert second.is_watched


def test_a_batch_that_had_ended_tells_its_own_time() -> None:
    created = ago(hours=3)
    ended = batch(
        status="completed",
        created_at=created,
        completed_at=created + datetime.timedelta(minutes=50),
        ready_items=100,
    )
    seen = Pace(lambda: 7.0).see(ended)
    assert (seen.elapsed(1000), seen.remaining(1000), seen.per_minute) == (3000, None, 2)


def test_what_went_wrong_does_nothing_to_a_terminal() -> None:
    error = tb.TransportError("no\x1b[2J\r\nanswer\u202e\x07 \x9b1m")
    assert trouble_text(error) == "trying again: no [2J answer 1m"
    assert trouble_text(TimeoutError()) == "trying again: TimeoutError"


COUNTS = st.integers(0, 1500)


@given(
    counts=st.tuples(COUNTS, COUNTS, COUNTS, COUNTS),
    width=st.integers(-1, 240),
    look=st.builds(Look, has_color=st.booleans(), has_blocks=st.booleans()),
    trouble=st.sampled_from(["", "trying again: nobody there", "trying again: " + "x" * 500]),
    name=st.sampled_from(["", "…000001"]),
)
def test_a_line_fits_and_its_bar_has_all_parts(
    counts: tuple[int, int, int, int], width: int, look: Look, trouble: str, name: str
) -> None:
    total, ready, failed, canceled = counts
    seen = Pace(lambda: 0.0).see(
        batch(total_items=total, ready_items=ready, failed_items=failed, canceled_items=canceled)
    )
    line = compose(seen, name=name, trouble=trouble, now=0.0, width=width, look=look)
    assert line.cell_len <= max(0, width)
    if width < 120:
        return
    assert f"{ready + failed + canceled:,}/{total:,}" in line.plain
    glyphs = look.glyphs()
    if len(set(glyphs.values())) == 1:
        return
    (drawn,) = (word for word in line.plain.split("  ") if word and set(word) <= set(glyphs.values()))
    ended = {"ready": ready, "failed": failed, "canceled": canceled}
    for what, count in ended.items():
        assert (glyphs[what] in drawn) == (count > 0)
    assert (glyphs["rest"] in drawn) == (total > sum(ended.values()) or not any(counts))
