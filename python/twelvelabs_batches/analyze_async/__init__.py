"""Where the vendor's SDK has analyses that are waited for: batches and tasks."""

from . import batches, client, tasks
from .batches import (
    BatchesListRequestAnalysisModeItem,
    CreateAnalyzeBatchRequestAnalysisMode,
    CreateAnalyzeBatchRequestModelName,
)

__all__ = [
    "BatchesListRequestAnalysisModeItem",
    "CreateAnalyzeBatchRequestAnalysisMode",
    "CreateAnalyzeBatchRequestModelName",
    "batches",
    "client",
    "tasks",
]
