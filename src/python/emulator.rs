//! The platform on loopback, for Python.
use pyo3::prelude::*;
/// placeholder
#[pyclass(frozen, module = "twelvelabs_batches")]
pub struct Emulator;
/// placeholder
#[pyfunction]
pub fn describe_options() -> Vec<(String, String, Option<String>, Option<Vec<String>>, String)> {
    vec![("speed".into(), "number".into(), None, None, "x".into())]
}
