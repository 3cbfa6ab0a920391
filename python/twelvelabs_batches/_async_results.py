"""What is done with the results of a batch as a whole, for the asyncio face."""

from __future__ import annotations

import contextlib
import typing

from ._collection import ResultList, columns_of_pairs
from ._columns import arrow_of, check_pandas, load, pandas_of, polars_of
from ._files import CsvFile, JsonLinesFile, ParquetFile
from ._joining import Created, Request, Requests, pair
from ._native import BatchResultItem, Results
from ._results import SPOILT, lent, must_spoil, refuse_if_closed, refuse_if_spent, warn_if_spent
from ._twin import document_alike

if typing.TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from ._columns import DtypeBackend
    from ._files import File
    from ._native import ResultColumns
    from ._place import Path

__all__ = ["AsyncWhole", "aside"]

_T = typing.TypeVar("_T")
_P = typing.ParamSpec("_P")


async def aside(work: typing.Callable[_P, _T], *args: _P.args, **keywords: _P.kwargs) -> _T:
    """Does what takes a while in a thread. Cancelled, it waits until that is over."""
    import asyncio  # noqa: PLC0415 - loaded by whatever runs this

    task = asyncio.ensure_future(asyncio.to_thread(work, *args, **keywords))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise


class AsyncWhole(typing.AsyncIterator[BatchResultItem]):
    """The methods of `Results` for all rows at once, as coroutines."""

    _reader: Results

    async def _begin(self) -> None:
        """Makes the request, if it is still to be made."""
        raise NotImplementedError

    async def _observe(self) -> None:
        """Tells what was seen of the batch."""
        raise NotImplementedError

    def _fail(self, error: BaseException) -> None:
        """Tells of an error."""
        raise NotImplementedError

    def _end(self) -> None:
        """There is nothing more to tell."""
        raise NotImplementedError

    async def _columns(self, whole: bool) -> ResultColumns:
        reader = self._reader
        await self._begin()
        try:
            while True:
                await self._observe()
                is_over = await reader._gather(whole)
                if is_over is None:
                    continue
                await self._observe()
                if is_over:
                    self._end()
                columns = reader._take_columns(whole)
                if is_over or len(columns):
                    return columns
        except BaseException as error:
            self._fail(error)
            raise
        finally:
            reader._tell()

    async def _whole(self, requests: Requests, created: Created) -> ResultColumns:
        if requests is None:
            columns = await self._columns(True)
            warn_if_spent(self._reader, len(columns))
            return columns
        async with self._held() as rows:
            refuse_if_spent(self._reader, len(rows))
            return columns_of_pairs(pair(ResultList(rows), requests, created))

    async def record_batches(self) -> typing.AsyncIterator[ResultColumns]:
        while len(columns := await self._columns(False)):
            yield columns

    async def to_arrow(self, *, requests: Requests = None, created: Created = None) -> pyarrow.Table:
        load("pyarrow")
        return arrow_of(await self._whole(requests, created))

    async def to_pandas(
        self,
        *,
        dtype_backend: typing.Optional[DtypeBackend] = None,
        requests: Requests = None,
        created: Created = None,
    ) -> pandas.DataFrame:
        check_pandas(dtype_backend)
        return pandas_of(await self._whole(requests, created), dtype_backend)

    async def to_polars(self, *, requests: Requests = None, created: Created = None) -> polars.DataFrame:
        load("polars")
        return polars_of(await self._whole(requests, created))

    async def to_jsonl(self, path: Path, *, overwrite: bool = True) -> int:
        return await self._fill(JsonLinesFile, path, overwrite, batch_id=self._reader.batch_id)

    async def to_parquet(
        self, path: Path, *, overwrite: bool = True, requests: Requests = None, created: Created = None
    ) -> int:
        return await self._fill(ParquetFile, path, overwrite, requests, created)

    async def to_csv(
        self, path: Path, *, overwrite: bool = True, requests: Requests = None, created: Created = None
    ) -> int:
        return await self._fill(CsvFile, path, overwrite, requests, created)

    async def _fill(
        self,
        kind: typing.Callable[..., File],
        path: Path,
        overwrite: bool,
        requests: Requests = None,
        created: Created = None,
        **settings: typing.Any,
    ) -> int:
        file = kind(path, overwrite=overwrite, **settings)
        before = self._reader._taken()
        try:
            if requests is not None:
                async with self._held() as rows:
                    refuse_if_closed(self._reader)
                    refuse_if_spent(self._reader, len(rows))
                    await aside(file.write, columns_of_pairs(pair(ResultList(rows), requests, created)))
                    return await aside(file.finish)
            async for columns in self.record_batches():
                await aside(file.write, columns)
            refuse_if_closed(self._reader)
            refuse_if_spent(self._reader, file.received or file.rows)
            return await aside(file.finish)
        except BaseException:
            if must_spoil(file, self._reader._taken() - before):
                self._reader._spoil(SPOILT.format(self._reader.batch_id))
            file.give_up()
            raise

    @contextlib.asynccontextmanager
    async def _held(self) -> typing.AsyncIterator[typing.List[BatchResultItem]]:
        """All rows; as `held` of the blocking face."""
        rows = self._reader._rows()
        async for row in self:
            rows.append(row)
        with lent(rows) as taken:
            yield taken

    async def collect(self) -> ResultList:
        async with self._held() as rows:
            warn_if_spent(self._reader, len(rows))
            return ResultList(rows)

    async def by_custom_id(self) -> typing.Dict[str, BatchResultItem]:
        async with self._held() as rows:
            warn_if_spent(self._reader, len(rows))
            return ResultList(rows).by_custom_id()

    async def join(
        self, requests: typing.Iterable[Request], created: Created = None
    ) -> typing.List[typing.Tuple[Request, typing.Optional[BatchResultItem]]]:
        async with self._held() as rows:
            refuse_if_spent(self._reader, len(rows))
            return ResultList(rows).join(requests, created)


document_alike(Results, AsyncWhole)
