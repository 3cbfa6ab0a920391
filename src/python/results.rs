//! The results of a batch, row by row.

use std::sync::{Arc, PoisonError};
use std::thread::{self, ThreadId};
use std::{mem, sync};

use pyo3::exceptions::{PyException, PyRuntimeError, PyStopAsyncIteration, PyTypeError};
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::answers::AnswerMeta;
use super::columns::Gathered;
use super::errors::{raise_stream, to_exception};
use super::forks;
use super::logs::{self, Listener};
use super::observer::Observer;
use super::plain_rows::{MadeRow, MakeObjects};
use super::runtime::{Face, Finish, glance, run, wait};
use super::source::{Opening, Source, State};
use crate::client::{ResultsStream, Rows, Step};

/// The results of a batch: an iterator of its items, in the order in which the
/// platform sends them.
///
/// Each item is handed over as soon as it has arrived, and once. If the answer
/// breaks off, or has fewer rows than the batch has items, the rest is asked for
/// again; if that does not help, `IncompleteResultsError` is raised, and
/// iterating on tries once more. A row that cannot be read raises
/// `MalformedRowError`; iterating on continues with the row after it. Closing
/// it, or leaving its `with` block, lets the connection go.
#[pyclass(frozen, name = "Results", module = "twelvelabs_batches")]
pub struct ResultsReader {
    pub(super) source: Arc<Source>,
    /// The process that it belongs to.
    home: u32,
    pub(super) listener: Listener,
    batch_id: String,
    /// Rows that were taken as columns, or into a list, and not handed over yet.
    pub(super) gathered: Arc<Gathered>,
    /// Threads that wait in it.
    waiting: sync::Mutex<Vec<ThreadId>>,
    /// Who is told what is seen of the batch.
    pub(super) observer: Observer,
}

#[pymethods]
impl ResultsReader {
    fn __iter__(this: Py<Self>) -> Py<Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.refuse_after_fork(py)?;
        // Before a row is taken: what a signal handler, or one of `logging`, raises must not take its place.
        let stepped = py.check_signals().and_then(|()| self.next_step(py));
        self.observer.conclude(py, stepped.and_then(|step| finish(py, step)))
    }

    /// The batch whose results these are.
    #[getter]
    fn batch_id(&self) -> &str {
        &self.batch_id
    }

    /// Items that were handed over.
    #[getter]
    fn delivered(&self) -> u64 {
        self.source.delivered()
    }

    /// Rows that cannot be read, so far.
    #[getter]
    fn malformed(&self) -> u64 {
        self.source.malformed()
    }

    /// Ends the iteration and lets the connection go.
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        self.shut();
        self.observer.close(py)
    }

    fn __enter__(this: Py<Self>) -> Py<Self> {
        this
    }

    #[pyo3(signature = (*exception))]
    fn __exit__(&self, py: Python<'_>, exception: &Bound<'_, PyTuple>) -> PyResult<()> {
        self.shut();
        self.observer.leave(py, exception)
    }

    /// What was seen of the batch and is to be told next. For the asyncio face.
    fn _next_sight(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.source.next_sight().map(|sight| sight.finish(py)).transpose()
    }

    /// The next row if it has arrived. For the asyncio face.
    fn _next_arrived(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.next_arrived(py)
    }

    /// Passes on to `logging` what the stream has told. For the asyncio face.
    fn _tell(&self, py: Python<'_>) -> PyResult<()> {
        self.pass_on(py)
    }

    /// Awaits more of the results. For the asyncio face.
    fn _receive(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.refuse_after_fork(py)?;
        let source = Arc::clone(&self.source);
        run(py, Face::Asyncio, None, async move { source.arrive().await })
    }

    /// Awaits the beginning of the answer. For the asyncio face.
    fn _open(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.refuse_after_fork(py)?;
        let source = Arc::clone(&self.source);
        run(py, Face::Asyncio, None, async move { source.open().await })
    }

    /// How the answer came; nothing if it has not, or the stream is closed.
    fn _meta(&self) -> Option<AnswerMeta> {
        self.source.meta().map(AnswerMeta)
    }

    fn __repr__(&self) -> String {
        let (delivered, malformed) = (self.source.delivered(), self.source.malformed());
        let unreadable = if malformed == 0 { String::new() } else { format!(", {malformed} malformed") };
        let items = if delivered == 1 { "item" } else { "items" };
        format!("<Results of batch {:?}: {delivered} {items} handed over{unreadable}>", self.batch_id)
    }

    #[allow(clippy::unused_self)]
    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err("a stream of results cannot be pickled: it is a connection"))
    }

    #[allow(clippy::needless_pass_by_value)] // as PyO3 calls it
    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.observer.traverse(&visit)
    }

    fn __clear__(&self) {
        self.observer.clear();
    }
}

impl ResultsReader {
    /// A reader that makes its request when the first row is asked for.
    pub fn unopened(opening: Opening) -> Self {
        let listener = opening.options.journal.clone();
        let batch_id = opening.batch_id.clone();
        Self::new(State::Unopened(Box::new(opening)), batch_id, listener)
    }

    /// A reader of rows that are being received.
    pub fn open(rows: Rows) -> Self {
        let listener = rows.journal().cloned();
        let batch_id = rows.batch_id().to_owned();
        Self::new(State::Open(rows), batch_id, listener)
    }

    /// The same, telling what is seen of the batch.
    pub fn observed_by(mut self, observer: Py<PyAny>) -> Self {
        self.observer = Observer::new(observer);
        self
    }

    /// Waits for the next step that is more than `Step::More`, telling meanwhile
    /// what is seen of the batch. For the blocking face.
    fn next_step(&self, py: Python<'_>) -> PyResult<Step<MadeRow>> {
        self.pass_on(py)?;
        loop {
            self.tell_sights(py)?;
            let step = self.source.step_now(&mut MakeObjects { py });
            if matches!(step, Step::End | Step::Failed(_)) {
                self.pass_on(py)?;
                self.tell_sights(py)?;
            }
            if !matches!(step, Step::More) {
                return Ok(step);
            }
            let _waiting = self.enter()?;
            wait(py, self.listener.as_deref(), self.source.arrive())?
                .map_err(|error| to_exception(py, &error))?;
            // What a signal handler raises must not take the place of a row.
            py.check_signals()?;
        }
    }

    pub(super) fn tell_sights(&self, py: Python<'_>) -> PyResult<()> {
        while let Some(sight) = self.source.next_sight() {
            let told = sight.finish(py).and_then(|seen| self.observer.tell(py, seen));
            // What an observer raises ends the waiting. After an interruption whoever asks on goes on.
            told.inspect_err(|raised| {
                if raised.is_instance_of::<PyException>(py) {
                    self.shut();
                }
            })?;
        }
        Ok(())
    }

    /// The next row if it has arrived.
    pub(super) fn next_arrived(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.refuse_after_fork(py)?;
        self.pass_on(py)?;
        let step = self.source.step_now(&mut MakeObjects { py });
        if matches!(step, Step::End | Step::Failed(_)) {
            self.pass_on(py)?;
        }
        match step {
            Step::More => Ok(None),
            Step::End => Err(PyStopAsyncIteration::new_err(())),
            step => finish(py, step),
        }
    }

    /// The same, if need be after a glance at the connection.
    pub(super) fn next_at_hand(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        match self.next_arrived(py)? {
            None if self.glance(py)? => self.next_arrived(py),
            next => Ok(next),
        }
    }

    /// Receives what has arrived, in this thread: to wait for it costs an event loop more.
    fn glance(&self, py: Python<'_>) -> PyResult<bool> {
        if !self.source.may_glance() {
            return Ok(false);
        }
        let received = glance(py, self.source.receive_on())?.unwrap_or(Ok(false));
        let has_shown = received.map_err(|error| to_exception(py, &error))?;
        self.source.note_glance(has_shown);
        Ok(has_shown)
    }

    fn is_here(&self) -> bool {
        self.home == forks::generation()
    }

    fn shut(&self) {
        self.source.close(self.is_here());
    }

    pub(super) fn pass_on(&self, py: Python<'_>) -> PyResult<()> {
        self.listener.as_ref().map_or(Ok(()), |journal| logs::pass_on(py, journal))
    }

    fn new(state: State, batch_id: String, listener: Listener) -> Self {
        Self {
            source: Arc::new(Source::new(state)),
            home: forks::generation(),
            listener,
            batch_id,
            gathered: Arc::default(),
            waiting: sync::Mutex::default(),
            observer: Observer::default(),
        }
    }

    /// Notes that this thread waits in the stream. A signal handler that runs
    /// meanwhile would wait for what itself holds up.
    pub(super) fn enter(&self) -> PyResult<Waiting<'_>> {
        let thread = thread::current().id();
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.contains(&thread) {
            return Err(PyRuntimeError::new_err(
                "this stream is read by the very code that a signal handler interrupted: \
                 open another one in the handler",
            ));
        }
        waiting.push(thread);
        Ok(Waiting { reader: self, thread })
    }

    pub(super) fn refuse_after_fork(&self, py: Python<'_>) -> PyResult<()> {
        if self.is_here() {
            return self.gathered.refuse_if_spoilt(py);
        }
        Err(raise_stream(
            py,
            "this stream of results belongs to the process that opened it: open it again here",
        ))
    }
}

impl Drop for ResultsReader {
    fn drop(&mut self) {
        if !self.is_here() {
            // The connection, and the runtime that would close it, are the parent's.
            mem::forget(Arc::clone(&self.source));
        }
    }
}

fn finish(py: Python<'_>, step: Step<MadeRow>) -> PyResult<Option<Py<PyAny>>> {
    match step {
        Step::Row(MadeRow::Object(made)) => made.map(Some),
        Step::Row(MadeRow::Item(item)) => item.finish(py).map(Some),
        Step::Malformed(row) => row.finish(py).map(Some),
        Step::Failed(error) => Err(to_exception(py, &error)),
        Step::More | Step::End => Ok(None),
    }
}

/// A thread waits in a stream.
pub(super) struct Waiting<'a> {
    reader: &'a ResultsReader,
    thread: ThreadId,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mut waiting = self.reader.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|thread| *thread != self.thread);
    }
}

impl Finish for ResultsStream {
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        Ok(Py::new(py, ResultsReader::open(self.into()))?.into_any())
    }
}
