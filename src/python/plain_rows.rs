//! Plain rows as Python objects, straight from where they arrived.

use pyo3::prelude::*;
use pyo3::types::PyString;

use super::kept::word;
use super::models::{AnalyzeTaskResult, BatchItemError, BatchResultItem};
use super::tokens::Tokens;
use crate::client::Make;
use crate::jsonl::{PlainData, PlainError, PlainRow};
use crate::models as core;

/// What a row is made into.
pub enum MadeRow {
    /// The object, or why it could not be made.
    Object(PyResult<Py<PyAny>>),
    /// The item, of which an object is still to be made.
    Item(Box<core::BatchResultItem>),
}

/// Makes objects of plain rows. That runs no code of Python's, not even its garbage
/// collector's: none of what is made here may refer to others of its kind. So
/// it can be done where the source is held.
pub struct MakeObjects<'py> {
    /// The interpreter.
    pub py: Python<'py>,
}

impl Make for MakeObjects<'_> {
    type Made = MadeRow;

    fn plain(&mut self, row: &PlainRow<'_>) -> MadeRow {
        MadeRow::Object(show_row(self.py, row))
    }

    fn item(&mut self, item: Box<core::BatchResultItem>) -> MadeRow {
        MadeRow::Item(item)
    }
}

fn show_row(py: Python<'_>, row: &PlainRow<'_>) -> PyResult<Py<PyAny>> {
    let record = BatchResultItem {
        task_id: text(py, row.task_id),
        custom_id: optional_text(py, row.custom_id),
        status: show_status(py, row.status),
        data: row.data.as_ref().map_or_else(|| Ok(py.None()), |data| show_data(py, data))?,
        error: row.error.as_ref().map_or_else(|| Ok(py.None()), |error| show_error(py, error))?,
        // What has a null where it may have one counts as set.
        set: bits([true, true, true, row.data.is_some(), row.error.is_some()]),
        extra: None,
    };
    Ok(Py::new(py, record)?.into_any())
}

fn show_data(py: Python<'_>, data: &PlainData<'_>) -> PyResult<Py<PyAny>> {
    let record = AnalyzeTaskResult {
        generation_id: optional_text(py, data.generation_id),
        data: optional_text(py, data.data),
        finish_reason: data.finish_reason.map_or_else(|| py.None(), |reason| show_reason(py, reason)),
        usage: data.usage.map_or_else(|| Tokens::Object(py.None()), Tokens::Counted),
        set: bits([
            data.generation_id.is_some(),
            data.data.is_some(),
            data.finish_reason.is_some(),
            data.usage.is_some(),
        ]),
        extra: None,
    };
    Ok(Py::new(py, record)?.into_any())
}

fn show_error(py: Python<'_>, error: &PlainError<'_>) -> PyResult<Py<PyAny>> {
    let record = BatchItemError {
        code: optional_text(py, error.code),
        message: optional_text(py, error.message),
        set: bits([error.code.is_some(), error.message.is_some()]),
        extra: None,
    };
    Ok(Py::new(py, record)?.into_any())
}

fn text(py: Python<'_>, text: &str) -> Py<PyAny> {
    PyString::new(py, text).into_any().unbind()
}

fn optional_text(py: Python<'_>, given: Option<&str>) -> Py<PyAny> {
    given.map_or_else(|| py.None(), |given| text(py, given))
}

/// Words that come again and again are one object.
fn show_status(py: Python<'_>, status: &str) -> Py<PyAny> {
    let known = match status {
        "ready" => word!(py, "ready"),
        "failed" => word!(py, "failed"),
        "canceled" => word!(py, "canceled"),
        other => return PyString::intern(py, other).into_any().unbind(),
    };
    known.clone().into_any().unbind()
}

fn show_reason(py: Python<'_>, reason: &str) -> Py<PyAny> {
    let known = match reason {
        "stop" => word!(py, "stop"),
        "length" => word!(py, "length"),
        other => return PyString::intern(py, other).into_any().unbind(),
    };
    known.clone().into_any().unbind()
}

/// Which of a record's fields were set, in their order.
pub(super) fn bits<const N: usize>(set: [bool; N]) -> u64 {
    set.iter().rev().fold(0, |bits, is_set| bits << 1 | u64::from(*is_set))
}
