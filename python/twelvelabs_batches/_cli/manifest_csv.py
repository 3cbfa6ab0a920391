"""Manifests as tables: a line with the names of the columns, then one item on each."""

from __future__ import annotations

import csv
import difflib
import io
import re
import typing

from .items import COLUMNS, INTEGERS, NUMBERS
from .manifest_json import parse_json
from .places import Found, Place
from .problems import ManifestError, Problem

__all__ = ["LONGEST_CELL", "delimiter", "read_cells", "read_csv", "read_header"]

_DELIMITERS = ",;\t"
# Prompts and schemas may be long; the library's own limit is 128 KiB.
_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
LONGEST_CELL = 16 * 1024 * 1024


def read_csv(text: str, name: str) -> Found:
    """Reads a table; an empty cell is a field that is not given."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    items: typing.List[typing.Tuple[Place, typing.Any]] = []
    problems: typing.List[Problem] = []
    header: typing.List[str] = []
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = read_header(cells, f"{name}:{line}")
                continue
            place = Place(name, line, frozenset(header))
            if len(cells) == len(header):
                items.append((place, read_cells(header, cells, place, problems)))
            else:
                problems.append(place.problem("", f"{len(cells)} cells; there are {len(header)} columns"))
    except csv.Error as error:
        problems.append(Problem(f"{name}:{before + 1}", f"no CSV: {error}", line=before + 1))
    if not header and not problems:
        problems.append(Problem(name, f"there is no line with the names of columns: {', '.join(COLUMNS)}"))
    return Found(items, {}, problems)


def delimiter(text: str) -> str:
    """What stands between cells: the names of columns have none of them."""
    header = next((line for line in text.split("\n") if line.strip()), "")
    return next((letter for letter in header if letter in _DELIMITERS), ",")


def read_header(cells: typing.Sequence[str], place: str) -> typing.List[str]:
    """Reads the names of the columns.

    Raises:
        ManifestError: One of them is none, or stands there twice.
    """
    names = [cell.strip() for cell in cells]
    problems: typing.List[Problem] = []
    for number, name in enumerate(names):
        if name in names[:number]:
            problems.append(Problem(place, f"the column {name!r} is there twice"))
        elif name not in COLUMNS:
            near = difflib.get_close_matches(name, COLUMNS, 1)
            told = f"did you mean {near[0]!r}?" if near else f"allowed are {', '.join(COLUMNS)}"
            problems.append(Problem(place, f"there is no column {name!r}; {told}"))
    if not problems and "asset_id" not in names:
        problems.append(Problem(place, "there is no column 'asset_id'"))
    if problems:
        raise ManifestError(problems)
    return names


def read_cells(
    header: typing.Sequence[str], cells: typing.Sequence[str], place: Place, problems: typing.List[Problem]
) -> typing.Dict[str, typing.Any]:
    """Reads a line of a table; what cannot be read is added to the problems."""
    item: typing.Dict[str, typing.Any] = {}
    for name, cell in zip(header, cells, strict=True):
        text = cell if name == "prompt" else cell.strip()
        if not text.strip():
            continue
        try:
            item[name] = _read_cell(name, text)
        except ManifestError as error:
            problems += [place.problem(name, each.message) for each in error.problems]
    return item


def _read_cell(name: str, text: str) -> typing.Any:
    if name == "response_format":
        return parse_json(text, name)
    if name in INTEGERS and not _INTEGER.fullmatch(text):
        raise ManifestError([Problem(name, f"an integer is expected, not {text!r}")])
    if name in NUMBERS and not _NUMBER.fullmatch(text):
        raise ManifestError([Problem(name, f"a number is expected, not {text!r}")])
    return int(text) if name in INTEGERS else float(text) if name in NUMBERS else text
