//! Rows for `async for`: those that have arrived, without a coroutine for each.

use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::{PyRuntimeError, PyStopIteration};
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::{PyTuple, PyType};

use super::kept::word;
use super::results::ResultsReader;

/// The base of `AsyncResults`: its way from row to row.
#[pyclass(frozen, subclass, name = "_AsyncRows", module = "twelvelabs_batches")]
pub struct AsyncRows {
    reader: Py<ResultsReader>,
    /// Whether somebody is told what is seen of the batch, which takes a coroutine.
    is_observed: bool,
    /// An awaitable that is done with, to be used again.
    spare: Mutex<Option<Py<NextRow>>>,
}

#[pymethods]
impl AsyncRows {
    #[new]
    #[pyo3(signature = (reader, opening, observer = None))]
    fn new(
        reader: Py<ResultsReader>,
        opening: &Bound<'_, PyAny>,
        observer: Option<&Bound<'_, PyAny>>,
    ) -> Self {
        // What the request is made in is the subclass's.
        let _ = opening;
        Self { reader, is_observed: observer.is_some(), spare: Mutex::new(None) }
    }

    fn __aiter__(this: Py<Self>) -> Py<Self> {
        this
    }

    /// Awaits the next row.
    fn __anext__(this: &Bound<'_, Self>) -> PyResult<Py<NextRow>> {
        let fresh = State::Fresh(this.clone().unbind());
        if let Some(spare) = this.get().spare().take() {
            *spare.get().state() = fresh;
            return Ok(spare);
        }
        Py::new(this.py(), NextRow(Mutex::new(fresh)))
    }

    #[allow(clippy::needless_pass_by_value)] // as PyO3 calls it
    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.reader)
    }
}

impl AsyncRows {
    fn spare(&self) -> MutexGuard<'_, Option<Py<NextRow>>> {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next row, if it has arrived.
    fn take_arrived(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        if self.is_observed {
            return Ok(None);
        }
        let reader = self.reader.get();
        let taken = reader.next_at_hand(py);
        if taken.is_err() {
            reader.pass_on(py)?;
        }
        taken
    }
}

/// A coroutine for the next row, which is taken when it is awaited. It ends at once
/// if the row has arrived.
#[pyclass(frozen, name = "_NextRow", module = "twelvelabs_batches")]
pub struct NextRow(Mutex<State>);

enum State {
    /// Nothing was taken yet.
    Fresh(Py<AsyncRows>),
    /// The row had not arrived: this waits for it.
    Waiting(Py<PyAny>),
    Done,
}

impl NextRow {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has the coroutine that waits go on.
    fn go_on(&self, waiting: Bound<'_, PyAny>, way: &str, with: &Bound<'_, PyTuple>) -> PyResult<Py<PyAny>> {
        let outcome = waiting.call_method1(way, with)?;
        *self.state() = State::Waiting(waiting.unbind());
        Ok(outcome.unbind())
    }
}

#[pymethods]
impl NextRow {
    fn __await__(this: Py<Self>) -> Py<Self> {
        this
    }

    fn __iter__(this: Py<Self>) -> Py<Self> {
        this
    }

    /// Ends with what `StopIteration` brings.
    fn __next__(this: &Bound<'_, Self>) -> PyResult<Py<PyAny>> {
        let (py, next) = (this.py(), this.get());
        let state = mem::replace(&mut *next.state(), State::Done);
        let waiting = match state {
            State::Fresh(rows) => {
                if let Some(row) = rows.get().take_arrived(py)? {
                    *rows.get().spare() = Some(this.clone().unbind());
                    return Err(PyStopIteration::new_err(row));
                }
                rows.bind(py).call_method0(word!(py, "_wait_for_next"))?
            }
            State::Waiting(waiting) => waiting.into_bound(py),
            State::Done => return Err(PyRuntimeError::new_err("this row was awaited before")),
        };
        next.go_on(waiting, "send", &PyTuple::new(py, [py.None()])?)
    }

    /// As `__next__`.
    fn send(this: &Bound<'_, Self>, _value: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        Self::__next__(this)
    }

    /// Raises an exception where it waits.
    #[pyo3(signature = (*thrown))]
    fn throw(&self, thrown: &Bound<'_, PyTuple>) -> PyResult<Py<PyAny>> {
        let py = thrown.py();
        let state = mem::replace(&mut *self.state(), State::Done);
        if let State::Waiting(waiting) = state {
            return self.go_on(waiting.into_bound(py), "throw", thrown);
        }
        let kind = thrown.get_item(0)?;
        let is_class = kind.is_instance_of::<PyType>();
        Err(PyErr::from_value(match thrown.get_item(1) {
            Ok(value) if is_class && !value.is_none() => value,
            _ if is_class => kind.call0()?,
            _ => kind,
        }))
    }

    /// Ends the waiting.
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        let state = mem::replace(&mut *self.state(), State::Done);
        if let State::Waiting(waiting) = state {
            waiting.call_method0(py, "close")?;
        }
        Ok(())
    }

    #[allow(clippy::needless_pass_by_value)] // as PyO3 calls it
    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        // Whoever holds the lock does so for a moment, and holds the interpreter.
        match self.0.try_lock().as_deref() {
            Ok(State::Fresh(rows)) => visit.call(rows),
            Ok(State::Waiting(waiting)) => visit.call(waiting),
            Ok(State::Done) | Err(_) => Ok(()),
        }
    }

    fn __clear__(&self) {
        // Dropped when the lock is no longer held: that may run anything.
        let state = self.0.try_lock().map(|mut state| mem::replace(&mut *state, State::Done));
        drop(state);
    }
}
