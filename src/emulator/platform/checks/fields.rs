//! Reading objects field by field. A field that is `null` is not there.

use serde_json::{Map, Value};

use super::path::Path;
use crate::emulator::options::UnknownFields;
use crate::emulator::platform::record::whole_number;
use crate::emulator::platform::refusal::Refusal;

/// What is true or the reason why not.
pub(super) type Checked<T> = Result<T, Refusal>;

/// An object at a place.
pub(super) struct Fields<'a> {
    map: &'a Map<String, Value>,
    path: &'a Path<'a>,
}

impl<'a> Fields<'a> {
    /// Takes `value` for an object with no other fields than the `allowed` ones.
    pub(super) fn read(
        value: &'a Value,
        path: &'a Path<'a>,
        allowed: &[&[&str]],
        unknown: UnknownFields,
    ) -> Checked<Self> {
        let map = value.as_object().ok_or_else(|| Refusal::invalid(path, "it is not an object"))?;
        if unknown == UnknownFields::Reject {
            let is_unknown = |name: &&String| !allowed.iter().any(|names| names.contains(&name.as_str()));
            if let Some(name) = map.keys().find(is_unknown) {
                return Err(Refusal::unknown(path.field(name)));
            }
        }
        Ok(Self { map, path })
    }

    pub(super) fn path(&self) -> &'a Path<'a> {
        self.path
    }

    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        self.map.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(super) fn require(&self, name: &str) -> Checked<&'a Value> {
        self.get(name).ok_or_else(|| Refusal::missing(self.path.field(name)))
    }

    pub(super) fn invalid<T>(&self, name: &str, problem: impl AsRef<str>) -> Checked<T> {
        Err(Refusal::invalid(self.path.field(name), problem))
    }

    pub(super) fn string(&self, name: &str) -> Checked<Option<&'a str>> {
        let Some(value) = self.get(name) else { return Ok(None) };
        value.as_str().map_or_else(|| self.invalid(name, "it is not a string"), |text| Ok(Some(text)))
    }

    pub(super) fn required_string(&self, name: &str) -> Checked<&'a str> {
        self.require(name)?;
        self.string(name)?.ok_or_else(|| Refusal::missing(self.path.field(name)))
    }

    /// A string that is one of `words`.
    pub(super) fn word(&self, name: &str, words: &[&str]) -> Checked<Option<&'a str>> {
        let Some(word) = self.string(name)? else { return Ok(None) };
        if words.contains(&word) {
            return Ok(Some(word));
        }
        self.invalid(name, format!("{word:?} is none of {}", words.join(", ")))
    }

    pub(super) fn number(&self, name: &str) -> Checked<Option<f64>> {
        let Some(value) = self.get(name) else { return Ok(None) };
        value.as_f64().map_or_else(|| self.invalid(name, "it is not a number"), |number| Ok(Some(number)))
    }

    /// A number not less than `least`.
    pub(super) fn number_from(&self, name: &str, least: f64) -> Checked<Option<f64>> {
        match self.number(name)? {
            Some(number) if number < least => self.invalid(name, format!("it is less than {least}")),
            number => Ok(number),
        }
    }

    pub(super) fn required_number(&self, name: &str) -> Checked<f64> {
        self.require(name)?;
        self.number(name)?.ok_or_else(|| Refusal::missing(self.path.field(name)))
    }

    /// A whole number within bounds.
    pub(super) fn integer(&self, name: &str, least: u64, most: u64) -> Checked<Option<u64>> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let is_integral = value.as_f64().is_some_and(|number| number.fract() == 0.0);
        if !is_integral {
            return self.invalid(name, "it is not an integer");
        }
        match whole_number(value) {
            Some(number) if (least..=most).contains(&number) => Ok(Some(number)),
            _ => self.invalid(name, format!("it is not from {least} to {most}")),
        }
    }

    /// An array with a number of elements within bounds.
    pub(super) fn array(&self, name: &str, least: usize, most: usize) -> Checked<Option<&'a [Value]>> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let Some(elements) = value.as_array() else { return self.invalid(name, "it is not an array") };
        if (least..=most).contains(&elements.len()) {
            return Ok(Some(elements));
        }
        self.invalid(name, format!("it has {} elements, not {least} to {most}", elements.len()))
    }
}
