//! Arguments of a client, read.

use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::mismatch::{Mismatch, Mismatched};
use super::options::{read_count, read_seconds};
use crate::transport::Timeouts;

/// A path, as `open` takes it.
pub fn read_path(given: &Bound<'_, PyAny>) -> Mismatched<PathBuf> {
    given.extract().map_err(|_| Mismatch::new("the path of a file is expected".to_owned()))
}

/// How many requests are under way at once, from 1 to 100.
pub fn read_most_at_once(given: &Bound<'_, PyAny>) -> Mismatched<usize> {
    const MOST: u32 = 100;
    let count = read_count(given)?;
    if (1..=MOST).contains(&count) {
        return Ok(usize::try_from(count).unwrap_or(1));
    }
    Err(Mismatch::new(format!("a number from 1 to {MOST} is expected, not {count}")))
}

/// Reads an argument that may be left out.
pub fn read_argument<T>(
    name: &str,
    given: Option<&Bound<'_, PyAny>>,
    read: impl FnOnce(&Bound<'_, PyAny>) -> Mismatched<T>,
) -> PyResult<Option<T>> {
    Ok(given.map(read).transpose().map_err(|mismatch| mismatch.at(name))?)
}

/// A number of seconds for everything, or connect, read and total.
pub fn read_timeouts(given: &Bound<'_, PyAny>) -> Mismatched<Timeouts> {
    let Ok(limits) = given.cast::<PyTuple>() else {
        return read_seconds(given).map(Timeouts::all);
    };
    if limits.len() != 3 {
        let count = limits.len();
        return Err(Mismatch::new(format!(
            "a number, or three of them (connect, read and total), is expected, not a tuple of {count}"
        )));
    }
    let limit =
        |name: &str, index| read_seconds(&limits.get_item(index)?).map_err(|mismatch| mismatch.at(name));
    Ok(Timeouts { connect: limit("connect", 0)?, read: limit("read", 1)?, total: limit("total", 2)? })
}
