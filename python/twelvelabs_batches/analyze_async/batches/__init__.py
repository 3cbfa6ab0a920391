"""Where the vendor's SDK has batches."""

from . import client, raw_client, types
from .types import (
    BatchesListRequestAnalysisModeItem,
    CreateAnalyzeBatchRequestAnalysisMode,
    CreateAnalyzeBatchRequestModelName,
)

__all__ = [
    "BatchesListRequestAnalysisModeItem",
    "CreateAnalyzeBatchRequestAnalysisMode",
    "CreateAnalyzeBatchRequestModelName",
    "client",
    "raw_client",
    "types",
]
