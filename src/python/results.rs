//! The results of a batch, row by row.

use std::pin::pin;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use tokio::sync::{Mutex, Notify};

use super::errors::{raise_stream, to_exception};
use super::field::Field;
use super::runtime::{Face, Finish, run, wait};
use crate::client::ResultsStream;
use crate::error::Error;
use crate::models::BatchResultItem;

/// The results of a batch: an iterator of its items, in the order in which the
/// platform sends them.
///
/// Each item is handed over as soon as it has arrived. A row that cannot be
/// read raises `MalformedRowError`; iterating on continues with the row after
/// it. Closing it, or leaving its `with` block, lets the connection go.
#[pyclass(frozen, name = "Results", module = "twelvelabs_batches")]
pub struct ResultsReader {
    stream: Arc<Mutex<ResultsStream>>,
    closing: Arc<Closing>,
    process: u32,
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
                Step::More => wait(py, self.receive_step())?.map_err(|error| to_exception(py, &error))?,
            };
        }
    }

    /// Ends the iteration and lets the connection go.
    fn close(&self) {
        self.closing.ask();
        if let Ok(mut stream) = self.stream.try_lock() {
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
        run(py, Face::Asyncio, receive(Arc::clone(&self.stream), Arc::clone(&self.closing)))
    }

    #[allow(clippy::unused_self)]
    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err("a stream of results cannot be pickled: it is a connection"))
    }
}

impl ResultsReader {
    fn step_now(&self) -> Step {
        // Another thread may be waiting in it; then there is nothing to take now.
        let Ok(mut stream) = self.stream.try_lock() else { return Step::More };
        match stream.next_arrived() {
            Some(row) => Step::Row(Box::new(row)),
            None if stream.is_ended() => Step::End,
            None => Step::More,
        }
    }

    async fn receive_step(&self) -> Result<Step, Error> {
        let mut stream = self.stream.lock().await;
        loop {
            if let Some(row) = stream.next_arrived() {
                return Ok(Step::Row(Box::new(row)));
            }
            if !receive_from(&mut stream, &self.closing).await? {
                return Ok(Step::End);
            }
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

async fn receive(stream: Arc<Mutex<ResultsStream>>, closing: Arc<Closing>) -> Result<bool, Error> {
    receive_from(&mut *stream.lock().await, &closing).await
}

async fn receive_from(stream: &mut ResultsStream, closing: &Closing) -> Result<bool, Error> {
    tokio::select! {
        biased;
        () = closing.wait() => {}
        received = stream.receive() => return received,
    }
    stream.close();
    Ok(false)
}

/// Whether the stream is to be closed, for those who are waiting in it.
#[derive(Default)]
struct Closing {
    asked: AtomicBool,
    notify: Notify,
}

impl Closing {
    fn ask(&self) {
        self.asked.store(true, Ordering::Release);
        self.notify.notify_waiters();
    }

    async fn wait(&self) {
        let mut notified = pin!(self.notify.notified());
        // First listen, then look: nothing can be missed in between.
        notified.as_mut().enable();
        if !self.asked.load(Ordering::Acquire) {
            notified.await;
        }
    }
}

impl Finish for bool {
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        Ok(self.show(py)?.unbind())
    }
}

impl Finish for ResultsStream {
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let reader = ResultsReader {
            stream: Arc::new(Mutex::new(self)),
            closing: Arc::new(Closing::default()),
            process: process::id(),
        };
        Ok(Py::new(py, reader)?.into_any())
    }
}
