"""Where the vendor's SDK has tasks."""

from . import client, raw_client

__all__ = ["client", "raw_client"]
