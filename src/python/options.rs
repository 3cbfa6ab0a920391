//! `request_options`, read.

use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyFrozenSet, PyInt, PyList, PySet, PyString, PyTuple};

use super::field::Field;
use super::given::{self, DEEPEST, expected, members, too_deep};
use super::mismatch::{Mismatch, Mismatched};
use super::objects::plain;
use crate::client::{CallOptions, OnMalformed};
use crate::error::Kind;
use crate::models::refuse_unknown;
use crate::transport::{LONGEST_TIMEOUT, check_header};

const NAMES: [&str; 8] = [
    "timeout_in_seconds",
    "max_retries",
    "additional_headers",
    "additional_query_parameters",
    "additional_body_parameters",
    "chunk_size",
    "on_malformed",
    "validate",
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
                add_query(&mut options.query, &key, &entry, 0)
                    .map_err(|mismatch| mismatch.at(key.as_str()))?;
            }
        }
        "additional_body_parameters" => options.body = Field::read(value)?,
        "validate" => options.validate = Some(Field::read(value)?),
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

/// A positive number of seconds, ten years at most.
pub fn read_seconds(value: &Bound<'_, PyAny>) -> Mismatched<Duration> {
    let seconds = f64::read(value)?;
    Duration::try_from_secs_f64(seconds)
        .ok()
        .filter(|duration| !duration.is_zero() && *duration <= LONGEST_TIMEOUT)
        .ok_or_else(|| {
            let most = LONGEST_TIMEOUT.as_secs();
            Mismatch::new(format!(
                "a positive number of seconds, at most {most} (ten years), is expected, not {seconds}"
            ))
        })
}

/// A whole number that is not negative.
pub fn read_count(value: &Bound<'_, PyAny>) -> Mismatched<u32> {
    let is_int = value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>();
    let count = if is_int { value.extract::<i64>().ok() } else { Some(i64::read(value)?) };
    count.and_then(|count| u32::try_from(count).ok()).ok_or_else(|| {
        let most = u32::MAX;
        let told = format!("a number from 0 to {most} is expected");
        Mismatch::new(given::digits(value).map_or(told.clone(), |digits| format!("{told}, not {digits}")))
    })
}

/// A dict of header names and values.
pub fn read_headers(value: &Bound<'_, PyAny>) -> Mismatched<Vec<(String, String)>> {
    let mut headers = Vec::new();
    for (name, entry) in entries(value)? {
        if entry.is_none() {
            continue;
        }
        let at = |mismatch: Mismatch| mismatch.at(name.as_str());
        let text = plain_text(&entry).map_err(at)?.ok_or_else(|| at(expected("a str", &entry)))?;
        check_header("", &name, &text).map_err(|error| {
            at(Mismatch::new(match error.kind() {
                Kind::Invalid(invalid) => invalid.message.clone(),
                _ => error.to_string(),
            }))
        })?;
        headers.push((name, text));
    }
    Ok(headers)
}

/// The items of a mapping with text keys.
pub fn entries<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Vec<(String, Bound<'py, PyAny>)>> {
    let members = members(given)?.ok_or_else(|| expected("a dict", given))?;
    members.into_iter().map(|(name, value)| Ok((given::key(&name)?, value))).collect()
}

/// Lists repeat their key; dicts put theirs in brackets behind it.
fn add_query(
    query: &mut Vec<(String, String)>,
    key: &str,
    value: &Bound<'_, PyAny>,
    depth: usize,
) -> Mismatched<()> {
    if value.is_none() {
        return Ok(());
    }
    if depth == DEEPEST {
        return Err(too_deep());
    }
    if is_list(value) {
        for element in given::array(value)?.unwrap_or_default() {
            add_query(query, key, &element, depth + 1)?;
        }
        return Ok(());
    }
    if let Some(text) = plain_text(value)? {
        query.push((key.to_owned(), text));
        return Ok(());
    }
    let Some(members) = members(value)? else {
        return Err(expected("a text, a number, a bool, or a list or dict of them", value));
    };
    for (inner, entry) in members {
        let inner =
            plain_text(&inner)?.ok_or_else(|| expected("a text, a number or a bool as a name", &inner))?;
        add_query(query, &format!("{key}[{inner}]"), &entry, depth + 1)?;
    }
    Ok(())
}

fn is_list(value: &Bound<'_, PyAny>) -> bool {
    value.is_instance_of::<PyList>()
        || value.is_instance_of::<PyTuple>()
        || value.is_instance_of::<PySet>()
        || value.is_instance_of::<PyFrozenSet>()
}

fn plain_text(value: &Bound<'_, PyAny>) -> Mismatched<Option<String>> {
    if let Ok(truth) = value.cast::<PyBool>() {
        return Ok(Some(truth.is_true().to_string()));
    }
    if value.is_instance_of::<PyInt>() {
        return given::digits(value).map(Some);
    }
    if let Ok(number) = value.cast::<PyFloat>() {
        f64::read(number)?;
        let plain = value.py().get_type::<PyFloat>().call_method1("__repr__", (number,))?;
        return String::read(&plain).map(Some);
    }
    if value.is_instance_of::<PyString>() { String::read(value).map(Some) } else { Ok(None) }
}

/// One text, or several.
pub fn read_words(value: Option<&Bound<'_, PyAny>>, name: &str) -> Mismatched<Vec<String>> {
    let Some(value) = value else { return Ok(Vec::new()) };
    let value = &plain(value).map_err(Mismatch::from)?;
    let words = if value.is_instance_of::<PyString>() {
        String::read(value).map(|word| vec![word])
    } else {
        Vec::read(value)
    };
    words.map_err(|mismatch| mismatch.at(name))
}
