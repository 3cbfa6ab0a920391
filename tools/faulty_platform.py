"""An emulator with batches in it, that is often in trouble. The platform of `soak.py`.

python tools/faulty_platform.py 0.15

prints a JSON object with its base URL, its key, and its batches with their `custom_id`s; serves until its
standard input is closed; then prints its books. The number is the share of requests with a fault.
"""

from __future__ import annotations

import json
import sys
import typing

import twelvelabs_batches as tb

BATCHES = 40
MOST_ROWS = 40

# Each befalls its part of the share.
FAULTS: list[dict[str, typing.Any]] = [
    {"status": 503, "headers": {"retry-after": "0.02"}},
    {"cut": "reset"},
    {"cut": "close", "executed": False},
    {"stall": 0.2, "after_bytes": 100},
    {"cut": "reset", "after_bytes": 300},
    {"cut": "close", "after_bytes": 700},
    {"cut": "polite", "after_bytes": 500, "on": "results"},
    {"coding": "gzip", "slice": 50, "drip": 0.001},
    {"coding": "gzip-truncated", "on": "results"},
    {"duplicate_row": 1, "shuffled": True, "on": "results"},
    {"missing_row": 1, "on": "results"},
]


def submit(client: tb.BatchesClient, number: int) -> tuple[str, list[str]]:
    """Makes a batch; its identifier, and what its items are called."""
    names = [f"k{number}-{item}" for item in range(1 + number % MOST_ROWS)]
    batch = client.create(
        model_name="pegasus1.5",
        analysis_mode="general",
        defaults={"prompt": {"input_text": "Sum up this video."}},
        requests=[
            {"video": {"type": "asset_id", "asset_id": f"{item:024x}"}, "custom_id": name}
            for item, name in enumerate(names)
        ],
    )
    return batch.batch_id, names


def main() -> None:
    """Serves."""
    share = float(sys.argv[1])
    with tb.Emulator(speed=0, max_active_batches=10**6) as platform:
        with tb.BatchesClient(platform.api_key, base_url=platform.base_url) as client:
            batches = dict(submit(client, number) for number in range(BATCHES))
        platform.advance(hours=20)
        for fault in FAULTS if share else ():
            platform.inject(times=None, toxicity=share / len(FAULTS), **fault)
        facts = {"base_url": platform.base_url, "api_key": platform.api_key, "batches": batches}
        print(json.dumps(facts), flush=True)
        sys.stdin.read()
        print(json.dumps(platform.stats()), flush=True)


if __name__ == "__main__":
    main()
