"""Types for annotations: the platform's words, and what calls accept."""

from __future__ import annotations

import typing

if typing.TYPE_CHECKING:
    import enum
    import os

from ._native import (
    AnalyzeBatchStatusResponse,
    AnalyzeTaskError,
    AnalyzeTaskMediaSource,
    AnalyzeTaskResponse,
    AnalyzeTaskResponseRequestParams,
    AnalyzeTaskResponseRequestParamsPromptV2,
    AnalyzeTaskResponseRequestParamsResponseFormat,
    AnalyzeTaskResponseRequestParamsResponseFormatSegmentDefinitionsItem,
    AnalyzeTaskResponseVideoSource,
    AnalyzeTaskResponseVideoSourceSystemMetadata,
    AnalyzeTaskResult,
    AnalyzeTaskResultUsage,
    AnalyzeTaskSegmentField,
    AnalyzeTaskSegmentFieldItems,
    AnalyzeTaskTimeArrayItemField,
    AnalyzeTaskTimeArrayItemFieldItems,
    AnalyzeTaskWebhookInfo,
    AnalyzeTimeRange,
    AssetDetail,
    AssetError,
    AssetHls,
    AssetSource,
    AssetSourceDetails,
    AssetThumbnail,
    AsyncResponseFormat,
    AudioStream,
    BatchDefaults,
    BatchItemError,
    BatchItemRequest,
    BatchPrompt,
    BatchResultItem,
    BatchVideoContext,
    CreateAnalyzeBatchResponse,
    CreatedBatchItem,
    PageInfo,
    SegmentDefinition,
    SegmentField,
    SegmentFieldItems,
    SmeMediaSource,
    TechnicalMetadata,
    VideoStream,
)

if typing.TYPE_CHECKING:
    from ._params import (
        AnalyzeTimeRangeParams,
        AsyncResponseFormatParams,
        BatchDefaultsParams,
        BatchItemRequestParams,
        BatchPromptParams,
        BatchVideoContextParams,
        SegmentDefinitionParams,
        SegmentFieldItemsParams,
        SegmentFieldParams,
        SmeMediaSourceParams,
    )
else:
    # The types of dicts are for type checkers, and take a while to be made.
    def __getattr__(name: str) -> typing.Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
        from . import _params  # noqa: PLC0415

        value = globals()[name] = getattr(_params, name)
        return value

    def __dir__() -> typing.List[str]:
        return sorted({*globals(), *__all__})


__all__ = [
    "OMIT",
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
    "AnalyzeTaskResponseVideoSourceType",
    "AnalyzeTaskResult",
    "AnalyzeTaskResultUsage",
    "AnalyzeTaskSegmentField",
    "AnalyzeTaskSegmentFieldItems",
    "AnalyzeTaskStatus",
    "AnalyzeTaskTimeArrayItemField",
    "AnalyzeTaskTimeArrayItemFieldItems",
    "AnalyzeTaskWebhookInfo",
    "AnalyzeTimeRange",
    "AnalyzeTimeRangeParams",
    "AssetDetail",
    "AssetError",
    "AssetHls",
    "AssetHlsStatus",
    "AssetMethod",
    "AssetSource",
    "AssetSourceDetails",
    "AssetSourceDetailsProvider",
    "AssetSourceType",
    "AssetStatus",
    "AssetThumbnail",
    "AssetThumbnailStatus",
    "AsyncResponseFormat",
    "AsyncResponseFormatParams",
    "AsyncResponseFormatSegmentTimeFormat",
    "AsyncResponseFormatType",
    "AudioStream",
    "BatchDefaults",
    "BatchDefaultsParams",
    "BatchItemError",
    "BatchItemRequest",
    "BatchItemRequestParams",
    "BatchItemStatus",
    "BatchPrompt",
    "BatchPromptParams",
    "BatchResultItem",
    "BatchStatus",
    "BatchVideoContext",
    "BatchVideoContextParams",
    "BatchVideoContextType",
    "BatchesListRequestAnalysisModeItem",
    "ClientOptions",
    "CreateAnalyzeBatchRequestAnalysisMode",
    "CreateAnalyzeBatchRequestModelName",
    "CreateAnalyzeBatchResponse",
    "CreatedBatchItem",
    "FinishReason",
    "OnMalformed",
    "PageInfo",
    "PlatformOptions",
    "RequestOptions",
    "SegmentDefinition",
    "SegmentDefinitionParams",
    "SegmentField",
    "SegmentFieldFormat",
    "SegmentFieldItems",
    "SegmentFieldItemsParams",
    "SegmentFieldItemsType",
    "SegmentFieldParams",
    "SegmentFieldType",
    "SmeMediaSource",
    "SmeMediaSourceMediaType",
    "SmeMediaSourceParams",
    "TechnicalMetadata",
    "Timeout",
    "VideoStream",
]

OMIT: typing.Any = ...
"""Stands for an argument that was not given."""

BatchStatus = typing.Union[
    typing.Literal["pending", "processing", "canceling", "canceled", "completed", "expired"], str
]
"""The state of a batch; the last three are terminal. New words of the platform pass through."""

BatchItemStatus = typing.Union[typing.Literal["queued", "processing", "ready", "failed", "canceled"], str]
"""The state of an item. New words of the platform pass through."""

CreateAnalyzeBatchRequestModelName = typing.Union[typing.Literal["pegasus1.5"], str]
"""The model of a batch."""

CreateAnalyzeBatchRequestAnalysisMode = typing.Union[typing.Literal["general", "time_based_metadata"], str]
"""How every item of a batch is analysed."""

BatchesListRequestAnalysisModeItem = typing.Union[typing.Literal["general", "time_based_metadata"], str]
"""An analysis mode to list batches by."""

FinishReason = typing.Union[typing.Literal["stop", "length"], str]
"""Why the model stopped writing."""

AnalyzeTaskStatus = typing.Union[
    typing.Literal["queued", "pending", "processing", "ready", "failed", "canceled"], str
]
"""The state of a task; the last three are terminal."""

AnalyzeTaskResponseVideoSourceType = typing.Union[
    typing.Literal["url", "base64_string", "asset_id", "video_id"], str
]
"""Where the video of a task comes from."""

AssetStatus = typing.Union[typing.Literal["failed", "processing", "ready"], str]
"""The state of an asset."""

AssetMethod = typing.Union[typing.Literal["direct", "url", "multipart", "connector"], str]
"""How an asset came to the platform."""

AssetHlsStatus = typing.Union[typing.Literal["pending", "processing", "ready", "error"], str]
"""The state of an asset's stream."""

AssetThumbnailStatus = typing.Union[typing.Literal["pending", "processing", "ready", "error"], str]
"""The state of an asset's preview."""

AssetSourceType = typing.Union[typing.Literal["connector"], str]
"""The kind of source of an asset."""

AssetSourceDetailsProvider = typing.Union[typing.Literal["google_drive"], str]
"""Who keeps the file of an asset."""

AsyncResponseFormatType = typing.Union[typing.Literal["json_schema", "segment_definitions"], str]
"""What an answer looks like."""

AsyncResponseFormatSegmentTimeFormat = typing.Union[
    typing.Literal["seconds", "hh:mm:ss", "hh:mm:ss.fff"], str
]
"""How boundaries of segments are written."""

BatchVideoContextType = typing.Union[typing.Literal["asset_id"], str]
"""How the video of an item is named."""

SegmentFieldType = typing.Union[
    typing.Literal["string", "boolean", "number", "integer", "array", "timestamp", "time_array"], str
]
"""The type of a segment's field."""

SegmentFieldFormat = typing.Union[typing.Literal["seconds", "hh:mm:ss", "hh:mm:ss.fff"], str]
"""How a timestamp in a segment's field is written."""

SegmentFieldItemsType = typing.Union[typing.Literal["string", "number", "boolean", "integer", "object"], str]
"""What an array in a segment's field is made of."""

SmeMediaSourceMediaType = typing.Union[typing.Literal["image"], str]
"""The kind of medium that a prompt refers to."""


OnMalformed = typing.Literal["raise", "yield", "skip"]
"""What becomes of rows of results that cannot be read."""


class Timeout(typing.NamedTuple):
    """Time limits of a call, in seconds.

    Attributes:
        connect: For making a connection.
        read: For silence: before the answer, and between two pieces of it. 120,
            because a batch of 1,000 items is checked before it is answered.
        total: For a whole call, repetitions and pauses included. Streams of
            results are held to it until their first byte, and from then on from
            row to row: only waiting counts, since their reader may take its time.
    """

    connect: float = 10.0
    read: float = 120.0
    total: float = 600.0


class RequestOptions(typing.TypedDict, total=False):
    """Settings of a single call, over those of the client.

    Attributes:
        timeout_in_seconds: Limit for silence and for the whole call.
        max_retries: How often the call is repeated, at most.
        additional_headers: Headers that win over all others, whatever their case.
        additional_query_parameters: Added to the query. Lists repeat their key,
            dicts put theirs in brackets: `a[b]=1`.
        additional_body_parameters: Merged into the JSON body.
        validate: Whether `create` holds the batch against the platform's rules before
            it is sent.
        on_malformed: What becomes of rows of results that cannot be read: `raise`,
            `yield` or `skip`.
        chunk_size: Accepted for compatibility; pieces are read as they arrive.
    """

    timeout_in_seconds: float
    max_retries: int
    additional_headers: typing.Mapping[str, typing.Any]
    additional_query_parameters: typing.Mapping[str, typing.Any]
    additional_body_parameters: typing.Mapping[str, typing.Any]
    validate: bool
    on_malformed: OnMalformed
    chunk_size: int


class ClientOptions(typing.TypedDict, total=False):
    """Arguments of `BatchesClient`, by keyword."""

    api_key: typing.Optional[str]
    base_url: typing.Optional[str]
    timeout: typing.Union[float, Timeout, None]
    max_retries: typing.Optional[int]
    headers: typing.Optional[typing.Mapping[str, str]]
    backoff_factor: typing.Optional[float]
    on_malformed: typing.Optional[OnMalformed]
    ca_bundle: typing.Union[str, os.PathLike[str], None]
    proxy: typing.Optional[str]
    validate: bool
    pickle_secrets: bool


class PlatformOptions(ClientOptions, total=False):
    """Arguments of `TwelveLabs`."""

    environment: typing.Union[enum.Enum, str, None]
    follow_redirects: typing.Optional[bool]
    httpx_client: typing.Optional[typing.Any]
