//! The end of the interpreter.
//!
//! A thread that wants the interpreter back while it is being torn down is
//! ended in the middle of its Rust frames, which crashes the process. So every
//! thread passes this gate on its way back, and once the gate is closed it
//! stays outside for good; the process ends without it.

use std::process;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use super::runtime::Face;

static CLOSED: AtomicBool = AtomicBool::new(false);
/// Threads on their way from the gate to the interpreter.
static PASSING: AtomicUsize = AtomicUsize::new(0);
/// The thread that ends the interpreter may still use it.
static ENDING: Mutex<Option<ThreadId>> = Mutex::new(None);

/// After this the gate stops waiting for those who are passing.
const PATIENCE: Duration = Duration::from_secs(2);

/// Leave to go back to the interpreter, to be held until there.
pub struct Pass(());

impl Drop for Pass {
    fn drop(&mut self) {
        PASSING.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Leave to go back, unless the interpreter is ending.
pub fn try_pass() -> Option<Pass> {
    PASSING.fetch_add(1, Ordering::SeqCst);
    let pass = Pass(());
    let may_pass = !CLOSED.load(Ordering::SeqCst)
        || *ENDING.lock().unwrap_or_else(PoisonError::into_inner) == Some(thread::current().id());
    may_pass.then_some(pass)
}

/// Leave to go back; never returns once the interpreter is ending.
pub fn pass() -> Pass {
    loop {
        match try_pass() {
            Some(pass) => return pass,
            None => thread::park(),
        }
    }
}

/// Does what takes a while with the interpreter released.
pub fn away<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> T {
    let (outcome, _pass) = py.detach(|| (work(), pass()));
    outcome
}

/// Refuses a call that could not come back. Once the interpreter is ending,
/// the thread that ends it may still use it, by waiting itself; daemon threads
/// stay outside, as with everything else in Python; whoever started a thread
/// that late waits for it, and is to be told.
pub fn refuse_if_ending(py: Python<'_>, face: Face) -> PyResult<()> {
    if !CLOSED.load(Ordering::SeqCst) {
        return Ok(());
    }
    let ending = *ENDING.lock().unwrap_or_else(PoisonError::into_inner);
    let is_refused = if ending == Some(thread::current().id()) {
        face == Face::Asyncio
    } else {
        !py.import("threading")?.call_method0("current_thread")?.getattr("daemon")?.is_truthy()?
    };
    if is_refused {
        return Err(PyRuntimeError::new_err("the interpreter is ending: it is too late for this call"));
    }
    Ok(())
}

/// A forked child has only the thread that forked. To be called before threads
/// are started; those of this process are not forgotten.
pub fn forget_other_threads() {
    static PROCESS: AtomicU32 = AtomicU32::new(0);
    let (here, before) = (process::id(), PROCESS.swap(process::id(), Ordering::SeqCst));
    if before != 0 && before != here {
        PASSING.store(0, Ordering::SeqCst);
    }
}

/// Closes the gate. Called by `atexit`, while the interpreter is still whole.
#[pyfunction]
pub fn _close_gate(py: Python<'_>) {
    *ENDING.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread::current().id());
    CLOSED.store(true, Ordering::SeqCst);
    py.detach(|| {
        let started = Instant::now();
        while PASSING.load(Ordering::SeqCst) > 0 && started.elapsed() < PATIENCE {
            thread::sleep(Duration::from_micros(100));
        }
    });
}
