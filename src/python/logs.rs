//! What calls tell, passed on to Python's `logging`.
//!
//! Runtime threads only write to the journal. It is read by the threads that
//! call: a handler of `logging` may take locks of its own, and may wait for the
//! interpreter.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::kept::{Kept, word};
use crate::client::{Journal, Level, Note};

/// Levels of the journal, and the numbers that `logging` has for them.
const LEVELS: [(Level, u8); 3] = [(Level::Debug, 10), (Level::Info, 20), (Level::Warning, 30)];

fn logger(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
    static LOGGER: Kept<Py<PyAny>> = Kept::new();
    let made = LOGGER.get_or_try_make(py, || {
        let logging = py.import("logging")?;
        let logger = logging.call_method1("getLogger", ("twelvelabs_batches",))?;
        // Without a handler of the user's nothing is to be printed.
        logger.call_method1("addHandler", (logging.call_method0("NullHandler")?,))?;
        Ok(logger.unbind())
    })?;
    Ok(made.bind(py))
}

/// A journal that somebody listens to, if anybody does.
pub type Listener = Option<Arc<Journal>>;

/// The journal, if anybody wants to know.
pub fn listen(py: Python<'_>, journal: Arc<Journal>) -> PyResult<Listener> {
    let logger = logger(py)?;
    for (level, number) in LEVELS {
        if logger.call_method1(word!(py, "isEnabledFor"), (number,))?.is_truthy()? {
            journal.keep_from(level);
            return Ok(Some(journal));
        }
    }
    Ok(None)
}

/// Passes on what was told.
pub fn pass_on(py: Python<'_>, journal: &Journal) -> PyResult<()> {
    for (level, note) in journal.take() {
        let number = LEVELS.iter().find(|(known, _)| *known == level).map_or(0, |(_, number)| *number);
        let extra = PyDict::new(py);
        extra.set_item("extra", describe(py, &note)?)?;
        logger(py)?.call_method("log", (number, "%s", &note.text), Some(&extra))?;
    }
    Ok(())
}

/// The facts of a note, as attributes of its log record.
fn describe<'py>(py: Python<'py>, note: &Note) -> PyResult<Bound<'py, PyDict>> {
    let facts = PyDict::new(py);
    facts.set_item("event", note.event)?;
    facts.set_item("call", note.verb.name())?;
    facts.set_item("attempt", note.attempt)?;
    facts.set_item("status_code", note.status)?;
    facts.set_item("wait", note.wait.map(|wait| wait.as_secs_f64()))?;
    Ok(facts)
}
