//! How the values of options are read and written.

use jiff::Timestamp;
use serde_json::{Value, json};

/// What an option holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionKind {
    /// Any text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Two numbers, the lower first.
    Pair,
    /// True or false.
    Switch,
    /// A time as RFC 3339 writes it.
    Time,
    /// One of a few words.
    Choice,
    /// Names and texts.
    Headers,
    /// Addresses, with or without their secrets.
    Endpoints,
}

/// A type an option can have.
pub(in crate::emulator) trait OptionValue: Sized {
    const KIND: OptionKind;
    const CHOICES: Option<&'static [&'static str]> = None;
    const OPTIONAL: bool = false;

    fn to_value(&self) -> Value;
    fn from_value(value: &Value) -> Result<Self, String>;

    /// Reads what a command line holds.
    fn from_text(text: &str) -> Result<Self, String> {
        Self::from_value(&serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)))
    }
}

impl OptionValue for String {
    const KIND: OptionKind = OptionKind::Text;

    fn to_value(&self) -> Value {
        Value::from(self.as_str())
    }

    fn from_value(value: &Value) -> Result<Self, String> {
        value.as_str().map(str::to_owned).ok_or_else(|| format!("must be text, not {value}"))
    }

    fn from_text(text: &str) -> Result<Self, String> {
        Ok(text.to_owned())
    }
}

macro_rules! integer {
    ($($type:ty),+) => {$(
        impl OptionValue for $type {
            const KIND: OptionKind = OptionKind::Integer;

            fn to_value(&self) -> Value {
                json!(self)
            }

            fn from_value(value: &Value) -> Result<Self, String> {
                let number = value.as_u64().and_then(|number| Self::try_from(number).ok());
                number.ok_or_else(|| format!("must be a whole number from 0 to {}, not {value}", Self::MAX))
            }
        }
    )+};
}
integer!(u16, u32, u64);

impl OptionValue for f64 {
    const KIND: OptionKind = OptionKind::Number;

    fn to_value(&self) -> Value {
        json!(self)
    }

    fn from_value(value: &Value) -> Result<Self, String> {
        value.as_f64().ok_or_else(|| format!("must be a number, not {value}"))
    }
}

impl OptionValue for bool {
    const KIND: OptionKind = OptionKind::Switch;

    fn to_value(&self) -> Value {
        Value::from(*self)
    }

    fn from_value(value: &Value) -> Result<Self, String> {
        value.as_bool().ok_or_else(|| format!("must be true or false, not {value}"))
    }
}

impl OptionValue for Timestamp {
    const KIND: OptionKind = OptionKind::Time;

    fn to_value(&self) -> Value {
        Value::from(self.to_string())
    }

    fn from_value(value: &Value) -> Result<Self, String> {
        let time = value.as_str().and_then(|text| text.parse().ok());
        time.ok_or_else(|| format!("must be a time such as \"2026-01-01T00:00:00Z\", not {value}"))
    }

    fn from_text(text: &str) -> Result<Self, String> {
        Self::from_value(&Value::from(text))
    }
}

impl<T: OptionValue> OptionValue for (T, T) {
    const KIND: OptionKind = OptionKind::Pair;

    fn to_value(&self) -> Value {
        json!([self.0.to_value(), self.1.to_value()])
    }

    fn from_value(value: &Value) -> Result<Self, String> {
        match value.as_array().map(Vec::as_slice) {
            Some([low, high]) => Ok((T::from_value(low)?, T::from_value(high)?)),
            _ => Err(format!("must be two numbers, not {value}")),
        }
    }

    fn from_text(text: &str) -> Result<Self, String> {
        match text.trim_matches(['[', ']', '(', ')']).split_once(',') {
            Some((low, high)) => Ok((T::from_text(low.trim())?, T::from_text(high.trim())?)),
            None => Err(format!("must be two numbers with a comma between them, not {text:?}")),
        }
    }
}

impl<T: OptionValue> OptionValue for Option<T> {
    const KIND: OptionKind = T::KIND;
    const CHOICES: Option<&'static [&'static str]> = T::CHOICES;
    const OPTIONAL: bool = true;

    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, OptionValue::to_value)
    }

    fn from_value(value: &Value) -> Result<Self, String> {
        if value.is_null() { Ok(None) } else { T::from_value(value).map(Some) }
    }

    fn from_text(text: &str) -> Result<Self, String> {
        if text == "none" { Ok(None) } else { T::from_text(text).map(Some) }
    }
}

impl OptionValue for Vec<(String, String)> {
    const KIND: OptionKind = OptionKind::Headers;

    fn to_value(&self) -> Value {
        self.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect()
    }

    fn from_value(value: &Value) -> Result<Self, String> {
        let refuse = || format!("must be an object of names and texts, not {value}");
        let members = value.as_object().ok_or_else(refuse)?;
        let pair = |(name, value): (&String, &Value)| {
            // People write a number of seconds as a number.
            let text =
                value.as_str().map(str::to_owned).or_else(|| value.is_number().then(|| value.to_string()));
            Ok((name.clone(), text.ok_or_else(refuse)?))
        };
        members.iter().map(pair).collect()
    }
}
