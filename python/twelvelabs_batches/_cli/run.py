"""`twelvelabs-batches run`: any number of items, in as many batches as they need."""

from __future__ import annotations

import json
import os
import pathlib
import typing

import click

from .connections import Connection, connection_flags
from .defaults import defaults_of, submission_flags
from .driving import Wanted, check_sample, confirm, drive
from .exits import Exit
from .failures import Stop
from .files import check_output, output_flags
from .manifest import STDIN
from .problems import ManifestError, Problem
from .run_flags import driving_flags, guard_flags, options_of
from .screen import json_flag, put_json, put_text, say, suggest, wants_json
from .streams import LongManifest
from .submissions import arguments_of
from .waits import fail_flag

if typing.TYPE_CHECKING:
    from .. import BatchesClient, RunPlan

__all__ = ["command", "run_manifest"]

#: As many problems are told.
_MOST = 20


@click.command("run")
@submission_flags
@click.option(
    "--journal",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Where the run is remembered. [default: the manifest's name with .db]",
)
@click.option("--no-journal", is_flag=True, help="Remember nothing: a run that ends early pays again.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Only tell what would be done.")
@output_flags
@guard_flags
@driving_flags
@fail_flag
@json_flag
@connection_flags
def command(
    *,
    connection: Connection,
    path: str,
    format_name: typing.Optional[str],
    journal: typing.Optional[str],
    no_journal: bool,
    is_dry: bool,
    output: typing.Optional[str],
    force: bool,
    is_sure: bool,
    is_strict: bool,
    as_json: typing.Optional[bool],
    **flags: typing.Any,
) -> None:
    """Analyses the items of a manifest of any length, in as many batches as they need.

    MANIFEST is a file in JSON Lines, JSON or CSV, or `-` for stdin. All of it is held against every
    documented rule first. What is done is remembered in the journal: the same command, begun again after
    whatever ended it, goes on, and submits nothing twice. Outcomes are put out as items finish, each once;
    with --output, requests and results of all items are written when the last has ended.
    """
    where = _journal_of(path, journal, no_journal=no_journal)
    check_output(output, force=force)
    check_sample(sample=flags.get("sample"), is_sure=is_sure)
    options = options_of(flags)
    if "sample" in options:
        options["confirm"] = (lambda _report: True) if is_sure else confirm
    manifest = LongManifest(path, format_name)
    given = defaults_of(flags)
    manifest.first()
    # Without a mode it follows from the response formats of all items.
    items = () if flags.get("analysis_mode") or "response_format" in given else manifest
    arguments = arguments_of(manifest.name, manifest.settings, items, flags, given)
    arguments.setdefault("defaults", None)
    settings = {**arguments, **options, "journal": where}
    with connection.open() as client:
        plan = client.run(manifest, dry_run=True, **settings)
        _check(plan, manifest)
        if is_dry:
            _put_plan(plan, as_json)
            suggest("run", path)
            return
        say(f"{plan}.")
        wanted = Wanted(output, force, as_json, is_strict, where)
        origin = _origin(manifest, format_name, {**options, "is_sure": is_sure})
        run_manifest(client, manifest, {**settings, "origin": origin}, wanted)
        if where is not None:
            suggest("runs", "show", where)


def run_manifest(
    client: BatchesClient, manifest: LongManifest, settings: typing.Dict[str, typing.Any], wanted: Wanted
) -> None:
    """Drives the run of a manifest."""
    drive(client.run(manifest, progress=True, **settings), wanted)


def _origin(
    manifest: LongManifest, format_name: typing.Optional[str], options: typing.Mapping[str, typing.Any]
) -> str:
    """What is remembered for `runs resume`: the manifest, and what limits the run."""
    path = None if manifest.path == STDIN else os.path.abspath(manifest.path)  # noqa: PTH100
    limits = {name: value for name, value in options.items() if name != "confirm"}
    return json.dumps({"manifest": path, "format": format_name, "options": limits})


def _journal_of(path: str, journal: typing.Optional[str], *, no_journal: bool) -> typing.Optional[str]:
    if no_journal:
        if journal is not None:
            raise click.UsageError("--journal and --no-journal say the opposite: give one of them")
        return None
    if journal is not None:
        return journal
    if path == STDIN:
        raise click.UsageError("what comes from stdin needs a --journal FILE, or --no-journal")
    return str(pathlib.Path(path).with_suffix(".db"))


def _check(plan: RunPlan, manifest: LongManifest) -> None:
    """Ends the command if something is wrong with an item."""
    if not plan.violation_count:
        return
    problems = [
        Problem(manifest.explain(each.path), each.message, each.hint) for each in plan.violations[:_MOST]
    ]
    more = plan.violation_count - len(problems)
    if more > 0:
        problems.append(Problem(manifest.name, f"and {more:,} more"))
    raise ManifestError(problems)


def _put_plan(plan: RunPlan, as_json: typing.Optional[bool]) -> None:
    if wants_json(as_json):
        facts = {
            "items": plan.items,
            "covered": plan.covered,
            "active": plan.active,
            "new": plan.new,
            "batches": [{"items": items, "hours": hours} for items, hours in plan.batches],
            "hours": plan.hours,
            "unknown_durations": plan.unknown_durations,
            "repeats": plan.repeats,
            "cost": plan.cost,
            "stop": plan.stop,
        }
        put_json(json.dumps(facts))
    else:
        put_text(str(plan))
    if plan.stop:
        raise Stop(Exit.WRONG, f"it would be stopped: {plan.stop}")
