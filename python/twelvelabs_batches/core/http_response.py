"""Where the vendor's SDK has its answers."""

from .._responses import AsyncHttpResponse, BaseHttpResponse, HttpResponse

__all__ = ["AsyncHttpResponse", "BaseHttpResponse", "HttpResponse"]
