"""Manifests of any length, read item by item."""

from __future__ import annotations

import array
import csv
import itertools
import pathlib
import re
import typing

from .items import make_item
from .manifest import STDIN, SUFFIXES, read_manifest
from .manifest_csv import LONGEST_CELL, delimiter, read_cells, read_header
from .manifest_json import parse_json
from .places import Place
from .problems import ManifestError, Problem

__all__ = ["LongManifest"]

_ITEM = re.compile(r"requests\[(\d+)\]\.?(.*)", re.DOTALL)


class LongManifest:
    """The items of a manifest, as often as they are wanted.

    JSON Lines and CSV are read item by item; JSON, and what comes from stdin, is held in memory.

    Args:
        path: The file; `-` is stdin.
        format_name: One of `FORMATS`; by default the file's name tells, or how it begins.
    """

    def __init__(self, path: str, format_name: typing.Optional[str]) -> None:
        self.path = path
        self.name = "stdin" if path == STDIN else path
        self._kind = format_name or SUFFIXES.get(pathlib.Path(path).suffix.lower())
        self._held: typing.Optional[typing.List[typing.Tuple[Place, typing.Any]]] = None
        self.settings: typing.Dict[str, typing.Any] = {}
        self._lines = array.array("L")
        self._columns: typing.FrozenSet[str] = frozenset()
        if path == STDIN or self._kind not in {"jsonl", "csv"}:
            manifest = read_manifest(path, format_name, most_items=None)
            self.settings = manifest.settings
            self._held = list(zip(manifest.places, manifest.requests, strict=True))

    def __iter__(self) -> typing.Iterator[typing.Any]:
        self._lines = array.array("L")
        for place, request in self._items():
            self._lines.append(place.line)
            yield request

    def first(self) -> typing.Any:
        """The first item.

        Raises:
            ManifestError: There is none.
        """
        for request in itertools.islice(self, 1):
            return request
        raise ManifestError([Problem(self.name, "there is no item in it")])

    def explain(self, path: str) -> str:
        """Where something stands that was found at a path of the requests."""
        match = _ITEM.fullmatch(path)
        if match is None or int(match[1]) >= len(self._lines):
            return f"{self.name}, {path}"
        return Place(self.name, self._lines[int(match[1])], self._columns).at(match[2])

    def _items(self) -> typing.Iterator[typing.Tuple[Place, typing.Any]]:
        if self._held is not None:
            return iter(self._held)
        read = self._read_csv() if self._kind == "csv" else self._read_json_lines()
        return (self._make(place, value) for place, value in read)

    def _make(self, place: Place, value: typing.Any) -> typing.Tuple[Place, typing.Any]:
        problems: typing.List[Problem] = []
        made = make_item(value, place, problems)
        if problems:
            raise ManifestError(problems)
        return place, made

    def _read_json_lines(self) -> typing.Iterator[typing.Tuple[Place, typing.Any]]:
        with pathlib.Path(self.path).open("rb") as file:
            for number, line in enumerate(file, 1):
                text = self._decode(line, number)
                if text.strip(" \t\r\n"):
                    yield Place(self.name, number), parse_json(text, self.name, number)

    def _decode(self, line: bytes, number: int) -> str:
        try:
            return line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            what = f"byte 0x{line[error.start]:02x} is not UTF-8"
            raise ManifestError([Problem(f"{self.name}:{number}", what, line=number)]) from None

    def _read_csv(self) -> typing.Iterator[typing.Tuple[Place, typing.Any]]:
        csv.field_size_limit(LONGEST_CELL)
        try:
            with pathlib.Path(self.path).open(encoding="utf-8-sig", newline="") as file:
                yield from self._read_table(file)
        except UnicodeDecodeError:
            raise ManifestError([Problem(self.name, "it is not UTF-8")]) from None

    def _read_table(self, file: typing.TextIO) -> typing.Iterator[typing.Tuple[Place, typing.Any]]:
        beginning = file.readline()
        while beginning and not beginning.strip():
            beginning = file.readline()
        rows = csv.reader(itertools.chain((beginning,), file), delimiter=delimiter(beginning), strict=True)
        header: typing.List[str] = []
        line = 1
        try:
            for cells in rows:
                begins, line = line, rows.line_num + 1
                if not any(cell.strip() for cell in cells):
                    continue
                if not header:
                    header = read_header(cells, f"{self.name}:{begins}")
                    self._columns = frozenset(header)
                    continue
                place, problems = Place(self.name, begins, self._columns), typing.cast("list[Problem]", [])
                if len(cells) != len(header):
                    problems.append(place.problem("", f"{len(cells)} cells; there are {len(header)} columns"))
                    raise ManifestError(problems)
                item = read_cells(header, cells, place, problems)
                if problems:
                    raise ManifestError(problems)
                yield place, item
        except csv.Error as error:
            raise ManifestError([Problem(f"{self.name}:{line}", f"no CSV: {error}", line=line)]) from None
