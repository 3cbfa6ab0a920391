"""What both faces need to begin a run."""

from __future__ import annotations

import typing

from ._async_run import AsyncRun
from ._journal import Journal
from ._run import Run, RunState
from ._run_input import Planning, check_input, length_of
from ._run_options import ResumeOptions, RunOptions, check_options
from .errors import ValidationError

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
    run = Journal(journal).run(run_id)
    return {
        **options,
        "known": True,
        "journal": journal,
        "model_name": run.model_name,
        "analysis_mode": run.analysis_mode,
        "defaults": run.defaults,
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
