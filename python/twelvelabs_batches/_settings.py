"""What constructors of both faces make of their arguments."""

from __future__ import annotations

import platform
import typing

from . import _native
from .types import Timeout


def open_native(
    *,
    blocking: bool,
    api_key: typing.Optional[str],
    base_url: typing.Optional[str],
    timeout: typing.Union[float, Timeout, None],
    max_retries: typing.Optional[int],
    headers: typing.Optional[typing.Mapping[str, str]],
) -> _native.Client:
    """Makes the native client that a face stands on."""
    return _native.Client(
        blocking=blocking,
        api_key=api_key,
        base_url=base_url,
        timeout=timeout,
        max_retries=max_retries,
        headers=headers,
        user_agent=f"twelvelabs-batches/{_native.__version__} Python/{platform.python_version()}",
    )
