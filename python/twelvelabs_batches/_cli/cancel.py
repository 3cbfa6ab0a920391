"""`twelvelabs-batches cancel`: what has not started is not done."""

from __future__ import annotations

import typing

import click

from .batches import batches_argument, find_batches, for_each
from .connections import Connection, connection_flags
from .problems import count
from .screen import json_flag, put_json, say, suggest, wants_json

if typing.TYPE_CHECKING:
    from .. import AnalyzeBatchStatusResponse

__all__ = ["command"]


@click.command("cancel")
@batches_argument
@json_flag
@connection_flags
def command(*, connection: Connection, names: typing.Tuple[str, ...], as_json: typing.Optional[bool]) -> None:
    """Cancels the items of batches that have not started.

    Items that are being analysed are finished, and billed. BATCH is the identifier of a batch, or `latest`.
    """
    with connection.open() as client:

        def work(batch_id: str) -> None:
            batch = client.cancel(batch_id)
            if wants_json(as_json):
                put_json(batch.json(by_alias=True, exclude_unset=True))
            _tell(batch)

        for_each(find_batches(client, names), work)


def _tell(batch: AnalyzeBatchStatusResponse) -> None:
    canceled = batch.queued_items + batch.canceled_items
    say(f"The batch {batch.batch_id} is {batch.status}: {count(canceled, 'item')} will not be analysed.")
    if batch.processing_items:
        say(f"{count(batch.processing_items, 'item')} in the works will be finished, and billed.")
    suggest("wait" if batch.is_active else "results", batch.batch_id)
