//! Something that a user passed and that does not fit.

use pyo3::prelude::*;

use super::errors::{raise_unknown_field, raise_validation};

/// The result of reading what a user passed.
pub type Mismatched<T> = Result<T, Mismatch>;

/// What did not fit, and where; or an exception that came up on the way.
#[derive(Debug)]
pub enum Mismatch {
    /// A value that does not fit.
    Refused(Box<Refusal>),
    /// An exception of Python code that was called.
    Raised(PyErr),
}

/// A refused value.
#[derive(Debug)]
pub struct Refusal {
    /// Steps from the value up to what was passed.
    steps: Vec<Step>,
    message: String,
    is_unknown_field: bool,
}

/// One step into what was passed.
#[derive(Debug)]
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
        Self::Refused(Box::new(Refusal { steps: Vec::new(), message, is_unknown_field: false }))
    }

    /// A field that does not exist.
    pub fn unknown_field(message: String) -> Self {
        Self::Refused(Box::new(Refusal { steps: Vec::new(), message, is_unknown_field: true }))
    }

    /// Says one step more precisely where.
    #[must_use]
    pub fn at(mut self, step: impl Into<Step>) -> Self {
        if let Self::Refused(refusal) = &mut self {
            refusal.steps.push(step.into());
        }
        self
    }
}

impl From<Mismatch> for PyErr {
    fn from(mismatch: Mismatch) -> Self {
        match mismatch {
            Mismatch::Raised(error) => error,
            Mismatch::Refused(refusal) => Python::attach(|py| {
                let path = tell_path(&refusal.steps);
                if refusal.is_unknown_field {
                    raise_unknown_field(py, &path, &refusal.message)
                } else {
                    raise_validation(py, &path, &refusal.message)
                }
            }),
        }
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
            Step::Field(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
        }
    }
    path
}
