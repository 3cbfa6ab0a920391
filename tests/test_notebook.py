"""The notebook among the examples, run as a notebook is, and what is seen of progress in a kernel."""

from __future__ import annotations

import typing

import jupyter_client
import nbclient
import nbformat
import pytest

from reading import Card
from test_documents import ROOT

NOTEBOOK = ROOT / "examples" / "notebook.ipynb"
# Far above what it takes, so that only a hang is told.
PATIENCE = 60


class Runner(nbclient.NotebookClient):
    """Runs a notebook, and keeps what is put in place of something else."""

    def __init__(self, notebook: typing.Any) -> None:
        super().__init__(notebook, timeout=PATIENCE, kernel_name="python3")
        self.shown: dict[int, list[str]] = {}
        self.updates: dict[int, list[tuple[str, dict[str, str]]]] = {}

    def process_message(self, msg: typing.Any, cell: typing.Any, cell_index: int) -> typing.Any:
        display_id = msg["content"].get("transient", {}).get("display_id")
        if msg["msg_type"] == "display_data":
            self.shown.setdefault(cell_index, []).append(display_id)
        elif msg["msg_type"] == "update_display_data":
            self.updates.setdefault(cell_index, []).append((display_id, msg["content"]["data"]))
        return super().process_message(msg, cell, cell_index)


@pytest.fixture(scope="module")
def run() -> Runner:
    """The notebook after it was run; errors of cells are raised."""
    read: typing.Any = nbformat.read
    runner = Runner(read(NOTEBOOK, as_version=4))
    runner.execute()
    return runner


def cells(run: Runner, beginning: str) -> typing.Iterator[tuple[int, typing.Any]]:
    for index, cell in enumerate(run.nb.cells):
        if cell.cell_type == "code" and beginning in cell.source:
            yield index, cell


def last(run: Runner, source: str) -> dict[str, str]:
    """What the cell that ends with this has shown last."""
    (cell,) = (cell for _, cell in cells(run, source) if cell.source.endswith(source))
    data: dict[str, str] = cell.outputs[-1].data
    return data


def test_it_is_stored_without_what_it_shows() -> None:
    read: typing.Any = nbformat.read
    notebook = read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
        assert not cell.metadata


@pytest.mark.parametrize(
    ("source", "title", "plain"),
    [
        ("client.check(**request)", "Check of a batch", "<CheckReport: 0 violations"),
        ("\ncreated", "New batch", "CreateAnalyzeBatchResponse("),
        ("batch", "Batch", "AnalyzeBatchStatusResponse("),
        ("\nresults", "Results", "<ResultList: 24 items, 23 ready, 1 failed>"),
        ('answers["film-1"]', "Result", "BatchResultItem("),
        ('answers["film-3"]', "Result", "BatchResultItem("),
        ("\nsegments", "Segments", "<SegmentTable"),
        ("client.list(page_limit=5)", "Batches", "SyncPager("),
    ],
)
def test_objects_are_shown_as_cards(run: Runner, source: str, title: str, plain: str) -> None:
    (data,) = [
        cell.outputs[-1].data
        for _, cell in cells(run, source.strip())
        if ("\n" + cell.source).endswith("\n" + source.strip()) and cell.outputs
    ]
    assert Card(data["text/html"]).text("tlb-title") == [title]
    assert data["text/plain"].startswith(plain)


def test_what_is_computed(run: Runner) -> None:
    assert last(run, 'answers["film-1"].parse(Film)')["text/plain"].startswith("Film(title=")
    assert "<table" in last(run, "frame.head()")["text/html"]
    assert "asset_unavailable" in last(run, '"error_message"]].head()')["text/plain"]
    assert last(run, "for half in ended]")["text/plain"] == "['11 ready, 1 failed', '12 ready, 0 failed']"
    bad_day = last(run, "== set(films),\n}")["text/plain"]
    assert bad_day == "{'batches made': 1, 'items': 24, 'each once': True}"


def test_progress_is_one_card_that_changes(run: Runner) -> None:
    watched = dict(cells(run, "progress=True"))
    assert len(watched) == 4
    for index, cell in watched.items():
        ids = run.shown[index]
        assert len(ids) == len(set(ids)) == (2 if "gather" in cell.source else 1)
        assert {display_id for display_id, _ in run.updates[index]} == set(ids)
        for display_id in ids:
            told = [data for updated, data in run.updates[index] if updated == display_id]
            assert "completed" in Card(told[-1]["text/html"]).text("tlb-status")
            assert ": completed, " in told[-1]["text/plain"]
        # What is saved is what was seen last.
        saved = [output.data["text/plain"] for output in cell.outputs if output.output_type == "display_data"]
        assert len(saved) == len(ids)
        assert all(": completed, " in text for text in saved)


def test_rows_are_printed_below_the_card(run: Runner) -> None:
    ((_, cell),) = cells(run, "as_completed")
    card, *printed = cell.outputs
    assert "text/html" in card.data
    assert {output.output_type for output in printed} == {"stream"}
    text = "".join(output.text for output in printed)
    assert "film-3 failed: The video cannot be decoded." in text.splitlines()


def messages(client: typing.Any, code: str) -> typing.Iterator[dict[str, typing.Any]]:
    """What a kernel tells of a cell."""
    request = client.execute(code)
    while True:
        message = client.get_iopub_msg(timeout=PATIENCE)
        if message["parent_header"].get("msg_id") != request:
            continue
        if message["msg_type"] != "status":
            yield message
        elif message["content"]["execution_state"] == "idle":
            return


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ("client.wait(batch_id, progress=True)", "KeyboardInterrupt"),
        # The next look is so far off that it wakes nobody.
        ("await waiting.wait(batch_id, progress=True, poll_interval=3600)", "CancelledError"),
        (
            "async for item in waiting.as_completed(batch_id, progress=True, poll_interval=3600): pass",
            "CancelledError",
        ),
    ],
)
def test_interrupting_a_cell_leaves_the_batch_alone(call: str, error: str) -> None:
    begin = """
from twelvelabs_batches import AsyncBatchesClient, BatchesClient, Emulator
platform = Emulator(speed=0)
client = BatchesClient(platform.api_key, base_url=platform.base_url)
waiting = AsyncBatchesClient(platform.api_key, base_url=platform.base_url)
video = {"type": "asset_id", "asset_id": "6a0000000000000000000001"}
batch_id = client.create(
    model_name="pegasus1.5", analysis_mode="general",
    defaults={"prompt": {"input_text": "Who speaks?"}}, requests=[{"video": video}],
).batch_id
print(batch_id)
"""
    start: typing.Any = jupyter_client.manager.start_new_kernel
    manager, client = start(kernel_name="python3")
    try:
        _, told = messages(client, begin)
        batch_id = told["content"]["text"].strip()
        shown = []
        for told in messages(client, call):
            if told["msg_type"] == "display_data":
                manager.interrupt_kernel()
            shown.append((told["msg_type"], told["content"]))
        kinds = [kind for kind, _ in shown]
        assert kinds == ["execute_input", "display_data", "update_display_data", "error"]
        card = Card(shown[2][1]["data"]["text/html"])
        assert card.text("tlb-note") == ["Stopped waiting; the batch goes on."]
        assert shown[2][1]["data"]["text/plain"].endswith('To wait again: client.wait("' + batch_id + '")')
        assert shown[3][1]["ename"] == error
        (result,) = (
            told["content"]["data"]["text/plain"]
            for told in messages(client, "client.retrieve(batch_id).status")
            if told["msg_type"] == "execute_result"
        )
        assert result == "'pending'"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
