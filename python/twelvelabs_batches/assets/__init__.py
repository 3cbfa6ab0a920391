"""Where the vendor's SDK has assets."""

from . import client, raw_client

__all__ = ["client", "raw_client"]
