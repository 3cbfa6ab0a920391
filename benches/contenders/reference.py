"""What everybody must have seen, from the files that are served and the standard library."""

from __future__ import annotations

import itertools
import json
import types
import typing

from ..places import DATA
from .touch import Seen, glance_dict, seen_batch, seen_created, seen_page, touch


def load(name: str) -> typing.Any:
    """A file, as objects."""
    text = (DATA / name).read_bytes()
    return json.loads(text, object_hook=lambda found: types.SimpleNamespace(**found))


class Files:
    """Reads the files themselves."""

    def __init__(self, url: str) -> None:
        del url

    def results(self, batch_id: str) -> Seen:
        """The results of a batch."""
        with (DATA / f"{batch_id}.jsonl").open("rb") as file:
            return touch(map(json.loads, file), glance_dict)

    def first(self, batch_id: str) -> Seen:
        """Their first row."""
        with (DATA / f"{batch_id}.jsonl").open("rb") as file:
            return touch(map(json.loads, itertools.islice(file, 1)), glance_dict)

    def retrieve(self, batch_id: str) -> Seen:
        """A batch."""
        return seen_batch(load(f"{batch_id}.json"))

    def page(self) -> Seen:
        """50 batches."""
        return seen_page(load("page.json").data)

    def create(self, kind: str) -> Seen:
        """The answer to a batch of any kind."""
        del kind
        return seen_created(load("created.json"))

    def together(self, batch_id: str, times: int) -> Seen:
        """The results, as each stream has them."""
        del times
        return self.results(batch_id)

    def table(self, batch_id: str, library: str, way: str) -> Seen:
        """How many rows a table has, and how many tokens all answers."""
        del library, way
        with (DATA / f"{batch_id}.jsonl").open("rb") as file:
            rows = [json.loads(line).get("data") for line in file]
        return Seen(len(rows), sum(data["usage"]["output_tokens"] for data in rows if data))
