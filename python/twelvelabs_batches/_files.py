"""Results as files."""

from __future__ import annotations

import abc
import contextlib
import os
import typing

from ._columns import load
from ._native import make_columns
from ._place import Place

if typing.TYPE_CHECKING:
    from ._native import ResultColumns
    from ._place import Path

__all__ = ["CsvFile", "File", "JsonLinesFile", "ParquetFile"]

_ENDED = ("ready", "failed", "canceled")


class File(abc.ABC):
    """A file of results that is being written."""

    #: Whether a later call can go on with what is there.
    can_go_on = False

    def __init__(self, place: Place) -> None:
        self._place = place
        #: Rows that were given to it.
        self.received = 0
        #: Rows that are in it.
        self.rows = 0

    def write(self, columns: ResultColumns) -> None:
        """Adds rows."""
        self.rows += self._write(columns)
        self.received += len(columns)

    def finish(self) -> int:
        """Puts the file in its place; returns the number of its rows."""
        self._end()
        self._place.finish()
        return self.rows

    def give_up(self) -> None:
        """Leaves nothing behind."""
        self._place.discard()

    @abc.abstractmethod
    def _write(self, columns: ResultColumns) -> int:
        """Writes rows; returns how many that were."""

    def _end(self) -> None:  # noqa: B027 - most files need nothing
        """Writes what comes last."""


class JsonLinesFile(File):
    """JSON Lines. With the identifier of a batch a later call goes on where this one stops."""

    def __init__(self, path: Path, *, overwrite: bool, batch_id: typing.Optional[str] = None) -> None:
        part = None if batch_id is None else f".{batch_id}.part"
        super().__init__(Place(path, overwrite=overwrite, part=part))
        self.can_go_on = batch_id is not None and not self._place.is_direct
        self._known: typing.Set[str] = set()
        if self.can_go_on:
            try:
                self._known = _tidy(self._place.part)
            except BaseException:
                self._place.close()
                raise
            os.lseek(self._place.descriptor, 0, os.SEEK_END)
        self.rows = len(self._known)

    def _write(self, columns: ResultColumns) -> int:
        lines, rows = columns._lines(self._known or None)  # noqa: SLF001
        self._place.write(lines)
        return rows

    def give_up(self) -> None:
        """Leaves what a later call can go on with."""
        descriptor = self._place.descriptor
        if self.can_go_on and (descriptor < 0 or os.fstat(descriptor).st_size > 0):
            self._place.close()
        else:
            self._place.discard()


def _tidy(part: str) -> typing.Set[str]:
    """Drops what cannot stay from an unfinished file; returns the tasks of the rows that stay.

    Items that had not ended when they were written have gone on since, and the last line
    may be torn. Whatever is dropped comes again.
    """
    import pathlib  # noqa: PLC0415 - only for files that go on

    known: typing.Set[str] = set()
    path = pathlib.Path(part)
    with path.open("rb") as source, path.open("r+b") as target:
        for line in source:
            task_id = _ended_task(line)
            if task_id is not None and task_id not in known:
                known.add(task_id)
                # What is written is never ahead of what was read.
                target.write(line)
        target.truncate()
    return known


def _ended_task(line: bytes) -> typing.Optional[str]:
    """The task of a whole row of an item that has ended."""
    import json  # noqa: PLC0415 - only for files that go on

    if not line.endswith(b"\n"):
        return None
    with contextlib.suppress(ValueError, RecursionError):
        row = json.loads(line)
        if isinstance(row, dict) and row.get("status") in _ENDED and isinstance(row.get("task_id"), str):
            return typing.cast("str", row["task_id"])
    return None


class CsvFile(File):
    """CSV."""

    def __init__(self, path: Path, *, overwrite: bool) -> None:
        super().__init__(Place(path, overwrite=overwrite))
        self._has_header = False

    def _write(self, columns: ResultColumns) -> int:
        text, rows = columns._csv(not self._has_header)  # noqa: SLF001
        self._has_header = True
        self._place.write(text)
        return rows

    def _end(self) -> None:
        if not self._has_header:
            self._write(make_columns([], None))


class ParquetFile(File):
    """Parquet, by pyarrow if it is there, otherwise by polars, which wants all rows at once."""

    def __init__(self, path: Path, *, overwrite: bool) -> None:
        self._library = _parquet_library()
        super().__init__(Place(path, overwrite=overwrite))
        self._writer: typing.Any = None
        self._file: typing.Any = None
        self._tables: typing.List[typing.Any] = []

    def _write(self, columns: ResultColumns) -> int:
        if self._library.__name__ == "polars":
            self._tables.append(self._library.DataFrame(columns))
            return len(columns)
        table = self._library.table(columns)
        if self._writer is None:
            import pyarrow.parquet  # noqa: PLC0415 - loaded only where it is used

            self._file = os.fdopen(os.dup(self._place.descriptor), "wb")
            self._writer = pyarrow.parquet.ParquetWriter(self._file, table.schema)
        if len(columns):
            self._writer.write_table(table)
        return len(columns)

    def _end(self) -> None:
        if self._writer is None and not self._tables:
            self._write(make_columns([], None))
        if self._tables:
            with os.fdopen(os.dup(self._place.descriptor), "wb") as file:
                self._library.concat(self._tables).write_parquet(file)
        elif self._writer is not None and self._file is not None:
            self._writer.close()
            self._file.close()

    def give_up(self) -> None:
        """Leaves nothing behind."""
        for opened in filter(None, (self._writer, self._file)):
            with contextlib.suppress(Exception):  # the reason is known already
                opened.close()
        super().give_up()


def _parquet_library() -> typing.Any:
    try:
        return load("pyarrow")
    except ImportError:
        with contextlib.suppress(ImportError):
            return load("polars")
        raise
