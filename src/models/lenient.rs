//! Answers whose parts may deviate from the documentation: what deviates is
//! kept as it came.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{AnalyzeTaskWebhookInfo, AnalyzeTimeRange, FinishReason, Kept, Nullable, Time};

/// A field of an answer, read from what is there for it.
pub trait Lenient: Sized {
    /// Reads it; nothing if it was left out.
    fn from_value(value: Option<Value>) -> Self;
}

/// Something that a value may be; if it is not, the value comes back.
pub trait Part: Sized {
    /// Reads it.
    fn read(value: Value) -> Result<Self, Value>;
}

/// Takes a field out of an object.
pub fn take<T: Lenient>(fields: &mut Map<String, Value>, name: &str) -> T {
    T::from_value(fields.shift_remove(name.trim_start_matches("r#")))
}

impl<T: Part> Lenient for Kept<T> {
    fn from_value(value: Option<Value>) -> Self {
        match value {
            None | Some(Value::Null) => Self::Absent,
            Some(value) => T::read(value).map_or_else(Self::Other, Self::Fit),
        }
    }
}

impl<T: Part> Lenient for Option<Kept<T>> {
    fn from_value(value: Option<Value>) -> Self {
        match Kept::from_value(value) {
            Kept::Absent => None,
            kept => Some(kept),
        }
    }
}

/// What users match items by is a text in any case.
impl Lenient for Nullable<String> {
    fn from_value(value: Option<Value>) -> Self {
        Self(match value {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text),
            Some(other) => Some(other.to_string()),
        })
    }
}

impl Part for Value {
    fn read(value: Value) -> Result<Self, Value> {
        Ok(value)
    }
}

impl Part for String {
    fn read(value: Value) -> Result<Self, Value> {
        match value {
            Value::String(text) => Ok(text),
            other => Err(other),
        }
    }
}

impl Part for Map<String, Value> {
    fn read(value: Value) -> Result<Self, Value> {
        match value {
            Value::Object(fields) => Ok(fields),
            other => Err(other),
        }
    }
}

/// JSON has but one kind of number: 12.0 is 12.
impl Part for i64 {
    fn read(value: Value) -> Result<Self, Value> {
        value.as_i64().or_else(|| whole(&value)).ok_or(value)
    }
}

fn whole(value: &Value) -> Option<i64> {
    let number = value.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 9e15)?;
    #[allow(clippy::cast_possible_truncation)] // whole, and within the range
    let whole = number as i64;
    Some(whole)
}

impl Part for f64 {
    fn read(value: Value) -> Result<Self, Value> {
        value.as_f64().ok_or(value)
    }
}

impl Part for bool {
    fn read(value: Value) -> Result<Self, Value> {
        value.as_bool().ok_or(value)
    }
}

impl<T: Part> Part for Vec<T> {
    fn read(value: Value) -> Result<Self, Value> {
        let Value::Array(elements) = &value else { return Err(value) };
        elements.iter().cloned().map(T::read).collect::<Result<_, _>>().map_err(|_| value)
    }
}

/// Parts that are read as they are elsewhere.
macro_rules! plain_parts {
    ($($name:ident),*) => { $(
        impl Part for $name {
            fn read(value: Value) -> Result<Self, Value> {
                Self::deserialize(&value).map_err(|_| value)
            }
        }
    )* };
}

plain_parts!(Time, FinishReason, AnalyzeTimeRange, AnalyzeTaskWebhookInfo);
