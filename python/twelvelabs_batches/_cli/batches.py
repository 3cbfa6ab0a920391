"""How batches are named on the command line."""

from __future__ import annotations

import typing

import click
from click.shell_completion import CompletionItem

from ..errors import ApiError
from .exits import Exit, exit_of
from .failures import Stop, explain, tell_error
from .notes import note

if typing.TYPE_CHECKING:
    from .. import BatchesClient

__all__ = ["BATCH", "batches_argument", "find_batch", "find_batches", "for_each"]

LATEST = "latest"


class _Batch(click.ParamType):  # type: ignore[type-arg] # older versions of click have none
    """The identifier of a batch, or `latest`."""

    name = "batch"

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> typing.List[CompletionItem]:
        """Completes what is known without asking the platform."""
        return [CompletionItem(LATEST, help="the newest batch")] if LATEST.startswith(incomplete) else []


BATCH = _Batch()

batches_argument = click.argument("names", metavar="BATCH...", nargs=-1, required=True, type=BATCH)


def find_batch(client: BatchesClient, name: str) -> str:
    """The identifier of a batch; `latest` is the one that was created last."""
    if name != LATEST:
        return name
    for batch in client.list(page_limit=1):
        return batch.batch_id
    raise Stop(Exit.REFUSED, "there is no batch yet, so there is no latest one")


def find_batches(client: BatchesClient, names: typing.Iterable[str]) -> typing.List[str]:
    """The identifiers of batches, each once."""
    return list(dict.fromkeys(find_batch(client, name) for name in names))


def for_each(batch_ids: typing.Iterable[str], work: typing.Callable[[str], typing.Optional[Exit]]) -> None:
    """Does something with each batch; one that is refused does not keep the others from it."""
    status = Exit.FINE
    for batch_id in batch_ids:
        note(batch_id=batch_id)
        try:
            outcome = work(batch_id) or Exit.FINE
        except ApiError as error:
            outcome = exit_of(error)
            if outcome is not Exit.REFUSED:
                raise
            tell_error(*explain(error))
        status = status or outcome
    if status:
        raise Stop(status)
