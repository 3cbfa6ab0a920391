"""One finding of a check."""

from __future__ import annotations

import itertools
import typing

__all__ = ["Violation", "advise", "make_all"]


class Violation(typing.NamedTuple):
    """A rule that a request breaks, or, among warnings, something odd in it.

    Attributes:
        path: Where, such as `requests[17].custom_id`.
        value: The offending value, shortened if it is long; `None` where one is
            missing or has the wrong type.
        rule: A word for the rule, such as `custom_id.pattern`. `type` and
            `unknown_field` are for what does not fit at all, `argument` for
            arguments that are not part of a batch.
        message: What is wrong and what is allowed.
        hint: What to do, where that is not plain from the message.
        source: Which part of the platform's documentation says so; empty where
            it is this package that refuses.
    """

    path: str
    value: typing.Any
    rule: str
    message: str
    hint: typing.Optional[str] = None
    source: str = ""

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


def make_all(findings: typing.Iterable[typing.Any]) -> typing.Tuple[Violation, ...]:
    """Makes violations of the native module's tuples."""
    return tuple(finding if isinstance(finding, Violation) else Violation(*finding) for finding in findings)


_MOST_ADVICE = 10


def advise(violations: typing.Tuple[Violation, ...]) -> typing.List[str]:
    """Each hint once, with the place that it is for."""
    places: typing.Dict[str, typing.List[str]] = {}
    for each in violations:
        if each.hint:
            places.setdefault(each.hint, []).append(each.path)
    if len(violations) == 1:
        return [f"hint: {hint}" for hint in places]
    notes = []
    for hint, paths in itertools.islice(places.items(), _MOST_ADVICE):
        more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        notes.append(f"hint for {paths[0]}{more}: {hint}")
    return notes
