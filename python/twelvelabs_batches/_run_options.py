"""The settings of a run."""

from __future__ import annotations

import difflib
import typing

from .errors import UnknownFieldError, ValidationError

if typing.TYPE_CHECKING:
    from ._run import Confirm, OnProgress
    from ._run_report import Price

__all__ = ["ResumeOptions", "RunOptions", "check_options"]


class ResumeOptions(typing.TypedDict, total=False):
    """Settings of a run, by keyword.

    Attributes:
        account: A name for the account, where the journal is to know it by another than the
            fingerprint of your key: after the key was replaced, for instance.
        ordered: Whether outcomes come in the order of the items. One that takes long holds back
            those behind it; at the end, items without an outcome are an error.
        redeliver: Whether outcomes come that were handed over before, too.
        batch_size: Items of a batch at most, 1 to 1,000, by default 1,000. Batches are made about
            equal.
        max_active: Batches of this run that may be active at the same time, 1 to 5, by default 5.
            Batches of others on the account count against its five in any case.
        max_item_attempts: How often an item is submitted at most, by default 2.
        durations: Lengths of videos in seconds, by the identifiers of their assets, as far as
            they are known.
        ask_durations: Whether the platform is asked for those that are not known, before items
            are put into batches: one request an item. A plan does not ask.
        max_items: Items to submit at most.
        max_hours: Hours of video to submit at most, as far as durations are known.
        max_cost: Money to spend at most, by `price` and the hours that are known.
        max_failed_share: The share of outcomes that may be failures, 0 to 1, looked at from 20
            outcomes on.
        price: What analyses cost: a `Price`.
        sample: As many items are done first; then `confirm` is asked.
        confirm: Is called with the report after the sample; the rest is submitted if it says
            true. With asyncio it may be a coroutine function.
        poll_interval: Seconds between two looks at a batch, always the same, in place of pauses
            that grow.
        progress: Whether to show how the run goes on, all batches together: a bar in a terminal, a
            card in a notebook, a line a minute in logs.
        on_progress: Is called with the report whenever something has come.
    """

    account: typing.Optional[str]
    ordered: bool
    redeliver: bool
    batch_size: int
    max_active: int
    max_item_attempts: int
    durations: typing.Optional[typing.Mapping[str, typing.Optional[float]]]
    ask_durations: bool
    max_items: typing.Optional[int]
    max_hours: typing.Optional[float]
    max_cost: typing.Optional[float]
    max_failed_share: typing.Optional[float]
    price: typing.Optional[Price]
    sample: typing.Optional[int]
    confirm: typing.Optional[Confirm]
    poll_interval: typing.Optional[float]
    progress: bool
    on_progress: typing.Optional[OnProgress]


class RunOptions(ResumeOptions, total=False):
    """Settings of a run whose items are given.

    Attributes:
        origin: What is to be remembered of where the items come from, a text. `runs show` shows it.
    """

    origin: typing.Optional[str]


#: Known to this package alone: how long a submission may take until its batch is listed.
_HIDDEN = frozenset({"certain_after"})


def check_options(options: typing.Mapping[str, typing.Any], known: type) -> None:
    """Refuses a keyword that is none, with the nearest that is.

    Raises:
        UnknownFieldError: There is no such setting.
        ValidationError: A sample without somebody to ask about it.
    """
    names = set(known.__annotations__) | set(ResumeOptions.__annotations__)
    for name in options:
        if name not in names | _HIDDEN:
            near = difflib.get_close_matches(name, names, 1)
            hint = f'; did you mean "{near[0]}"?' if near else f"; there are {', '.join(sorted(names))}"
            raise UnknownFieldError._make(f"{name}: a run has no such setting{hint}", path=name)
    if options.get("sample") is not None and options.get("confirm") is None:
        message = "somebody has to be asked whether the rest follows: give `confirm` too"
        raise ValidationError._make(f"sample: {message}", path="sample")
    if options.get("max_cost") is not None and options.get("price") is None:
        message = "without a price nothing is known to cost anything: give `price` too"
        raise ValidationError._make(f"max_cost: {message}", path="max_cost")
