"""`twelvelabs-batches create`: submits a batch."""

from __future__ import annotations

import typing

import click

from ..errors import ValidationError
from .check import check_manifest, suggest_create
from .connections import Connection, connection_flags
from .defaults import submission_flags
from .failures import Interrupted
from .files import STDOUT, output_flags
from .notes import note
from .problems import ManifestError, count
from .results import Wish, read_results
from .screen import command_of, put_json, put_text, say, suggest
from .submissions import Submission, read_submission
from .times import tell_duration
from .waits import Patience, check_items, check_status, fail_flag, patience_flags, wait_for

if typing.TYPE_CHECKING:
    from .. import BatchesClient, CreateAnalyzeBatchResponse

__all__ = ["command"]


@click.command("create")
@submission_flags
@click.option("--dry-run", "is_dry", is_flag=True, help="Only check, as `check` does; create nothing.")
@click.option("--wait", "is_waiting", is_flag=True, help="Wait until the batch has ended.")
@output_flags
@patience_flags
@fail_flag
@click.option("--json", "as_json", is_flag=True, help="Put out all that the platform answers.")
@connection_flags
def command(
    *,
    connection: Connection,
    path: str,
    format_name: typing.Optional[str],
    is_dry: bool,
    is_waiting: bool,
    output: typing.Optional[str],
    force: bool,
    wait_timeout: typing.Optional[float],
    poll_interval: typing.Optional[float],
    is_strict: bool,
    as_json: bool,
    **flags: typing.Any,
) -> None:
    """Submits the items of a manifest as one batch, and puts out its identifier.

    MANIFEST is a file in JSON Lines, JSON or CSV, or `-` for stdin. It is held against every documented rule
    first; if one is broken, everything that is wrong is told with its place, and nothing is sent. A lost
    answer never makes a second batch.
    """
    wish = Wish(
        output=output,
        force=force,
        is_waiting=is_waiting,
        wait_timeout=wait_timeout,
        poll_interval=poll_interval,
        is_strict=is_strict,
    )
    if not is_waiting and (output is not None or is_strict):
        raise click.UsageError("--output and --fail-on-item-error go with --wait")
    wish.check()
    if is_dry:
        check_manifest(path, format_name, flags, None, as_json or None)
        suggest_create(path, "create", ("--dry-run",))
        return
    submission = read_submission(path, format_name, flags)
    with connection.open() as client:
        created = _create(client, submission)
        _tell(created, submission, as_json=as_json, is_quiet=output == STDOUT)
        if is_waiting:
            _note_again(created.batch_id, wish)
            _wait(client, created.batch_id, wish)
        else:
            suggest("wait", created.batch_id)


def _create(client: BatchesClient, submission: Submission) -> CreateAnalyzeBatchResponse:
    try:
        return client.create(**submission.arguments)
    except ValidationError as error:
        raise ManifestError([submission.explain(each) for each in error.violations]) from error
    except KeyboardInterrupt:
        look = command_of("list", "--limit", "3")
        told = (
            f"Interrupted: the batch may have been created, or not. Look before you submit it again: {look}"
        )
        raise Interrupted(told) from None


def _tell(
    created: CreateAnalyzeBatchResponse, submission: Submission, *, as_json: bool, is_quiet: bool
) -> None:
    """Puts out the identifier, at once: whatever happens later, it is not lost."""
    if is_quiet:
        say(created.batch_id)
    elif as_json:
        put_json(created.json(by_alias=True, exclude_unset=True))
    else:
        put_text(created.batch_id)
    items = count(created.total_items, "item")
    # By the platform's clock alone: this machine's may be another.
    expires = f"in {tell_duration((created.expires_at - created.created_at).total_seconds())}"
    if nameless := submission.count_nameless():
        say(
            f"warning: {count(nameless, 'item')} without custom_id: results can be matched by task_id only",
            fg="yellow",
        )
    say(f"Created with {items} ({submission.sum_up()}); expires {expires}.")


def _note_again(batch_id: str, wish: Wish) -> None:
    """Whatever happens from now on, the same command would make a second batch."""
    strict = ["--fail-on-item-error"] if wish.is_strict else []
    words = ["wait", batch_id, *strict] if wish.output is None else wish.words(batch_id)
    note(is_created=True, again=command_of(*words))


def _wait(client: BatchesClient, batch_id: str, wish: Wish) -> None:
    if wish.output is not None:
        read_results(client, batch_id, wish)
        return
    batch = wait_for(client, batch_id, Patience(wish.wait_timeout, wish.poll_interval))
    say(f"The batch is {batch.status}: {batch.ready_items:,} of {count(batch.total_items, 'item')} ready.")
    suggest("results", batch_id)
    if wish.is_strict:
        check_items(batch)
    check_status(batch)
