"""Where the vendor's SDK has the methods of tasks with their answers."""

from ..._related import AsyncRawTasksClient, RawTasksClient

__all__ = ["AsyncRawTasksClient", "RawTasksClient"]
