//! The one file that knows tokio.

use std::future::Future;
use std::mem;
use std::pin::{Pin, pin};
use std::process;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwapOption;
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3_async_runtimes::TaskLocals;
use pyo3_async_runtimes::generic::{self, ContextExt, JoinError};
use tokio::runtime::{Builder, Runtime};
use tokio::task;

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
            let made = Arc::new(Owned { process: process::id(), runtime: started });
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
/// and passing on what the call tells. What a signal handler raises is raised,
/// and the future is dropped.
pub fn wait<F>(py: Python<'_>, listener: Option<&Journal>, future: F) -> PyResult<F::Output>
where
    F: Future + Send,
    F::Output: Send,
{
    exit::refuse_if_ending(py, Face::Blocking)?;
    let owned = runtime()?;
    let outcome = exit::away(py, || wait_detached(&owned.runtime, listener, future));
    if let Some(journal) = listener {
        logs::pass_on(py, journal)?;
    }
    outcome
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

/// Starts a future and returns the `asyncio` future of its outcome. Cancelling
/// that drops the Rust future, and with it the request.
pub fn start<F, T>(py: Python<'_>, future: F) -> PyResult<Bound<'_, PyAny>>
where
    F: Future<Output = PyResult<T>> + Send + 'static,
    T: for<'py> IntoPyObject<'py> + Send + 'static,
{
    exit::refuse_if_ending(py, Face::Asyncio)?;
    runtime()?;
    generic::future_into_py::<Bridge, _, _>(py, future)
}

/// Which face a call came through.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// The caller's thread waits.
    Blocking,
    /// The caller gets something to await.
    Asyncio,
}

/// A value that becomes a Python object, or raises, only once the interpreter
/// is held: futures run where it is not.
pub struct Later<T>(pub T);

/// What can be turned into a Python object later.
pub trait Finish: Send {
    /// Makes the object, or the exception.
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>>;
}

impl<'py, T: Finish> IntoPyObject<'py> for Later<T> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        Ok(self.0.finish(py)?.into_bound(py))
    }
}

/// Runs a future through a face: its outcome, or something to await for it.
pub fn run<F, T>(py: Python<'_>, face: Face, listener: Option<&Journal>, future: F) -> PyResult<Py<PyAny>>
where
    F: Future<Output = T> + Send + 'static,
    T: Finish + 'static,
{
    match face {
        Face::Blocking => wait(py, listener, future)?.finish(py),
        Face::Asyncio => start(py, async { Ok(Later(future.await)) })?.into_py_any(py),
    }
}

/// Lends this process's runtime to the asyncio bridge.
struct Bridge;

struct Panicked(task::JoinError);

impl JoinError for Panicked {
    fn is_panic(&self) -> bool {
        self.0.is_panic()
    }

    fn into_panic(self) -> Box<dyn std::any::Any + Send + 'static> {
        self.0.into_panic()
    }
}

/// The handle of a spawned task; empty if there was no runtime to spawn it on.
struct Handle(Option<task::JoinHandle<()>>);

impl Future for Handle {
    type Output = Result<(), Panicked>;

    fn poll(mut self: Pin<&mut Self>, context: &mut std::task::Context<'_>) -> std::task::Poll<Self::Output> {
        match &mut self.0 {
            Some(handle) => Pin::new(handle).poll(context).map_err(Panicked),
            None => std::task::Poll::Ready(Ok(())),
        }
    }
}

impl generic::Runtime for Bridge {
    type JoinError = Panicked;
    type JoinHandle = Handle;

    fn spawn<F>(future: F) -> Self::JoinHandle
    where
        F: Future<Output = ()> + Send + 'static,
    {
        Handle(runtime().ok().map(|owned| owned.runtime.spawn(future)))
    }

    fn spawn_blocking<F>(work: F) -> Self::JoinHandle
    where
        F: FnOnce() + Send + 'static,
    {
        // All that the bridge blocks on is the interpreter.
        let attached = || {
            if let Some(_pass) = exit::try_pass() {
                Python::try_attach(|_| work());
            }
        };
        Handle(runtime().ok().map(|owned| owned.runtime.spawn_blocking(attached)))
    }
}

tokio::task_local! {
    static LOCALS: TaskLocals;
}

impl ContextExt for Bridge {
    fn scope<F, R>(locals: TaskLocals, future: F) -> Pin<Box<dyn Future<Output = R> + Send>>
    where
        F: Future<Output = R> + Send + 'static,
    {
        Box::pin(LOCALS.scope(locals, future))
    }

    fn get_task_locals() -> Option<TaskLocals> {
        LOCALS.try_with(Clone::clone).ok()
    }
}
