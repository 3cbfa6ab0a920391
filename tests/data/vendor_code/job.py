"""A job over videos as people write it with the vendor's SDK.

Run and type-checked twice: as it is, and with `twelvelabs` replaced throughout.
"""

import asyncio
import os
import time
import typing

import twelvelabs
from twelvelabs import AsyncTwelveLabs, TwelveLabs
from twelvelabs.core.api_error import ApiError
from twelvelabs.core.pagination import AsyncPager, SyncPager
from twelvelabs.core.request_options import RequestOptions
from twelvelabs.errors import BadRequestError, ConflictError, NotFoundError
from twelvelabs.types import (
    AnalyzeBatchStatusResponse,
    AnalyzeTimeRange,
    AsyncResponseFormat,
    BatchDefaults,
    BatchItemRequest,
    BatchPrompt,
    BatchResultItem,
    BatchVideoContext,
    CreateAnalyzeBatchResponse,
    SegmentDefinition,
    SegmentField,
    SegmentFieldItems,
)

ASSETS = [f"{number:024x}" for number in range(1, 6)]
FINISHED = {"completed", "canceled", "expired"}
PATIENT: RequestOptions = {
    "timeout_in_seconds": 30,
    "max_retries": 3,
    "additional_headers": {"X-Job": "nightly"},
}


def build_request(asset_id: str, custom_id: typing.Optional[str] = None) -> BatchItemRequest:
    return BatchItemRequest(
        video=BatchVideoContext(type="asset_id", asset_id=asset_id),
        custom_id=custom_id,
        temperature=0.3,
        start_time=0,
        end_time=60.5,
    )


def build_requests() -> typing.List[BatchItemRequest]:
    return [build_request(asset_id, custom_id=f"video-{index}") for index, asset_id in enumerate(ASSETS)]


def build_segments() -> AsyncResponseFormat:
    fields = [
        SegmentField(name="mood", type="string", description="The mood", enum=["calm", "tense"]),
        SegmentField(name="peak", type="timestamp", description="Its peak", format="hh:mm:ss"),
        SegmentField(
            name="people", type="array", description="Who is seen", items=SegmentFieldItems(type="string")
        ),
    ]
    scene = SegmentDefinition(
        id="scene",
        description="A scene",
        fields=fields,
        time_ranges=[
            AnalyzeTimeRange(start_time=0, end_time=10),
            AnalyzeTimeRange(start_time=10, end_time=20),
        ],
    )
    return AsyncResponseFormat(
        type="segment_definitions", segment_definitions=[scene], segment_time_format="seconds"
    )


def submit(client: TwelveLabs) -> CreateAnalyzeBatchResponse:
    created = client.analyze_async.batches.create(
        model_name="pegasus1.5",
        analysis_mode="general",
        defaults=BatchDefaults(prompt=BatchPrompt(input_text="Who speaks?"), max_tokens=1024),
        requests=build_requests(),
        request_options=PATIENT,
    )
    for item in created.items:
        print("queued", item.custom_id, len(item.task_id))
    return created


def wait(client: TwelveLabs, batch_id: str, interval: float = 10) -> AnalyzeBatchStatusResponse:
    while True:
        batch = client.analyze_async.batches.retrieve(batch_id)
        if batch.status in FINISHED:
            return batch
        time.sleep(interval)


def describe(row: BatchResultItem) -> str:
    if row.status == "ready" and row.data is not None:
        return f"{row.custom_id}: {row.data.finish_reason}, {row.data.usage.output_tokens > 0}, {len(row.data.data) > 0}"
    if row.error is not None:
        return f"{row.custom_id}: {row.error.code or 'unknown'}: {row.error.message}"
    return f"{row.custom_id}: {row.status}"


def count_pages(pager: SyncPager[AnalyzeBatchStatusResponse]) -> typing.Tuple[int, int]:
    pages = 0
    batches = 0
    for page in pager.iter_pages():
        pages += 1
        batches += len(page.items or [])
    return pages, batches


def follow(client: TwelveLabs, created: CreateAnalyzeBatchResponse) -> None:
    batch = wait(client, created.batch_id)
    print(
        batch.status, batch.ready_items, batch.failed_items, batch.total_items, batch.completed_at is not None
    )
    print((batch.expires_at - batch.created_at).total_seconds())
    results: typing.Dict[typing.Optional[str], BatchResultItem] = {}
    for row in client.analyze_async.batches.results(created.batch_id):
        results[row.custom_id] = row
    for custom_id in sorted(results, key=str):
        print(describe(results[custom_id]))
    task = client.analyze_async.tasks.retrieve(created.items[0].task_id)
    print(task.status, task.custom_id, task.batch_id == created.batch_id)
    asset = client.assets.retrieve(ASSETS[0])
    print(asset.id, asset.status)
    response = client.analyze_async.batches.with_raw_response.retrieve(created.batch_id)
    print(response.data.status, response.headers["content-type"])


def stop(client: TwelveLabs) -> None:
    created = client.analyze_async.batches.create(
        model_name="pegasus1.5",
        analysis_mode="time_based_metadata",
        defaults=BatchDefaults(response_format=build_segments()),
        requests=[BatchItemRequest(video=BatchVideoContext(type="asset_id", asset_id=ASSETS[0]))],
    )
    try:
        client.analyze_async.batches.delete(created.batch_id)
    except ConflictError as error:
        print("conflict", error.status_code, error.body["error"]["code"])
    print(client.analyze_async.batches.cancel(created.batch_id).status)
    wait(client, created.batch_id)
    client.analyze_async.batches.delete(created.batch_id)
    try:
        client.analyze_async.batches.retrieve(created.batch_id)
    except NotFoundError as error:
        print("gone", error.status_code)


def refused(client: TwelveLabs) -> None:
    try:
        client.analyze_async.batches.list(page=1, page_limit=1000)
    except BadRequestError as error:
        print("bad request", error.status_code)
    stranger = TwelveLabs(api_key="wrong", timeout=10, headers={"X-Team": "films"})
    try:
        stranger.analyze_async.batches.retrieve("0" * 24)
    except twelvelabs.NotFoundError:
        print("not expected")
    except ApiError as error:
        headers: typing.Optional[typing.Dict[str, str]] = error.headers
        print("refused", error.status_code, bool(headers))


def listing(client: TwelveLabs) -> None:
    pager: SyncPager[AnalyzeBatchStatusResponse] = client.analyze_async.batches.list(
        page_limit=1, status=["completed", "canceled"], analysis_mode="general"
    )
    print(count_pages(pager))
    for batch in client.analyze_async.batches.list():
        print(batch.analysis_mode, batch.model_name, batch.dict()["status"])


async def read_rows(client: AsyncTwelveLabs, batch_id: str) -> typing.List[str]:
    return sorted([describe(row) async for row in client.analyze_async.batches.results(batch_id)])


async def work_async(api_key: str) -> None:
    client = AsyncTwelveLabs(api_key=api_key)
    pager: AsyncPager[AnalyzeBatchStatusResponse] = await client.analyze_async.batches.list()
    identifiers = [batch.batch_id async for batch in pager]
    for lines in await asyncio.gather(*(read_rows(client, batch_id) for batch_id in identifiers)):
        print(*lines, sep="\n")
    batch = await client.analyze_async.batches.retrieve(identifiers[0])
    print(batch.model_dump(mode="json")["total_items"])
    task = await client.analyze_async.tasks.retrieve("0" * 23 + "1", request_options={"max_retries": 0})
    print(task.status)


def main() -> None:
    api_key = os.environ["TWELVE_LABS_API_KEY"]
    client = TwelveLabs(api_key=api_key)
    created = submit(client)
    follow(client, created)
    stop(client)
    refused(client)
    listing(client)
    try:
        asyncio.run(work_async(api_key))
    except NotFoundError as error:
        print("no such task", error.status_code)


if __name__ == "__main__":
    main()
