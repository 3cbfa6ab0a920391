"""What a run would do, and what it has come to."""

from __future__ import annotations

import dataclasses
import typing

from ._violation import make_all

if typing.TYPE_CHECKING:
    from ._violation import Violation

__all__ = ["Price", "RunPlan", "RunReport", "make_plan", "make_report"]


class Price(typing.NamedTuple):
    """What analyses cost, by your contract: the platform's API does not tell.

    Attributes:
        hour: An hour of video. With segment definitions the hour is counted once for each.
        million_output_tokens: A million tokens of answers.
        million_input_tokens: A million tokens of prompts and videos.
    """

    hour: float = 0.0
    million_output_tokens: float = 0.0
    million_input_tokens: float = 0.0


@dataclasses.dataclass(frozen=True)
class RunReport:
    """What a run has come to.

    Attributes:
        items: Items that were read.
        ready: Those of them that have an answer.
        failed: Those that failed.
        canceled: Those that somebody has canceled.
        expired: Those that there was no time for.
        malformed: Those whose row cannot be read.
        active: Items in batches that are active.
        waiting: Items that were read and wait.
        delivered_before: Items whose outcome had been handed over before.
        batches: Batches that were submitted by this run since it was begun or taken up.
        attempts: Submissions of items in them, second tries included.
        resubmitted: Second tries among them.
        output_tokens: Tokens of the answers that it has handed over.
        input_tokens: Tokens of prompts and videos, of the same.
        hours: Hours of video that it has submitted, as far as durations are known.
        unknown_durations: Items whose duration is not known.
        elapsed: Seconds since it was begun or taken up.
        cost: Money, by the price that was given; `None` without one.
    """

    items: int = 0
    ready: int = 0
    failed: int = 0
    canceled: int = 0
    expired: int = 0
    malformed: int = 0
    active: int = 0
    waiting: int = 0
    delivered_before: int = 0
    batches: int = 0
    attempts: int = 0
    resubmitted: int = 0
    output_tokens: int = 0
    input_tokens: int = 0
    hours: float = 0.0
    unknown_durations: int = 0
    elapsed: float = 0.0
    cost: typing.Optional[float] = None

    @property
    def ended(self) -> int:
        """Items that have ended."""
        return self.ready + self.failed + self.canceled + self.expired + self.malformed

    def __str__(self) -> str:
        parts = [f"{self.ended:,} of {self.items:,} items have ended: {self.ready:,} ready"]
        for name in ("failed", "canceled", "expired", "malformed"):
            count = getattr(self, name)
            if count:
                parts.append(f"{count:,} {name}")
        if self.active or self.waiting:
            parts.append(f"{self.active:,} in batches")
            parts.append(f"{self.waiting:,} waiting")
        told = ", ".join(parts)
        return told if self.cost is None else f"{told}; {self.cost:,.2f} spent"


@dataclasses.dataclass(frozen=True)
class RunPlan:
    """What a run would do. Nothing was submitted.

    Attributes:
        items: Items of the input.
        covered: How many of them the journal has an outcome of, by how they ended.
        active: Those that are in batches.
        new: Those that would be submitted.
        batches: Items of each batch, and hours of its videos as far as durations are known.
        hours: Hours of video that would be submitted, as far as durations are known.
        unknown_durations: Items whose duration is not known.
        repeats: Items that ask for the very same as an earlier one, and would be analysed again.
        cost: What the hours would cost, by the price that was given; `None` without one.
        stop: The guard that would stop the run, if one would.
        violations: What the platform would refuse, the first thousand.
        violation_count: How much that is in all.
    """

    items: int
    covered: typing.Dict[str, int]
    active: int
    new: int
    batches: typing.Tuple[typing.Tuple[int, float], ...]
    hours: float
    unknown_durations: int
    repeats: int
    cost: typing.Optional[float]
    stop: typing.Optional[str]
    violations: typing.Tuple[Violation, ...]
    violation_count: int

    @property
    def ok(self) -> bool:
        """Whether nothing speaks against the run."""
        return not self.violation_count and self.stop is None

    def __str__(self) -> str:
        covered = sum(self.covered.values())
        batches = "1 batch" if len(self.batches) == 1 else f"{len(self.batches):,} batches"
        new = f"{self.new:,} would be submitted in {batches}"
        parts = [f"{self.items:,} items: {covered:,} are done, {self.active:,} are in batches, {new}"]
        if self.hours:
            unknown = f" ({self.unknown_durations:,} items unknown)" if self.unknown_durations else ""
            parts.append(f"{self.hours:,.1f} hours of video{unknown}")
        if self.cost is not None:
            parts.append(f"{self.cost:,.2f} for the hours")
        if self.repeats:
            parts.append(f"{self.repeats:,} ask for the same as an earlier one")
        if self.violation_count:
            parts.append(f"{self.violation_count:,} violations")
        if self.stop:
            parts.append(f"it would be stopped: {self.stop}")
        return "; ".join(parts)


def make_report(shown: typing.Mapping[str, typing.Any]) -> RunReport:
    """Makes a report of what the core shows."""
    return RunReport(**shown)


def make_plan(shown: typing.Mapping[str, typing.Any]) -> RunPlan:
    """Makes a plan of what the core shows."""
    facts = dict(shown)
    facts["batches"] = tuple(facts["batches"])
    facts["violations"] = make_all(facts["violations"])
    return RunPlan(**facts)
