"""Where the vendor's SDK has the methods of batches with their answers."""

from ..._raw import AsyncRawBatchesClient, RawBatchesClient
from ...types import OMIT

__all__ = ["OMIT", "AsyncRawBatchesClient", "RawBatchesClient"]
