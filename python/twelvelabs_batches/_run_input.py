"""The items of a run, read as they are needed."""

from __future__ import annotations

import itertools
import typing
from collections.abc import AsyncIterable, Iterable, Mapping, Sized

from ._run_report import make_plan
from .errors import ValidationError

if typing.TYPE_CHECKING:
    from ._native import RunCore, RunPlanner
    from ._run_report import RunPlan

__all__ = ["Given", "Planning", "Reader", "check_input", "length_of", "split"]

#: As many items are read at once, at most.
_MOST = 200

_PAIR = 2


class Given(typing.NamedTuple):
    """An item as it was given."""

    request: typing.Any
    context: typing.Any


def split(element: typing.Any) -> Given:
    """An item and the object that came with it: a tuple of two is both."""
    if type(element) is tuple and len(element) == _PAIR:
        return Given(*element)
    return Given(element, None)


def check_input(requests: typing.Any, *, may_be_async: bool) -> None:
    """Refuses what is no input.

    Raises:
        ValidationError: It is a single request, a text, or nothing to iterate over.
    """
    kinds = (Iterable, AsyncIterable) if may_be_async else (Iterable,)
    is_one = isinstance(requests, (str, bytes, Mapping)) or hasattr(requests, "video")
    if is_one or not isinstance(requests, kinds):
        word = "an iterable or asynchronous iterable" if may_be_async else "an iterable"
        message = f"{word} of requests is expected, not {type(requests).__name__}"
        raise ValidationError._make(f"requests: {message}", path="requests")
    if hasattr(requests, "to_dict") and hasattr(requests, "columns"):
        message = 'iterating over a table gives its columns: give `table.to_dict("records")`, or its like'
        raise ValidationError._make(f"requests: {message}", path="requests")


def length_of(requests: typing.Any) -> typing.Optional[int]:
    """The number of items, if it can be told beforehand."""
    return len(requests) if isinstance(requests, Sized) else None


class Reader:
    """Gives the core items, and keeps those whose outcomes will come."""

    def __init__(self, core: RunCore, requests: typing.Any) -> None:
        self._core = core
        is_plain = requests is None or isinstance(requests, Iterable)
        self._items: typing.Iterator[typing.Any] = (
            iter(() if requests is None else requests) if is_plain else iter(())
        )
        self._later: typing.Any = None if is_plain else requests
        self._given: typing.Dict[int, Given] = {}

    def read(self, room: int) -> None:
        """Reads up to so many items."""
        elements: typing.List[typing.Any] = []
        try:
            elements.extend(itertools.islice(self._items, min(room, _MOST)))
        except BaseException as error:
            # What it is read with has ended: what comes after would be lost silently.
            self._break(error)
            raise
        self._push(elements)

    async def read_later(self, room: int) -> None:
        """The same for an input that may be asynchronous."""
        if self._later is None:
            self.read(room)
            return
        if not hasattr(self._later, "__anext__"):
            self._later = aiter(self._later)
        elements: typing.List[typing.Any] = []
        try:
            # One after the other: a slow input does not keep those that are there waiting.
            elements.append(await anext(self._later))
        except StopAsyncIteration:
            pass
        except BaseException as error:
            self._break(error)
            raise
        self._push(elements)

    def _push(self, elements: typing.List[typing.Any]) -> None:
        if not elements:
            self._core.end_input()
            return
        given = [split(element) for element in elements]
        admitted = self._core.push([each.request for each in given])
        for (item_id, will_come), each in zip(admitted, given, strict=True):
            if will_come:
                self._given[item_id] = each

    def _break(self, error: BaseException) -> None:
        self._core.break_input(f"reading them ended with {type(error).__name__}: {error}")

    def take(self, item_id: int) -> Given:
        """What was given as an item."""
        return self._given.pop(item_id, Given(None, None))

    def forget(self) -> None:
        """Nobody asks for what was given any more."""
        self._given.clear()


class Planning:
    """Reads a whole input into a plan."""

    def __init__(self, planner: RunPlanner) -> None:
        self._planner = planner

    def read(self, requests: typing.Iterable[typing.Any]) -> RunPlan:
        """The plan of an input."""
        items = iter(requests)
        while elements := [split(each).request for each in itertools.islice(items, _MOST)]:
            self._planner.push(elements)
        return make_plan(self._planner.finish())

    async def read_later(self, requests: typing.Any) -> RunPlan:
        """The same of an input that may be asynchronous."""
        if isinstance(requests, Iterable):
            return self.read(requests)
        elements: typing.List[typing.Any] = []
        async for element in requests:
            elements.append(split(element).request)
            if len(elements) == _MOST:
                self._planner.push(elements)
                elements = []
        if elements:
            self._planner.push(elements)
        return make_plan(self._planner.finish())
