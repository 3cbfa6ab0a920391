"""A run of many batches, for the asyncio face."""

from __future__ import annotations

import inspect
import typing

from . import _run_exports as exports
from ._async_results import aside
from ._outcomes import make_outcome
from ._run import Run, RunState
from ._twin import document_alike

if typing.TYPE_CHECKING:
    from types import TracebackType

    import pandas
    import polars
    import pyarrow

    from ._collection import ResultList
    from ._columns import DtypeBackend
    from ._native import BatchItemRequest, BatchResultItem
    from ._outcomes import Outcome
    from ._place import Path
    from ._run_report import RunReport

__all__ = ["AsyncRun"]


class AsyncRun(RunState):
    def __aiter__(self) -> AsyncRun:
        return self

    async def __anext__(self) -> Outcome:
        while True:
            word, value = self._core.step()
            if word == "outcome":
                given = self._reader.take(value[0])
                return make_outcome(value, given.request, given.context)
            if not await self._go_on(word, value):
                raise StopAsyncIteration

    async def _go_on(self, word: str, room: int) -> bool:
        if word == "read":
            await self._reader.read_later(room)
        elif word == "ask":
            answer = None if self._confirm is None else self._confirm(self.report())
            self._core.answer(bool(await answer if inspect.isawaitable(answer) else answer))
        elif word == "more":
            await self._core.advance()
            self._tell()
        else:
            self._tell(is_over=True)
            self._hide()
            return False
        return True

    async def wait(self) -> RunReport:
        while True:
            word, room = self._core.skip()
            if not await self._go_on(word, room):
                self._reader.forget()
                return self.report()

    async def collect(self) -> ResultList:
        await self.wait()
        return await aside(exports.collect, self._core)

    async def by_custom_id(self) -> typing.Dict[str, BatchResultItem]:
        return (await self.collect()).by_custom_id()

    async def join(self) -> typing.List[typing.Tuple[BatchItemRequest, typing.Optional[BatchResultItem]]]:
        await self.wait()
        return list(exports.pairs(self._core))

    async def to_arrow(self) -> pyarrow.Table:
        await self.wait()
        return await aside(exports.to_arrow, self._core)

    async def to_pandas(self, *, dtype_backend: typing.Optional[DtypeBackend] = None) -> pandas.DataFrame:
        await self.wait()
        return await aside(exports.to_pandas, self._core, dtype_backend)

    async def to_polars(self) -> polars.DataFrame:
        await self.wait()
        return await aside(exports.to_polars, self._core)

    async def to_jsonl(self, path: Path, *, overwrite: bool = True) -> int:
        return await self._fill("jsonl", path, overwrite)

    async def to_parquet(self, path: Path, *, overwrite: bool = True) -> int:
        return await self._fill("parquet", path, overwrite)

    async def to_csv(self, path: Path, *, overwrite: bool = True) -> int:
        return await self._fill("csv", path, overwrite)

    async def _fill(self, kind: str, path: Path, overwrite: bool) -> int:
        file = exports.open_file(kind, path, overwrite=overwrite)
        try:
            await self.wait()
            return await aside(exports.fill, self._core, file)
        except BaseException:
            file.give_up()
            raise

    async def aclose(self) -> None:
        """Ends the run here, and lets its journal go; batches go on by themselves."""
        await self._close(settled=True)

    async def _close(self, *, settled: bool) -> None:
        self._is_closed = True
        self._hide()
        await self._core.close(settled)

    async def __aenter__(self) -> AsyncRun:
        return self

    async def __aexit__(
        self,
        kind: typing.Optional[typing.Type[BaseException]],
        error: typing.Optional[BaseException],
        traceback: typing.Optional[TracebackType],
    ) -> None:
        await self._close(settled=error is None)


document_alike(Run, AsyncRun)
