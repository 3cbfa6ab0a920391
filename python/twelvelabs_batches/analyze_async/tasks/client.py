"""Where the vendor's SDK has what `client.analyze_async.tasks` is."""

from ..._related import AsyncTasksClient, TasksClient

__all__ = ["AsyncTasksClient", "TasksClient"]
