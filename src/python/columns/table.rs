//! Columns in memory, and how others take them.

use std::collections::HashSet;
use std::sync::Arc;

use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule};

use crate::export::{
    ColumnBuilder, JoinedBuilder, Submitted, joined_schema, result_schema, write_csv, write_header,
    write_lines,
};
use crate::models::{BatchItemRequest, BatchResultItem};
use crate::python::exit;
use crate::python::field::Field;

/// Rows of results as columns in memory, for every library that reads Arrow.
///
/// `pyarrow.table(columns)`, `polars.DataFrame(columns)`, `pandas.DataFrame.from_arrow(columns)`
/// and `duckdb.sql("from columns")` take it as it is, without copying.
#[pyclass(frozen, module = "twelvelabs_batches")]
pub struct ResultColumns {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

#[pymethods]
impl ResultColumns {
    /// The rows, as a capsule of an Arrow stream. A wish for another schema is not followed.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches = self.batches.clone().into_iter().map(Ok);
        stream_capsule(py, Box::new(RecordBatchIterator::new(batches, Arc::clone(&self.schema))))
    }

    /// The schema, as a capsule of an Arrow schema.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema_capsule(py, &self.schema)
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __repr__(&self) -> String {
        format!("<ResultColumns: {} rows, {} columns>", self.__len__(), self.schema.fields().len())
    }

    #[allow(clippy::unused_self)]
    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err(
            "columns cannot be pickled: make a table of them, such as `pyarrow.table(columns)`",
        ))
    }

    #[allow(clippy::needless_pass_by_value)] // as PyO3 passes it
    /// The rows as JSON Lines, and how many; without those of the tasks in `known`.
    fn _lines<'py>(
        &self,
        py: Python<'py>,
        known: Option<HashSet<String>>,
    ) -> PyResult<(Bound<'py, PyBytes>, usize)> {
        let (lines, rows) = exit::away(py, || {
            let (mut lines, mut rows) = (Vec::new(), 0);
            for batch in &self.batches {
                let is_wanted = |task_id: &str| known.as_ref().is_none_or(|known| !known.contains(task_id));
                rows += write_lines(batch, &mut lines, is_wanted)?;
            }
            Ok((lines, rows))
        })
        .map_err(cannot_show)?;
        Ok((PyBytes::new(py, &lines), rows))
    }

    /// The rows as CSV, and how many; with `header` the names of the columns before them.
    fn _csv<'py>(&self, py: Python<'py>, header: bool) -> PyResult<(Bound<'py, PyBytes>, usize)> {
        let text = exit::away(py, || {
            let mut text = Vec::new();
            if header {
                write_header(&self.schema, &mut text);
            }
            self.batches.iter().try_for_each(|batch| write_csv(batch, &mut text)).map(|()| text)
        })
        .map_err(cannot_show)?;
        Ok((PyBytes::new(py, &text), self.__len__()))
    }
}

impl ResultColumns {
    pub(super) fn of_results(batches: Vec<RecordBatch>) -> Self {
        Self { schema: result_schema(), batches }
    }
}

#[allow(clippy::needless_pass_by_value)] // as `map_err` passes it
pub(super) fn cannot_show(error: ArrowError) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

pub(super) fn stream_capsule(
    py: Python<'_>,
    reader: Box<dyn RecordBatchReader + Send>,
) -> PyResult<Bound<'_, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(reader), c"arrow_array_stream")
}

pub(super) fn schema_capsule<'py>(py: Python<'py>, schema: &SchemaRef) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema.as_ref()).map_err(cannot_show)?;
    PyCapsule::new_with_value(py, schema, c"arrow_schema")
}

/// Columns of items; beside the requests that asked for them, with their tasks as far as
/// these are known, where requests are given. The first of them has the number `first`.
#[pyfunction]
#[pyo3(signature = (items, requests, first = 0))]
#[allow(clippy::needless_pass_by_value)] // as PyO3 passes them
pub fn make_columns(
    items: Vec<Option<Bound<'_, PyAny>>>,
    requests: Option<Vec<(Bound<'_, PyAny>, Option<String>)>>,
    first: i64,
) -> PyResult<ResultColumns> {
    let mut batches = Vec::new();
    let Some(requests) = requests else {
        let mut builder = ColumnBuilder::default();
        for item in items.iter().flatten() {
            builder.push(&BatchResultItem::read(item)?);
            if builder.is_full() {
                batches.push(builder.finish().map_err(cannot_show)?);
            }
        }
        batches.push(builder.finish().map_err(cannot_show)?);
        return Ok(ResultColumns::of_results(batches));
    };
    let mut builder = JoinedBuilder::default();
    for (place, (item, (request, task_id))) in items.iter().zip(&requests).enumerate() {
        let item = item.as_ref().map(BatchResultItem::read).transpose()?;
        let request =
            &BatchItemRequest::read(request).map_err(|mismatch| mismatch.at(place).at("requests"))?;
        let index = first + i64::try_from(place)?;
        let submitted = Submitted { index, request, task_id: task_id.as_deref() };
        builder.push(submitted, item.as_ref()).map_err(cannot_show)?;
        if builder.is_full() {
            batches.push(builder.finish().map_err(cannot_show)?);
        }
    }
    batches.push(builder.finish().map_err(cannot_show)?);
    Ok(ResultColumns { schema: joined_schema(), batches })
}
