//! Answers of calls: their values, and on request how they came.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::errors::join;
use super::runtime::Finish;
use crate::client::{Answer, Meta};
use crate::error::Error;
use crate::transport::find_request_id;

/// The value of an answer; with `raw`, and how it came.
pub fn value<T>(answer: Result<Answer<T>, Error>, raw: bool) -> Result<Told<T>, Error> {
    answer.map(|answer| Told { answer, raw })
}

/// An answer on its way to Python.
pub struct Told<T> {
    answer: Answer<T>,
    raw: bool,
}

impl<T: Finish> Finish for Told<T> {
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let Answer { value, meta } = self.answer;
        let value = value.finish(py)?;
        if self.raw {
            Ok((value, AnswerMeta(meta)).into_pyobject(py)?.into_any().unbind())
        } else {
            Ok(value)
        }
    }
}

impl Finish for () {
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        Ok(py.None())
    }
}

/// How an answer came.
#[pyclass(frozen, module = "twelvelabs_batches._native")]
pub struct AnswerMeta(pub Meta);

#[pymethods]
impl AnswerMeta {
    #[getter]
    fn headers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let headers = PyDict::new(py);
        for (name, value) in &self.0.headers {
            join(&headers, name, value)?;
        }
        Ok(headers)
    }

    #[getter]
    fn status_code(&self) -> u16 {
        self.0.status
    }

    #[getter]
    fn request_id(&self) -> Option<String> {
        find_request_id(&self.0.headers)
    }

    #[getter]
    fn attempts(&self) -> u32 {
        self.0.attempts
    }

    #[getter]
    fn elapsed(&self) -> f64 {
        self.0.elapsed.as_secs_f64()
    }

    #[allow(clippy::unused_self)]
    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err("an answer cannot be pickled: take its `data`, which can"))
    }
}
