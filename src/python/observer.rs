//! Who is told what is seen of a batch while its items are waited for.

use std::sync::{Mutex, PoisonError};

use pyo3::exceptions::PyBaseException;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::kept::word;

/// An observer of Python's, if there is one: see `_observing.py`.
#[derive(Default)]
pub struct Observer(Mutex<Option<Py<PyAny>>>);

impl Observer {
    /// Tells this one.
    pub fn new(observer: Py<PyAny>) -> Self {
        Self(Mutex::new(Some(observer)))
    }

    fn get(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        let observer = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        observer.as_ref().map(|observer| observer.clone_ref(py))
    }

    /// Tells a state, or an exception.
    pub fn tell(&self, py: Python<'_>, seen: Py<PyAny>) -> PyResult<()> {
        let Some(observer) = self.get(py) else { return Ok(()) };
        observer.call_method1(py, word!(py, "tell"), (seen,)).map(drop)
    }

    /// Passes on what an iterator gives, or raises; the observer is told of an end.
    pub fn conclude<T>(&self, py: Python<'_>, given: PyResult<Option<T>>) -> PyResult<Option<T>> {
        match &given {
            Ok(Some(_)) => {}
            Ok(None) => self.close(py)?,
            Err(raised) => self.fail(py, raised.value(py)),
        }
        given
    }

    /// Tells of an error, which is not to be lost over it.
    fn fail(&self, py: Python<'_>, error: &Bound<'_, PyBaseException>) {
        if let Some(observer) = self.get(py)
            && let Err(further) = observer.call_method1(py, word!(py, "fail"), (error,))
        {
            further.write_unraisable(py, Some(observer.bind(py)));
        }
    }

    /// There is nothing more to tell.
    pub fn close(&self, py: Python<'_>) -> PyResult<()> {
        let Some(observer) = self.get(py) else { return Ok(()) };
        observer.call_method0(py, word!(py, "close")).map(drop)
    }

    /// The block in which the stream was used is left.
    pub fn leave(&self, py: Python<'_>, exception: &Bound<'_, PyTuple>) -> PyResult<()> {
        if let Ok(raised) = exception.get_item(1)
            && let Ok(raised) = raised.cast::<PyBaseException>()
        {
            self.fail(py, raised);
        }
        self.close(py)
    }

    /// For the garbage collector.
    pub fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        // Whoever holds the lock does so for a moment, and holds the interpreter.
        self.0.try_lock().map_or(Ok(()), |observer| visit.call(&*observer))
    }

    /// For the garbage collector.
    pub fn clear(&self) {
        if let Ok(mut observer) = self.0.try_lock() {
            drop(observer.take());
        }
    }
}
