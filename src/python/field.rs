//! How a model's fields cross the border, by their Rust type.
//!
//! A field has three forms: the core's value, the Python object that a record
//! stores, and whatever a user passes for it.

use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBoolMethods, PyDateTime, PyFloat, PyInt, PyList, PyString};
use serde_json::{Map, Value};

use super::given::{self, elements, expected};
use super::json;
use super::mismatch::{Gathered, Mismatch, Mismatched};
use super::objects::plain;
use crate::models::{BatchItemStatus, BatchStatus, FinishReason, Kept, Nullable, Presence, Time};

/// A type that a model's field may have.
pub trait Field: Presence + Sized {
    /// Whether a record can be made without it.
    const OPTIONAL: bool = false;

    /// Its type in Python, for stubs.
    fn annotation() -> String;

    /// What a user passed, as a record stores it.
    fn coerce<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Bound<'py, PyAny>>;

    /// What a user passed or a record stores, as the core has it.
    fn read(given: &Bound<'_, PyAny>) -> Mismatched<Self>;

    /// What the core has, as a record stores it.
    fn show<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
}

impl Field for String {
    fn annotation() -> String {
        "str".to_owned()
    }

    fn coerce<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Bound<'py, PyAny>> {
        if given.is_exact_instance_of::<PyString>() {
            return Ok(given.clone());
        }
        // Members of enumerations count as their text.
        Self::read(given)?.show(given.py()).map_err(Into::into)
    }

    fn read(given: &Bound<'_, PyAny>) -> Mismatched<Self> {
        if given.is_instance_of::<PyString>() {
            return given::text(given, "a str");
        }
        given::text(&plain(given)?, "a str")
    }

    fn show<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyString::new(py, self).into_any())
    }
}

impl Field for bool {
    fn annotation() -> String {
        "bool".to_owned()
    }

    fn coerce<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Bound<'py, PyAny>> {
        given.cast::<PyBool>().map_err(|_| expected("a bool", given))?;
        Ok(given.clone())
    }

    fn read(given: &Bound<'_, PyAny>) -> Mismatched<Self> {
        given.cast::<PyBool>().map(PyBoolMethods::is_true).map_err(|_| expected("a bool", given))
    }

    fn show<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyBool::new(py, *self).to_owned().into_any())
    }
}

impl Field for i64 {
    fn annotation() -> String {
        "int".to_owned()
    }

    fn coerce<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Bound<'py, PyAny>> {
        Self::read(given)?.show(given.py()).map_err(Into::into)
    }

    fn read(given: &Bound<'_, PyAny>) -> Mismatched<Self> {
        let given = &plain(given)?;
        let refuse = || expected("an int", given);
        if given.is_instance_of::<PyBool>() {
            return Err(refuse());
        }
        if let Ok(number) = given.cast::<PyFloat>() {
            let whole = number.value();
            #[allow(clippy::cast_possible_truncation)]
            return if whole.fract() == 0.0 && whole.abs() < 9e15 { Ok(whole as i64) } else { Err(refuse()) };
        }
        given.cast::<PyInt>().map_err(|_| refuse())?;
        given.extract().map_err(|_| Mismatch::new("the number is too large: 64 bits are allowed".to_owned()))
    }

    fn show<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.into_pyobject(py)?.into_any())
    }
}

impl Field for f64 {
    fn annotation() -> String {
        "float".to_owned()
    }

    fn coerce<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Bound<'py, PyAny>> {
        Self::read(given)?.show(given.py()).map_err(Into::into)
    }

    fn read(given: &Bound<'_, PyAny>) -> Mismatched<Self> {
        let given = &plain(given)?;
        let is_number = given.is_instance_of::<PyFloat>() || given.is_instance_of::<PyInt>();
        if !is_number || given.is_instance_of::<PyBool>() {
            return Err(expected("a number", given));
        }
        // An int may be larger than any float.
        let number: Self = given.extract().map_err(|error: PyErr| {
            if error.is_instance_of::<PyOverflowError>(given.py()) {
                Mismatch::new("the number is too large: at most about 1.8e308 is allowed".to_owned())
            } else {
                error.into()
            }
        })?;
        if number.is_finite() {
            Ok(number)
        } else {
            Err(Mismatch::new(format!("a finite number is expected, not {number}")))
        }
    }

    fn show<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyFloat::new(py, *self).into_any())
    }
}

impl Field for Time {
    fn annotation() -> String {
        "datetime.datetime".to_owned()
    }

    fn coerce<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Bound<'py, PyAny>> {
        if given.is_instance_of::<PyDateTime>() {
            return Ok(given.clone());
        }
        Self::read(given)?.show(given.py()).map_err(Into::into)
    }

    fn read(given: &Bound<'_, PyAny>) -> Mismatched<Self> {
        if given.is_instance_of::<PyString>() {
            return Self::parse(&String::read(given)?)
                .map_err(|error| Mismatch::new(format!("a time in RFC 3339 format is expected: {error}")));
        }
        if given.is_instance_of::<PyDateTime>() {
            let text = given.call_method0("isoformat")?;
            return Self::parse(&String::read(&text)?).map_err(|error| Mismatch::new(error.to_string()));
        }
        Err(expected("a datetime", given))
    }

    fn show<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        // Python's datetimes end at microseconds.
        let microseconds = jiff::Timestamp::from_microsecond(self.0.as_microsecond()).unwrap_or(self.0);
        Ok(microseconds.into_pyobject(py)?.into_any())
    }
}

impl Field for Value {
    fn annotation() -> String {
        "typing.Any".to_owned()
    }

    // A copy: the record is not to change with what it was made of.
    fn coerce<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Bound<'py, PyAny>> {
        Self::read(given)?.show(given.py()).map_err(Into::into)
    }

    fn read(given: &Bound<'_, PyAny>) -> Mismatched<Self> {
        json::read(given)
    }

    fn show<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::show(self, py)
    }
}

impl Field for Map<String, Value> {
    fn annotation() -> String {
        "typing.Dict[str, typing.Any]".to_owned()
    }

    fn coerce<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Bound<'py, PyAny>> {
        Self::read(given)?.show(given.py()).map_err(Into::into)
    }

    fn read(given: &Bound<'_, PyAny>) -> Mismatched<Self> {
        match json::read(given)? {
            Value::Object(members) => Ok(members),
            _ => Err(expected("a dict", given)),
        }
    }

    fn show<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::show(self, py)
    }
}

impl<T: Field> Field for Vec<T> {
    fn annotation() -> String {
        format!("typing.List[{}]", T::annotation())
    }

    fn coerce<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Bound<'py, PyAny>> {
        let list = PyList::empty(given.py());
        let mut gathered = Gathered::default();
        for (index, element) in elements(given)?.enumerate() {
            let coerced = T::coerce(&element?).map_err(|mismatch| mismatch.at(index));
            if let Some(value) = gathered.take(coerced)? {
                list.append(value)?;
            }
        }
        gathered.finish()?;
        Ok(list.into_any())
    }

    fn read(given: &Bound<'_, PyAny>) -> Mismatched<Self> {
        let mut list = Self::new();
        let mut gathered = Gathered::default();
        for (index, element) in elements(given)?.enumerate() {
            list.extend(gathered.take(T::read(&element?).map_err(|mismatch| mismatch.at(index)))?);
        }
        gathered.finish()?;
        Ok(list)
    }

    fn show<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let shown = self.iter().map(|element| element.show(py)).collect::<PyResult<Vec<_>>>()?;
        Ok(PyList::new(py, shown)?.into_any())
    }
}

impl<T: Field> Field for Option<T> {
    const OPTIONAL: bool = true;

    fn annotation() -> String {
        format!("typing.Optional[{}]", T::annotation())
    }

    fn coerce<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Bound<'py, PyAny>> {
        if given.is_none() { Ok(given.clone()) } else { T::coerce(given) }
    }

    fn read(given: &Bound<'_, PyAny>) -> Mismatched<Self> {
        if given.is_none() { Ok(None) } else { T::read(given).map(Some) }
    }

    fn show<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Some(value) => value.show(py),
            None => Ok(py.None().into_bound(py)),
        }
    }
}

impl<T: Field> Field for Nullable<T> {
    const OPTIONAL: bool = true;

    fn annotation() -> String {
        Option::<T>::annotation()
    }

    fn coerce<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Bound<'py, PyAny>> {
        Option::<T>::coerce(given)
    }

    fn read(given: &Bound<'_, PyAny>) -> Mismatched<Self> {
        Option::<T>::read(given).map(Self)
    }

    fn show<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.show(py)
    }
}

/// Kept as it came: what deviates is an object of its own type.
impl<T: Field> Field for Kept<T> {
    const OPTIONAL: bool = T::OPTIONAL;

    fn annotation() -> String {
        T::annotation()
    }

    fn coerce<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Bound<'py, PyAny>> {
        T::coerce(given).or_else(|_| Ok(given.clone()))
    }

    fn read(given: &Bound<'_, PyAny>) -> Mismatched<Self> {
        if given.is_none() {
            return Ok(Self::Absent);
        }
        T::read(given).map(Self::Fit).or_else(|_| json::read(given).map(Self::Other))
    }

    fn show<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Self::Fit(value) => value.show(py),
            Self::Other(value) => value.show(py),
            Self::Absent => Ok(py.None().into_bound(py)),
        }
    }
}

/// Words are texts in Python.
macro_rules! word_fields {
    ($($name:ident),*) => { $(
        impl Field for $name {
            fn annotation() -> String {
                stringify!($name).to_owned()
            }

            fn coerce<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Bound<'py, PyAny>> {
                String::coerce(given)
            }

            fn read(given: &Bound<'_, PyAny>) -> Mismatched<Self> {
                String::read(given).map(|word| Self::from(word.as_str()))
            }

            fn show<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                Ok(PyString::intern(py, self.as_str()).into_any())
            }
        }
    )* };
}

word_fields!(BatchStatus, BatchItemStatus, FinishReason);
