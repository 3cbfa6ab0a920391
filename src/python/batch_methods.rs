//! What a batch knows about itself without asking.

use jiff::Timestamp;
use pyo3::prelude::*;

use super::field::Field;
use super::models::{AnalyzeBatchStatusResponse, CreateAnalyzeBatchResponse};
use crate::models as core;

fn is_terminal(status: &Bound<'_, PyAny>) -> bool {
    core::BatchStatus::read(status).is_ok_and(|status| status.is_terminal())
}

/// Objects may hold anything, where they were made without looking.
fn count(py: Python<'_>, field: &Py<PyAny>) -> i64 {
    i64::read(field.bind(py)).map_or(0, |count| count.max(0))
}

fn time(py: Python<'_>, field: &Py<PyAny>) -> Option<Timestamp> {
    core::Time::read(field.bind(py)).ok().map(|time| time.0)
}

/// Seconds from one time to another, never negative.
fn seconds(from: Timestamp, to: Timestamp) -> f64 {
    to.duration_since(from).as_secs_f64().max(0.0)
}

/// Seconds from the creation of a batch until it ended, or until now.
fn elapsed(created: Option<Timestamp>, ended: Option<Timestamp>) -> f64 {
    created.map_or(0.0, |created| seconds(created, ended.unwrap_or_else(Timestamp::now)))
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
        !self.is_terminal(py)
    }

    /// Share of items that have ended, well or not, from 0 to 1; 1 when the batch is
    /// terminal.
    #[getter]
    #[allow(clippy::cast_precision_loss)] // a share is told, no count
    fn progress(&self, py: Python<'_>) -> f64 {
        let total = count(py, &self.total_items);
        if self.is_terminal(py) || total == 0 {
            return 1.0;
        }
        (self.ended(py) as f64 / total as f64).min(1.0)
    }

    /// Seconds from the creation of the batch until it ended, or until now by this
    /// machine's clock.
    #[getter]
    fn elapsed(&self, py: Python<'_>) -> f64 {
        elapsed(time(py, &self.created_at), self.end(py))
    }

    /// Seconds until the batch is likely to end, if the items that are left take as
    /// long as those that have ended; not past its expiry. 0 when it is terminal;
    /// `None` while no item has ended, or if the batch was created in the future by this
    /// machine's clock.
    #[getter]
    fn remaining_estimate(&self, py: Python<'_>) -> Option<f64> {
        if self.is_terminal(py) {
            return Some(0.0);
        }
        let elapsed = self.elapsed(py);
        // A batch that was created in the future tells that this machine's clock is wrong.
        if self.ended(py) == 0 || elapsed <= 0.0 {
            return None;
        }
        let share = self.progress(py);
        let rest = elapsed * (1.0 - share) / share;
        let most = time(py, &self.expires_at).map(|expires| seconds(Timestamp::now(), expires));
        Some(most.map_or(rest, |most| rest.min(most)))
    }
}

impl AnalyzeBatchStatusResponse {
    fn ended(&self, py: Python<'_>) -> i64 {
        let counts = [&self.ready_items, &self.failed_items, &self.canceled_items];
        counts.iter().fold(0, |sum: i64, field| sum.saturating_add(count(py, field)))
    }

    /// When it ended, if it has.
    fn end(&self, py: Python<'_>) -> Option<Timestamp> {
        if !self.is_terminal(py) {
            return None;
        }
        let told = [&self.completed_at, &self.canceled_at, &self.expired_at];
        told.iter().find_map(|field| time(py, field)).or_else(|| end_by_expiry(time(py, &self.expires_at)))
    }
}

/// No batch goes on after its expiry.
fn end_by_expiry(expires: Option<Timestamp>) -> Option<Timestamp> {
    expires.map(|expires| expires.min(Timestamp::now()))
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
        !self.is_terminal(py)
    }

    /// Share of items that had ended when the batch was created: 0, or 1 when it was
    /// terminal.
    #[getter]
    fn progress(&self, py: Python<'_>) -> f64 {
        f64::from(u8::from(self.is_terminal(py)))
    }

    /// Seconds from the creation of the batch until now by this machine's clock, but
    /// not past its expiry.
    #[getter]
    fn elapsed(&self, py: Python<'_>) -> f64 {
        elapsed(time(py, &self.created_at), end_by_expiry(time(py, &self.expires_at)))
    }

    /// Seconds until the batch is likely to end: unknown at its creation, so `None`;
    /// 0 when it was terminal.
    #[getter]
    fn remaining_estimate(&self, py: Python<'_>) -> Option<f64> {
        self.is_terminal(py).then_some(0.0)
    }
}
