"""Where the vendor's SDK has what `client.analyze_async.batches` is."""

from ..._async_client import AsyncBatchesClient
from ..._client import BatchesClient
from ..._raw import AsyncRawBatchesClient, RawBatchesClient
from ...types import OMIT

__all__ = ["OMIT", "AsyncBatchesClient", "AsyncRawBatchesClient", "BatchesClient", "RawBatchesClient"]
