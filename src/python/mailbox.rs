//! How outcomes come into an event loop.
//!
//! Each loop has a mailbox. The runtime's thread puts outcomes into it and rings
//! its bell; the loop's own thread takes them out. No other thread needs the
//! interpreter for that, or holds objects of Python: who waits is written down at
//! the loop's side, where the garbage collector sees it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::{mem, process};

use pyo3::exceptions::PyException;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::type_object::PyTypeInfo;
use pyo3::types::PyDict;

use super::bell::Bell;
use super::kept::{Kept, word};

/// An outcome, as what makes an object of it.
type Outcome = Box<dyn FnOnce(Python<'_>) -> PyResult<Py<PyAny>> + Send>;

/// Outcomes for one event loop, each with the number of who waits for it.
pub struct Mailbox {
    outcomes: Mutex<Vec<(u64, Outcome)>>,
    /// Whether the loop was told that there are some.
    is_rung: AtomicBool,
    bell: Bell,
}

impl Mailbox {
    /// Puts an outcome in. Any thread may, without the interpreter.
    pub fn put(
        self: &Arc<Self>,
        number: u64,
        outcome: impl FnOnce(Python<'_>) -> PyResult<Py<PyAny>> + Send + 'static,
    ) {
        self.outcomes.lock().unwrap_or_else(PoisonError::into_inner).push((number, Box::new(outcome)));
        if !self.is_rung.swap(true, Ordering::SeqCst) {
            self.bell.ring();
        }
    }

    fn take(&self) -> Vec<(u64, Outcome)> {
        // A loop that runs within itself may call twice for one ring.
        if self.is_rung.load(Ordering::SeqCst) {
            self.bell.hush();
            // Whoever puts one in from here on rings again.
            self.is_rung.store(false, Ordering::SeqCst);
        }
        mem::take(&mut *self.outcomes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Hands out what is in a mailbox. A loop that watches the bell holds it as long,
/// so that the bell goes when the loop is closed.
#[pyclass(frozen, weakref, module = "twelvelabs_batches._native")]
pub struct Reader {
    mailbox: Arc<Mailbox>,
    /// The futures that wait, by their numbers.
    waiting: Py<PyDict>,
    next: AtomicU64,
    process: u32,
}

#[pymethods]
impl Reader {
    fn __call__(&self, py: Python<'_>) -> PyResult<()> {
        if !self.is_here() {
            return Ok(());
        }
        let mut delivered = Ok(());
        for (number, outcome) in self.mailbox.take() {
            // One that cannot be delivered does not hold up the others.
            delivered = delivered.and(self.deliver(py, number, outcome));
        }
        delivered
    }

    #[allow(clippy::needless_pass_by_value)] // as PyO3 calls it
    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.waiting)
    }
}

impl Reader {
    fn new(py: Python<'_>, bell: Bell) -> Self {
        let mailbox = Mailbox { outcomes: Mutex::default(), is_rung: AtomicBool::new(false), bell };
        Self {
            mailbox: Arc::new(mailbox),
            waiting: PyDict::new(py).unbind(),
            next: AtomicU64::new(0),
            process: process::id(),
        }
    }

    /// Where outcomes are put.
    pub fn mailbox(&self) -> Arc<Mailbox> {
        Arc::clone(&self.mailbox)
    }

    /// Writes down a future that waits, until it is struck off.
    pub fn write_down(&self, promise: &Bound<'_, PyAny>) -> PyResult<u64> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        self.waiting.bind(promise.py()).set_item(number, promise)?;
        Ok(number)
    }

    /// Strikes a future off that does not wait any more.
    pub fn strike_off(&self, py: Python<'_>, number: u64) -> PyResult<()> {
        self.waiting.bind(py).del_item(number)
    }

    /// Nobody waits any more.
    pub fn give_up(&self, py: Python<'_>) {
        self.waiting.bind(py).clear();
    }

    fn deliver(&self, py: Python<'_>, number: u64, outcome: Outcome) -> PyResult<()> {
        let Some(promise) = self.waiting.bind(py).get_item(number)? else { return Ok(()) };
        if promise.call_method0(word!(py, "done"))?.is_truthy()? {
            return Ok(());
        }
        match outcome(py) {
            Ok(value) => promise.call_method1(word!(py, "set_result"), (value,))?,
            Err(error) => promise.call_method1(word!(py, "set_exception"), (error.into_value(py),))?,
        };
        Ok(())
    }

    fn is_here(&self) -> bool {
        self.process == process::id()
    }
}

/// Makes the class, which the module does not show.
pub fn make_class(py: Python<'_>) {
    Reader::type_object(py);
}

/// Readers by their loops: those that a loop holds by weak references, others as
/// they are.
fn readers(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
    static READERS: Kept<Py<PyAny>> = Kept::new();
    let made = READERS
        .get_or_try_make(py, || Ok(py.import("weakref")?.call_method0("WeakKeyDictionary")?.unbind()))?;
    Ok(made.bind(py))
}

/// The reader of an event loop, if it has one.
pub fn find<'py>(event_loop: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, Reader>>> {
    let py = event_loop.py();
    let kept = readers(py)?.call_method1(word!(py, "get"), (event_loop,))?;
    let found = if kept.is_none() || kept.is_instance_of::<Reader>() { kept } else { kept.call0()? };
    Ok(found.cast_into::<Reader>().ok().filter(|reader| reader.get().is_here()))
}

/// The reader of an event loop, which runs in this thread.
pub fn reader<'py>(event_loop: &Bound<'py, PyAny>) -> PyResult<Bound<'py, Reader>> {
    if let Some(found) = find(event_loop)? {
        return Ok(found);
    }
    let py = event_loop.py();
    match watched(event_loop) {
        Ok(reader) => {
            let weak = py.import("weakref")?.call_method1("ref", (&reader,))?;
            readers(py)?.set_item(event_loop, weak)?;
            Ok(reader)
        }
        // It cannot watch pipes.
        Err(error) if error.is_instance_of::<PyException>(py) => {
            let reader = Bound::new(py, Reader::new(py, Bell::courier(event_loop)?))?;
            readers(py)?.set_item(event_loop, &reader)?;
            Ok(reader)
        }
        Err(error) => Err(error),
    }
}

/// A reader whose bell the loop watches.
fn watched<'py>(event_loop: &Bound<'py, PyAny>) -> PyResult<Bound<'py, Reader>> {
    let py = event_loop.py();
    let (bell, descriptor) = Bell::pipe()?;
    let reader = Bound::new(py, Reader::new(py, bell))?;
    // In a context of its own: the loop would keep all that stands in the caller's.
    let context = py.import("contextvars")?.call_method0("Context")?;
    let add_reader = event_loop.getattr(word!(py, "add_reader"))?;
    context.call_method1("run", (add_reader, descriptor, &reader))?;
    Ok(reader)
}
