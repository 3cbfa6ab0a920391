# Written by tools/stubs.py; edit that, or the declarations in src/models.
import datetime
import os
import typing

import pandas
import polars
import pyarrow
import typing_extensions

from ._collection import ResultList
from ._columns import DtypeBackend
from ._joining import Request
from ._objects import ObjectWithFields
from ._params import (
    AnalyzeTimeRangeParams,
    AsyncResponseFormatParams,
    BatchPromptParams,
    BatchVideoContextParams,
    FaultParams,
    SegmentDefinitionParams,
    SegmentFieldItemsParams,
    SegmentFieldParams,
    SmeMediaSourceParams,
)
from ._place import Path
from ._segment import Segment
from .types import BatchItemStatus, BatchStatus, FinishReason, OnMalformed, Timeout

__all__ = [
    "AnalyzeBatchStatusResponse",
    "AnalyzeTaskError",
    "AnalyzeTaskMediaSource",
    "AnalyzeTaskResponse",
    "AnalyzeTaskResponseRequestParams",
    "AnalyzeTaskResponseRequestParamsPromptV2",
    "AnalyzeTaskResponseRequestParamsResponseFormat",
    "AnalyzeTaskResponseRequestParamsResponseFormatSegmentDefinitionsItem",
    "AnalyzeTaskResponseVideoSource",
    "AnalyzeTaskResponseVideoSourceSystemMetadata",
    "AnalyzeTaskResult",
    "AnalyzeTaskResultUsage",
    "AnalyzeTaskSegmentField",
    "AnalyzeTaskSegmentFieldItems",
    "AnalyzeTaskTimeArrayItemField",
    "AnalyzeTaskTimeArrayItemFieldItems",
    "AnalyzeTaskWebhookInfo",
    "AnalyzeTimeRange",
    "AnswerMeta",
    "AssetDetail",
    "AssetError",
    "AssetHls",
    "AssetSource",
    "AssetSourceDetails",
    "AssetThumbnail",
    "AsyncResponseFormat",
    "AudioStream",
    "BatchDefaults",
    "BatchDraft",
    "BatchItemError",
    "BatchItemRequest",
    "BatchPrompt",
    "BatchResultItem",
    "BatchVideoContext",
    "Client",
    "CreateAnalyzeBatchResponse",
    "CreatedBatchItem",
    "Emulator",
    "JournalReader",
    "MalformedRow",
    "PageInfo",
    "PageReader",
    "ResultColumns",
    "Results",
    "RunCore",
    "RunPlanner",
    "SegmentDefinition",
    "SegmentField",
    "SegmentFieldItems",
    "SmeMediaSource",
    "Survey",
    "TechnicalMetadata",
    "VideoStream",
    "Watch",
    "WebhookEvent",
    "_AsyncRows",
    "_NextRow",
    "__version__",
    "describe_faults",
    "describe_models",
    "describe_options",
    "describe_rules",
    "make_columns",
    "parse_notice",
    "sign_notice",
    "verify_notice",
]

_T = typing.TypeVar("_T")

__version__: str

def describe_options() -> typing.List[
    typing.Tuple[str, str, typing.Any, typing.Optional[typing.List[str]], str, bool]
]:
    """The emulator's options: name, kind, default, choices, help and whether it can be nothing."""

def describe_faults() -> typing.List[
    typing.Tuple[str, str, typing.Any, typing.Optional[typing.List[str]], str, bool]
]:
    """The options of a fault: name, kind, default, choices, help and whether it can be nothing."""

def describe_models() -> typing.List[
    typing.Tuple[str, str, bool, typing.List[typing.Tuple[str, str, str, bool, str]]]
]:
    """What the model classes are made of."""

def describe_rules() -> typing.List[typing.Tuple[str, bool, str, str]]:
    """The rules: word, whether breaking it is a violation, what is allowed and its source."""

@typing.final
class Client:
    """A client of the core behind one face."""

    def __new__(
        cls,
        *,
        blocking: bool,
        user_agent: typing.Optional[str],
        api_key: typing.Optional[str] = None,
        base_url: typing.Optional[str] = None,
        timeout: typing.Union[float, Timeout, None] = None,
        max_retries: typing.Optional[int] = None,
        headers: typing.Optional[typing.Mapping[str, str]] = None,
        backoff_factor: typing.Optional[float] = None,
        on_malformed: typing.Optional[OnMalformed] = None,
        ca_bundle: typing.Union[str, os.PathLike[str], None] = None,
        proxy: typing.Optional[str] = None,
        validate: typing.Optional[bool] = None,
    ) -> typing_extensions.Self: ...
    @property
    def base_url(self) -> str: ...
    @property
    def max_retries(self) -> int: ...
    @property
    def timeouts(self) -> typing.Tuple[float, float, float]: ...
    @property
    def closed(self) -> bool: ...
    def close(self) -> None: ...
    def tell(self) -> None: ...
    def _api_key(self) -> str: ...
    def begin_run(self, given: typing.Dict[str, typing.Any], options: typing.Any) -> RunCore:
        """Begins a run, or goes on with it; where `known` is set, with the items that its journal
        knows.
        """
    def plan_run(self, given: typing.Dict[str, typing.Any], options: typing.Any) -> RunPlanner:
        """Plans a run. The journal is read, if there is one."""
    def watch(
        self,
        batch_id: str,
        timeout: typing.Any,
        poll_interval: typing.Any,
        options: typing.Any,
        every: bool = False,
    ) -> Watch:
        """Waits for a batch; with `every`, each look is told, and the interval goes by
        the vendor's name.
        """
    def as_completed(
        self,
        batch_id: str,
        timeout: typing.Any,
        poll_interval: typing.Any,
        observer: typing.Any,
        options: typing.Any,
    ) -> Results:
        """Watches a batch for its items; `observer` is told what is seen of it."""
    def survey(self, asset_ids: typing.List[str], most_at_once: int, options: typing.Any) -> Survey:
        """Asks about assets, at most so many at once."""
    def create(
        self,
        model_name: str,
        analysis_mode: str,
        requests: typing.Any,
        defaults: typing.Any,
        options: typing.Any,
        raw: bool = False,
    ) -> typing.Any: ...
    def list(
        self,
        page: typing.Optional[int],
        page_limit: typing.Optional[int],
        status: typing.Any,
        analysis_mode: typing.Any,
        options: typing.Any,
    ) -> typing.Any: ...
    def next_page(self, before: PageReader) -> typing.Any:
        """Fetches the page after another one; nothing if there is none."""
    def retrieve(self, batch_id: str, options: typing.Any, raw: bool = False) -> typing.Any: ...
    def results(self, batch_id: str, options: typing.Any) -> typing.Any: ...
    def cancel(self, batch_id: str, options: typing.Any, raw: bool = False) -> typing.Any: ...
    def delete(self, batch_id: str, options: typing.Any, raw: bool = False) -> typing.Any: ...
    def retrieve_task(self, task_id: str, options: typing.Any, raw: bool = False) -> typing.Any: ...
    def retrieve_asset(self, asset_id: str, options: typing.Any, raw: bool = False) -> typing.Any: ...

@typing.final
class AnswerMeta:
    """How an answer came."""

    @property
    def headers(self) -> typing.Dict[str, str]: ...
    @property
    def status_code(self) -> int: ...
    @property
    def request_id(self) -> typing.Optional[str]: ...
    @property
    def attempts(self) -> int: ...
    @property
    def elapsed(self) -> float: ...
    def __reduce__(self) -> typing.NoReturn: ...

@typing.final
class BatchDraft:
    """The arguments of a `create`, read once to be checked."""

    def __new__(
        cls,
        model_name: typing.Any,
        analysis_mode: typing.Any,
        requests: typing.Any,
        defaults: typing.Any,
        durations: typing.Any,
        options: typing.Any,
    ) -> typing_extensions.Self: ...
    def asset_ids(self) -> typing.List[str]:
        """The identifiers of all assets that are named, once each."""
    def check(
        self, assets: typing.Dict[str, typing.Optional[AssetDetail]]
    ) -> typing.Tuple[
        typing.Tuple[typing.Any, ...], typing.Tuple[typing.Any, ...], int, typing.Optional[float], int
    ]:
        """Holds the arguments against every rule, and against what the platform says of assets."""

@typing.final
class Watch:
    """A batch that is waited for."""

    def next(self) -> typing.Any:
        """The first state, then every one that differs from the one before, or the
        exception of a look that failed and is taken again; nothing at the end.
        """
    def __reduce__(self) -> typing.NoReturn: ...

_Shown: typing.TypeAlias = typing.Tuple[
    int, typing.Optional[BatchResultItem], BatchItemRequest, typing.Optional[str]
]

@typing.final
class RunCore:
    """A run, driven by one of the faces."""

    def step(self) -> typing.Tuple[str, typing.Any]:
        """What the run has come to: a word, and what belongs to it."""
    def skip(self) -> typing.Tuple[str, int]:
        """The same, but for what has come of items: for who wants it from the journal in the end."""
    def advance(self) -> typing.Any:
        """Waits until another step can be taken."""
    def close(self, settled: bool) -> typing.Any:
        """Ends the run here, and lets its journal go. What was handed over last comes again unless
        it is settled.
        """
    def push(self, items: typing.List[typing.Any]) -> typing.List[typing.Tuple[int, bool]]:
        """Takes items of the input: the number of each, and whether its outcome will come."""
    def end_input(self) -> None:
        """There are no more items."""
    def break_input(self, reason: str) -> None:
        """The input broke: that is told when what is under way has ended."""
    def answer(self, goes_on: bool) -> None:
        """Says whether the run goes on after its sample."""
    def cancel(self) -> None:
        """Submits nothing more, and cancels what is active."""
    def resubmit(self, ways: typing.List[str]) -> int:
        """Has items that ended in one of these ways submitted once more."""
    def rows_after(self, item_id: int, most: int) -> typing.Optional[typing.Tuple[typing.List[_Shown], int]]:
        """Rows, requests and tasks of items that have ended, after one of those that were read, and
        the last item that was looked at; nothing if there are no more.
        """
    def report(self) -> typing.Dict[str, typing.Any]:
        """What the run has come to, as a dict."""
    def active_batches(self) -> typing.List[str]:
        """Batches that are active, as far as it can be told at the moment."""
    def active_figures(self) -> typing.List[typing.Tuple[str, int, int, int, int]]:
        """The same, with items, and how many of these are ready, failed and canceled; in the order
        in which they were submitted, as far as that goes.
        """
    @property
    def run_id(self) -> int: ...
    @property
    def path(self) -> typing.Optional[os.PathLike[str]]: ...
    def __reduce__(self) -> typing.NoReturn: ...

@typing.final
class JournalReader:
    """A journal that is read, whoever writes it meanwhile."""

    def __new__(cls, path: typing.Any) -> typing_extensions.Self: ...
    def account(self) -> typing.Optional[str]:
        """The account that it belongs to."""
    def runs(self) -> typing.List[typing.Dict[str, typing.Any]]:
        """Its runs, each as a dict."""
    def counts(self, run_id: int) -> typing.Dict[str, int]:
        """How the items of a run stand."""
    def batches(self, run_id: int) -> typing.List[typing.Dict[str, typing.Any]]:
        """The batches of a run, each as a dict."""
    def rows_after(
        self, run_id: int, item_id: int, most: int
    ) -> typing.Optional[typing.Tuple[typing.List[_Shown], int]]:
        """Rows, requests and tasks of items of a run that have ended, after one of them, and the
        last item that was looked at; nothing if there are no more.
        """

@typing.final
class RunPlanner:
    """What a run would do."""

    def push(self, items: typing.List[typing.Any]) -> None:
        """Takes items of the input."""
    def finish(self) -> typing.Dict[str, typing.Any]:
        """The plan, as a dict."""

@typing.final
class Survey:
    """Assets that are asked about. Letting it go ends the requests under way."""

    def next(self) -> typing.Any:
        """The next asset that something is known of: its identifier, and what the
        platform says of it, or nothing if it does not know it. Nothing when all
        have been told.
        """
    def close(self) -> None:
        """Ends the requests under way."""
    def __reduce__(self) -> typing.NoReturn: ...

@typing.final
class PageReader:
    """A page of batches, for the pagers to read."""

    @property
    def items(self) -> typing.List[typing.Any]: ...
    @property
    def page_info(self) -> PageInfo: ...
    @property
    def headers(self) -> typing.Dict[str, str]: ...
    @property
    def has_next(self) -> bool: ...
    def __reduce__(self) -> typing.NoReturn: ...

@typing.final
class Results(typing.Iterator[BatchResultItem]):
    """The results of a batch: an iterator of its items, in the order in which the
    platform sends them.

    Each item is handed over as soon as it has arrived, and once. If the answer
    breaks off, or has fewer rows than the batch has items, the rest is asked for
    again; if that does not help, `IncompleteResultsError` is raised, and
    iterating on tries once more. A row that cannot be read raises
    `MalformedRowError`; iterating on continues with the row after it. Closing
    it, or leaving its `with` block, lets the connection go.
    """

    @property
    def batch_id(self) -> str:
        """The batch whose results these are."""
    @property
    def delivered(self) -> int:
        """Items that were handed over."""
    @property
    def malformed(self) -> int:
        """Rows that cannot be read, so far."""
    def __iter__(self) -> Results: ...
    def __next__(self) -> BatchResultItem: ...
    def close(self) -> None:
        """Ends the iteration and lets the connection go."""
    def __enter__(self) -> Results: ...
    def __exit__(self, *exception: object) -> None: ...
    def _next_sight(self) -> typing.Any:
        """What was seen of the batch and is to be told next. For the asyncio face."""
    def record_batches(self) -> typing.Iterator[ResultColumns]:
        """The rows that are still to come, as columns of bounded size, as they arrive.

        Returns:
            An iterator of `ResultColumns`: at most 32,768 rows or about 16 MB of text each.
            Rows that have come wait at most a second for others.

        Raises:
            IncompleteResultsError: Rows are missing; asking for more goes on.
            MalformedRowError: A row cannot be read; asking for more goes on after it.
                Columns have no place for such a row, so it is raised with
                `on_malformed="yield"` too.
        """
    def to_arrow(
        self,
        *,
        requests: typing.Optional[typing.Iterable[typing.Any]] = None,
        created: typing.Optional[CreateAnalyzeBatchResponse] = None,
    ) -> pyarrow.Table:
        """The rows that are still to come, as a `pyarrow.Table`. Needs pyarrow.

        No Python object is made for a row. After an error the rows that came before it
        stay in the stream: call it again, and it goes on and gives them all; close the
        stream first, and it gives those that have come.

        Args:
            requests: What was submitted. With it the table has one row for each request, in
                their order, with columns of the request behind those of its result. All
                items are held in memory for it.
            created: What `create` returned; needed where a request has no `custom_id`.

        Raises:
            ImportError: The library is not installed, or too old.
            IncompleteResultsError: Rows are missing.
            MalformedRowError: A row cannot be read; with `on_malformed="yield"`, too.
            ValidationError: It cannot be told which result is whose.
        """
    def to_pandas(
        self,
        *,
        dtype_backend: typing.Optional[DtypeBackend] = None,
        requests: typing.Optional[typing.Iterable[typing.Any]] = None,
        created: typing.Optional[CreateAnalyzeBatchResponse] = None,
    ) -> pandas.DataFrame:
        """The rows that are still to come, as a `pandas.DataFrame`. Needs pandas and pyarrow.

        Args:
            dtype_backend: The types of columns. Without it text is `str` (`string[pyarrow]`
                before pandas 3), kept in Arrow's memory, and counts are `Int64`;
                `numpy_nullable` and `pyarrow` are pandas' own choices of these names.
            requests: As in `to_arrow`.
            created: As in `to_arrow`.

        Raises:
            ValueError: `dtype_backend` is something else.
            ImportError: A library is not installed, or too old.
            IncompleteResultsError: As in `to_arrow`, and so are the others.
        """
    def to_polars(
        self,
        *,
        requests: typing.Optional[typing.Iterable[typing.Any]] = None,
        created: typing.Optional[CreateAnalyzeBatchResponse] = None,
    ) -> polars.DataFrame:
        """The rows that are still to come, as a `polars.DataFrame`. Needs polars.

        Args:
            requests: As in `to_arrow`.
            created: As in `to_arrow`.

        Raises:
            ImportError: The library is not installed, or too old.
            IncompleteResultsError: As in `to_arrow`, and so are the others.
        """
    def to_jsonl(self, path: Path, *, overwrite: bool = True) -> int:
        """Writes the rows that are still to come as JSON Lines: each as `item.dict()` gives it.

        They are written beside the file, into `<path>.<batch_id>.part`, which takes its
        place when all have come. If something goes wrong it stays, and the next call for
        the same batch goes on with it: every item is in the finished file once. Memory
        does not grow with the number of rows.

        Args:
            path: Where the file is to be.
            overwrite: Whether a file that is there is replaced.

        Returns:
            The rows in the file.

        Raises:
            FileExistsError: There is a file, and it is not to be replaced.
            BlockingIOError: Another call is writing it.
            OSError: It cannot be written.
            IncompleteResultsError: As in `to_arrow`.
            MalformedRowError: As in `to_arrow`.
        """
    def to_parquet(
        self,
        path: Path,
        *,
        overwrite: bool = True,
        requests: typing.Optional[typing.Iterable[typing.Any]] = None,
        created: typing.Optional[CreateAnalyzeBatchResponse] = None,
    ) -> int:
        """Writes the rows that are still to come as Parquet. Needs pyarrow.

        The file appears when it is whole, or not at all. With pyarrow memory does not grow
        with the number of rows; polars serves too, but holds all of them.

        Args:
            path: Where the file is to be.
            overwrite: Whether a file that is there is replaced.
            requests: As in `to_arrow`.
            created: As in `to_arrow`.

        Returns:
            The rows in the file.

        Raises:
            FileExistsError: There is a file, and it is not to be replaced.
            OSError: It cannot be written.
            IncompleteResultsError: As in `to_arrow`. Rows that came before went into the file
                that is no more: read the results again.
            MalformedRowError: Likewise.
        """
    def to_csv(
        self,
        path: Path,
        *,
        overwrite: bool = True,
        requests: typing.Optional[typing.Iterable[typing.Any]] = None,
        created: typing.Optional[CreateAnalyzeBatchResponse] = None,
    ) -> int:
        """Writes the rows that are still to come as CSV, with a header. Needs no other library.

        An empty text is `""`, nothing is nothing. The file appears when it is whole, or not
        at all. Memory does not grow with the number of rows.

        Args:
            path: Where the file is to be.
            overwrite: Whether a file that is there is replaced.
            requests: As in `to_arrow`.
            created: As in `to_arrow`.

        Returns:
            The rows in the file.

        Raises:
            FileExistsError: As in `to_parquet`, and so are the others.
        """
    def collect(self) -> ResultList:
        """The items that are still to come, as a list.

        After an error those that came before it stay in the stream: call it again, and it
        goes on and gives them all; close the stream first, and it gives those that have
        come.

        Returns:
            A `ResultList`. With `on_malformed="yield"` rows that cannot be read are in its
            `malformed`.

        Raises:
            IncompleteResultsError: Items are missing.
            MalformedRowError: A row cannot be read.
        """
    def by_custom_id(self) -> typing.Dict[str, BatchResultItem]:
        """The items that are still to come, by their `custom_id`.

        An item that has none stands under its `task_id`; one that has not ended is there
        too, with its status.

        Raises:
            ResponseError: Two items have the same `custom_id`.
            IncompleteResultsError: As in `collect`.
            MalformedRowError: As in `collect`.
        """
    def join(
        self, requests: typing.Iterable[Request], created: typing.Optional[CreateAnalyzeBatchResponse] = None
    ) -> typing.List[typing.Tuple[Request, typing.Optional[BatchResultItem]]]:
        """Each request with its result, in the order of the requests.

        Args:
            requests: What was submitted, or a part of it.
            created: What `create` returned. With it results are found by their task, so that
                requests need no `custom_id`; all requests must be given, in the same order.

        Returns:
            Pairs of a request, as it was given, and its item; `None` where there is none.

        Raises:
            ValidationError: It cannot be told which result is whose: a request has no
                `custom_id` and `created` was not given, two have the same, or `created` is
                another batch's.
            IncompleteResultsError: As in `collect`.
            MalformedRowError: As in `collect`.
        """
    def __arrow_c_stream__(self, requested_schema: object = None) -> typing_extensions.CapsuleType:
        """The rows that are still to come, as a capsule of an Arrow stream: whoever reads it
        takes them from this stream. A wish for another schema is not followed.
        """
    def __arrow_c_schema__(self) -> typing_extensions.CapsuleType:
        """The schema of the columns, as a capsule of an Arrow schema."""
    def _columns(self, whole: bool) -> ResultColumns:
        """The next rows as columns, none at the end; with `whole` all that are to come. After
        an error those that came before it are kept for the next call.
        """
    def _gather(self, whole: bool) -> typing.Awaitable[typing.Optional[bool]]:
        """Awaits that there are columns to take: true at the end, nothing if something was seen
        of the batch and is to be told first. For the asyncio face.
        """
    def _take_columns(self, whole: bool) -> ResultColumns:
        """The columns that were gathered. For the asyncio face."""
    def _taken(self) -> int:
        """Rows that were handed over as columns."""
    def _is_closed(self) -> bool: ...
    def _spoil(self, reason: str) -> None:
        """Has every later use of the stream say why it cannot be read any more."""
    def _rows(self) -> typing.List[BatchResultItem]:
        """Rows that were taken into a list which is not complete yet."""
    def _next_arrived(self) -> typing.Optional[BatchResultItem]:
        """The next row if it has arrived. For the asyncio face."""
    def _tell(self) -> None:
        """Passes on to `logging` what the stream has told. For the asyncio face."""
    def _receive(self) -> typing.Awaitable[None]:
        """Awaits more of the results. For the asyncio face."""
    def _open(self) -> typing.Awaitable[None]:
        """Awaits the beginning of the answer. For the asyncio face."""
    def _meta(self) -> typing.Optional[AnswerMeta]:
        """How the answer came; nothing if it has not, or the stream is closed."""
    def _repr_html_(self) -> typing.Optional[str]:
        """For notebooks: the object as HTML."""
    def __reduce__(self) -> typing.NoReturn: ...

@typing_extensions.disjoint_base
class _AsyncRows(typing.AsyncIterator[BatchResultItem]):
    """The base of `AsyncResults`: its way from row to row."""

    def __new__(
        cls, reader: Results, opening: typing.ContextManager[None], observer: object = None
    ) -> typing_extensions.Self: ...
    def __aiter__(self) -> typing_extensions.Self: ...
    def __anext__(self) -> typing.Coroutine[typing.Any, typing.Any, BatchResultItem]:
        """Awaits the next row."""

@typing.final
class _NextRow(typing.Coroutine[typing.Any, typing.Any, BatchResultItem]):
    """A coroutine for the next row, which is taken when it is awaited. It ends at once
    if the row has arrived.
    """

    def __await__(self) -> typing.Generator[typing.Any, typing.Any, BatchResultItem]: ...
    def __iter__(self) -> _NextRow: ...
    def __next__(self) -> typing.Any:
        """Ends with what `StopIteration` brings."""
    def send(self, _value: typing.Any) -> typing.Any:
        """As `__next__`."""
    def throw(self, *thrown: typing.Any) -> typing.Any:
        """Raises an exception where it waits."""
    def close(self) -> None:
        """Ends the waiting."""

@typing.final
class ResultColumns:
    """Rows of results as columns in memory, for every library that reads Arrow.

    `pyarrow.table(columns)`, `polars.DataFrame(columns)`, `pandas.DataFrame.from_arrow(columns)`
    and `duckdb.sql("from columns")` take it as it is, without copying.
    """

    @property
    def column_names(self) -> typing.List[str]:
        """The names of the columns."""
    def __len__(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> typing_extensions.CapsuleType:
        """The rows, as a capsule of an Arrow stream. A wish for another schema is not followed."""
    def __arrow_c_schema__(self) -> typing_extensions.CapsuleType:
        """The schema, as a capsule of an Arrow schema."""
    def _lines(self, known: typing.Optional[typing.Set[str]]) -> typing.Tuple[bytes, int]:
        """The rows as JSON Lines, and how many; without those of the tasks in `known`."""
    def _csv(self, header: bool) -> typing.Tuple[bytes, int]:
        """The rows as CSV, and how many; with `header` the names of the columns before them."""
    def _repr_html_(self) -> typing.Optional[str]:
        """For notebooks: the object as HTML."""
    def __reduce__(self) -> typing.NoReturn: ...

def make_columns(
    items: typing.Sequence[typing.Optional[BatchResultItem]],
    requests: typing.Optional[typing.Sequence[typing.Tuple[typing.Any, typing.Optional[str]]]],
    first: int = 0,
) -> ResultColumns:
    """Columns of items; beside the requests that asked for them, with their tasks as far as
    these are known, where requests are given. The first of them has the number `first`.
    """

@typing.final
class MalformedRow:
    """A row of results that cannot be read, as it came.

    Results yield it in place of an item with `on_malformed="yield"`.
    """

    __match_args__ = ("row", "offset", "reason", "raw")

    def __new__(cls, *, row: int, offset: int, reason: str, raw: bytes) -> typing_extensions.Self: ...
    @property
    def row(self) -> int:
        """Number of the row in the answer, from 1; blank lines do not count."""
    @property
    def offset(self) -> int:
        """Offset of its first byte in the answer."""
    @property
    def reason(self) -> str:
        """What is wrong with it."""
    @property
    def raw(self) -> bytes:
        """The whole row."""
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def _repr_html_(self) -> typing.Optional[str]:
        """For notebooks: the object as HTML."""
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

@typing.final
class WebhookEvent:
    """What the platform tells a webhook.

    The platform documents the events of tasks, of the types `analyze.task.ready`,
    `analyze.task.failed`, `analyze.task.canceled`, `index.task.ready` and
    `index.task.failed`. It does not document the type and the data of the event
    for a batch: nothing of an event is dropped, and `is_batch`, `batch_id` and
    `status` tell what can be told. Fields that are not known are attributes too.
    """

    __match_args__ = ("id", "created_at", "type", "data")

    @property
    def id(self) -> str:
        """Its identifier: the same each time the same event is delivered."""
    @property
    def created_at(self) -> datetime.datetime:
        """When it happened."""
    @property
    def type(self) -> str:
        """What happened, such as `analyze.task.ready`."""
    @property
    def data(self) -> typing.Dict[str, typing.Any]:
        """What is said about it, as it came."""
    @property
    def is_batch(self) -> bool:
        """Whether it is about a batch: its type has the word `batch`, or neither
        `batch` nor `task` while `data` has a `batch_id`.
        """
    @property
    def batch_id(self) -> typing.Optional[str]:
        """The batch that it is about, or that its task is part of, if `data` tells."""
    @property
    def status(self) -> typing.Optional[str]:
        """The status of the batch or the task, if `data` tells."""
    def dict(self) -> typing.Dict[str, typing.Any]:
        """All of it, as it came."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> typing.Tuple[typing.Any, typing.Tuple[bytes]]: ...

def parse_notice(payload: bytes) -> WebhookEvent:
    """Reads the body of a notice."""

def verify_notice(
    payload: bytes,
    signature: typing.Optional[str],
    secrets: typing.List[bytes],
    tolerance: typing.Optional[float],
    now: typing.Optional[float],
) -> None:
    """Checks a signature. Times are in seconds; without `now` the time is the real one."""

def sign_notice(payload: bytes, secret: bytes, timestamp: typing.Optional[int]) -> str:
    """Signs a body as the platform does."""

@typing.final
class Emulator:
    """The platform on your own machine: the batch API, assets and tasks on
    127.0.0.1, without a key, a bill or a network.

    It runs from its making until `close()`, or the end of its `with` block. Time
    runs at `speed` seconds of the platform per real second; with `speed=0` it
    stands still and is moved with `advance`, so that a day is told in
    milliseconds and the same every time. Results are made from `seed` and fit
    what was asked for.

    Args:
        api_key: The key requests have to carry. Default: `emulator`.
        port: Port on 127.0.0.1; 0 takes a free one. Default: `0`.
        seed: Everything drawn by chance comes from this number. Default: `0`.
        speed: Seconds of platform time per second of real time; 0 makes time stand
            still, to be moved by hand. Default: `60.0`.
        start_time: The platform's time at the start. Without it the real time, or
            2026-01-01T00:00:00Z when the speed is 0. Default: `None`.
        queue_seconds: Seconds from the creation of a batch to the start of its
            first item. Default: `20.0`.
        item_seconds: Shortest and longest time it takes to analyze one item, in
            seconds. Default: `(20.0, 60.0)`.
        concurrency: Items of one batch analyzed at the same time. Default: `8`.
        max_active_batches: Batches that may be active at the same time. Default:
            `5`.
        max_items: Items one batch may have. Default: `1000`.
        max_hours: Hours of video one batch may have. Default: `2000.0`.
        asset_duration: Seconds a video has that nobody registered. Default:
            `300.0`.
        assets: Which assets exist: every well-formed id, or only registered ones.
            Default: `known`.
        failure_rate: Share of items that fail, from 0 to 1. Default: `0.0`.
        output_tokens: Fewest and most tokens of a prose answer; without it, what
            the request suggests. Default: `None`.
        requests_per_minute: Requests allowed per minute; without it any number.
            Default: `None`.
        initial_status: Status of a batch that was just created. Default: `pending`.
        row_order: Order of the result rows. Default: `submission`.
        malformed_id_status: Status code for an id that is not 24 hexadecimal
            digits. Default: `404`.
        page_limit_policy: What to do with a page or a page size out of range.
            Default: `reject`.
        unknown_fields: What to do with body fields the platform does not have.
            Default: `reject`.
        processing_at_expiry: What becomes of items being processed when their batch
            expires. Default: `fail`.
        error_shape: Body of an endpoint's errors. Refused keys and exceeded rates
            are always flat. Default: `nested`.
        canceling_again: Answer to canceling a batch that is already being canceled.
            Default: `accept`.
        canceling_is_active: Whether a batch that is being canceled counts as
            active. Default: `True`.
        webhooks: Addresses on this machine to tell when a batch becomes terminal: a
            list, or each with its secret. Default: `[]`.
        webhook_secret: What notices are signed with, for addresses without a secret
            of their own. Default: `emulator`.
        webhook_event_type: Type of these events; the platform does not document it.
            The batch's status stands for {status}. Default:
            `analyze.batch.{status}`.
        webhook_attempts: Attempts to deliver a notice, at most. Default: `5`.
        webhook_pause_seconds: Seconds from a failed attempt to the next; each pause
            is twice as long as the one before. Default: `10.0`.
        webhook_timeout_seconds: Real seconds that an address has to answer.
            Default: `5.0`.
    """

    def __new__(
        cls,
        *,
        faults: typing.Optional[typing.Iterable[typing.Union[FaultParams, str]]] = None,
        api_key: str = ...,
        port: int = ...,
        seed: int = ...,
        speed: float = ...,
        start_time: typing.Optional[datetime.datetime] = ...,
        queue_seconds: float = ...,
        item_seconds: typing.Tuple[float, float] = ...,
        concurrency: int = ...,
        max_active_batches: int = ...,
        max_items: int = ...,
        max_hours: float = ...,
        asset_duration: float = ...,
        assets: typing.Literal["known", "registered"] = ...,
        failure_rate: float = ...,
        output_tokens: typing.Optional[typing.Tuple[float, float]] = ...,
        requests_per_minute: typing.Optional[int] = ...,
        initial_status: typing.Literal["pending", "processing"] = ...,
        row_order: typing.Literal["submission", "completion", "shuffled"] = ...,
        malformed_id_status: typing.Literal[404, 400] = ...,
        page_limit_policy: typing.Literal["reject", "clamp"] = ...,
        unknown_fields: typing.Literal["reject", "accept"] = ...,
        processing_at_expiry: typing.Literal["fail", "cancel"] = ...,
        error_shape: typing.Literal["nested", "flat"] = ...,
        canceling_again: typing.Literal["accept", "conflict"] = ...,
        canceling_is_active: bool = ...,
        webhooks: typing.Union[str, typing.Sequence[str], typing.Mapping[str, typing.Optional[str]]] = ...,
        webhook_secret: str = ...,
        webhook_event_type: str = ...,
        webhook_attempts: int = ...,
        webhook_pause_seconds: float = ...,
        webhook_timeout_seconds: float = ...,
    ) -> typing_extensions.Self: ...
    @staticmethod
    def _from_flags(flags: typing.List[typing.Tuple[str, str]], faults: typing.Iterable[str]) -> Emulator:
        """Starts an emulator from the texts of a command line's flags."""
    @property
    def base_url(self) -> str:
        """Where it is: the base URL for a client."""
    @property
    def api_key(self) -> str:
        """The key that it accepts."""
    @property
    def now(self) -> datetime.datetime:
        """The platform's time."""
    def advance(
        self, *, seconds: float = 0.0, minutes: float = 0.0, hours: float = 0.0, days: float = 0.0
    ) -> None:
        """Moves the platform's time forward, whether it runs or stands still.

        On the way, webhooks are told when it is time: when this returns, every
        attempt has been made that was due. Other threads run meanwhile.
        """
    def add_asset(
        self,
        asset_id: str,
        *,
        status: str = "ready",
        duration: float = 300.0,
        filename: typing.Optional[str] = None,
        analysis_error: typing.Optional[str] = None,
        analysis_error_code: typing.Optional[str] = None,
    ) -> None:
        """Registers an asset."""
    def inject(
        self,
        *,
        on: typing.Literal[
            "any", "create", "list", "retrieve", "results", "cancel", "delete", "asset", "task"
        ] = ...,
        skip: int = ...,
        times: typing.Optional[int] = ...,
        toxicity: float = ...,
        executed: typing.Optional[bool] = ...,
        status: typing.Optional[int] = ...,
        code: typing.Optional[str] = ...,
        message: typing.Optional[str] = ...,
        headers: typing.Mapping[str, typing.Union[str, float]] = ...,
        body: typing.Optional[str] = ...,
        redirect: typing.Optional[str] = ...,
        latency: float = ...,
        slow_headers: float = ...,
        drip: float = ...,
        slice: typing.Optional[int] = ...,
        cut: typing.Optional[typing.Literal["reset", "close", "polite"]] = ...,
        stall: float = ...,
        after_rows: typing.Optional[int] = ...,
        after_bytes: typing.Optional[int] = ...,
        framing: typing.Optional[typing.Literal["chunked", "length", "close"]] = ...,
        coding: typing.Optional[
            typing.Literal[
                "gzip", "gzip-members", "gzip-truncated", "gzip-corrupt", "gzip-checksum", "unknown"
            ]
        ] = ...,
        torn_row: typing.Optional[int] = ...,
        corrupt_row: typing.Optional[int] = ...,
        duplicate_row: typing.Optional[int] = ...,
        missing_row: typing.Optional[int] = ...,
        error_row: typing.Optional[int] = ...,
        shuffled: bool = ...,
        down: float = ...,
    ) -> None:
        """Has trouble befall requests from now on.

        What is said together happens together; what is not said stays as it would
        be. Faults are tried in the order in which they were given: the first that
        applies befalls a request, alone, so that a list of faults is a script.

        Args:
            on: The endpoint whose requests it befalls. Default: `any`.
            skip: Requests that it lets pass before. Default: `0`.
            times: Requests that it befalls; without it all. Default: `1`.
            toxicity: Share of the requests that it befalls, from 0 to 1, drawn from the
                emulator's seed. Default: `1.0`.
            executed: Whether the request is carried out. Without it: not if a status is
                given. Default: `None`.
            status: Status of the answer. Default: `None`.
            code: Code of the error in the answer, for a status of 400 or more. Default:
                `None`.
            message: Message of the error in the answer, for a status of 400 or more.
                Default: `None`.
            headers: Headers of the answer, in place of those with the same name.
                Default: `{}`.
            body: Body of the answer, in place of the platform's. Default: `None`.
            redirect: Where the answer redirects to; with status 307 unless another is
                given. Default: `None`.
            latency: Seconds until the answer begins. Default: `0.0`.
            slow_headers: Seconds before each line of the answer's head. Default: `0.0`.
            drip: Seconds between the pieces of the body, which are rows unless a slice
                is given. Default: `0.0`.
            slice: Bytes of each piece of the body. Default: `None`.
            cut: How the connection ends before its time: before the answer unless rows
                or bytes are given. Default: `None`.
            stall: Seconds of silence at the place of the cut, or where rows or bytes
                say. Default: `0.0`.
            after_rows: Rows of the body that come before the cut or the silence.
                Default: `None`.
            after_bytes: Bytes of the body, as sent, that come before the cut or the
                silence. Default: `None`.
            framing: How the end of the body is found. Default: `None`.
            coding: How the body is encoded. Default: `None`.
            torn_row: Number of a row whose second half is missing. Default: `None`.
            corrupt_row: Number of a row with a byte that is no text. Default: `None`.
            duplicate_row: Number of a row that comes twice. Default: `None`.
            missing_row: Number of a row that is missing. Default: `None`.
            error_row: Number of a row before which an error of the platform comes.
                Default: `None`.
            shuffled: Whether rows come in another order, drawn from the emulator's
                seed. Default: `False`.
            down: Seconds for which the platform is down: connections are cut, new ones
                refused. Default: `0.0`.
        """
    def clear_faults(self) -> None:
        """Takes back all faults that still wait."""
    def go_down(self) -> None:
        """Cuts every connection and refuses new ones, until `come_up`."""
    def come_up(self) -> None:
        """Accepts connections again."""
    def stats(self) -> typing.Dict[str, typing.Any]:
        """The platform's own books."""
    def close(self) -> None:
        """Stops it; its connections are closed."""
    def __enter__(self) -> Emulator: ...
    def __exit__(self, *_exception: object) -> None: ...
    def _repr_html_(self) -> typing.Optional[str]:
        """For notebooks: the object as HTML."""
    def __reduce__(self) -> typing.NoReturn: ...

@typing.type_check_only
class _Model:
    """What all model classes have."""

    def dict(
        self,
        *,
        mode: str = "python",
        include: typing.Any = None,
        exclude: typing.Any = None,
        by_alias: typing.Optional[bool] = True,
        exclude_unset: bool = True,
        exclude_none: bool = False,
        exclude_defaults: bool = False,
        **options: typing.Any,
    ) -> typing.Dict[str, typing.Any]:
        """The fields that were set, by their names in JSON. Takes the keywords
        of `model_dump`.
        """
    def json(
        self,
        *,
        indent: typing.Optional[int] = None,
        ensure_ascii: bool = False,
        include: typing.Any = None,
        exclude: typing.Any = None,
        by_alias: typing.Optional[bool] = None,
        exclude_unset: bool = False,
        exclude_none: bool = False,
        exclude_defaults: bool = False,
        **options: typing.Any,
    ) -> str:
        """Every field, by its name in Python, as JSON text. Takes the keywords
        of `model_dump_json`.
        """
    def model_dump(
        self,
        *,
        mode: str = "python",
        include: typing.Any = None,
        exclude: typing.Any = None,
        by_alias: typing.Optional[bool] = None,
        exclude_unset: bool = False,
        exclude_none: bool = False,
        exclude_defaults: bool = False,
        **options: typing.Any,
    ) -> typing.Dict[str, typing.Any]:
        """Every field, by its name in Python.

        Args:
            mode: `python`, or `json` for times as text.
            include: Names of the fields to dump; dicts of names for parts of
                what is below them.
            exclude: Names of the fields to leave out, likewise.
            by_alias: Whether to write the names in JSON.
            exclude_unset: Whether to leave out what was not set.
            exclude_none: Whether to leave out what is `None`.
            exclude_defaults: Whether to leave out optional fields that are
                `None`.
        """
    def model_dump_json(
        self,
        *,
        indent: typing.Optional[int] = None,
        ensure_ascii: bool = False,
        include: typing.Any = None,
        exclude: typing.Any = None,
        by_alias: typing.Optional[bool] = None,
        exclude_unset: bool = False,
        exclude_none: bool = False,
        exclude_defaults: bool = False,
        **options: typing.Any,
    ) -> str:
        """Every field, by its name in Python, as JSON text.

        Args:
            indent: Spaces of each level; without it, all is on one line.
            ensure_ascii: Whether to escape everything that is not ASCII.
            include: As in `model_dump`, and so are the others.
        """
    def model_copy(
        self,
        *,
        update: typing.Optional[typing.Mapping[str, typing.Any]] = None,
        deep: bool = False,
    ) -> typing_extensions.Self:
        """A copy.

        Args:
            update: Fields to replace in it; they are looked at as when the
                object is made.
            deep: Whether dicts and lists in it are copied too.
        """
    @classmethod
    def model_validate(cls, obj: typing.Any, **_options: typing.Any) -> typing_extensions.Self:
        """Makes an object of a dict, or of an object with the same fields."""
    @classmethod
    def model_validate_json(
        cls, json_data: typing.Union[str, bytes, bytearray], **_options: typing.Any
    ) -> typing_extensions.Self:
        """Makes an object of JSON text."""
    @classmethod
    def model_construct(
        cls, _fields_set: typing.Optional[typing.Set[str]] = None, **values: typing.Any
    ) -> typing_extensions.Self:
        """Makes an object of values that are not looked at."""
    @classmethod
    def model_json_schema(cls, by_alias: bool = True, **options: typing.Any) -> typing.Dict[str, typing.Any]:
        """The JSON schema of such objects. Needs pydantic."""
    @property
    def model_fields_set(self) -> typing.Set[str]:
        """The names of the fields that were set."""
    @property
    def model_extra(self) -> typing.Optional[typing.Dict[str, typing.Any]]:
        """Fields that this version does not know."""
    @classmethod
    def __get_pydantic_core_schema__(cls, _source: typing.Any, handler: typing.Any, /) -> typing.Any:
        """For pydantic, where such objects are fields of its models."""
    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: typing.Any, handler: typing.Any, /) -> typing.Any:
        """For pydantic, where it writes JSON schemas."""
    @property
    def __pydantic_serializer__(self) -> typing.Any:
        """For pydantic, where such objects stand for anything."""
    def __iter__(self) -> typing.Iterator[typing.Tuple[str, typing.Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

@typing.final
class BatchItemRequest(_Model):
    """One analysis of one video. Everything but `video` is optional and takes
    the place of the same field of the batch's defaults.
    """

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["video"],
            typing.Literal["custom_id"],
            typing.Literal["prompt"],
            typing.Literal["response_format"],
            typing.Literal["temperature"],
            typing.Literal["max_tokens"],
            typing.Literal["min_segment_duration"],
            typing.Literal["max_segment_duration"],
            typing.Literal["start_time"],
            typing.Literal["end_time"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        video: typing.Union[BatchVideoContext, BatchVideoContextParams, ObjectWithFields],
        custom_id: typing.Optional[str] = None,
        prompt: typing.Optional[typing.Union[BatchPrompt, BatchPromptParams, ObjectWithFields]] = None,
        response_format: typing.Optional[
            typing.Union[AsyncResponseFormat, AsyncResponseFormatParams, ObjectWithFields]
        ] = None,
        temperature: typing.Optional[float] = None,
        max_tokens: typing.Optional[int] = None,
        min_segment_duration: typing.Optional[float] = None,
        max_segment_duration: typing.Optional[float] = None,
        start_time: typing.Optional[float] = None,
        end_time: typing.Optional[float] = None,
    ) -> typing_extensions.Self: ...
    @property
    def video(self) -> BatchVideoContext:
        """The video to analyse."""
    @property
    def custom_id(self) -> typing.Optional[str]:
        """Your own identifier for this item, returned with its result. 1 to 64
        letters, digits, `-` and `_`; unique in the batch.
        """
    @property
    def prompt(self) -> typing.Optional[BatchPrompt]:
        """The prompt for this item, whole. Not in `time_based_metadata` mode."""
    @property
    def response_format(self) -> typing.Optional[AsyncResponseFormat]:
        """The response format for this item, whole."""
    @property
    def temperature(self) -> typing.Optional[float]:
        """Randomness of the text, 0 to 1."""
    @property
    def max_tokens(self) -> typing.Optional[int]:
        """Longest answer, in tokens: 512 to 98,304; from 2,048 in
        `time_based_metadata` mode.
        """
    @property
    def min_segment_duration(self) -> typing.Optional[float]:
        """Shortest segment, in seconds, at least 2. Only in
        `time_based_metadata` mode.
        """
    @property
    def max_segment_duration(self) -> typing.Optional[float]:
        """Longest segment, in seconds, at least `min_segment_duration`. Only in
        `time_based_metadata` mode.
        """
    @property
    def start_time(self) -> typing.Optional[float]:
        """Start of the analysed window, in seconds from the video's beginning."""
    @property
    def end_time(self) -> typing.Optional[float]:
        """End of the analysed window, in seconds, itself not included."""

@typing.final
class BatchVideoContext(_Model):
    """The video of an item. Batches accept only assets: no URLs, no base64."""

    __match_args__: typing.ClassVar[typing.Tuple[typing.Literal["type"], typing.Literal["asset_id"]]] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(cls, *, type: str, asset_id: str) -> typing_extensions.Self: ...
    @property
    def type(self) -> str:
        """Always `asset_id`."""
    @property
    def asset_id(self) -> str:
        """Identifier of an asset that was uploaded directly or in parts and
        whose status is `ready`.
        """

@typing.final
class BatchDefaults(_Model):
    """Values for every item that does not give its own."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["prompt"],
            typing.Literal["response_format"],
            typing.Literal["temperature"],
            typing.Literal["max_tokens"],
            typing.Literal["min_segment_duration"],
            typing.Literal["max_segment_duration"],
            typing.Literal["start_time"],
            typing.Literal["end_time"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        prompt: typing.Optional[typing.Union[BatchPrompt, BatchPromptParams, ObjectWithFields]] = None,
        response_format: typing.Optional[
            typing.Union[AsyncResponseFormat, AsyncResponseFormatParams, ObjectWithFields]
        ] = None,
        temperature: typing.Optional[float] = None,
        max_tokens: typing.Optional[int] = None,
        min_segment_duration: typing.Optional[float] = None,
        max_segment_duration: typing.Optional[float] = None,
        start_time: typing.Optional[float] = None,
        end_time: typing.Optional[float] = None,
    ) -> typing_extensions.Self: ...
    @property
    def prompt(self) -> typing.Optional[BatchPrompt]:
        """The prompt. Items replace it whole. Not in `time_based_metadata` mode."""
    @property
    def response_format(self) -> typing.Optional[AsyncResponseFormat]:
        """The response format. Items replace it whole."""
    @property
    def temperature(self) -> typing.Optional[float]:
        """Randomness of the text, 0 to 1. The platform's default is 0.2."""
    @property
    def max_tokens(self) -> typing.Optional[int]:
        """Longest answer, in tokens: 512 to 98,304 (4,096 if not given); in
        `time_based_metadata` mode 2,048 to 98,304 (32,768 if not given).
        """
    @property
    def min_segment_duration(self) -> typing.Optional[float]:
        """Shortest segment, in seconds, at least 2. Only in
        `time_based_metadata` mode; not together with `time_ranges`.
        """
    @property
    def max_segment_duration(self) -> typing.Optional[float]:
        """Longest segment, in seconds, at least `min_segment_duration`. Only in
        `time_based_metadata` mode; not together with `time_ranges`.
        """
    @property
    def start_time(self) -> typing.Optional[float]:
        """Start of the analysed window, in seconds (0 if not given). Not
        together with `time_ranges`.
        """
    @property
    def end_time(self) -> typing.Optional[float]:
        """End of the analysed window, in seconds, itself not included (the end
        of the video if not given). Not together with `time_ranges`.
        """

@typing.final
class BatchPrompt(_Model):
    """A prompt, with images if it refers to some."""

    __match_args__: typing.ClassVar[
        typing.Tuple[typing.Literal["input_text"], typing.Literal["media_sources"]]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        input_text: str,
        media_sources: typing.Optional[
            typing.Sequence[typing.Union[SmeMediaSource, SmeMediaSourceParams, ObjectWithFields]]
        ] = None,
    ) -> typing_extensions.Self: ...
    @property
    def input_text(self) -> str:
        """The text. `<@name>` refers to the image of that name in
        `media_sources`.
        """
    @property
    def media_sources(self) -> typing.Optional[typing.List[SmeMediaSource]]:
        """The images that the text refers to, at most 4."""

@typing.final
class SmeMediaSource(_Model):
    """An image that a prompt or a segment definition refers to. Exactly one of
    `url`, `asset_id` and `base_64_string` is given.
    """

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["name"],
            typing.Literal["media_type"],
            typing.Literal["url"],
            typing.Literal["asset_id"],
            typing.Literal["base_64_string"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        name: str,
        media_type: str,
        url: typing.Optional[str] = None,
        asset_id: typing.Optional[str] = None,
        base_64_string: typing.Optional[str] = None,
    ) -> typing_extensions.Self: ...
    @property
    def name(self) -> str:
        """The name by which the text refers to it, as `<@name>`."""
    @property
    def media_type(self) -> str:
        """Always `image`."""
    @property
    def url(self) -> typing.Optional[str]:
        """A public HTTPS address of the image."""
    @property
    def asset_id(self) -> typing.Optional[str]:
        """Identifier of an asset that is an image."""
    @property
    def base_64_string(self) -> typing.Optional[str]:
        """The image itself in base64, at most 32 MB when decoded. Named
        `base64_string` in JSON.
        """

@typing.final
class AsyncResponseFormat(_Model):
    """The shape of an answer. Without one, the answer is plain text."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["type"],
            typing.Literal["json_schema"],
            typing.Literal["segment_definitions"],
            typing.Literal["segment_time_format"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        type: str,
        json_schema: typing.Optional[typing.Dict[str, typing.Any]] = None,
        segment_definitions: typing.Optional[
            typing.Sequence[typing.Union[SegmentDefinition, SegmentDefinitionParams, ObjectWithFields]]
        ] = None,
        segment_time_format: typing.Optional[str] = None,
    ) -> typing_extensions.Self: ...
    @property
    def type(self) -> str:
        """`json_schema` (in `general` mode) or `segment_definitions` (in
        `time_based_metadata` mode).
        """
    @property
    def json_schema(self) -> typing.Optional[typing.Dict[str, typing.Any]]:
        """A JSON schema (draft 2020-12, within the platform's limits) that the
        answer follows.
        """
    @property
    def segment_definitions(self) -> typing.Optional[typing.List[SegmentDefinition]]:
        """What to look for, 1 to 20 definitions."""
    @property
    def segment_time_format(self) -> typing.Optional[str]:
        """How the boundaries of segments are written: `seconds` (a number, if
        not given), `hh:mm:ss` or `hh:mm:ss.fff`.
        """

@typing.final
class SegmentDefinition(_Model):
    """One kind of segment to look for in a video."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["id"],
            typing.Literal["description"],
            typing.Literal["fields"],
            typing.Literal["media_sources"],
            typing.Literal["time_ranges"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        id: str,
        description: str,
        fields: typing.Optional[
            typing.Sequence[typing.Union[SegmentField, SegmentFieldParams, ObjectWithFields]]
        ] = None,
        media_sources: typing.Optional[
            typing.Sequence[typing.Union[SmeMediaSource, SmeMediaSourceParams, ObjectWithFields]]
        ] = None,
        time_ranges: typing.Optional[
            typing.Sequence[typing.Union[AnalyzeTimeRange, AnalyzeTimeRangeParams, ObjectWithFields]]
        ] = None,
    ) -> typing_extensions.Self: ...
    @property
    def id(self) -> str:
        """Name of the kind, unique in the response format; the key of its
        segments in the answer.
        """
    @property
    def description(self) -> str:
        """What such a segment is, for the model."""
    @property
    def fields(self) -> typing.Optional[typing.List[SegmentField]]:
        """What to tell of each segment, at most 20 fields."""
    @property
    def media_sources(self) -> typing.Optional[typing.List[SmeMediaSource]]:
        """Images that the description refers to, at most 4."""
    @property
    def time_ranges(self) -> typing.Optional[typing.List[AnalyzeTimeRange]]:
        """Where to look. Ranges must not overlap, and exclude `start_time`,
        `end_time` and the segment durations.
        """

@typing.final
class SegmentField(_Model):
    """One thing to tell of each segment."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["name"],
            typing.Literal["type"],
            typing.Literal["description"],
            typing.Literal["format"],
            typing.Literal["enum"],
            typing.Literal["items"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        name: str,
        type: str,
        description: str,
        format: typing.Optional[str] = None,
        enum: typing.Optional[typing.Sequence[str]] = None,
        items: typing.Optional[
            typing.Union[SegmentFieldItems, SegmentFieldItemsParams, ObjectWithFields]
        ] = None,
    ) -> typing_extensions.Self: ...
    @property
    def name(self) -> str:
        """Name of the field in the segment's metadata. `start_time`, `end_time`
        and `metadata` are reserved.
        """
    @property
    def type(self) -> str:
        """`string`, `boolean`, `number`, `integer`, `array` or `timestamp`."""
    @property
    def description(self) -> str:
        """What the field means, for the model."""
    @property
    def format(self) -> typing.Optional[str]:
        """How a `timestamp` is written: `seconds`, `hh:mm:ss` or
        `hh:mm:ss.fff`. Required for it, refused for other types.
        """
    @property
    def enum(self) -> typing.Optional[typing.List[str]]:
        """The values to choose from, at most 100. Not for a `timestamp`."""
    @property
    def items(self) -> typing.Optional[SegmentFieldItems]:
        """The type of an array's elements. Required for an `array`."""

@typing.final
class SegmentFieldItems(_Model):
    """The type of an array's elements."""

    __match_args__: typing.ClassVar[typing.Tuple[typing.Literal["type"], typing.Literal["fields"]]] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls, *, type: str, fields: typing.Optional[typing.Sequence[typing.Any]] = None
    ) -> typing_extensions.Self: ...
    @property
    def type(self) -> str:
        """`string`, `number`, `boolean` or `integer`."""
    @property
    def fields(self) -> typing.Optional[typing.List[typing.Any]]:
        """Fields of an `object`; batches do not accept them yet."""

@typing.final
class AnalyzeTimeRange(_Model):
    """A part of a video."""

    __match_args__: typing.ClassVar[
        typing.Tuple[typing.Literal["start_time"], typing.Literal["end_time"]]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(cls, *, start_time: float, end_time: float) -> typing_extensions.Self: ...
    @property
    def start_time(self) -> float:
        """Start, in seconds from the video's beginning."""
    @property
    def end_time(self) -> float:
        """End, in seconds; at least 2 after the start."""

@typing.final
class CreateAnalyzeBatchResponse(_Model):
    """What `create` returns: the new batch and its items."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["batch_id"],
            typing.Literal["status"],
            typing.Literal["total_items"],
            typing.Literal["created_at"],
            typing.Literal["expires_at"],
            typing.Literal["items"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        batch_id: str,
        status: BatchStatus,
        total_items: int,
        created_at: datetime.datetime,
        expires_at: datetime.datetime,
        items: typing.Sequence[CreatedBatchItem],
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def batch_id(self) -> str:
        """Identifier of the batch."""
    @property
    def status(self) -> BatchStatus:
        """State of the batch at its creation."""
    @property
    def total_items(self) -> int:
        """Number of submitted items."""
    @property
    def created_at(self) -> datetime.datetime:
        """When the batch was created."""
    @property
    def expires_at(self) -> datetime.datetime:
        """When the batch expires, 24 hours after its creation. Items that are
        unfinished then are canceled.
        """
    @property
    def items(self) -> typing.List[CreatedBatchItem]:
        """One entry per submitted item."""
    def _repr_html_(self) -> typing.Optional[str]:
        """For notebooks: the object as HTML."""
    @property
    def is_terminal(self) -> bool:
        """Whether the batch had ended when it was created."""
    @property
    def is_active(self) -> bool:
        """Whether the batch was still to be worked on when it was created."""
    @property
    def progress(self) -> float:
        """Share of items that had ended when the batch was created: 0, or 1 when it was
        terminal.
        """
    @property
    def elapsed(self) -> float:
        """Seconds from the creation of the batch until now by this machine's clock, but
        not past its expiry.
        """
    @property
    def remaining_estimate(self) -> typing.Optional[float]:
        """Seconds until the batch is likely to end: unknown at its creation, so `None`;
        0 when it was terminal.
        """

@typing.final
class CreatedBatchItem(_Model):
    """One submitted item: the platform's identifier beside yours."""

    __match_args__: typing.ClassVar[
        typing.Tuple[typing.Literal["task_id"], typing.Literal["custom_id"]]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls, *, task_id: str, custom_id: typing.Optional[str] = None, **extra: typing.Any
    ) -> typing_extensions.Self: ...
    @property
    def task_id(self) -> str:
        """Identifier of the task that the platform made for this item."""
    @property
    def custom_id(self) -> typing.Optional[str]:
        """The identifier you gave the item; null if you gave none."""

@typing.final
class AnalyzeBatchStatusResponse(_Model):
    """The state of a batch and the counts of its items.

    `completed` means that every item has ended, not that every analysis
    succeeded: see `ready_items`, `failed_items` and `canceled_items`.
    """

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["batch_id"],
            typing.Literal["analysis_mode"],
            typing.Literal["model_name"],
            typing.Literal["status"],
            typing.Literal["total_items"],
            typing.Literal["created_at"],
            typing.Literal["expires_at"],
            typing.Literal["completed_at"],
            typing.Literal["canceled_at"],
            typing.Literal["expired_at"],
            typing.Literal["queued_items"],
            typing.Literal["processing_items"],
            typing.Literal["ready_items"],
            typing.Literal["failed_items"],
            typing.Literal["canceled_items"],
            typing.Literal["webhooks"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        batch_id: str,
        analysis_mode: str,
        model_name: str,
        status: BatchStatus,
        total_items: int,
        created_at: datetime.datetime,
        expires_at: datetime.datetime,
        queued_items: int,
        processing_items: int,
        ready_items: int,
        failed_items: int,
        canceled_items: int,
        completed_at: typing.Optional[datetime.datetime] = None,
        canceled_at: typing.Optional[datetime.datetime] = None,
        expired_at: typing.Optional[datetime.datetime] = None,
        webhooks: typing.Optional[typing.Sequence[AnalyzeTaskWebhookInfo]] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def batch_id(self) -> str:
        """Identifier of the batch."""
    @property
    def analysis_mode(self) -> str:
        """How every item of the batch is analysed: `general` or
        `time_based_metadata`.
        """
    @property
    def model_name(self) -> str:
        """The model used for every item of the batch."""
    @property
    def status(self) -> BatchStatus:
        """State of the batch: `pending`, `processing`, `canceling`,
        `canceled`, `completed` or `expired`. The last three are terminal.
        """
    @property
    def total_items(self) -> int:
        """Number of submitted items."""
    @property
    def created_at(self) -> datetime.datetime:
        """When the batch was created."""
    @property
    def expires_at(self) -> datetime.datetime:
        """When the batch expires, 24 hours after its creation."""
    @property
    def completed_at(self) -> typing.Optional[datetime.datetime]:
        """When the batch became `completed`; only then present."""
    @property
    def canceled_at(self) -> typing.Optional[datetime.datetime]:
        """When the batch became `canceled`; only then present."""
    @property
    def expired_at(self) -> typing.Optional[datetime.datetime]:
        """When the batch became `expired`; only then present."""
    @property
    def queued_items(self) -> int:
        """Number of items that wait to be started."""
    @property
    def processing_items(self) -> int:
        """Number of items that are being analysed."""
    @property
    def ready_items(self) -> int:
        """Number of items that were analysed."""
    @property
    def failed_items(self) -> int:
        """Number of items that failed."""
    @property
    def canceled_items(self) -> int:
        """Number of items that ended without analysis, because the batch was
        canceled or expired first.
        """
    @property
    def webhooks(self) -> typing.Optional[typing.List[AnalyzeTaskWebhookInfo]]:
        """Delivery of the completion notice to each registered webhook;
        present once the platform has sent them.
        """
    def _repr_html_(self) -> typing.Optional[str]:
        """For notebooks: the object as HTML."""
    @property
    def is_terminal(self) -> bool:
        """Whether the batch will not change any more: it is `completed`, `canceled` or
        `expired`.
        """
    @property
    def is_active(self) -> bool:
        """Whether the batch is still being worked on."""
    @property
    def progress(self) -> float:
        """Share of items that have ended, well or not, from 0 to 1; 1 when the batch is
        terminal.
        """
    @property
    def elapsed(self) -> float:
        """Seconds from the creation of the batch until it ended, or until now by this
        machine's clock.
        """
    @property
    def remaining_estimate(self) -> typing.Optional[float]:
        """Seconds until the batch is likely to end, if the items that are left take as
        long as those that have ended; not past its expiry. 0 when it is terminal;
        `None` while no item has ended, or if the batch was created in the future by
        this machine's clock.
        """

@typing.final
class AnalyzeTaskWebhookInfo(_Model):
    """How the delivery of a notice to one webhook went."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["url"],
            typing.Literal["delivered"],
            typing.Literal["attempts"],
            typing.Literal["last_error"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        url: str,
        delivered: bool,
        attempts: int,
        last_error: typing.Optional[str] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def url(self) -> str:
        """Address of the webhook."""
    @property
    def delivered(self) -> bool:
        """Whether the webhook accepted the notice."""
    @property
    def attempts(self) -> int:
        """Number of attempts made."""
    @property
    def last_error(self) -> typing.Optional[str]:
        """What the last attempt failed with; only while not delivered."""

@typing.final
class BatchResultItem(_Model):
    """The result of one item of a batch."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["task_id"],
            typing.Literal["custom_id"],
            typing.Literal["status"],
            typing.Literal["data"],
            typing.Literal["error"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        task_id: str,
        status: BatchItemStatus,
        custom_id: typing.Optional[str] = None,
        data: typing.Optional[AnalyzeTaskResult] = None,
        error: typing.Optional[BatchItemError] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def task_id(self) -> str:
        """Identifier of the task that the platform made for this item."""
    @property
    def custom_id(self) -> typing.Optional[str]:
        """The identifier you gave the item; null if you gave none."""
    @property
    def status(self) -> BatchItemStatus:
        """State of the item: `queued`, `processing`, `ready`, `failed` or
        `canceled`.
        """
    @property
    def data(self) -> typing.Optional[AnalyzeTaskResult]:
        """The analysis; only when the status is `ready`. Its text is in the
        nested `data` field.
        """
    @property
    def error(self) -> typing.Optional[BatchItemError]:
        """What went wrong; only when the status is `failed`."""
    def _repr_html_(self) -> typing.Optional[str]:
        """For notebooks: the object as HTML."""
    @typing.overload
    def parse(self, model: None = None) -> typing.Any:
        """The JSON of the item's answer, as Python objects, or as an object of the type `model`."""
    @typing.overload
    def parse(self, model: typing.Type[_T]) -> _T: ...
    @typing.overload
    def parse(self, model: typing.Any) -> typing.Any: ...
    @typing.overload
    def segments(self, metadata: None = None) -> typing.List[Segment]:
        """The segments that the item's answer tells; their metadata as objects of the type `metadata`."""
    @typing.overload
    def segments(self, metadata: typing.Type[_T]) -> typing.List[Segment[_T]]: ...
    @typing.overload
    def segments(self, metadata: typing.Any) -> typing.List[Segment[typing.Any]]: ...

@typing.final
class AnalyzeTaskResult(_Model):
    """The analysis of one video."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["generation_id"],
            typing.Literal["data"],
            typing.Literal["finish_reason"],
            typing.Literal["usage"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        generation_id: str,
        data: str,
        finish_reason: FinishReason,
        usage: AnalyzeTaskResultUsage,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def generation_id(self) -> str:
        """Identifier of this generation."""
    @property
    def data(self) -> str:
        """The text of the answer. With a JSON schema or segment definitions it
        is JSON text.
        """
    @property
    def finish_reason(self) -> FinishReason:
        """Why the model stopped: `stop`, or `length` when the text was cut at
        `max_tokens`.
        """
    @property
    def usage(self) -> AnalyzeTaskResultUsage:
        """Tokens used."""
    def _repr_html_(self) -> typing.Optional[str]:
        """For notebooks: the object as HTML."""
    @typing.overload
    def parse(self, model: None = None) -> typing.Any:
        """The JSON of the answer, as Python objects, or as an object of the type `model`."""
    @typing.overload
    def parse(self, model: typing.Type[_T]) -> _T: ...
    @typing.overload
    def parse(self, model: typing.Any) -> typing.Any: ...
    @typing.overload
    def segments(self, metadata: None = None) -> typing.List[Segment]:
        """The segments that the answer tells; their metadata as objects of the type `metadata`."""
    @typing.overload
    def segments(self, metadata: typing.Type[_T]) -> typing.List[Segment[_T]]: ...
    @typing.overload
    def segments(self, metadata: typing.Any) -> typing.List[Segment[typing.Any]]: ...

@typing.final
class AnalyzeTaskResultUsage(_Model):
    """Tokens that one analysis used."""

    __match_args__: typing.ClassVar[
        typing.Tuple[typing.Literal["output_tokens"], typing.Literal["input_tokens"]]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls, *, output_tokens: int, input_tokens: typing.Optional[int] = None, **extra: typing.Any
    ) -> typing_extensions.Self: ...
    @property
    def output_tokens(self) -> int:
        """Tokens in the answer."""
    @property
    def input_tokens(self) -> typing.Optional[int]:
        """Tokens in the prompt and the video."""

@typing.final
class BatchItemError(_Model):
    """Why an item failed."""

    __match_args__: typing.ClassVar[typing.Tuple[typing.Literal["code"], typing.Literal["message"]]] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls, *, message: str, code: typing.Optional[str] = None, **extra: typing.Any
    ) -> typing_extensions.Self: ...
    @property
    def code(self) -> typing.Optional[str]:
        """A word for the kind of failure, such as `asset_unavailable` or
        `video_duration_too_long`. The platform may leave it out and may add
        new ones.
        """
    @property
    def message(self) -> str:
        """The failure, for people."""

@typing.final
class PageInfo(_Model):
    """Where a page stands in its listing, as the platform tells it."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["limit_per_page"],
            typing.Literal["page"],
            typing.Literal["total_page"],
            typing.Literal["total_results"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        limit_per_page: typing.Optional[int] = None,
        page: typing.Optional[int] = None,
        total_page: typing.Optional[int] = None,
        total_results: typing.Optional[int] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def limit_per_page(self) -> typing.Optional[int]:
        """Entries on a full page."""
    @property
    def page(self) -> typing.Optional[int]:
        """Number of this page, from 1."""
    @property
    def total_page(self) -> typing.Optional[int]:
        """Number of pages."""
    @property
    def total_results(self) -> typing.Optional[int]:
        """Number of entries on all pages."""

@typing.final
class AnalyzeTaskResponse(_Model):
    """A task: one analysis of one video, on its own or as an item of a batch."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["task_id"],
            typing.Literal["custom_id"],
            typing.Literal["batch_id"],
            typing.Literal["video_source"],
            typing.Literal["request_params"],
            typing.Literal["status"],
            typing.Literal["created_at"],
            typing.Literal["completed_at"],
            typing.Literal["result"],
            typing.Literal["error"],
            typing.Literal["webhooks"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        task_id: str,
        status: str,
        created_at: datetime.datetime,
        custom_id: typing.Optional[str] = None,
        batch_id: typing.Optional[str] = None,
        video_source: typing.Optional[AnalyzeTaskResponseVideoSource] = None,
        request_params: typing.Optional[AnalyzeTaskResponseRequestParams] = None,
        completed_at: typing.Optional[datetime.datetime] = None,
        result: typing.Optional[AnalyzeTaskResult] = None,
        error: typing.Optional[AnalyzeTaskError] = None,
        webhooks: typing.Optional[typing.Sequence[AnalyzeTaskWebhookInfo]] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def task_id(self) -> str:
        """Identifier of the task."""
    @property
    def custom_id(self) -> typing.Optional[str]:
        """The identifier you gave it; null if you gave none."""
    @property
    def batch_id(self) -> typing.Optional[str]:
        """Identifier of the batch that it belongs to; only then present."""
    @property
    def video_source(self) -> typing.Optional[AnalyzeTaskResponseVideoSource]:
        """The video that is analysed."""
    @property
    def request_params(self) -> typing.Optional[AnalyzeTaskResponseRequestParams]:
        """What was asked for, with the values that counted."""
    @property
    def status(self) -> str:
        """State of the task: `queued`, `pending`, `processing`, `ready`, `failed`
        or `canceled`. The last three are terminal.
        """
    @property
    def created_at(self) -> datetime.datetime:
        """When the task was created."""
    @property
    def completed_at(self) -> typing.Optional[datetime.datetime]:
        """When the task ended; only when it is `ready`, `failed` or `canceled`."""
    @property
    def result(self) -> typing.Optional[AnalyzeTaskResult]:
        """The analysis; only when the status is `ready`. Its text is in the
        nested `data` field.
        """
    @property
    def error(self) -> typing.Optional[AnalyzeTaskError]:
        """Why it failed or was canceled; when it is `ready`, what is wanting
        in the answer.
        """
    @property
    def webhooks(self) -> typing.Optional[typing.List[AnalyzeTaskWebhookInfo]]:
        """Delivery of the notice to each registered webhook."""
    def _repr_html_(self) -> typing.Optional[str]:
        """For notebooks: the object as HTML."""

@typing.final
class AnalyzeTaskError(_Model):
    """What a task has to tell beside its answer, or in its place."""

    __match_args__: typing.ClassVar[typing.Tuple[typing.Literal["code"], typing.Literal["message"]]] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls, *, message: str, code: typing.Optional[str] = None, **extra: typing.Any
    ) -> typing_extensions.Self: ...
    @property
    def code(self) -> typing.Optional[str]:
        """A word for it, such as `user_canceled`, `batch_canceled`,
        `batch_expired` or `batch_processing_timeout`. The platform may leave
        it out and may add new ones.
        """
    @property
    def message(self) -> str:
        """The same for people; its wording may change."""

@typing.final
class AnalyzeTaskResponseVideoSource(_Model):
    """Where the video of a task comes from."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["type"],
            typing.Literal["url"],
            typing.Literal["asset_id"],
            typing.Literal["video_id"],
            typing.Literal["index_id"],
            typing.Literal["system_metadata"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        type: typing.Optional[str] = None,
        url: typing.Optional[str] = None,
        asset_id: typing.Optional[str] = None,
        video_id: typing.Optional[str] = None,
        index_id: typing.Optional[str] = None,
        system_metadata: typing.Optional[AnalyzeTaskResponseVideoSourceSystemMetadata] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def type(self) -> typing.Optional[str]:
        """Which of the fields below names it: `url`, `asset_id` or `video_id`;
        or `base64_string`, which is not repeated.
        """
    @property
    def url(self) -> typing.Optional[str]:
        """Address of the video, if it was given by one."""
    @property
    def asset_id(self) -> typing.Optional[str]:
        """Identifier of the asset, if it is one."""
    @property
    def video_id(self) -> typing.Optional[str]:
        """Identifier of the indexed video, if it is one."""
    @property
    def index_id(self) -> typing.Optional[str]:
        """Identifier of the index that holds it, where the platform knows it."""
    @property
    def system_metadata(self) -> typing.Optional[AnalyzeTaskResponseVideoSourceSystemMetadata]:
        """What the platform found out about the video, once it has looked at it."""

@typing.final
class AnalyzeTaskResponseVideoSourceSystemMetadata(_Model):
    """What the platform found out about the video of a task."""

    __match_args__: typing.ClassVar[typing.Tuple[typing.Literal["duration"]]] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls, *, duration: typing.Optional[float] = None, **extra: typing.Any
    ) -> typing_extensions.Self: ...
    @property
    def duration(self) -> typing.Optional[float]:
        """Length of the video in seconds."""

@typing.final
class AnalyzeTaskResponseRequestParams(_Model):
    """What a task was asked to do."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["analysis_mode"],
            typing.Literal["prompt"],
            typing.Literal["prompt_v_2"],
            typing.Literal["image"],
            typing.Literal["response_format"],
            typing.Literal["temperature"],
            typing.Literal["max_tokens"],
            typing.Literal["min_segment_duration"],
            typing.Literal["max_segment_duration"],
            typing.Literal["start_time"],
            typing.Literal["end_time"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        analysis_mode: typing.Optional[str] = None,
        prompt: typing.Optional[str] = None,
        prompt_v_2: typing.Optional[AnalyzeTaskResponseRequestParamsPromptV2] = None,
        image: typing.Optional[typing.Sequence[AnalyzeTaskMediaSource]] = None,
        response_format: typing.Optional[AnalyzeTaskResponseRequestParamsResponseFormat] = None,
        temperature: typing.Optional[float] = None,
        max_tokens: typing.Optional[typing.Any] = None,
        min_segment_duration: typing.Optional[float] = None,
        max_segment_duration: typing.Optional[float] = None,
        start_time: typing.Optional[float] = None,
        end_time: typing.Optional[float] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def analysis_mode(self) -> typing.Optional[str]:
        """How the video is analysed: `general` or `time_based_metadata`."""
    @property
    def prompt(self) -> typing.Optional[str]:
        """The prompt, if it was a plain text."""
    @property
    def prompt_v_2(self) -> typing.Optional[AnalyzeTaskResponseRequestParamsPromptV2]:
        """The prompt, if it was one that may refer to images, as prompts of
        batches are. Named `prompt_v2` in JSON.
        """
    @property
    def image(self) -> typing.Optional[typing.List[AnalyzeTaskMediaSource]]:
        """The images that are analysed, if the task is about images."""
    @property
    def response_format(self) -> typing.Optional[AnalyzeTaskResponseRequestParamsResponseFormat]:
        """The response format."""
    @property
    def temperature(self) -> typing.Optional[float]:
        """Randomness of the text, 0 to 1."""
    @property
    def max_tokens(self) -> typing.Optional[typing.Any]:
        """Longest answer: a number of tokens, or the word `unlimited`."""
    @property
    def min_segment_duration(self) -> typing.Optional[float]:
        """Shortest segment, in seconds."""
    @property
    def max_segment_duration(self) -> typing.Optional[float]:
        """Longest segment, in seconds."""
    @property
    def start_time(self) -> typing.Optional[float]:
        """Start of the analysed window, in seconds from the video's beginning."""
    @property
    def end_time(self) -> typing.Optional[float]:
        """End of the analysed window, in seconds, itself not included."""

@typing.final
class AnalyzeTaskResponseRequestParamsPromptV2(_Model):
    """The prompt of a task, with the images it refers to."""

    __match_args__: typing.ClassVar[
        typing.Tuple[typing.Literal["input_text"], typing.Literal["media_sources"]]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        input_text: typing.Optional[str] = None,
        media_sources: typing.Optional[typing.Sequence[AnalyzeTaskMediaSource]] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def input_text(self) -> typing.Optional[str]:
        """The text."""
    @property
    def media_sources(self) -> typing.Optional[typing.List[AnalyzeTaskMediaSource]]:
        """The images that the text refers to."""

@typing.final
class AnalyzeTaskResponseRequestParamsResponseFormat(_Model):
    """The response format of a task."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["type"],
            typing.Literal["json_schema"],
            typing.Literal["segment_time_format"],
            typing.Literal["segment_definitions"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        type: typing.Optional[str] = None,
        json_schema: typing.Optional[typing.Dict[str, typing.Any]] = None,
        segment_time_format: typing.Optional[str] = None,
        segment_definitions: typing.Optional[
            typing.Sequence[AnalyzeTaskResponseRequestParamsResponseFormatSegmentDefinitionsItem]
        ] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def type(self) -> typing.Optional[str]:
        """`json_schema` or `segment_definitions`."""
    @property
    def json_schema(self) -> typing.Optional[typing.Dict[str, typing.Any]]:
        """The JSON schema of the answer."""
    @property
    def segment_time_format(self) -> typing.Optional[str]:
        """How boundaries of segments are written: `seconds`, `hh:mm:ss` or
        `hh:mm:ss.fff`.
        """
    @property
    def segment_definitions(
        self,
    ) -> typing.Optional[typing.List[AnalyzeTaskResponseRequestParamsResponseFormatSegmentDefinitionsItem]]:
        """The kinds of segments to find."""

@typing.final
class AnalyzeTaskResponseRequestParamsResponseFormatSegmentDefinitionsItem(_Model):
    """A kind of segment that a task finds."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["id"],
            typing.Literal["description"],
            typing.Literal["fields"],
            typing.Literal["media_sources"],
            typing.Literal["time_ranges"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        id: str,
        description: str,
        fields: typing.Optional[typing.Sequence[AnalyzeTaskSegmentField]] = None,
        media_sources: typing.Optional[typing.Sequence[AnalyzeTaskMediaSource]] = None,
        time_ranges: typing.Optional[
            typing.Sequence[typing.Union[AnalyzeTimeRange, AnalyzeTimeRangeParams, ObjectWithFields]]
        ] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def id(self) -> str:
        """Identifier of the definition; the answer is grouped by it."""
    @property
    def description(self) -> str:
        """What the segments are."""
    @property
    def fields(self) -> typing.Optional[typing.List[AnalyzeTaskSegmentField]]:
        """What is told about each segment."""
    @property
    def media_sources(self) -> typing.Optional[typing.List[AnalyzeTaskMediaSource]]:
        """The images that the description refers to."""
    @property
    def time_ranges(self) -> typing.Optional[typing.List[AnalyzeTimeRange]]:
        """The segments themselves, where they are given."""

@typing.final
class AnalyzeTaskMediaSource(_Model):
    """An image of a task. Images that were given in base64 are not repeated."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["name"],
            typing.Literal["media_type"],
            typing.Literal["url"],
            typing.Literal["asset_id"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        name: str,
        media_type: str,
        url: typing.Optional[str] = None,
        asset_id: typing.Optional[str] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def name(self) -> str:
        """The name by which the text refers to it."""
    @property
    def media_type(self) -> str:
        """The kind of medium: `image`."""
    @property
    def url(self) -> typing.Optional[str]:
        """Address of the image, if it was given by one."""
    @property
    def asset_id(self) -> typing.Optional[str]:
        """Identifier of the asset, if it is one."""

@typing.final
class AnalyzeTaskSegmentField(_Model):
    """What a task tells about each segment."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["name"],
            typing.Literal["type"],
            typing.Literal["description"],
            typing.Literal["format"],
            typing.Literal["enum"],
            typing.Literal["items"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        name: str,
        type: str,
        description: typing.Optional[str] = None,
        format: typing.Optional[str] = None,
        enum: typing.Optional[typing.Sequence[str]] = None,
        items: typing.Optional[AnalyzeTaskSegmentFieldItems] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def name(self) -> str:
        """Name of the field."""
    @property
    def type(self) -> str:
        """Type of its values."""
    @property
    def description(self) -> typing.Optional[str]:
        """What it means."""
    @property
    def format(self) -> typing.Optional[str]:
        """How timestamps are written: `seconds`, `hh:mm:ss` or `hh:mm:ss.fff`."""
    @property
    def enum(self) -> typing.Optional[typing.List[str]]:
        """The values that are allowed."""
    @property
    def items(self) -> typing.Optional[AnalyzeTaskSegmentFieldItems]:
        """What its values are made of, if they are arrays."""

@typing.final
class AnalyzeTaskSegmentFieldItems(_Model):
    """What the arrays in a field of a task are made of."""

    __match_args__: typing.ClassVar[typing.Tuple[typing.Literal["type"], typing.Literal["fields"]]] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        type: str,
        fields: typing.Optional[typing.Sequence[AnalyzeTaskTimeArrayItemField]] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def type(self) -> str:
        """Type of the elements."""
    @property
    def fields(self) -> typing.Optional[typing.List[AnalyzeTaskTimeArrayItemField]]:
        """Fields of each element, if it is an object with times."""

@typing.final
class AnalyzeTaskTimeArrayItemField(_Model):
    """A field of the elements of an array with times."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["name"],
            typing.Literal["type"],
            typing.Literal["description"],
            typing.Literal["enum"],
            typing.Literal["items"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        name: str,
        type: str,
        description: typing.Optional[str] = None,
        enum: typing.Optional[typing.Sequence[str]] = None,
        items: typing.Optional[AnalyzeTaskTimeArrayItemFieldItems] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def name(self) -> str:
        """Name of the field."""
    @property
    def type(self) -> str:
        """Type of its values."""
    @property
    def description(self) -> typing.Optional[str]:
        """What it means."""
    @property
    def enum(self) -> typing.Optional[typing.List[str]]:
        """The values that are allowed."""
    @property
    def items(self) -> typing.Optional[AnalyzeTaskTimeArrayItemFieldItems]:
        """What its values are made of, if they are arrays."""

@typing.final
class AnalyzeTaskTimeArrayItemFieldItems(_Model):
    """What the arrays in a field of elements with times are made of."""

    __match_args__: typing.ClassVar[typing.Tuple[typing.Literal["type"]]] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(cls, *, type: str, **extra: typing.Any) -> typing_extensions.Self: ...
    @property
    def type(self) -> str:
        """Type of the elements."""

@typing.final
class AssetDetail(_Model):
    """An asset: a file that was uploaded. Batches take videos among them that
    are `ready`.
    """

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["id"],
            typing.Literal["method"],
            typing.Literal["status"],
            typing.Literal["filename"],
            typing.Literal["file_type"],
            typing.Literal["created_at"],
            typing.Literal["user_metadata"],
            typing.Literal["source"],
            typing.Literal["hls"],
            typing.Literal["thumbnail"],
            typing.Literal["technical_metadata"],
            typing.Literal["size"],
            typing.Literal["duration"],
            typing.Literal["error"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        id: typing.Optional[str] = None,
        method: typing.Optional[str] = None,
        status: typing.Optional[str] = None,
        filename: typing.Optional[str] = None,
        file_type: typing.Optional[str] = None,
        created_at: typing.Optional[datetime.datetime] = None,
        user_metadata: typing.Optional[typing.Dict[str, typing.Any]] = None,
        source: typing.Optional[AssetSource] = None,
        hls: typing.Optional[AssetHls] = None,
        thumbnail: typing.Optional[AssetThumbnail] = None,
        technical_metadata: typing.Optional[TechnicalMetadata] = None,
        size: typing.Optional[int] = None,
        duration: typing.Optional[float] = None,
        error: typing.Optional[AssetError] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def id(self) -> typing.Optional[str]:
        """Identifier of the asset. Named `_id` in JSON."""
    @property
    def method(self) -> typing.Optional[str]:
        """How it came to the platform: `direct`, `url`, `multipart` or
        `connector`.
        """
    @property
    def status(self) -> typing.Optional[str]:
        """State of the asset: `processing`, `ready` or `failed`."""
    @property
    def filename(self) -> typing.Optional[str]:
        """Name of the file."""
    @property
    def file_type(self) -> typing.Optional[str]:
        """Media type of the file, such as `video/mp4`."""
    @property
    def created_at(self) -> typing.Optional[datetime.datetime]:
        """When the asset was created."""
    @property
    def user_metadata(self) -> typing.Optional[typing.Dict[str, typing.Any]]:
        """What its owner has noted about it."""
    @property
    def source(self) -> typing.Optional[AssetSource]:
        """Where it was imported from; only with the method `connector`."""
    @property
    def hls(self) -> typing.Optional[AssetHls]:
        """Its stream for players; only if one was asked for."""
    @property
    def thumbnail(self) -> typing.Optional[AssetThumbnail]:
        """Its image for previews; only if one was asked for."""
    @property
    def technical_metadata(self) -> typing.Optional[TechnicalMetadata]:
        """What the file is made of; not while it is `processing`."""
    @property
    def size(self) -> typing.Optional[int]:
        """Size of the file in bytes; once it is `ready`."""
    @property
    def duration(self) -> typing.Optional[float]:
        """Length in seconds; once it is `ready`, and only of videos and sound."""
    @property
    def error(self) -> typing.Optional[AssetError]:
        """What went wrong; only when the status is `failed`."""
    def _repr_html_(self) -> typing.Optional[str]:
        """For notebooks: the object as HTML."""

@typing.final
class AssetError(_Model):
    """Why an asset failed."""

    __match_args__: typing.ClassVar[typing.Tuple[typing.Literal["message"]]] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(cls, *, message: str, **extra: typing.Any) -> typing_extensions.Self: ...
    @property
    def message(self) -> str:
        """The failure, for people."""

@typing.final
class AssetSource(_Model):
    """Where an asset was imported from."""

    __match_args__: typing.ClassVar[typing.Tuple[typing.Literal["type"], typing.Literal["details"]]] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        type: typing.Optional[str] = None,
        details: typing.Optional[AssetSourceDetails] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def type(self) -> typing.Optional[str]:
        """The kind of source: `connector`."""
    @property
    def details(self) -> typing.Optional[AssetSourceDetails]:
        """The file at its source."""

@typing.final
class AssetSourceDetails(_Model):
    """The file that an asset was imported from."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["provider"],
            typing.Literal["source_id"],
            typing.Literal["original_filename"],
            typing.Literal["source_link"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        provider: typing.Optional[str] = None,
        source_id: typing.Optional[str] = None,
        original_filename: typing.Optional[str] = None,
        source_link: typing.Optional[str] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def provider(self) -> typing.Optional[str]:
        """Who keeps the file, such as `google_drive`."""
    @property
    def source_id(self) -> typing.Optional[str]:
        """Identifier of the file there."""
    @property
    def original_filename(self) -> typing.Optional[str]:
        """Name of the file there, when it was imported."""
    @property
    def source_link(self) -> typing.Optional[str]:
        """Address of the file there."""

@typing.final
class AssetHls(_Model):
    """The stream of an asset for players, in HLS."""

    __match_args__: typing.ClassVar[
        typing.Tuple[typing.Literal["manifest_url"], typing.Literal["status"]]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        manifest_url: typing.Optional[str] = None,
        status: typing.Optional[str] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def manifest_url(self) -> typing.Optional[str]:
        """Address of the manifest; once it is `ready`."""
    @property
    def status(self) -> typing.Optional[str]:
        """State of the stream: `pending`, `processing`, `ready` or `error`."""

@typing.final
class AssetThumbnail(_Model):
    """The image of an asset for previews."""

    __match_args__: typing.ClassVar[
        typing.Tuple[typing.Literal["representative_url"], typing.Literal["status"]]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        representative_url: typing.Optional[str] = None,
        status: typing.Optional[str] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def representative_url(self) -> typing.Optional[str]:
        """Address of the image; once it is `ready`."""
    @property
    def status(self) -> typing.Optional[str]:
        """State of the image: `pending`, `processing`, `ready` or `error`."""

@typing.final
class TechnicalMetadata(_Model):
    """What the file of an asset is made of, as far as the platform found out."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["file_size_bytes"],
            typing.Literal["file_mime_type"],
            typing.Literal["file_container_format"],
            typing.Literal["container_creation_time"],
            typing.Literal["video_streams"],
            typing.Literal["video_codec"],
            typing.Literal["video_width"],
            typing.Literal["video_height"],
            typing.Literal["video_fps"],
            typing.Literal["video_duration_seconds"],
            typing.Literal["video_bitrate_bps"],
            typing.Literal["audio_streams"],
            typing.Literal["audio_codec"],
            typing.Literal["audio_sample_rate"],
            typing.Literal["audio_channels"],
            typing.Literal["audio_duration_seconds"],
            typing.Literal["start_timecode"],
            typing.Literal["timecode_source"],
            typing.Literal["drop_frame"],
            typing.Literal["image_width"],
            typing.Literal["image_height"],
            typing.Literal["image_format"],
            typing.Literal["image_orientation"],
            typing.Literal["image_color_space"],
            typing.Literal["image_bit_depth"],
            typing.Literal["is_hdr"],
            typing.Literal["has_audio"],
            typing.Literal["has_alpha"],
            typing.Literal["is_animated"],
            typing.Literal["total_video_streams"],
            typing.Literal["total_audio_streams"],
            typing.Literal["storage_aspect_ratio"],
            typing.Literal["geospatial_latitude"],
            typing.Literal["geospatial_longitude"],
            typing.Literal["geospatial_altitude_meters"],
            typing.Literal["document_page_count"],
            typing.Literal["document_pdf_version"],
            typing.Literal["document_page_width_pt"],
            typing.Literal["document_page_height_pt"],
            typing.Literal["document_is_tagged"],
            typing.Literal["document_is_encrypted"],
            typing.Literal["document_language"],
            typing.Literal["document_title"],
            typing.Literal["document_author"],
            typing.Literal["document_subject"],
            typing.Literal["document_keywords"],
            typing.Literal["document_creator_tool"],
            typing.Literal["document_producer"],
            typing.Literal["document_creation_date"],
            typing.Literal["document_modification_date"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        file_size_bytes: typing.Optional[int] = None,
        file_mime_type: typing.Optional[str] = None,
        file_container_format: typing.Optional[str] = None,
        container_creation_time: typing.Optional[datetime.datetime] = None,
        video_streams: typing.Optional[typing.Sequence[VideoStream]] = None,
        video_codec: typing.Optional[str] = None,
        video_width: typing.Optional[int] = None,
        video_height: typing.Optional[int] = None,
        video_fps: typing.Optional[float] = None,
        video_duration_seconds: typing.Optional[float] = None,
        video_bitrate_bps: typing.Optional[int] = None,
        audio_streams: typing.Optional[typing.Sequence[AudioStream]] = None,
        audio_codec: typing.Optional[str] = None,
        audio_sample_rate: typing.Optional[int] = None,
        audio_channels: typing.Optional[int] = None,
        audio_duration_seconds: typing.Optional[float] = None,
        start_timecode: typing.Optional[str] = None,
        timecode_source: typing.Optional[str] = None,
        drop_frame: typing.Optional[bool] = None,
        image_width: typing.Optional[int] = None,
        image_height: typing.Optional[int] = None,
        image_format: typing.Optional[str] = None,
        image_orientation: typing.Optional[int] = None,
        image_color_space: typing.Optional[str] = None,
        image_bit_depth: typing.Optional[int] = None,
        is_hdr: typing.Optional[bool] = None,
        has_audio: typing.Optional[bool] = None,
        has_alpha: typing.Optional[bool] = None,
        is_animated: typing.Optional[bool] = None,
        total_video_streams: typing.Optional[int] = None,
        total_audio_streams: typing.Optional[int] = None,
        storage_aspect_ratio: typing.Optional[float] = None,
        geospatial_latitude: typing.Optional[float] = None,
        geospatial_longitude: typing.Optional[float] = None,
        geospatial_altitude_meters: typing.Optional[float] = None,
        document_page_count: typing.Optional[int] = None,
        document_pdf_version: typing.Optional[str] = None,
        document_page_width_pt: typing.Optional[float] = None,
        document_page_height_pt: typing.Optional[float] = None,
        document_is_tagged: typing.Optional[bool] = None,
        document_is_encrypted: typing.Optional[bool] = None,
        document_language: typing.Optional[str] = None,
        document_title: typing.Optional[str] = None,
        document_author: typing.Optional[str] = None,
        document_subject: typing.Optional[str] = None,
        document_keywords: typing.Optional[str] = None,
        document_creator_tool: typing.Optional[str] = None,
        document_producer: typing.Optional[str] = None,
        document_creation_date: typing.Optional[datetime.datetime] = None,
        document_modification_date: typing.Optional[datetime.datetime] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def file_size_bytes(self) -> typing.Optional[int]:
        """Size of the file in bytes."""
    @property
    def file_mime_type(self) -> typing.Optional[str]:
        """Media type, found in the file itself."""
    @property
    def file_container_format(self) -> typing.Optional[str]:
        """Format of the container."""
    @property
    def container_creation_time(self) -> typing.Optional[datetime.datetime]:
        """When the container was made, as it says itself."""
    @property
    def video_streams(self) -> typing.Optional[typing.List[VideoStream]]:
        """Every video stream."""
    @property
    def video_codec(self) -> typing.Optional[str]:
        """Codec of the first video stream."""
    @property
    def video_width(self) -> typing.Optional[int]:
        """Its width in pixels."""
    @property
    def video_height(self) -> typing.Optional[int]:
        """Its height in pixels."""
    @property
    def video_fps(self) -> typing.Optional[float]:
        """Its frames a second."""
    @property
    def video_duration_seconds(self) -> typing.Optional[float]:
        """Its length in seconds."""
    @property
    def video_bitrate_bps(self) -> typing.Optional[int]:
        """Its bits a second."""
    @property
    def audio_streams(self) -> typing.Optional[typing.List[AudioStream]]:
        """Every audio stream."""
    @property
    def audio_codec(self) -> typing.Optional[str]:
        """Codec of the first audio stream."""
    @property
    def audio_sample_rate(self) -> typing.Optional[int]:
        """Its samples a second."""
    @property
    def audio_channels(self) -> typing.Optional[int]:
        """Number of its channels."""
    @property
    def audio_duration_seconds(self) -> typing.Optional[float]:
        """Its length in seconds."""
    @property
    def start_timecode(self) -> typing.Optional[str]:
        """Timecode of the first frame."""
    @property
    def timecode_source(self) -> typing.Optional[str]:
        """Where the timecode stands in the file."""
    @property
    def drop_frame(self) -> typing.Optional[bool]:
        """Whether the timecode leaves out numbers of frames."""
    @property
    def image_width(self) -> typing.Optional[int]:
        """Width in pixels, of an image."""
    @property
    def image_height(self) -> typing.Optional[int]:
        """Height in pixels, of an image."""
    @property
    def image_format(self) -> typing.Optional[str]:
        """Format, of an image."""
    @property
    def image_orientation(self) -> typing.Optional[int]:
        """How to turn it to see it upright, of an image: the number that EXIF has
        for it.
        """
    @property
    def image_color_space(self) -> typing.Optional[str]:
        """Color space, of an image."""
    @property
    def image_bit_depth(self) -> typing.Optional[int]:
        """Bits of each color, of an image."""
    @property
    def is_hdr(self) -> typing.Optional[bool]:
        """Whether it has a high dynamic range."""
    @property
    def has_audio(self) -> typing.Optional[bool]:
        """Whether there is sound."""
    @property
    def has_alpha(self) -> typing.Optional[bool]:
        """Whether parts can be transparent, of an image."""
    @property
    def is_animated(self) -> typing.Optional[bool]:
        """Whether it moves, of an image."""
    @property
    def total_video_streams(self) -> typing.Optional[int]:
        """Number of video streams."""
    @property
    def total_audio_streams(self) -> typing.Optional[int]:
        """Number of audio streams."""
    @property
    def storage_aspect_ratio(self) -> typing.Optional[float]:
        """Width by height of the stored pixels."""
    @property
    def geospatial_latitude(self) -> typing.Optional[float]:
        """Where it was taken: degrees north of the equator."""
    @property
    def geospatial_longitude(self) -> typing.Optional[float]:
        """Where it was taken: degrees east of Greenwich."""
    @property
    def geospatial_altitude_meters(self) -> typing.Optional[float]:
        """Where it was taken: metres above sea level."""
    @property
    def document_page_count(self) -> typing.Optional[int]:
        """Number of pages, of a document."""
    @property
    def document_pdf_version(self) -> typing.Optional[str]:
        """Version of PDF that it is written in, of a document."""
    @property
    def document_page_width_pt(self) -> typing.Optional[float]:
        """Width of its first page in points, of a document."""
    @property
    def document_page_height_pt(self) -> typing.Optional[float]:
        """Height of its first page in points, of a document."""
    @property
    def document_is_tagged(self) -> typing.Optional[bool]:
        """Whether its structure is marked up, of a document."""
    @property
    def document_is_encrypted(self) -> typing.Optional[bool]:
        """Whether it is encrypted, of a document."""
    @property
    def document_language(self) -> typing.Optional[str]:
        """Its language, of a document."""
    @property
    def document_title(self) -> typing.Optional[str]:
        """Its title, of a document."""
    @property
    def document_author(self) -> typing.Optional[str]:
        """Its author, of a document."""
    @property
    def document_subject(self) -> typing.Optional[str]:
        """Its subject, of a document."""
    @property
    def document_keywords(self) -> typing.Optional[str]:
        """Its keywords, of a document."""
    @property
    def document_creator_tool(self) -> typing.Optional[str]:
        """Program it was written with, of a document."""
    @property
    def document_producer(self) -> typing.Optional[str]:
        """Program that made the file, of a document."""
    @property
    def document_creation_date(self) -> typing.Optional[datetime.datetime]:
        """When it was made, of a document, as it says itself."""
    @property
    def document_modification_date(self) -> typing.Optional[datetime.datetime]:
        """When it was changed last, of a document, as it says itself."""

@typing.final
class VideoStream(_Model):
    """A video stream of a file."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["index"],
            typing.Literal["codec"],
            typing.Literal["width"],
            typing.Literal["height"],
            typing.Literal["fps"],
            typing.Literal["avg_fps"],
            typing.Literal["duration_seconds"],
            typing.Literal["bitrate_bps"],
            typing.Literal["rotation"],
            typing.Literal["pixel_aspect_ratio"],
            typing.Literal["display_aspect_ratio"],
            typing.Literal["scan_type"],
            typing.Literal["pixel_format"],
            typing.Literal["bit_depth"],
            typing.Literal["color_range"],
            typing.Literal["color_transfer"],
            typing.Literal["color_space"],
            typing.Literal["color_primaries"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        index: typing.Optional[int] = None,
        codec: typing.Optional[str] = None,
        width: typing.Optional[int] = None,
        height: typing.Optional[int] = None,
        fps: typing.Optional[float] = None,
        avg_fps: typing.Optional[float] = None,
        duration_seconds: typing.Optional[float] = None,
        bitrate_bps: typing.Optional[int] = None,
        rotation: typing.Optional[int] = None,
        pixel_aspect_ratio: typing.Optional[str] = None,
        display_aspect_ratio: typing.Optional[str] = None,
        scan_type: typing.Optional[str] = None,
        pixel_format: typing.Optional[str] = None,
        bit_depth: typing.Optional[int] = None,
        color_range: typing.Optional[str] = None,
        color_transfer: typing.Optional[str] = None,
        color_space: typing.Optional[str] = None,
        color_primaries: typing.Optional[str] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def index(self) -> typing.Optional[int]:
        """Number of the stream in the file."""
    @property
    def codec(self) -> typing.Optional[str]:
        """Codec."""
    @property
    def width(self) -> typing.Optional[int]:
        """Width in pixels."""
    @property
    def height(self) -> typing.Optional[int]:
        """Height in pixels."""
    @property
    def fps(self) -> typing.Optional[float]:
        """Frames a second, as the stream says."""
    @property
    def avg_fps(self) -> typing.Optional[float]:
        """Frames a second, on average."""
    @property
    def duration_seconds(self) -> typing.Optional[float]:
        """Length in seconds."""
    @property
    def bitrate_bps(self) -> typing.Optional[int]:
        """Bits a second."""
    @property
    def rotation(self) -> typing.Optional[int]:
        """How far to turn it to see it upright, in degrees."""
    @property
    def pixel_aspect_ratio(self) -> typing.Optional[str]:
        """Width by height of a pixel, such as `1:1`."""
    @property
    def display_aspect_ratio(self) -> typing.Optional[str]:
        """Width by height as it is shown, such as `16:9`."""
    @property
    def scan_type(self) -> typing.Optional[str]:
        """Whether frames are whole or interlaced."""
    @property
    def pixel_format(self) -> typing.Optional[str]:
        """How pixels are stored."""
    @property
    def bit_depth(self) -> typing.Optional[int]:
        """Bits of each color."""
    @property
    def color_range(self) -> typing.Optional[str]:
        """Range of the color values."""
    @property
    def color_transfer(self) -> typing.Optional[str]:
        """Transfer function of the colors."""
    @property
    def color_space(self) -> typing.Optional[str]:
        """Color space."""
    @property
    def color_primaries(self) -> typing.Optional[str]:
        """Primaries of the colors."""

@typing.final
class AudioStream(_Model):
    """An audio stream of a file."""

    __match_args__: typing.ClassVar[
        typing.Tuple[
            typing.Literal["index"],
            typing.Literal["codec"],
            typing.Literal["codec_long"],
            typing.Literal["sample_rate"],
            typing.Literal["bit_depth"],
            typing.Literal["channels"],
            typing.Literal["channel_layout"],
            typing.Literal["bitrate_bps"],
            typing.Literal["language"],
            typing.Literal["duration_seconds"],
        ]
    ] = ...
    __signature__: typing.ClassVar[typing.Any] = ...
    def __new__(
        cls,
        *,
        index: typing.Optional[int] = None,
        codec: typing.Optional[str] = None,
        codec_long: typing.Optional[str] = None,
        sample_rate: typing.Optional[int] = None,
        bit_depth: typing.Optional[int] = None,
        channels: typing.Optional[int] = None,
        channel_layout: typing.Optional[str] = None,
        bitrate_bps: typing.Optional[int] = None,
        language: typing.Optional[str] = None,
        duration_seconds: typing.Optional[float] = None,
        **extra: typing.Any,
    ) -> typing_extensions.Self: ...
    @property
    def index(self) -> typing.Optional[int]:
        """Number of the stream in the file."""
    @property
    def codec(self) -> typing.Optional[str]:
        """Codec."""
    @property
    def codec_long(self) -> typing.Optional[str]:
        """Codec, by its full name."""
    @property
    def sample_rate(self) -> typing.Optional[int]:
        """Samples a second."""
    @property
    def bit_depth(self) -> typing.Optional[int]:
        """Bits of each sample."""
    @property
    def channels(self) -> typing.Optional[int]:
        """Number of channels."""
    @property
    def channel_layout(self) -> typing.Optional[str]:
        """Which channels there are, such as `stereo`."""
    @property
    def bitrate_bps(self) -> typing.Optional[int]:
        """Bits a second."""
    @property
    def language(self) -> typing.Optional[str]:
        """Language of what is said, as the file says."""
    @property
    def duration_seconds(self) -> typing.Optional[float]:
        """Length in seconds."""
