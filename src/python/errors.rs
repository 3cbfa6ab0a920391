//! Failures as exceptions. The classes are Python's: see `errors.py`.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyModule, PyTuple};

use super::field::Field;
use super::kept::Kept;
use super::mismatch::{Refusal, UNKNOWN_FIELD};
use super::runtime::Finish;
use crate::error::{Error, Finding, Kind, Report, TimeLimit};

fn class<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    static MODULE: Kept<Py<PyModule>> = Kept::new();
    let module = MODULE.get_or_try_make(py, || py.import("twelvelabs_batches.errors").map(Bound::unbind))?;
    module.bind(py).getattr(name)
}

/// Makes an exception of the class `name` from a message and further fields.
fn raise(py: Python<'_>, name: &str, message: &str, fields: &Bound<'_, PyDict>) -> PyErr {
    class(py, name)
        .and_then(|class| class.getattr("_make")?.call((message,), Some(fields)))
        .map_or_else(|error| error, PyErr::from_value)
}

/// Values that do not fit, told at once.
pub fn raise_refusals(py: Python<'_>, refusals: &[Refusal]) -> PyErr {
    let violations = refusals.iter().map(Refusal::finding).collect();
    to_exception(py, &Kind::Rejected(Box::new(Report { violations, ..Report::default() })).into())
}

/// Findings as tuples: path, value, rule, message, hint and source.
pub fn show_findings<'py>(py: Python<'py>, findings: &[Finding]) -> PyResult<Bound<'py, PyAny>> {
    let shown = findings
        .iter()
        .map(|finding| {
            let value = pythonize::pythonize(py, &finding.value)?;
            let Finding { path, rule, message, hint, source, .. } = finding;
            (path, value, rule, message, hint.as_deref(), source).into_pyobject(py)
        })
        .collect::<PyResult<Vec<_>>>()?;
    Ok(PyTuple::new(py, shown)?.into_any())
}

/// What is said of a report, beside its message.
fn describe_report(py: Python<'_>, report: &Report, fields: &Bound<'_, PyDict>) -> PyResult<&'static str> {
    if let Some(first) = report.violations.first() {
        fields.set_item("path", &first.path)?;
        fields.set_item("message", first.to_string())?;
    }
    fields.set_item("violations", show_findings(py, &report.violations)?)?;
    fields.set_item("warnings", show_findings(py, &report.warnings)?)?;
    // A name that does not exist stays a kind of `TypeError`, whatever else is wrong: a required
    // field whose name is misspelled is missing as well.
    let has_unknown_field = report.violations.iter().any(|finding| finding.rule == UNKNOWN_FIELD);
    Ok(if has_unknown_field { "UnknownFieldError" } else { "ValidationError" })
}

/// The exception for a failure.
pub fn to_exception(py: Python<'_>, error: &Error) -> PyErr {
    let fields = PyDict::new(py);
    let raised = match describe(py, error, &fields) {
        Ok(name) => raise(py, name, &error.to_string(), &fields),
        Err(error) => error,
    };
    if let Some(cause) = error.cause() {
        raised.set_cause(py, Some(to_exception(py, cause)));
    }
    raised
}

/// Names the class for a failure and fills in its fields. Which class is a
/// promise to users: a new kind of failure must be decided here.
fn describe(py: Python<'_>, error: &Error, fields: &Bound<'_, PyDict>) -> PyResult<&'static str> {
    if let Some(history) = error.history() {
        fields.set_item("attempts", history.attempts)?;
        fields.set_item("elapsed", history.elapsed.as_secs_f64())?;
    }
    Ok(match error.kind() {
        Kind::Invalid(invalid) => {
            fields.set_item("path", &invalid.path)?;
            "ValidationError"
        }
        Kind::Rejected(report) => describe_report(py, report, fields)?,
        Kind::MissingApiKey => "MissingApiKeyError",
        Kind::Closed => "ClientClosedError",
        Kind::Api(failure) => {
            let headers = PyDict::new(py);
            for (name, value) in &failure.headers {
                join(&headers, name, value)?;
            }
            fields.set_item("headers", headers)?;
            fields.set_item("status_code", failure.status)?;
            fields.set_item("body", pythonize::pythonize(py, &failure.body)?)?;
            fields.set_item("code", failure.code.as_deref())?;
            fields.set_item("message", failure.message.as_deref())?;
            fields.set_item(
                "details",
                failure.details.as_ref().map(|d| pythonize::pythonize(py, d)).transpose()?,
            )?;
            fields.set_item("request_id", failure.request_id.as_deref())?;
            fields.set_item("retry_after", failure.retry_after.map(|after| after.as_secs_f64()))?;
            "ApiError"
        }
        Kind::Connect { .. } => "ConnectError",
        Kind::Interrupted { received, .. } => {
            fields.set_item("bytes_received", received)?;
            "InterruptedAnswerError"
        }
        Kind::Timeout { limit, after } => {
            fields.set_item("seconds", after.as_secs_f64())?;
            fields.set_item(
                "limit",
                match limit {
                    TimeLimit::Connect => "connect",
                    TimeLimit::Read => "read",
                    TimeLimit::Total => "total",
                },
            )?;
            "RequestTimeoutError"
        }
        Kind::UnexpectedBody(body) => {
            fields.set_item("status_code", body.status)?;
            fields.set_item("content_type", body.content_type.as_deref())?;
            fields.set_item("excerpt", &body.excerpt)?;
            fields.set_item("request_id", body.request_id.as_deref())?;
            "UnexpectedBodyError"
        }
        Kind::MalformedRow(row) => {
            fields.set_item("row", row.row)?;
            fields.set_item("offset", row.offset)?;
            fields.set_item("reason", &row.reason)?;
            fields.set_item("excerpt", &row.excerpt)?;
            fields.set_item("raw", PyBytes::new(py, &row.raw))?;
            "MalformedRowError"
        }
        Kind::Incomplete(incomplete) => {
            fields.set_item("expected", incomplete.expected)?;
            fields.set_item("received", incomplete.received)?;
            "IncompleteResultsError"
        }
        Kind::CreateOutcomeUnknown(unknown) => {
            fields.set_item("finding", &unknown.finding)?;
            fields.set_item("candidates", Vec::show(&unknown.candidates, py)?)?;
            fields.set_item("idempotency_key", &unknown.idempotency_key)?;
            "CreateOutcomeUnknownError"
        }
        Kind::WaitTimeout(timeout) => {
            fields.set_item("batch_id", &timeout.batch_id)?;
            fields.set_item("batch", timeout.batch.as_ref().map(|batch| batch.show(py)).transpose()?)?;
            fields.set_item("seconds", timeout.waited.as_secs_f64())?;
            "WaitTimeoutError"
        }
        Kind::Journal(failure) => {
            fields.set_item("path", failure.path.as_deref())?;
            fields.set_item("reason", &failure.reason)?;
            if failure.is_in_use { "JournalInUseError" } else { "JournalError" }
        }
        Kind::RunStopped(stopped) => {
            fields.set_item("reason", &stopped.reason)?;
            fields.set_item("waiting", stopped.waiting)?;
            "RunStoppedError"
        }
        Kind::RunGaps(gaps) => {
            fields.set_item("missing", gaps.missing.len())?;
            "RunIncompleteError"
        }
    })
}

/// Repeated headers are joined, as HTTP allows.
pub fn join(headers: &Bound<'_, PyDict>, name: &str, value: &str) -> PyResult<()> {
    match headers.get_item(name)? {
        Some(first) => headers.set_item(name, format!("{}, {value}", first.extract::<String>()?)),
        None => headers.set_item(name, value),
    }
}

impl<T: Finish> Finish for Result<T, Error> {
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        match self {
            Ok(value) => value.finish(py),
            Err(error) => Err(to_exception(py, &error)),
        }
    }
}

/// A stream that cannot be read here.
pub fn raise_stream(py: Python<'_>, message: &str) -> PyErr {
    raise(py, "StreamClosedError", message, &PyDict::new(py))
}

/// A notice that is not to be trusted.
pub fn raise_signature(py: Python<'_>, message: &str, reason: &str) -> PyErr {
    let fields = PyDict::new(py);
    match fields.set_item("reason", reason) {
        Ok(()) => raise(py, "WebhookSignatureError", message, &fields),
        Err(error) => error,
    }
}

/// A notice that cannot be read.
pub fn raise_payload(py: Python<'_>, message: &str) -> PyErr {
    raise(py, "WebhookPayloadError", message, &PyDict::new(py))
}

/// An emulator that cannot be set up so.
pub fn raise_emulator(py: Python<'_>, message: &str) -> PyErr {
    raise(py, "EmulatorError", message, &PyDict::new(py))
}
