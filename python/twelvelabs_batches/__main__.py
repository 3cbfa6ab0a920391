"""The command line: `twelvelabs-batches`, or `python -m twelvelabs_batches`."""

from __future__ import annotations

import io
import sys


def main() -> None:
    """Runs the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What a locale has no letters for is no reason to fail.
            stream.reconfigure(errors="backslashreplace")
    try:
        from ._cli import command  # noqa: PLC0415 - only those who use it load it

        sys.exit(command.main(prog_name="twelvelabs-batches"))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
