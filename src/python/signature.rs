//! The signature of a model class, made when somebody asks for it.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::record::FieldInfo;

/// Stands in a class as `__signature__`; importing `inspect` for it at once
/// would cost every start of the package.
#[pyclass(frozen, module = "twelvelabs_batches._native")]
pub struct Signature {
    /// The class's fields.
    pub fields: &'static [FieldInfo],
    /// Whether further keywords are taken.
    pub open: bool,
}

#[pymethods]
impl Signature {
    fn __get__<'py>(
        &self,
        py: Python<'py>,
        instance: &Bound<'py, PyAny>,
        owner: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let _ = (instance, owner);
        let inspect = py.import("inspect")?;
        let parameter = inspect.getattr("Parameter")?;
        let kind = parameter.getattr("KEYWORD_ONLY")?;
        let mut parameters = self
            .fields
            .iter()
            .map(|field| {
                let options = PyDict::new(py);
                options.set_item("annotation", (field.annotation)())?;
                if field.optional {
                    options.set_item("default", py.None())?;
                }
                parameter.call((field.name, &kind), Some(&options))
            })
            .collect::<PyResult<Vec<_>>>()?;
        if self.open {
            let options = PyDict::new(py);
            options.set_item("annotation", "typing.Any")?;
            parameters.push(parameter.call(("extra", parameter.getattr("VAR_KEYWORD")?), Some(&options))?);
        }
        inspect.getattr("Signature")?.call1((parameters,))
    }
}
