"""What can be wrong with a manifest."""

from __future__ import annotations

import typing

__all__ = ["ManifestError", "Problem", "count"]


def count(number: int, what: str) -> str:
    """A number and what it counts."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


class Problem(typing.NamedTuple):
    """Something wrong at a place of a manifest.

    Attributes:
        place: Where, such as `films.csv:3, column max_tokens`.
        message: What is wrong and what is allowed.
        hint: What to do, where that is not plain.
        line: The line of the place, by which problems are put in order; 0 if it has none.
    """

    place: str
    message: str
    hint: typing.Optional[str] = None
    line: int = 0

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class ManifestError(Exception):
    """A manifest cannot be read, or breaks rules; nothing was sent."""

    def __init__(self, problems: typing.Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)
