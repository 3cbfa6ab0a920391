//! The tokens of an analysis.

use pyo3::prelude::*;

use super::models::AnalyzeTaskResultUsage;
use super::plain_rows::bits;
use super::record::Stored;
use crate::jsonl::PlainUsage;

/// The tokens of an analysis. Of those that were counted an object is made when they are
/// looked at: it would be a third object for every row, and few look at it.
pub enum Tokens {
    /// Nothing, or whatever came or was given in their place.
    Object(Py<PyAny>),
    /// As they were counted.
    Counted(PlainUsage),
}

impl Stored for Tokens {
    fn store(object: Py<PyAny>) -> Self {
        Self::Object(object)
    }

    fn object<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Self::Object(object) => object.object(py),
            Self::Counted(usage) => Ok(Bound::new(py, show_usage(py, usage)?)?.into_any()),
        }
    }
}

impl<'py> IntoPyObject<'py> for &Tokens {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.object(py)
    }
}

fn show_usage(py: Python<'_>, usage: &PlainUsage) -> PyResult<AnalyzeTaskResultUsage> {
    Ok(AnalyzeTaskResultUsage {
        output_tokens: usage.output_tokens.into_pyobject(py)?.unbind(),
        input_tokens: usage.input_tokens.into_pyobject(py)?.unbind(),
        set: bits([usage.output_tokens.is_some(), usage.input_tokens.is_some()]),
        extra: None,
    })
}
