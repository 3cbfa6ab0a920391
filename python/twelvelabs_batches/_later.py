"""What is loaded when it is first asked for: the import of the package stays light."""

from __future__ import annotations

import importlib
import typing

__all__ = ["load"]

_MODULES = {
    "Segment": "_segment",
    "SegmentRow": "_segments",
    "SegmentTable": "_segments",
    "SkippedItem": "_segments",
    "response_format_of": "_schema",
    "segment_definition_of": "_segment_fields",
    "segment_fields_of": "_segment_fields",
    "segments_of": "_segments",
}


def load(name: str) -> typing.Any:
    """Loads a public name of the package.

    Raises:
        AttributeError: There is no such name.
    """
    if name not in _MODULES:
        raise AttributeError(f"module {__package__!r} has no attribute {name!r}", name=name)
    return getattr(importlib.import_module(f".{_MODULES[name]}", __package__), name)
