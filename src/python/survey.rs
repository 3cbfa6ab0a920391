//! Asking about many assets, one answer after another.

use std::process;
use std::sync::Arc;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use tokio::sync::Mutex;

use super::errors::{raise_stream, to_exception};
use super::logs::Listener;
use super::runtime::{Face, Finish, run};
use crate::client as core;
use crate::client::Surveyed;
use crate::error::Error;

/// Assets that are asked about. Letting it go ends the requests under way.
#[pyclass(frozen, module = "twelvelabs_batches._native")]
pub struct Survey {
    inner: Arc<Mutex<core::Survey>>,
    face: Face,
    listener: Listener,
    process: u32,
}

impl Survey {
    pub(super) fn new(inner: core::Survey, face: Face, listener: Listener) -> Self {
        Self { inner: Arc::new(Mutex::new(inner)), face, listener, process: process::id() }
    }
}

#[pymethods]
impl Survey {
    /// The next asset that something is known of: its identifier, and what the
    /// platform says of it, or nothing if it does not know it. Nothing when all
    /// have been told.
    fn next(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        if self.process != process::id() {
            // The requests under way are the parent's.
            return Err(raise_stream(
                py,
                "assets are asked about in the process that began it: check again here",
            ));
        }
        let inner = Arc::clone(&self.inner);
        run(py, self.face, self.listener.as_deref(), async move { Asked(inner.lock().await.next().await) })
    }

    /// Ends the requests under way.
    fn close(&self) {
        if self.process == process::id()
            && let Ok(mut inner) = self.inner.try_lock()
        {
            inner.close();
        }
    }

    #[allow(clippy::unused_self)]
    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err("requests under way cannot be pickled"))
    }
}

/// What came of asking.
struct Asked(Result<Option<Surveyed>, (String, Error)>);

impl Finish for Asked {
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        match self.0 {
            Ok(None) => Ok(py.None()),
            Ok(Some(Surveyed { asset_id, found })) => {
                let found = found.map(|asset| asset.finish(py)).transpose()?;
                Ok((asset_id, found).into_pyobject(py)?.into_any().unbind())
            }
            Err((asset_id, error)) => {
                let raised = to_exception(py, &error);
                if !asset_id.is_empty() {
                    let value = raised.value(py);
                    value.setattr("asset_id", &asset_id)?;
                    // Before Python 3.11 exceptions have no notes.
                    let _ = value.call_method1("add_note", (format!("asked about the asset {asset_id}"),));
                }
                Err(raised)
            }
        }
    }
}
