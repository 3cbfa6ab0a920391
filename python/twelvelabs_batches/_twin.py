"""What both faces share: how a documented method shows itself."""

from __future__ import annotations

import re
import typing

_Method = typing.TypeVar("_Method", bound=typing.Callable[..., typing.Any])

_VERBS = "create|check|list|retrieve|results|cancel|delete|wait|wait_for_done|resubmit|close"
_TO_ASYNC = (
    (re.compile(r"\bfor (\w+) in client\.(results|as_completed)\("), r"async for \1 in client.\2("),
    (re.compile(r"\bfor (\w+) in client\.list\("), r"async for \1 in await client.list("),
    (re.compile(r"\bfor (\w+) in client\.resubmit\("), r"async for \1 in await client.resubmit("),
    (re.compile(r"\bfor (\w+) in run\b"), r"async for \1 in run"),
    (re.compile(r"\bwith client\.(results|run)\("), r"async with client.\1("),
    (re.compile(r"(?<!await )\brun\.(to_\w+|wait|collect)\("), r"await run.\1("),
    (re.compile(rf"(?<!in )(?<!await )(?<!with )\bclient\.(?!results\()({_VERBS})\("), r"await client.\1("),
    (re.compile(r"(?<!await )\bplatform\.(analyze_async\.tasks|assets)\."), r"await platform.\1."),
    (re.compile(r"\bTwelveLabs\("), "AsyncTwelveLabs("),
    (re.compile(r"\bBatchesClient\("), "AsyncBatchesClient("),
    (re.compile(r"\bSyncPager\b"), "AsyncPager"),
    (re.compile(r"client\.close\("), "client.aclose("),
)


def to_async(documentation: str) -> str:
    """Turns the examples of the blocking face into those of the asyncio face."""
    for pattern, replacement in _TO_ASYNC:
        documentation = pattern.sub(replacement, documentation)
    return documentation


def document_alike(blocking: type, asynchronous: type) -> None:
    """Gives the asyncio face the documentation of the blocking one."""
    asynchronous.__doc__ = to_async(blocking.__doc__ or "")
    for name, method in vars(asynchronous).items():
        if not method.__doc__ and hasattr(blocking, name):
            method.__doc__ = to_async(getattr(blocking, name).__doc__ or "")


def returns(annotation: str) -> typing.Callable[[_Method], _Method]:
    """Shows the documented return type where the real one can do more."""

    def annotate(method: _Method) -> _Method:
        method.__annotations__["return"] = annotation
        return method

    return annotate
