"""Where the vendor's SDK has batches."""

from .types import (
    BatchesListRequestAnalysisModeItem,
    CreateAnalyzeBatchRequestAnalysisMode,
    CreateAnalyzeBatchRequestModelName,
)

__all__ = [
    "BatchesListRequestAnalysisModeItem",
    "CreateAnalyzeBatchRequestAnalysisMode",
    "CreateAnalyzeBatchRequestModelName",
]
