"""Where the vendor's SDK has what `client.analyze_async.tasks` is."""

from ..._related import AsyncRawTasksClient, AsyncTasksClient, RawTasksClient, TasksClient

__all__ = ["AsyncRawTasksClient", "AsyncTasksClient", "RawTasksClient", "TasksClient"]
