"""`twelvelabs-batches check`: everything that is wrong with a manifest."""

from __future__ import annotations

import json
import sys
import typing

import click

from .._report import make_report, read_draft
from .._violation import Violation
from ..types import OMIT
from .connections import Connection, connection_flags
from .defaults import submission_flags
from .exits import Exit
from .failures import Stop, tell_error
from .manifest import STDIN
from .problems import ManifestError, Problem, count
from .screen import has_people, is_coloured, json_flag, put_json, put_text, say, suggest, wants_json
from .submissions import Submission, read_submission

if typing.TYPE_CHECKING:
    from .. import CheckReport

__all__ = ["check_manifest", "command", "suggest_create"]

_OWN_FLAGS = ("--assets", "--json", "--table")


@click.command("check")
@submission_flags
@click.option(
    "--assets", "is_asking", is_flag=True, help="Ask the platform about every asset; needs the key."
)
@json_flag
@connection_flags
def command(
    *,
    connection: Connection,
    path: str,
    format_name: typing.Optional[str],
    is_asking: bool,
    as_json: typing.Optional[bool],
    **flags: typing.Any,
) -> None:
    """Holds a manifest against every documented rule, and creates nothing.

    MANIFEST is a file in JSON Lines, JSON or CSV, or `-` for stdin. Everything that is wrong is told at once,
    with its place. Without --assets nothing is sent, and no key is needed. Ends with status 1 if something is
    wrong; warnings are none.
    """
    check_manifest(path, format_name, flags, connection if is_asking else None, as_json)
    suggest_create(path, "check", _OWN_FLAGS)


def suggest_create(path: str, name: str, without: typing.Sequence[str]) -> None:
    """Suggests to create what was checked by this command, which has other flags besides."""
    if path != STDIN and sys.argv[1:2] == [name]:
        suggest("create", *(word for word in sys.argv[2:] if word not in without))


def check_manifest(
    path: str,
    format_name: typing.Optional[str],
    flags: typing.Mapping[str, typing.Any],
    connection: typing.Optional[Connection],
    as_json: typing.Optional[bool],
) -> None:
    """Checks what is to be submitted, and puts out what was found.

    Args:
        path: The manifest.
        format_name: Its format, if it was said.
        flags: What every item has.
        connection: Where to ask about assets; without it nothing is sent.
        as_json: Whether to put out JSON; by default where nobody looks.

    Raises:
        Stop: Something is wrong.
    """
    try:
        submission = read_submission(path, format_name, flags)
    except ManifestError as error:
        if not wants_json(as_json):
            raise
        for problem in error.problems:
            _put_finding("violation", problem, Violation("", None, "manifest", problem.message, problem.hint))
        raise Stop(Exit.WRONG) from error
    report = _ask(submission, connection) if connection else _check(submission)
    problems = [submission.explain(each) for each in report.violations]
    warnings = [submission.explain(each) for each in report.warnings]
    if wants_json(as_json):
        _put_json(report, problems, warnings)
    else:
        _put(submission, report, problems, warnings)
    if problems:
        raise Stop(Exit.WRONG)


def _check(submission: Submission) -> CheckReport:
    given = submission.arguments
    fields = (given["model_name"], given["analysis_mode"], given["requests"], given.get("defaults", OMIT))
    return make_report(read_draft(*fields, None, None))


def _ask(submission: Submission, connection: Connection) -> CheckReport:
    def tell(done: int, total: int) -> None:
        if has_people():
            # The line is written over, again and again.
            click.echo(f"\rAsked about {done:,} of {count(total, 'asset')}", err=True, nl=False)

    try:
        with connection.open() as client:
            return client.check(**submission.arguments, assets=True, on_progress=tell)
    finally:
        if has_people():
            click.echo(err=True)


def _put_json(
    report: CheckReport, problems: typing.Sequence[Problem], warnings: typing.Sequence[Problem]
) -> None:
    """Puts out a line for each finding."""
    for kind, findings, places in (
        ("violation", report.violations, problems),
        ("warning", report.warnings, warnings),
    ):
        for finding, place in zip(findings, places, strict=True):
            _put_finding(kind, place, finding)


def _put_finding(kind: str, problem: Problem, finding: Violation) -> None:
    told = {"kind": kind, "place": problem.place, **finding._asdict()}
    put_json(json.dumps(told, ensure_ascii=False, default=str))


def _put(
    submission: Submission,
    report: CheckReport,
    problems: typing.Sequence[Problem],
    warnings: typing.Sequence[Problem],
) -> None:
    """Puts out what was found for people."""
    for title, colour, findings in (("wrong", "red", problems), ("warning", "yellow", warnings)):
        for finding in findings:
            click.secho(f"{title}: ", fg=colour, nl=False, color=is_coloured())
            put_text(str(finding))
            if finding.hint:
                put_text(f"  hint: {finding.hint}")
    told = [count(report.items, "item"), submission.sum_up()]
    if report.hours is not None:
        unknown = f", {report.unknown_durations:,} of unknown length" if report.unknown_durations else ""
        told.append(f"{report.hours:.1f} hours of video{unknown}")
    if problems:
        tell_error(f"{count(len(problems), 'problem')} in {submission.manifest.name}; nothing was sent")
    else:
        say(f"Nothing is wrong: {'; '.join(told)}.")
