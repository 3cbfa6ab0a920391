"""`twelvelabs-batches emulator`: the platform on your own machine."""

from __future__ import annotations

import signal
import threading
import typing

import click

from .. import Emulator, EmulatorError, _native


def _flags() -> typing.List[click.Parameter]:
    """One flag for each option of the emulator; the emulator itself reads their texts."""
    return [
        click.Option(
            ["--" + name.replace("_", "-"), name],
            help=f"{text} [default: {_tell(default)}]",
            metavar="|".join(choices) if choices else kind.upper(),
        )
        for name, kind, default, choices, text in _native.describe_options()
    ]


def _tell(default: typing.Any) -> str:
    if default is None:
        return "none"
    if isinstance(default, list):
        return ",".join(str(part) for part in default)
    return str(default).lower() if isinstance(default, bool) else str(default)


def _serve(**flags: typing.Optional[str]) -> None:
    """Runs the platform on this machine until interrupted.

    The first line printed is its base URL, for `TWELVELABS_BASE_URL`; it accepts the key `emulator`
    unless another is given.
    """
    given = [(name, text) for name, text in flags.items() if text is not None]
    try:
        platform = Emulator._from_flags(given)  # noqa: SLF001 - the command line is part of the package
    except EmulatorError as error:
        raise click.UsageError(str(error)) from error
    done = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: done.set())
    with platform:
        click.echo(platform.base_url)
        click.echo(f"The key is {platform.api_key!r}. Press Ctrl-C to stop.", err=True)
        done.wait()


emulator = click.Command("emulator", params=_flags(), callback=_serve, help=_serve.__doc__)
