"""`twelvelabs-batches demo`: the main job, on the emulator."""

from __future__ import annotations

import importlib.resources
import json
import sys
import typing

import click

from .. import BatchesClient, Emulator

__all__ = ["command"]


def _read_manifest() -> typing.Dict[str, typing.Any]:
    source = importlib.resources.files(__name__.rpartition(".")[0]).joinpath("demo.json")
    return typing.cast("typing.Dict[str, typing.Any]", json.loads(source.read_text("utf-8")))


@click.command("demo")
def command() -> None:
    """Submits a batch to an emulator on this machine, watches it, and shows its results.

    Needs no key, no network, and a few seconds.
    """
    from .tables import print_results  # noqa: PLC0415 - rich takes a while to load

    manifest = _read_manifest()
    with Emulator() as platform, BatchesClient(platform.api_key, base_url=platform.base_url) as client:
        for asset in manifest["assets"]:
            platform.add_asset(**asset)
        click.echo(f"The platform is emulated at {platform.base_url}.")
        created = client.create(**manifest["batch"])
        click.echo(f"Created batch {created.batch_id} with {created.total_items} items.")
        batch = client.wait(created.batch_id, poll_interval=0.2, progress=sys.stderr.isatty())
        rows = client.results(created.batch_id).collect()
        print_results(rows)
        click.echo(
            f"{batch.ready_items} ready, {batch.failed_items} failed, {rows.output_tokens} tokens written.\n"
            "Next: twelvelabs-batches emulator --port 8080"
        )
