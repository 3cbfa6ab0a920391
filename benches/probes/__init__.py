"""What needs more than contenders in turn: processes of its own, or a server with a mind."""

from __future__ import annotations

import dataclasses
import typing

from ..worker import Worker

if typing.TYPE_CHECKING:
    from ..figures import Value


@dataclasses.dataclass
class Context:
    """What a probe may use."""

    url: str
    ours: str
    python: str
    repeats: int
    names: typing.Collection[str] = ()  # of contenders that were asked for

    def interpreter(self, who: str) -> str:
        """The interpreter of a contender."""
        return self.ours if who.startswith("ours") else self.python

    def worker(self, who: str, url: str = "") -> Worker:
        """A process of its own."""
        return Worker(who, url or self.url, self.interpreter(who))


@dataclasses.dataclass(frozen=True)
class Probe:
    """A probe."""

    name: str
    title: str
    measure: typing.Callable[[Context], typing.Iterator[Value]]
    by_name_only: bool = False  # too slow for every run
