"""Where the vendor's SDK has the words of batches."""

from ...types import (
    BatchesListRequestAnalysisModeItem,
    CreateAnalyzeBatchRequestAnalysisMode,
    CreateAnalyzeBatchRequestModelName,
)

__all__ = [
    "BatchesListRequestAnalysisModeItem",
    "CreateAnalyzeBatchRequestAnalysisMode",
    "CreateAnalyzeBatchRequestModelName",
]
