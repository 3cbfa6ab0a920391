"""Tables of segments, and reports of checks."""

from __future__ import annotations

import typing

from . import parts
from .answers import cells_of, columns_of
from .markup import Markup, element, fragment
from .words import attribute, count, plural, text

__all__ = ["show_report", "show_table"]

_MOST_SEGMENTS = 50
_MOST_SKIPPED = 10
_MOST_FINDINGS = 50
_LONGEST = 300


def show_table(table: typing.Any) -> Markup:
    """A card of the segments of many items."""
    shown = list(table[:_MOST_SEGMENTS])
    fields, missing = columns_of([row.segment for row in shown])
    items = len({row.item.task_id for row in table})
    rows = [[parts.code(_name(row.item)), *cells_of(row.segment, fields)] for row in shown]
    names = ["item", "segment", "start", "end", *(text(field, 40) for field in fields)]
    return parts.card(
        parts.head("Segments", side=f"{plural(len(table), 'segment')} of {plural(items, 'item')}"),
        parts.table(names, rows, "Segments", numbers={2, 3}, is_wide=True) if rows else None,
        parts.more(len(table) - len(shown), "segment", where="table.to_pandas()"),
        parts.more(missing, "field", where="table.to_dicts()"),
        _show_skipped(table.skipped),
    )


def _name(item: object) -> str:
    custom_id = attribute(item, "custom_id")
    if custom_id is None and attribute(item, "task_id") is None:
        return f"row {text(attribute(item, 'row'))}"
    return text(attribute(item, "task_id") if custom_id is None else custom_id)


def _show_skipped(skipped: typing.Sequence[typing.Any]) -> typing.Optional[Markup]:
    if not skipped:
        return None
    rows = [(parts.code(_name(each.item)), text(each.reason, _LONGEST)) for each in skipped[:_MOST_SKIPPED]]
    told = f"{plural(len(skipped), 'item')} without segments: "
    return fragment(
        parts.note(told, parts.code("table.skipped"), kind="warning"),
        parts.table(("item", "reason"), rows, "Items without segments"),
        parts.more(len(skipped) - len(rows), "item"),
    )


def show_report(report: typing.Any) -> Markup:
    """A card of what a check has found."""
    violations, warnings = list(report.violations), list(report.warnings)
    found = [("failed", each) for each in violations] + [("warning", each) for each in warnings]
    rows = [_row_of_finding(kind, each) for kind, each in found[:_MOST_FINDINGS]]
    hours = report.hours
    unknown = f" ({count(report.unknown_durations)} unknown)" if report.unknown_durations else ""
    return parts.card(
        parts.head("Check of a batch", side=plural(report.items, "item")),
        parts.note(
            _sum_up(violations, warnings), kind="failed" if violations else "warning" if warnings else "ready"
        ),
        parts.facts(
            ("video", None if hours is None else f"{hours:,.1f} hours{unknown}"),
            ("assets", None if report.assets is None else f"{count(len(report.assets))} asked for"),
        ),
        parts.table(("where", "kind", "what"), rows, "Violations and warnings") if rows else None,
        parts.more(len(found) - len(rows), "finding"),
        parts.next_step("report.raise_for_violations()") if violations else None,
    )


def _sum_up(violations: typing.Sequence[object], warnings: typing.Sequence[object]) -> str:
    more = f", and {plural(len(warnings), 'warning')}" if warnings else ""
    if violations:
        return f"The platform would refuse it: {plural(len(violations), 'violation')}{more}."
    if warnings:
        return f"Nothing that the platform would refuse; {plural(len(warnings), 'warning')}."
    return "Nothing was found that the platform would refuse."


def _row_of_finding(kind: str, finding: typing.Any) -> typing.Sequence[parts.Cell]:
    what = fragment(
        element("div", text(finding.message, _LONGEST)),
        element("div", text(finding.hint, _LONGEST), class_="tlb-quiet") if finding.hint else None,
    )
    word = "violation" if kind == "failed" else "warning"
    return parts.code(text(finding.path) or "batch"), parts.mark(word, kind), what
