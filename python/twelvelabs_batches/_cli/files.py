"""Results as files."""

from __future__ import annotations

import pathlib
import tempfile
import typing

import click

from .. import ResultList
from .problems import count
from .screen import say

if typing.TYPE_CHECKING:
    from .. import Results
    from .rows import Selection

__all__ = ["STDOUT", "WRITERS", "check_output", "output_flags", "write_results"]

STDOUT = "-"
WRITERS = {".jsonl": "to_jsonl", ".ndjson": "to_jsonl", ".csv": "to_csv", ".parquet": "to_parquet"}


def output_flags(function: typing.Callable[..., None]) -> typing.Callable[..., None]:
    """Gives a command the flags about a file of results."""
    for flag in (
        click.option("--force", is_flag=True, help="Replace an --output file that exists."),
        click.option(
            "-o",
            "--output",
            type=click.Path(dir_okay=False),
            metavar="FILE",
            help="Write the results to this .jsonl, .csv or .parquet; - is JSON Lines on stdout.",
        ),
    ):
        function = flag(function)
    return function


def check_output(output: typing.Optional[str], *, force: bool) -> None:
    """Finds out whether a file can be written, before anything else is done.

    Raises:
        click.UsageError: Its format is not known, or its folder does not exist.
        FileExistsError: It exists and is not to be replaced.
    """
    if output is None or output == STDOUT:
        return
    path = pathlib.Path(output)
    if path.suffix.lower() not in WRITERS:
        known = ", ".join(WRITERS)
        raise click.UsageError(f"--output: a file that ends in one of {known} is expected, not {output!r}")
    if not path.absolute().parent.is_dir():
        raise click.UsageError(f"--output: there is no folder {str(path.absolute().parent)!r}")
    if path.exists() and not force:
        raise FileExistsError(17, "exists already", output)
    _check_folder(path.absolute().parent)
    if path.suffix.lower() == ".parquet":
        from .._files import _parquet_library  # noqa: PLC0415 - only where it is wanted

        _parquet_library()


def _check_folder(folder: pathlib.Path) -> None:
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        told = f"--output: nothing can be written into the folder {str(folder)!r}: {error.strerror}"
        raise click.UsageError(told) from error


def write_results(results: Results, output: str, selection: Selection, *, force: bool) -> None:
    """Writes a file of results."""
    source: typing.Union[Results, ResultList] = results
    if selection:
        source = ResultList(selection.of(results))
    writer = getattr(source, WRITERS[pathlib.Path(output).suffix.lower()])
    say(f"Wrote {count(writer(output, overwrite=force), 'row')} to {output}.")
