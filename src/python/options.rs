//! `request_options`, read.

use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PySet, PyString, PyTuple};

use super::field::Field;
use super::mismatch::{Mismatch, Mismatched};
use crate::client::{CallOptions, OnMalformed};
use crate::models::refuse_unknown;
use crate::transport::check_header;

const NAMES: [&str; 7] = [
    "timeout_in_seconds",
    "max_retries",
    "additional_headers",
    "additional_query_parameters",
    "additional_body_parameters",
    "chunk_size",
    "on_malformed",
];

/// Reads the options of one call.
pub fn read_options(given: Option<&Bound<'_, PyAny>>) -> PyResult<CallOptions> {
    let mut options = CallOptions::default();
    let Some(given) = given.filter(|given| !given.is_none()) else { return Ok(options) };
    let at = |mismatch: Mismatch| mismatch.at("request_options");
    for (name, value) in entries(given).map_err(at)? {
        if !value.is_none() {
            read_option(&mut options, &name, &value).map_err(|mismatch| at(mismatch.at(name.as_str())))?;
        }
    }
    Ok(options)
}

fn read_option(options: &mut CallOptions, name: &str, value: &Bound<'_, PyAny>) -> Mismatched<()> {
    match name {
        "timeout_in_seconds" => options.timeout = Some(read_seconds(value)?),
        "max_retries" => options.max_retries = Some(read_count(value)?),
        "additional_headers" => options.headers = read_headers(value)?,
        "additional_query_parameters" => {
            for (key, entry) in entries(value)? {
                add_query(&mut options.query, &key, &entry)?;
            }
        }
        "additional_body_parameters" => options.body = Field::read(value)?,
        "on_malformed" => options.on_malformed = Some(read_on_malformed(value)?),
        // Only the size of reads in the vendor's SDK; pieces here are as they arrive.
        "chunk_size" => drop(read_count(value)?),
        _ => return Err(Mismatch::unknown_field(refuse_unknown("request option", name, &NAMES))),
    }
    Ok(())
}

/// `raise`, `yield` or `skip`.
pub fn read_on_malformed(value: &Bound<'_, PyAny>) -> Mismatched<OnMalformed> {
    let word = String::read(value)?;
    OnMalformed::from_word(&word).ok_or_else(|| {
        Mismatch::new(format!("one of {} is expected, not {word:?}", OnMalformed::WORDS.join(", ")))
    })
}

/// A positive, finite number of seconds.
pub fn read_seconds(value: &Bound<'_, PyAny>) -> Mismatched<Duration> {
    let seconds = f64::read(value)?;
    Duration::try_from_secs_f64(seconds)
        .ok()
        .filter(|duration| !duration.is_zero())
        .ok_or_else(|| Mismatch::new(format!("a positive number of seconds is expected, not {seconds}")))
}

/// A whole number that is not negative.
pub fn read_count(value: &Bound<'_, PyAny>) -> Mismatched<u32> {
    let count = i64::read(value)?;
    u32::try_from(count).map_err(|_| Mismatch::new(format!("a number from 0 up is expected, not {count}")))
}

/// A dict of header names and values.
pub fn read_headers(value: &Bound<'_, PyAny>) -> Mismatched<Vec<(String, String)>> {
    let mut headers = Vec::new();
    for (name, entry) in entries(value)? {
        if entry.is_none() {
            continue;
        }
        let text = plain_text(&entry)?
            .ok_or_else(|| Mismatch::new("a str is expected".to_owned()).at(name.as_str()))?;
        check_header("", &name, &text).map_err(|error| Mismatch::new(error.to_string()))?;
        headers.push((name, text));
    }
    Ok(headers)
}

/// The items of a mapping with text keys.
fn entries<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Vec<(String, Bound<'py, PyAny>)>> {
    let mapping = given.cast::<PyMapping>().map_err(|_| Mismatch::new("a dict is expected".to_owned()))?;
    mapping.items()?.iter().map(|pair| pair.extract().map_err(Mismatch::from)).collect()
}

/// Lists repeat their key; dicts put theirs in brackets behind it.
fn add_query(query: &mut Vec<(String, String)>, key: &str, value: &Bound<'_, PyAny>) -> Mismatched<()> {
    if value.is_none() {
        return Ok(());
    }
    if let Ok(nested) = value.cast::<PyDict>() {
        for (inner, entry) in nested {
            add_query(query, &format!("{key}[{}]", inner.str()?), &entry)?;
        }
        return Ok(());
    }
    if is_sequence(value) {
        for element in value.try_iter()? {
            add_query(query, key, &element?)?;
        }
        return Ok(());
    }
    let text = plain_text(value)?.ok_or_else(|| {
        Mismatch::new("a text, a number, a bool, or a list or dict of them is expected".to_owned()).at(key)
    })?;
    query.push((key.to_owned(), text));
    Ok(())
}

fn is_sequence(value: &Bound<'_, PyAny>) -> bool {
    value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() || value.is_instance_of::<PySet>()
}

fn plain_text(value: &Bound<'_, PyAny>) -> Mismatched<Option<String>> {
    if let Ok(truth) = value.cast::<PyBool>() {
        return Ok(Some(truth.is_true().to_string()));
    }
    if value.is_instance_of::<PyInt>() || value.is_instance_of::<PyFloat>() {
        return Ok(Some(value.str()?.to_string()));
    }
    if value.is_instance_of::<PyString>() { String::read(value).map(Some) } else { Ok(None) }
}

/// One text, or several.
pub fn read_words(value: Option<&Bound<'_, PyAny>>, name: &str) -> Mismatched<Vec<String>> {
    match value {
        None => Ok(Vec::new()),
        Some(value) if value.is_instance_of::<PyString>() => Ok(vec![String::read(value)?]),
        Some(value) => Vec::read(value).map_err(|mismatch| mismatch.at(name)),
    }
}
