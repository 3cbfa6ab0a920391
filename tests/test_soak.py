"""The soak of `tools/soak.py`, for a moment: every answer right in the midst of faults, and nothing left."""

import pathlib
import sys

import pytest

TOOLS = pathlib.Path(__file__).resolve().parent.parent / "tools"
sys.path.insert(0, str(TOOLS))

import soak  # noqa: E402 - it lies beside the package, not in it

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what a process takes is read from /proc")


def test_a_short_soak_finds_no_wrong_answer_and_no_leak() -> None:
    report = soak.soak(threads=4, tasks=20, seconds=2)
    report.tell()
    assert report.problems() == []
    assert sum(report.blocking.calls.values()) > 20
    assert sum(report.asyncio.calls.values()) > 20
    assert report.retries["retry"] > 0
    assert report.served["faults_met"] > 0


def test_a_soak_without_faults_gives_nothing_up() -> None:
    report = soak.soak(threads=2, tasks=10, seconds=1, faults=0)
    assert report.problems() == []
    assert (report.blocking.given_up, report.asyncio.given_up) == ({}, {})
    assert report.retries == {}


def test_wrong_answers_and_leaks_are_problems() -> None:
    tally = soak.Tally()
    with pytest.raises(soak.WrongAnswerError) as caught:
        soak.check_listed(["6b0000000000000000000001"] * 2)
    tally.note("list", caught.value)
    small, large = soak.Usage(10, 2, 1000), soak.Usage(11, 3, 1_000_000)
    usage = {"before": small, "in the middle": small, "at the end": large, "after closing": large}
    report = soak.Report(usage, tally, soak.Tally(), soak.Retries().counts, {}, 1.0)
    wrong, *leaks = report.problems()
    assert "list gave" in wrong
    assert leaks == [
        "1 descriptors stay open",
        "1 threads stay",
        "memory grew by 975 MB in the second half",
    ]
