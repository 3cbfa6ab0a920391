//! Columns that are pulled from a stream of results.

use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::gathered::Arrived;
use super::table::{ResultColumns, cannot_show, schema_capsule, stream_capsule};
use crate::export::result_schema;
use crate::python::exit;
use crate::python::results::ResultsReader;
use crate::python::runtime::{Face, run, wait};

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

    /// Awaits that there are columns to take: true at the end, nothing if something was seen
    /// of the batch and is to be told first. For the asyncio face.
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

    /// Whether the stream was closed, so that its end says nothing about all rows having come.
    fn _is_closed(&self) -> bool {
        self.source.is_closed()
    }

    /// Has every later use of the stream say why it cannot be read any more.
    fn _spoil(&self, reason: String) {
        self.gathered.spoil(reason);
    }
}

impl ResultsReader {
    fn pull(&self, py: Python<'_>, whole: bool) -> PyResult<Vec<RecordBatch>> {
        self.refuse_after_fork(py)?;
        loop {
            let arrived = py.check_signals().and_then(|()| self.wait_for_columns(py, whole));
            let is_over = self.observer.conclude(py, arrived)?.is_none();
            let taken = self.gathered.take(whole).map_err(cannot_show)?;
            // Another thread may have taken what arrived.
            if is_over || !taken.is_empty() {
                return Ok(taken);
            }
        }
    }

    /// Waits until there is something to take; nothing when that is the last. What handlers of
    /// `logging`, and observers, raise comes before it is taken.
    fn wait_for_columns(&self, py: Python<'_>, whole: bool) -> PyResult<Option<()>> {
        self.pass_on(py)?;
        loop {
            self.tell_sights(py)?;
            let arrived = {
                let _waiting = self.enter()?;
                wait(py, self.listener.as_deref(), self.gathered.gather(&self.source, whole))?
            };
            self.pass_on(py)?;
            if !matches!(arrived, Ok(Arrived::Seen)) {
                self.tell_sights(py)?;
            }
            match arrived.map_err(|trouble| trouble.raise(py))? {
                Arrived::Seen => {}
                Arrived::Some => return Ok(Some(())),
                Arrived::End => return Ok(None),
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
    let name = error.get_type(py).name().map_or_else(|_| "Exception".to_owned(), |name| name.to_string());
    let words = format!("{name}: {}", error.value(py));
    if error.is_instance_of::<PyKeyboardInterrupt>(py) {
        // Who reads will raise an error of its own. So that Ctrl-C is not taken for that, it is
        // pressed once more for when Python is back.
        let pressed = py.import("_thread").and_then(|module| module.call_method0("interrupt_main"));
        if let Err(error) = pressed {
            error.write_unraisable(py, None);
        }
    }
    say(words)
}

fn say(words: String) -> ArrowError {
    let cause = std::io::Error::other(words.clone());
    ArrowError::IoError(words, cause)
}
