//! What a batch knows about itself without asking.

use pyo3::prelude::*;

use super::field::Field;
use super::models::{AnalyzeBatchStatusResponse, CreateAnalyzeBatchResponse};
use crate::models as core;

fn is_terminal(status: &Bound<'_, PyAny>) -> bool {
    core::BatchStatus::read(status).is_ok_and(|status| status.is_terminal())
}

#[pymethods]
impl AnalyzeBatchStatusResponse {
    /// Whether the batch will not change any more: it is `completed`, `canceled` or
    /// `expired`.
    #[getter]
    fn is_terminal(&self, py: Python<'_>) -> bool {
        is_terminal(self.status.bind(py))
    }

    /// Whether the batch is still being worked on.
    #[getter]
    fn is_active(&self, py: Python<'_>) -> bool {
        !is_terminal(self.status.bind(py))
    }
}

#[pymethods]
impl CreateAnalyzeBatchResponse {
    /// Whether the batch had ended when it was created.
    #[getter]
    fn is_terminal(&self, py: Python<'_>) -> bool {
        is_terminal(self.status.bind(py))
    }

    /// Whether the batch was still to be worked on when it was created.
    #[getter]
    fn is_active(&self, py: Python<'_>) -> bool {
        !is_terminal(self.status.bind(py))
    }
}
