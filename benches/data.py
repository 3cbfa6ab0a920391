"""The batches that are served: generated once, with fixed seeds.

A batch is served as the platform does, down to its counters: clients hold the rows they
got against them.
"""

from __future__ import annotations

import dataclasses
import json
import random
import typing

from .places import DATA

VERSION = "1"
FAILED = 20  # one row of so many

SPEECH = """
    a person enters the room and looks around while the speaker explains how the plan for this year was made
    camera moves along the street where people wait near an open market before the crowd begins to sing slowly
    two engineers discuss the diagram on the board then point at the second figure because its labels
    are wrong
"""
WORDS = SPEECH.split()
JAPANESE = "映像では話者が計画を説明し人々が通りを歩いて市場の前で待っている様子がはっきりと映っています"
SCENES = ("interview", "street", "market", "diagram", "crowd", "title")


@dataclasses.dataclass(frozen=True)
class Batch:
    """One batch: how many rows, and what is in them."""

    number: int
    rows: int
    text: typing.Callable[[random.Random], str]
    ascii: bool = False

    @property
    def batch_id(self) -> str:
        """The platform's name for it."""
        return f"6b{self.number:022x}"


def prose(draw: random.Random, length: int) -> str:
    """Text of about that length."""
    words = draw.choices(WORDS, k=length // 5)
    return " ".join(words)[:length]


def short(draw: random.Random) -> str:
    """An answer of a few sentences."""
    return prose(draw, draw.randint(320, 400))


def segments(draw: random.Random) -> str:
    """Time-based metadata: JSON, which is then text inside JSON."""
    found: list[dict[str, typing.Any]] = []
    at = 0.0
    while len(found) < 55:  # noqa: PLR2004
        until = at + draw.randint(20, 900) / 10
        metadata = {
            "scene": draw.choice(SCENES),
            "description": prose(draw, 160),
            "people": draw.randint(0, 12),
            "indoors": draw.random() < 0.5,  # noqa: PLR2004
            "objects": draw.sample(WORDS, 3),
        }
        found.append({"start_time": round(at, 1), "end_time": round(until, 1), "metadata": metadata})
        at = until
    return json.dumps({"scenes": found})


def japanese(draw: random.Random) -> str:
    """Text of which nothing is ASCII."""
    return "".join(draw.choices(JAPANESE, k=335))


def transcript(draw: random.Random) -> str:
    """As much prose as the platform gives at most, in paragraphs."""
    paragraphs = [prose(draw, 900) for _ in range(40)]
    return "\n\n".join(draw.choices(paragraphs, k=443))


BATCHES = {
    "small": Batch(1, 1_000, short),
    "some": Batch(2, 20_000, short),
    "many": Batch(3, 200_000, short),
    "segments": Batch(4, 1_000, segments),
    "escapes": Batch(5, 1_000, japanese, ascii=True),
    "large": Batch(6, 200, transcript),
}


def rows(batch: Batch) -> typing.Iterator[dict[str, typing.Any]]:
    """The rows of a batch."""
    draw = random.Random(batch.number)
    for number in range(batch.rows):
        row: dict[str, typing.Any] = {
            "task_id": f"6c{batch.number:06x}{number:016x}",
            "custom_id": f"video-{number:06}",
        }
        if number % FAILED == FAILED - 1:
            error = {"code": "asset_unavailable", "message": f"asset {number} cannot be read"}
            yield {**row, "status": "failed", "error": error}
            continue
        usage = {"output_tokens": draw.randint(20, 4096), "input_tokens": draw.randint(1_000, 200_000)}
        data = {
            "generation_id": f"{draw.getrandbits(128):032x}",
            "data": batch.text(draw),
            "finish_reason": "stop" if draw.random() < 0.97 else "length",  # noqa: PLR2004
            "usage": usage,
        }
        yield {**row, "status": "ready", "data": data}


def state(batch: Batch) -> dict[str, typing.Any]:
    """The batch itself, completed."""
    failed = batch.rows // FAILED
    return {
        "batch_id": batch.batch_id,
        "analysis_mode": "general",
        "model_name": "pegasus1.5",
        "status": "completed",
        "total_items": batch.rows,
        "queued_items": 0,
        "processing_items": 0,
        "ready_items": batch.rows - failed,
        "failed_items": failed,
        "canceled_items": 0,
        "created_at": "2026-11-01T00:00:00Z",
        "completed_at": "2026-11-01T02:30:00.250Z",
        "expires_at": "2026-11-02T00:00:00Z",
        "webhooks": [{"url": "https://example.com/hooks/twelvelabs", "delivered": True, "attempts": 1}],
    }


def page() -> dict[str, typing.Any]:
    """A page of 50 batches."""
    info = {"limit_per_page": 50, "page": 1, "total_page": 1, "total_results": 50}
    return {"data": [state(Batch(256 + number, 1_000, short)) for number in range(50)], "page_info": info}


def created() -> dict[str, typing.Any]:
    """The answer to a batch of 1,000 items."""
    names = ("batch_id", "total_items", "created_at", "expires_at")
    batch = state(BATCHES["small"])
    items = [{"task_id": f"6c{number:022x}", "custom_id": f"video-{number:06}"} for number in range(1_000)]
    return {**{name: batch[name] for name in names}, "status": "pending", "items": items}


def generate() -> None:
    """Writes all files, if they are not there."""
    stamp = DATA / ".version"
    if stamp.exists() and stamp.read_text() == VERSION:
        return
    print("bench: generating data", flush=True)
    DATA.mkdir(parents=True, exist_ok=True)
    for batch in BATCHES.values():
        with (DATA / f"{batch.batch_id}.jsonl").open("w", encoding="utf-8") as file:
            for row in rows(batch):
                file.write(json.dumps(row, ensure_ascii=batch.ascii, separators=(",", ":")) + "\n")
        (DATA / f"{batch.batch_id}.json").write_text(json.dumps(state(batch)))
    (DATA / "page.json").write_text(json.dumps(page()))
    (DATA / "created.json").write_text(json.dumps(created()))
    stamp.write_text(VERSION)


def size(batch_id: str) -> int:
    """Bytes of the results of a batch."""
    return (DATA / f"{batch_id}.jsonl").stat().st_size
