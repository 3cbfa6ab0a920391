"""What files of results hold, and answers to fill them with."""

import csv
import io
import json
import os
import pathlib
import typing

import pyarrow.parquet as pq
import pytest

from servers import Cut, Part
from test_columns import ready_row
from test_results import head, lines

FILES = ("to_jsonl", "to_parquet", "to_csv")
posix = pytest.mark.skipif(os.name != "posix", reason="needs modes and links of POSIX")


def read_lines(path: pathlib.Path) -> list[typing.Any]:
    raw = path.read_bytes()
    assert raw == b"" or raw.endswith(b"\n")
    assert b"\r" not in raw
    return [json.loads(line) for line in raw.decode().split("\n")[:-1]]


def read_ids(path: pathlib.Path) -> list[str]:
    """The custom_ids of a file of any kind."""
    if path.suffix == ".jsonl":
        return [each["custom_id"] for each in read_lines(path)]
    if path.suffix == ".csv":
        return [
            each["custom_id"] for each in csv.DictReader(io.StringIO(path.read_bytes().decode(), newline=""))
        ]
    listed: list[str] = pq.read_table(path)["custom_id"].to_pylist()
    return listed


def path_for(folder: pathlib.Path, verb: str) -> pathlib.Path:
    return folder / f"rows.{verb[3:]}"


def named(count: int) -> list[str]:
    return [f"v-{number}" for number in range(count)]


def rows_of(count: int) -> bytes:
    return lines(*[ready_row(number) for number in range(count)])


def torn(rows: int) -> list[Part]:
    return [head("content-length: 100000"), rows_of(rows), Cut]


def in_folder(folder: pathlib.Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
