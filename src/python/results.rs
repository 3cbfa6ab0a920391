//! The results of a batch, row by row.

use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError};
use std::thread::{self, ThreadId};
use std::{mem, sync};

use pyo3::exceptions::{PyRuntimeError, PyStopAsyncIteration, PyTypeError};
use pyo3::prelude::*;
use tokio::sync::Mutex;

use super::answers::AnswerMeta;
use super::errors::{raise_stream, to_exception};
use super::logs::{self, Listener};
use super::runtime::{Face, Finish, run, wait};
use crate::client::{CallOptions, Client, Closing, ResultsStream, Step};
use crate::error::Error;

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
    source: Arc<Source>,
    process: u32,
    listener: Listener,
    /// Threads that wait in it.
    waiting: sync::Mutex<Vec<ThreadId>>,
}

/// Where rows come from. Whoever waits for them holds the lock, so that the
/// request is made once and no row is given twice.
struct Source {
    state: Mutex<State>,
    closing: Closing,
    delivered: AtomicU64,
    malformed: AtomicU64,
}

enum State {
    /// Nothing was sent yet.
    Unopened(Box<Opening>),
    /// The answer is being received.
    Open(Box<ResultsStream>),
    /// It could not be opened, or was closed before.
    Closed,
}

/// The request to be made.
pub struct Opening {
    /// Through which client.
    pub client: Client,
    /// Of which batch.
    pub batch_id: String,
    /// With which settings.
    pub options: CallOptions,
}

#[pymethods]
impl ResultsReader {
    fn __iter__(this: Py<Self>) -> Py<Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.refuse_after_fork(py)?;
        // Before a row is taken: what a signal handler, or one of `logging`, raises must not take its place.
        py.check_signals()?;
        self.pass_on(py)?;
        let mut step = self.source.step_now();
        if matches!(step, Step::More) {
            let _waiting = self.enter()?;
            step = wait(py, self.listener.as_deref(), self.source.next())?
                .map_err(|error| to_exception(py, &error))?;
        }
        if matches!(step, Step::End | Step::Failed(_)) {
            self.pass_on(py)?;
        }
        finish(py, step)
    }

    /// Items that were handed over.
    #[getter]
    fn delivered(&self) -> u64 {
        self.source.delivered.load(Ordering::Relaxed)
    }

    /// Rows that cannot be read, so far.
    #[getter]
    fn malformed(&self) -> u64 {
        self.source.malformed.load(Ordering::Relaxed)
    }

    /// Ends the iteration and lets the connection go.
    fn close(&self) {
        self.source.closing.ask();
        if self.process == process::id()
            && let Ok(mut state) = self.source.state.try_lock()
        {
            state.close();
        }
    }

    fn __enter__(this: Py<Self>) -> Py<Self> {
        this
    }

    #[pyo3(signature = (*_exception))]
    fn __exit__(&self, _exception: &Bound<'_, PyAny>) {
        self.close();
    }

    /// The next row if it has arrived. For the asyncio face.
    fn _next_arrived(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.refuse_after_fork(py)?;
        self.pass_on(py)?;
        let step = self.source.step_now();
        if matches!(step, Step::End | Step::Failed(_)) {
            self.pass_on(py)?;
        }
        match step {
            Step::More => Ok(None),
            Step::End => Err(PyStopAsyncIteration::new_err(())),
            step => finish(py, step),
        }
    }

    /// Passes on to `logging` what the stream has told. For the asyncio face.
    fn _tell(&self, py: Python<'_>) -> PyResult<()> {
        self.pass_on(py)
    }

    /// Awaits more of the results. For the asyncio face.
    fn _receive(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.refuse_after_fork(py)?;
        let source = Arc::clone(&self.source);
        run(py, Face::Asyncio, None, async move { source.receive().await })
    }

    /// Awaits the beginning of the answer. For the asyncio face.
    fn _open(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.refuse_after_fork(py)?;
        let source = Arc::clone(&self.source);
        run(py, Face::Asyncio, None, async move { source.open().await })
    }

    /// How the answer came; nothing if it has not, or the stream is closed.
    fn _meta(&self) -> Option<AnswerMeta> {
        let state = self.source.state.try_lock().ok()?;
        if let State::Open(stream) = &*state { Some(AnswerMeta(stream.meta().clone())) } else { None }
    }

    #[allow(clippy::unused_self)]
    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err("a stream of results cannot be pickled: it is a connection"))
    }
}

impl ResultsReader {
    /// A reader that makes its request when the first row is asked for.
    pub fn unopened(opening: Opening) -> Self {
        let listener = opening.options.journal.clone();
        Self::new(State::Unopened(Box::new(opening)), listener)
    }

    fn pass_on(&self, py: Python<'_>) -> PyResult<()> {
        self.listener.as_ref().map_or(Ok(()), |journal| logs::pass_on(py, journal))
    }

    fn new(state: State, listener: Listener) -> Self {
        let source = Source {
            state: Mutex::new(state),
            closing: Closing::default(),
            delivered: AtomicU64::new(0),
            malformed: AtomicU64::new(0),
        };
        Self { source: Arc::new(source), process: process::id(), listener, waiting: sync::Mutex::default() }
    }

    /// Notes that this thread waits in the stream. A signal handler that runs
    /// meanwhile would wait for what itself holds up.
    fn enter(&self) -> PyResult<Waiting<'_>> {
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

    fn refuse_after_fork(&self, py: Python<'_>) -> PyResult<()> {
        if self.process == process::id() {
            return Ok(());
        }
        Err(raise_stream(
            py,
            "this stream of results belongs to the process that opened it: open it again here",
        ))
    }
}

impl Drop for ResultsReader {
    fn drop(&mut self) {
        if self.process != process::id() {
            // The connection, and the runtime that would close it, are the parent's.
            mem::forget(Arc::clone(&self.source));
        }
    }
}

fn finish(py: Python<'_>, step: Step) -> PyResult<Option<Py<PyAny>>> {
    match step {
        Step::Row(row) => row.finish(py).map(Some),
        Step::Malformed(row) => row.finish(py).map(Some),
        Step::Failed(error) => Err(to_exception(py, &error)),
        Step::More | Step::End => Ok(None),
    }
}

/// A thread waits in a stream.
struct Waiting<'a> {
    reader: &'a ResultsReader,
    thread: ThreadId,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mut waiting = self.reader.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|thread| *thread != self.thread);
    }
}

impl State {
    fn step(&mut self) -> Step {
        match self {
            Self::Unopened(_) => Step::More,
            Self::Open(stream) => stream.step(),
            Self::Closed => Step::End,
        }
    }

    fn close(&mut self) {
        *self = Self::Closed;
    }

    /// Makes the request, if it is still to be made.
    async fn open(&mut self) -> Result<(), Error> {
        let Self::Unopened(opening) = self else { return Ok(()) };
        match opening.client.results(&opening.batch_id, &opening.options).await {
            Ok(stream) => {
                *self = Self::Open(Box::new(stream));
                Ok(())
            }
            Err(error) => {
                self.close();
                Err(error)
            }
        }
    }
}

impl Source {
    /// What can be had without waiting.
    fn step_now(&self) -> Step {
        // Another thread may be waiting in it; then there is nothing to take now.
        match self.state.try_lock() {
            Ok(mut state) => self.step(&mut state),
            Err(_) if self.closing.is_asked() => Step::End,
            Err(_) => Step::More,
        }
    }

    fn step(&self, state: &mut State) -> Step {
        if self.closing.is_asked() {
            state.close();
        }
        let step = state.step();
        if let State::Open(stream) = state {
            self.delivered.store(stream.delivered(), Ordering::Relaxed);
            self.malformed.store(stream.malformed(), Ordering::Relaxed);
        }
        step
    }

    async fn open(&self) -> Result<(), Error> {
        let mut state = self.state.lock().await;
        self.unless_closed(state.open()).await.unwrap_or(Ok(()))
    }

    /// Waits until there may be something to take.
    async fn receive(&self) -> Result<(), Error> {
        self.receive_into(&mut *self.state.lock().await).await
    }

    /// Waits for the next row, or the end.
    async fn next(&self) -> Result<Step, Error> {
        let mut state = self.state.lock().await;
        loop {
            match self.step(&mut state) {
                Step::More => self.receive_into(&mut state).await?,
                step => return Ok(step),
            }
        }
    }

    async fn receive_into(&self, state: &mut State) -> Result<(), Error> {
        let received = self.unless_closed(async {
            state.open().await?;
            if let State::Open(stream) = state {
                stream.receive_unless_arrived().await;
            }
            Ok(())
        });
        received.await.unwrap_or(Ok(()))
    }

    async fn unless_closed<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            () = self.closing.wait() => None,
            outcome = work => Some(outcome),
        }
    }
}

impl Finish for ResultsStream {
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let listener = self.journal().cloned();
        let reader = ResultsReader::new(State::Open(Box::new(self)), listener);
        Ok(Py::new(py, reader)?.into_any())
    }
}
