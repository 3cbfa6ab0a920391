"""Pages of a listing, in both faces."""

from __future__ import annotations

import typing

if typing.TYPE_CHECKING:
    from ._native import PageInfo, PageReader

__all__ = ["AsyncPage", "AsyncPager", "SyncPage", "SyncPager"]

T = typing.TypeVar("T")


class _Response:
    """The answer behind a page."""

    __slots__ = ("headers",)

    def __init__(self, headers: typing.Dict[str, str]) -> None:
        self.headers = headers


class _Page(typing.List[T]):
    """One page of a listing: a list, and where it stands."""

    def __init__(self, reader: PageReader, call: typing.Callable[..., typing.Any]) -> None:
        super().__init__(reader.items)
        self._reader = reader
        self._call = call

    def __reduce_ex__(self, _protocol: typing.SupportsIndex) -> typing.NoReturn:
        raise TypeError(
            "a page cannot be pickled or copied, since it holds its client: take `page.items`, which can"
        )

    def _repr_html_(self) -> typing.Optional[str]:
        from ._display import html  # noqa: PLC0415 - only for who looks at it

        return html(self)

    @property
    def items(self) -> typing.List[T]:
        """The entries on this page."""
        return list(self)

    @property
    def has_next(self) -> bool:
        """Whether there is another page, as far as the platform has told."""
        return self._reader.has_next

    @property
    def page_info(self) -> PageInfo:
        """Totals, and where this page stands among the others."""
        return self._reader.page_info

    @property
    def response(self) -> _Response:
        """The answer that brought this page, with its `headers`."""
        return _Response(self._reader.headers)


class SyncPage(_Page[T]):
    """One page of a listing: a list, and where it stands."""

    def next_page(self) -> typing.Optional[SyncPage[T]]:
        """Fetches the next page; `None` if this is the last."""
        following = self._call("next_page", self._reader) if self.has_next else None
        return None if following is None else SyncPage(following, self._call)


class AsyncPage(_Page[T]):
    """One page of a listing: a list, and where it stands."""

    async def next_page(self) -> typing.Optional[AsyncPage[T]]:
        """Fetches the next page; `None` if this is the last."""
        following = await self._call("next_page", self._reader) if self.has_next else None
        return None if following is None else AsyncPage(following, self._call)


class _Pager(typing.Generic[T]):
    """A listing whose first page has been fetched."""

    def __init__(self, first: typing.Any) -> None:
        self._first = first

    def __reduce_ex__(self, _protocol: typing.SupportsIndex) -> typing.NoReturn:
        raise TypeError(
            "a pager cannot be pickled or copied, since it holds its client: "
            "take what it yields, or the `items` of its pages, which can"
        )

    @property
    def items(self) -> typing.List[T]:
        """The entries on the first page."""
        return typing.cast("typing.List[T]", self._first.items)

    @property
    def has_next(self) -> bool:
        """Whether there is a page after the first."""
        return bool(self._first.has_next)

    @property
    def page_info(self) -> PageInfo:
        """Totals of the listing, as the platform told them with the first page."""
        return typing.cast("PageInfo", self._first.page_info)

    @property
    def total_results(self) -> typing.Optional[int]:
        """Number of entries on all pages, if the platform told it."""
        return self.page_info.total_results

    @property
    def response(self) -> _Response:
        """The answer that brought the first page, with its `headers`."""
        return typing.cast("_Response", self._first.response)

    def __repr__(self) -> str:
        info = self.page_info
        return f"{type(self).__name__}(total_results={info.total_results}, total_page={info.total_page})"

    def _repr_html_(self) -> typing.Optional[str]:
        from ._display import html  # noqa: PLC0415 - only for who looks at it

        return html(self)


class SyncPager(_Pager[T], typing.Iterable[T]):
    """A listing: iterate over it for the entries of all pages.

    The first page has been fetched; others are as they are needed, with the
    filters and settings of the call as they were then. The pager stops where the
    platform says that the pages end and asks for none more. Entries that were on
    the page before, because new ones have moved them on meanwhile or because the
    platform has repeated it, are left out.
    """

    _first: SyncPage[T]

    def __iter__(self) -> typing.Iterator[T]:
        for page in self.iter_pages():
            yield from page

    def iter_pages(self) -> typing.Iterator[SyncPage[T]]:
        """Iterates over the pages, each a list."""
        page: typing.Optional[SyncPage[T]] = self._first
        while page is not None:
            yield page
            page = page.next_page()

    def next_page(self) -> typing.Optional[SyncPage[T]]:
        """Fetches the second page; `None` if there is only one."""
        return self._first.next_page()


class AsyncPager(_Pager[T], typing.AsyncIterable[T]):
    """A listing: iterate over it for the entries of all pages.

    The first page has been fetched; others are as they are needed, with the
    filters and settings of the call as they were then. The pager stops where the
    platform says that the pages end and asks for none more. Entries that were on
    the page before, because new ones have moved them on meanwhile or because the
    platform has repeated it, are left out.
    """

    _first: AsyncPage[T]

    async def __aiter__(self) -> typing.AsyncIterator[T]:
        async for page in self.iter_pages():
            for entry in page:
                yield entry

    async def iter_pages(self) -> typing.AsyncIterator[AsyncPage[T]]:
        """Iterates over the pages, each a list."""
        page: typing.Optional[AsyncPage[T]] = self._first
        while page is not None:
            yield page
            page = await page.next_page()

    async def next_page(self) -> typing.Optional[AsyncPage[T]]:
        """Fetches the second page; `None` if there is only one."""
        return await self._first.next_page()
