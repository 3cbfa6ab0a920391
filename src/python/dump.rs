//! Records as dicts and as JSON, with the options that pydantic has for it.

use pyo3::exceptions::{PyRecursionError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDateTime, PyDict, PyEllipsis, PyInt, PyList, PyString};

use super::given::{self, members_of};
use super::models;
use super::record::Record;
use crate::models::refuse_unknown;

/// How a record is dumped.
#[derive(Clone, Copy, Default)]
pub struct Dump {
    /// By the names in JSON, instead of those in Python.
    pub by_alias: bool,
    /// Only what was set.
    pub only_set: bool,
    /// What of `None` is left out.
    pub without: Without,
    /// As JSON has it: times as text.
    pub for_json: bool,
}

/// Which fields that are `None` are left out.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Without {
    /// None of them.
    #[default]
    Nothing,
    /// Those that can be left out when a record is made.
    Defaults,
    /// All of them.
    AnyNone,
}

impl Dump {
    /// What `dict()` does: what was set, by the names in JSON.
    pub const WIRE: Self =
        Self { by_alias: true, only_set: true, without: Without::Nothing, for_json: false };
    /// What `model_dump()` does: everything, by the names in Python.
    pub const PYTHON: Self =
        Self { by_alias: false, only_set: false, without: Without::Nothing, for_json: false };
}

/// Options of pydantic that make no difference here: there are no computed
/// fields, and nothing that could not be dumped.
const WITHOUT_EFFECT: [&str; 6] =
    ["context", "round_trip", "warnings", "fallback", "serialize_as_any", "exclude_computed_fields"];
const NAMES: [&str; 14] = [
    "mode",
    "include",
    "exclude",
    "by_alias",
    "exclude_unset",
    "exclude_none",
    "exclude_defaults",
    "indent",
    "ensure_ascii",
    "context",
    "round_trip",
    "warnings",
    "fallback",
    "serialize_as_any",
];

/// How a record is dumped, which parts of it, and how its JSON is laid out.
pub struct Wish<'py> {
    how: Dump,
    choice: Choice<'py>,
    indent: Option<Bound<'py, PyAny>>,
    ensure_ascii: bool,
}

impl<'py> Wish<'py> {
    /// Reads the keywords of a call.
    pub fn read(default: Dump, options: Option<&Bound<'py, PyDict>>) -> PyResult<Self> {
        let mut wish = Self { how: default, choice: Choice::default(), indent: None, ensure_ascii: false };
        for (name, value) in options.map(members_of).transpose()?.unwrap_or_default() {
            let name = given::key(&name)?;
            if !value.is_none() {
                wish.read_option(&name, value)?;
            }
        }
        Ok(wish)
    }

    fn read_option(&mut self, name: &str, value: Bound<'py, PyAny>) -> PyResult<()> {
        match name {
            "mode" => self.how.for_json = value.eq("json")?,
            "include" => self.choice.include = Some(value),
            "exclude" => self.choice.exclude = Some(value),
            "by_alias" => self.how.by_alias = value.is_truthy()?,
            "exclude_unset" => self.how.only_set = value.is_truthy()?,
            "exclude_none" if value.is_truthy()? => self.how.without = Without::AnyNone,
            "exclude_defaults" if value.is_truthy()? && self.how.without == Without::Nothing => {
                self.how.without = Without::Defaults;
            }
            "exclude_none" | "exclude_defaults" => {}
            "indent" => self.indent = Some(value),
            "ensure_ascii" => self.ensure_ascii = value.is_truthy()?,
            _ if WITHOUT_EFFECT.contains(&name) => {}
            _ => return Err(PyTypeError::new_err(refuse_unknown("keyword argument", name, &NAMES))),
        }
        Ok(())
    }

    /// The record as a dict.
    pub fn dict<R: Record>(&self, py: Python<'py>, record: &R) -> PyResult<Bound<'py, PyDict>> {
        Walk::new(self.how).record(py, record, &self.choice)
    }

    /// The record as JSON text.
    pub fn json<R: Record>(mut self, py: Python<'py>, record: &R) -> PyResult<Bound<'py, PyAny>> {
        self.how.for_json = true;
        let dict = self.dict(py, record)?;
        let layout = PyDict::new(py);
        layout.set_item("ensure_ascii", self.ensure_ascii)?;
        layout.set_item("separators", (",", if self.indent.is_some() { ": " } else { ":" }))?;
        layout.set_item("indent", self.indent)?;
        py.import("json")?.call_method("dumps", (dict,), Some(&layout))
    }
}

/// Which parts are dumped, as pydantic has it: sets of names, or dicts of names
/// with the same for what is below; `__all__` stands for every element of a list.
#[derive(Clone, Default)]
pub struct Choice<'py> {
    include: Option<Bound<'py, PyAny>>,
    exclude: Option<Bound<'py, PyAny>>,
}

impl<'py> Choice<'py> {
    /// What is chosen below `key`; nothing if it is left out itself.
    fn below(&self, key: &Bound<'py, PyAny>) -> PyResult<Option<Self>> {
        let mut below = Self::default();
        if let Some(exclude) = &self.exclude {
            match part(exclude, key)? {
                Part::Whole => return Ok(None),
                Part::Some(part) => below.exclude = Some(part),
                Part::Nothing => {}
            }
        }
        if let Some(include) = &self.include {
            match part(include, key)? {
                Part::Whole => {}
                Part::Some(part) => below.include = Some(part),
                Part::Nothing => return Ok(None),
            }
        }
        Ok(Some(below))
    }

    fn is_everything(&self) -> bool {
        self.include.is_none() && self.exclude.is_none()
    }
}

enum Part<'py> {
    Nothing,
    Some(Bound<'py, PyAny>),
    Whole,
}

fn part<'py>(chosen: &Bound<'py, PyAny>, key: &Bound<'py, PyAny>) -> PyResult<Part<'py>> {
    // Only elements of lists are meant by `__all__`.
    let is_index = key.is_instance_of::<PyInt>();
    let Ok(dict) = chosen.cast::<PyDict>() else {
        let is_chosen = chosen.contains(key)? || is_index && chosen.contains("__all__")?;
        return Ok(if is_chosen { Part::Whole } else { Part::Nothing });
    };
    let mut found = dict.get_item(key)?;
    if found.is_none() && is_index {
        found = dict.get_item("__all__")?;
    }
    Ok(match found {
        None => Part::Nothing,
        Some(part) if part.is_instance_of::<PyEllipsis>() => Part::Whole,
        Some(part) => match part.cast::<PyBool>() {
            Ok(truth) if truth.is_true() => Part::Whole,
            Ok(_) => Part::Nothing,
            Err(_) => Part::Some(part),
        },
    })
}

/// Values are nested this deep at most: a list may have been made to contain itself.
const DEEPEST: usize = 2 * given::DEEPEST;

/// A walk through a record.
#[derive(Clone, Copy)]
pub struct Walk {
    how: Dump,
    depth: usize,
}

impl Walk {
    /// A walk that begins at a record.
    pub fn new(how: Dump) -> Self {
        Self { how, depth: 0 }
    }

    /// A record as a dict. Dicts and lists in it are copies.
    pub fn record<'py, R: Record>(
        self,
        py: Python<'py>,
        record: &R,
        choice: &Choice<'py>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let parts = record.parts(py)?;
        let dict = PyDict::new(py);
        for (index, (field, value)) in R::FIELDS.iter().zip(&parts.values).enumerate() {
            let is_left_out = self.how.only_set && parts.set & (1 << index) == 0
                || value.is_none()
                    && match self.how.without {
                        Without::Nothing => false,
                        Without::Defaults => field.optional,
                        Without::AnyNone => true,
                    };
            if is_left_out {
                continue;
            }
            let name = if self.how.by_alias { field.wire } else { field.name };
            if choice.is_everything() {
                dict.set_item(name, self.value(value, choice)?)?;
            } else if let Some(below) = choice.below(PyString::new(py, field.name).as_any())? {
                dict.set_item(name, self.value(value, &below)?)?;
            }
        }
        if let Some(extra) = parts.extra {
            for (name, value) in members_of(extra.bind(py))? {
                if let Some(below) = choice.below(&name)?
                    && !(self.how.without == Without::AnyNone && value.is_none())
                    // What is not known never takes the place of a field.
                    && !dict.contains(&name)?
                {
                    dict.set_item(name, self.value(&value, &below)?)?;
                }
            }
        }
        Ok(dict)
    }

    fn value<'py>(self, value: &Bound<'py, PyAny>, choice: &Choice<'py>) -> PyResult<Bound<'py, PyAny>> {
        let py = value.py();
        if self.depth == DEEPEST {
            return Err(PyRecursionError::new_err("the value is nested too deep, or contains itself"));
        }
        let deeper = Self { depth: self.depth + 1, ..self };
        if let Ok(list) = value.cast::<PyList>() {
            let dumped = PyList::empty(py);
            for (index, element) in list.iter().enumerate() {
                if let Some(below) = choice.below(index.into_pyobject(py)?.as_any())? {
                    dumped.append(deeper.value(&element, &below)?)?;
                }
            }
            return Ok(dumped.into_any());
        }
        if let Ok(dict) = value.cast::<PyDict>() {
            let dumped = PyDict::new(py);
            for (name, value) in members_of(dict)? {
                if let Some(below) = choice.below(&name)? {
                    dumped.set_item(name, deeper.value(&value, &below)?)?;
                }
            }
            return Ok(dumped.into_any());
        }
        if self.how.for_json && value.is_instance_of::<PyDateTime>() {
            return write_time(value);
        }
        match models::dump_record_within(value, deeper, choice) {
            Some(dumped) => dumped.map(Bound::into_any),
            None => Ok(value.clone()),
        }
    }
}

/// A time in RFC 3339 format, in UTC with a `Z`.
fn write_time<'py>(time: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let text: String = time.call_method0("isoformat")?.extract()?;
    let text = text.strip_suffix("+00:00").map_or(text.clone(), |local| format!("{local}Z"));
    Ok(PyString::new(time.py(), &text).into_any())
}
