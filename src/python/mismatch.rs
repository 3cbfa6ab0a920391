//! Something that a user passed and that does not fit.

use pyo3::prelude::*;

use super::errors::raise_refusals;
use crate::error::Finding;
use crate::models::shorten;

/// The result of reading what a user passed.
pub type Mismatched<T> = Result<T, Mismatch>;

/// What did not fit, and where; or an exception that came up on the way.
#[derive(Debug)]
pub enum Mismatch {
    /// Values that do not fit, at least one.
    Refused(Vec<Refusal>),
    /// An exception of Python code that was called.
    Raised(PyErr),
}

/// The rule that names of fields are known.
pub const UNKNOWN_FIELD: &str = "unknown_field";

/// A refused value.
#[derive(Debug)]
pub struct Refusal {
    /// Steps from the value up to what was passed.
    steps: Vec<Step>,
    /// What is wrong with it, and what is allowed.
    pub message: String,
    /// Whether it is a name that the platform does not have.
    pub is_unknown_field: bool,
}

impl Refusal {
    /// Where the value is in what was passed, such as `requests[3].custom_id`.
    pub fn path(&self) -> String {
        tell_path(&self.steps)
    }

    /// The field of what was passed that the value is in.
    pub fn field(&self) -> Option<&str> {
        match self.steps.last() {
            Some(Step::Field(name)) => Some(name),
            _ => None,
        }
    }

    /// As a finding: reading values is a rule too.
    pub fn finding(&self) -> Finding {
        Finding {
            path: self.path(),
            value: serde_json::Value::Null,
            rule: if self.is_unknown_field { UNKNOWN_FIELD } else { "type" },
            message: self.message.clone(),
            hint: None,
            source: "",
        }
    }
}

/// One step into what was passed.
#[derive(Debug, Clone)]
pub enum Step {
    /// Into a field.
    Field(String),
    /// Into an element.
    Element(usize),
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Element(index)
    }
}

impl From<&str> for Step {
    fn from(name: &str) -> Self {
        Self::Field(name.to_owned())
    }
}

impl From<PyErr> for Mismatch {
    fn from(error: PyErr) -> Self {
        Self::Raised(error)
    }
}

impl Mismatch {
    /// A value that does not fit.
    pub fn new(message: String) -> Self {
        Self::Refused(vec![Refusal { steps: Vec::new(), message, is_unknown_field: false }])
    }

    /// A field that does not exist.
    pub fn unknown_field(message: String) -> Self {
        Self::Refused(vec![Refusal { steps: Vec::new(), message, is_unknown_field: true }])
    }

    /// Says one step more precisely where.
    #[must_use]
    pub fn at(mut self, step: impl Into<Step>) -> Self {
        if let Self::Refused(refusals) = &mut self {
            let step = step.into();
            for refusal in refusals {
                refusal.steps.push(step.clone());
            }
        }
        self
    }
}

impl From<Mismatch> for PyErr {
    fn from(mismatch: Mismatch) -> Self {
        match mismatch {
            Mismatch::Raised(error) => error,
            Mismatch::Refused(refusals) => Python::attach(|py| raise_refusals(py, &refusals)),
        }
    }
}

/// Gathers everything that does not fit, so that all of it is told at once.
#[derive(Debug, Default)]
pub struct Gathered {
    refusals: Vec<Refusal>,
}

/// So many are enough to see what is wrong.
const MOST_GATHERED: usize = 1_000;

impl Gathered {
    /// The value, if it fits. Exceptions are not gathered, and neither is more
    /// than anybody would read.
    pub fn take<T>(&mut self, read: Mismatched<T>) -> Mismatched<Option<T>> {
        match read {
            Ok(value) => Ok(Some(value)),
            Err(Mismatch::Refused(refusals)) if self.refusals.len() < MOST_GATHERED => {
                self.refusals.extend(refusals);
                Ok(None)
            }
            Err(Mismatch::Refused(_)) => Err(Mismatch::Refused(std::mem::take(&mut self.refusals))),
            Err(raised) => Err(raised),
        }
    }

    /// Refuses if anything did not fit.
    pub fn finish(self) -> Mismatched<()> {
        if self.refusals.is_empty() { Ok(()) } else { Err(Mismatch::Refused(self.refusals)) }
    }
}

/// What contains itself has a path without an end.
const LONGEST_PATH: usize = 16;

fn tell_path(steps: &[Step]) -> String {
    let mut path = String::new();
    for (count, step) in steps.iter().rev().enumerate() {
        if count == LONGEST_PATH {
            path.push('…');
            break;
        }
        match step {
            Step::Element(index) => path.extend(["[", &index.to_string(), "]"]),
            // As rules tell their paths: names that would not be told apart stand in brackets.
            Step::Field(name) if !path.is_empty() && !is_plain(name) => {
                path.extend(["[", &format!("{:?}", shorten(name)), "]"]);
            }
            Step::Field(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(&shorten(name));
            }
        }
    }
    path
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.contains(['.', '[', ']', '"', '\\']) && !name.contains(char::is_control)
}
