"""What the command line ends with: one number for each kind of end."""

from __future__ import annotations

import enum
import typing

from .. import errors
from .problems import ManifestError

__all__ = ["MEANINGS", "Exit", "exit_of"]


class Exit(enum.IntEnum):
    """The status of the process."""

    FINE = 0
    WRONG = 1
    USAGE = 2
    NOT_READY = 3
    REFUSED = 4
    UNREACHABLE = 5
    INCOMPLETE = 6
    UNKNOWN = 7
    INTERRUPTED = 130
    BROKEN_PIPE = 141
    TERMINATED = 143


MEANINGS: typing.Dict[Exit, str] = {
    Exit.FINE: "All is well.",
    Exit.WRONG: "Something is wrong on your side: a manifest breaks a rule, a file cannot be written, "
    "a question was answered with no. Or a batch was canceled or has expired while it was waited for. "
    "Or items have no answer, and --fail-on-item-error was given; a limit has stopped a run; "
    "a journal cannot be used.",
    Exit.USAGE: "The command was not understood, or it lacks something: a key, a library, "
    "a place for --output (a file that exists is one with --force only). Nothing was sent.",
    Exit.NOT_READY: "Not yet: the time to wait is over, or --require-complete and the batch goes on; "
    "another command writes the journal.",
    Exit.REFUSED: "The platform refused: wrong key, no such batch, five batches are active, … (HTTP 4xx).",
    Exit.UNREACHABLE: "The platform was not reached, failed, or did not answer (HTTP 5xx).",
    Exit.INCOMPLETE: "Results are missing, or cannot be read; what came is valid.",
    Exit.UNKNOWN: "A batch may have been created or not: look before you submit it again.",
    Exit.INTERRUPTED: "Interrupted with Ctrl-C; batches go on.",
    Exit.BROKEN_PIPE: "Whoever read the output has gone, as after `| head`.",
    Exit.TERMINATED: "Ended from outside, as with `kill`; batches go on.",
}

_SERVER_ERRORS = 500

#: The first that fits counts.
_EXITS: typing.Tuple[typing.Tuple[typing.Tuple[typing.Type[BaseException], ...], Exit], ...] = (
    ((errors.CreateOutcomeUnknownError,), Exit.UNKNOWN),
    ((errors.IncompleteResultsError, errors.MalformedRowError, errors.RunIncompleteError), Exit.INCOMPLETE),
    ((errors.WaitTimeoutError, errors.JournalInUseError), Exit.NOT_READY),
    ((errors.ApiError,), Exit.REFUSED),
    ((errors.TransportError, errors.ResponseError), Exit.UNREACHABLE),
    ((errors.ValidationError, errors.MissingApiKeyError, errors.EmulatorError), Exit.USAGE),
    ((ManifestError,), Exit.WRONG),
    ((FileExistsError, ImportError), Exit.USAGE),
)


def exit_of(error: BaseException) -> Exit:
    """The status that tells of an error."""
    if isinstance(error, errors.ApiError) and (error.status_code or 0) >= _SERVER_ERRORS:
        return Exit.UNREACHABLE
    return next((status for kinds, status in _EXITS if isinstance(error, kinds)), Exit.WRONG)
