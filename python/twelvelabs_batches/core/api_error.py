"""Where the vendor's SDK has its base error."""

from ..errors import ApiError

__all__ = ["ApiError"]
