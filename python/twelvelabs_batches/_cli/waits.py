"""Waiting for a batch, with something to look at."""

from __future__ import annotations

import typing

import click

from .._progress import Watcher, open_progress
from .exits import Exit
from .failures import Interrupted, Stop
from .notes import noted
from .problems import count
from .screen import command_of

if typing.TYPE_CHECKING:
    from .. import AnalyzeBatchStatusResponse, BatchesClient

__all__ = [
    "Patience",
    "check_items",
    "check_status",
    "fail_flag",
    "patience_flags",
    "stopped_waiting",
    "wait_for",
    "watch",
]

fail_flag = click.option(
    "--fail-on-item-error",
    "is_strict",
    is_flag=True,
    help="End with status 1 if an item failed or was canceled.",
)


class Patience(typing.NamedTuple):
    """How a batch is waited for."""

    timeout: typing.Optional[float]
    poll_interval: typing.Optional[float]


def patience_flags(function: typing.Callable[..., None]) -> typing.Callable[..., None]:
    """Gives a command the flags about waiting."""
    for flag in (
        click.option(
            "--poll-interval",
            type=click.FloatRange(min=0, min_open=True),
            metavar="SECONDS",
            help="Pause between two looks. [default: grows from 1 to 60]",
        ),
        click.option(
            "--timeout",
            "wait_timeout",
            type=click.FloatRange(min=0),
            metavar="SECONDS",
            help="How long to wait at most; 0 looks once. [default: until the batch has ended]",
        ),
    ):
        function = flag(function)
    return function


class _Bar:
    """Shows how a batch goes on; what to do after an interruption is told by the command."""

    def __init__(self, batch_id: str) -> None:
        self._watcher: Watcher = open_progress(batch_id)
        self.update, self.trouble, self.close = (
            self._watcher.update,
            self._watcher.trouble,
            self._watcher.close,
        )

    def interrupt(self) -> None:
        self._watcher.close()


def watch(batch_id: str) -> _Bar:
    """Something that shows how a batch goes on."""
    return _Bar(batch_id)


def wait_for(client: BatchesClient, batch_id: str, patience: Patience) -> AnalyzeBatchStatusResponse:
    """Waits until a batch has ended; Ctrl-C ends the waiting, and tells how to go on."""
    try:
        return client.wait(
            batch_id,
            timeout=patience.timeout,
            poll_interval=patience.poll_interval,
            progress=watch(batch_id),
        )
    except KeyboardInterrupt:
        raise stopped_waiting(batch_id) from None


def stopped_waiting(batch_id: str) -> Interrupted:
    """What is told when nobody waits any more."""
    again = noted("again") or command_of("wait", batch_id)
    return Interrupted(f"Stopped waiting; the batch goes on. To wait for it again: {again}")


def check_status(batch: AnalyzeBatchStatusResponse) -> None:
    """Ends the command if a batch that was waited for did not become `completed`.

    Raises:
        Stop: It was canceled, or has expired.
    """
    if batch.status != "completed":
        raise Stop(Exit.WRONG, f"the batch {batch.batch_id} is {batch.status}, not completed")


def check_items(batch: AnalyzeBatchStatusResponse) -> None:
    """Ends the command if items of a batch have no answer.

    Raises:
        Stop: Some have failed or were canceled.
    """
    failed, canceled = batch.failed_items, batch.canceled_items
    if failed or canceled:
        told = [
            f"{number:,} {word}" for number, word in ((failed, "failed"), (canceled, "canceled")) if number
        ]
        items = count(batch.total_items, "item")
        raise Stop(Exit.WRONG, f"of {items} of the batch {batch.batch_id}, {' and '.join(told)}")
