"""Manifests: files that say what a batch is made of."""

from __future__ import annotations

import pathlib
import re
import shlex
import sys
import typing

import click

from .items import make_item
from .manifest_csv import read_csv
from .manifest_json import read_json, read_json_lines
from .places import Found, Place
from .problems import ManifestError, Problem, count

__all__ = ["FORMATS", "STDIN", "SUFFIXES", "Manifest", "read_manifest"]

FORMATS = ("jsonl", "json", "csv")
STDIN = "-"
_STDIN_NAME = "stdin"
SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv"}
_MOST_ITEMS = 1_000
_SETTINGS = ("model_name", "analysis_mode", "defaults")
_REQUESTS = re.compile(r'\s*\{\s*"(requests|model_name|analysis_mode|defaults)"')


class Manifest(typing.NamedTuple):
    """What a manifest says.

    Attributes:
        name: The file's name, for messages.
        requests: The items, in the platform's shape.
        places: Where each item stands.
        settings: `model_name`, `analysis_mode` and `defaults`, as far as they are given.
    """

    name: str
    requests: typing.List[typing.Any]
    places: typing.List[Place]
    settings: typing.Dict[str, typing.Any]


def read_manifest(
    path: str, format_name: typing.Optional[str], *, most_items: typing.Optional[int] = _MOST_ITEMS
) -> Manifest:
    """Reads a manifest.

    Args:
        path: The file; `-` is stdin.
        format_name: One of `FORMATS`; by default the file's name tells, or how it begins.
        most_items: As many items it may have; any number if that is nothing.

    Raises:
        ManifestError: It cannot be read; all that is wrong is told.
        click.UsageError: Its format cannot be told.
    """
    name = _STDIN_NAME if path == STDIN else path
    text = _decode(_read(path), name)
    kind = format_name or SUFFIXES.get(pathlib.Path(path).suffix.lower()) or _guess(text, name)
    readers = {"jsonl": read_json_lines, "json": read_json, "csv": read_csv}
    found = readers[kind](text, name)
    problems = list(found.problems)
    requests = [make_item(value, place, problems) for place, value in found.items]
    if problems:
        raise ManifestError(sorted(problems, key=lambda problem: problem.line))
    _check_size(len(requests), name, kind, most_items)
    return Manifest(name, requests, [place for place, _ in found.items], _settings(found, name))


def _read(path: str) -> bytes:
    if path != STDIN:
        return pathlib.Path(path).read_bytes()
    if sys.stdin is None:
        raise click.UsageError("the manifest is stdin, and that is closed")
    return sys.stdin.buffer.read()


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{data[error.start]:02x} is not UTF-8"
        hint = "save the file as UTF-8"
        raise ManifestError([Problem(f"{name}:{line}", what, hint)]) from None


def _guess(text: str, name: str) -> str:
    """The format by how a manifest begins."""
    begin = text.lstrip()[:1]
    if not begin:
        _check_size(0, name, "")
    if begin == "[":
        return "json"
    if begin == "{":
        first = text.lstrip().split("\n", 1)[0].rstrip()
        return "json" if not first.endswith("}") or _REQUESTS.match(first) else "jsonl"
    raise click.UsageError(f"the format of {name} cannot be told: give --format {', '.join(FORMATS)}")


def _check_size(items: int, name: str, kind: str, most_items: typing.Optional[int] = _MOST_ITEMS) -> None:
    if items == 0:
        raise ManifestError([Problem(name, "there is no item in it; 1 to 1,000 are allowed")])
    if most_items is not None and items > most_items:
        hint = f"`run` takes any number; or make {-(-items // _MOST_ITEMS)} manifests of it, each a batch"
        if kind == "jsonl" and name != _STDIN_NAME:
            # What it writes has no suffix, so how it begins tells its format.
            hint += f": split -l {_MOST_ITEMS} {shlex.quote(name)} part-"
        what = f"{count(items, 'item')}; a batch takes up to {_MOST_ITEMS:,}"
        raise ManifestError([Problem(name, what, hint)])


def _settings(found: Found, name: str) -> typing.Dict[str, typing.Any]:
    unknown = [key for key in found.settings if key not in _SETTINGS]
    if unknown:
        allowed = ", ".join(("requests", *_SETTINGS))
        raise ManifestError(
            [Problem(name, f"{key!r} is not known; allowed are {allowed}") for key in unknown]
        )
    return found.settings
