"""Where the items of a manifest stand."""

from __future__ import annotations

import typing

from .problems import Problem

__all__ = ["Found", "Place"]


class Place(typing.NamedTuple):
    """Where an item stands.

    Attributes:
        name: The file.
        line: Its line, from 1.
        columns: The columns of a table that has them; otherwise items have fields.
    """

    name: str
    line: int
    columns: typing.FrozenSet[str] = frozenset()

    def at(self, field: str = "") -> str:
        """Where a field of the item stands."""
        if not field:
            return f"{self.name}:{self.line}"
        word = field.replace("[", ".").split(".")[0]
        column = "asset_id" if word == "video" else word
        where = f"column {column}" if column in self.columns else field
        return f"{self.name}:{self.line}, {where}"

    def problem(self, field: str, message: str, hint: typing.Optional[str] = None) -> Problem:
        """Something wrong with a field of the item."""
        return Problem(self.at(field), message, hint, self.line)


class Found(typing.NamedTuple):
    """What was read of a manifest.

    Attributes:
        items: Each item as it was written, and where.
        settings: What else was said.
        problems: What could not be read.
    """

    items: typing.List[typing.Tuple[Place, typing.Any]]
    settings: typing.Dict[str, typing.Any]
    problems: typing.List[Problem]
