"""The way in that the vendor's SDK has: `client.analyze_async.batches` and what belongs to it."""

from __future__ import annotations

import copy
import typing

from ._absent import Partly
from ._async_client import AsyncBatchesClient
from ._client import BatchesClient
from ._official import address_of, settings_of, take_http_client
from ._related import AssetsClient, AsyncAssetsClient, AsyncTasksClient, TasksClient
from ._twin import to_async
from .environment import TwelveLabsEnvironment
from .errors import ValidationError

if typing.TYPE_CHECKING:
    import enum
    import os
    from types import TracebackType

    import typing_extensions

    from .types import OnMalformed, PlatformOptions, Timeout

__all__ = ["AnalyzeAsyncClient", "AsyncAnalyzeAsyncClient", "AsyncTwelveLabs", "TwelveLabs"]


_HELD = frozenset({"_batches", "analyze_async", "assets"})


class AnalyzeAsyncClient(Partly):
    """What `client.analyze_async` holds: `batches` and `tasks`."""

    def __init__(self, batches: BatchesClient) -> None:
        self.batches = batches
        self.tasks = TasksClient(batches)


class AsyncAnalyzeAsyncClient(Partly):
    """What `client.analyze_async` holds: `batches` and `tasks`."""

    def __init__(self, batches: AsyncBatchesClient) -> None:
        self.batches = batches
        self.tasks = AsyncTasksClient(batches)


class _Platform(Partly):
    """What both faces share: arguments, and how clients travel."""

    _batches: typing.Any

    def _hold(self, batches: typing.Any) -> None:
        raise NotImplementedError

    @classmethod
    def from_client(
        cls, official: typing.Any, **overrides: typing_extensions.Unpack[PlatformOptions]
    ) -> typing_extensions.Self:
        """Makes a client with the settings of one that you have: see `BatchesClient.from_client`.

        Args:
            official: A `TwelveLabs` or `BatchesClient` of the vendor's package, of
                either face; or one of this package.
            **overrides: Arguments of this class, in place of what is taken over.

        Returns:
            The client, with connections of its own.

        Raises:
            ValidationError: It is no such client, or lacks its key or address.
        """
        given: typing.Dict[str, typing.Any] = dict(overrides)
        if given.get("base_url") is None:
            given["base_url"] = address_of(given.get("environment"))
        return cls(**settings_of(official, given, stacklevel=2))

    def _all_settings(self) -> typing.Dict[str, typing.Any]:
        return typing.cast("typing.Dict[str, typing.Any]", self._batches._all_settings())  # noqa: SLF001

    def __repr__(self) -> str:
        if "_batches" not in vars(self):
            return f"<{type(self).__name__} that could not be made>"
        return f"{type(self).__name__}{repr(self._batches).partition('BatchesClient')[2]}"

    def __reduce__(self) -> typing.Tuple[typing.Any, ...]:
        return (_rebuild, (type(self), self._batches), self._own())

    def _own(self) -> typing.Dict[str, typing.Any]:
        """What a subclass has put here."""
        return {name: value for name, value in vars(self).items() if name not in _HELD}

    def __copy__(self) -> _Platform:
        twin = _rebuild(type(self), copy.copy(self._batches))
        twin.__dict__.update(self._own())
        return twin

    def __deepcopy__(self, memo: typing.Any) -> _Platform:
        twin = _rebuild(type(self), copy.copy(self._batches))
        # Known before the rest is copied, which may lead back here.
        memo[id(self)] = twin
        twin.__dict__.update(copy.deepcopy(self._own(), memo))
        return twin


def _rebuild(cls: typing.Type[_Platform], batches: typing.Any) -> _Platform:
    platform = cls.__new__(cls)
    platform._hold(batches)  # noqa: SLF001
    return platform


def _read(
    environment: object, follow_redirects: object, httpx_client: object, **settings: typing.Any
) -> typing.Dict[str, typing.Any]:
    """Arguments of the vendor's constructor, as those of a batches client."""
    if not isinstance(follow_redirects, (bool, type(None))):
        told = f"follow_redirects: a bool is expected, not {type(follow_redirects).__name__}"
        raise ValidationError(told, path="follow_redirects")
    address = address_of(environment)
    if settings["base_url"] is None:
        settings["base_url"] = address
    return settings if httpx_client is None else take_http_client(httpx_client, settings, stacklevel=3)


class TwelveLabs(_Platform):
    """The vendor's client of that name, as far as batches go.

    It holds `analyze_async.batches`, a `BatchesClient`; and what batches refer
    to: `analyze_async.tasks.retrieve` and `assets.retrieve`. All share their
    connections. Leaving its `with` block, or `close()`, lets them go.

    Args:
        api_key: Your key. If not given, the environment variable
            `TWELVE_LABS_API_KEY` is read, then `TWELVELABS_API_KEY`.
        base_url: Where the platform is. If not given, the environment variable
            `TWELVELABS_BASE_URL` is read.
        environment: Where the platform is, if `base_url` does not say it: a
            member of an enumeration, or an address. The default one says no more
            than nothing.
        headers: Headers for every request.
        timeout: As for `BatchesClient`.
        follow_redirects: Accepted; redirects are never followed, so that the key
            goes nowhere else.
        httpx_client: Its headers, and its timeout if none is given, are taken
            over. Connections are this client's own: what else was set there is
            told in a `UserWarning`.
        max_retries: As for `BatchesClient`, like everything below.
        backoff_factor: Bound of the first pause before a retry, in seconds.
        on_malformed: What becomes of rows of results that cannot be read.
        ca_bundle: A PEM file of the only certificates to trust.
        proxy: The proxy for every request.
        validate: Whether `create` holds a batch against every documented rule before
            it is sent.
        pickle_secrets: Whether pickles of this client hold its key.

    Raises:
        MissingApiKeyError: There is no key.
        ValidationError: An argument does not fit.

    Example:
        >>> platform = TwelveLabs()
        >>> platform.analyze_async.batches
        BatchesClient(base_url=...)
        >>> asset = platform.assets.retrieve("6a0000000000000000000001")
        >>> asset.status
        'ready'
    """

    def __init__(
        self,
        *,
        api_key: typing.Optional[str] = None,
        base_url: typing.Optional[str] = None,
        environment: typing.Union[enum.Enum, str, None] = TwelveLabsEnvironment.DEFAULT,
        headers: typing.Optional[typing.Mapping[str, str]] = None,
        timeout: typing.Union[float, Timeout, None] = None,
        follow_redirects: typing.Optional[bool] = True,
        httpx_client: typing.Optional[typing.Any] = None,
        max_retries: typing.Optional[int] = None,
        backoff_factor: typing.Optional[float] = None,
        on_malformed: typing.Optional[OnMalformed] = None,
        ca_bundle: typing.Union[str, os.PathLike[str], None] = None,
        proxy: typing.Optional[str] = None,
        validate: bool = True,
        pickle_secrets: bool = False,
    ) -> None:
        settings = _read(
            environment,
            follow_redirects,
            httpx_client,
            api_key=api_key,
            base_url=base_url,
            headers=headers,
            timeout=timeout,
            max_retries=max_retries,
            backoff_factor=backoff_factor,
            on_malformed=on_malformed,
            ca_bundle=ca_bundle,
            proxy=proxy,
            validate=validate,
            pickle_secrets=pickle_secrets,
        )
        self._hold(BatchesClient(**settings))

    def _hold(self, batches: BatchesClient) -> None:
        self._batches = batches
        self.analyze_async = AnalyzeAsyncClient(batches)
        self.assets = AssetsClient(batches)

    def close(self) -> None:
        """Lets the connections go. Later calls raise `ClientClosedError`."""
        self._batches.close()

    def __enter__(self) -> typing_extensions.Self:
        return self

    def __exit__(
        self,
        kind: typing.Optional[typing.Type[BaseException]],
        error: typing.Optional[BaseException],
        traceback: typing.Optional[TracebackType],
    ) -> None:
        self.close()


class AsyncTwelveLabs(_Platform):
    def __init__(
        self,
        *,
        api_key: typing.Optional[str] = None,
        base_url: typing.Optional[str] = None,
        environment: typing.Union[enum.Enum, str, None] = TwelveLabsEnvironment.DEFAULT,
        headers: typing.Optional[typing.Mapping[str, str]] = None,
        timeout: typing.Union[float, Timeout, None] = None,
        follow_redirects: typing.Optional[bool] = True,
        httpx_client: typing.Optional[typing.Any] = None,
        max_retries: typing.Optional[int] = None,
        backoff_factor: typing.Optional[float] = None,
        on_malformed: typing.Optional[OnMalformed] = None,
        ca_bundle: typing.Union[str, os.PathLike[str], None] = None,
        proxy: typing.Optional[str] = None,
        validate: bool = True,
        pickle_secrets: bool = False,
    ) -> None:
        settings = _read(
            environment,
            follow_redirects,
            httpx_client,
            api_key=api_key,
            base_url=base_url,
            headers=headers,
            timeout=timeout,
            max_retries=max_retries,
            backoff_factor=backoff_factor,
            on_malformed=on_malformed,
            ca_bundle=ca_bundle,
            proxy=proxy,
            validate=validate,
            pickle_secrets=pickle_secrets,
        )
        self._hold(AsyncBatchesClient(**settings))

    def _hold(self, batches: AsyncBatchesClient) -> None:
        self._batches = batches
        self.analyze_async = AsyncAnalyzeAsyncClient(batches)
        self.assets = AsyncAssetsClient(batches)

    async def aclose(self) -> None:
        """Lets the connections go. Later calls raise `ClientClosedError`."""
        await self._batches.aclose()

    async def __aenter__(self) -> typing_extensions.Self:
        return self

    async def __aexit__(
        self,
        kind: typing.Optional[typing.Type[BaseException]],
        error: typing.Optional[BaseException],
        traceback: typing.Optional[TracebackType],
    ) -> None:
        await self.aclose()


AsyncTwelveLabs.__doc__ = to_async(TwelveLabs.__doc__ or "")
