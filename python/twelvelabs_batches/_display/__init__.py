"""How objects show themselves in notebooks: as HTML, without scripts and without asking anybody."""

from __future__ import annotations

import typing

from . import batches, related, results, tables
from .answers import show_analysis

if typing.TYPE_CHECKING:
    from .markup import Markup

__all__ = ["html", "render"]

_SHOWN: typing.Dict[str, typing.Callable[[typing.Any], Markup]] = {
    "AnalyzeBatchStatusResponse": batches.show_batch,
    "AnalyzeTaskResult": show_analysis,
    "AnalyzeTaskResponse": related.show_task,
    "AssetDetail": related.show_asset,
    "AsyncPage": batches.show_page,
    "AsyncPager": batches.show_pager,
    "AsyncResults": results.show_stream,
    "BatchResultItem": results.show_item,
    "CheckReport": tables.show_report,
    "CreateAnalyzeBatchResponse": batches.show_created,
    "Emulator": related.show_emulator,
    "MalformedRow": results.show_malformed,
    "ResultColumns": results.show_columns,
    "ResultList": results.show_list,
    "Results": results.show_stream,
    "SegmentTable": tables.show_table,
    "SyncPage": batches.show_page,
    "SyncPager": batches.show_pager,
}


def html(thing: object) -> typing.Optional[str]:
    """An object as HTML; `None` if it cannot be shown so, and its `repr` is to be."""
    try:
        shown = render(thing)
    except Exception:  # noqa: BLE001 - an object that is odd is shown in plain text, not as an error
        return None
    return None if shown is None else str.__str__(shown)


def render(thing: object) -> typing.Optional[Markup]:
    """An object as HTML; `None` if it is of no class that is shown so."""
    for kind in type(thing).__mro__:
        if kind.__name__ in _SHOWN and kind.__module__.partition(".")[0] == "twelvelabs_batches":
            return _SHOWN[kind.__name__](thing)
    return None
