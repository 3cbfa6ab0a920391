//! Objects of other libraries, read as if they were dicts: pydantic models,
//! dataclasses, attrs classes and msgspec structs.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyFloat, PyInt, PyList, PyString, PyTuple, PyType};

use super::given::{Members, members};
use super::kept::Kept;
use super::mismatch::Mismatched;
use super::pydantic;

/// One entry of what was passed.
pub struct Member<'py> {
    /// Its name in Python.
    pub name: Bound<'py, PyAny>,
    /// Its name in JSON, where the object says that it has another one.
    pub alias: Option<Bound<'py, PyAny>>,
    /// Its value.
    pub value: Bound<'py, PyAny>,
}

/// The entries of a mapping.
pub fn from_members(members: Members<'_>) -> Vec<Member<'_>> {
    members.into_iter().map(|(name, value)| Member { name, alias: None, value }).collect()
}

/// The entries of a mapping or of an object with declared fields; nothing if it
/// is neither. A field that is `None` counts as left out.
pub fn entries<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Option<Vec<Member<'py>>>> {
    if let Some(members) = members(given)? {
        return Ok(Some(from_members(members)));
    }
    let class = given.get_type();
    // Classes are asked, never instances, which may answer to any name.
    if given.is_instance_of::<PyType>() {
        return Ok(None);
    }
    if let Some(fields) = dict_of(&class, "__pydantic_fields__")? {
        return pydantic::entries(given, &fields);
    }
    if let Some(fields) = dict_of(&class, "__fields__")? {
        return pydantic::old_entries(given, &fields).map(Some);
    }
    Ok(declared(given)?.map(|fields| read_fields(given, fields)).transpose()?)
}

fn dict_of<'py>(class: &Bound<'py, PyType>, attribute: &str) -> PyResult<Option<Bound<'py, PyDict>>> {
    Ok(class.getattr_opt(attribute)?.and_then(|fields| fields.cast_into().ok()))
}

/// The values of declared fields, as far as there are some.
pub fn read_fields<'py>(given: &Bound<'py, PyAny>, fields: Vec<Declared<'py>>) -> PyResult<Vec<Member<'py>>> {
    let mut found = Vec::with_capacity(fields.len());
    for (name, alias) in fields {
        let Some(value) = given.getattr_opt(&name)? else { continue };
        if !value.is_none() && !is_unset(&value)? {
            found.push(Member { name: name.into_any(), alias, value });
        }
    }
    Ok(found)
}

/// What stands for a text or a number, as that: members of enumerations as their
/// values, UUIDs and the addresses of pydantic as texts. Anything else as it is.
pub fn plain<'py>(given: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    static ENUM: Kept<Py<PyAny>> = Kept::new();
    // What most values are is told quickest.
    let is_plain = given.is_exact_instance_of::<PyString>()
        || given.is_exact_instance_of::<PyInt>()
        || given.is_exact_instance_of::<PyFloat>()
        || given.is_exact_instance_of::<PyDict>()
        || given.is_exact_instance_of::<PyList>()
        || given.is_none();
    if is_plain {
        return Ok(given.clone());
    }
    let class = given.get_type();
    if given.is_instance(ENUM.import(given.py(), "enum", "Enum")?)? {
        return given.getattr("value");
    }
    let is_text = match class.name()?.to_str()? {
        "UUID" => class.module()?.to_str()? == "uuid",
        name => name.ends_with("Url") && class.module()?.to_str()?.starts_with("pydantic"),
    };
    if is_text { Ok(given.str()?.into_any()) } else { Ok(given.clone()) }
}

/// A field: its name, and its name in JSON if that is another one.
pub type Declared<'py> = (Bound<'py, PyString>, Option<Bound<'py, PyAny>>);

/// The fields that the class of a dataclass, of attrs or of msgspec declares.
fn declared<'py>(given: &Bound<'py, PyAny>) -> PyResult<Option<Vec<Declared<'py>>>> {
    let class = given.get_type();
    if class.getattr_opt("__dataclass_fields__")?.is_some() {
        let fields = given.py().import("dataclasses")?.call_method1("fields", (given,))?;
        return named(&fields).map(Some);
    }
    if let Some(fields) = class.getattr_opt("__attrs_attrs__")? {
        return named(&fields).map(Some);
    }
    if let (Some(names), Some(encoded)) =
        (class.getattr_opt("__struct_fields__")?, class.getattr_opt("__struct_encode_fields__")?)
    {
        let (names, encoded) = (names.cast_into::<PyTuple>()?, encoded.cast_into::<PyTuple>()?);
        let pairs = names.iter().zip(encoded.iter());
        return pairs
            .map(|(name, alias)| Ok((name.cast_into()?, Some(alias))))
            .collect::<PyResult<_>>()
            .map(Some);
    }
    Ok(None)
}

fn named<'py>(fields: &Bound<'py, PyAny>) -> PyResult<Vec<Declared<'py>>> {
    fields.try_iter()?.map(|field| Ok((field?.getattr("name")?.cast_into()?, None))).collect()
}

/// What msgspec puts in place of a value that was not given.
fn is_unset(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    let class = value.get_type();
    Ok(class.name()?.to_str()? == "UnsetType" && class.module()?.to_str()?.starts_with("msgspec"))
}
