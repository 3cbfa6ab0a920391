//! Batches that are waited for.

use std::mem;
use std::process;
use std::sync::Arc;
use std::time::Duration;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use tokio::sync::Mutex;

use super::arguments::read_argument;
use super::client::{Begun, Client};
use super::errors::{raise_stream, to_exception};
use super::field::Field;
use super::logs::Listener;
use super::mismatch::{Mismatch, Mismatched};
use super::options::read_seconds;
use super::results::ResultsReader;
use super::runtime::{Face, Finish, run, wait};
use super::source::Opening;
use crate::client::{self as core, Rows, Sight, WaitOptions, check_identifier};
use crate::error::Error;
use crate::transport::LONGEST_TIMEOUT;

/// A batch that is waited for.
#[pyclass(frozen, module = "twelvelabs_batches._native")]
pub struct Watch {
    inner: Arc<Mutex<core::Watch>>,
    face: Face,
    listener: Listener,
    process: u32,
}

#[pymethods]
impl Watch {
    /// The first state, then every one that differs from the one before, or the
    /// exception of a look that failed and is taken again; nothing at the end.
    fn next(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        if self.process != process::id() {
            // What is under way is the parent's.
            return Err(raise_stream(
                py,
                "a batch is waited for in the process that began it: wait for it here",
            ));
        }
        let inner = Arc::clone(&self.inner);
        run(py, self.face, self.listener.as_deref(), async move { Seen(inner.lock().await.look().await) })
    }

    #[allow(clippy::unused_self)]
    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err("the waiting for a batch cannot be pickled"))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if self.process != process::id() {
            mem::forget(Arc::clone(&self.inner));
        }
    }
}

/// What has come of looking.
struct Seen(Result<Option<Sight>, Error>);

impl Finish for Seen {
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        match self.0 {
            Ok(Some(sight)) => sight.finish(py),
            Ok(None) => Ok(py.None()),
            Err(error) => Err(to_exception(py, &error)),
        }
    }
}

impl Finish for Sight {
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        match self {
            Self::State(batch) => batch.finish(py),
            Self::Trouble(error) => Ok(to_exception(py, &error).into_value(py).into_any()),
        }
    }
}

#[pymethods]
impl Client {
    /// Waits for a batch; with `every`, each look is told, and the interval goes by
    /// the vendor's name.
    #[pyo3(signature = (batch_id, timeout, poll_interval, options, every = false))]
    fn watch(
        &self,
        py: Python<'_>,
        batch_id: &Bound<'_, PyAny>,
        timeout: Option<&Bound<'_, PyAny>>,
        poll_interval: Option<&Bound<'_, PyAny>>,
        options: &Bound<'_, PyAny>,
        every: bool,
    ) -> PyResult<Watch> {
        let name = if every { "sleep_interval" } else { "poll_interval" };
        let wanted = WaitOptions { tells_every_state: every, ..read_wanted(timeout, name, poll_interval)? };
        let (Begun { client, options, listener }, id) =
            self.begin_with_id(py, "batch_id", batch_id, options)?;
        let watch = client.watch(&id, wanted, &options).map_err(|error| to_exception(py, &error))?;
        let inner = Arc::new(Mutex::new(watch));
        Ok(Watch { inner, face: self.face(), listener, process: process::id() })
    }

    /// Watches a batch for its items; `observer` is told what is seen of it.
    fn as_completed(
        &self,
        py: Python<'_>,
        batch_id: &Bound<'_, PyAny>,
        timeout: Option<&Bound<'_, PyAny>>,
        poll_interval: Option<&Bound<'_, PyAny>>,
        observer: Py<PyAny>,
        options: &Bound<'_, PyAny>,
    ) -> PyResult<Py<ResultsReader>> {
        let wanted = read_wanted(timeout, "poll_interval", poll_interval)?;
        let (Begun { client, options, listener }, batch_id) =
            self.begin_with_id(py, "batch_id", batch_id, options)?;
        check_identifier("batch_id", &batch_id).map_err(|error| to_exception(py, &error))?;
        let reader = match self.face() {
            Face::Blocking => {
                let opening = client.as_completed(&batch_id, wanted, &options);
                let opened = wait(py, listener.as_deref(), opening)?;
                let stream = opened.map_err(|error| to_exception(py, &error))?;
                ResultsReader::open(Rows::from(stream))
            }
            // It cannot be awaited where it is called; so it is opened where it is first read.
            Face::Asyncio => {
                ResultsReader::unopened(Opening { client, batch_id, options, wanted: Some(wanted) })
            }
        };
        Py::new(py, reader.observed_by(observer))
    }
}

fn read_wanted(
    timeout: Option<&Bound<'_, PyAny>>,
    interval_name: &str,
    interval: Option<&Bound<'_, PyAny>>,
) -> PyResult<WaitOptions> {
    Ok(WaitOptions {
        timeout: read_argument("timeout", timeout, read_patience)?,
        poll_interval: read_argument(interval_name, interval, read_seconds)?,
        tells_every_state: false,
    })
}

/// A number of seconds that is not negative, ten years at most.
fn read_patience(given: &Bound<'_, PyAny>) -> Mismatched<Duration> {
    let seconds = f64::read(given)?;
    Duration::try_from_secs_f64(seconds).ok().filter(|time| *time <= LONGEST_TIMEOUT).ok_or_else(|| {
        let most = LONGEST_TIMEOUT.as_secs();
        Mismatch::new(format!(
            "a number of seconds from 0 to {most} (ten years), or None for no limit, is expected, not {seconds}"
        ))
    })
}
