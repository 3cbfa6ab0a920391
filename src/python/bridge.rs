//! Rust futures as `asyncio` futures.

use std::future::{Future, poll_fn};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::mpsc::{Sender, channel};
use std::task::Poll;
use std::thread;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::type_object::PyTypeInfo;
use tokio::runtime::Runtime;
use tokio::task::AbortHandle;

use super::exit;
use super::kept::{Kept, word};

/// Starts a future on a runtime and returns the `asyncio` future of what
/// `finish` makes of its outcome. Cancelling that drops the Rust future.
pub fn start<'py, F, T>(
    py: Python<'py>,
    runtime: &Runtime,
    courier: &Courier,
    future: F,
    finish: impl FnOnce(Python<'_>, T) -> PyResult<Py<PyAny>> + Send + 'static,
) -> PyResult<Bound<'py, PyAny>>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    static RUNNING_LOOP: Kept<Py<PyAny>> = Kept::new();
    let event_loop = RUNNING_LOOP.import(py, "asyncio", "get_running_loop")?.call0()?;
    let promise = event_loop.call_method0(word!(py, "create_future"))?;
    let waiting = Waiting { event_loop: event_loop.unbind(), promise: promise.clone().unbind() };
    let courier = courier.clone();
    let started = runtime.spawn(async move {
        let outcome = or_panic(future).await;
        courier.send(Box::new(move |py| {
            let panicked =
                || PyRuntimeError::new_err("the client failed in an unforeseen way; please report it");
            waiting.tell(py, outcome.map_err(|()| panicked()).and_then(|value| finish(py, value)));
        }));
    });
    let stop = Stop { started: started.abort_handle() };
    promise.call_method1(word!(py, "add_done_callback"), (stop,))?;
    Ok(promise)
}

/// Makes the classes that the module does not show.
pub fn make_classes(py: Python<'_>) {
    Arrival::type_object(py);
    Stop::type_object(py);
}

/// Brings outcomes into the interpreter, which the runtime's own threads never
/// wait for. One thread is enough, since only one can hold the interpreter.
#[derive(Clone)]
pub struct Courier {
    parcels: Sender<Parcel>,
}

type Parcel = Box<dyn FnOnce(Python<'_>) + Send>;

/// Parcels that are brought at a time, before others may have the interpreter.
const ARMFUL: usize = 64;

impl Courier {
    /// Starts its thread.
    pub fn start() -> io::Result<Self> {
        let (parcels, received) = channel::<Parcel>();
        let carry = move || {
            while let Ok(first) = received.recv() {
                let Some(_pass) = exit::try_pass() else { return };
                Python::try_attach(|py| {
                    first(py);
                    received.try_iter().take(ARMFUL).for_each(|parcel| parcel(py));
                });
            }
        };
        thread::Builder::new().name("twelvelabs-courier".to_owned()).spawn(carry)?;
        Ok(Self { parcels })
    }

    fn send(&self, parcel: Parcel) {
        // Its thread ends with the interpreter; then nobody waits.
        let _ = self.parcels.send(parcel);
    }
}

/// A panic is to reach who waits, who would wait for ever otherwise.
async fn or_panic<F: Future>(future: F) -> Result<F::Output, ()> {
    let mut future = pin!(future);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
        Ok(Poll::Pending) => Poll::Pending,
        Err(_) => Poll::Ready(Err(())),
    })
    .await
}

/// Who waits for an outcome.
struct Waiting {
    event_loop: Py<PyAny>,
    promise: Py<PyAny>,
}

impl Waiting {
    fn tell(self, py: Python<'_>, outcome: PyResult<Py<PyAny>>) {
        let event_loop = self.event_loop.bind(py);
        let arrival = Arrival { promise: self.promise, outcome };
        let told = event_loop.call_method1(word!(py, "call_soon_threadsafe"), (arrival,));
        if let Err(error) = told {
            let is_closed = event_loop.call_method0(word!(py, "is_closed"));
            // In a loop that is closed nobody waits any more.
            if !is_closed.is_ok_and(|is_closed| is_closed.is_truthy().unwrap_or(false)) {
                error.write_unraisable(py, Some(event_loop));
            }
        }
    }
}

/// An outcome on its way into its event loop.
#[pyclass(frozen, module = "twelvelabs_batches._native")]
struct Arrival {
    promise: Py<PyAny>,
    outcome: PyResult<Py<PyAny>>,
}

#[pymethods]
impl Arrival {
    fn __call__(&self, py: Python<'_>) -> PyResult<()> {
        let promise = self.promise.bind(py);
        if promise.call_method0(word!(py, "done"))?.is_truthy()? {
            return Ok(());
        }
        match &self.outcome {
            Ok(value) => promise.call_method1(word!(py, "set_result"), (value,))?,
            Err(error) => {
                let error = error.clone_ref(py).into_value(py);
                promise.call_method1(word!(py, "set_exception"), (error,))?
            }
        };
        Ok(())
    }
}

/// Stops the work for a future that is done, as one that was cancelled is.
#[pyclass(frozen, module = "twelvelabs_batches._native")]
struct Stop {
    started: AbortHandle,
}

#[pymethods]
impl Stop {
    fn __call__(&self, _promise: &Bound<'_, PyAny>) {
        self.started.abort();
    }
}
