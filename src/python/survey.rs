//! Asking about many assets, one answer after another.

use std::sync::Arc;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use tokio::sync::Mutex;

use super::logs::Listener;
use super::runtime::{Face, Finish, run};
use crate::client as core;
use crate::client::Surveyed;

/// Assets that are asked about. Letting it go ends the requests under way.
#[pyclass(frozen, module = "twelvelabs_batches._native")]
pub struct Survey {
    inner: Arc<Mutex<core::Survey>>,
    face: Face,
    listener: Listener,
}

impl Survey {
    pub(super) fn new(inner: core::Survey, face: Face, listener: Listener) -> Self {
        Self { inner: Arc::new(Mutex::new(inner)), face, listener }
    }
}

#[pymethods]
impl Survey {
    /// The next asset that something is known of: its identifier, and what the
    /// platform says of it, or nothing if it does not know it. Nothing when all
    /// have been told.
    fn next(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let inner = Arc::clone(&self.inner);
        run(py, self.face, self.listener.as_deref(), async move { inner.lock().await.next().await })
    }

    #[allow(clippy::unused_self)]
    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err("requests under way cannot be pickled"))
    }
}

impl Finish for Option<Surveyed> {
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let Some(Surveyed { asset_id, found }) = self else { return Ok(py.None()) };
        let found = found.map(|asset| asset.finish(py)).transpose()?;
        Ok((asset_id, found).into_pyobject(py)?.into_any().unbind())
    }
}
