//! Requests made of what nearly everybody passes: our own objects, dicts, lists,
//! texts and numbers, each of exactly that type.
//!
//! Reading them runs no code of Python's, so nothing changes meanwhile, and needs
//! no object in between. Whatever is anything else, or does not fit, is nothing
//! here: it is read in the thorough way (`Field::read`), which also tells what is
//! wrong with it.

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBoolMethods, PyDict, PyFloat, PyInt, PyList, PyString};
use serde_json::{Map, Number, Value};

use super::given::DEEPEST;

/// A type that can be read so. What is read is what `Field::read` would read.
pub trait Quick: Default {
    /// Takes the value on, if it is of the common kind and fits; else what is here
    /// is of no use. Texts and lists are filled anew instead of being made: items of
    /// one batch are alike.
    fn fill(&mut self, given: &Bound<'_, PyAny>) -> Option<()>;

    /// The value, if it is of the common kind and fits.
    fn quick(given: &Bound<'_, PyAny>) -> Option<Self> {
        let mut value = Self::default();
        value.fill(given)?;
        Some(value)
    }

    /// The value of a field that was left out, if it may be.
    fn left_out() -> Option<Self> {
        None
    }
}

/// Reads a model from an object of its class, or from a dict.
macro_rules! quick_record {
    (request $(#[doc = $doc:literal])* $name:ident {
        $( $(#[doc = $field_doc:literal])* ($($wire:literal)?) $field:ident : $ty:ty, )*
    }) => {
        impl Quick for core::$name {
            fn fill(&mut self, given: &Bound<'_, PyAny>) -> Option<()> {
                if let Ok(record) = given.cast_exact::<$name>() {
                    let (py, record) = (given.py(), record.get());
                    $( self.$field.fill(record.$field.bind(py))?; )*
                    return Some(());
                }
                $( let mut $field = false; )*
                for (key, value) in given.cast_exact::<PyDict>().ok()? {
                    match quick::text(&key)? {
                        $(
                            name if name == plain_name(stringify!($field)) $( || name == $wire )? => {
                                self.$field.fill(&value)?;
                                $field = true;
                            }
                        )*
                        _ => return None,
                    }
                }
                $(
                    if !$field {
                        self.$field = Quick::left_out()?;
                    }
                )*
                Some(())
            }
        }
    };
    (response $($rest:tt)*) => {};
}

pub(super) use quick_record;

/// A text, as Python holds it.
pub fn text<'a>(given: &'a Bound<'_, PyAny>) -> Option<&'a str> {
    given.cast_exact::<PyString>().ok()?.to_str().ok()
}

impl Quick for String {
    fn fill(&mut self, given: &Bound<'_, PyAny>) -> Option<()> {
        self.clear();
        self.push_str(text(given)?);
        Some(())
    }
}

impl Quick for i64 {
    fn fill(&mut self, given: &Bound<'_, PyAny>) -> Option<()> {
        *self = given.cast_exact::<PyInt>().ok()?.extract().ok()?;
        Some(())
    }
}

impl Quick for f64 {
    fn fill(&mut self, given: &Bound<'_, PyAny>) -> Option<()> {
        *self = match given.cast_exact::<PyFloat>() {
            Ok(number) => number.value(),
            Err(_) => given.cast_exact::<PyInt>().ok()?.extract().ok()?,
        };
        self.is_finite().then_some(())
    }
}

impl<T: Quick> Quick for Vec<T> {
    fn fill(&mut self, given: &Bound<'_, PyAny>) -> Option<()> {
        let given = given.cast_exact::<PyList>().ok()?;
        self.truncate(given.len());
        self.reserve_exact(given.len() - self.len());
        for (index, element) in given.iter().enumerate() {
            match self.get_mut(index) {
                Some(place) => place.fill(&element)?,
                None => self.push(T::quick(&element)?),
            }
        }
        Some(())
    }
}

impl<T: Quick> Quick for Option<T> {
    fn fill(&mut self, given: &Bound<'_, PyAny>) -> Option<()> {
        if given.is_none() {
            *self = None;
            return Some(());
        }
        self.get_or_insert_default().fill(given)
    }

    fn left_out() -> Option<Self> {
        Some(None)
    }
}

impl Quick for Value {
    fn fill(&mut self, given: &Bound<'_, PyAny>) -> Option<()> {
        *self = json(given, 0)?;
        Some(())
    }
}

impl Quick for Map<String, Value> {
    fn fill(&mut self, given: &Bound<'_, PyAny>) -> Option<()> {
        *self = members(given.cast_exact().ok()?, 0)?;
        Some(())
    }
}

fn json(given: &Bound<'_, PyAny>, depth: usize) -> Option<Value> {
    if let Some(text) = text(given) {
        return Some(Value::String(text.to_owned()));
    }
    if let Ok(dict) = given.cast_exact() {
        return members(dict, depth).map(Value::Object);
    }
    if let Ok(list) = given.cast_exact::<PyList>() {
        let deeper = deeper(depth)?;
        return list.iter().map(|element| json(&element, deeper)).collect::<Option<_>>().map(Value::Array);
    }
    if given.is_none() {
        return Some(Value::Null);
    }
    if let Ok(truth) = given.cast_exact::<PyBool>() {
        return Some(Value::Bool(truth.is_true()));
    }
    if let Ok(number) = given.cast_exact::<PyFloat>() {
        return Number::from_f64(number.value()).map(Value::Number);
    }
    i64::quick(given).map(Value::from)
}

fn members(dict: &Bound<'_, PyDict>, depth: usize) -> Option<Map<String, Value>> {
    let deeper = deeper(depth)?;
    dict.iter().map(|(name, value)| Some((String::quick(&name)?, json(&value, deeper)?))).collect()
}

fn deeper(depth: usize) -> Option<usize> {
    (depth < DEEPEST).then_some(depth + 1)
}
