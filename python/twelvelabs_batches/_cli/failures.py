"""What is told when something goes wrong."""

from __future__ import annotations

import os
import re
import sys
import typing

import click

from .. import errors
from .exits import Exit, exit_of
from .notes import noted
from .problems import ManifestError, count
from .screen import command_of, say

__all__ = ["Failure", "Interrupted", "Stop", "Terminated", "explain", "tell_error"]

_MOST_TOLD = 20


class Stop(click.ClickException):
    """Ends the command with a status and, if there is one, a message."""

    def __init__(self, status: Exit, message: str = "", hint: typing.Optional[str] = None) -> None:
        super().__init__(message)
        # `click` reads it of the object, but declares it for the class.
        vars(self)["exit_code"] = int(status)
        self.hint = hint

    def show(self, file: typing.Optional[typing.IO[typing.Any]] = None) -> None:  # noqa: ARG002
        """Tells it on stderr."""
        if self.message:
            tell_error(self.message, self.hint)


class Failure(Stop):
    """Ends the command because of an error."""

    def __init__(self, error: BaseException) -> None:
        message, hint = explain(error)
        super().__init__(exit_of(error), message, hint)


class Terminated(KeyboardInterrupt):
    """Something wants the process to end, such as `kill` or `timeout`; as orderly as with Ctrl-C."""


class Interrupted(Stop):
    """Somebody pressed Ctrl-C, or something wants the process to end."""

    def __init__(self, message: str = "Interrupted.") -> None:
        # It is made while that is handled.
        is_terminated = isinstance(sys.exc_info()[1], Terminated)
        super().__init__(Exit.TERMINATED if is_terminated else Exit.INTERRUPTED, message)

    def show(self, file: typing.Optional[typing.IO[typing.Any]] = None) -> None:  # noqa: ARG002
        """Tells it; it is no error."""
        say(f"\n{self.message}")


def tell_error(message: str, hint: typing.Optional[str] = None) -> None:
    """Tells an error, and what to do about it."""
    say("error: ", fg="red", bold=True, nl=False)
    say(message)
    if hint:
        say(f"hint: {hint}")


def explain(error: BaseException) -> typing.Tuple[str, typing.Optional[str]]:
    """What went wrong, and what to do."""
    message, hint = _explain(error)
    if noted("is_created"):
        hint = f"the batch was created, so do not submit it again; to go on with it: {noted('again')}"
    return message, hint


def _explain(error: BaseException) -> typing.Tuple[str, typing.Optional[str]]:
    if isinstance(error, ManifestError):
        return _tell_problems(error), None
    if isinstance(error, errors.TwelveLabsError):
        return _explain_ours(error)
    if isinstance(error, FileExistsError):
        return f"{error.filename} exists already", "--force replaces it"
    if isinstance(error, (OSError, ImportError)):
        parts = (getattr(error, "filename", None), getattr(error, "strerror", None))
        return ": ".join(str(part) for part in parts if part) or str(error), None
    return f"unexpected {type(error).__name__}: {error}", "--debug shows where; please report it"


def _explain_ours(error: errors.TwelveLabsError) -> typing.Tuple[str, typing.Optional[str]]:
    if isinstance(error, errors.MissingApiKeyError):
        return "there is no API key: set the environment variable TWELVE_LABS_API_KEY", (
            f"no flag takes it, since it would stay in the shell's history. {command_of('demo')} needs none."
        )
    if isinstance(error, errors.CreateOutcomeUnknownError):
        return _tell_unknown(error), f"{command_of('list')} shows which batches there are"
    return str(error), _hint(error)


def _tell_problems(error: ManifestError) -> str:
    problems = error.problems
    if len(problems) == 1:
        return str(problems[0]) + (f"\nhint: {problems[0].hint}" if problems[0].hint else "")
    lines = [f"{count(len(problems), 'problem')} in the manifest; nothing was sent:"]
    for each in problems[:_MOST_TOLD]:
        lines.append(f"  {each}")
        if each.hint:
            lines.append(f"    hint: {each.hint}")
    if len(problems) > _MOST_TOLD:
        lines.append(f"  and {len(problems) - _MOST_TOLD:,} more")
    return "\n".join(lines)


def _tell_unknown(error: errors.CreateOutcomeUnknownError) -> str:
    lines = [str(error)]
    lines += [f"  it may be {each.batch_id}, created {each.created_at}" for each in error.candidates]
    return "\n".join(lines)


_HINTS: typing.Tuple[typing.Tuple[typing.Type[errors.TwelveLabsError], str], ...] = (
    (errors.UnauthorizedError, "check the environment variable TWELVE_LABS_API_KEY"),
    (errors.ConnectError, "check the network, and --base-url or TWELVELABS_BASE_URL if you gave one"),
    (
        errors.IncompleteResultsError,
        "run the command again: an --output file in JSON Lines goes on where it stopped",
    ),
    (
        errors.NotFoundError,
        f"{command_of('list')} shows the batches there are; they are deleted 30 days after creation",
    ),
)


def _hint(error: errors.TwelveLabsError) -> typing.Optional[str]:
    context = click.get_current_context(silent=True)
    name = None if context is None else context.find_root().invoked_subcommand
    is_creating = name in {"create", "check"}
    if isinstance(error, errors.NotFoundError) and (name == "list" or _has_no_path()):
        return "check --base-url or TWELVELABS_BASE_URL: the platform's is https://api.twelvelabs.io/v1.3"
    if is_creating and isinstance(error, (errors.NotFoundError, errors.ConflictError)):
        return f"nothing was created; {command_of('check', '--assets')} tells of every asset"
    if isinstance(error, errors.WaitTimeoutError):
        again = noted("again") or command_of("wait", error.batch_id)
        return f"the batch goes on; to wait for it again: {again}"
    if isinstance(error, errors.TooManyRequestsError):
        return _hint_of_limit(error, is_creating=is_creating)
    if isinstance(error, errors.ApiError) and error.code == "batch_not_terminal":
        batch_id = noted("batch_id") or "BATCH"
        cancel, wait = command_of("cancel", batch_id), command_of("wait", batch_id)
        return f"cancel it first, or wait until it has ended: {cancel}, {wait}"
    return next((hint for kind, hint in _HINTS if isinstance(error, kind)), None)


def _has_no_path() -> bool:
    """Whether the address that was given is a host alone, without the version of the interface."""
    base_url = noted("base_url") or os.environ.get("TWELVELABS_BASE_URL", "")
    return re.fullmatch(r"\w+://[^/]+/?", base_url) is not None


def _hint_of_limit(error: errors.TooManyRequestsError, *, is_creating: bool) -> str:
    later = f"; come back after {error.retry_after:g} s" if error.retry_after else ""
    if not is_creating:
        return f"requests are limited{later}"
    active = command_of("list", "--status", "pending", "--status", "processing", "--status", "canceling")
    return f"five batches can be active at once, {active} shows them; requests are limited, too{later}"
