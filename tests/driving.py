"""Runs driven through either face."""

from __future__ import annotations

import asyncio
import collections
import typing

import twelvelabs_batches as tb
from faces import PROMPT, Face, item
from faces import run as run_awaitable

Outcomes = typing.List[typing.Any]

SETTINGS: dict[str, typing.Any] = {
    "model_name": "pegasus1.5",
    "analysis_mode": "general",
    "defaults": PROMPT,
    "batch_size": 10,
    "poll_interval": 0.003,
}


def items(count: int, first: int = 0) -> list[typing.Any]:
    return [item(n) for n in range(first, first + count)]


def begin(face: Face, requests: typing.Any, **settings: typing.Any) -> typing.Any:
    """A run, or a plan."""
    begun = face.client.run(requests, **{**SETTINGS, **settings})
    return run_awaitable(begun) if asyncio.iscoroutine(begun) else begun


def outcomes(run: typing.Any, most: int | None = None) -> Outcomes:
    """Outcomes to the end, or so many; then the run is left."""
    if isinstance(run, tb.Run):
        with run:
            return take(run, most)

    async def work() -> Outcomes:
        found: Outcomes = []
        async with run:
            async for outcome in run:
                found.append(outcome)
                if len(found) == most:
                    break
        return found

    return run_awaitable(work())


def take(run: tb.Run, most: int | None) -> Outcomes:
    found: Outcomes = []
    for outcome in run:
        found.append(outcome)
        if len(found) == most:
            break
    return found


def made(run: typing.Any, method: str, *arguments: typing.Any) -> typing.Any:
    """What an export gives; then the run is left."""
    if isinstance(run, tb.Run):
        with run:
            return getattr(run, method)(*arguments)

    async def work() -> typing.Any:
        async with run:
            return await getattr(run, method)(*arguments)

    return run_awaitable(work())


def counts(found: Outcomes) -> dict[str, int]:
    return dict(collections.Counter(outcome.status for outcome in found))
