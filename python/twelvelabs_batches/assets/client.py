"""Where the vendor's SDK has what `client.assets` is."""

from .._related import AssetsClient, AsyncAssetsClient, AsyncRawAssetsClient, RawAssetsClient

__all__ = ["AssetsClient", "AsyncAssetsClient", "AsyncRawAssetsClient", "RawAssetsClient"]
