# Written by tools/stubs.py; edit that, or the declarations in src/models.
"""Dicts that calls accept in place of request models, and the emulator as faults."""

from __future__ import annotations

import typing

from ._objects import ObjectWithFields

if typing.TYPE_CHECKING:
    from ._native import (
        AnalyzeTimeRange,
        AsyncResponseFormat,
        BatchDefaults,
        BatchItemRequest,
        BatchPrompt,
        BatchVideoContext,
        SegmentDefinition,
        SegmentField,
        SegmentFieldItems,
        SmeMediaSource,
    )


class _BatchItemRequestRequired(typing.TypedDict):
    video: typing.Union[BatchVideoContext, BatchVideoContextParams, ObjectWithFields]
    """The video to analyse."""


class BatchItemRequestParams(_BatchItemRequestRequired, total=False):
    """A dict accepted as a `BatchItemRequest`."""

    custom_id: typing.Optional[str]
    """Your own identifier for this item, returned with its result. 1 to 64
    letters, digits, `-` and `_`; unique in the batch.
    """
    prompt: typing.Optional[typing.Union[BatchPrompt, BatchPromptParams, ObjectWithFields]]
    """The prompt for this item, whole. Not in `time_based_metadata` mode."""
    response_format: typing.Optional[
        typing.Union[AsyncResponseFormat, AsyncResponseFormatParams, ObjectWithFields]
    ]
    """The response format for this item, whole."""
    temperature: typing.Optional[float]
    """Randomness of the text, 0 to 1."""
    max_tokens: typing.Optional[int]
    """Longest answer, in tokens: 512 to 98,304; from 2,048 in
    `time_based_metadata` mode.
    """
    min_segment_duration: typing.Optional[float]
    """Shortest segment, in seconds, at least 2. Only in
    `time_based_metadata` mode.
    """
    max_segment_duration: typing.Optional[float]
    """Longest segment, in seconds, at least `min_segment_duration`. Only in
    `time_based_metadata` mode.
    """
    start_time: typing.Optional[float]
    """Start of the analysed window, in seconds from the video's beginning."""
    end_time: typing.Optional[float]
    """End of the analysed window, in seconds, itself not included."""


class BatchVideoContextParams(typing.TypedDict):
    """A dict accepted as a `BatchVideoContext`."""

    type: str
    """Always `asset_id`."""
    asset_id: str
    """Identifier of an asset that was uploaded directly or in parts and
    whose status is `ready`.
    """


class BatchDefaultsParams(typing.TypedDict, total=False):
    """A dict accepted as a `BatchDefaults`."""

    prompt: typing.Optional[typing.Union[BatchPrompt, BatchPromptParams, ObjectWithFields]]
    """The prompt. Items replace it whole. Not in `time_based_metadata` mode."""
    response_format: typing.Optional[
        typing.Union[AsyncResponseFormat, AsyncResponseFormatParams, ObjectWithFields]
    ]
    """The response format. Items replace it whole."""
    temperature: typing.Optional[float]
    """Randomness of the text, 0 to 1. The platform's default is 0.2."""
    max_tokens: typing.Optional[int]
    """Longest answer, in tokens: 512 to 98,304 (4,096 if not given); in
    `time_based_metadata` mode 2,048 to 98,304 (32,768 if not given).
    """
    min_segment_duration: typing.Optional[float]
    """Shortest segment, in seconds, at least 2. Only in
    `time_based_metadata` mode; not together with `time_ranges`.
    """
    max_segment_duration: typing.Optional[float]
    """Longest segment, in seconds, at least `min_segment_duration`. Only in
    `time_based_metadata` mode; not together with `time_ranges`.
    """
    start_time: typing.Optional[float]
    """Start of the analysed window, in seconds (0 if not given). Not
    together with `time_ranges`.
    """
    end_time: typing.Optional[float]
    """End of the analysed window, in seconds, itself not included (the end
    of the video if not given). Not together with `time_ranges`.
    """


class _BatchPromptRequired(typing.TypedDict):
    input_text: str
    """The text. `<@name>` refers to the image of that name in
    `media_sources`.
    """


class BatchPromptParams(_BatchPromptRequired, total=False):
    """A dict accepted as a `BatchPrompt`."""

    media_sources: typing.Optional[
        typing.Sequence[typing.Union[SmeMediaSource, SmeMediaSourceParams, ObjectWithFields]]
    ]
    """The images that the text refers to, at most 4."""


class _SmeMediaSourceRequired(typing.TypedDict):
    name: str
    """The name by which the text refers to it, as `<@name>`."""
    media_type: str
    """Always `image`."""


class SmeMediaSourceParams(_SmeMediaSourceRequired, total=False):
    """A dict accepted as a `SmeMediaSource`."""

    url: typing.Optional[str]
    """A public HTTPS address of the image."""
    asset_id: typing.Optional[str]
    """Identifier of an asset that is an image."""
    base64_string: typing.Optional[str]
    """The image itself in base64, at most 32 MB when decoded. Named
    `base64_string` in JSON.
    """


class _AsyncResponseFormatRequired(typing.TypedDict):
    type: str
    """`json_schema` (in `general` mode) or `segment_definitions` (in
    `time_based_metadata` mode).
    """


class AsyncResponseFormatParams(_AsyncResponseFormatRequired, total=False):
    """A dict accepted as a `AsyncResponseFormat`."""

    json_schema: typing.Optional[typing.Dict[str, typing.Any]]
    """A JSON schema (draft 2020-12, within the platform's limits) that the
    answer follows.
    """
    segment_definitions: typing.Optional[
        typing.Sequence[typing.Union[SegmentDefinition, SegmentDefinitionParams, ObjectWithFields]]
    ]
    """What to look for, 1 to 20 definitions."""
    segment_time_format: typing.Optional[str]
    """How the boundaries of segments are written: `seconds` (a number, if
    not given), `hh:mm:ss` or `hh:mm:ss.fff`.
    """


class _SegmentDefinitionRequired(typing.TypedDict):
    id: str
    """Name of the kind, unique in the response format; the key of its
    segments in the answer.
    """
    description: str
    """What such a segment is, for the model."""


class SegmentDefinitionParams(_SegmentDefinitionRequired, total=False):
    """A dict accepted as a `SegmentDefinition`."""

    fields: typing.Optional[typing.Sequence[typing.Union[SegmentField, SegmentFieldParams, ObjectWithFields]]]
    """What to tell of each segment, at most 20 fields."""
    media_sources: typing.Optional[
        typing.Sequence[typing.Union[SmeMediaSource, SmeMediaSourceParams, ObjectWithFields]]
    ]
    """Images that the description refers to, at most 4."""
    time_ranges: typing.Optional[
        typing.Sequence[typing.Union[AnalyzeTimeRange, AnalyzeTimeRangeParams, ObjectWithFields]]
    ]
    """Where to look. Ranges must not overlap, and exclude `start_time`,
    `end_time` and the segment durations.
    """


class _SegmentFieldRequired(typing.TypedDict):
    name: str
    """Name of the field in the segment's metadata. `start_time`, `end_time`
    and `metadata` are reserved.
    """
    type: str
    """`string`, `boolean`, `number`, `integer`, `array` or `timestamp`."""
    description: str
    """What the field means, for the model."""


class SegmentFieldParams(_SegmentFieldRequired, total=False):
    """A dict accepted as a `SegmentField`."""

    format: typing.Optional[str]
    """How a `timestamp` is written: `seconds`, `hh:mm:ss` or
    `hh:mm:ss.fff`. Required for it, refused for other types.
    """
    enum: typing.Optional[typing.Sequence[str]]
    """The values to choose from, at most 100. Not for a `timestamp`."""
    items: typing.Optional[typing.Union[SegmentFieldItems, SegmentFieldItemsParams, ObjectWithFields]]
    """The type of an array's elements. Required for an `array`."""


class _SegmentFieldItemsRequired(typing.TypedDict):
    type: str
    """`string`, `number`, `boolean` or `integer`."""


class SegmentFieldItemsParams(_SegmentFieldItemsRequired, total=False):
    """A dict accepted as a `SegmentFieldItems`."""

    fields: typing.Optional[typing.Sequence[typing.Any]]
    """Fields of an `object`; batches do not accept them yet."""


class AnalyzeTimeRangeParams(typing.TypedDict):
    """A dict accepted as a `AnalyzeTimeRange`."""

    start_time: float
    """Start, in seconds from the video's beginning."""
    end_time: float
    """End, in seconds; at least 2 after the start."""


class FaultParams(typing.TypedDict, total=False):
    """A dict accepted as a fault of the emulator."""

    on: typing.Literal["any", "create", "list", "retrieve", "results", "cancel", "delete", "asset", "task"]
    """The endpoint whose requests it befalls."""
    skip: int
    """Requests that it lets pass before."""
    times: typing.Optional[int]
    """Requests that it befalls; without it all."""
    toxicity: float
    """Share of the requests that it befalls, from 0 to 1, drawn from the emulator's seed."""
    executed: typing.Optional[bool]
    """Whether the request is carried out. Without it: not if a status is given."""
    status: typing.Optional[int]
    """Status of the answer."""
    code: typing.Optional[str]
    """Code of the error in the answer, for a status of 400 or more."""
    message: typing.Optional[str]
    """Message of the error in the answer, for a status of 400 or more."""
    headers: typing.Mapping[str, typing.Union[str, float]]
    """Headers of the answer, in place of those with the same name."""
    body: typing.Optional[str]
    """Body of the answer, in place of the platform's."""
    redirect: typing.Optional[str]
    """Where the answer redirects to; with status 307 unless another is given."""
    latency: float
    """Seconds until the answer begins."""
    slow_headers: float
    """Seconds before each line of the answer's head."""
    drip: float
    """Seconds between the pieces of the body, which are rows unless a slice is given."""
    slice: typing.Optional[int]
    """Bytes of each piece of the body."""
    cut: typing.Optional[typing.Literal["reset", "close", "polite"]]
    """How the connection ends before its time: before the answer unless rows or bytes are given."""
    stall: float
    """Seconds of silence at the place of the cut, or where rows or bytes say."""
    after_rows: typing.Optional[int]
    """Rows of the body that come before the cut or the silence."""
    after_bytes: typing.Optional[int]
    """Bytes of the body, as sent, that come before the cut or the silence."""
    framing: typing.Optional[typing.Literal["chunked", "length", "close"]]
    """How the end of the body is found."""
    coding: typing.Optional[
        typing.Literal["gzip", "gzip-members", "gzip-truncated", "gzip-corrupt", "gzip-checksum", "unknown"]
    ]
    """How the body is encoded."""
    torn_row: typing.Optional[int]
    """Number of a row whose second half is missing."""
    corrupt_row: typing.Optional[int]
    """Number of a row with a byte that is no text."""
    duplicate_row: typing.Optional[int]
    """Number of a row that comes twice."""
    missing_row: typing.Optional[int]
    """Number of a row that is missing."""
    error_row: typing.Optional[int]
    """Number of a row before which an error of the platform comes."""
    shuffled: bool
    """Whether rows come in another order, drawn from the emulator's seed."""
    down: float
    """Seconds for which the platform is down: connections are cut, new ones refused."""


BatchItemRequestInput = typing.Union["BatchItemRequest", BatchItemRequestParams, ObjectWithFields]
BatchDefaultsInput = typing.Union["BatchDefaults", BatchDefaultsParams, ObjectWithFields]
