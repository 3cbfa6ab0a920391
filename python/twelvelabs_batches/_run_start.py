"""What both faces need to begin a run."""

from __future__ import annotations

import json
import os
import typing

from ._async_run import AsyncRun
from ._native import JournalReader
from ._run import Run, RunState
from ._run_input import Planning, check_input, length_of
from ._run_options import ResumeOptions, RunOptions, check_options
from .errors import JournalError, ValidationError

if typing.TYPE_CHECKING:
    from ._place import Path

__all__ = ["AsyncRun", "Planning", "Run", "resubmitted", "settings_of", "settings_of_journal"]


def settings_of(
    requests: typing.Any,
    model_name: str,
    analysis_mode: str,
    defaults: typing.Any,
    journal: typing.Optional[Path],
    options: typing.Mapping[str, typing.Any],
    *,
    may_be_async: bool = False,
) -> typing.Dict[str, typing.Any]:
    """The settings of a run whose items are given.

    Raises:
        ValidationError: There is no such setting, or the input is none.
    """
    check_options(options, RunOptions)
    check_input(requests, may_be_async=may_be_async)
    return {
        **options,
        "model_name": model_name,
        "analysis_mode": analysis_mode,
        "defaults": defaults,
        "journal": journal,
        "length": length_of(requests),
    }


def settings_of_journal(
    journal: Path, run_id: typing.Optional[int], options: typing.Mapping[str, typing.Any]
) -> typing.Dict[str, typing.Any]:
    """The settings that make one of a journal's runs what it is.

    Raises:
        JournalError: It has no such run, or several to choose from.
        ValidationError: There is no such setting.
    """
    check_options(options, ResumeOptions)
    reader = JournalReader(journal)
    runs = reader.runs()
    chosen = [each for each in runs if run_id is None or each["run_id"] == run_id]
    path = os.fspath(journal)
    if len(chosen) != 1:
        known = ", ".join(str(each["run_id"]) for each in runs) or "none"
        if run_id is None and runs:
            reason = f"it has several runs: say which one with `run_id` ({known})"
        else:
            reason = f"it has no such run; there are: {known}"
        raise JournalError._make(f"the journal {path!s}: {reason}", path=str(path), reason=reason)
    row = chosen[0]
    defaults = row["defaults"]
    return {
        **options,
        "known": True,
        "journal": journal,
        "model_name": row["model_name"],
        "analysis_mode": row["analysis_mode"],
        "defaults": None if defaults is None else json.loads(defaults),
    }


def resubmitted(
    run: typing.Union[RunState, Path], run_id: typing.Optional[int]
) -> typing.Tuple[Path, typing.Optional[int]]:
    """The journal and the number of a run whose items are submitted once more.

    Raises:
        ValidationError: It has no journal.
    """
    if not isinstance(run, RunState):
        return run, run_id
    if run.journal is None:
        message = "without a journal nobody knows what is to be submitted again: begin the run with one"
        raise ValidationError._make(f"run: {message}", path="run")
    return run.journal, run.run_id
