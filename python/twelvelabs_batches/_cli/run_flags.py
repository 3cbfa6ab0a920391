"""The flags about how a run is done."""

from __future__ import annotations

import typing

import click

__all__ = ["driving_flags", "guard_flags", "options_of"]

_DRIVING = (
    click.option(
        "--max-active",
        type=click.IntRange(1, 5),
        metavar="N",
        help="Batches of this run that may be active at once, 1 to 5. [default: 5]",
    ),
    click.option(
        "--batch-size", type=click.IntRange(1, 1000), metavar="N", help="Items of a batch. [default: 1000]"
    ),
    click.option(
        "--max-attempts",
        "max_item_attempts",
        type=click.IntRange(1, 100),
        metavar="N",
        help="How often an item is submitted at most. [default: 2]",
    ),
    click.option("--account", metavar="NAME", help="The account's name in the journal, if the key is new."),
    click.option(
        "--poll-interval",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="Pause between two looks at a batch. [default: grows from 1 to 60]",
    ),
)

_GUARDS = (
    click.option("--max-items", type=click.IntRange(0), metavar="N", help="Items to submit at most."),
    click.option(
        "--max-hours", type=click.FloatRange(0), metavar="HOURS", help="Hours of video to submit at most."
    ),
    click.option(
        "--max-cost",
        type=click.FloatRange(0),
        metavar="MONEY",
        help="Money for them at most, by --price-per-hour.",
    ),
    click.option(
        "--price-per-hour", type=click.FloatRange(0), metavar="MONEY", help="What an hour of video costs."
    ),
    click.option(
        "--ask-durations",
        is_flag=True,
        default=None,
        help="Ask how long videos are first: a request an item.",
    ),
    click.option(
        "--max-failed-share",
        type=click.FloatRange(0, 1),
        metavar="SHARE",
        help="Stop if more of the outcomes are failures, 0 to 1.",
    ),
    click.option(
        "--sample",
        type=click.IntRange(1, 1000),
        metavar="N",
        help="Do so many first, then ask about the rest.",
    ),
    click.option("-y", "--yes", "is_sure", is_flag=True, help="Do not ask after the sample."),
)

_NAMES = (
    "max_active",
    "batch_size",
    "max_item_attempts",
    "account",
    "poll_interval",
    "max_items",
    "max_hours",
    "max_cost",
    "ask_durations",
    "max_failed_share",
    "sample",
)


def _add(
    flags: typing.Sequence[typing.Any], function: typing.Callable[..., None]
) -> typing.Callable[..., None]:
    for flag in reversed(flags):
        function = flag(function)
    return function


def driving_flags(function: typing.Callable[..., None]) -> typing.Callable[..., None]:
    """Gives a command the flags about how batches are submitted."""
    return _add(_DRIVING, function)


def guard_flags(function: typing.Callable[..., None]) -> typing.Callable[..., None]:
    """Gives a command the flags about what ends a run early."""
    return _add(_GUARDS, function)


def options_of(flags: typing.Mapping[str, typing.Any]) -> typing.Dict[str, typing.Any]:
    """The settings of a run that flags give.

    Raises:
        click.UsageError: One lacks another.
    """
    from .._run_report import Price  # noqa: PLC0415 - only where runs are

    options = {name: flags[name] for name in _NAMES if flags.get(name) is not None}
    if flags.get("price_per_hour") is not None:
        options["price"] = Price(hour=flags["price_per_hour"])
    elif "max_cost" in options:
        raise click.UsageError(
            "--max-cost goes with --price-per-hour: the platform does not tell what it costs"
        )
    return options
