"""What is beside batches, behind both faces: the way in, tasks and assets."""

from __future__ import annotations

import typing

import httpx

import twelvelabs_batches as tb
from faces import Target, run

AnyPlatform = typing.Union[tb.TwelveLabs, tb.AsyncTwelveLabs]
FACES: typing.List[typing.Type[AnyPlatform]] = [tb.TwelveLabs, tb.AsyncTwelveLabs]


def make(kind: typing.Type[AnyPlatform], target: Target, **settings: typing.Any) -> AnyPlatform:
    """A client of that face; settings fit or not."""
    settings = {"api_key": target.api_key, "base_url": target.base_url, **settings}
    return kind(**settings)


def task(client: AnyPlatform, task_id: str, **options: typing.Any) -> tb.AnalyzeTaskResponse:
    """Reads a task through either face."""
    if isinstance(client, tb.AsyncTwelveLabs):
        return run(client.analyze_async.tasks.retrieve(task_id, **options))
    return client.analyze_async.tasks.retrieve(task_id, **options)


def asset(client: AnyPlatform, asset_id: str, **options: typing.Any) -> tb.AssetDetail:
    """Reads an asset through either face."""
    if isinstance(client, tb.AsyncTwelveLabs):
        return run(client.assets.retrieve(asset_id, **options))
    return client.assets.retrieve(asset_id, **options)


def batch(client: AnyPlatform, batch_id: str) -> tb.AnalyzeBatchStatusResponse:
    """Reads a batch through either face."""
    if isinstance(client, tb.AsyncTwelveLabs):
        return run(client.analyze_async.batches.retrieve(batch_id))
    return client.analyze_async.batches.retrieve(batch_id)


def close(client: AnyPlatform) -> None:
    """Closes a client of either face."""
    if isinstance(client, tb.AsyncTwelveLabs):
        run(client.aclose())
    else:
        client.close()


def httpx_client(kind: typing.Type[AnyPlatform], **settings: typing.Any) -> typing.Any:
    """A client of httpx that fits a face."""
    return (httpx.Client if kind is tb.TwelveLabs else httpx.AsyncClient)(**settings)
