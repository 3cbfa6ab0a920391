//! Results as columns. The one file here that knows Arrow.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::{PyKeyboardInterrupt, PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyCapsule, PyList};

use super::errors::{raise_stream, to_exception};
use super::exit;
use super::field::Field;
use super::results::{ResultsReader, Source};
use super::runtime::{Face, Finish, run, wait};
use crate::client::Step;
use crate::error::{Error, Kind};
use crate::export::{
    ColumnBuilder, JoinedBuilder, Submitted, joined_schema, result_schema, write_csv, write_header,
    write_lines,
};
use crate::models::{BatchItemRequest, BatchResultItem};

/// Rows that have come wait at most this long for others to fill a batch.
const LINGER: Duration = Duration::from_secs(1);

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
    fn of_results(batches: Vec<RecordBatch>) -> Self {
        Self { schema: result_schema(), batches }
    }
}

#[allow(clippy::needless_pass_by_value)] // as `map_err` passes it
fn cannot_show(error: ArrowError) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

fn stream_capsule<'py>(
    py: Python<'py>,
    reader: Box<dyn RecordBatchReader + Send>,
) -> PyResult<Bound<'py, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(reader), c"arrow_array_stream")
}

fn schema_capsule<'py>(py: Python<'py>, schema: &SchemaRef) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema.as_ref()).map_err(cannot_show)?;
    PyCapsule::new_with_value(py, schema, c"arrow_schema")
}

/// Columns of items; beside the requests that asked for them, with their tasks as far as
/// these are known, where requests are given.
#[pyfunction]
pub fn make_columns(
    items: Vec<Option<Bound<'_, PyAny>>>,
    requests: Option<Vec<(Bound<'_, PyAny>, Option<String>)>>,
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
    for (index, (item, (request, task_id))) in (0..).zip(items.iter().zip(&requests)) {
        let item = item.as_ref().map(BatchResultItem::read).transpose()?;
        let request = &BatchItemRequest::read(request)?;
        let submitted = Submitted { index, request, task_id: task_id.as_deref() };
        builder.push(submitted, item.as_ref()).map_err(cannot_show)?;
        if builder.is_full() {
            batches.push(builder.finish().map_err(cannot_show)?);
        }
    }
    batches.push(builder.finish().map_err(cannot_show)?);
    Ok(ResultColumns { schema: joined_schema(), batches })
}

/// Columns that were gathered from a stream and not handed over yet: when something goes
/// wrong, and when a signal comes in between, they stay for the next who asks.
pub struct Gathered {
    pending: Mutex<Pending>,
    rows: PyOnceLock<Py<PyList>>,
}

impl Default for Gathered {
    fn default() -> Self {
        Self { pending: Mutex::default(), rows: PyOnceLock::new() }
    }
}

#[derive(Default)]
struct Pending {
    ready: VecDeque<RecordBatch>,
    builder: ColumnBuilder,
    /// Rows that were handed over.
    taken: usize,
    /// What is raised once the rows before it were handed over.
    trouble: Option<Error>,
    /// Why nothing more is to be read.
    spoilt: Option<String>,
}

/// How far a gathering came.
enum Arrived {
    /// There is something to take.
    Some,
    /// There is, and it is the last.
    End,
}

enum Trouble {
    Failed(Error),
    Unbuilt(ArrowError),
}

impl Trouble {
    fn raise(&self, py: Python<'_>) -> PyErr {
        match self {
            Self::Failed(error) => to_exception(py, error),
            Self::Unbuilt(error) => PyRuntimeError::new_err(error.to_string()),
        }
    }
}

impl Gathered {
    fn pending(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Rows that were taken into a list which is not complete yet.
    pub fn rows(&self, py: Python<'_>) -> Py<PyList> {
        self.rows.get_or_init(py, || PyList::empty(py).unbind()).clone_ref(py)
    }

    /// A stream whose rows went into a file that was not finished would give only the rest.
    pub fn refuse_if_spoilt(&self, py: Python<'_>) -> PyResult<()> {
        match &self.pending().spoilt {
            Some(reason) => Err(raise_stream(py, reason)),
            None => Ok(()),
        }
    }

    fn push(&self, item: &BatchResultItem) -> Result<(), ArrowError> {
        let mut pending = self.pending();
        pending.builder.push(item);
        if pending.builder.is_full() {
            let batch = pending.builder.finish()?;
            pending.ready.push_back(batch);
        }
        Ok(())
    }

    fn is_empty(&self) -> bool {
        let pending = self.pending();
        pending.ready.is_empty() && pending.builder.rows() == 0
    }

    fn has_ready(&self) -> bool {
        !self.pending().ready.is_empty()
    }

    /// What has been gathered: all of it, or as much as is handed over at a time.
    fn take(&self, whole: bool) -> Result<Vec<RecordBatch>, ArrowError> {
        let mut pending = self.pending();
        if pending.builder.rows() > 0 && (whole || pending.ready.is_empty()) {
            let batch = pending.builder.finish()?;
            pending.ready.push_back(batch);
        }
        let count = if whole { pending.ready.len() } else { pending.ready.len().min(1) };
        let taken: Vec<_> = pending.ready.drain(..count).collect();
        pending.taken += taken.iter().map(RecordBatch::num_rows).sum::<usize>();
        Ok(taken)
    }

    /// What is told now; nothing if there are rows to be handed over before.
    fn tell(&self, error: Error, whole: bool) -> Result<Arrived, Trouble> {
        if whole || self.is_empty() {
            return Err(Trouble::Failed(error));
        }
        self.pending().trouble = Some(error);
        Ok(Arrived::Some)
    }

    /// Gathers from a source until there is enough.
    async fn gather(&self, source: &Source, whole: bool) -> Result<Arrived, Trouble> {
        loop {
            if !whole && self.has_ready() {
                return Ok(Arrived::Some);
            }
            let trouble = self.pending().trouble.take();
            if let Some(error) = trouble {
                return self.tell(error, whole);
            }
            let step = match source.step_now() {
                Step::More if whole || self.is_empty() => source.next().await,
                Step::More => match tokio::time::timeout(LINGER, source.next()).await {
                    Ok(step) => step,
                    Err(_) => return Ok(Arrived::Some),
                },
                step => Ok(step),
            };
            match step {
                Ok(Step::Row(item)) => self.push(&item).map_err(Trouble::Unbuilt)?,
                // There is no cell for it, and it is not to be lost silently.
                Ok(Step::Malformed(row)) => return self.tell(Kind::MalformedRow(row).into(), whole),
                Ok(Step::Failed(error)) | Err(error) => return self.tell(error, whole),
                Ok(Step::More) => {}
                Ok(Step::End) => return Ok(Arrived::End),
            }
        }
    }
}

impl Finish for Result<Arrived, Trouble> {
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let arrived = self.map_err(|trouble| trouble.raise(py))?;
        Ok(matches!(arrived, Arrived::End).into_pyobject(py)?.to_owned().into_any().unbind())
    }
}

#[pymethods]
impl ResultsReader {
    /// The rows that are still to come, as a capsule of an Arrow stream: whoever reads it
    /// takes them from this stream. A wish for another schema is not followed.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        this: &Bound<'py, Self>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        this.get().refuse_after_fork(this.py())?;
        stream_capsule(
            this.py(),
            Box::new(Pulled { results: this.clone().unbind(), schema: result_schema() }),
        )
    }

    /// The schema of the columns, as a capsule of an Arrow schema.
    #[allow(clippy::unused_self)]
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema_capsule(py, &result_schema())
    }

    /// The next rows as columns, none at the end; with `whole` all that are to come. After
    /// an error those that came before it are kept for the next call.
    fn _columns(&self, py: Python<'_>, whole: bool) -> PyResult<ResultColumns> {
        self.pull(py, whole).map(ResultColumns::of_results)
    }

    /// Awaits that there are columns to take; true at the end. For the asyncio face.
    fn _gather(&self, py: Python<'_>, whole: bool) -> PyResult<Py<PyAny>> {
        self.refuse_after_fork(py)?;
        let (source, gathered) = (Arc::clone(&self.source), Arc::clone(&self.gathered));
        run(py, Face::Asyncio, None, async move { gathered.gather(&source, whole).await })
    }

    /// The columns that were gathered. For the asyncio face.
    fn _take_columns(&self, py: Python<'_>, whole: bool) -> PyResult<ResultColumns> {
        self.refuse_after_fork(py)?;
        self.gathered.take(whole).map(ResultColumns::of_results).map_err(cannot_show)
    }

    /// Rows that were handed over as columns.
    fn _taken(&self) -> usize {
        self.gathered.pending().taken
    }

    /// Has every later use of the stream say why it cannot be read any more.
    fn _spoil(&self, reason: String) {
        self.gathered.pending().spoilt = Some(reason);
    }
}

impl ResultsReader {
    fn pull(&self, py: Python<'_>, whole: bool) -> PyResult<Vec<RecordBatch>> {
        loop {
            self.refuse_after_fork(py)?;
            py.check_signals()?;
            self.pass_on(py)?;
            let arrived = {
                let _waiting = self.enter()?;
                wait(py, self.listener.as_deref(), self.gathered.gather(&self.source, whole))?
            };
            // Before anything is taken: what a handler of `logging` raises must not take its place.
            self.pass_on(py)?;
            let arrived = arrived.map_err(|trouble| trouble.raise(py))?;
            let taken = self.gathered.take(whole).map_err(cannot_show)?;
            // Another thread may have taken what arrived.
            if !taken.is_empty() || matches!(arrived, Arrived::End) {
                return Ok(taken);
            }
        }
    }
}

/// A stream that is read by somebody who does not know Python: from any thread, be the
/// interpreter held or not.
struct Pulled {
    results: Py<ResultsReader>,
    schema: SchemaRef,
}

impl RecordBatchReader for Pulled {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}

impl Iterator for Pulled {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        // Never waited for here: the reader may hold the interpreter that is ending.
        let pass = exit::try_pass();
        let pulled = pass.is_some().then(|| {
            Python::try_attach(|py| {
                drop(pass);
                self.results.get().pull(py, false).map_err(|error| put_in_words(py, &error))
            })
        });
        match pulled.flatten() {
            Some(Ok(batches)) => batches.into_iter().next().map(Ok),
            Some(Err(error)) => Some(Err(error)),
            None => Some(Err(say("the interpreter is ending".to_owned()))),
        }
    }
}

/// All that fits through this interface of an exception.
fn put_in_words(py: Python<'_>, error: &PyErr) -> ArrowError {
    if error.is_instance_of::<PyKeyboardInterrupt>(py) {
        // Who reads will raise an error of its own. So that Ctrl-C is not taken for that, it is
        // pressed once more for when Python is back.
        let pressed = py.import("_thread").and_then(|module| module.call_method0("interrupt_main"));
        if let Err(error) = pressed {
            error.write_unraisable(py, None);
        }
    }
    let name = error.get_type(py).name().map_or_else(|_| "Exception".to_owned(), |name| name.to_string());
    say(format!("{name}: {}", error.value(py)))
}

fn say(words: String) -> ArrowError {
    let cause = std::io::Error::other(words.clone());
    ArrowError::IoError(words, cause)
}
