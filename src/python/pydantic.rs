//! Models of pydantic, read as they would dump themselves.

use std::collections::HashSet;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use super::given::{members, members_of};
use super::mismatch::Mismatched;
use super::objects::{self, Declared, Member, from_members, read_fields};

/// The entries of a model of pydantic 2; nothing if it stands for something else
/// than an object.
pub fn entries<'py>(
    given: &Bound<'py, PyAny>,
    fields: &Bound<'py, PyDict>,
) -> Mismatched<Option<Vec<Member<'py>>>> {
    let class = given.get_type();
    if class
        .getattr_opt("__pydantic_root_model__")?
        .is_some_and(|is_root| is_root.is_truthy().unwrap_or(false))
    {
        return objects::entries(&given.getattr("root")?);
    }
    let decorators = class.getattr_opt("__pydantic_decorators__")?;
    if let Some(decorators) = &decorators
        && has_own_form(decorators)?
    {
        let options = PyDict::new(given.py());
        options.set_item("by_alias", true)?;
        let dumped = given.call_method("model_dump", (), Some(&options))?;
        return Ok(members(&dumped)?.map(from_members));
    }
    let mut plain = Vec::with_capacity(fields.len());
    let mut changed = HashSet::new();
    for pair in fields.items() {
        let (name, field): (Bound<'py, PyString>, Bound<'py, PyAny>) = pair.extract()?;
        if field.getattr_opt("exclude")?.is_some_and(|exclude| exclude.is(&*true_of(given))) {
            continue;
        }
        if is_changed(&name, &field, decorators.as_ref())? {
            changed.insert(name.to_string_lossy().into_owned());
        }
        let alias = alias_of(&field, ["serialization_alias", "alias"])?;
        plain.push((name, alias));
    }
    let mut found = read_fields(given, plain)?;
    change(given, &mut found, &changed)?;
    if let Some(decorators) = &decorators {
        found.extend(computed(given, decorators)?);
    }
    let extra = given.getattr_opt("__pydantic_extra__")?.filter(|extra| !extra.is_none());
    if let Some(extra) = extra {
        found.extend(members(&extra)?.map(from_members).unwrap_or_default());
    }
    Ok(Some(found))
}

/// The entries of a model of pydantic 1, or of its shim in pydantic 2.
pub fn old_entries<'py>(
    given: &Bound<'py, PyAny>,
    fields: &Bound<'py, PyDict>,
) -> Mismatched<Vec<Member<'py>>> {
    let mut declared: Vec<Declared<'py>> = Vec::with_capacity(fields.len());
    for pair in fields.items() {
        let (name, field): (Bound<'py, PyString>, Bound<'py, PyAny>) = pair.extract()?;
        let details = field.getattr_opt("field_info")?;
        let exclude = details.map(|details| details.getattr_opt("exclude")).transpose()?.flatten();
        if !exclude.is_some_and(|exclude| exclude.is(&*true_of(given))) {
            let alias = alias_of(&field, ["alias", "alias"])?;
            declared.push((name, alias));
        }
    }
    let mut found = read_fields(given, declared)?;
    if let Some(all) = given.getattr_opt("__dict__")? {
        for (name, value) in members(&all)?.unwrap_or_default() {
            if !fields.contains(&name)? && !value.is_none() {
                found.push(Member { name, alias: None, value });
            }
        }
    }
    Ok(found)
}

fn true_of<'py>(given: &Bound<'py, PyAny>) -> pyo3::Borrowed<'py, 'py, pyo3::types::PyBool> {
    pyo3::types::PyBool::new(given.py(), true)
}

fn alias_of<'py>(field: &Bound<'py, PyAny>, attributes: [&str; 2]) -> PyResult<Option<Bound<'py, PyAny>>> {
    for attribute in attributes {
        if let Some(alias) = field.getattr_opt(attribute)?.filter(Bound::is_instance_of::<PyString>) {
            return Ok(Some(alias));
        }
    }
    Ok(None)
}

/// What the decorators of a kind are attached to, by name.
fn decorated<'py>(
    decorators: &Bound<'py, PyAny>,
    kind: &str,
) -> PyResult<Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)>> {
    let found = decorators.getattr_opt(kind)?.and_then(|found| found.cast_into::<PyDict>().ok());
    found.map(|found| members_of(&found)).transpose().map(Option::unwrap_or_default)
}

/// Whether a model says itself what it is as a whole, and not only in JSON.
fn has_own_form(decorators: &Bound<'_, PyAny>) -> PyResult<bool> {
    for (_, decorator) in decorated(decorators, "model_serializers")? {
        let used = decorator.getattr("info")?.getattr_opt("when_used")?;
        let used = used.map(|used| used.to_string()).unwrap_or_default();
        if !used.starts_with("json") {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a field is changed when its model is dumped.
fn is_changed(
    name: &Bound<'_, PyString>,
    field: &Bound<'_, PyAny>,
    decorators: Option<&Bound<'_, PyAny>>,
) -> PyResult<bool> {
    for part in
        field.getattr_opt("metadata")?.map(|parts| parts.try_iter()).transpose()?.into_iter().flatten()
    {
        let class = part?.get_type().name()?.to_string();
        if matches!(class.as_str(), "PlainSerializer" | "WrapSerializer") {
            return Ok(true);
        }
    }
    for (_, decorator) in
        decorators.map(|all| decorated(all, "field_serializers")).transpose()?.unwrap_or_default()
    {
        let fields = decorator.getattr("info")?.getattr("fields")?;
        if fields.contains(name)? || fields.contains("*")? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Puts what changed fields are dumped as in their places.
fn change<'py>(
    given: &Bound<'py, PyAny>,
    found: &mut [Member<'py>],
    changed: &HashSet<String>,
) -> PyResult<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let options = PyDict::new(given.py());
    options.set_item("include", changed)?;
    let dumped = given.call_method("model_dump", (), Some(&options))?;
    for member in found {
        if let Ok(value) = dumped.get_item(&member.name)
            && changed.contains(&member.name.to_string())
        {
            member.value = value;
        }
    }
    Ok(())
}

/// Fields that are computed.
fn computed<'py>(given: &Bound<'py, PyAny>, decorators: &Bound<'py, PyAny>) -> PyResult<Vec<Member<'py>>> {
    let mut found = Vec::new();
    for (name, decorator) in decorated(decorators, "computed_fields")? {
        let alias = alias_of(&decorator.getattr("info")?, ["alias", "alias"])?;
        let value = given.getattr(name.cast::<PyString>()?)?;
        if !value.is_none() {
            found.push(Member { name, alias, value });
        }
    }
    Ok(found)
}
