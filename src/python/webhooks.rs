//! Notices, for Python. What is given is made plain by `webhooks.py`.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::time::Duration;

use jiff::Timestamp;
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};
use serde_json::{Map, Value};

use super::errors::{raise_payload, raise_signature};
use super::field::Field;
use crate::webhook::{self, Event};

/// What the platform tells a webhook.
///
/// The platform documents the events of tasks, of the types `analyze.task.ready`,
/// `analyze.task.failed`, `analyze.task.canceled`, `index.task.ready` and
/// `index.task.failed`. It does not document the type and the data of the event
/// for a batch: nothing of an event is dropped, and `is_batch`, `batch_id` and
/// `status` tell what can be told. Fields that are not known are attributes too.
#[pyclass(frozen, module = "twelvelabs_batches.webhooks")]
pub struct WebhookEvent {
    event: Event,
    data: Py<PyDict>,
}

#[pymethods]
impl WebhookEvent {
    /// Its identifier: the same each time the same event is delivered.
    #[getter]
    fn id(&self) -> &str {
        &self.event.id
    }

    /// When it happened.
    #[getter]
    fn created_at<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.event.created_at.show(py)
    }

    /// What happened, such as `analyze.task.ready`.
    #[getter]
    fn r#type(&self) -> &str {
        &self.event.kind
    }

    /// What is said about it, as it came.
    #[getter]
    fn data(&self, py: Python<'_>) -> Py<PyDict> {
        self.data.clone_ref(py)
    }

    /// Whether it is about a batch: its type has the word `batch`, or neither
    /// `batch` nor `task` while `data` has a `batch_id`.
    #[getter]
    fn is_batch(&self) -> bool {
        self.event.is_batch()
    }

    /// The batch that it is about, or that its task is part of, if `data` tells.
    #[getter]
    fn batch_id(&self) -> Option<&str> {
        self.event.batch_id()
    }

    /// The status of the batch or the task, if `data` tells.
    #[getter]
    fn status(&self) -> Option<&str> {
        self.event.status()
    }

    /// All of it, as it came.
    fn dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.event.fields.show(py)
    }

    fn __getattr__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        match self.event.fields.get(name) {
            Some(value) => value.show(py),
            None => {
                Err(PyAttributeError::new_err(format!("'WebhookEvent' object has no attribute '{name}'")))
            }
        }
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| other.get().event.fields == self.event.fields)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.event.id.hash(&mut hasher);
        hasher.finish()
    }

    #[classattr]
    fn __match_args__() -> (&'static str, &'static str, &'static str, &'static str) {
        ("id", "created_at", "type", "data")
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let parse = py.import("twelvelabs_batches._native")?.getattr("parse_notice")?;
        let body = Value::Object(self.event.fields.clone()).to_string();
        Ok((parse, PyTuple::new(py, [PyBytes::new(py, body.as_bytes())])?))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let data = self.data.bind(py).repr()?;
        Ok(format!(
            "WebhookEvent(id={:?}, created_at={:?}, type={:?}, data={data})",
            self.event.id,
            self.event.created_at.to_string(),
            self.event.kind,
        ))
    }
}

/// Reads the body of a notice.
#[pyfunction]
pub fn parse_notice(py: Python<'_>, payload: &[u8]) -> PyResult<WebhookEvent> {
    let event = Event::parse(payload).map_err(|error| raise_payload(py, &error.to_string()))?;
    let nothing = Map::new();
    let data = event.fields.get("data").and_then(Value::as_object).unwrap_or(&nothing).show(py)?;
    Ok(WebhookEvent { data: data.cast_into::<PyDict>()?.unbind(), event })
}

/// Checks a signature. Times are in seconds; without `now` the time is the real one.
#[pyfunction]
#[pyo3(signature = (payload, signature, secrets, tolerance, now))]
// Arguments from Python are owned.
#[allow(clippy::needless_pass_by_value)]
pub fn verify_notice(
    py: Python<'_>,
    payload: &[u8],
    signature: Option<&str>,
    secrets: Vec<Vec<u8>>,
    tolerance: Option<f64>,
    now: Option<f64>,
) -> PyResult<()> {
    let tolerance = tolerance.map(|seconds| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX));
    let now = match now {
        Some(seconds) => instant(seconds),
        None => Timestamp::now(),
    };
    webhook::verify(signature, payload, &secrets, tolerance, now)
        .map_err(|error| raise_signature(py, &error.to_string(), error.reason()))
}

/// Signs a body as the platform does.
#[pyfunction]
#[pyo3(signature = (payload, secret, timestamp))]
pub fn sign_notice(payload: &[u8], secret: &[u8], timestamp: Option<i64>) -> String {
    webhook::sign(payload, secret, timestamp.unwrap_or_else(|| Timestamp::now().as_second()))
}

/// The nearest instant in the calendar.
fn instant(seconds: f64) -> Timestamp {
    let end = if seconds < 0.0 { Timestamp::MIN } else { Timestamp::MAX };
    jiff::SignedDuration::try_from_secs_f64(seconds)
        .ok()
        .and_then(|since| Timestamp::UNIX_EPOCH.checked_add(since).ok())
        .unwrap_or(end)
}
