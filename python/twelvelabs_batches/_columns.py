"""Columns of results as tables of the libraries that people use."""

from __future__ import annotations

import importlib
import re
import typing

if typing.TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from ._native import ResultColumns

__all__ = ["DtypeBackend", "arrow_of", "load", "pandas_of", "polars_of"]

DtypeBackend = typing.Literal["numpy_nullable", "pyarrow"]

#: The oldest versions that read a stream of Arrow.
_OLDEST = {"pandas": (2, 2), "polars": (1, 20), "pyarrow": (18, 0)}


def load(name: str) -> typing.Any:
    """Imports a library that one of the package's extras brings.

    Raises:
        ImportError: It is not installed, or too old.
    """
    advice = f"pip install 'twelvelabs-batches[{name}]'"
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise ImportError(f"this needs {name}, which is not installed: {advice}", name=name) from error
    oldest = _OLDEST[name]
    if tuple(map(int, re.findall(r"\d+", module.__version__)[:2])) < oldest:
        told = ".".join(map(str, oldest))
        raise ImportError(
            f"this needs {name} {told} or newer, and {module.__version__} is installed: {advice} --upgrade",
            name=name,
        )
    return module


def arrow_of(columns: ResultColumns) -> pyarrow.Table:
    """Makes a `pyarrow.Table`."""
    return load("pyarrow").table(columns)


def polars_of(columns: ResultColumns) -> polars.DataFrame:
    """Makes a `polars.DataFrame`."""
    return typing.cast("polars.DataFrame", load("polars").DataFrame(columns))


def pandas_of(
    columns: ResultColumns, dtype_backend: typing.Optional[DtypeBackend] = None
) -> pandas.DataFrame:
    """Makes a `pandas.DataFrame`: text stays in Arrow's memory, counts stay whole numbers."""
    library, arrow = check_pandas(dtype_backend), load("pyarrow")
    types = {arrow.int64(): library.Int64Dtype()}
    if dtype_backend == "numpy_nullable":
        types |= {arrow.string(): library.StringDtype(), arrow.float64(): library.Float64Dtype()}
    elif int(library.__version__.split(".")[0]) < 3:  # noqa: PLR2004 - from 3 on pandas does so by itself
        types[arrow.string()] = library.StringDtype("pyarrow")
    mapper = library.ArrowDtype if dtype_backend == "pyarrow" else types.get
    return typing.cast("pandas.DataFrame", arrow.table(columns).to_pandas(types_mapper=mapper))


def check_pandas(dtype_backend: typing.Optional[DtypeBackend]) -> typing.Any:
    """Imports pandas, before any row is taken for it."""
    if dtype_backend not in (None, "numpy_nullable", "pyarrow"):
        raise ValueError(f"dtype_backend is None, 'numpy_nullable' or 'pyarrow', not {dtype_backend!r}")
    load("pyarrow")
    return load("pandas")
