"""`list` and its pagers, through both faces."""

import typing

import pytest

import twelvelabs_batches as tb
from faces import Face, MakeFace, submit
from servers import ScriptedServer, answer


@pytest.fixture
def many(face: Face, platform: tb.Emulator) -> list[str]:
    """25 batches, the oldest of which is first; the first three are completed."""
    made: list[str] = []
    for number in range(25):
        made.append(submit(face, 1).batch_id)
        if number % 5 == 4:
            platform.advance(hours=1)
    return made


def test_iterates_over_all_pages_newest_first(face: Face, many: list[str], platform: tb.Emulator) -> None:
    before = platform.stats()["requests"].get("list", 0)
    pager = face.list(page_limit=10)
    listed = [batch.batch_id for batch in face.all(pager)]
    assert listed == many[::-1]
    assert platform.stats()["requests"]["list"] - before == 3, (
        "a page of 10, one of 10, one of 5, and no more"
    )
    assert pager.total_results == 25
    assert pager.page_info.total_page == 3


def test_pages_are_lists(face: Face, many: list[str]) -> None:
    pages = face.pages(face.list(page_limit=10))
    assert [len(page) for page in pages] == [10, 10, 5]
    assert all(isinstance(page, list) for page in pages)
    assert [page.has_next for page in pages] == [True, True, False]
    assert pages[1].items == list(pages[1])
    assert pages[1].page_info.page == 2
    second = face.next_page(pages[0])
    assert second is not None
    assert [batch.batch_id for batch in second] == [batch.batch_id for batch in pages[1]]
    assert face.next_page(pages[2]) is None


def test_looks_like_the_vendors_pager(face: Face, many: list[str]) -> None:
    pager = face.list(page_limit=10)
    assert pager.has_next
    assert len(pager.items) == 10
    assert pager.response.headers["content-type"].startswith("application/json")
    second = face.next_page(pager)
    assert second is not None
    assert [batch.batch_id for batch in second] == many[::-1][10:20]
    assert face.all(pager) == face.all(pager), "a pager can be iterated twice"


def test_begins_where_it_is_told(face: Face, many: list[str]) -> None:
    assert [batch.batch_id for batch in face.all(face.list(page=3, page_limit=10))] == many[::-1][20:]


def test_an_empty_account_takes_one_request(face: Face, platform: tb.Emulator) -> None:
    pager = face.list()
    assert face.all(pager) == []
    assert not pager.has_next
    assert platform.stats()["requests"]["list"] == 1


def test_filters(face: Face, platform: tb.Emulator) -> None:
    done = submit(face).batch_id
    platform.advance(hours=1)
    running = submit(face).batch_id

    def listed(**filters: typing.Any) -> list[str]:
        return [batch.batch_id for batch in face.all(face.list(**filters))]

    assert listed(status="completed") == [done]
    assert listed(status=["pending", "processing"]) == [running]
    assert listed(status=("completed", "pending"), analysis_mode="general") == [running, done]
    assert listed(analysis_mode=["time_based_metadata"]) == []
    assert listed(status=[]) == [running, done]


def test_the_query_is_what_the_platform_expects(make_face: MakeFace, server: ScriptedServer) -> None:
    server.plays(answer(200, {"data": [], "page_info": {}}))
    face = make_face(server)
    face.list(
        page_limit=7,
        status=["processing", "a b&ü"],
        request_options={"additional_query_parameters": {"x": [1, True], "y": {"z": "1"}, "none": None}},
    )
    assert server.received[0].target == (
        "/v1.3/analyze/batches?page=1&page_limit=7&status=processing&status=a+b%26%C3%BC&x=1&x=true&y%5Bz%5D=1"
    )


def test_ends_on_a_platform_that_always_answers_the_last_page(
    make_face: MakeFace, server: ScriptedServer
) -> None:
    page = {"data": [BATCH], "page_info": {"page": 1, "limit_per_page": 1}}
    server.plays(answer(200, page))
    face = make_face(server)
    assert len(face.all(face.list())) == 1, "no batch comes twice"
    assert len(server.received) == 2, "the second answer is page 1 again, so there are no more"


def test_a_page_out_of_range_is_told(face: Face) -> None:
    with pytest.raises(tb.BadRequestError, match="page_limit"):
        face.list(page_limit=51)
    with pytest.raises(tb.ValidationError, match="page_limit: a number from 0 to"):
        face.list(page_limit=-1)


BATCH: dict[str, typing.Any] = {
    "batch_id": "6b0000000000000000000001",
    "analysis_mode": "general",
    "model_name": "pegasus1.5",
    "status": "processing",
    "total_items": 1,
    "queued_items": 0,
    "processing_items": 1,
    "ready_items": 0,
    "failed_items": 0,
    "canceled_items": 0,
    "created_at": "2026-11-01T00:00:00Z",
    "expires_at": "2026-11-02T00:00:00Z",
}
