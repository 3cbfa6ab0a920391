"""One finding of a check."""

from __future__ import annotations

import typing

__all__ = ["Violation"]


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
