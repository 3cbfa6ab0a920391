"""`twelvelabs-batches wait`: until batches have ended."""

from __future__ import annotations

import time
import typing

import click

from .batches import batches_argument, find_batches, for_each
from .connections import Connection, connection_flags
from .exits import Exit
from .screen import json_flag
from .show import put_batch
from .waits import Patience, check_items, fail_flag, patience_flags, wait_for

__all__ = ["command"]


@click.command("wait")
@batches_argument
@patience_flags
@fail_flag
@json_flag
@connection_flags
def command(
    *,
    connection: Connection,
    names: typing.Tuple[str, ...],
    wait_timeout: typing.Optional[float],
    poll_interval: typing.Optional[float],
    is_strict: bool,
    as_json: typing.Optional[bool],
) -> None:
    """Waits until batches are completed, canceled or expired; then puts out their state.

    BATCH is the identifier of a batch, or `latest`. Several are waited for until the last has ended;
    --timeout is for all of them together. Ctrl-C ends the waiting and leaves the batches alone.

    Ends with status 0 if all are completed, even if items have failed; with 1 if one was canceled or has
    expired; with 3 if the time to wait is over.
    """
    deadline = None if wait_timeout is None else time.monotonic() + wait_timeout

    with connection.open() as client:
        batch_ids = find_batches(client, names)

        def work(batch_id: str) -> Exit:
            left = None if deadline is None else round(max(0.0, deadline - time.monotonic()), 1)
            batch = wait_for(client, batch_id, Patience(left, poll_interval))
            put_batch(batch, as_json, is_only=len(batch_ids) == 1)
            if is_strict:
                check_items(batch)
            return Exit.FINE if batch.status == "completed" else Exit.WRONG

        for_each(batch_ids, work)
