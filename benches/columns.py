"""What columns cost, beside a table that is made of row objects.

    make build PROFILE=release && .venv/bin/python benches/columns.py [ROWS]

Every measurement is a process of its own that reads the results of a batch from a
server on this machine. Time is from the request to the table, the best of three; memory
is how far its peak rises meanwhile.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import threading
import time
import typing

BATCH_ID = "6b0000000000000000000001"
REPEATS = 3
TEXT = "A person enters the room, looks around and begins to speak about the plan for the day. " * 6


def shape(results: typing.Any) -> typing.Iterator[dict[str, typing.Any]]:
    """Rows as the columns have them, from objects."""
    for row in results:
        data, error = row.data, row.error
        usage = data.usage if data else None
        yield {
            "task_id": row.task_id,
            "custom_id": row.custom_id,
            "status": row.status,
            "data": data.data if data else None,
            "finish_reason": data.finish_reason if data else None,
            "generation_id": data.generation_id if data else None,
            "output_tokens": usage.output_tokens if usage else None,
            "input_tokens": usage.input_tokens if usage else None,
            "error_code": error.code if error else None,
            "error_message": error.message if error else None,
            "extra": None,
        }


def make(way: str, library: str, results: typing.Any) -> int:
    """Makes a table; returns its rows."""
    if way == "columns":
        return len(getattr(results, f"to_{library}")())
    if library == "arrow":
        import pyarrow  # noqa: PLC0415

        return len(pyarrow.Table.from_pylist(list(shape(results))))
    module = __import__(library)
    return len(module.DataFrame(list(shape(results))))


def peak() -> int:
    """The process's peak in kB."""
    with open("/proc/self/status") as status:  # noqa: PTH123
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read())
    assert found
    return int(found[1])


def measure(way: str, library: str, url: str, rows: int) -> None:
    """Measures one way in this process."""
    import twelvelabs_batches as tb  # noqa: PLC0415

    client = tb.BatchesClient("k", base_url=url)
    # What is loaded once is loaded.
    items = tb.ResultList([tb.BatchResultItem(task_id="t", status="ready")])
    items.to_pandas()
    items.to_polars()
    make("rows", library, iter(items))
    before, started = peak(), time.perf_counter()
    made = make(way, library, client.results(BATCH_ID))
    took = time.perf_counter() - started
    assert made == rows, made
    print(json.dumps([took, peak() - before]))


def answer(rows: int) -> bytes:
    """The results of a batch of so many items."""
    body = b"".join(
        json.dumps(
            {
                "task_id": f"{number:024x}",
                "custom_id": f"video-{number}",
                "status": "ready",
                "data": {
                    "generation_id": f"generation-{number}",
                    "data": TEXT,
                    "finish_reason": "stop",
                    "usage": {"output_tokens": 120, "input_tokens": 9000},
                },
            }
        ).encode()
        + b"\n"
        for number in range(rows)
    )
    return b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body)


def state(rows: int) -> bytes:
    """The batch itself."""
    counters = dict.fromkeys(("queued_items", "processing_items", "failed_items", "canceled_items"), 0)
    body = json.dumps(
        {
            "batch_id": BATCH_ID,
            "analysis_mode": "general",
            "model_name": "pegasus1.5",
            "status": "completed",
            "total_items": rows,
            "ready_items": rows,
            **counters,
            "created_at": "2026-11-01T00:00:00Z",
            "expires_at": "2026-11-02T00:00:00Z",
        }
    ).encode()
    return b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body)


def serve(listener: socket.socket, rows: int) -> None:
    """Answers every request."""
    results, batch = answer(rows), state(rows)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=talk, args=(connection, results, batch), daemon=True).start()


def talk(connection: socket.socket, results: bytes, batch: bytes) -> None:
    """Answers the requests of one connection."""
    with connection:
        while head := connection.recv(65536):
            connection.sendall(results if b"/results " in head else batch)


def main(rows: int) -> None:
    """Measures every way and prints a table."""
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=serve, args=(listener, rows), daemon=True).start()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/v1.3"
    print(f"{rows:,} rows, {len(answer(rows)) / 1e6:.0f} MB\n")
    print("| table | from rows | as columns | time | memory |\n| --- | --- | --- | --- | --- |")
    for library in ("pandas", "polars", "arrow"):
        best: dict[str, tuple[float, int]] = {}
        for way in ("rows", "columns"):
            command = [sys.executable, __file__, "--measure", way, library, url, str(rows)]
            runs = [
                json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
                for _ in range(REPEATS)
            ]
            best[way] = (min(run[0] for run in runs), min(run[1] for run in runs))
        (slow, large), (quick, small) = best["rows"], best["columns"]
        print(
            f"| {library} | {slow:.2f} s, {large / 1024:.0f} MB | {quick:.2f} s, {small / 1024:.0f} MB "
            f"| {slow / quick:.1f} x | {large / small:.1f} x |"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 200_000)
