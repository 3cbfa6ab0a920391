"""`twelvelabs-batches results`: what became of the items of a batch."""

from __future__ import annotations

import typing

import click

from .batches import BATCH, find_batch
from .connections import Connection, connection_flags
from .exits import Exit
from .failures import Interrupted, Stop
from .files import STDOUT, check_output, output_flags, write_results
from .notes import note, noted
from .rows import Selection, put_answers, put_json_lines, put_lines, put_table
from .screen import command_of, has_people, is_terminal, json_flag, say, suggest, wants_json
from .waits import (
    Patience,
    check_items,
    check_status,
    fail_flag,
    patience_flags,
    stopped_waiting,
    wait_for,
    watch,
)

if typing.TYPE_CHECKING:
    from .. import AnalyzeBatchStatusResponse, BatchesClient, Results
    from ..types import RequestOptions

__all__ = ["command"]

_STATUSES = ("queued", "processing", "ready", "failed", "canceled")


@click.command("results")
@click.argument("name", metavar="BATCH", type=BATCH)
@output_flags
@click.option("--wait", "is_waiting", is_flag=True, help="Wait until the batch has ended, then read.")
@click.option(
    "--as-completed", "is_streaming", is_flag=True, help="Put out each item as soon as it has ended."
)
@patience_flags
@click.option("--status", type=click.Choice(_STATUSES), multiple=True, help="Only these; may be repeated.")
@click.option(
    "--item", "items", metavar="ID", multiple=True, help="Only this custom_id or task_id; may be repeated."
)
@click.option("--text", "is_text", is_flag=True, help="The answers alone, an empty line between two.")
@click.option("--require-complete", is_flag=True, help="End with status 3 if the batch has not ended.")
@fail_flag
@json_flag
@connection_flags
def command(*, connection: Connection, name: str, **flags: typing.Any) -> None:
    """Reads the results of a batch, whatever its state: a row for each item.

    BATCH is its identifier, or `latest`. At a terminal they are a table, elsewhere JSON Lines as the
    platform sends them. An --output file appears when it is whole; one in JSON Lines goes on, after a
    failure, where it stopped.
    """
    wish = Wish(**flags)
    wish.check()
    with connection.open() as client:
        read_results(client, find_batch(client, name), wish)


class Wish(typing.NamedTuple):
    """Which results are wanted, and how."""

    output: typing.Optional[str] = None
    force: bool = False
    is_waiting: bool = False
    is_streaming: bool = False
    wait_timeout: typing.Optional[float] = None
    poll_interval: typing.Optional[float] = None
    status: typing.Tuple[str, ...] = ()
    items: typing.Tuple[str, ...] = ()
    is_text: bool = False
    require_complete: bool = False
    is_strict: bool = False
    as_json: typing.Optional[bool] = None

    @property
    def patience(self) -> Patience:
        """How the batch is waited for."""
        return Patience(self.wait_timeout, self.poll_interval)

    @property
    def is_chosen(self) -> bool:
        """Whether it was said which rows, or where to."""
        return bool(self.output or self.is_text or self.status or self.items)

    @property
    def is_file(self) -> bool:
        """Whether the rows go into a file."""
        return self.output is not None and self.output != STDOUT

    def words(self, batch_id: str) -> typing.List[str]:
        """The command that goes on with it, without its limits of time."""
        words = ["results", batch_id, "--as-completed" if self.is_streaming else "--wait"]
        for flag, values in (("--output", (self.output,)), ("--status", self.status), ("--item", self.items)):
            for value in values:
                words += [] if value is None else [flag, value]
        for flag, is_given in (
            ("--force", self.force),
            ("--text", self.is_text),
            ("--fail-on-item-error", self.is_strict),
            ("--json", self.as_json is True),
            ("--table", self.as_json is False),
        ):
            words += [flag] if is_given else []
        return words

    def check(self) -> None:
        """Finds out whether the flags go together."""
        if self.is_text and (self.as_json is not None or self.output is not None):
            raise click.UsageError("--text does not go with --json, --table or --output")
        if self.output is not None and self.as_json is not None:
            raise click.UsageError(
                "--output does not go with --json or --table: the file's name tells its format"
            )
        if not (self.is_waiting or self.is_streaming) and (self.wait_timeout, self.poll_interval) != (
            None,
            None,
        ):
            raise click.UsageError("--timeout and --poll-interval go with --wait or --as-completed")
        check_output(self.output, force=self.force)


def read_results(client: BatchesClient, batch_id: str, wish: Wish) -> None:
    """Reads the results of a batch and puts them where they are wanted."""
    batch = None
    if noted("again") is None and (wish.is_waiting or wish.is_streaming):
        note(again=command_of(*wish.words(batch_id)))
    if wish.is_waiting and not wish.is_streaming:
        batch = wait_for(client, batch_id, wish.patience)
    elif (wish.require_complete or wish.is_file) and not wish.is_streaming:
        batch = client.retrieve(batch_id)
        _check_end(batch, wish)
    selection = Selection(wish.status, wish.items)
    try:
        with _open(client, batch_id, wish) as results:
            _put(results, selection, wish)
    except KeyboardInterrupt:
        if wish.is_streaming:
            raise stopped_waiting(batch_id) from None
        if again := noted("again"):
            raise Interrupted(f"Stopped reading the results. To go on: {again}") from None
        raise
    selection.check(batch_id)
    if wish.is_strict:
        check_items(client.retrieve(batch_id))
    if batch is not None and wish.is_waiting:
        check_status(batch)
    _tell_people(batch_id, selection, wish)


def _tell_people(batch_id: str, selection: Selection, wish: Wish) -> None:
    if has_people() and wish.output is None and not wish.is_text:
        selection.tell_unfinished()
    if has_people() and not wish.is_chosen:
        suggest("results", batch_id, "--output", "results.csv")


def _check_end(batch: AnalyzeBatchStatusResponse, wish: Wish) -> None:
    if batch.is_terminal:
        return
    if wish.require_complete:
        told = f"the batch {batch.batch_id} has not ended: it is {batch.status}"
        raise Stop(Exit.NOT_READY, told, "--wait waits until it has")
    say(f"warning: the batch is {batch.status}: not every row will have an answer", fg="yellow")


def _open(client: BatchesClient, batch_id: str, wish: Wish) -> Results:
    # A file has no place for a row that cannot be read.
    options: RequestOptions = (
        {} if wish.is_file and not (wish.status or wish.items) else {"on_malformed": "yield"}
    )
    if not wish.is_streaming:
        return client.results(batch_id, request_options=options)
    return client.as_completed(
        batch_id,
        timeout=wish.wait_timeout,
        poll_interval=wish.poll_interval,
        # Rows on the same terminal tell more than a bar.
        progress=not is_terminal() and watch(batch_id),
        request_options=options,
    )


def _put(results: Results, selection: Selection, wish: Wish) -> None:
    if wish.is_file:
        write_results(results, str(wish.output), selection, force=wish.force)
    elif wish.is_text:
        put_answers(selection.of(results))
    elif wish.output == STDOUT or wants_json(wish.as_json):
        put_json_lines(selection.of(results))
    elif wish.is_streaming:
        put_lines(selection.of(results))
    else:
        put_table(selection.of(results))
