# Written by tools/stubs.py; edit that, or the declarations in src/models.
import datetime
import os
import typing

import typing_extensions

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
from .types import BatchItemStatus, BatchStatus, FinishReason, OnMalformed, Timeout

__all__ = [
    "AnalyzeBatchStatusResponse",
    "AnalyzeTaskResult",
    "AnalyzeTaskResultUsage",
    "AnalyzeTaskWebhookInfo",
    "AnalyzeTimeRange",
    "AsyncResponseFormat",
    "BatchDefaults",
    "BatchItemError",
    "BatchItemRequest",
    "BatchPrompt",
    "BatchResultItem",
    "BatchVideoContext",
    "Client",
    "CreateAnalyzeBatchResponse",
    "CreatedBatchItem",
    "Emulator",
    "MalformedRow",
    "PageInfo",
    "PageReader",
    "Results",
    "SegmentDefinition",
    "SegmentField",
    "SegmentFieldItems",
    "SmeMediaSource",
    "__version__",
    "describe_faults",
    "describe_models",
    "describe_options",
]

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
    def create(
        self,
        model_name: str,
        analysis_mode: str,
        requests: typing.Any,
        defaults: typing.Any,
        options: typing.Any,
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
    def retrieve(self, batch_id: str, options: typing.Any) -> typing.Any: ...
    def results(self, batch_id: str, options: typing.Any) -> typing.Any: ...
    def cancel(self, batch_id: str, options: typing.Any) -> typing.Any: ...
    def delete(self, batch_id: str, options: typing.Any) -> typing.Any: ...

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
    def __exit__(self, *_exception: object) -> None: ...
    def _next_arrived(self) -> typing.Optional[BatchResultItem]:
        """The next row if it has arrived. For the asyncio face."""
    def _tell(self) -> None:
        """Passes on to `logging` what the stream has told. For the asyncio face."""
    def _receive(self) -> typing.Awaitable[None]:
        """Awaits more of the results. For the asyncio face."""
    def _open(self) -> typing.Awaitable[None]:
        """Awaits the beginning of the answer. For the asyncio face."""
    def __reduce__(self) -> typing.NoReturn: ...

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
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

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
        """Moves the platform's time forward, whether it runs or stands still."""
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
    def __reduce__(self) -> typing.NoReturn: ...

@typing.final
class BatchItemRequest:
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
    def __iter__(self) -> typing.Iterator[typing.Tuple[str, typing.Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

@typing.final
class BatchVideoContext:
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
    def __iter__(self) -> typing.Iterator[typing.Tuple[str, typing.Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

@typing.final
class BatchDefaults:
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
    def __iter__(self) -> typing.Iterator[typing.Tuple[str, typing.Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

@typing.final
class BatchPrompt:
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
    def __iter__(self) -> typing.Iterator[typing.Tuple[str, typing.Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

@typing.final
class SmeMediaSource:
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
    def __iter__(self) -> typing.Iterator[typing.Tuple[str, typing.Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

@typing.final
class AsyncResponseFormat:
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
    def __iter__(self) -> typing.Iterator[typing.Tuple[str, typing.Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

@typing.final
class SegmentDefinition:
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
    def __iter__(self) -> typing.Iterator[typing.Tuple[str, typing.Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

@typing.final
class SegmentField:
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
    def __iter__(self) -> typing.Iterator[typing.Tuple[str, typing.Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

@typing.final
class SegmentFieldItems:
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
    def __iter__(self) -> typing.Iterator[typing.Tuple[str, typing.Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

@typing.final
class AnalyzeTimeRange:
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
    def __iter__(self) -> typing.Iterator[typing.Tuple[str, typing.Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

@typing.final
class CreateAnalyzeBatchResponse:
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
    def __iter__(self) -> typing.Iterator[typing.Tuple[str, typing.Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

@typing.final
class CreatedBatchItem:
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
    def __iter__(self) -> typing.Iterator[typing.Tuple[str, typing.Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

@typing.final
class AnalyzeBatchStatusResponse:
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
            typing.Literal["queued_items"],
            typing.Literal["processing_items"],
            typing.Literal["ready_items"],
            typing.Literal["failed_items"],
            typing.Literal["canceled_items"],
            typing.Literal["created_at"],
            typing.Literal["expires_at"],
            typing.Literal["completed_at"],
            typing.Literal["canceled_at"],
            typing.Literal["expired_at"],
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
        queued_items: int,
        processing_items: int,
        ready_items: int,
        failed_items: int,
        canceled_items: int,
        created_at: datetime.datetime,
        expires_at: datetime.datetime,
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
    def webhooks(self) -> typing.Optional[typing.List[AnalyzeTaskWebhookInfo]]:
        """Delivery of the completion notice to each registered webhook;
        present once the platform has sent them.
        """
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
    def __iter__(self) -> typing.Iterator[typing.Tuple[str, typing.Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

@typing.final
class AnalyzeTaskWebhookInfo:
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
    def __iter__(self) -> typing.Iterator[typing.Tuple[str, typing.Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

@typing.final
class BatchResultItem:
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
    def __iter__(self) -> typing.Iterator[typing.Tuple[str, typing.Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

@typing.final
class AnalyzeTaskResult:
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
    def __iter__(self) -> typing.Iterator[typing.Tuple[str, typing.Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

@typing.final
class AnalyzeTaskResultUsage:
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
    def __iter__(self) -> typing.Iterator[typing.Tuple[str, typing.Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

@typing.final
class BatchItemError:
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
    def __iter__(self) -> typing.Iterator[typing.Tuple[str, typing.Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...

@typing.final
class PageInfo:
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
    def __iter__(self) -> typing.Iterator[typing.Tuple[str, typing.Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> typing.Tuple[typing.Tuple[()], typing.Dict[str, typing.Any]]: ...
