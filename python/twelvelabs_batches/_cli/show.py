"""`twelvelabs-batches show`: the state of batches."""

from __future__ import annotations

import typing

import click

from .batches import batches_argument, find_batches, for_each
from .connections import Connection, connection_flags
from .screen import json_flag, put_json, suggest, wants_json

if typing.TYPE_CHECKING:
    from .. import AnalyzeBatchStatusResponse

__all__ = ["command", "put_batch"]


@click.command("show")
@batches_argument
@json_flag
@connection_flags
def command(*, connection: Connection, names: typing.Tuple[str, ...], as_json: typing.Optional[bool]) -> None:
    """Shows the state of batches, and how many of their items are in which.

    BATCH is the identifier of a batch, or `latest`.
    """
    with connection.open() as client:
        batch_ids = find_batches(client, names)
        is_only = len(batch_ids) == 1
        for_each(batch_ids, lambda batch_id: put_batch(client.retrieve(batch_id), as_json, is_only=is_only))


def put_batch(batch: AnalyzeBatchStatusResponse, as_json: typing.Optional[bool], *, is_only: bool) -> None:
    """Puts out a batch; what is next is said after the only one."""
    if wants_json(as_json):
        put_json(batch.json(by_alias=True, exclude_unset=True))
        return
    from .tables import print_batch  # noqa: PLC0415 - loads rich

    print_batch(batch)
    if is_only:
        suggest("results" if batch.is_terminal else "wait", batch.batch_id)
