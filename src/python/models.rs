//! The model classes, made from the declarations in `crate::models`.

// PyO3 writes `__getattr__` in a way that this lint of the 2024 edition sees
// when a macro of ours stands around it.
#![allow(unsafe_op_in_unsafe_fn)]

use pyo3::basic::CompareOp;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};
use serde_json::{Map, Value};

use super::field::Field;
use super::given::members_of;
use super::mismatch::Mismatched;
use super::record::{self, Dump, FieldInfo, Parts, Record, plain_name};
use super::runtime::Finish;
use super::signature::Signature;
use crate::models as core;
use crate::models::Presence;

/// Makes a class from a model's declaration.
macro_rules! record {
    ($kind:ident $(#[doc = $doc:literal])* $name:ident {
        $( $(#[doc = $field_doc:literal])* ($($wire:literal)?) $field:ident : $ty:ty, )*
    }) => {
        $(#[doc = $doc])*
        #[pyclass(frozen, module = "twelvelabs_batches")]
        pub struct $name {
            $( $field: Py<PyAny>, )*
            set: u32,
            extra: Option<Py<PyDict>>,
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

            fn assemble(values: Vec<Py<PyAny>>, set: u32, extra: Option<Py<PyDict>>) -> Option<Self> {
                let mut values = values.into_iter();
                Some(Self { $( $field: values.next()?, )* set, extra })
            }

            fn parts(&self) -> Parts<'_> {
                Parts { values: vec![$(&self.$field),*], set: self.set, extra: self.extra.as_ref() }
            }
        }

        #[pymethods]
        impl $name {
            #[new]
            #[pyo3(signature = (**fields))]
            fn new(py: Python<'_>, fields: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
                let given = fields.map(members_of).transpose()?.unwrap_or_default();
                Ok(record::build(py, given)?)
            }

            $(
                $(#[doc = $field_doc])*
                #[getter]
                fn $field(&self, py: Python<'_>) -> Py<PyAny> {
                    self.$field.clone_ref(py)
                }
            )*

            /// The fields that were set, by their names in JSON.
            fn dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
                record::dump(py, self, Dump::Wire)
            }

            /// Every field, by its name in Python.
            fn model_dump<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
                record::dump(py, self, Dump::Python)
            }

            fn __getattr__(&self, name: &Bound<'_, PyString>) -> PyResult<Py<PyAny>> {
                record::get_extra(self, name)
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
                Ok((PyTuple::empty(py), record::dump(py, self, Dump::Shallow)?))
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
                let coerced = record::coerce::<$name>(given)?;
                let stored = coerced.cast::<$name>().map_err(PyErr::from)?.get();
                let py = given.py();
                Ok(record!(@read $kind py stored $name [$($field)*]))
            }

            fn show<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                let mut set = 0;
                let mut _position = 0;
                $(
                    set |= u32::from(!self.$field.is_absent()) << _position;
                    _position += 1;
                )*
                let extra = record!(@extra $kind py self);
                let record = $name { $( $field: self.$field.show(py)?.unbind(), )* set, extra };
                Ok(Bound::new(py, record)?.into_any())
            }
        }

        impl Finish for core::$name {
            fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
                Ok(self.show(py)?.unbind())
            }
        }
    };
    (@open request) => { false };
    (@open response) => { true };
    (@wire $field:ident) => { plain_name(stringify!($field)) };
    (@wire $field:ident $wire:literal) => { $wire };
    (@read request $py:ident $stored:ident $name:ident [$($field:ident)*]) => {
        core::$name { $( $field: read_field(&$stored.$field, $py, stringify!($field))?, )* }
    };
    (@read response $py:ident $stored:ident $name:ident [$($field:ident)*]) => {
        core::$name {
            $( $field: read_field(&$stored.$field, $py, stringify!($field))?, )*
            extra: match &$stored.extra {
                Some(extra) => Field::read(extra.bind($py).as_any())?,
                None => Map::new(),
            },
        }
    };
    (@extra request $py:ident $self:ident) => { None };
    (@extra response $py:ident $self:ident) => { show_extra(&$self.extra, $py)? };
}

fn read_field<T: Field>(value: &Py<PyAny>, py: Python<'_>, name: &'static str) -> Mismatched<T> {
    T::read(value.bind(py)).map_err(|mismatch| mismatch.at(plain_name(name)))
}

fn show_extra(extra: &Map<String, Value>, py: Python<'_>) -> PyResult<Option<Py<PyDict>>> {
    if extra.is_empty() {
        return Ok(None);
    }
    Ok(Some(extra.show(py)?.cast_into::<PyDict>()?.unbind()))
}

/// Makes every class, and what must know them all.
macro_rules! records {
    ($($table:ident $name:ident),* $(,)?) => {
        $( core::$table!(record); )*

        /// An object as a dict, if it is of one of the model classes.
        pub fn dump_record<'py>(
            object: &Bound<'py, PyAny>,
            how: Dump,
            depth: usize,
        ) -> Option<PyResult<Bound<'py, PyDict>>> {
            $(
                if let Ok(record) = object.cast::<$name>() {
                    return Some(record::dump_at(object.py(), record.get(), how, depth));
                }
            )*
            None
        }

        /// Adds the classes to the module.
        pub fn add(module: &Bound<'_, PyModule>) -> PyResult<()> {
            $( module.add_class::<$name>()?; )*
            Ok(())
        }

        /// What the classes are made of: name, documentation, whether unknown
        /// fields are kept, and each field's name, name in JSON, type, whether
        /// it is optional and documentation.
        #[pyfunction]
        pub fn describe_models(py: Python<'_>) -> PyResult<Vec<Py<PyAny>>> {
            vec![$( describe::<$name>(py) ),*].into_iter().collect()
        }
    };
}

fn describe<R: Record>(py: Python<'_>) -> PyResult<Py<PyAny>> {
    let fields = R::FIELDS
        .iter()
        .map(|field| (field.name, field.wire, (field.annotation)(), field.optional, field.doc))
        .collect::<Vec<_>>();
    Ok((R::CLASS, py.get_type::<R>().getattr("__doc__")?, R::OPEN, fields)
        .into_pyobject(py)?
        .into_any()
        .unbind())
}

records! {
    batch_item_request BatchItemRequest,
    batch_video_context BatchVideoContext,
    batch_defaults BatchDefaults,
    batch_prompt BatchPrompt,
    sme_media_source SmeMediaSource,
    async_response_format AsyncResponseFormat,
    segment_definition SegmentDefinition,
    segment_field SegmentField,
    segment_field_items SegmentFieldItems,
    analyze_time_range AnalyzeTimeRange,
    create_analyze_batch_response CreateAnalyzeBatchResponse,
    created_batch_item CreatedBatchItem,
    analyze_batch_status_response AnalyzeBatchStatusResponse,
    analyze_task_webhook_info AnalyzeTaskWebhookInfo,
    batch_result_item BatchResultItem,
    analyze_task_result AnalyzeTaskResult,
    analyze_task_result_usage AnalyzeTaskResultUsage,
    batch_item_error BatchItemError,
    page_info PageInfo,
}
