"""Where the vendor's SDK has the settings of a call."""

from ..types import RequestOptions

__all__ = ["RequestOptions"]
