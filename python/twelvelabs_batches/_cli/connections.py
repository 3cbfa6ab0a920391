"""The flags about the connection, and the client that they make."""

from __future__ import annotations

import contextlib
import functools
import logging
import typing

import click

from .. import BatchesClient
from .notes import note
from .screen import say

__all__ = ["Connection", "connection_flags"]

_PROGRESS = "twelvelabs_batches.progress"
# Seconds of silence after which people think that it hangs.
_LONG = 5


class Connection(typing.NamedTuple):
    """How the platform is reached."""

    base_url: typing.Optional[str]
    timeout: typing.Optional[float]
    max_retries: typing.Optional[int]

    @contextlib.contextmanager
    def open(self) -> typing.Iterator[BatchesClient]:
        """A client; its key comes from the environment, and what it warns of is told."""
        logger, handler = logging.getLogger("twelvelabs_batches"), _Talk()
        settings: typing.Dict[str, typing.Any] = {
            name: value for name, value in self._asdict().items() if value is not None
        }
        before = logger.level
        if not click.get_current_context().meta.get("debug"):
            logger.addHandler(handler)
            logger.setLevel(logging.INFO)
        try:
            with BatchesClient(**settings) as client:
                yield client
        finally:
            logger.removeHandler(handler)
            logger.setLevel(before)


class _Talk(logging.Handler):
    """Tells people of warnings, of long pauses, and of how a batch goes on where no bar can be shown."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING:
            say(f"warning: {record.getMessage()}", fg="yellow")
        elif record.name == _PROGRESS or (getattr(record, "wait", None) or 0) >= _LONG:
            say(record.getMessage())


def _debug(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        context.meta["debug"] = True
        context.with_resource(_told_all())


@contextlib.contextmanager
def _told_all() -> typing.Iterator[None]:
    """Whatever is logged is written to stderr."""
    logger, handler = logging.getLogger("twelvelabs_batches"), logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(message)s"))
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


_FLAGS = (
    click.option("--base-url", metavar="URL", help="Where the platform is. [env: TWELVELABS_BASE_URL]"),
    click.option(
        "--request-timeout",
        "timeout",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="Limit for silence and for a whole request. [default: 120, and 600]",
    ),
    click.option(
        "--max-retries",
        type=click.IntRange(min=0),
        metavar="N",
        help="How often a request is repeated at most. [default: 2]",
    ),
    click.option(
        "--debug",
        is_flag=True,
        expose_value=False,
        callback=_debug,
        help="Tell every request, and where an error came from.",
    ),
)


def connection_flags(function: typing.Callable[..., None]) -> typing.Callable[..., None]:
    """Gives a command the flags about the connection, and its function a `connection`."""

    @functools.wraps(function)
    def with_connection(
        *args: typing.Any,
        base_url: typing.Optional[str],
        timeout: typing.Optional[float],
        max_retries: typing.Optional[int],
        **kwargs: typing.Any,
    ) -> None:
        note(base_url=base_url)
        function(*args, connection=Connection(base_url, timeout, max_retries), **kwargs)

    for flag in reversed(_FLAGS):
        with_connection = flag(with_connection)
    return with_connection
