//! Faults of the emulator, for Python.

use pyo3::prelude::*;
use pyo3::types::PyString;
use serde_json::Value;

use super::errors::raise_emulator;
use super::field::Field;
use super::given::{self, Members, expected, members};
use super::json;
use crate::emulator::Fault;
use crate::emulator::options::OptionDescription;

/// Reads a fault from a dict or from words such as `on=list,status=503`.
pub fn read_fault(given: &Bound<'_, PyAny>) -> PyResult<Fault> {
    let py = given.py();
    if given.is_instance_of::<PyString>() {
        let text = given::text(given, "a str")?;
        return Fault::parse(&text).map_err(|error| raise_emulator(py, &error.to_string()));
    }
    match members(given)? {
        Some(members) => build_fault(py, members),
        None => Err(expected("a dict or a str", given).into()),
    }
}

/// Makes a fault from names and values.
pub fn build_fault(py: Python<'_>, members: Members<'_>) -> PyResult<Fault> {
    let mut fault = Fault::default();
    for (name, value) in members {
        let name = given::key(&name)?;
        let value = json::read(&value).map_err(|mismatch| mismatch.at(name.as_str()))?;
        fault.set(&name, &value).map_err(|error| raise_emulator(py, &error.to_string()))?;
    }
    fault.validate().map_err(|error| raise_emulator(py, &error.to_string()))?;
    Ok(fault)
}

/// Name, kind, default, choices, help, and whether it can be nothing.
pub type Described<'py> =
    (&'static str, String, Bound<'py, PyAny>, Option<Vec<&'static str>>, &'static str, bool);

/// Options as Python has them.
pub fn describe(py: Python<'_>, options: Vec<OptionDescription>) -> PyResult<Vec<Described<'_>>> {
    let describe = |option: OptionDescription| {
        let kind = format!("{:?}", option.kind).to_lowercase();
        let default: Value = option.default;
        Ok((
            option.name,
            kind,
            default.show(py)?,
            option.choices.map(<[_]>::to_vec),
            option.help,
            option.optional,
        ))
    };
    options.into_iter().map(describe).collect()
}

/// The options of a fault: name, kind, default, choices, help and whether
/// each can be nothing.
#[pyfunction]
pub fn describe_faults(py: Python<'_>) -> PyResult<Vec<Described<'_>>> {
    describe(py, Fault::describe())
}
