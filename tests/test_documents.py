"""What the documents say, run."""

import ast
import asyncio
import doctest
import inspect
import logging
import pathlib
import re
import typing

import pytest

import twelvelabs_batches as tb
from faces import PROMPT, item
from twelvelabs_batches.analyze_async.tasks.client import AsyncTasksClient, TasksClient
from twelvelabs_batches.assets.client import AssetsClient, AsyncAssetsClient
from twelvelabs_batches.types import BatchItemRequestParams

ROOT = pathlib.Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
CODE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)")


def blocks() -> typing.Iterator[object]:
    for page in PAGES:
        for number, match in enumerate(CODE.finditer(page.read_text())):
            yield pytest.param(match[1], id=f"{page.relative_to(ROOT)}:{number}")


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> typing.Iterator[tb.Emulator]:
    """An account with two batches, found through the environment, and videos in a file."""
    with tb.Emulator(speed=2000, queue_seconds=1, item_seconds=(1, 2)) as platform:
        monkeypatch.setenv("TWELVE_LABS_API_KEY", platform.api_key)
        monkeypatch.setenv("TWELVELABS_BASE_URL", platform.base_url)
        monkeypatch.chdir(tmp_path)
        (tmp_path / "assets.txt").write_text("\n".join(f"{n:024x}" for n in range(500)))
        platform.add_asset("f" * 24, analysis_error="cannot be read")
        client = tb.BatchesClient()
        requests: list[BatchItemRequestParams] = [
            item(1, custom_id="one"),
            {"video": {"type": "asset_id", "asset_id": "f" * 24}},
        ]
        for _ in range(2):
            client.create(
                model_name="pegasus1.5", analysis_mode="general", requests=requests, defaults=PROMPT
            )
        platform.advance(hours=1)
        yield platform


@pytest.fixture
def _logging_as_before() -> typing.Iterator[None]:
    """What a document sets up for a program is not for the other tests."""
    loggers = [logging.getLogger(), logging.getLogger("twelvelabs_batches")]
    before = [(logger, logger.level, list(logger.handlers)) for logger in loggers]
    yield
    for logger, level, handlers in before:
        logger.setLevel(level)
        logger.handlers[:] = handlers


@pytest.mark.usefixtures("_logging_as_before")
@pytest.mark.parametrize("code", list(blocks()))
def test_code_blocks_run(code: str, account: tb.Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    names = {"__name__": "__main__"}
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    compiled = compile(code, "block", "exec", flags=flags)
    result = eval(compiled, names)
    if inspect.iscoroutine(result):
        asyncio.run(result)


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_lead_somewhere(page: pathlib.Path) -> None:
    for target, anchor in LINK.findall(page.read_text()):
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", path.read_text(), re.MULTILINE)
            assert anchor in {
                re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings
            }


def documented() -> typing.Iterator[object]:
    for face in (tb.BatchesClient, tb.AsyncBatchesClient):
        yield pytest.param(face, face, id=face.__name__)
        for name, method in vars(face).items():
            if not name.startswith("_") and ">>>" in (method.__doc__ or ""):
                yield pytest.param(face, method, id=f"{face.__name__}.{name}")
    for thing in (tb.TwelveLabs, tb.AsyncTwelveLabs, tb.Emulator):
        yield pytest.param(tb.BatchesClient, thing, id=thing.__name__)
    yield pytest.param(tb.BatchesClient, tb.BatchesClient.from_client, id="from_client")
    for function in (tb.response_format_of, tb.segment_definition_of, tb.segment_fields_of):
        yield pytest.param(tb.BatchesClient, function, id=function.__name__)
    for blocking in (TasksClient, AssetsClient):
        yield pytest.param(tb.BatchesClient, blocking.retrieve, id=blocking.__name__)
    for asynchronous in (AsyncTasksClient, AsyncAssetsClient):
        yield pytest.param(tb.AsyncBatchesClient, asynchronous.retrieve, id=asynchronous.__name__)


@pytest.mark.parametrize(("face", "thing"), list(documented()))
def test_examples_in_docstrings_run(
    face: type[tb.BatchesClient | tb.AsyncBatchesClient], thing: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tb.Emulator(speed=0) as platform:
        monkeypatch.setenv("TWELVE_LABS_API_KEY", platform.api_key)
        monkeypatch.setenv("TWELVELABS_BASE_URL", platform.base_url)
        blocking = tb.BatchesClient()
        requests = [item(1, custom_id="one"), item(2)]

        def create() -> tb.CreateAnalyzeBatchResponse:
            return blocking.create(
                model_name="pegasus1.5", analysis_mode="general", requests=requests, defaults=PROMPT
            )

        finished = create().batch_id
        platform.advance(hours=1)
        created = create()
        names = {
            **{name: getattr(tb, name) for name in tb.__all__},
            "client": face(),
            "platform": tb.TwelveLabs() if face is tb.BatchesClient else tb.AsyncTwelveLabs(),
            "batch_id": created.batch_id,
            "task_id": created.items[0].task_id,
            "finished_batch_id": finished,
        }
        platform.advance(seconds=30)
        examples = doctest.DocTestParser().get_examples(inspect.getdoc(thing) or "")
        assert examples
        for example in examples:
            shown = evaluate(example.source, names)
            if example.want:
                checker = doctest.OutputChecker()
                assert checker.check_output(example.want, f"{shown!r}\n", doctest.ELLIPSIS), (
                    example.source,
                    shown,
                )


def evaluate(source: str, names: dict[str, typing.Any]) -> object:
    """What a line shows; it may await."""
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        compiled = compile(source, "example", "eval", flags=flags)
    except SyntaxError:
        compiled = compile(source, "example", "exec", flags=flags)
    result = eval(compiled, names)
    return asyncio.run(result) if inspect.iscoroutine(result) else result
