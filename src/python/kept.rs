//! What is made once and kept.
//!
//! PyO3's own cells let go of the interpreter while they hold their lock. If the
//! process forks just then, the lock is held in the child by a thread that is not
//! there, and the child waits for ever. So nothing of ours is made under a lock,
//! and what PyO3 would make at first use is made at import.

use std::mem;
use std::process;
use std::sync::{Arc, OnceLock};

use arc_swap::ArcSwapOption;
use pyo3::panic::PanicException;
use pyo3::prelude::*;
use pyo3::type_object::PyTypeInfo;
use pyo3::types::{PyDateTime, PyDelta, PyInt, PySequence, PyTzInfo};

/// Something that is made at first use.
pub struct Kept<T>(OnceLock<T>);

impl<T> Kept<T> {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// What is kept. Threads that come first together may each make one, of
    /// which one is kept.
    pub fn get_or_try_make(&self, _py: Python<'_>, make: impl FnOnce() -> PyResult<T>) -> PyResult<&T> {
        if let Some(kept) = self.0.get() {
            return Ok(kept);
        }
        let fresh = make()?;
        Ok(self.0.get_or_init(|| fresh))
    }

    /// What is kept, where making it cannot fail.
    pub fn get_or_make(&self, _py: Python<'_>, make: impl FnOnce() -> T) -> &T {
        self.0.get().unwrap_or_else(|| {
            let fresh = make();
            self.0.get_or_init(|| fresh)
        })
    }
}

impl Kept<Py<PyAny>> {
    /// A name of a module.
    pub fn import<'py>(&self, py: Python<'py>, module: &str, name: &str) -> PyResult<&Bound<'py, PyAny>> {
        let kept = self.get_or_try_make(py, || Ok(py.import(module)?.getattr(name)?.unbind()))?;
        Ok(kept.bind(py))
    }
}

/// What each process makes for itself at first use, and shares: threads and
/// connections do not come along with a fork.
pub struct PerProcess<T>(ArcSwapOption<(u32, Arc<T>)>);

impl<T> PerProcess<T> {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self(ArcSwapOption::const_empty())
    }

    /// This process's. Threads that come first together may each make one, of
    /// which one is kept.
    pub fn get_or_try_make(&self, make: impl Fn() -> PyResult<T>) -> PyResult<Arc<T>> {
        loop {
            let current = self.0.load_full();
            if let Some(owned) = current.as_ref().filter(|owned| owned.0 == process::id()) {
                return Ok(Arc::clone(&owned.1));
            }
            let fresh = Arc::new((process::id(), Arc::new(make()?)));
            drop(self.0.compare_and_swap(&current, Some(fresh)));
            // Shutting down a parent's would wait for threads that are not here.
            mem::forget(current);
        }
    }
}

/// A word that is made once, for names of attributes.
macro_rules! word {
    ($py:expr, $text:literal) => {{
        use ::pyo3::types::PyString;
        static WORD: $crate::python::kept::Kept<::pyo3::Py<PyString>> = $crate::python::kept::Kept::new();
        WORD.get_or_make($py, || PyString::intern($py, $text).unbind()).bind($py)
    }};
}

pub(super) use word;

/// Makes what PyO3 would make at first use.
pub fn make_all(py: Python<'_>) -> PyResult<()> {
    PanicException::type_object(py);
    PyDateTime::type_object(py);
    PyTzInfo::type_object(py);
    PyTzInfo::utc(py)?;
    PyTzInfo::fixed_offset(py, PyDelta::new(py, 0, 0, 0, true)?)?;
    PySequence::type_object(py);
    let class = py.get_type::<PyInt>();
    class.name()?;
    class.qualname()?;
    class.module()?;
    // What is no bool is looked at for being one of numpy's.
    let _ = class.extract::<bool>();
    Ok(())
}
