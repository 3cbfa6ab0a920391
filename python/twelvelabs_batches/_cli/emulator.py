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
        for name, kind, default, choices, text, _ in _native.describe_options()
    ]


def _tell(default: typing.Any) -> str:
    if default is None or default == []:
        return "none"
    if isinstance(default, list):
        return ",".join(str(part) for part in default)
    return str(default).lower() if isinstance(default, bool) else str(default)


def _fault_flag() -> click.Option:
    """One flag for all faults; it may be given several times."""
    names = ", ".join(name for name, *_ in _native.describe_faults())
    return click.Option(
        ["--fault", "faults"],
        multiple=True,
        metavar="WORDS",
        help="Trouble that befalls requests, such as on=results,cut=reset,after_rows=3 or a JSON object; "
        f"may be given several times. Known are {names}.",
    )


def _serve(faults: typing.Tuple[str, ...], **flags: typing.Optional[str]) -> None:
    """Runs the platform on this machine until interrupted.

    The first line printed is its base URL, for `TWELVELABS_BASE_URL`; it accepts the key `emulator`
    unless another is given.
    """
    given = [(name, text) for name, text in flags.items() if text is not None]
    try:
        platform = Emulator._from_flags(given, faults)  # noqa: SLF001 - the command line is part of the package
    except EmulatorError as error:
        raise click.UsageError(str(error)) from error
    done = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: done.set())
    with platform:
        click.echo(platform.base_url)
        click.echo(f"The key is {platform.api_key!r}. Press Ctrl-C to stop.", err=True)
        done.wait()


command = click.Command("emulator", params=[*_flags(), _fault_flag()], callback=_serve, help=_serve.__doc__)
