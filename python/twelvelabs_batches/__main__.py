"""The command line: `twelvelabs-batches`, or `python -m twelvelabs_batches`."""

from __future__ import annotations

import io
import signal
import sys
import typing


def main() -> None:
    """Runs the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What a locale has no letters for is no reason to fail.
            stream.reconfigure(errors="backslashreplace")
    try:
        from ._cli import command  # noqa: PLC0415 - only those who use it load it

        # A bar is left in order, and it is told how to go on.
        if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, _terminate)
        sys.exit(command.main(prog_name="twelvelabs-batches"))
    except KeyboardInterrupt:
        sys.exit(130)


def _terminate(*_: typing.Any) -> typing.NoReturn:
    from ._cli.failures import Terminated  # noqa: PLC0415 - as above

    raise Terminated


if __name__ == "__main__":
    main()
