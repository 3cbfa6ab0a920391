"""The blocking face."""

from __future__ import annotations

import typing

from ._native import AnalyzeBatchStatusResponse, CreateAnalyzeBatchResponse, Results
from ._pager import SyncPage, SyncPager
from ._raw import RawBatchesClient
from ._report import CheckReport, make_report, read_draft
from ._running import Running
from ._twin import returns
from .types import (
    OMIT,
    BatchesListRequestAnalysisModeItem,
    BatchStatus,
    CreateAnalyzeBatchRequestAnalysisMode,
    CreateAnalyzeBatchRequestModelName,
    OnMalformed,
    RequestOptions,
    Timeout,
)

# The documented signatures name the models; dicts like them are accepted too,
# and type checkers are to know.
if typing.TYPE_CHECKING:
    import os
    from types import TracebackType

    from ._params import BatchDefaultsInput as BatchDefaults
    from ._params import BatchItemRequestInput as BatchItemRequest
else:
    from ._native import BatchDefaults, BatchItemRequest

__all__ = ["BatchesClient"]


class BatchesClient(Running):
    """A client of the batch API.

    Threads may share a client, and so may processes after a fork. Leaving its
    `with` block, or `close()`, lets its connections go.

    Args:
        api_key: Your key. If not given, the environment variable
            `TWELVE_LABS_API_KEY` is read, then `TWELVELABS_API_KEY`.
        base_url: Where the platform is. If not given, the environment variable
            `TWELVELABS_BASE_URL` is read; the default is
            `https://api.twelvelabs.io/v1.3`.
        timeout: Time limits: a number of seconds for silence and for a whole
            call, or a `Timeout`. By default 10 seconds to connect, 120 of
            silence and 600 for a whole call.
        max_retries: How often a call is repeated at most, by default 2. A
            `create` is repeated only when certainly no batch was made.
        headers: Headers for every request. The one with the key cannot be
            replaced here.
        backoff_factor: Bound of the first pause before a retry, in seconds, by
            default 0.5. It doubles with each retry up to 20 seconds, and the
            pause is drawn at random below it.
        on_malformed: What becomes of rows of results that cannot be read.
            `raise`, the default: `MalformedRowError`, and iterating on continues
            with the next row. `yield`: a `MalformedRow` in place of the item.
            `skip`: they are left out, counted and logged.
        ca_bundle: A PEM file of the only certificates to trust. If not given, the
            system's, or those of the environment variables `SSL_CERT_FILE` and
            `SSL_CERT_DIR`.
        proxy: The proxy for every request, such as `http://proxy:3128`. If not
            given, the environment's.
        validate: Whether `create` holds a batch against every documented rule before
            it is sent, by default it does. `request_options` of a call can say
            otherwise.
        pickle_secrets: Whether pickles of this client hold its key. Without it a
            client is pickled by its other settings, and takes the key from the
            environment where it is unpickled.

    Raises:
        MissingApiKeyError: There is no key.
        ValidationError: An argument does not fit.

    Example:
        >>> client = BatchesClient(max_retries=5)
        >>> client.close()
    """

    def __init__(
        self,
        api_key: typing.Optional[str] = None,
        *,
        base_url: typing.Optional[str] = None,
        timeout: typing.Union[float, Timeout, None] = None,
        max_retries: typing.Optional[int] = None,
        headers: typing.Optional[typing.Mapping[str, str]] = None,
        backoff_factor: typing.Optional[float] = None,
        on_malformed: typing.Optional[OnMalformed] = None,
        ca_bundle: typing.Union[str, os.PathLike[str], None] = None,
        proxy: typing.Optional[str] = None,
        validate: bool = True,
        pickle_secrets: bool = False,
    ) -> None:
        self._configure(
            api_key,
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            headers=headers,
            backoff_factor=backoff_factor,
            on_malformed=on_malformed,
            ca_bundle=ca_bundle,
            proxy=proxy,
            validate=validate,
            pickle_secrets=pickle_secrets,
        )

    def create(
        self,
        *,
        model_name: CreateAnalyzeBatchRequestModelName,
        analysis_mode: CreateAnalyzeBatchRequestAnalysisMode,
        requests: typing.Sequence[BatchItemRequest],
        defaults: typing.Optional[BatchDefaults] = OMIT,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> CreateAnalyzeBatchResponse:
        """Submits up to 1,000 analyses in one batch.

        Every item becomes a task of the platform. The batch expires 24 hours
        after its creation; its results can be read for 30 days.

        Args:
            model_name: The model for every item: `pegasus1.5`.
            analysis_mode: How every item is analysed. `general`: text, or JSON by
                a schema, from a prompt. `time_based_metadata`: timestamped
                metadata by segment definitions.
            requests: The items, 1 to 1,000 with 2,000 hours of video in all.
                Models, dicts of the same shape, or a mixture.
            defaults: Values for items that do not give their own; `prompt` and
                `response_format` are replaced whole, never merged.
            request_options: Settings of this call alone.

        Returns:
            The batch and its items: the platform's identifier of each beside
            the `custom_id` you gave it.

        Raises:
            ValidationError: Something does not fit, or breaks a documented rule; all
                of that is told, and nothing was sent.
            BadRequestError: The request breaks a rule; the message says which.
            NotFoundError: An asset does not exist.
            ConflictError: An asset is not ready.
            TooManyRequestsError: Five batches are active already, or too many
                requests were made.
            ServiceUnavailableError: The platform could not check the assets.
            GatewayTimeoutError: The platform ran out of time.
            CreateOutcomeUnknownError: The answer was lost, and looking did not tell
                whether the batch was made. Look before you submit it again.
            ConnectError: The platform was not reached; nothing was created.

        Example:
            >>> batch = client.create(
            ...     model_name="pegasus1.5",
            ...     analysis_mode="general",
            ...     defaults=BatchDefaults(prompt=BatchPrompt(input_text="Sum up this video.")),
            ...     requests=[
            ...         BatchItemRequest(
            ...             video=BatchVideoContext(type="asset_id", asset_id="6a0000000000000000000001"),
            ...             custom_id="opening",
            ...         ),
            ...         {"video": {"type": "asset_id", "asset_id": "6a0000000000000000000002"}},
            ...     ],
            ... )
            >>> batch.total_items
            2
        """
        given = None if defaults is OMIT else defaults
        return typing.cast(
            "CreateAnalyzeBatchResponse",
            self._call("create", model_name, analysis_mode, requests, given, request_options),
        )

    def check(
        self,
        *,
        model_name: CreateAnalyzeBatchRequestModelName,
        analysis_mode: CreateAnalyzeBatchRequestAnalysisMode,
        requests: typing.Sequence[BatchItemRequest],
        defaults: typing.Optional[BatchDefaults] = OMIT,
        durations: typing.Optional[typing.Mapping[str, typing.Optional[float]]] = None,
        assets: bool = False,
        on_progress: typing.Optional[typing.Callable[[int, int], object]] = None,
        max_concurrency: int = 8,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> CheckReport:
        """Checks what `create` is to be called with, and creates nothing.

        Every documented rule is looked at, and all findings are told at once.
        `create` does the same before it sends a batch. With `assets`, the platform
        is asked about each asset too; without it, nothing is sent.

        Args:
            model_name: As for `create`.
            analysis_mode: As for `create`.
            requests: As for `create`.
            defaults: As for `create`.
            durations: Lengths of videos in seconds, by the identifiers of their
                assets, as far as they are known. With them windows and time ranges
                are held against the videos, and all hours against what a batch may
                have.
            assets: Whether to ask the platform about each asset that is named, once:
                whether it exists and is `ready`, and how long its video is. That
                is one request an asset.
            on_progress: Is called with the number of assets that something is known
                of and the number of all, first with 0.
            max_concurrency: Assets to ask about at the same time, 1 to 100.
            request_options: As for `create`, and for the requests about assets; what
                `additional_body_parameters` replace is not looked at.

        Returns:
            The report: true when the platform has no reason to refuse the batch.

        Raises:
            ValidationError: `durations`, `max_concurrency` or `request_options` do not
                fit. What does not fit in the other arguments is in the report.
            ApiError: The platform would not tell about an asset, for another reason
                than that it does not exist.
            TransportError: The platform was not reached, or did not answer.

        Example:
            >>> report = client.check(
            ...     model_name="pegasus1.5",
            ...     analysis_mode="general",
            ...     requests=[{"video": {"type": "asset_id", "asset_id": "6a0000000000000000000001"}}],
            ...     defaults={"temperature": 2},
            ... )
            >>> report
            <CheckReport: 2 violations, 0 warnings, 1 item>
            >>> [(violation.path, violation.rule) for violation in report.violations]
            [('defaults.temperature', 'temperature.range'), ('requests[0].prompt', 'prompt.required')]
        """
        draft = read_draft(model_name, analysis_mode, requests, defaults, durations, request_options)
        if not assets:
            return make_report(draft)
        found = self._ask_about(draft.asset_ids(), max_concurrency, request_options, on_progress)
        return make_report(draft, found)

    def list(
        self,
        *,
        page: typing.Optional[int] = None,
        page_limit: typing.Optional[int] = None,
        status: typing.Optional[typing.Union[BatchStatus, typing.Sequence[BatchStatus]]] = None,
        analysis_mode: typing.Optional[
            typing.Union[
                BatchesListRequestAnalysisModeItem, typing.Sequence[BatchesListRequestAnalysisModeItem]
            ]
        ] = None,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> SyncPager[AnalyzeBatchStatusResponse]:
        """Lists the batches of your account, newest first.

        Args:
            page: Number of the page to begin with, by default 1.
            page_limit: Batches on a page, at most 50, by default 10.
            status: Only batches in this state, or one of these.
            analysis_mode: Only batches in this mode, or one of these.
            request_options: Settings of each request that the pager makes.

        Returns:
            A pager: iterate over it for all batches, or over its `iter_pages()`
            for lists of them.

        Raises:
            ValidationError: An argument has the wrong type; nothing was sent.
            BadRequestError: A filter or the page is out of range.
            TransportError: The platform was not reached, or did not answer.

        Example:
            >>> for batch in client.list(status=["pending", "processing"]):
            ...     print(batch.batch_id, batch.ready_items, "of", batch.total_items)
        """
        reader = self._call("list", page, page_limit, status, analysis_mode, request_options)
        return SyncPager(SyncPage(reader, self._call))

    def retrieve(
        self,
        batch_id: str,
        *,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> AnalyzeBatchStatusResponse:
        """Reads the state of a batch and the counts of its items.

        `completed` means that every item has ended, not that every analysis
        succeeded: see `ready_items`, `failed_items` and `canceled_items`.

        Args:
            batch_id: Identifier of the batch, 24 hexadecimal digits.
            request_options: Settings of this call alone.

        Returns:
            The batch.

        Raises:
            ValidationError: The identifier cannot be one; nothing was sent.
            NotFoundError: There is no such batch.
            TransportError: The platform was not reached, or did not answer.

        Example:
            >>> batch = client.retrieve(batch_id)
            >>> batch.total_items
            2
        """
        return typing.cast("AnalyzeBatchStatusResponse", self._call("retrieve", batch_id, request_options))

    @returns("typing.Iterator[BatchResultItem]")
    def results(
        self,
        batch_id: str,
        *,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> Results:
        """Streams the results of a batch, one row per item.

        Works in every state of the batch: rows of unfinished items have the
        status `queued` or `processing`. Match rows by `custom_id` or `task_id`;
        their order is not specified. Memory does not grow with the number of
        rows.

        Args:
            batch_id: Identifier of the batch, 24 hexadecimal digits.
            request_options: Settings of this call alone.

        Returns:
            An iterator of `BatchResultItem`, usable as a context manager.

        Raises:
            ValidationError: The identifier cannot be one; nothing was sent.
            NotFoundError: There is no such batch, or it was created more than 30
                days ago.
            MalformedRowError: A row cannot be read; iterating on continues after
                it.
            TransportError: The platform was not reached, or its answer broke off.

        Example:
            >>> for row in client.results(batch_id):
            ...     if row.status == "ready":
            ...         print(row.custom_id, row.data.data)
            ...     elif row.status == "failed":
            ...         print(row.custom_id, row.error.message)
        """
        return typing.cast("Results", self._call("results", batch_id, request_options))

    def cancel(
        self,
        batch_id: str,
        *,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> AnalyzeBatchStatusResponse:
        """Asks for a batch to be canceled.

        Waiting items are canceled; items that have started are finished, and
        billed. The batch is `canceling` until all have ended, then `canceled`.

        Args:
            batch_id: Identifier of the batch, 24 hexadecimal digits.
            request_options: Settings of this call alone.

        Returns:
            The batch as of the request.

        Raises:
            ValidationError: The identifier cannot be one; nothing was sent.
            NotFoundError: There is no such batch.
            ConflictError: The batch is terminal already; `code` says in which
                state: `batch_completed`, `batch_canceled` or `batch_expired`.
            TransportError: The platform was not reached, or did not answer.

        Example:
            >>> batch = client.cancel(batch_id)
            >>> batch.status
            'canceling'
        """
        return typing.cast("AnalyzeBatchStatusResponse", self._call("cancel", batch_id, request_options))

    def delete(
        self,
        batch_id: str,
        *,
        request_options: typing.Optional[RequestOptions] = None,
    ) -> None:
        """Deletes a batch that is `completed`, `canceled` or `expired`, and its tasks.

        This does not change billing. Batches are deleted by themselves 30 days
        after their creation.

        Args:
            batch_id: Identifier of the batch, 24 hexadecimal digits.
            request_options: Settings of this call alone.

        Raises:
            ValidationError: The identifier cannot be one; nothing was sent.
            NotFoundError: There is no such batch.
            ConflictError: The batch is not terminal yet; cancel it first.
            TransportError: The platform was not reached, or did not answer.

        Example:
            >>> client.delete(finished_batch_id)
        """
        self._call("delete", batch_id, request_options)

    @property
    def with_raw_response(self) -> RawBatchesClient:
        """The same methods, each with the answer that brought its value.

        `create`, `retrieve`, `cancel` and `delete` return an `HttpResponse`; `results`
        is a context manager that yields one; `list` returns its pager.
        """
        return RawBatchesClient(self)

    def close(self) -> None:
        """Lets the connections go. Later calls raise `ClientClosedError`."""
        self._native.close()

    def __enter__(self) -> BatchesClient:
        return self

    def __exit__(
        self,
        kind: typing.Optional[typing.Type[BaseException]],
        error: typing.Optional[BaseException],
        traceback: typing.Optional[TracebackType],
    ) -> None:
        self.close()
