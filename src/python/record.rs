//! What all model classes do alike.

use pyo3::basic::CompareOp;
use pyo3::exceptions::{PyAttributeError, PyRecursionError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyFrozenSet, PyList, PySet, PyString, PyTuple, PyType};
use pyo3::{IntoPyObjectExt, PyClass};

use super::given::{self, Members, expected, members_of, too_deep};
use super::json;
use super::mismatch::{Gathered, Mismatch, Mismatched};
use super::models::is_record;
use super::objects::{Member, entries};
use crate::models::refuse_unknown;

/// A field of a model class.
pub struct FieldInfo {
    /// Its name in Python.
    pub name: &'static str,
    /// Its name in JSON.
    pub wire: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// Whether a record can be made without it.
    pub optional: bool,
    /// Its type in Python.
    pub annotation: fn() -> String,
    /// Reads what a user passes for it.
    pub coerce: for<'py> fn(&Bound<'py, PyAny>) -> Mismatched<Bound<'py, PyAny>>,
}

/// The contents of a record: a value for every field, which of them were set,
/// and the fields that the model does not know.
pub struct Parts<'a, 'py> {
    /// Values in the fields' order; `None` where nothing was set.
    pub values: Vec<Bound<'py, PyAny>>,
    /// One bit a field: whether it was set.
    pub set: u64,
    /// Unknown fields.
    pub extra: Option<&'a Py<PyDict>>,
}

/// How a record stores the value of a field.
pub trait Stored {
    /// Stores an object.
    fn store(object: Py<PyAny>) -> Self;

    /// The object.
    fn object<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
}

impl Stored for Py<PyAny> {
    fn store(object: Py<PyAny>) -> Self {
        object
    }

    fn object<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.bind(py).clone())
    }
}

/// A model class.
pub trait Record:
    PyClass<Frozen = pyo3::pyclass::boolean_struct::True> + Sync + Into<PyClassInitializer<Self>>
{
    /// Its name.
    const CLASS: &'static str;
    /// Whether unknown fields are kept (responses) or refused (requests).
    const OPEN: bool;
    /// Its fields.
    const FIELDS: &'static [FieldInfo];

    /// Makes a record from values in the fields' order.
    fn assemble(values: Vec<Py<PyAny>>, set: u64, extra: Option<Py<PyDict>>) -> Option<Self>;

    /// The record's contents.
    fn parts<'py>(&self, py: Python<'py>) -> PyResult<Parts<'_, 'py>>;

    /// Fields that the model does not know.
    fn extra(&self) -> Option<&Py<PyDict>>;
}

/// The name of a field without the mark of a raw identifier.
pub const fn plain_name(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}

/// Makes a record from keyword arguments or the items of a dict. Everything
/// that does not fit is told at once.
pub fn build<R: Record>(py: Python<'_>, given: Vec<Member<'_>>) -> Mismatched<R> {
    let mut values: Vec<Py<PyAny>> = R::FIELDS.iter().map(|_| py.None()).collect();
    let (mut given_fields, mut set) = (0_u64, 0_u64);
    let mut extra = None;
    let mut gathered = Gathered::default();
    for Member { name, alias, value } in given {
        let key = given::key(&name)?;
        let position = match (find::<R>(&key), alias) {
            (None, Some(alias)) => find::<R>(&given::key(&alias)?),
            (found, _) => found,
        };
        let Some((index, field)) = position.and_then(|index| Some((index, R::FIELDS.get(index)?))) else {
            let kept = if R::OPEN { keep(&value) } else { Err(unknown::<R>(&key)) };
            // A mistyped name is one mistake, not also a missing field.
            given_fields |= if R::OPEN { 0 } else { meant::<R>(&key) };
            if let Some(value) = gathered.take(kept.map_err(|mismatch| mismatch.at(key.as_str())))? {
                extra.get_or_insert_with(|| PyDict::new(py)).set_item(key, value)?;
            }
            continue;
        };
        // Nothing in place of what the platform documents to be there: it was left out.
        given_fields |= 1 << index;
        set |= u64::from(field.optional || !value.is_none()) << index;
        let coerced = (field.coerce)(&value).map_err(|mismatch| mismatch.at(field.name));
        if let (Some(slot), Some(value)) = (values.get_mut(index), gathered.take(coerced)?) {
            *slot = value.unbind();
        }
    }
    for (index, field) in R::FIELDS.iter().enumerate() {
        if !field.optional && given_fields & (1 << index) == 0 {
            let missing = Mismatch::new(format!("{} needs a `{}`", R::CLASS, field.name));
            gathered.take(Err::<(), _>(missing.at(field.name)))?;
        }
    }
    gathered.finish()?;
    R::assemble(values, set, extra.map(Bound::unbind))
        .ok_or_else(|| Mismatch::new(format!("{} cannot be made", R::CLASS)))
}

fn find<R: Record>(key: &str) -> Option<usize> {
    R::FIELDS.iter().position(|field| field.name == key || field.wire == key)
}

/// The bit of the field that a mistyped name stands for.
fn meant<R: Record>(key: &str) -> u64 {
    let near = crate::models::nearest(key, R::FIELDS.iter().map(|field| field.name));
    near.and_then(find::<R>).map_or(0, |index| 1 << index)
}

/// A copy: the record is not to change with what it was made of.
fn keep<'py>(value: &Bound<'py, PyAny>) -> Mismatched<Bound<'py, PyAny>> {
    json::copy(value).map_err(|error| {
        if error.is_instance_of::<PyRecursionError>(value.py()) { too_deep() } else { error.into() }
    })
}

fn unknown<R: Record>(key: &str) -> Mismatch {
    let names: Vec<&str> = R::FIELDS.iter().map(|field| field.name).collect();
    Mismatch::unknown_field(refuse_unknown(&format!("field of {}", R::CLASS), key, &names))
}

fn refuse<R: Record>(given: &Bound<'_, PyAny>) -> Mismatch {
    let article = if R::CLASS.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
    let what = format!("{article} {} or a dict like it", R::CLASS);
    match given.cast::<PyType>().ok().and_then(|kind| kind.name().ok()) {
        Some(name) if R::CLASS == "AsyncResponseFormat" => Mismatch::new(format!(
            "{what} is expected, not a type: response_format_of({name}) makes one of it"
        )),
        _ => expected(&what, given),
    }
}

/// A record as it is, or made from a mapping or an object with the same fields.
pub fn coerce<'py, R: Record>(given: &Bound<'py, PyAny>) -> Mismatched<Bound<'py, PyAny>> {
    let py = given.py();
    if given.is_instance_of::<R>() {
        return Ok(given.clone());
    }
    let entries = if is_record(given) { None } else { entries(given)? };
    let Some(entries) = entries else {
        return Err(refuse::<R>(given));
    };
    let record: R = build(py, entries)?;
    Ok(Bound::new(py, record)?.into_any())
}

/// An unknown field, as an attribute.
pub fn get_extra<R: Record>(record: &R, name: &Bound<'_, PyString>) -> PyResult<Py<PyAny>> {
    if let Some(extra) = record.extra()
        && let Some(value) = extra.bind(name.py()).get_item(name)?
    {
        return Ok(value.unbind());
    }
    let name = &*name.to_string_lossy();
    let names: Vec<&str> = R::FIELDS.iter().map(|field| field.name).collect();
    Err(PyAttributeError::new_err(match crate::models::nearest(name, names.iter().copied()) {
        Some(near) => format!("{:?} has no attribute {name:?}; did you mean {near:?}?", R::CLASS),
        None => format!("{:?} has no attribute {name:?}", R::CLASS),
    }))
}

/// The longest text shown whole in a `repr`.
const LONGEST_SHOWN: isize = 200;

/// `Class(field=value, …)` with the fields that have a value.
pub fn represent<R: Record>(py: Python<'_>, record: &R) -> PyResult<String> {
    let parts = record.parts(py)?;
    let mut shown = Vec::new();
    for (field, value) in R::FIELDS.iter().zip(&parts.values) {
        if !value.is_none() {
            shown.push(format!("{}={}", field.name, represent_value(value)?));
        }
    }
    for (name, value) in parts.extra.map(|extra| members_of(extra.bind(py))).transpose()?.unwrap_or_default()
    {
        shown.push(format!("{name}={}", represent_value(&value)?));
    }
    Ok(format!("{}({})", R::CLASS, shown.join(", ")))
}

fn represent_value(value: &Bound<'_, PyAny>) -> PyResult<String> {
    if let Ok(text) = value.cast::<PyString>()
        && text.len()? > LONGEST_SHOWN.unsigned_abs()
    {
        let beginning = text.get_item(pyo3::types::PySlice::new(value.py(), 0, LONGEST_SHOWN, 1))?;
        return Ok(format!("{}…", beginning.repr()?));
    }
    Ok(value.repr()?.to_string())
}

/// Records are equal when they are of one class and all their values are.
pub fn compare<R: Record>(record: &R, other: &Bound<'_, PyAny>, operator: CompareOp) -> PyResult<Py<PyAny>> {
    let py = other.py();
    let (CompareOp::Eq | CompareOp::Ne, Ok(other)) = (operator, other.cast::<R>()) else {
        return Ok(py.NotImplemented());
    };
    let same = contents(py, record)?.eq(contents(py, other.get())?)?;
    (same == matches!(operator, CompareOp::Eq)).into_py_any(py)
}

/// A record's hash, from its values; lists among them cannot be hashed.
pub fn hash<R: Record>(py: Python<'_>, record: &R) -> PyResult<isize> {
    let parts = record.parts(py)?;
    let extra = parts.extra.map(|extra| members_of(extra.bind(py))).transpose()?.unwrap_or_default();
    // Equal records may hold them in another order.
    let extra = PyFrozenSet::new(py, extra)?;
    (R::CLASS, PyTuple::new(py, parts.values)?, extra).into_pyobject(py)?.hash()
}

fn contents<'py, R: Record>(py: Python<'py>, record: &R) -> PyResult<Bound<'py, PyTuple>> {
    let parts = record.parts(py)?;
    let extra = parts.extra.map(|extra| extra.clone_ref(py).into_any());
    (PyTuple::new(py, parts.values)?, extra.unwrap_or_else(|| PyDict::new(py).into_any().unbind()))
        .into_pyobject(py)
}

/// The fields that were set, by their names in Python, nested records as they
/// are: what makes an equal record.
pub fn shallow<'py, R: Record>(py: Python<'py>, record: &R) -> PyResult<Bound<'py, PyDict>> {
    let parts = record.parts(py)?;
    // What is not known never takes the place of a field.
    let dict = parts.extra.map_or_else(|| Ok(PyDict::new(py)), |extra| extra.bind(py).copy())?;
    for (index, (field, value)) in R::FIELDS.iter().zip(&parts.values).enumerate() {
        if parts.set & (1 << index) != 0 || !field.optional {
            dict.set_item(field.name, value)?;
        }
    }
    Ok(dict)
}

/// How an equal object is made again from a pickle of whatever protocol: of keywords.
pub fn reduce<'py>(object: &Bound<'py, PyAny>, keywords: Bound<'py, PyDict>) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    let make = py.import("copyreg")?.getattr("__newobj_ex__")?;
    let arguments = (object.get_type(), PyTuple::empty(py), keywords);
    Ok((make, arguments).into_pyobject(py)?.into_any())
}

/// Names in Python and values of all fields, and unknown ones behind them.
pub fn pairs<'py, R: Record>(py: Python<'py>, record: &R) -> PyResult<Bound<'py, PyList>> {
    let parts = record.parts(py)?;
    let fields = R::FIELDS.iter().zip(&parts.values).map(|(field, value)| (field.name, value));
    let pairs = PyList::new(py, fields)?;
    if let Some(extra) = parts.extra {
        for pair in members_of(extra.bind(py))? {
            pairs.append(pair)?;
        }
    }
    Ok(pairs)
}

/// The names of the fields that were set, unknown ones among them.
pub fn fields_set<'py, R: Record>(py: Python<'py>, record: &R) -> PyResult<Bound<'py, PySet>> {
    let parts = record.parts(py)?;
    let set = PySet::empty(py)?;
    for (index, field) in R::FIELDS.iter().enumerate() {
        if parts.set & (1 << index) != 0 {
            set.add(field.name)?;
        }
    }
    for (name, _) in parts.extra.map(|extra| members_of(extra.bind(py))).transpose()?.unwrap_or_default() {
        set.add(name)?;
    }
    Ok(set)
}

/// A copy with some fields replaced, by their names in Python or in JSON. What
/// is not replaced is shared, unless the copy is deep.
pub fn copy<'py, R: Record>(
    record: &Bound<'py, R>,
    update: Option<&Bound<'py, PyAny>>,
    deep: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let py = record.py();
    let source = if deep {
        py.import("copy")?.call_method1("deepcopy", (record,))?.cast_into::<R>()?
    } else {
        record.clone()
    };
    let parts = source.get().parts(py)?;
    let mut values: Vec<Py<PyAny>> = parts.values.iter().map(|value| value.clone().unbind()).collect();
    let mut set = parts.set;
    let extra = parts.extra.map(|extra| extra.bind(py).copy()).transpose()?;
    let extra = extra.unwrap_or_else(|| PyDict::new(py));
    let mut gathered = Gathered::default();
    let changes = match update {
        Some(update) => given::members(update)?.ok_or_else(|| expected("a dict", update).at("update"))?,
        None => Vec::new(),
    };
    for (name, value) in changes {
        let name = given::key(&name)?;
        match find::<R>(&name).and_then(|index| Some((index, R::FIELDS.get(index)?, values.get_mut(index)?)))
        {
            Some((index, field, slot)) => {
                let coerced = (field.coerce)(&value).map_err(|mismatch| mismatch.at(field.name));
                if let Some(value) = gathered.take(coerced)? {
                    *slot = value.unbind();
                    set |= 1 << index;
                }
            }
            None if R::OPEN => extra.set_item(name, keep(&value)?)?,
            None => drop(gathered.take(Err::<(), _>(unknown::<R>(&name).at(name.as_str())))?),
        }
    }
    gathered.finish()?;
    let extra = Some(extra).filter(|extra| !extra.is_empty()).map(Bound::unbind);
    let copied = R::assemble(values, set, extra);
    copied.map_or_else(|| Ok(source.into_any()), |copied| Ok(Bound::new(py, copied)?.into_any()))
}

/// A record of values that are not looked at. What is missing is `None`.
pub fn construct<R: Record>(py: Python<'_>, given: Members<'_>) -> PyResult<Option<R>> {
    let mut values: Vec<Py<PyAny>> = R::FIELDS.iter().map(|_| py.None()).collect();
    let mut set = 0_u64;
    let mut extra = None;
    for (key, value) in given {
        let name = given::key(&key)?;
        match find::<R>(&name).and_then(|index| Some((index, values.get_mut(index)?))) {
            Some((index, slot)) => {
                *slot = value.unbind();
                set |= 1 << index;
            }
            None if R::OPEN => extra.get_or_insert_with(|| PyDict::new(py)).set_item(name, value)?,
            None => return Err(unknown::<R>(&name).into()),
        }
    }
    Ok(R::assemble(values, set, extra.map(Bound::unbind)))
}
