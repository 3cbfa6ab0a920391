//! Looking into what a user passed, whatever it is.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{
    PyByteArray, PyBytes, PyDict, PyFrozenSet, PyInt, PyIterator, PyList, PyMemoryView, PySet, PyString,
    PyTuple,
};

use super::kept::Kept;
use super::mismatch::{Mismatch, Mismatched};
use super::models::is_record;

/// As deep as `serde_json` reads answers. Without a bound, an object that
/// contains itself would be followed until the stack ends.
pub const DEEPEST: usize = 128;

/// The items of a mapping.
pub type Members<'py> = Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)>;

/// Refuses a value that is of another type.
pub fn expected(what: &str, given: &Bound<'_, PyAny>) -> Mismatch {
    let kind = given.get_type().name().map_or_else(|_| "another type".to_owned(), |name| name.to_string());
    Mismatch::new(format!("{what} is expected, not {kind}"))
}

/// Refuses a value that is nested too deep.
pub fn too_deep() -> Mismatch {
    Mismatch::new(format!("it is nested more than {DEEPEST} levels deep, or contains itself"))
}

/// The items of a mapping; nothing if it is none.
pub fn members<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Option<Members<'py>>> {
    static MAPPING: Kept<Py<PyAny>> = Kept::new();
    if let Ok(dict) = given.cast::<PyDict>() {
        return Ok(Some(members_of(dict)?));
    }
    // A cast to a mapping would swallow what `__class__` raises.
    if !given.is_instance(MAPPING.import(given.py(), "collections.abc", "Mapping")?)? {
        return Ok(None);
    }
    let mut found = Vec::new();
    for pair in given.call_method0("items")?.try_iter()? {
        let pair = pair?;
        found.push(pair.extract().map_err(|_| expected("a pair of a key and a value", &pair))?);
    }
    Ok(Some(found))
}

/// The items of a dict as they are now: reading them may run code that changes
/// it, and an iterator over it would panic then.
pub fn members_of<'py>(dict: &Bound<'py, PyDict>) -> PyResult<Members<'py>> {
    dict.items().iter().map(|pair| pair.extract()).collect()
}

/// The elements of any iterable but those whose elements nobody means.
pub fn elements<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Bound<'py, PyIterator>> {
    let is_no_list = given.is_instance_of::<PyString>()
        || given.is_instance_of::<PyDict>()
        || is_buffer(given)
        || is_record(given);
    if is_no_list {
        return Err(expected("a list", given));
    }
    given.try_iter().map_err(|error| {
        if error.is_instance_of::<PyTypeError>(given.py()) { expected("a list", given) } else { error.into() }
    })
}

/// The elements of what JSON has as an array; nothing if it is none.
pub fn array<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Option<Vec<Bound<'py, PyAny>>>> {
    static SEQUENCE: Kept<Py<PyAny>> = Kept::new();
    if let Ok(list) = given.cast::<PyList>() {
        return Ok(Some(list.iter().collect()));
    }
    let is_known = given.is_instance_of::<PyTuple>()
        || given.is_instance_of::<PySet>()
        || given.is_instance_of::<PyFrozenSet>();
    let is_array = is_known
        || !given.is_instance_of::<PyString>()
            && !is_buffer(given)
            && given.is_instance(SEQUENCE.import(given.py(), "collections.abc", "Sequence")?)?;
    Ok(if is_array { Some(given.try_iter()?.collect::<PyResult<_>>()?) } else { None })
}

fn is_buffer(given: &Bound<'_, PyAny>) -> bool {
    given.is_instance_of::<PyBytes>()
        || given.is_instance_of::<PyByteArray>()
        || given.is_instance_of::<PyMemoryView>()
}

/// A text as UTF-8.
pub fn text(given: &Bound<'_, PyAny>, what: &str) -> Mismatched<String> {
    let text = given.cast::<PyString>().map_err(|_| expected(what, given))?;
    text.to_cow().map(std::borrow::Cow::into_owned).map_err(|_| {
        Mismatch::new("the text holds half of a surrogate pair, which UTF-8 cannot carry".to_owned())
    })
}

/// A key of a mapping.
pub fn key(given: &Bound<'_, PyAny>) -> Mismatched<String> {
    text(given, "a str as a name")
}

/// A whole number as text. Subclasses show themselves as they like, so it is
/// asked for as a plain one.
pub fn digits(number: &Bound<'_, PyAny>) -> Mismatched<String> {
    let plain = number.py().get_type::<PyInt>().call_method1("__repr__", (number,));
    // Python refuses to write numbers of more than some thousand digits.
    let plain = plain.map_err(|_| Mismatch::new("the number has too many digits".to_owned()))?;
    text(&plain, "a str")
}
