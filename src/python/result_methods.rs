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
    fn record_batches<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        hand_over(this, "record_batches", &[])
    }

    /// The rows that are still to come, as a `pyarrow.Table`.
    #[pyo3(signature = (*, requests = None, created = None))]
    fn to_arrow<'py>(
        this: &Bound<'py, Self>,
        requests: Given<'_, 'py>,
        created: Given<'_, 'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        hand_over(this, "to_arrow", &[("requests", requests), ("created", created)])
    }

    /// The rows that are still to come, as a `pandas.DataFrame`.
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

    /// The rows that are still to come, as a `polars.DataFrame`.
    #[pyo3(signature = (*, requests = None, created = None))]
    fn to_polars<'py>(
        this: &Bound<'py, Self>,
        requests: Given<'_, 'py>,
        created: Given<'_, 'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        hand_over(this, "to_polars", &[("requests", requests), ("created", created)])
    }

    /// Writes the rows that are still to come as JSON Lines; returns how many the file has.
    #[pyo3(signature = (path, *, overwrite = true))]
    fn to_jsonl<'py>(
        this: &Bound<'py, Self>,
        path: &Bound<'py, PyAny>,
        overwrite: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        hand_over_file(this, "to_jsonl", path, overwrite, &[])
    }

    /// Writes the rows that are still to come as Parquet; returns how many.
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

    /// Writes the rows that are still to come as CSV; returns how many.
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
    fn collect<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        hand_over(this, "collect", &[])
    }

    /// The items that are still to come, by their `custom_id`.
    fn by_custom_id<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        hand_over(this, "by_custom_id", &[])
    }

    /// Each request with its result, in the order of the requests.
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
