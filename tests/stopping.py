"""Runs that go wrong, each in its own way."""

from __future__ import annotations

import pathlib
import tempfile
import typing

import twelvelabs_batches as tb

ITEM = {"video": {"type": "asset_id", "asset_id": "6a0000000000000000000001"}}
DEFAULTS: typing.Any = {"prompt": {"input_text": "Sum up."}}


def begin(client: tb.BatchesClient, journal: pathlib.Path | None = None, **options: typing.Any) -> tb.Run:
    """A run of a single item."""
    run = client.run(
        [typing.cast("typing.Any", ITEM)],
        model_name="pegasus1.5",
        analysis_mode="general",
        defaults=DEFAULTS,
        journal=journal,
        **options,
    )
    return typing.cast("tb.Run", run)


def no_journal(client: tb.BatchesClient) -> object:
    """A file that is none."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "run.db")
        path.write_bytes(b"a text, and no database at all" * 100)
        return begin(client, path)


def in_use(client: tb.BatchesClient) -> object:
    """A journal that another run writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "run.db")
        with begin(client, path):
            return begin(client, path)


def stopped(client: tb.BatchesClient) -> object:
    """A guard that lets nothing through."""
    return list(begin(client, max_items=0))


def with_gaps(client: tb.BatchesClient) -> object:
    """The same in order, and iterated on."""
    run = begin(client, max_items=0, ordered=True)
    try:
        return next(run)
    except tb.RunStoppedError:
        return next(run)
