//! What users do with results. The work is Python's: see `_columns.py` and its neighbours.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use super::results::ResultsReader;

/// Calls a function of a module of the package with the stream.
fn hand_over<'py>(
    this: &Bound<'py, ResultsReader>,
    name: &str,
    keywords: &[(&str, Option<&Bound<'py, PyAny>>)],
) -> PyResult<Bound<'py, PyAny>> {
    let py = this.py();
    let given = PyDict::new(py);
    for (name, value) in keywords {
        given.set_item(name, value)?;
    }
    py.import("twelvelabs_batches._results")?.call_method(name, (this,), Some(&given))
}

type Given<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

#[pymethods]
impl ResultsReader {
    /// The rows that are still to come, as columns of bounded size, as they arrive.
    ///
    /// Returns:
    ///     An iterator of `ResultColumns`: at most 32,768 rows or about 16 MB of text each.
    ///     Rows that have come wait at most a second for others.
    ///
    /// Raises:
    ///     IncompleteResultsError: Rows are missing; asking for more goes on.
    ///     MalformedRowError: A row cannot be read; asking for more goes on after it.
    ///         Columns have no place for such a row, so it is raised with
    ///         `on_malformed="yield"` too.
    fn record_batches<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        hand_over(this, "record_batches", &[])
    }

    /// The rows that are still to come, as a `pyarrow.Table`. Needs pyarrow.
    ///
    /// No Python object is made for a row. After an error the rows that came before it
    /// stay in the stream: call it again, and it goes on and gives them all; close the
    /// stream first, and it gives those that have come.
    ///
    /// Args:
    ///     requests: What was submitted. With it the table has one row for each request, in
    ///         their order, with columns of the request behind those of its result. All
    ///         items are held in memory for it.
    ///     created: What `create` returned; needed where a request has no `custom_id`.
    ///
    /// Raises:
    ///     ImportError: The library is not installed, or too old.
    ///     IncompleteResultsError: Rows are missing.
    ///     MalformedRowError: A row cannot be read; with `on_malformed="yield"`, too.
    ///     ValidationError: It cannot be told which result is whose.
    #[pyo3(signature = (*, requests = None, created = None))]
    fn to_arrow<'py>(
        this: &Bound<'py, Self>,
        requests: Given<'_, 'py>,
        created: Given<'_, 'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        hand_over(this, "to_arrow", &[("requests", requests), ("created", created)])
    }

    /// The rows that are still to come, as a `pandas.DataFrame`. Needs pandas and pyarrow.
    ///
    /// Args:
    ///     dtype_backend: The types of columns. Without it text is `str` (`string[pyarrow]`
    ///         before pandas 3), kept in Arrow's memory, and counts are `Int64`;
    ///         `numpy_nullable` and `pyarrow` are pandas' own choices of these names.
    ///     requests: As in `to_arrow`.
    ///     created: As in `to_arrow`.
    ///
    /// Raises:
    ///     ValueError: `dtype_backend` is something else.
    ///     ImportError: A library is not installed, or too old.
    ///     IncompleteResultsError: As in `to_arrow`, and so are the others.
    #[pyo3(signature = (*, dtype_backend = None, requests = None, created = None))]
    fn to_pandas<'py>(
        this: &Bound<'py, Self>,
        dtype_backend: Given<'_, 'py>,
        requests: Given<'_, 'py>,
        created: Given<'_, 'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let keywords = [("dtype_backend", dtype_backend), ("requests", requests), ("created", created)];
        hand_over(this, "to_pandas", &keywords)
    }

    /// The rows that are still to come, as a `polars.DataFrame`. Needs polars.
    ///
    /// Args:
    ///     requests: As in `to_arrow`.
    ///     created: As in `to_arrow`.
    ///
    /// Raises:
    ///     ImportError: The library is not installed, or too old.
    ///     IncompleteResultsError: As in `to_arrow`, and so are the others.
    #[pyo3(signature = (*, requests = None, created = None))]
    fn to_polars<'py>(
        this: &Bound<'py, Self>,
        requests: Given<'_, 'py>,
        created: Given<'_, 'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        hand_over(this, "to_polars", &[("requests", requests), ("created", created)])
    }

    /// Writes the rows that are still to come as JSON Lines: each as `item.dict()` gives it.
    ///
    /// They are written beside the file, into `<path>.<batch_id>.part`, which takes its
    /// place when all have come. If something goes wrong it stays, and the next call for
    /// the same batch goes on with it: every item is in the finished file once. Memory
    /// does not grow with the number of rows.
    ///
    /// Args:
    ///     path: Where the file is to be.
    ///     overwrite: Whether a file that is there is replaced.
    ///
    /// Returns:
    ///     The rows in the file.
    ///
    /// Raises:
    ///     FileExistsError: There is a file, and it is not to be replaced.
    ///     BlockingIOError: Another call is writing it.
    ///     OSError: It cannot be written.
    ///     StreamClosedError: The stream was closed, so that rows may be missing.
    ///     IncompleteResultsError: As in `to_arrow`.
    ///     MalformedRowError: As in `to_arrow`.
    #[pyo3(signature = (path, *, overwrite = true))]
    fn to_jsonl<'py>(
        this: &Bound<'py, Self>,
        path: &Bound<'py, PyAny>,
        overwrite: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        hand_over_file(this, "to_jsonl", path, overwrite, &[])
    }

    /// Writes the rows that are still to come as Parquet. Needs pyarrow.
    ///
    /// The file appears when it is whole, or not at all. With pyarrow memory does not grow
    /// with the number of rows; polars serves too, but holds all of them.
    ///
    /// Args:
    ///     path: Where the file is to be.
    ///     overwrite: Whether a file that is there is replaced.
    ///     requests: As in `to_arrow`.
    ///     created: As in `to_arrow`.
    ///
    /// Returns:
    ///     The rows in the file.
    ///
    /// Raises:
    ///     FileExistsError: There is a file, and it is not to be replaced.
    ///     OSError: It cannot be written.
    ///     IncompleteResultsError: As in `to_arrow`. Rows that came before went into the file
    ///         that is no more: read the results again. With `requests` they stay in the
    ///         stream.
    ///     MalformedRowError: Likewise.
    ///     StreamClosedError: As in `to_jsonl`.
    #[pyo3(signature = (path, *, overwrite = true, requests = None, created = None))]
    fn to_parquet<'py>(
        this: &Bound<'py, Self>,
        path: &Bound<'py, PyAny>,
        overwrite: bool,
        requests: Given<'_, 'py>,
        created: Given<'_, 'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        hand_over_file(this, "to_parquet", path, overwrite, &[("requests", requests), ("created", created)])
    }

    /// Writes the rows that are still to come as CSV, with a header. Needs no other library.
    ///
    /// An empty text is `""`, nothing is nothing. The file appears when it is whole, or not
    /// at all. Memory does not grow with the number of rows.
    ///
    /// Args:
    ///     path: Where the file is to be.
    ///     overwrite: Whether a file that is there is replaced.
    ///     requests: As in `to_arrow`.
    ///     created: As in `to_arrow`.
    ///
    /// Returns:
    ///     The rows in the file.
    ///
    /// Raises:
    ///     FileExistsError: As in `to_parquet`, and so are the others.
    #[pyo3(signature = (path, *, overwrite = true, requests = None, created = None))]
    fn to_csv<'py>(
        this: &Bound<'py, Self>,
        path: &Bound<'py, PyAny>,
        overwrite: bool,
        requests: Given<'_, 'py>,
        created: Given<'_, 'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        hand_over_file(this, "to_csv", path, overwrite, &[("requests", requests), ("created", created)])
    }

    /// The items that are still to come, as a list.
    ///
    /// After an error those that came before it stay in the stream: call it again, and it
    /// goes on and gives them all; close the stream first, and it gives those that have
    /// come.
    ///
    /// Returns:
    ///     A `ResultList`. With `on_malformed="yield"` rows that cannot be read are in its
    ///     `malformed`.
    ///
    /// Raises:
    ///     IncompleteResultsError: Items are missing.
    ///     MalformedRowError: A row cannot be read.
    fn collect<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        hand_over(this, "collect", &[])
    }

    /// The items that are still to come, by their `custom_id`.
    ///
    /// An item that has none stands under its `task_id`; one that has not ended is there
    /// too, with its status.
    ///
    /// Raises:
    ///     ResponseError: Two items have the same `custom_id`.
    ///     IncompleteResultsError: As in `collect`.
    ///     MalformedRowError: As in `collect`.
    fn by_custom_id<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        hand_over(this, "by_custom_id", &[])
    }

    /// Each request with its result, in the order of the requests.
    ///
    /// Args:
    ///     requests: What was submitted, or a part of it.
    ///     created: What `create` returned. With it results are found by their task, so that
    ///         requests need no `custom_id`; all requests must be given, in the same order.
    ///
    /// Returns:
    ///     Pairs of a request, as it was given, and its item; `None` where there is none.
    ///
    /// Raises:
    ///     ValidationError: It cannot be told which result is whose: a request has no
    ///         `custom_id` and `created` was not given, two have the same, or `created` is
    ///         another batch's.
    ///     IncompleteResultsError: As in `collect`.
    ///     MalformedRowError: As in `collect`.
    #[pyo3(signature = (requests, created = None))]
    fn join<'py>(
        this: &Bound<'py, Self>,
        requests: &Bound<'py, PyAny>,
        created: Given<'_, 'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        hand_over(this, "join", &[("requests", Some(requests)), ("created", created)])
    }

    /// Rows that were taken into a list which is not complete yet.
    fn _rows(&self, py: Python<'_>) -> Py<PyList> {
        self.gathered.rows(py)
    }
}

fn hand_over_file<'py>(
    this: &Bound<'py, ResultsReader>,
    name: &str,
    path: &Bound<'py, PyAny>,
    overwrite: bool,
    keywords: &[(&str, Given<'_, 'py>)],
) -> PyResult<Bound<'py, PyAny>> {
    let overwrite = overwrite.into_pyobject(this.py())?.to_owned().into_any();
    let file = [("path", Some(path)), ("overwrite", Some(&overwrite))];
    hand_over(this, name, &[&file, keywords].concat())
}
