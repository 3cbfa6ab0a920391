//! Rows that cannot be read, where they are wanted as values.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};

use super::record::reduce;
use super::runtime::Finish;
use crate::error;

/// A row of results that cannot be read, as it came.
///
/// Results yield it in place of an item with `on_malformed="yield"`.
#[pyclass(frozen, eq, hash, module = "twelvelabs_batches")]
#[derive(PartialEq, Eq, Hash)]
pub struct MalformedRow {
    /// Number of the row in the answer, from 1; blank lines do not count.
    #[pyo3(get)]
    row: u64,
    /// Offset of its first byte in the answer.
    #[pyo3(get)]
    offset: u64,
    /// What is wrong with it.
    #[pyo3(get)]
    reason: String,
    raw: bytes::Bytes,
}

#[pymethods]
impl MalformedRow {
    #[new]
    #[pyo3(signature = (*, row, offset, reason, raw))]
    fn new(row: u64, offset: u64, reason: String, raw: &[u8]) -> Self {
        Self { row, offset, reason, raw: bytes::Bytes::copy_from_slice(raw) }
    }

    /// The whole row.
    #[getter]
    fn raw<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.raw)
    }

    #[classattr]
    fn __match_args__() -> (&'static str, &'static str, &'static str, &'static str) {
        ("row", "offset", "reason", "raw")
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyDict>)> {
        Ok((PyTuple::empty(py), self.fields(py)?))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        reduce(slf, slf.get().fields(slf.py())?)
    }

    fn __repr__(&self) -> String {
        let excerpt = error::excerpt(&self.raw);
        format!(
            "MalformedRow(row={}, offset={}, reason={:?}, raw={excerpt:?})",
            self.row, self.offset, self.reason
        )
    }
}

impl MalformedRow {
    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let fields = PyDict::new(py);
        fields.set_item("row", self.row)?;
        fields.set_item("offset", self.offset)?;
        fields.set_item("reason", &self.reason)?;
        fields.set_item("raw", self.raw(py))?;
        Ok(fields)
    }
}

impl Finish for error::MalformedRow {
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let row = MalformedRow { row: self.row, offset: self.offset, reason: self.reason, raw: self.raw };
        Ok(Py::new(py, row)?.into_any())
    }
}
