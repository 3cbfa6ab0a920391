"""What everybody must have seen, from the files that are served and the standard library."""

from __future__ import annotations

import json

from ..places import DATA
from .touch import Seen, glance_dict, touch


class Files:
    """Reads the files themselves."""

    def __init__(self, url: str) -> None:
        del url

    def results(self, batch_id: str) -> Seen:
        """Reads the results of a batch."""
        with (DATA / f"{batch_id}.jsonl").open("rb") as file:
            return touch(map(json.loads, file), glance_dict)
