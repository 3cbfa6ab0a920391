//! Which of the processes that came of one another this is.

use std::sync::atomic::{AtomicU32, Ordering};

use pyo3::prelude::*;

use crate::runs::leave_journals_to_parent;

/// How many forks lead to this process, from that which loaded the module.
static GENERATION: AtomicU32 = AtomicU32::new(0);

/// A number that no process above this one has. Asking the system takes longer than
/// handing over a row.
pub fn generation() -> u32 {
    GENERATION.load(Ordering::Relaxed)
}

/// Called in every child, before anything else runs there.
#[pyfunction]
fn _forked() {
    GENERATION.fetch_add(1, Ordering::Relaxed);
    leave_journals_to_parent();
}

/// Has Python tell of forks, where there are any.
pub fn notice(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    let os = py.import("os")?;
    if os.hasattr("register_at_fork")? {
        let forked = pyo3::types::PyDict::new(py);
        forked.set_item("after_in_child", wrap_pyfunction!(_forked, module)?)?;
        os.call_method("register_at_fork", (), Some(&forked))?;
    }
    Ok(())
}
