"""What type checkers say of code that uses the package."""

import pathlib
import re
import subprocess
import sys

import pytest

from test_documents import CODE, PAGES, ROOT

MISTAKES = """
from twelvelabs_batches import BatchesClient, BatchItemRequest, BatchPrompt, TwelveLabs, segment_definition_of

client = BatchesClient()
client.create(model_name="pegasus1.5", requests=[])  # error: analysis_mode
client.create(model_name="pegasus1.5", analysis_mode="general", requests=[{"vidio": 1}])  # error: vidio
client.retrieve(5)  # error: int
BatchPrompt(text="x")  # error: text
BatchItemRequest(video={"type": "asset_id"})  # error: asset_id
row = next(client.results("0"))
row.data.data  # error: None
row.status = "ready"  # error: property
client.list(status=["completed"]).items[0].batchid  # error: attribute
platform = TwelveLabs(api_key="k")
platform.search  # error: attribute
platform.assets.list()  # error: attribute
platform.assets.retrieve("0").duration + 1  # error: None
client.with_raw_response.retrieve("0").batch_id  # error: attribute
BatchesClient.from_client(platform, max_retry=3)  # error: max_retry
row.parse(BatchPrompt).text  # error: attribute
row.segments()[0].begin  # error: attribute
row.segments(BatchPrompt)[0].metadata["text"]  # error: index
segment_definition_of(BatchPrompt, ident="x")  # error: ident
"""

USES = """
import dataclasses
import datetime
from typing import Dict, List, Optional
import attrs
import msgspec
import pydantic
from twelvelabs_batches.core.http_response import HttpResponse
from twelvelabs_batches.types import AnalyzeTaskResponse, AnalyzeTaskStatus, AssetDetail
from twelvelabs_batches import (
    AnalyzeBatchStatusResponse, AsyncBatchesClient, BatchDefaults, BatchesClient, BatchItemRequest, BatchPrompt,
    AsyncResponseFormat, BatchResultItem, BatchVideoContext, Emulator, Segment, SegmentTable, SyncPager, Timeout,
    TwelveLabs, TwelveLabsEnvironment, response_format_of, segment_definition_of, segments_of,
)

with Emulator(speed=0, row_order="shuffled") as platform, BatchesClient("k", timeout=Timeout(read=3)) as client:
    video = BatchVideoContext(type="asset_id", asset_id="x")
    batch = client.create(
        model_name="pegasus1.5",
        analysis_mode="general",
        requests=[BatchItemRequest(video=video), {"video": {"type": "asset_id", "asset_id": "y"}, "start_time": 3}],
        defaults=BatchDefaults(prompt={"input_text": "x"}),
        request_options={"max_retries": 3},
    )
    created: datetime.datetime = batch.created_at
    custom: List[Optional[str]] = [item.custom_id for item in batch.items]
    pager: SyncPager[AnalyzeBatchStatusResponse] = client.list(status="completed")
    total: Optional[int] = pager.page_info.total_results
    rows: List[BatchResultItem] = list(client.results(batch.batch_id))
    with client.results(batch.batch_id) as results:
        for row in results:
            if row.data is not None:
                tokens: int = row.data.usage.output_tokens
            print(row.dict()["brand_new_field"])
    now: datetime.datetime = platform.now


@dataclasses.dataclass
class Video:
    type: str
    asset_id: str


class Item(pydantic.BaseModel):
    custom_id: str
    prompt: Optional[BatchPrompt] = None


@attrs.frozen
class Prompt:
    input_text: str


class Defaults(msgspec.Struct):
    max_tokens: int


def take_objects(client: BatchesClient) -> None:
    client.create(
        model_name="pegasus1.5",
        analysis_mode="general",
        requests=[Item(custom_id="x"), BatchItemRequest(video=Video("asset_id", "y"), prompt=Prompt("z"))],
        defaults=Defaults(5),
    )
    text: str = BatchPrompt(input_text="x").model_dump_json(indent=2, exclude_none=True)
    prompt: BatchPrompt = BatchPrompt.model_validate_json(text).model_copy(update={"input_text": "y"})


def read_answers(rows: List[BatchResultItem], item: Item, defaults: Defaults) -> None:
    anything = rows[0].parse()
    print(anything["key"])
    items: List[Item] = [row.parse(Item) for row in rows]
    name: Optional[str] = rows[0].parse(model=Item).custom_id
    lists: List[List[Item]] = [row.parse(List[Item]) for row in rows if row.data is None]
    structs: List[Defaults] = [row.data.parse(Defaults) for row in rows if row.data is not None]
    print(rows[0].parse(Optional[Item]).custom_id)
    segment: Segment = rows[0].segments()[0]
    metadata: Dict[str, object] = segment.metadata
    shots: List[Segment[Item]] = rows[0].segments(metadata=Item)
    told: Optional[str] = shots[0].metadata.custom_id
    table: SegmentTable = segments_of(rows)
    seconds: float = table[0].segment.duration + sum(row.segment.end for row in table[1:])
    wanted: AsyncResponseFormat = response_format_of(Item)
    definition = segment_definition_of(Item, id="item", time_ranges=[{"start_time": 0, "end_time": 9}])


def look(client: TwelveLabs) -> AssetDetail:
    task: AnalyzeTaskResponse = client.analyze_async.tasks.retrieve("0", request_options={"max_retries": 1})
    response: HttpResponse[AnalyzeBatchStatusResponse] = client.analyze_async.batches.with_raw_response.retrieve("0")
    headers: Dict[str, str] = response.headers
    status: AnalyzeTaskStatus = task.status
    mine = BatchesClient.from_client(client, timeout=3)
    with mine.with_raw_response.results("0") as answer:
        ids: List[str] = [row.task_id for row in answer.data]
    with TwelveLabs(api_key="k", environment=TwelveLabsEnvironment.DEFAULT, follow_redirects=None) as other:
        return other.assets.retrieve("0")


async def read(client: AsyncBatchesClient, prompt: BatchPrompt) -> int:
    async for batch in await client.list():
        print(batch.ready_items)
    async with client.results("0") as results:
        return len([row.task_id async for row in results])
"""


# It comes without types.
UNTYPED = """
[mypy]
[mypy-pandas,pyarrow]
ignore_missing_imports = true
"""


def check(tool: str, path: pathlib.Path) -> subprocess.CompletedProcess[str]:
    (settings := path.parent / "mypy.ini").write_text(UNTYPED)
    version = ("--python-version", "3.10")
    commands = {
        "mypy": ["mypy", "--strict", "--no-incremental", *version, "--config-file", str(settings)],
        "pyright": ["pyright", "--pythonpath", sys.executable],
    }
    return subprocess.run(
        [sys.executable, "-m", *commands[tool], str(path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=path.parent,
    )


@pytest.mark.parametrize("tool", ["mypy", "pyright"])
def test_documented_code_is_accepted(tool: str, tmp_path: pathlib.Path) -> None:
    codes = [USES] + [match[1] for page in PAGES for match in CODE.finditer(page.read_text())]
    folder = tmp_path / "blocks"
    folder.mkdir()
    for number, code in enumerate(codes):
        (folder / f"block_{number}.py").write_text(code)
    done = check(tool, folder)
    assert done.returncode == 0, done.stdout
    assert len(codes) > 10


@pytest.mark.parametrize("tool", ["mypy", "pyright"])
def test_mistakes_are_seen(tool: str, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "mistakes.py"
    path.write_text(MISTAKES)
    done = check(tool, path)
    seen = {int(line) for line in re.findall(r"mistakes\.py:(\d+)", done.stdout)}
    meant = {number for number, line in enumerate(MISTAKES.splitlines(), 1) if "# error" in line}
    assert seen == meant, done.stdout


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "python" / "twelvelabs_batches" / "py.typed").exists()
