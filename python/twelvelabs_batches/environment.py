"""Where the platform is."""

from __future__ import annotations

import enum

__all__ = ["TwelveLabsEnvironment"]


class TwelveLabsEnvironment(enum.Enum):
    """Where the platform is; there is but one."""

    DEFAULT = "https://api.twelvelabs.io/v1.3"
