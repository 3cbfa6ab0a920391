//! The model classes, made from the declarations in `crate::models`.

// PyO3 writes `__getattr__` in a way that this lint of the 2024 edition sees
// when a macro of ours stands around it.
#![allow(unsafe_op_in_unsafe_fn)]

use pyo3::basic::CompareOp;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyIterator, PySet, PyString, PyTuple, PyType};
use serde_json::{Map, Value};

use super::dump::{Choice, Dump, Walk, Wish};
use super::field::Field;
use super::given::members_of;
use super::json;
use super::mismatch::Mismatched;
use super::model_class::{pydantic, read_field, record, show_extra};
use super::objects::from_members;
use super::quick::{self, Quick, quick_record};
use super::record::{self, FieldInfo, Parts, Record, Stored, plain_name};
use super::runtime::Finish;
use super::signature::Signature;
use super::tokens::Tokens;
use crate::models as core;
use crate::models::Presence;

/// Makes every class, and what must know them all.
macro_rules! records {
    ($($table:ident $name:ident),* $(,)?) => {
        $(
            core::$table!(record);
            core::$table!(quick_record);
        )*

        /// What was set of an object of one of the model classes, by the names in
        /// JSON; nothing if it is of another class.
        pub fn dump_record<'py>(object: &Bound<'py, PyAny>) -> Option<PyResult<Bound<'py, PyDict>>> {
            dump_record_within(object, Walk::new(Dump::WIRE), &Choice::default())
        }

        /// An object of one of the model classes as a dict; nothing if it is of another class.
        pub fn dump_record_within<'py>(
            object: &Bound<'py, PyAny>,
            walk: Walk,
            choice: &Choice<'py>,
        ) -> Option<PyResult<Bound<'py, PyDict>>> {
            $(
                if let Ok(record) = object.cast::<$name>() {
                    return Some(walk.record(object.py(), record.get(), choice));
                }
            )*
            None
        }

        /// Whether an object is of one of the model classes.
        pub fn is_record(object: &Bound<'_, PyAny>) -> bool {
            $( object.is_instance_of::<$name>() )||*
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
    analyze_task_response AnalyzeTaskResponse,
    analyze_task_error AnalyzeTaskError,
    analyze_task_response_video_source AnalyzeTaskResponseVideoSource,
    analyze_task_response_video_source_system_metadata AnalyzeTaskResponseVideoSourceSystemMetadata,
    analyze_task_response_request_params AnalyzeTaskResponseRequestParams,
    analyze_task_response_request_params_prompt_v2 AnalyzeTaskResponseRequestParamsPromptV2,
    analyze_task_response_request_params_response_format AnalyzeTaskResponseRequestParamsResponseFormat,
    analyze_task_response_request_params_response_format_segment_definitions_item
        AnalyzeTaskResponseRequestParamsResponseFormatSegmentDefinitionsItem,
    analyze_task_media_source AnalyzeTaskMediaSource,
    analyze_task_segment_field AnalyzeTaskSegmentField,
    analyze_task_segment_field_items AnalyzeTaskSegmentFieldItems,
    analyze_task_time_array_item_field AnalyzeTaskTimeArrayItemField,
    analyze_task_time_array_item_field_items AnalyzeTaskTimeArrayItemFieldItems,
    asset_detail AssetDetail,
    asset_error AssetError,
    asset_source AssetSource,
    asset_source_details AssetSourceDetails,
    asset_hls AssetHls,
    asset_thumbnail AssetThumbnail,
    technical_metadata TechnicalMetadata,
    video_stream VideoStream,
    audio_stream AudioStream,
}
