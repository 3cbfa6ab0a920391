"""Where the vendor's SDK has what is common to its clients."""

from .api_error import ApiError
from .http_response import AsyncHttpResponse, HttpResponse
from .pagination import AsyncPager, SyncPager
from .request_options import RequestOptions

__all__ = ["ApiError", "AsyncHttpResponse", "AsyncPager", "HttpResponse", "RequestOptions", "SyncPager"]
