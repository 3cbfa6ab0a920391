"""Where the vendor's SDK has the methods of assets with their answers."""

from .._related import AsyncRawAssetsClient, RawAssetsClient

__all__ = ["AsyncRawAssetsClient", "RawAssetsClient"]
