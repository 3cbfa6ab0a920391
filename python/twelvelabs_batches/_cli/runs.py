"""`twelvelabs-batches runs`: what journals remember, and going on with it."""

from __future__ import annotations

import contextlib
import json
import pathlib
import typing

import click

from .. import errors
from .connections import Connection, connection_flags
from .driving import Wanted, check_sample, confirm, drive
from .exits import Exit
from .failures import Stop, tell_error
from .files import WRITERS, check_output, output_flags
from .problems import count
from .run import run_manifest
from .run_flags import driving_flags, guard_flags, options_of
from .screen import json_flag, put_json, put_text, say, suggest, wants_json
from .streams import LongManifest
from .waits import fail_flag

if typing.TYPE_CHECKING:
    from .. import BatchesClient, Journal, JournalRun, RunReport

__all__ = ["command"]

_STATUSES = ("failed", "expired", "canceled", "malformed", "ready")

_journal = click.argument("journal", type=click.Path(exists=True, dir_okay=False), metavar="JOURNAL")
_run = click.option(
    "--run", "run_id", type=int, metavar="N", help="Which run of the journal. [default: its only one]"
)


@click.group("runs", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Shows what journals remember of runs, and goes on with it."""


def _open(path: str) -> Journal:
    from .. import Journal  # noqa: PLC0415 - only where it is wanted

    return Journal(path)


@command.command("list")
@_journal
@json_flag
def list_runs(*, journal: str, as_json: typing.Optional[bool]) -> None:
    """Lists the runs of a journal. Needs no key."""
    opened = _open(journal)
    for run in opened.runs:
        report = opened.report(run.run_id)
        if wants_json(as_json):
            put_json(json.dumps(_facts(run, report), ensure_ascii=False))
        else:
            put_text(f"{run.run_id:>3}  {run.begun_at:%Y-%m-%d %H:%M}  {run.analysis_mode}  {report}")


@command.command("show")
@_journal
@_run
@json_flag
def show(*, journal: str, run_id: typing.Optional[int], as_json: typing.Optional[bool]) -> None:
    """Shows a run: how its items stand, and its batches. Needs no key, and no request is made."""
    opened = _open(journal)
    run = opened.run(run_id)
    report, batches = opened.report(run.run_id), opened.batches(run.run_id)
    if wants_json(as_json):
        put_json(json.dumps({**_facts(run, report), "batches": [_batch_facts(each) for each in batches]}))
        return
    put_text(f"run {run.run_id} of {journal}, begun {run.begun_at:%Y-%m-%d %H:%M} UTC")
    put_text(f"  {run.model_name}, {run.analysis_mode}")
    if run.origin:
        put_text(f"  from {_origin_of(run).manifest or run.origin}")
    put_text(f"  {report}{'' if run.is_read else '; its input was not read to the end yet'}")
    for batch in batches:
        state = batch.status or batch.state
        until = "" if batch.state != "submitted" else f", expires {batch.expires_at:%Y-%m-%d %H:%M} UTC"
        put_text(f"  {batch.batch_id or '(no batch)':<24}  {state:<10}  {count(batch.items, 'item')}{until}")
    if report.active or report.waiting or not run.is_read:
        suggest("runs", "resume", journal)
    else:
        suggest("runs", "export", journal, "--output", "results.parquet")


def _facts(run: JournalRun, report: RunReport) -> typing.Dict[str, typing.Any]:
    counts = ("items", "ready", "failed", "canceled", "expired", "malformed", "active", "waiting")
    return {
        "run_id": run.run_id,
        "begun_at": run.begun_at.isoformat(),
        "model_name": run.model_name,
        "analysis_mode": run.analysis_mode,
        "defaults": run.defaults,
        "origin": run.origin,
        "is_read": run.is_read,
        **{name: getattr(report, name) for name in counts},
    }


def _batch_facts(batch: typing.Any) -> typing.Dict[str, typing.Any]:
    facts = batch._asdict()
    for name in ("created_at", "expires_at"):
        facts[name] = facts[name] and facts[name].isoformat()
    return typing.cast("typing.Dict[str, typing.Any]", facts)


class _Origin(typing.NamedTuple):
    """What `run` has remembered."""

    manifest: typing.Optional[str]
    format_name: typing.Optional[str]
    options: typing.Dict[str, typing.Any]


def _origin_of(run: JournalRun) -> _Origin:
    """What `run` has remembered; nothing of a run that a program has begun."""
    with contextlib.suppress(ValueError, TypeError, KeyError, AttributeError):
        told = json.loads(run.origin or "")
        options = dict(told.get("options") or {})
        if "price" in options:
            from .._run_report import Price  # noqa: PLC0415 - only where it is wanted

            options["price"] = Price(*options["price"])
        return _Origin(told["manifest"], told.get("format"), options)
    return _Origin(None, None, {})


@command.command("resume")
@_journal
@_run
@output_flags
@guard_flags
@driving_flags
@fail_flag
@json_flag
@connection_flags
def resume(
    *,
    connection: Connection,
    journal: str,
    run_id: typing.Optional[int],
    output: typing.Optional[str],
    force: bool,
    is_strict: bool,
    as_json: typing.Optional[bool],
    **flags: typing.Any,
) -> None:
    """Goes on with a run. Its manifest is read again, if it is where it was."""
    check_output(output, force=force)
    run = _open(journal).run(run_id)
    origin = _origin_of(run)
    # The limits hold until somebody says otherwise.
    options = {**origin.options, **options_of(flags)}
    is_sure = bool(options.pop("is_sure", False) or flags["is_sure"] or run.is_confirmed)
    check_sample(sample=options.get("sample"), is_sure=is_sure)
    if "sample" in options:
        options["confirm"] = (lambda _report: True) if is_sure else confirm
    wanted = Wanted(output, force, as_json, is_strict, journal, run.run_id)
    with connection.open() as client:
        path, format_name = origin.manifest, origin.format_name
        if path is not None and pathlib.Path(path).is_file():
            settings = {
                "model_name": run.model_name,
                "analysis_mode": run.analysis_mode,
                "defaults": run.defaults,
                "journal": journal,
                **options,
            }
            run_manifest(client, LongManifest(path, format_name), settings, wanted)
            return
        if not run.is_read:
            say("The manifest is gone: items that were not read by then are not known.", fg="yellow")
        drive(client.resume(journal, run_id=run.run_id, progress=True, **options), wanted)


@command.command("resubmit")
@_journal
@_run
@click.option(
    "--status",
    "statuses",
    type=click.Choice(_STATUSES),
    multiple=True,
    help="Items that ended so; may be repeated. [default: failed, expired and canceled]",
)
@output_flags
@driving_flags
@fail_flag
@json_flag
@connection_flags
def resubmit(
    *,
    connection: Connection,
    journal: str,
    run_id: typing.Optional[int],
    statuses: typing.Tuple[str, ...],
    output: typing.Optional[str],
    force: bool,
    is_strict: bool,
    as_json: typing.Optional[bool],
    **flags: typing.Any,
) -> None:
    """Submits items of a run once more: those that failed, expired or were canceled."""
    check_output(output, force=force)
    run = _open(journal).run(run_id)
    wanted = Wanted(output, force, as_json, is_strict, journal, run.run_id)
    with connection.open() as client:
        begun = client.resubmit(
            journal,
            run_id=run.run_id,
            statuses=statuses or ("failed", "expired", "canceled"),
            progress=True,
            **options_of(flags),
        )
        drive(begun, wanted)


@command.command("cancel")
@_journal
@_run
@connection_flags
def cancel(*, connection: Connection, journal: str, run_id: typing.Optional[int]) -> None:
    """Cancels the active batches of a run. What has started is finished, and billed.

    A command that drives the run meanwhile sees it, and goes on with items that were not submitted yet: end
    it first.
    """
    opened = _open(journal)
    run = opened.run(run_id)
    active = [each.batch_id for each in opened.batches(run.run_id) if each.state == "submitted"]
    with connection.open() as client:
        canceled = [batch_id for batch_id in active if batch_id and _cancel(client, batch_id)]
    say(f"{len(canceled)} of {len(active)} active batches canceled.")
    suggest("runs", "resume", journal)


def _cancel(client: BatchesClient, batch_id: str) -> bool:
    try:
        client.cancel(batch_id)
    except (errors.ConflictError, errors.NotFoundError) as error:
        tell_error(f"{batch_id}: {error.message}")
        return False
    put_text(batch_id)
    return True


@command.command("export")
@_journal
@_run
@output_flags
def export(*, journal: str, run_id: typing.Optional[int], output: typing.Optional[str], force: bool) -> None:
    """Writes requests and results of all items that have ended. Needs no key, and no request is made."""
    if output is None:
        raise click.UsageError("--output FILE is needed")
    opened = _open(journal)
    run = opened.run(run_id)
    if output == "-":
        for row in opened.collect(run.run_id):
            put_json(row.json(by_alias=True, exclude_unset=True))
        return
    check_output(output, force=force)
    writer = getattr(opened, WRITERS[pathlib.Path(output).suffix.lower()])
    rows = writer(output, run_id=run.run_id, overwrite=force)
    say(f"Wrote {count(rows, 'row')} to {output}.")
    report = opened.report(run.run_id)
    if report.active or report.waiting:
        raise Stop(Exit.NOT_READY, f"{count(report.active + report.waiting, 'item')} have not ended yet")
