"""What is loaded when it is first asked for: the import of the package stays light."""

from __future__ import annotations

import importlib
import typing

__all__ = ["load"]

_MODULES = {
    "AsyncBatchesClient": "_async_client",
    "AsyncResults": "_async_client",
    "AsyncRun": "_async_run",
    "AsyncTwelveLabs": "_platform",
    "Attempt": "_outcomes",
    "Canceled": "_outcomes",
    "Expired": "_outcomes",
    "Failed": "_outcomes",
    "Journal": "_journal",
    "JournalBatch": "_journal",
    "JournalRun": "_journal",
    "Malformed": "_outcomes",
    "Outcome": "_outcomes",
    "Price": "_run_report",
    "Ready": "_outcomes",
    "ResultList": "_collection",
    "ResumeOptions": "_run_options",
    "Run": "_run",
    "RunOptions": "_run_options",
    "RunPlan": "_run_report",
    "RunReport": "_run_report",
    "Segment": "_segment",
    "SegmentRow": "_segments",
    "SegmentTable": "_segments",
    "SkippedItem": "_segments",
    "TwelveLabs": "_platform",
    "response_format_of": "_schema",
    "segment_definition_of": "_segment_fields",
    "segment_fields_of": "_segment_fields",
    "segments_of": "_segments",
}


_SUBMODULES = frozenset({"analyze_async", "assets", "client", "core", "webhooks"})


def load(name: str) -> typing.Any:
    """Loads a public name of the package.

    Raises:
        AttributeError: There is no such name.
    """
    if name in _SUBMODULES:
        return importlib.import_module(f".{name}", __package__)
    if name not in _MODULES:
        raise AttributeError(f"module {__package__!r} has no attribute {name!r}", name=name)
    return getattr(importlib.import_module(f".{_MODULES[name]}", __package__), name)
