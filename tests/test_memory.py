"""Memory while streaming: it must not grow with the number of rows."""

import os
import subprocess
import sys
import typing

import pytest

SERVER = """
import sys, twelvelabs_batches as tb
with tb.Emulator(speed=0, max_items=100_000, max_hours=1e9, output_tokens=(5000, 5000), concurrency=100_000) as platform:
    client = tb.BatchesClient(platform.api_key, base_url=platform.base_url)
    for count in map(int, sys.argv[1:]):
        batch = client.create(
            model_name="pegasus1.5",
            analysis_mode="general",
            defaults={"prompt": {"input_text": "Tell everything."}, "max_tokens": 98304},
            requests=[],
            # More than the platform allows.
            request_options={"additional_body_parameters": {"requests": [
                {"video": {"type": "asset_id", "asset_id": f"{n:024x}"}} for n in range(count)
            ]}},
        )
        platform.advance(hours=2)
        print(platform.base_url, batch.batch_id, count, flush=True)
    sys.stdin.read()
"""
READER = r"""
import asyncio, re, sys, twelvelabs_batches as tb
face, url, batch_id, count = sys.argv[1:]

def peak():
    # Not getrusage: what that tells begins with the parent's peak.
    return int(re.search(r"VmHWM:\s+(\d+) kB", open("/proc/self/status").read())[1])

class Count:
    rows = characters = 0

    def add(self, row):
        assert row.status == "ready" and len(row.data.data) > 15_000, row
        self.rows += 1
        self.characters += len(row.data.data)

async def read(client):
    async for row in client.results(batch_id):
        seen.add(row)

seen = Count()
make = tb.BatchesClient if face == "sync" else tb.AsyncBatchesClient
client = make("emulator", base_url=url)
if face == "sync":
    for row in client.results(batch_id):
        seen.add(row)
else:
    asyncio.run(read(client))
assert seen.rows == int(count)
print(peak(), seen.characters)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is in kB on Linux only")
@pytest.mark.parametrize("face", ["sync", "async"])
def test_peak_memory_does_not_grow_with_the_number_of_rows(
    face: str, record_property: typing.Callable[[str, object], None]
) -> None:
    few, many = 1_000, 10_000
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(few), str(many)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        peaks: dict[int, int] = {}
        for count in (few, many):
            where = server.stdout.readline().split()
            done = subprocess.run(
                [sys.executable, "-c", READER, face, *where],
                capture_output=True,
                text=True,
                check=True,
                env=os.environ,
            )
            peaks[count], characters = map(int, done.stdout.split())
            print(
                f"\n{face}: {count} rows, {characters / 1e6:.0f} MB of text, peak {peaks[count] / 1024:.1f} MB"
            )
            record_property(f"peak_kb_{count}", peaks[count])
        server.stdin.close()
    assert peaks[many] - peaks[few] < 4 * 1024, peaks
