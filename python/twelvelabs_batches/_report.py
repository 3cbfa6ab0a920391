"""What `check` returns."""

from __future__ import annotations

import typing

from . import _native
from ._violation import Violation, make_all
from .errors import ValidationError
from .types import OMIT

__all__ = ["CheckReport"]


class CheckReport(typing.NamedTuple):
    """What a check of a batch has found. True when nothing was found that the platform refuses.

    Attributes:
        violations: What the platform would refuse, in the order of the request.
        warnings: What it would accept, but is likely not meant so.
        items: Items of the batch.
        hours: Hours of video as far as durations are known; `None` if none is.
        unknown_durations: Items whose video's duration is not known.
        assets: What the platform says of each asset, by its identifier; `None` for
            those that it does not know. `None` as a whole if it was not asked.
    """

    violations: typing.Tuple[Violation, ...]
    warnings: typing.Tuple[Violation, ...]
    items: int
    hours: typing.Optional[float] = None
    unknown_durations: int = 0
    assets: typing.Optional[typing.Dict[str, typing.Optional[_native.AssetDetail]]] = None

    @property
    def ok(self) -> bool:
        """Whether there are no violations."""
        return not self.violations

    def __bool__(self) -> bool:
        return self.ok

    def raise_for_violations(self) -> None:
        """Raises what `create` would raise; returns if there are no violations.

        Raises:
            ValidationError: There are violations.
        """
        if not self.ok:
            raise ValidationError._of(self.violations, self.warnings)  # noqa: SLF001

    def __repr__(self) -> str:
        return f"<CheckReport: {self._sum_up()}>"

    def __str__(self) -> str:
        lines = [self._sum_up()]
        for title, findings in (("violations", self.violations), ("warnings", self.warnings)):
            if findings:
                lines.append(f"{title}:")
            for finding in findings:
                lines.append(f"  {finding}")
                if finding.hint:
                    lines.append(f"    hint: {finding.hint}")
        return "\n".join(lines)

    def _repr_html_(self) -> typing.Optional[str]:
        from ._display import html  # noqa: PLC0415 - only for who looks at it

        return html(self)

    def _sum_up(self) -> str:
        told = [
            _count(len(self.violations), "violation"),
            _count(len(self.warnings), "warning"),
            _count(self.items, "item"),
        ]
        if self.assets is not None:
            told.append(_count(len(self.assets), "asset"))
        if self.hours is not None:
            unknown = f" ({self.unknown_durations} unknown)" if self.unknown_durations else ""
            told.append(f"{self.hours:.1f} hours{unknown}")
        return ", ".join(told)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def read_draft(
    model_name: typing.Any,
    analysis_mode: typing.Any,
    requests: typing.Any,
    defaults: typing.Any,
    durations: typing.Any,
    request_options: typing.Any,
) -> _native.BatchDraft:
    """Reads what `create` is to be called with."""
    given = None if defaults is OMIT else defaults
    return _native.BatchDraft(model_name, analysis_mode, requests, given, durations, request_options)


def make_report(
    draft: _native.BatchDraft,
    assets: typing.Optional[typing.Dict[str, typing.Optional[_native.AssetDetail]]] = None,
) -> CheckReport:
    """Checks a draft, and what the platform says of its assets if it was asked."""
    violations, warnings, items, hours, unknown = draft.check(assets or {})
    return CheckReport(make_all(violations), make_all(warnings), items, hours, unknown, assets)
