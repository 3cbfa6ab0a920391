//! How a model class is made from a model's declaration.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyModule};
use serde_json::{Map, Value};

use super::field::Field;
use super::mismatch::Mismatched;
use super::record::{Record, plain_name};

/// Makes a class from a model's declaration.
macro_rules! record {
    ($kind:ident $(#[doc = $doc:literal])* $name:ident {
        $( $(#[doc = $field_doc:literal])* ($($wire:literal)?) $field:ident : $ty:ty, )*
    }) => {
        $(#[doc = $doc])*
        #[pyclass(frozen, module = "twelvelabs_batches")]
        pub struct $name {
            $(
                $(#[doc = $field_doc])*
                #[pyo3(get)]
                pub(super) $field: record!(@stored $name $field),
            )*
            pub(super) set: u64,
            pub(super) extra: Option<Py<PyDict>>,
        }

        impl Record for $name {
            const CLASS: &'static str = stringify!($name);
            const OPEN: bool = record!(@open $kind);
            const FIELDS: &'static [FieldInfo] = {
                #[allow(unused_imports)]
                use crate::models::*;
                &[ $( FieldInfo {
                    name: plain_name(stringify!($field)),
                    wire: record!(@wire $field $($wire)?),
                    doc: concat!($($field_doc, "\n"),*),
                    optional: <$ty as Field>::OPTIONAL,
                    annotation: <$ty as Field>::annotation,
                    coerce: <$ty as Field>::coerce,
                } ),* ]
            };

            fn assemble(values: Vec<Py<PyAny>>, set: u64, extra: Option<Py<PyDict>>) -> Option<Self> {
                let mut values = values.into_iter();
                Some(Self { $( $field: Stored::store(values.next()?), )* set, extra })
            }

            fn parts<'py>(&self, py: Python<'py>) -> PyResult<Parts<'_, 'py>> {
                Ok(Parts { values: vec![$(self.$field.object(py)?),*], set: self.set, extra: self.extra() })
            }

            fn extra(&self) -> Option<&Py<PyDict>> {
                self.extra.as_ref()
            }
        }

        #[pymethods]
        impl $name {
            #[new]
            #[pyo3(signature = (**fields))]
            fn new(py: Python<'_>, fields: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
                let given = fields.map(members_of).transpose()?.unwrap_or_default();
                Ok(record::build(py, from_members(given))?)
            }

            /// The fields that were set, by their names in JSON. Takes the keywords
            /// of `model_dump`.
            #[pyo3(signature = (**options))]
            fn dict<'py>(
                &self,
                py: Python<'py>,
                options: Option<&Bound<'py, PyDict>>,
            ) -> PyResult<Bound<'py, PyDict>> {
                Wish::read(Dump::WIRE, options)?.dict(py, self)
            }

            /// Every field, by its name in Python, as JSON text. Takes the keywords
            /// of `model_dump_json`.
            #[pyo3(signature = (**options))]
            fn json<'py>(
                &self,
                py: Python<'py>,
                options: Option<&Bound<'py, PyDict>>,
            ) -> PyResult<Bound<'py, PyAny>> {
                Wish::read(Dump::PYTHON, options)?.json(py, self)
            }

            /// Every field, by its name in Python.
            ///
            /// Args:
            ///     mode: `python`, or `json` for times as text.
            ///     include: Names of the fields to dump; dicts of names for parts of
            ///         what is below them.
            ///     exclude: Names of the fields to leave out, likewise.
            ///     by_alias: Whether to write the names in JSON.
            ///     exclude_unset: Whether to leave out what was not set.
            ///     exclude_none: Whether to leave out what is `None`.
            ///     exclude_defaults: Whether to leave out optional fields that are
            ///         `None`.
            #[pyo3(signature = (**options))]
            fn model_dump<'py>(
                &self,
                py: Python<'py>,
                options: Option<&Bound<'py, PyDict>>,
            ) -> PyResult<Bound<'py, PyDict>> {
                Wish::read(Dump::PYTHON, options)?.dict(py, self)
            }

            /// Every field, by its name in Python, as JSON text.
            ///
            /// Args:
            ///     indent: Spaces of each level; without it, all is on one line.
            ///     ensure_ascii: Whether to escape everything that is not ASCII.
            ///     include: As in `model_dump`, and so are the others.
            #[pyo3(signature = (**options))]
            fn model_dump_json<'py>(
                &self,
                py: Python<'py>,
                options: Option<&Bound<'py, PyDict>>,
            ) -> PyResult<Bound<'py, PyAny>> {
                Wish::read(Dump::PYTHON, options)?.json(py, self)
            }

            /// A copy.
            ///
            /// Args:
            ///     update: Fields to replace in it; they are looked at as when the
            ///         object is made.
            ///     deep: Whether dicts and lists in it are copied too.
            #[pyo3(signature = (*, update = None, deep = false))]
            fn model_copy<'py>(
                slf: &Bound<'py, Self>,
                update: Option<&Bound<'py, PyAny>>,
                deep: bool,
            ) -> PyResult<Bound<'py, PyAny>> {
                record::copy(slf, update, deep)
            }

            /// Makes an object of a dict, or of an object with the same fields.
            #[classmethod]
            #[pyo3(signature = (obj, **_options))]
            fn model_validate<'py>(
                _cls: &Bound<'py, PyType>,
                obj: &Bound<'py, PyAny>,
                _options: Option<&Bound<'py, PyDict>>,
            ) -> PyResult<Bound<'py, PyAny>> {
                Ok(record::coerce::<Self>(obj)?)
            }

            /// Makes an object of JSON text.
            #[classmethod]
            #[pyo3(signature = (json_data, **_options))]
            fn model_validate_json<'py>(
                _cls: &Bound<'py, PyType>,
                json_data: &Bound<'py, PyAny>,
                _options: Option<&Bound<'py, PyDict>>,
            ) -> PyResult<Bound<'py, PyAny>> {
                Ok(record::coerce::<Self>(&json::parse(json_data)?)?)
            }

            /// Makes an object of values that are not looked at.
            #[classmethod]
            #[pyo3(signature = (_fields_set = None, **values))]
            fn model_construct(
                cls: &Bound<'_, PyType>,
                _fields_set: Option<&Bound<'_, PyAny>>,
                values: Option<&Bound<'_, PyDict>>,
            ) -> PyResult<Option<Self>> {
                let given = values.map(members_of).transpose()?.unwrap_or_default();
                record::construct(cls.py(), given)
            }

            /// The JSON schema of such objects. Needs pydantic.
            #[classmethod]
            #[pyo3(signature = (by_alias = true, **options))]
            fn model_json_schema<'py>(
                cls: &Bound<'py, PyType>,
                by_alias: bool,
                options: Option<&Bound<'py, PyDict>>,
            ) -> PyResult<Bound<'py, PyAny>> {
                pydantic(cls.py())?.call_method("json_schema", (cls, by_alias), options)
            }

            /// For pydantic, where such objects are fields of its models.
            #[classmethod]
            fn __get_pydantic_core_schema__<'py>(
                cls: &Bound<'py, PyType>,
                _source: &Bound<'py, PyAny>,
                handler: &Bound<'py, PyAny>,
            ) -> PyResult<Bound<'py, PyAny>> {
                pydantic(cls.py())?.call_method1("core_schema", (cls, handler))
            }

            /// For pydantic, where it writes JSON schemas.
            #[classmethod]
            fn __get_pydantic_json_schema__<'py>(
                cls: &Bound<'py, PyType>,
                core_schema: &Bound<'py, PyAny>,
                handler: &Bound<'py, PyAny>,
            ) -> PyResult<Bound<'py, PyAny>> {
                pydantic(cls.py())?.call_method1("describe", (cls, core_schema, handler))
            }

            /// For pydantic, where such objects stand for anything.
            #[getter]
            fn __pydantic_serializer__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
                pydantic(slf.py())?.call_method1("serializer", (slf.get_type(),))
            }

            /// The names of the fields that were set.
            #[getter]
            fn model_fields_set<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PySet>> {
                record::fields_set(py, self)
            }

            /// Fields that this version does not know.
            #[getter]
            fn model_extra<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
                if !Self::OPEN {
                    return Ok(None);
                }
                self.extra.as_ref().map_or_else(|| Ok(PyDict::new(py)), |extra| extra.bind(py).copy()).map(Some)
            }

            fn __getattr__(&self, name: &Bound<'_, PyString>) -> PyResult<Py<PyAny>> {
                record::get_extra(self, name)
            }

            /// Names and values of all fields, so that `dict(…)` takes them.
            fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
                record::pairs(py, self)?.try_iter()
            }

            fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
                record::represent(py, self)
            }

            fn __richcmp__(&self, other: &Bound<'_, PyAny>, operator: CompareOp) -> PyResult<Py<PyAny>> {
                record::compare(self, other, operator)
            }

            fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
                record::hash(py, self)
            }

            fn __getnewargs_ex__<'py>(
                &self,
                py: Python<'py>,
            ) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyDict>)> {
                Ok((PyTuple::empty(py), record::shallow(py, self)?))
            }

            /// As Python does by itself with the arguments above, but for the first two
            /// protocols too.
            fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
                record::reduce(slf, record::shallow(slf.py(), slf.get())?)
            }

            #[classattr]
            fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
                PyTuple::new(py, Self::FIELDS.iter().map(|field| field.name))
            }

            #[classattr]
            fn __signature__() -> Signature {
                Signature { fields: Self::FIELDS, open: Self::OPEN }
            }
        }

        impl Field for core::$name {
            fn annotation() -> String {
                stringify!($name).to_owned()
            }

            fn coerce<'py>(given: &Bound<'py, PyAny>) -> Mismatched<Bound<'py, PyAny>> {
                record::coerce::<$name>(given)
            }

            fn read(given: &Bound<'_, PyAny>) -> Mismatched<Self> {
                record!(@quick $kind given);
                let coerced = record::coerce::<$name>(given)?;
                let stored = coerced.cast::<$name>().map_err(PyErr::from)?.get();
                let py = given.py();
                Ok(record!(@read $kind py stored $name [$($field)*]))
            }

            fn show<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                let mut set = 0;
                let mut _position = 0;
                $(
                    set |= u64::from(!self.$field.is_absent()) << _position;
                    _position += 1;
                )*
                let extra = record!(@extra $kind py self $name);
                let record = $name { $( $field: Stored::store(self.$field.show(py)?.unbind()), )* set, extra };
                Ok(Bound::new(py, record)?.into_any())
            }
        }

        impl Finish for core::$name {
            fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
                Ok(self.show(py)?.unbind())
            }
        }
    };
    (@quick request $given:ident) => {
        if let Some(read) = Quick::quick($given) {
            return Ok(read);
        }
    };
    (@quick response $given:ident) => {};
    (@stored AnalyzeTaskResult usage) => { Tokens };
    (@stored $name:ident $field:ident) => { Py<PyAny> };
    (@open request) => { false };
    (@open response) => { true };
    (@wire $field:ident) => { plain_name(stringify!($field)) };
    (@wire $field:ident $wire:literal) => { $wire };
    (@read request $py:ident $stored:ident $name:ident [$($field:ident)*]) => {
        core::$name { $( $field: read_field(&$stored.$field.object($py)?, stringify!($field))?, )* }
    };
    (@read response $py:ident $stored:ident $name:ident [$($field:ident)*]) => {
        core::$name {
            $( $field: read_field(&$stored.$field.object($py)?, stringify!($field))?, )*
            extra: match &$stored.extra {
                Some(extra) => Field::read(extra.bind($py).as_any())?,
                None => Map::new(),
            },
        }
    };
    (@extra request $py:ident $self:ident $name:ident) => { None };
    (@extra response $py:ident $self:ident $name:ident) => { show_extra::<$name>(&$self.extra, $py)? };
}

pub(super) use record;

/// What only pydantic's users need, and what needs pydantic.
pub(super) fn pydantic(py: Python<'_>) -> PyResult<Bound<'_, PyModule>> {
    py.import("twelvelabs_batches._pydantic")
}

/// A stored value, as the core has it.
pub(super) fn read_field<T: Field>(value: &Bound<'_, PyAny>, name: &'static str) -> Mismatched<T> {
    T::read(value).map_err(|mismatch| mismatch.at(plain_name(name)))
}

/// Unknown fields, as a record stores them. One that is named as another field
/// is in Python cannot be told from it, and is let go.
pub(super) fn show_extra<R: Record>(
    extra: &Map<String, Value>,
    py: Python<'_>,
) -> PyResult<Option<Py<PyDict>>> {
    if extra.is_empty() {
        return Ok(None);
    }
    let shown = extra.show(py)?.cast_into::<PyDict>()?;
    for field in R::FIELDS.iter().filter(|field| field.name != field.wire) {
        if shown.contains(field.name)? {
            shown.del_item(field.name)?;
        }
    }
    Ok(Some(shown).filter(|shown| !shown.is_empty()).map(Bound::unbind))
}
