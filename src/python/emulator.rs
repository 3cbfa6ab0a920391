//! The platform on loopback, for Python.

use std::time::Duration;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyDict};
use serde_json::Value;

use super::errors::raise_emulator;
use super::exit::{self, away};
use super::faults::{self, Described, build_fault, read_fault};
use super::field::Field;
use super::given::{self, elements, members_of};
use super::json;
use super::mismatch::Mismatched;
use crate::emulator::{AnalysisError, Asset, AssetStatus, Emulator as Platform, Fault, Options};
use crate::models::Time;

/// The platform on your own machine: the batch API, assets and tasks on
/// 127.0.0.1, without a key, a bill or a network.
///
/// It runs from its making until `close()`, or the end of its `with` block. Time
/// runs at `speed` seconds of the platform per real second; with `speed=0` it
/// stands still and is moved with `advance`, so that a day is told in
/// milliseconds and the same every time. Results are made from `seed` and fit
/// what was asked for.
///
/// Args:
///     faults: What befalls requests from the start; see `inject`.
///     **options: See the list of options in the reference; each is
///         also a flag of `twelvelabs-batches emulator`.
///
/// Raises:
///     EmulatorError: An option is unknown or does not fit, or the port is taken.
///
/// Example:
///     >>> with Emulator(speed=0) as platform:
///     ...     platform.advance(hours=24)
#[pyclass(frozen, module = "twelvelabs_batches")]
pub struct Emulator {
    platform: Platform,
}

#[pymethods]
impl Emulator {
    #[new]
    #[pyo3(signature = (*, faults = None, **options))]
    fn new(
        py: Python<'_>,
        faults: Option<&Bound<'_, PyAny>>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let faults = read_faults(faults)?;
        let mut chosen = Options::default();
        for (name, value) in options.map(members_of).transpose()?.unwrap_or_default() {
            let name = given::key(&name)?;
            let value = read_value(&value).map_err(|mismatch| mismatch.at(name.as_str()))?;
            chosen.set(&name, &value).map_err(|error| raise_emulator(py, &error.to_string()))?;
        }
        Self::start(py, chosen, faults)
    }

    /// Starts an emulator from the texts of a command line's flags.
    #[staticmethod]
    fn _from_flags(
        py: Python<'_>,
        flags: Vec<(String, String)>,
        faults: &Bound<'_, PyAny>,
    ) -> PyResult<Self> {
        let faults = read_faults(Some(faults))?;
        let mut chosen = Options::default();
        for (name, text) in flags {
            chosen.set_text(&name, &text).map_err(|error| raise_emulator(py, &error.to_string()))?;
        }
        Self::start(py, chosen, faults)
    }

    /// Where it is: the base URL for a client.
    #[getter]
    fn base_url(&self) -> &str {
        self.platform.base_url()
    }

    /// The key that it accepts.
    #[getter]
    fn api_key(&self) -> &str {
        self.platform.api_key()
    }

    /// The platform's time.
    #[getter]
    fn now<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Time(self.platform.now()).show(py)
    }

    /// Moves the platform's time forward, whether it runs or stands still.
    ///
    /// On the way, webhooks are told when it is time: when this returns, every
    /// attempt has been made that was due. Other threads run meanwhile.
    ///
    /// Args:
    ///     seconds: How far.
    ///     minutes: Added to it.
    ///     hours: Added to it.
    ///     days: Added to it.
    ///
    /// Raises:
    ///     EmulatorError: Time cannot be moved backward.
    #[pyo3(signature = (*, seconds = 0.0, minutes = 0.0, hours = 0.0, days = 0.0))]
    fn advance(&self, py: Python<'_>, seconds: f64, minutes: f64, hours: f64, days: f64) -> PyResult<()> {
        let total = seconds + 60.0 * minutes + 3600.0 * hours + 86400.0 * days;
        let by = Duration::try_from_secs_f64(total)
            .map_err(|_| raise_emulator(py, &format!("time moves forward only, not by {total} seconds")))?;
        let mut outcome = Ok(());
        away(py, || {
            self.platform.advance_while(by, || {
                let _pass = exit::pass();
                // Named alone, the method would be one of a single lifetime.
                #[allow(clippy::redundant_closure_for_method_calls)]
                let heard = Python::try_attach(|py| py.check_signals());
                outcome = heard.unwrap_or(Ok(()));
                outcome.is_ok()
            });
        });
        outcome
    }

    /// Registers an asset.
    ///
    /// Args:
    ///     asset_id: Its identifier, 24 hexadecimal digits.
    ///     status: `ready`, `processing` or `failed`.
    ///     duration: Length of the video, in seconds.
    ///     filename: Name of the uploaded file.
    ///     analysis_error: If given, every item on this asset fails with this
    ///         message.
    ///     analysis_error_code: The error's code.
    ///
    /// Raises:
    ///     EmulatorError: The identifier, the status or the duration does not fit.
    #[pyo3(signature = (
        asset_id, *, status = "ready", duration = 300.0, filename = None,
        analysis_error = None, analysis_error_code = None
    ))]
    #[allow(clippy::too_many_arguments)]
    fn add_asset(
        &self,
        py: Python<'_>,
        asset_id: &str,
        status: &str,
        duration: f64,
        filename: Option<String>,
        analysis_error: Option<String>,
        analysis_error_code: Option<String>,
    ) -> PyResult<()> {
        let mut asset = Asset::new(asset_id);
        asset.status = AssetStatus::from_word(status).ok_or_else(|| {
            raise_emulator(py, &format!("unknown status {status:?}; allowed are ready, processing, failed"))
        })?;
        asset.duration = duration;
        if let Some(filename) = filename {
            asset.filename = filename;
        }
        asset.analysis_error =
            analysis_error.map(|message| AnalysisError { code: analysis_error_code, message });
        self.platform.add_asset(asset).map_err(|error| raise_emulator(py, &error.to_string()))
    }

    /// Has trouble befall requests from now on.
    ///
    /// What is said together happens together; what is not said stays as it would
    /// be. Faults are tried in the order in which they were given: the first that
    /// applies befalls a request, alone, so that a list of faults is a script.
    ///
    /// Args:
    ///     **fault: See the list of faults in the reference.
    ///
    /// Raises:
    ///     EmulatorError: An option is unknown, does not fit, or means nothing
    ///         beside the others.
    ///
    /// Example:
    ///     >>> platform.inject(on="results", cut="reset", after_rows=1)
    ///     >>> platform.inject(on="create", status=429, headers={"retry-after": "1"}, times=2)
    ///     >>> platform.inject(on="create", cut="close")  # made, and the answer lost
    ///     >>> platform.clear_faults()
    #[pyo3(signature = (**fault))]
    fn inject(&self, py: Python<'_>, fault: Option<&Bound<'_, PyDict>>) -> PyResult<()> {
        let fault = build_fault(py, fault.map(members_of).transpose()?.unwrap_or_default())?;
        self.platform.inject(fault).map_err(|error| raise_emulator(py, &error.to_string()))
    }

    /// Takes back all faults that still wait.
    fn clear_faults(&self) {
        self.platform.clear_faults();
    }

    /// Cuts every connection and refuses new ones, until `come_up`.
    fn go_down(&self, py: Python<'_>) {
        away(py, || self.platform.go_down());
    }

    /// Accepts connections again.
    fn come_up(&self, py: Python<'_>) {
        away(py, || self.platform.come_up());
    }

    /// The platform's own books: requests by endpoint, batches and items by
    /// status, what was billed, faults met.
    fn stats<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let stats = away(py, || self.platform.stats());
        Ok(pythonize::pythonize(py, &stats)?)
    }

    /// Stops it; its connections are closed.
    fn close(&self, py: Python<'_>) {
        away(py, || self.platform.stop());
    }

    fn __enter__(this: Py<Self>) -> Py<Self> {
        this
    }

    #[pyo3(signature = (*_exception))]
    fn __exit__(&self, py: Python<'_>, _exception: &Bound<'_, PyAny>) {
        self.close(py);
    }

    fn __repr__(&self) -> String {
        format!("Emulator(base_url={:?})", self.platform.base_url())
    }

    #[allow(clippy::unused_self)]
    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err("an emulator cannot be pickled: it is a running server"))
    }
}

impl Emulator {
    fn start(py: Python<'_>, options: Options, faults: Vec<Fault>) -> PyResult<Self> {
        let started = away(py, || Platform::start(options));
        let platform = started.map_err(|error| raise_emulator(py, &error.to_string()))?;
        for fault in faults {
            platform.inject(fault).map_err(|error| raise_emulator(py, &error.to_string()))?;
        }
        Ok(Self { platform })
    }
}

fn read_faults(given: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<Fault>> {
    let Some(given) = given else { return Ok(Vec::new()) };
    elements(given).map_err(|mismatch| mismatch.at("faults"))?.map(|fault| read_fault(&fault?)).collect()
}

/// A JSON value, or the text of a time.
fn read_value(given: &Bound<'_, PyAny>) -> Mismatched<Value> {
    if given.is_instance_of::<PyDateTime>() {
        return Ok(Value::from(Time::read(given)?.to_string()));
    }
    json::read(given)
}

/// The emulator's options: name, kind, default, choices, help and whether
/// each can be nothing.
#[pyfunction]
pub fn describe_options(py: Python<'_>) -> PyResult<Vec<Described<'_>>> {
    faults::describe(py, Options::describe())
}
