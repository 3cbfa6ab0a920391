//! Runs of many batches.

use std::sync::{Arc, Mutex as StdMutex, PoisonError};
use std::{mem, path::PathBuf};

use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList};
use tokio::sync::Mutex;

use super::arguments::read_path;
use super::client::{Begun, Client};
use super::errors::{raise_stream, to_exception};
use super::exit::away;
use super::field::Field;
use super::forks;
use super::logs::{self, Listener};
use super::mismatch::{Mismatch, Mismatched};
use super::options::read_options;
use super::run_settings::{Given, read_items, read_settings};
use super::runtime::{Face, Finish, run};
use crate::error::{Error, Kind, Report as Findings};
use crate::models::BatchItemRequest;
use crate::runs::{Attempt, Ended, Figures, Journal, Outcome, Report, Run, RunStep, account_tag};

/// A run, driven by one of the faces.
#[pyclass(frozen, name = "RunCore", module = "twelvelabs_batches._native")]
pub struct RunCore {
    /// Nothing once it was closed.
    inner: Arc<Mutex<Option<Run>>>,
    face: Face,
    listener: Listener,
    home: u32,
    /// What it had come to when it was looked at last.
    report: Arc<StdMutex<Report>>,
    run_id: i64,
    path: Option<PathBuf>,
}

#[pymethods]
impl RunCore {
    /// What the run has come to: a word, and what belongs to it.
    fn step(&self, py: Python<'_>) -> PyResult<(&'static str, Py<PyAny>)> {
        self.refuse_after_fork(py)?;
        if let Some(journal) = &self.listener {
            logs::pass_on(py, journal)?;
        }
        let step = match self.take_step(py)? {
            RunStep::Outcome(outcome) => return Ok(("outcome", show_outcome(py, &outcome)?)),
            step => step,
        };
        let (word, room) = tell(py, step)?;
        Ok((word, room.into_pyobject(py)?.into_any().unbind()))
    }

    /// The same, but for what has come of items: for who wants it from the journal in the end.
    fn skip(&self, py: Python<'_>) -> PyResult<(&'static str, usize)> {
        self.refuse_after_fork(py)?;
        loop {
            match self.take_step(py)? {
                RunStep::Outcome(_) => py.check_signals()?,
                step => return tell(py, step),
            }
        }
    }

    /// Waits until another step can be taken.
    fn advance(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.refuse_after_fork(py)?;
        let (inner, report) = (Arc::clone(&self.inner), Arc::clone(&self.report));
        run(py, self.face, self.listener.as_deref(), async move {
            if let Some(run) = inner.lock().await.as_mut() {
                run.advance().await;
                *report.lock().unwrap_or_else(PoisonError::into_inner) = run.report();
            }
            Ok::<_, Error>(Nothing)
        })
    }

    /// Ends the run here, and lets its journal go. What was handed over last comes again unless
    /// it is settled.
    fn close(&self, py: Python<'_>, settled: bool) -> PyResult<Py<PyAny>> {
        self.refuse_after_fork(py)?;
        let inner = Arc::clone(&self.inner);
        run(py, self.face, None, async move {
            let run = inner.lock().await.take();
            if let Some(mut run) = run.filter(|_| settled) {
                run.settle_last()?;
            }
            Ok::<_, Error>(Nothing)
        })
    }

    /// Takes items of the input: the number of each, and whether its outcome will come.
    fn push(&self, py: Python<'_>, items: &Bound<'_, PyList>) -> PyResult<Vec<(i64, bool)>> {
        self.with(py, |run| {
            let read = match read_items(items, run.report().items)? {
                Ok(read) => read,
                Err(findings) => {
                    let report = Findings { violations: findings, ..Findings::default() };
                    let error = Error::from(Kind::Rejected(Box::new(report)));
                    run.break_input(error.clone());
                    return Err(to_exception(py, &error));
                }
            };
            let taken = away(py, || run.push(read)).map_err(|error| to_exception(py, &error))?;
            Ok(taken.iter().map(|each| (each.item_id, each.will_come)).collect())
        })
    }

    /// There are no more items.
    fn end_input(&self, py: Python<'_>) -> PyResult<()> {
        self.with(py, |run| run.end_input().map_err(|error| to_exception(py, &error)))
    }

    /// The input broke: that is told when what is under way has ended.
    fn break_input(&self, py: Python<'_>, reason: String) -> PyResult<()> {
        self.with(py, |run| {
            run.break_input(Error::invalid("requests", reason));
            Ok(())
        })
    }

    /// Says whether the run goes on after its sample.
    fn answer(&self, py: Python<'_>, goes_on: bool) -> PyResult<()> {
        self.with(py, |run| run.answer(goes_on).map_err(|error| to_exception(py, &error)))
    }

    /// Submits nothing more, and cancels what is active.
    fn cancel(&self, py: Python<'_>) -> PyResult<()> {
        self.with(py, |run| {
            run.cancel();
            Ok(())
        })
    }

    /// Has items that ended in one of these ways submitted once more.
    fn resubmit(&self, py: Python<'_>, ways: &Bound<'_, PyAny>) -> PyResult<u64> {
        let ways = read_ways(ways).map_err(|mismatch| mismatch.at("statuses"))?;
        self.with(py, |run| run.resubmit(&ways).map_err(|error| to_exception(py, &error)))
    }

    /// Rows, requests and tasks of items that have ended, after one of those that were read, and
    /// the last item that was looked at; nothing if there are no more.
    fn rows_after(&self, py: Python<'_>, item_id: i64, most: usize) -> PyResult<Option<(Vec<Shown>, i64)>> {
        let found = self.with(py, |run| {
            away(py, || run.outcomes_after(item_id, most)).map_err(|error| to_exception(py, &error))
        })?;
        let Some((found, last)) = found else { return Ok(None) };
        let shown = found.into_iter().map(|(outcome, request)| show_row(py, outcome, &request));
        Ok(Some((shown.collect::<PyResult<_>>()?, last)))
    }

    /// What the run has come to, as a dict.
    fn report<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        if let Ok(run) = self.inner.try_lock()
            && let Some(run) = run.as_ref()
        {
            self.note(run);
        }
        let report = *self.report.lock().unwrap_or_else(PoisonError::into_inner);
        show_report(py, &report)
    }

    /// Batches that are active, as far as it can be told at the moment.
    fn active_batches(&self) -> Vec<String> {
        let run = self.inner.try_lock();
        run.ok().and_then(|run| run.as_ref().map(Run::active_batches)).unwrap_or_default()
    }

    /// The same, with items, and how many of these are ready, failed and canceled; in the order
    /// in which they were submitted, as far as that goes.
    fn active_figures(&self) -> Vec<(String, u64, u64, u64, u64)> {
        let run = self.inner.try_lock();
        let figures = run.ok().and_then(|run| run.as_ref().map(Run::active_figures)).unwrap_or_default();
        let show = |each: Figures| {
            let Figures { batch_id, items, ended } = each;
            (batch_id, items, ended.ready, ended.failed + ended.malformed, ended.canceled + ended.expired)
        };
        figures.into_iter().map(show).collect()
    }

    #[getter]
    fn run_id(&self) -> i64 {
        self.run_id
    }

    #[getter]
    fn path(&self) -> Option<PathBuf> {
        self.path.clone()
    }

    #[allow(clippy::unused_self)]
    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err("a run cannot be pickled: its journal is what travels"))
    }
}

impl RunCore {
    /// A step. While somebody else waits in the run, there is nothing but to wait as well.
    fn take_step(&self, py: Python<'_>) -> PyResult<RunStep> {
        let Ok(mut run) = self.inner.try_lock() else { return Ok(RunStep::More) };
        let run = run.as_mut().ok_or_else(|| closed(py))?;
        let step = away(py, || run.step());
        self.note(run);
        Ok(step)
    }

    fn with<T>(&self, py: Python<'_>, work: impl FnOnce(&mut Run) -> PyResult<T>) -> PyResult<T> {
        self.refuse_after_fork(py)?;
        let mut run = self.inner.try_lock().map_err(|_| {
            PyRuntimeError::new_err("this run is waited for by another thread or task: only one drives it")
        })?;
        work(run.as_mut().ok_or_else(|| closed(py))?)
    }

    fn note(&self, run: &Run) {
        *self.report.lock().unwrap_or_else(PoisonError::into_inner) = run.report();
    }

    fn refuse_after_fork(&self, py: Python<'_>) -> PyResult<()> {
        if self.home == forks::generation() {
            return Ok(());
        }
        Err(raise_stream(
            py,
            "this run belongs to the process that began it: its journal takes one at a time",
        ))
    }
}

impl Drop for RunCore {
    fn drop(&mut self) {
        if self.home != forks::generation() {
            // Its tasks, its journal and its lock are the parent's.
            mem::forget(Arc::clone(&self.inner));
        }
    }
}

/// A step without an outcome: a word, and how many items are to be read.
fn tell(py: Python<'_>, step: RunStep) -> PyResult<(&'static str, usize)> {
    match step {
        RunStep::Read(room) => Ok(("read", room)),
        RunStep::Failed(error) => Err(to_exception(py, &error)),
        RunStep::Ask(_) => Ok(("ask", 0)),
        RunStep::More | RunStep::Outcome(_) => Ok(("more", 0)),
        RunStep::End => Ok(("end", 0)),
    }
}

fn closed(py: Python<'_>) -> PyErr {
    raise_stream(py, "this run was closed: begin it again with its journal")
}

struct Nothing;

impl Finish for Nothing {
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        Ok(py.None())
    }
}

/// The item, its row, its request and its task.
pub(super) type Shown = (i64, Option<Py<PyAny>>, Py<PyAny>, Option<String>);

pub(super) fn show_row(py: Python<'_>, outcome: Outcome, request: &[u8]) -> PyResult<Shown> {
    let mut item: BatchItemRequest = serde_json::from_slice(request)
        .map_err(|error| PyRuntimeError::new_err(format!("a request in the journal is damaged: {error}")))?;
    item.custom_id.clone_from(&outcome.custom_id);
    let task_id = outcome.attempts.last().and_then(|attempt| attempt.task_id.clone());
    let row = outcome.row.map(|row| row.finish(py)).transpose()?;
    Ok((outcome.item_id, row, item.show(py)?.unbind(), task_id))
}

fn show_outcome(py: Python<'_>, outcome: &Outcome) -> PyResult<Py<PyAny>> {
    let row = outcome.row.clone().map(|row| row.finish(py)).transpose()?;
    let (raw, reason) = match &outcome.unreadable {
        Some((raw, reason)) => (Some(PyBytes::new(py, raw)), Some(reason.as_str())),
        None => (None, None),
    };
    let attempts: Vec<_> = outcome.attempts.iter().map(show_attempt).collect();
    let shown = (
        outcome.item_id,
        outcome.ended.word(),
        outcome.custom_id.as_deref(),
        outcome.batch_id.as_deref(),
        attempts,
        row,
        raw,
        reason,
    );
    Ok(shown.into_pyobject(py)?.into_any().unbind())
}

fn show_attempt(attempt: &Attempt) -> (Option<&str>, Option<&str>, &'static str, Option<&str>) {
    let Attempt { batch_id, task_id, ended, code } = attempt;
    (batch_id.as_deref(), task_id.as_deref(), ended.word(), code.as_deref())
}

pub(super) fn show_report<'py>(py: Python<'py>, report: &Report) -> PyResult<Bound<'py, PyDict>> {
    let shown = PyDict::new(py);
    for (name, count) in [
        ("items", report.items),
        ("ready", report.ended.ready),
        ("failed", report.ended.failed),
        ("canceled", report.ended.canceled),
        ("expired", report.ended.expired),
        ("malformed", report.ended.malformed),
        ("active", report.active),
        ("waiting", report.waiting),
        ("delivered_before", report.delivered_before),
        ("batches", report.batches),
        ("attempts", report.attempts),
        ("resubmitted", report.resubmitted),
        ("output_tokens", report.output_tokens),
        ("input_tokens", report.input_tokens),
        ("unknown_durations", report.spent.unknown),
    ] {
        shown.set_item(name, count)?;
    }
    shown.set_item("hours", report.spent.seconds / 3600.0)?;
    shown.set_item("elapsed", report.elapsed.as_secs_f64())?;
    shown.set_item("cost", report.cost())?;
    Ok(shown)
}

fn read_ways(given: &Bound<'_, PyAny>) -> Mismatched<Vec<Ended>> {
    let words = Vec::<String>::read(given)?;
    words
        .iter()
        .map(|word| {
            Ended::from_word(word).ok_or_else(|| {
                let known: Vec<_> = Ended::ALL.iter().map(|ended| ended.word()).collect();
                Mismatch::new(format!("one of {} is expected, not {word:?}", known.join(", ")))
            })
        })
        .collect()
}

#[pymethods]
impl Client {
    /// Begins a run, or goes on with it; where `known` is set, with the items that its journal
    /// knows.
    fn begin_run(
        &self,
        py: Python<'_>,
        given: &Bound<'_, PyDict>,
        options: &Bound<'_, PyAny>,
    ) -> PyResult<RunCore> {
        let given = Given(given);
        let Begun { client, options, listener } = self.begin(py, read_options(Some(options))?)?;
        let settings = read_settings(&given, options)?;
        let (path, account) = (given.read("journal", read_path)?, given.read("account", String::read)?);
        let origin = given.read("origin", String::read)?;
        let is_known = given.read("known", bool::read)?.unwrap_or_default();
        let tag = account.unwrap_or_else(|| account_tag(client.config()));
        let begun = away(py, || {
            let journal = match &path {
                Some(path) => Journal::open(path, &tag)?,
                None => Journal::temporary(&tag)?,
            };
            if is_known {
                Run::resume(client, journal, settings, Some(&tag))
            } else {
                Run::begin(client, journal, settings, Some(&tag), origin.as_deref())
            }
        });
        let run = begun.map_err(|error| to_exception(py, &error))?;
        Ok(RunCore {
            report: Arc::new(StdMutex::new(run.report())),
            run_id: run.run_id(),
            path: run.journal().path().map(PathBuf::from),
            inner: Arc::new(Mutex::new(Some(run))),
            face: self.face(),
            listener,
            home: forks::generation(),
        })
    }
}
