//! Answers as data: what Python modules of the package make of them, imported when needed.

use pyo3::prelude::*;

use super::models::{AnalyzeTaskResult, BatchResultItem};

const PARSE: &str = "twelvelabs_batches._answers";
const SEGMENTS: &str = "twelvelabs_batches._segment";

fn call<'py>(
    (module, function): (&str, &str),
    owner: &Bound<'py, PyAny>,
    model: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    owner.py().import(module)?.call_method1(function, (owner, model))
}

#[pymethods]
impl AnalyzeTaskResult {
    /// The JSON of the answer, as Python objects.
    ///
    /// JSON in a Markdown code block that is the whole answer is read too. A name twice
    /// in an object, NaN, Infinity, numbers too large for a float and halves of
    /// surrogate pairs are refused; integers have as many digits as they have.
    ///
    /// Args:
    ///     model: What the answer is to fit, and to be made an object of: a pydantic
    ///         model, a dataclass, a TypedDict, a msgspec struct, an attrs class, or
    ///         anything written with them, such as `list[Scene]`. Needs the library
    ///         that it is of; pydantic, or else msgspec, for those of Python itself.
    ///
    /// Raises:
    ///     CutAnswerError: The answer was cut at `max_tokens`, and is not whole.
    ///     InvalidAnswerError: It is no JSON.
    ///     AnswerMismatchError: It does not fit the model.
    ///     ImportError: The library that `model` needs is not installed.
    #[pyo3(signature = (model=None))]
    fn parse<'py>(slf: &Bound<'py, Self>, model: Option<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
        call((PARSE, "parse_result"), slf.as_any(), model)
    }

    /// The segments that the answer of a `time_based_metadata` batch tells: definition
    /// by definition, and of each in the order of the answer.
    ///
    /// Args:
    ///     metadata: What the metadata of each segment is to fit, and to be made an
    ///         object of; as in `parse`. Dicts if not given.
    ///
    /// Raises:
    ///     InvalidAnswerError: The answer is no JSON, or tells no segments.
    ///     AnswerMismatchError: The metadata does not fit the model.
    ///     ImportError: The library that `metadata` needs is not installed.
    #[pyo3(signature = (metadata=None))]
    fn segments<'py>(
        slf: &Bound<'py, Self>,
        metadata: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        call((SEGMENTS, "segments_of_result"), slf.as_any(), metadata)
    }
}

#[pymethods]
impl BatchResultItem {
    /// The JSON of the item's answer, as Python objects, or as an object of a model:
    /// `data.parse`, whose errors name the item.
    ///
    /// Args:
    ///     model: What the answer is to fit.
    ///
    /// Raises:
    ///     NoAnswerError: The item has no answer; the error tells why.
    ///     CutAnswerError: The answer was cut at `max_tokens`, and is not whole.
    ///     InvalidAnswerError: It is no JSON.
    ///     AnswerMismatchError: It does not fit the model.
    ///     ImportError: The library that `model` needs is not installed.
    #[pyo3(signature = (model=None))]
    fn parse<'py>(slf: &Bound<'py, Self>, model: Option<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
        call((PARSE, "parse_item"), slf.as_any(), model)
    }

    /// The segments that the item's answer tells: `data.segments`, whose errors name
    /// the item.
    ///
    /// Args:
    ///     metadata: What the metadata of each segment is to fit.
    ///
    /// Raises:
    ///     NoAnswerError: The item has no answer; the error tells why.
    ///     InvalidAnswerError: The answer is no JSON, or tells no segments.
    ///     AnswerMismatchError: The metadata does not fit the model.
    ///     ImportError: The library that `metadata` needs is not installed.
    #[pyo3(signature = (metadata=None))]
    fn segments<'py>(
        slf: &Bound<'py, Self>,
        metadata: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        call((SEGMENTS, "segments_of_item"), slf.as_any(), metadata)
    }
}
