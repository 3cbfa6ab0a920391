"""Where the vendor's SDK has what `client.analyze_async` is."""

from .._platform import AnalyzeAsyncClient, AsyncAnalyzeAsyncClient

__all__ = ["AnalyzeAsyncClient", "AsyncAnalyzeAsyncClient"]
