//! The results of a batch, row by row.

use std::process;
use std::sync::Arc;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use tokio::sync::Mutex;

use super::errors::{raise_stream, to_exception};
use super::field::Field;
use super::runtime::{Face, Finish, run, wait};
use crate::client::{CallOptions, Client, Closing, ResultsStream};
use crate::error::{Error, Kind};
use crate::models::BatchResultItem;

/// The results of a batch: an iterator of its items, in the order in which the
/// platform sends them.
///
/// Each item is handed over as soon as it has arrived. A row that cannot be
/// read raises `MalformedRowError`; iterating on continues with the row after
/// it. Closing it, or leaving its `with` block, lets the connection go.
#[pyclass(frozen, name = "Results", module = "twelvelabs_batches")]
pub struct ResultsReader {
    source: Arc<Source>,
    process: u32,
}

/// Where rows come from. Whoever waits for them holds the lock, so that the
/// request is made once and no row is given twice.
struct Source {
    state: Mutex<State>,
    closing: Closing,
}

enum State {
    /// Nothing was sent yet.
    Unopened(Box<Opening>),
    /// The answer is being received.
    Open(Box<ResultsStream>),
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

enum Step {
    Row(Box<Result<BatchResultItem, Error>>),
    More,
    End,
}

#[pymethods]
impl ResultsReader {
    fn __iter__(this: Py<Self>) -> Py<Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.refuse_after_fork(py)?;
        let mut step = self.step_now();
        loop {
            step = match step {
                Step::Row(row) => return row.finish(py).map(Some),
                Step::End => return Ok(None),
                Step::More => wait(py, self.source.next())?.map_err(|error| to_exception(py, &error))?,
            };
        }
    }

    /// Ends the iteration and lets the connection go.
    fn close(&self) {
        self.source.closing.ask();
        if let Ok(mut state) = self.source.state.try_lock()
            && let State::Open(stream) = &mut *state
        {
            stream.close();
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
        match self.step_now() {
            Step::Row(row) => row.finish(py).map(Some),
            Step::More | Step::End => Ok(None),
        }
    }

    /// Awaits more of the results; false at their end. For the asyncio face.
    fn _receive(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.refuse_after_fork(py)?;
        let source = Arc::clone(&self.source);
        run(py, Face::Asyncio, async move { source.receive().await })
    }

    /// Awaits the beginning of the answer. For the asyncio face.
    fn _open(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.refuse_after_fork(py)?;
        let source = Arc::clone(&self.source);
        run(py, Face::Asyncio, async move { source.open().await })
    }

    #[allow(clippy::unused_self)]
    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err("a stream of results cannot be pickled: it is a connection"))
    }
}

impl ResultsReader {
    /// A reader that makes its request when the first row is asked for.
    pub fn unopened(opening: Opening) -> Self {
        Self::new(State::Unopened(Box::new(opening)))
    }

    fn new(state: State) -> Self {
        let source = Source { state: Mutex::new(state), closing: Closing::default() };
        Self { source: Arc::new(source), process: process::id() }
    }

    fn step_now(&self) -> Step {
        // Another thread may be waiting in it; then there is nothing to take now.
        match self.source.state.try_lock() {
            Ok(mut state) => state.step(),
            Err(_) => Step::More,
        }
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

impl State {
    fn step(&mut self) -> Step {
        let Self::Open(stream) = self else { return Step::More };
        match stream.next_arrived() {
            Some(row) => Step::Row(Box::new(row)),
            None if stream.is_ended() => Step::End,
            None => Step::More,
        }
    }

    async fn opened(&mut self) -> Result<&mut ResultsStream, Error> {
        if let Self::Unopened(opening) = self {
            let stream = opening.client.results(&opening.batch_id, &opening.options).await?;
            *self = Self::Open(Box::new(stream));
        }
        match self {
            Self::Open(stream) => Ok(stream),
            Self::Unopened(_) => Err(Kind::Closed.into()),
        }
    }
}

impl Source {
    async fn open(&self) -> Result<(), Error> {
        self.state.lock().await.opened().await.map(drop)
    }

    /// Waits for more; false at the end.
    async fn receive(&self) -> Result<bool, Error> {
        self.receive_into(&mut *self.state.lock().await).await
    }

    /// Waits for the next row, or the end.
    async fn next(&self) -> Result<Step, Error> {
        let mut state = self.state.lock().await;
        loop {
            match state.step() {
                Step::More if self.receive_into(&mut state).await? => {}
                Step::More => return Ok(Step::End),
                step => return Ok(step),
            }
        }
    }

    async fn receive_into(&self, state: &mut State) -> Result<bool, Error> {
        tokio::select! {
            biased;
            () = self.closing.wait() => {}
            received = async { state.opened().await?.receive().await } => return received,
        }
        if let State::Open(stream) = state {
            stream.close();
        }
        Ok(false)
    }
}

impl Finish for bool {
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        Ok(self.show(py)?.unbind())
    }
}

impl Finish for ResultsStream {
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let reader = ResultsReader::new(State::Open(Box::new(self)));
        Ok(Py::new(py, reader)?.into_any())
    }
}
