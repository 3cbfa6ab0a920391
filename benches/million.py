"""Runs of 10,000, 100,000 and 1,000,000 items through the emulator, and one that is taken up at nine tenths.

python -m benches.million            # all three sizes
python -m benches.million 100000     # one of them
"""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys
import tempfile
import threading
import typing

import twelvelabs_batches as tb

SIZES = (10_000, 100_000, 1_000_000)

#: Hands over so many outcomes of a run, and tells what that took.
PROGRAM = """
import json, sys, time
import twelvelabs_batches as tb

base_url, count, journal, stop = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])


def requests():
    for n in range(count):
        yield {"video": {"type": "asset_id", "asset_id": f"6a{n:022x}"}}


def memory():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6


client = tb.BatchesClient("emulator", base_url=base_url)
began, cpu, first, seen, most = time.perf_counter(), time.process_time(), 0.0, 0, 0.0
with client.run(
    requests(),
    model_name="pegasus1.5",
    analysis_mode="general",
    defaults={"prompt": {"input_text": "Sum up."}},
    journal=journal,
    poll_interval=0.01,
) as run:
    for outcome in run:
        seen += 1
        first = first or time.perf_counter() - began
        if seen % 1000 == 0:
            most = max(most, memory())
        if seen == stop:
            break
print(json.dumps({
    "outcomes": seen, "first": first, "seconds": time.perf_counter() - began,
    "cpu": time.process_time() - cpu, "memory": most,
}))
"""


def drive(platform: tb.Emulator, count: int, journal: pathlib.Path, stop: int) -> typing.Dict[str, float]:
    """A run in a process of its own, to its end or to so many outcomes."""
    arguments = [platform.base_url, str(count), str(journal), str(stop)]
    told = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], stdout=subprocess.PIPE, check=True)
    return typing.cast("typing.Dict[str, float]", json.loads(told.stdout))


def measure(count: int) -> None:
    """One size: nine tenths, then the rest by another process."""
    with (
        tempfile.TemporaryDirectory() as folder,
        tb.Emulator(
            speed=0, queue_seconds=1, item_seconds=(1, 1), concurrency=1000, output_tokens=(20, 60)
        ) as platform,
    ):
        is_over = threading.Event()

        def move() -> None:
            while not is_over.wait(0.005):
                platform.advance(seconds=30)

        mover = threading.Thread(target=move)
        mover.start()
        journal = pathlib.Path(folder, "run.db")
        done = drive(platform, count, journal, count * 9 // 10)
        rest = drive(platform, count, journal, 0)
        is_over.set()
        mover.join()
        size = journal.stat().st_size
        stats = platform.stats()
        assert done["outcomes"] + rest["outcomes"] == count == stats["items_created"] == stats["items_billed"]
        print(
            f"| {count:,} | {done['cpu'] / done['outcomes'] * 1e6:.0f} µs | {done['memory']:.0f} MB "
            f"| {size / count:.0f} bytes ({size / 1e6:.0f} MB) | {rest['first']:.2f} s "
            f"| {done['seconds'] + rest['seconds']:.1f} s |",
            flush=True,
        )


def main() -> None:
    """Measures what is asked for."""
    print("| items | CPU an item | memory | journal an item | first new outcome at nine tenths | in all |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for count in [int(size) for size in sys.argv[1:]] or SIZES:
        measure(count)


if __name__ == "__main__":
    main()
