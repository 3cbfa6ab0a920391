"""What notebooks show, asked of a kernel as notebooks do."""

from __future__ import annotations

import re
import typing

import nbclient
import nbformat
import pytest

from reading import Card
from test_documents import ROOT, account  # noqa: F401 - a fixture

CELL = re.compile(r"^```ipython\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.mark.usefixtures("account")
def test_cells_of_the_document_show_cards(tmp_path: typing.Any) -> None:
    cells = CELL.findall((ROOT / "docs" / "notebooks.md").read_text())
    make: typing.Any = nbformat.v4
    notebook = make.new_notebook(cells=[make.new_code_cell(cell) for cell in cells])
    nbclient.NotebookClient(notebook, timeout=60, kernel_name="python3", allow_errors=False).execute()
    shown = [[output.data for output in cell.outputs if "data" in output] for cell in notebook.cells]
    batch, results = (data[-1] for data in shown)
    assert Card(batch["text/html"]).text("tlb-title") == ["Batch"]
    assert batch["text/plain"].startswith("AnalyzeBatchStatusResponse(")
    assert Card(results["text/html"]).text("tlb-title") == ["Results"]
    assert results["text/plain"] == "<ResultList: 2 items, 1 ready, 1 failed>"
