//! Rust futures as `asyncio` futures.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use pyo3::exceptions::PyRuntimeError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::type_object::PyTypeInfo;
use tokio::task::AbortHandle;

use super::keeper::Driven;
use super::kept::{Kept, word};
use super::mailbox::{self, Reader};

/// Starts a future on a runtime and returns the `asyncio` future of what
/// `finish` makes of its outcome. Cancelling that drops the Rust future.
pub fn start<'py, F, T>(
    py: Python<'py>,
    runtime: &Driven,
    future: F,
    finish: impl FnOnce(Python<'_>, T) -> PyResult<Py<PyAny>> + Send + 'static,
) -> PyResult<Bound<'py, PyAny>>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    static RUNNING_LOOP: Kept<Py<PyAny>> = Kept::new();
    let event_loop = RUNNING_LOOP.import(py, "asyncio", "get_running_loop")?.call0()?;
    let reader = mailbox::reader(&event_loop)?;
    let promise = event_loop.call_method0(word!(py, "create_future"))?;
    let number = reader.get().write_down(&promise)?;
    let mailbox = reader.get().mailbox();
    let started = runtime.spawn(async move {
        let outcome = or_panic(future).await;
        mailbox.put(number, move |py| {
            let panicked =
                || PyRuntimeError::new_err("the client failed in an unforeseen way; please report it");
            outcome.map_err(|()| panicked()).and_then(|value| finish(py, value))
        });
    });
    let stop = Stop { started, reader: reader.unbind(), number };
    promise.call_method1(word!(py, "add_done_callback"), (stop,))?;
    Ok(promise)
}

/// Makes the classes that the module does not show.
pub fn make_classes(py: Python<'_>) {
    mailbox::make_class(py);
    Stop::type_object(py);
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

/// Stops the work for a future that is done, as one that was cancelled is.
#[pyclass(frozen, module = "twelvelabs_batches._native")]
struct Stop {
    started: AbortHandle,
    reader: Py<Reader>,
    number: u64,
}

#[pymethods]
impl Stop {
    fn __call__(&self, promise: &Bound<'_, PyAny>) -> PyResult<()> {
        self.started.abort();
        self.reader.get().strike_off(promise.py(), self.number)
    }

    #[allow(clippy::needless_pass_by_value)] // as PyO3 calls it
    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.reader)
    }
}
