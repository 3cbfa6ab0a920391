//! The one file that knows tokio.

use std::future::Future;
use std::mem;
use std::pin::pin;
use std::process;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwapOption;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use tokio::runtime::{Builder, Runtime};

use super::bridge::{self, Courier};
use super::exit;
use super::logs;
use crate::client::Journal;

/// A signal waits at most this long for its handler to run.
const SLICE: Duration = Duration::from_millis(50);

/// Requests wait, they do not compute: two threads serve hundreds.
const THREADS: usize = 2;

struct Owned {
    process: u32,
    runtime: Runtime,
    courier: Courier,
}

static RUNTIME: ArcSwapOption<Owned> = ArcSwapOption::const_empty();

/// The runtime of this process. A forked child gets its own: the threads of its
/// parent's did not come along.
fn runtime() -> PyResult<Arc<Owned>> {
    let current = RUNTIME.load_full();
    match current {
        Some(owned) if owned.process == process::id() => Ok(owned),
        stale => {
            let started = Builder::new_multi_thread()
                .worker_threads(THREADS)
                .thread_name("twelvelabs-batches")
                .enable_all()
                .build()
                .map_err(|error| PyRuntimeError::new_err(format!("cannot start a runtime: {error}")))?;
            if stale.is_some() {
                exit::forget_other_threads();
            }
            let courier = Courier::start()
                .map_err(|error| PyRuntimeError::new_err(format!("cannot start a thread: {error}")))?;
            let made = Arc::new(Owned { process: process::id(), runtime: started, courier });
            let previous = RUNTIME.compare_and_swap(&stale, Some(Arc::clone(&made)));
            let won = match (&*previous, &stale) {
                (None, None) => true,
                (Some(left), Some(right)) => Arc::ptr_eq(left, right),
                _ => false,
            };
            // Shutting down a parent's runtime would wait for threads that are not here.
            if let Some(stale) = stale {
                mem::forget(stale);
            }
            if won { Ok(made) } else { runtime() }
        }
    }
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
    let owned = runtime()?;
    exit::away(py, || wait_detached(&owned.runtime, listener, future))
}

fn wait_detached<F: Future>(runtime: &Runtime, listener: Option<&Journal>, future: F) -> PyResult<F::Output> {
    let mut future = pin!(future);
    loop {
        let slice = async { tokio::time::timeout(SLICE, future.as_mut()).await };
        if let Ok(output) = runtime.block_on(slice) {
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
            let owned = runtime()?;
            Ok(bridge::start(py, &owned.runtime, &owned.courier, future, |py, outcome: T| {
                outcome.finish(py)
            })?
            .unbind())
        }
    }
}
