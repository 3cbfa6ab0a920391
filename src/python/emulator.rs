//! The platform on loopback, for Python.
use pyo3::prelude::*;

/// placeholder
#[pyclass(frozen, module = "twelvelabs_batches._native")]
pub struct Emulator;
