"""What constructors of both faces make of their arguments, and how clients travel."""

from __future__ import annotations

import sys
import typing

from . import _native
from ._absent import Partly
from ._official import settings_of
from ._trace import span

if typing.TYPE_CHECKING:
    import typing_extensions

    from .types import ClientOptions

_SECRET_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization", "x-api-key"})


Progress = typing.Optional[typing.Callable[[int, int], object]]
"""Is told how much of how many is done."""


def tell_progress(progress: Progress, done: int, total: int) -> None:
    """Tells it, if somebody listens."""
    if progress is not None:
        progress(done, total)


class _Hidden:
    """Settings, some of which are secret, out of sight of `vars` and debuggers."""

    __slots__ = ("values",)

    def __init__(self, values: typing.Dict[str, typing.Any]) -> None:
        self.values = values


class Configured(Partly):
    """A client with its settings."""

    _blocking: typing.ClassVar[bool]

    def _configure(
        self, api_key: typing.Optional[str], *, pickle_secrets: bool, **settings: typing.Any
    ) -> None:
        self._native = _native.Client(
            blocking=self._blocking,
            user_agent=f"twelvelabs-batches/{_native.__version__} Python/{sys.version.split()[0]}",
            api_key=api_key,
            **settings,
        )
        self._hidden = _Hidden(settings)
        self._pickle_secrets = pickle_secrets

    @classmethod
    def from_client(
        cls, official: typing.Any, **overrides: typing_extensions.Unpack[ClientOptions]
    ) -> typing_extensions.Self:
        """Makes a client with the settings of one that you have.

        Key, base URL, headers and timeout are taken over, and the headers of its
        httpx client. What else was set there, such as a proxy, is told in a
        `UserWarning`, since connections are this client's own.

        Args:
            official: A `TwelveLabs` or `BatchesClient` of the vendor's package, of
                either face; or one of this package.
            **overrides: Arguments of this class, in place of what is taken over.

        Returns:
            The client, with connections of its own.

        Raises:
            ValidationError: It is no such client, or lacks its key or address.

        Example:
            >>> batches = BatchesClient.from_client(platform, max_retries=5)
            >>> batches.close()
        """
        return cls(**settings_of(official, dict(overrides), stacklevel=2))

    def __repr__(self) -> str:
        if "_native" not in vars(self):
            return f"<{type(self).__name__} that could not be made>"
        state = ", closed" if self._native.closed else ""
        return f"{type(self).__name__}(base_url={self._native.base_url!r}{state})"

    def _all_settings(self) -> typing.Dict[str, typing.Any]:
        return {
            "api_key": self._native._api_key(),  # noqa: SLF001 - nobody else is to have it
            "pickle_secrets": self._pickle_secrets,
            **self._hidden.values,
            # It may have come from the environment, which may have changed.
            "base_url": self._native.base_url,
        }

    def __reduce__(self) -> typing.Tuple[typing.Any, ...]:
        if self._pickle_secrets:
            return (_rebuild, (type(self), self._all_settings()))
        held = sorted(
            _SECRET_HEADERS.intersection(name.lower() for name in self._hidden.values["headers"] or ())
        )
        if "@" in (self._hidden.values["proxy"] or ""):
            held.append("the proxy's password")
        if held:
            message = f"{' and '.join(held)} would be in the pickle: make the client with pickle_secrets=True"
            raise TypeError(message)
        return (_rebuild, (type(self), {**self._hidden.values, "base_url": self._native.base_url}))

    def __copy__(self) -> Configured:
        return type(self)(**self._all_settings())

    def __deepcopy__(self, memo: typing.Any) -> Configured:
        return self.__copy__()


def _rebuild(cls: typing.Callable[..., Configured], settings: typing.Dict[str, typing.Any]) -> Configured:
    return cls(**settings)


class BlockingCalls(Configured):
    """Calls that return when they are done."""

    _blocking = True

    def _call(self, verb: str, *arguments: typing.Any) -> typing.Any:
        with span(verb, self._native.base_url, arguments):
            return getattr(self._native, verb)(*arguments)

    def _ask_about(
        self, asset_ids: typing.List[str], most_at_once: int, options: typing.Any, progress: Progress
    ) -> typing.Dict[str, typing.Any]:
        """What the platform says of assets; `None` for those that it does not know."""
        found: typing.Dict[str, typing.Any] = {}
        with span("check", self._native.base_url, ()):
            survey = self._native.survey(asset_ids, most_at_once, options)
            try:
                tell_progress(progress, 0, len(asset_ids))
                while (answer := survey.next()) is not None:
                    found[answer[0]] = answer[1]
                    tell_progress(progress, len(found), len(asset_ids))
            finally:
                survey.close()
        return found


class AsyncioCalls(Configured):
    """Calls that are awaited."""

    _blocking = False

    async def _call(self, verb: str, *arguments: typing.Any) -> typing.Any:
        with span(verb, self._native.base_url, arguments):
            try:
                outcome = await getattr(self._native, verb)(*arguments)
            except BaseException:
                self._native.tell()
                raise
            try:
                self._native.tell()
            except BaseException as error:
                if sys.version_info >= (3, 11):
                    error.add_note(f"the call itself succeeded: {outcome!r}")
                raise
            return outcome

    async def _ask_about(
        self, asset_ids: typing.List[str], most_at_once: int, options: typing.Any, progress: Progress
    ) -> typing.Dict[str, typing.Any]:
        """What the platform says of assets; `None` for those that it does not know."""
        found: typing.Dict[str, typing.Any] = {}
        try:
            with span("check", self._native.base_url, ()):
                survey = self._native.survey(asset_ids, most_at_once, options)
                try:
                    tell_progress(progress, 0, len(asset_ids))
                    while (answer := await survey.next()) is not None:
                        found[answer[0]] = answer[1]
                        tell_progress(progress, len(found), len(asset_ids))
                finally:
                    survey.close()
        finally:
            self._native.tell()
        return found
