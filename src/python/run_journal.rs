//! Journals that are read, and plans.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use super::arguments::read_path;
use super::client::{Begun, Client};
use super::errors::{show_findings, to_exception};
use super::exit::away;
use super::field::Field;
use super::options::read_options;
use super::run_settings::{Given, read_items, read_settings};
use super::runs::{Shown, show_row};
use crate::error::Error;
use crate::runs::{Counts, Journal, Plan, Planner, Settings, account_tag};

/// A journal that is read, whoever writes it meanwhile.
#[pyclass(frozen, module = "twelvelabs_batches._native")]
pub struct JournalReader {
    inner: Mutex<Journal>,
}

#[pymethods]
impl JournalReader {
    #[new]
    fn new(py: Python<'_>, path: &Bound<'_, PyAny>) -> PyResult<Self> {
        let path = read_path(path).map_err(|mismatch| mismatch.at("journal"))?;
        let opened = away(py, || Journal::read(&path));
        Ok(Self { inner: Mutex::new(opened.map_err(|error| to_exception(py, &error))?) })
    }

    /// The account that it belongs to.
    fn account(&self, py: Python<'_>) -> PyResult<Option<String>> {
        self.journal().fact("account").map_err(|error| to_exception(py, &error))
    }

    /// Its runs, each as a dict.
    fn runs<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        let rows = self.journal().runs().map_err(|error| to_exception(py, &error))?;
        let show = |row: crate::runs::RunRow| {
            let shown = PyDict::new(py);
            shown.set_item("run_id", row.run_id)?;
            shown.set_item("model_name", row.model_name)?;
            shown.set_item("analysis_mode", row.analysis_mode)?;
            shown.set_item("defaults", row.defaults)?;
            shown.set_item("begun_at", row.begun_at)?;
            shown.set_item("origin", row.origin)?;
            shown.set_item("is_confirmed", row.is_confirmed)?;
            shown.set_item("is_read", row.is_read)?;
            Ok(shown)
        };
        rows.into_iter().map(show).collect()
    }

    /// How the items of a run stand.
    fn counts<'py>(&self, py: Python<'py>, run_id: i64) -> PyResult<Bound<'py, PyDict>> {
        let found = away(py, || self.journal().counts(run_id));
        let (ended, active, waiting) = found.map_err(|error| to_exception(py, &error))?;
        let shown = show_counts(py, &ended)?;
        shown.set_item("active", active)?;
        shown.set_item("waiting", waiting)?;
        Ok(shown)
    }

    /// The batches of a run, each as a dict.
    fn batches<'py>(&self, py: Python<'py>, run_id: i64) -> PyResult<Vec<Bound<'py, PyDict>>> {
        let rows = self.journal().chunks(run_id).map_err(|error| to_exception(py, &error))?;
        let show = |row: crate::runs::ChunkRow| {
            let shown = PyDict::new(py);
            shown.set_item("batch_id", row.batch_id)?;
            shown.set_item("state", row.state)?;
            shown.set_item("status", row.status)?;
            shown.set_item("created_at", row.created_at)?;
            shown.set_item("expires_at", row.expires_at)?;
            shown.set_item("items", row.item_count)?;
            Ok(shown)
        };
        rows.into_iter().map(show).collect()
    }

    /// Rows, requests and tasks of items of a run that have ended, after one of them, and the
    /// last item that was looked at; nothing if there are no more.
    fn rows_after(
        &self,
        py: Python<'_>,
        run_id: i64,
        item_id: i64,
        most: u32,
    ) -> PyResult<Option<(Vec<Shown>, i64)>> {
        let found = away(py, || self.journal().outcomes_after(run_id, item_id, most));
        let Some((found, last)) = found.map_err(|error| to_exception(py, &error))? else { return Ok(None) };
        let shown = found.into_iter().map(|(outcome, request)| show_row(py, outcome, &request));
        Ok(Some((shown.collect::<PyResult<_>>()?, last)))
    }
}

impl JournalReader {
    fn journal(&self) -> MutexGuard<'_, Journal> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn show_counts<'py>(py: Python<'py>, counts: &Counts) -> PyResult<Bound<'py, PyDict>> {
    let shown = PyDict::new(py);
    shown.set_item("ready", counts.ready)?;
    shown.set_item("failed", counts.failed)?;
    shown.set_item("canceled", counts.canceled)?;
    shown.set_item("expired", counts.expired)?;
    shown.set_item("malformed", counts.malformed)?;
    Ok(shown)
}

/// What a run would do.
#[pyclass(frozen, module = "twelvelabs_batches._native")]
pub struct RunPlanner {
    inner: Mutex<Option<Planner>>,
    settings: Settings,
}

#[pymethods]
impl RunPlanner {
    /// Takes items of the input.
    fn push(&self, py: Python<'_>, items: &Bound<'_, PyList>) -> PyResult<()> {
        let mut planner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(planner) = planner.as_mut() else { return Ok(()) };
        match read_items(items, planner.items())? {
            Ok(read) => away(py, || planner.push(&read)).map_err(|error| to_exception(py, &error)),
            Err(findings) => {
                planner.refuse(findings);
                Ok(())
            }
        }
    }

    /// The plan, as a dict.
    fn finish<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let planner = self.inner.lock().unwrap_or_else(PoisonError::into_inner).take();
        let plan = planner.map_or_else(Plan::default, Planner::finish);
        let shown = PyDict::new(py);
        shown.set_item("items", plan.items)?;
        shown.set_item("new", plan.new_items())?;
        shown.set_item("active", plan.active)?;
        shown.set_item("covered", show_counts(py, &plan.covered)?)?;
        shown.set_item("batches", &plan.batches)?;
        shown.set_item("hours", plan.spent.seconds / 3600.0)?;
        shown.set_item("unknown_durations", plan.spent.unknown)?;
        shown.set_item("repeats", plan.repeats)?;
        shown.set_item("cost", self.settings.price.map(|price| plan.cost(&price)))?;
        shown.set_item("stop", plan.stop.map(|stop| stop.to_string()))?;
        shown.set_item("violations", show_findings(py, &plan.violations)?)?;
        shown.set_item("violation_count", plan.violation_count)?;
        Ok(shown)
    }
}

#[pymethods]
impl Client {
    /// Plans a run. The journal is read, if there is one.
    fn plan_run(
        &self,
        py: Python<'_>,
        given: &Bound<'_, PyDict>,
        options: &Bound<'_, PyAny>,
    ) -> PyResult<RunPlanner> {
        let given = Given(given);
        let Begun { client, options, .. } = self.begin(py, read_options(Some(options))?)?;
        let settings = read_settings(&given, options)?;
        let (path, account) = (given.read("journal", read_path)?, given.read("account", String::read)?);
        let tag = account.unwrap_or_else(|| account_tag(client.config()));
        let path = path.filter(|path| path.exists());
        let opened = away(py, || path.as_deref().map(Journal::read).transpose());
        let journal = opened.map_err(|error: Error| to_exception(py, &error))?;
        let planner = Planner::new(journal, settings.clone(), &tag);
        Ok(RunPlanner { inner: Mutex::new(Some(planner)), settings })
    }
}
