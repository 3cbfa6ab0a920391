"""The command line: `twelvelabs-batches`, or `python -m twelvelabs_batches`."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line."""
    from ._cli import command  # noqa: PLC0415 - only those who use it load it

    sys.exit(command.main(prog_name="twelvelabs-batches"))


if __name__ == "__main__":
    main()
