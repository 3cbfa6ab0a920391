"""Where the vendor's SDK has its clients."""

from ._platform import AsyncTwelveLabs, TwelveLabs

__all__ = ["AsyncTwelveLabs", "TwelveLabs"]
