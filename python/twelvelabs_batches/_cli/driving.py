"""Driving a run to its end, with something to look at."""

from __future__ import annotations

import json
import pathlib
import typing

import click

from .exits import Exit
from .failures import Interrupted, Stop
from .files import STDOUT, WRITERS
from .problems import count
from .rows import put_outcome
from .screen import can_ask, command_of, put_json, say, wants_json

if typing.TYPE_CHECKING:
    from .. import Outcome, Run, RunReport

__all__ = ["Wanted", "confirm", "drive"]


class Wanted(typing.NamedTuple):
    """What becomes of the outcomes of a run.

    Attributes:
        output: The file that they are written to, if one is.
        force: Whether it may be there already.
        as_json: Whether they are put out as JSON, where there is no file.
        is_strict: Whether items without an answer are an error.
        journal: Where the run is remembered, if it is.
        run_id: Which run of the journal it is, where that has to be said.
    """

    output: typing.Optional[str]
    force: bool
    as_json: typing.Optional[bool]
    is_strict: bool
    journal: typing.Optional[str]
    run_id: typing.Optional[int] = None

    def again(self) -> typing.Tuple[str, ...]:
        """The command that goes on with it."""
        words = ["runs", "resume", str(self.journal)]
        words += [] if self.run_id is None else ["--run", str(self.run_id)]
        words += [] if self.output is None else ["--output", self.output]
        words += ["--force"] if self.force else []
        words += ["--fail-on-item-error"] if self.is_strict else []
        return tuple(words)


def confirm(report: RunReport) -> bool:
    """Asks somebody whether the rest follows."""
    say(f"The sample is done: {report}.")
    return click.confirm("Go on with the rest?", err=True)


def check_sample(*, sample: typing.Optional[int], is_sure: bool) -> None:
    """Finds out whether somebody can be asked, before anything is sent.

    Raises:
        click.UsageError: Nobody can.
    """
    if sample is not None and not is_sure and not can_ask():
        raise click.UsageError("there is nobody to ask after the sample: --yes goes on without asking")


def drive(run: Run, wanted: Wanted) -> None:
    """Drives a run, and puts out or writes what comes of it."""
    try:
        with run:
            if wanted.output is None or wanted.output == STDOUT:
                _put(run, wanted)
            else:
                writer = getattr(run, WRITERS[pathlib.Path(wanted.output).suffix.lower()])
                rows = writer(wanted.output, overwrite=wanted.force)
                say(f"Wrote {count(rows, 'row')} to {wanted.output}.")
            report = run.report()
    except KeyboardInterrupt:
        if wanted.journal is None:
            told = "Interrupted: active batches go on; without a journal nobody knows them any more."
        else:
            told = f"Interrupted: active batches go on. To go on with the run: {command_of(*wanted.again())}"
        raise Interrupted(told) from None
    say(f"{report}.")
    lacking = report.ended - report.ready
    if wanted.is_strict and lacking:
        raise Stop(Exit.WRONG, f"{count(lacking, 'item')} without an answer")


def _put(run: Run, wanted: Wanted) -> None:
    as_json = wanted.output == STDOUT or wants_json(wanted.as_json)
    for outcome in run:
        if as_json:
            put_json(json.dumps(_show(outcome), ensure_ascii=False))
        else:
            put_outcome(outcome)


def _show(outcome: Outcome) -> typing.Dict[str, typing.Any]:
    """An outcome as JSON: the request, how it ended, and the platform's row."""
    row = outcome.item
    return {
        "status": outcome.status,
        "custom_id": outcome.custom_id,
        "batch_id": outcome.batch_id,
        "task_id": outcome.task_id,
        "attempts": len(outcome.attempts),
        "request": outcome.request,
        "result": None if row is None else json.loads(row.json(by_alias=True, exclude_unset=True)),
    }
