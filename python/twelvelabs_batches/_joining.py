"""Requests and their results."""

from __future__ import annotations

import typing
from collections import Counter
from collections.abc import Iterable, Mapping

from ._native import BatchItemRequest, BatchResultItem, CreateAnalyzeBatchResponse
from .errors import ValidationError

if typing.TYPE_CHECKING:
    from ._params import BatchItemRequestInput

__all__ = ["Created", "Pair", "Request", "Requests", "pair"]

Requests = typing.Optional[typing.Iterable[typing.Any]]
Created = typing.Optional[CreateAnalyzeBatchResponse]

Request = typing.TypeVar("Request", bound="BatchItemRequestInput")


class Pair(typing.NamedTuple):
    """A request, its task as far as that is known, and its result if it has one."""

    request: typing.Any
    task_id: typing.Optional[str]
    item: typing.Optional[BatchResultItem]


def pair(
    items: typing.Sequence[BatchResultItem],
    requests: typing.Iterable[typing.Any],
    created: Created = None,
) -> typing.List[Pair]:
    """Finds the result of each request, in the order of the requests.

    Raises:
        ValidationError: It cannot be told which result is whose.
    """
    requests = _list(requests)
    names = [_read_name(request, f"requests[{index}]") for index, request in enumerate(requests)]
    _refuse_repeats(names)
    if created is None:
        pairs = _by_name(items, requests, names)
    else:
        by_task = {item.task_id: item for item in items}
        tasks = _tasks(names, _created_items(created))
        pairs = [
            Pair(request, task, by_task.get(task)) for request, task in zip(requests, tasks, strict=True)
        ]
    if items and pairs and all(each.item is None for each in pairs):
        raise _refuse("requests", f"none of the {len(items)} results is of any of these: another batch's?")
    return pairs


def _list(requests: typing.Any) -> typing.List[typing.Any]:
    if not isinstance(requests, Iterable) or isinstance(requests, (str, bytes, Mapping, BatchItemRequest)):
        raise _refuse("requests", f"the requests of a batch are expected, not {type(requests).__name__}")
    return list(requests)


def _read_name(request: typing.Any, place: str) -> typing.Optional[str]:
    name = _custom_id(request)
    if name is not None and not isinstance(name, str):
        raise _refuse(f"{place}.custom_id", f"a str is expected, not {type(name).__name__}")
    return name


def _by_name(
    items: typing.Sequence[BatchResultItem],
    requests: typing.List[typing.Any],
    names: typing.List[typing.Optional[str]],
) -> typing.List[Pair]:
    for index, name in enumerate(names):
        if name is None:
            raise _refuse(
                f"requests[{index}].custom_id",
                "without one its result is found only by its task: pass what `create` returned as `created`",
            )
    found = {item.custom_id: item for item in items}
    return [
        Pair(request, item.task_id if item else None, item)
        for request, name in zip(requests, names, strict=True)
        for item in [found.get(name)]
    ]


def _tasks(names: typing.List[typing.Optional[str]], created: typing.List[typing.Any]) -> typing.List[str]:
    """The task of each request: the platform tells them in the order of the requests."""
    if len(created) != len(names):
        raise _refuse("created", f"it has {len(created)} items, and there are {len(names)} requests")
    by_name = {_custom_id(item): _field(item, "task_id") for item in created}
    tasks = []
    for index, (name, item) in enumerate(zip(names, created, strict=True)):
        task = _field(item, "task_id") if _custom_id(item) == name else by_name.get(name)
        if task is None or (name is None and _custom_id(item) is not None):
            raise _refuse(
                f"created.items[{index}].custom_id",
                f"it is {_custom_id(item)!r}, and that of requests[{index}] is {name!r}: another batch's?",
            )
        tasks.append(typing.cast("str", task))
    return tasks


def _created_items(created: typing.Any) -> typing.List[typing.Any]:
    items = _field(created, "items")
    if not isinstance(items, (list, tuple)):
        raise _refuse("created", f"what `create` returned is expected, not {type(created).__name__}")
    return list(items)


def _refuse_repeats(names: typing.List[typing.Optional[str]]) -> None:
    for name, count in Counter(names).items():
        if name is not None and count > 1:
            first, second = [index for index, each in enumerate(names) if each == name][:2]
            raise _refuse(
                f"requests[{second}].custom_id",
                f"{name!r} is that of requests[{first}] too: it must be unique",
            )


def _custom_id(thing: typing.Any) -> typing.Optional[str]:
    return typing.cast("typing.Optional[str]", _field(thing, "custom_id"))


def _field(thing: typing.Any, name: str) -> typing.Any:
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)


def _refuse(path: str, message: str) -> Exception:
    return ValidationError._make(f"{path}: {message}", path=path)
