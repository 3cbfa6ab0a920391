"""`twelvelabs-batches delete`: batches that have ended, and their results."""

from __future__ import annotations

import typing

import click

from .batches import batches_argument, find_batches, for_each
from .connections import Connection, connection_flags
from .exits import Exit
from .failures import Stop
from .problems import count
from .screen import can_ask, put_text, say

if typing.TYPE_CHECKING:
    from .. import BatchesClient

__all__ = ["command"]


@click.command("delete")
@batches_argument
@click.option("-y", "--yes", "is_sure", is_flag=True, help="Do not ask.")
@connection_flags
def command(*, connection: Connection, names: typing.Tuple[str, ...], is_sure: bool) -> None:
    """Deletes batches that are completed, canceled or expired, with their results.

    BATCH is the identifier of a batch, or `latest`. Puts out the identifiers of what was deleted. Batches
    are deleted by themselves 30 days after they were created.
    """
    if not is_sure and not can_ask():
        raise click.UsageError("there is nobody to ask: --yes deletes without asking")
    with connection.open() as client:
        batch_ids = find_batches(client, names)
        if not is_sure:
            _ask(client, batch_ids)

        def work(batch_id: str) -> None:
            client.delete(batch_id)
            put_text(batch_id)

        for_each(batch_ids, work)


def _ask(client: BatchesClient, batch_ids: typing.Sequence[str]) -> None:
    """Goes on only if somebody agrees."""
    for batch_id in batch_ids:
        batch = client.retrieve(batch_id)
        say(f"{batch_id}  {batch.status}, {count(batch.total_items, 'item')}, {batch.ready_items:,} ready")
    what = "this batch and its" if len(batch_ids) == 1 else f"these {len(batch_ids):,} batches and their"
    if not click.confirm(f"Delete {what} results for ever?", err=True):
        raise Stop(Exit.WRONG, "nothing was deleted")
