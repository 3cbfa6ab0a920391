//! Objects of other libraries, read as if they were dicts: pydantic models,
//! dataclasses, attrs classes and msgspec structs.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString, PyTuple, PyType};

use super::given::{Members, members};
use super::mismatch::Mismatched;

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
    let Some(fields) = declared(given)? else { return Ok(None) };
    let mut found = Vec::with_capacity(fields.len());
    for (name, alias) in fields {
        let Some(value) = given.getattr_opt(&name)? else { continue };
        if !value.is_none() && !is_unset(&value)? {
            found.push(Member { name: name.into_any(), alias, value });
        }
    }
    found.extend(undeclared(given)?);
    Ok(Some(found))
}

/// The member of an enumeration as its value; anything else as it is.
pub fn plain<'py>(given: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    static ENUM: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    if given.is_exact_instance_of::<PyString>() {
        return Ok(given.clone());
    }
    let is_member = given.is_instance(ENUM.import(given.py(), "enum", "Enum")?)?;
    if is_member { given.getattr("value") } else { Ok(given.clone()) }
}

type Declared<'py> = (Bound<'py, PyString>, Option<Bound<'py, PyAny>>);

/// The fields that an object's class declares. Classes are asked, never
/// instances, which may answer to any name.
fn declared<'py>(given: &Bound<'py, PyAny>) -> PyResult<Option<Vec<Declared<'py>>>> {
    let class = given.get_type();
    if given.is_instance_of::<PyType>() {
        return Ok(None);
    }
    // Pydantic 2, and pydantic 1 or its shim.
    for (attribute, aliases) in
        [("__pydantic_fields__", ["serialization_alias", "alias"]), ("__fields__", ["alias", "alias"])]
    {
        if let Some(fields) = class.getattr_opt(attribute)?
            && let Ok(fields) = fields.cast_into::<PyDict>()
        {
            return with_aliases(&fields, aliases).map(Some);
        }
    }
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

fn with_aliases<'py>(fields: &Bound<'py, PyDict>, attributes: [&str; 2]) -> PyResult<Vec<Declared<'py>>> {
    let mut found = Vec::with_capacity(fields.len());
    for pair in fields.items() {
        let (name, field): (Bound<'py, PyString>, Bound<'py, PyAny>) = pair.extract()?;
        let mut alias = None;
        for attribute in attributes {
            let given = field.getattr_opt(attribute)?;
            alias = alias.or(given.filter(Bound::is_instance_of::<PyString>));
        }
        found.push((name, alias));
    }
    Ok(found)
}

fn named<'py>(fields: &Bound<'py, PyAny>) -> PyResult<Vec<Declared<'py>>> {
    fields.try_iter()?.map(|field| Ok((field?.getattr("name")?.cast_into()?, None))).collect()
}

/// What a pydantic model was given beside its fields.
fn undeclared<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Vec<Member<'py>>> {
    let extra = match given.get_type().getattr_opt("__pydantic_fields__")? {
        Some(_) => given.getattr_opt("__pydantic_extra__")?,
        None => None,
    };
    let Some(extra) = extra.filter(|extra| !extra.is_none()) else { return Ok(Vec::new()) };
    Ok(members(&extra)?.map(from_members).unwrap_or_default())
}

/// What msgspec puts in place of a value that was not given.
fn is_unset(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    let class = value.get_type();
    Ok(class.name()?.to_str()? == "UnsetType" && class.module()?.to_str()?.starts_with("msgspec"))
}
