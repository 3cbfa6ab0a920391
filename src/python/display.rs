//! How objects show themselves in notebooks. The work is Python's: see `_display`.

use pyo3::prelude::*;

use super::columns::ResultColumns;
use super::emulator::Emulator;
use super::malformed::MalformedRow;
use super::models::{
    AnalyzeBatchStatusResponse, AnalyzeTaskResponse, AnalyzeTaskResult, AssetDetail, BatchResultItem,
    CreateAnalyzeBatchResponse,
};
use super::results::ResultsReader;

const DISPLAY: &str = "twelvelabs_batches._display";

/// Gives classes what notebooks ask of an object that is to be shown.
macro_rules! displayed {
    ($($class:ty),* $(,)?) => {
        $(
            #[pymethods]
            impl $class {
                /// For notebooks: the object as HTML.
                fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
                    slf.py().import(DISPLAY)?.call_method1("html", (slf,))
                }
            }
        )*
    };
}

displayed! {
    AnalyzeBatchStatusResponse,
    CreateAnalyzeBatchResponse,
    BatchResultItem,
    AnalyzeTaskResult,
    AnalyzeTaskResponse,
    AssetDetail,
    Emulator,
    ResultsReader,
    ResultColumns,
    MalformedRow,
}
