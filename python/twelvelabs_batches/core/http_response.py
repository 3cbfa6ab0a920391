"""Where the vendor's SDK has its answers."""

from .._responses import AsyncHttpResponse, HttpResponse

__all__ = ["AsyncHttpResponse", "HttpResponse"]
