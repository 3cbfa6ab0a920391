"""`twelvelabs-batches demo`: the main job, on the emulator."""

from __future__ import annotations

import importlib.resources
import json
import time
import typing

import click

from .. import BatchesClient, Emulator

if typing.TYPE_CHECKING:
    from .. import AnalyzeBatchStatusResponse, BatchResultItem

_TERMINAL = {"completed", "canceled", "expired"}
_BETWEEN_POLLS = 0.2


def _read_manifest() -> typing.Dict[str, typing.Any]:
    source = importlib.resources.files(__name__.rpartition(".")[0]).joinpath("demo.json")
    return typing.cast("typing.Dict[str, typing.Any]", json.loads(source.read_text("utf-8")))


@click.command()
def demo() -> None:
    """Submits a batch to an emulator on this machine, watches it, and shows its results.

    Needs no key, no network, and a few seconds.
    """
    from rich.console import Console  # noqa: PLC0415 - rich takes a while to load

    manifest = _read_manifest()
    console = Console(highlight=False)
    with Emulator() as platform, BatchesClient(platform.api_key, base_url=platform.base_url) as client:
        for asset in manifest["assets"]:
            platform.add_asset(**asset)
        console.print(f"The platform is emulated at {platform.base_url}.")
        created = client.create(**manifest["batch"])
        console.print(f"Created batch {created.batch_id} with {created.total_items} items.")
        batch = _watch(console, client, created.batch_id)
        _show(console, batch, client.results(created.batch_id))


def _watch(console: typing.Any, client: BatchesClient, batch_id: str) -> AnalyzeBatchStatusResponse:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (
        TextColumn("{task.description:<10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[counts]}"),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", counts="")
        while True:
            batch = client.retrieve(batch_id)
            ended = batch.ready_items + batch.failed_items + batch.canceled_items
            counts = f"{batch.ready_items} ready, {batch.failed_items} failed"
            progress.update(
                task, description=batch.status, completed=ended, total=batch.total_items, counts=counts
            )
            if batch.status in _TERMINAL:
                return batch
            time.sleep(_BETWEEN_POLLS)


def _show(
    console: typing.Any, batch: AnalyzeBatchStatusResponse, rows: typing.Iterable[BatchResultItem]
) -> None:
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table("item", "status", "tokens", "text")
    tokens = 0
    for row in rows:
        colour = {"ready": "green", "failed": "red"}.get(row.status, "yellow")
        used = row.data.usage.output_tokens if row.data else 0
        tokens += used
        table.add_row(
            row.custom_id or row.task_id,
            Text(row.status, colour),
            Text(str(used) if used else "", justify="right"),
            # Prose is cut where the line ends; what went wrong is told whole.
            Text(_tell(row), no_wrap=row.error is None, overflow="ellipsis"),
        )
    console.print(table)
    console.print(
        f"{batch.ready_items} ready, {batch.failed_items} failed, {tokens} tokens written.\n"
        "Next: twelvelabs-batches emulator --port 8080"
    )


def _tell(row: BatchResultItem) -> str:
    if row.error:
        return f"{row.error.code or 'error'}: {row.error.message}"
    return " ".join(row.data.data.split()) if row.data else ""
