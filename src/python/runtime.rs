//! The one file that knows tokio.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use tokio::runtime::{Builder, Runtime};

use super::bridge;
use super::exit;
use super::keeper::Driven;
use super::kept::PerProcess;
use super::logs;
use crate::client::Journal;

/// A signal waits at most this long for its handler to run.
const SLICE: Duration = Duration::from_millis(50);

fn new_runtime() -> PyResult<Runtime> {
    exit::forget_other_threads();
    Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| PyRuntimeError::new_err(format!("cannot start a runtime: {error}")))
}

fn cannot_start(error: &std::io::Error) -> PyErr {
    PyRuntimeError::new_err(format!("cannot start a thread: {error}"))
}

/// Who waits in a blocking call runs it: no other thread is woken.
fn blocking() -> PyResult<Arc<Driven>> {
    static BLOCKING: PerProcess<Driven> = PerProcess::new();
    BLOCKING.get_or_try_make(|| Driven::start(new_runtime()?).map_err(|error| cannot_start(&error)))
}

/// The calls of all event loops, which do not wait in them.
fn asyncio() -> PyResult<Arc<Driven>> {
    static ASYNCIO: PerProcess<Driven> = PerProcess::new();
    ASYNCIO.get_or_try_make(|| Driven::start(new_runtime()?).map_err(|error| cannot_start(&error)))
}

/// Drives the calls of event loops for a moment in this thread, which is that of one of
/// them: gives what a future makes of what has arrived.
pub fn glance<F>(py: Python<'_>, future: F) -> PyResult<Option<F::Output>>
where
    F: Future + Send,
    F::Output: Send,
{
    exit::refuse_if_ending(py, Face::Asyncio)?;
    let driven = asyncio()?;
    Ok(exit::away(py, || driven.glance(future)))
}

/// Waits for a future with the interpreter released, letting signals through
/// and passing on meanwhile what the call tells. What a signal handler raises
/// is raised, and the future is dropped.
pub fn wait<F>(py: Python<'_>, listener: Option<&Journal>, future: F) -> PyResult<F::Output>
where
    F: Future + Send,
    F::Output: Send,
{
    exit::refuse_if_ending(py, Face::Blocking)?;
    let driven = blocking()?;
    exit::away(py, || wait_detached(&driven, listener, future))
}

fn wait_detached<F: Future>(driven: &Driven, listener: Option<&Journal>, future: F) -> PyResult<F::Output> {
    let mut future = pin!(future);
    loop {
        let slice = async { tokio::time::timeout(SLICE, future.as_mut()).await };
        if let Ok(output) = driven.block_on(slice) {
            return Ok(output);
        }
        let _pass = exit::pass();
        // At the very end of the interpreter there is nothing to attach to, and no signal to be heard.
        let heard = Python::try_attach(|py| {
            if let Some(journal) = listener {
                logs::pass_on(py, journal)?;
            }
            py.check_signals()
        });
        heard.unwrap_or(Ok(()))?;
    }
}

/// Which face a call came through.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// The caller's thread waits.
    Blocking,
    /// The caller gets something to await.
    Asyncio,
}

/// What a handler of `logging` raises is raised; what it takes the place of is
/// told along with it, where Python can.
fn add_note(py: Python<'_>, error: PyErr, outcome: PyResult<Py<PyAny>>) -> PyErr {
    if let Ok(value) = outcome
        && let Ok(shown) = value.bind(py).repr()
    {
        let note = format!("the call itself succeeded: {shown}");
        // Before Python 3.11 exceptions have no notes.
        let _ = error.value(py).call_method1("add_note", (note,));
    }
    error
}

/// What can be turned into a Python object later.
pub trait Finish: Send {
    /// Makes the object, or the exception.
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>>;
}

/// Runs a future through a face: its outcome, or something to await for it.
pub fn run<F, T>(py: Python<'_>, face: Face, listener: Option<&Journal>, future: F) -> PyResult<Py<PyAny>>
where
    F: Future<Output = T> + Send + 'static,
    T: Finish + 'static,
{
    match face {
        Face::Blocking => {
            let outcome = wait(py, listener, future)?.finish(py);
            if let Some(journal) = listener
                && let Err(error) = logs::pass_on(py, journal)
            {
                return Err(add_note(py, error, outcome));
            }
            outcome
        }
        Face::Asyncio => {
            exit::refuse_if_ending(py, face)?;
            Ok(bridge::start(py, &*asyncio()?, future, |py, outcome: T| outcome.finish(py))?.unbind())
        }
    }
}
