"""Where the vendor's SDK has its pagers."""

from .._pager import AsyncPager, SyncPager

__all__ = ["AsyncPager", "SyncPager"]
