//! JSON values from Python objects and back.

use pyo3::exceptions::{PyRecursionError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString};
use serde_json::{Map, Number, Value};

use super::given::{self, DEEPEST, expected, members_of, too_deep};
use super::mismatch::{Mismatch, Mismatched};
use super::models::dump_record;
use super::objects::{Member, entries, plain};

/// Reads a JSON value. What JSON cannot say is refused.
pub fn read(given: &Bound<'_, PyAny>) -> Mismatched<Value> {
    read_at(given, 0)
}

fn read_at(given: &Bound<'_, PyAny>, depth: usize) -> Mismatched<Value> {
    let given = &plain(given)?;
    if given.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(truth) = given.cast::<PyBool>() {
        return Ok(Value::Bool(truth.is_true()));
    }
    if given.is_instance_of::<PyString>() {
        return given::text(given, "a str").map(Value::String);
    }
    if given.is_instance_of::<PyInt>() {
        return read_integer(given);
    }
    if let Ok(number) = given.cast::<PyFloat>() {
        let number = number.value();
        let finite = Number::from_f64(number).map(Value::Number);
        return finite.ok_or_else(|| Mismatch::new(format!("{number} is no JSON number")));
    }
    if let Some(dumped) = dump_record(given) {
        return read_at(dumped?.as_any(), depth);
    }
    if let Some(entries) = entries(given)? {
        refuse_depth(depth)?;
        let mut object = Map::new();
        for Member { name, alias, value } in entries {
            let name = given::key(&alias.unwrap_or(name))?;
            let value = read_at(&value, depth + 1).map_err(|mismatch| mismatch.at(name.as_str()))?;
            object.insert(name, value);
        }
        return Ok(Value::Object(object));
    }
    let Some(elements) = given::array(given)? else { return Err(expected("a JSON value", given)) };
    refuse_depth(depth)?;
    let mut list = Vec::new();
    for (index, element) in elements.iter().enumerate() {
        list.push(read_at(element, depth + 1).map_err(|mismatch| mismatch.at(index))?);
    }
    Ok(Value::Array(list))
}

fn refuse_depth(depth: usize) -> Mismatched<()> {
    if depth < DEEPEST { Ok(()) } else { Err(too_deep()) }
}

fn read_integer(given: &Bound<'_, PyAny>) -> Mismatched<Value> {
    let number = given.extract::<i64>().map(Value::from).or_else(|_| given.extract::<u64>().map(Value::from));
    // Other readers would make a nearby number of it.
    number.map_err(|_| Mismatch::new("the number is too large: 64 bits are allowed".to_owned()))
}

/// Shows a JSON value as Python objects of its own.
pub fn show<'py>(value: &(impl serde::Serialize + ?Sized), py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
    Ok(pythonize::pythonize(py, value)?)
}

/// The Python objects that JSON text stands for.
pub fn parse<'py>(text: &Bound<'py, PyAny>) -> Mismatched<Bound<'py, PyAny>> {
    let module = text.py().import("json")?;
    let parsed = module.call_method1("loads", (text,));
    parsed.map_err(|error| {
        if error.is_instance_of::<PyRecursionError>(text.py()) {
            return too_deep();
        }
        let is_malformed = error.is_instance_of::<PyValueError>(text.py());
        if is_malformed {
            Mismatch::new(format!("it is not JSON: {}", error.value(text.py())))
        } else {
            error.into()
        }
    })
}

/// Copies dicts and lists, and those within them; everything else is shared.
pub fn copy<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    copy_at(value, 0)
}

fn copy_at<'py>(value: &Bound<'py, PyAny>, depth: usize) -> PyResult<Bound<'py, PyAny>> {
    let py = value.py();
    let deeper = || {
        if depth < DEEPEST {
            return Ok(depth + 1);
        }
        Err(PyRecursionError::new_err("the value is nested too deep, or contains itself"))
    };
    if let Ok(dict) = value.cast::<PyDict>() {
        let copied = PyDict::new(py);
        for (name, value) in members_of(dict)? {
            copied.set_item(name, copy_at(&value, deeper()?)?)?;
        }
        return Ok(copied.into_any());
    }
    if let Ok(list) = value.cast::<PyList>() {
        let copied = list.iter().map(|element| copy_at(&element, deeper()?)).collect::<PyResult<Vec<_>>>()?;
        return Ok(PyList::new(py, copied)?.into_any());
    }
    Ok(value.clone())
}
