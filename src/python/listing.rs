//! Listings, page by page.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::errors::join;
use super::field::Field;
use super::runtime::Finish;
use crate::client::{Answer, CallOptions, Listing, Page, Place};
use crate::models::{AnalyzeBatchStatusResponse, PageInfo};

/// A page that has arrived, and what was asked for.
pub struct Arrived {
    pub listing: Listing,
    pub options: CallOptions,
    pub answer: Answer<Page>,
    pub place: Place,
}

/// A page of batches, for the pagers to read. It keeps what was asked for: later
/// pages must not see what the caller has done with their arguments since.
#[pyclass(frozen, module = "twelvelabs_batches._native")]
pub struct PageReader {
    #[pyo3(get)]
    items: Py<PyAny>,
    #[pyo3(get)]
    page_info: Py<PyAny>,
    #[pyo3(get)]
    headers: Py<PyDict>,
    #[pyo3(get)]
    has_next: bool,
    listing: Listing,
    options: CallOptions,
    place: Place,
}

#[pymethods]
impl PageReader {
    #[allow(clippy::unused_self)]
    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err("a page of a listing cannot be pickled: take its `items`"))
    }
}

impl PageReader {
    /// What it takes to go on after this page.
    pub fn stand(&self) -> (Listing, CallOptions, Place) {
        (self.listing.clone(), self.options.clone(), self.place.clone())
    }
}

impl Finish for Arrived {
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let headers = PyDict::new(py);
        for (name, value) in &self.answer.meta.headers {
            join(&headers, name, value)?;
        }
        let page = &self.answer.value;
        let reader = PageReader {
            items: Vec::<AnalyzeBatchStatusResponse>::show(&page.items, py)?.unbind(),
            page_info: PageInfo::show(&page.info, py)?.unbind(),
            headers: headers.unbind(),
            has_next: page.next.is_some(),
            listing: self.listing,
            // Every call has a journal of its own.
            options: CallOptions { journal: None, ..self.options },
            place: self.place,
        };
        Ok(Py::new(py, reader)?.into_any())
    }
}

impl Finish for Option<Arrived> {
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        match self {
            Some(arrived) => arrived.finish(py),
            None => Ok(py.None()),
        }
    }
}
