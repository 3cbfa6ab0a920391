"""`twelvelabs-batches list`: the batches of an account."""

from __future__ import annotations

import itertools
import typing

import click

from .connections import Connection, connection_flags
from .screen import has_people, json_flag, put_json, put_text, say, suggest, wants_json

__all__ = ["command"]

_STATUSES = ("pending", "processing", "canceling", "completed", "canceled", "expired")
_MODES = ("general", "time_based_metadata")
_LARGEST_PAGE = 50


@click.command("list")
@click.option("--status", type=click.Choice(_STATUSES), multiple=True, help="Only these; may be repeated.")
@click.option("--mode", type=click.Choice(_MODES), multiple=True, help="Only these; may be repeated.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many at most.")
@click.option("--all", "is_all", is_flag=True, help="All of them, instead of a limit.")
@click.option("-q", "--quiet", is_flag=True, help="Only their identifiers, one on a line.")
@json_flag
@connection_flags
def command(
    *,
    connection: Connection,
    status: typing.Tuple[str, ...],
    mode: typing.Tuple[str, ...],
    limit: int,
    is_all: bool,
    quiet: bool,
    as_json: typing.Optional[bool],
) -> None:
    """Lists your batches, newest first."""
    with connection.open() as client:
        pager = client.list(
            page_limit=_LARGEST_PAGE if is_all else min(limit, _LARGEST_PAGE),
            status=list(status) or None,
            analysis_mode=list(mode) or None,
        )
        batches = pager if is_all else itertools.islice(pager, limit)
        if quiet:
            for batch in batches:
                put_text(batch.batch_id)
        elif wants_json(as_json):
            for batch in batches:
                put_json(batch.json(by_alias=True, exclude_unset=True))
        else:
            _show(list(batches), pager.total_results)


def _show(batches: typing.List[typing.Any], total: typing.Optional[int]) -> None:
    from .tables import print_batches  # noqa: PLC0415 - loads rich

    if not batches:
        say("There is no such batch.")
        suggest("create", "manifest.jsonl")
        return
    print_batches(batches)
    if has_people() and total is not None and total > len(batches):
        say(f"{len(batches):,} of {total:,} batches; --all shows the others.", dim=True)
    suggest("show", batches[0].batch_id)
