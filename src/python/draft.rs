//! What is passed to create a batch: all that does not fit, and all rules that
//! the rest breaks, told at once.

use std::collections::{HashMap, HashSet};
use std::fmt;

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::errors::{show_findings, to_exception};
use super::exit::away;
use super::field::Field;
use super::given::{elements, members_of};
use super::mismatch::{Gathered, Mismatch, Mismatched, Refusal};
use super::objects::{self, Member};
use super::options::{entries, read_options};
use crate::client::CallOptions;
use crate::error::{Error, Finding, Kind, Report};
use crate::models::{AnalysisMode, BatchDefaults, BatchItemRequest, CreateAnalyzeBatchRequest, ModelName};
use crate::validate::{self, Assets, Defaults, Draft, Durations, Rule, Severity, find_assets};

/// The arguments of a `create`, as far as they can be read.
pub struct Arguments {
    model_name: Option<String>,
    analysis_mode: Option<String>,
    defaults: Option<BatchDefaults>,
    are_defaults_read: bool,
    requests: Option<Vec<Option<BatchItemRequest>>>,
    notes: Notes,
}

/// Reads each argument by itself, and each request too.
pub fn read(
    model_name: &Bound<'_, PyAny>,
    analysis_mode: &Bound<'_, PyAny>,
    requests: &Bound<'_, PyAny>,
    defaults: &Bound<'_, PyAny>,
) -> PyResult<Arguments> {
    let mut notes = Notes::default();
    let read =
        if defaults.is_none() { None } else { notes.keep_parts(defaults, format_args!("defaults"))? };
    Ok(Arguments {
        model_name: notes.keep(String::read(model_name), "model_name")?,
        analysis_mode: notes.keep(String::read(analysis_mode), "analysis_mode")?,
        are_defaults_read: defaults.is_none() || read.is_some(),
        defaults: read,
        requests: read_requests(requests, &mut notes)?,
        notes,
    })
}

/// Nobody means more, but an iterator may have no end.
const MOST_READ: usize = 100_000;

fn read_requests(
    given: &Bound<'_, PyAny>,
    notes: &mut Notes,
) -> PyResult<Option<Vec<Option<BatchItemRequest>>>> {
    let Some(elements) = notes.keep(elements(given), "requests")? else { return Ok(None) };
    let mut items = Vec::new();
    for (index, element) in elements.enumerate() {
        if index == MOST_READ {
            let told = format!("1 to 1,000 items are allowed, and these are more than {MOST_READ}");
            notes.keep::<()>(Err(Mismatch::new(told)), "requests")?;
            return Ok(None);
        }
        if index % 1024 == 0 {
            given.py().check_signals()?;
        }
        items.push(notes.keep_parts(&element?, format_args!("requests[{index}]"))?);
    }
    Ok(Some(items))
}

/// What does not fit, and what of it is not known therefore.
#[derive(Default)]
struct Notes {
    mismatches: Vec<Finding>,
    /// Paths of fields that could not be read, in things that were read without them.
    unread: Vec<String>,
}

impl Notes {
    /// The value, or nothing after noting what does not fit.
    fn keep<T>(&mut self, read: Mismatched<T>, name: &str) -> PyResult<Option<T>> {
        match read {
            Ok(value) => Ok(Some(value)),
            Err(Mismatch::Refused(refusals)) => {
                self.note(&refusals, name);
                Ok(None)
            }
            Err(raised) => Err(raised.into()),
        }
    }

    fn note(&mut self, refusals: &[Refusal], place: &str) {
        self.mismatches.extend(refusals.iter().map(|refusal| {
            let mut finding = refusal.finding();
            let joint = if finding.path.is_empty() || finding.path.starts_with('[') { "" } else { "." };
            finding.path = format!("{place}{joint}{}", finding.path);
            finding
        }));
    }

    /// The value. Fields that do not fit are noted, and left out: the others
    /// are to be held against the rules all the same.
    fn keep_parts<T: Field>(
        &mut self,
        given: &Bound<'_, PyAny>,
        place: fmt::Arguments<'_>,
    ) -> PyResult<Option<T>> {
        let refusals = match T::read(given) {
            Ok(value) => return Ok(Some(value)),
            Err(Mismatch::Raised(error)) => return Err(error),
            Err(Mismatch::Refused(refusals)) => refusals,
        };
        let place = place.to_string();
        self.note(&refusals, &place);
        let unread: Option<HashSet<&str>> = refusals.iter().map(Refusal::field).collect();
        let (Some(unread), Ok(Some(entries))) = (unread, objects::entries(given)) else { return Ok(None) };
        let rest = PyDict::new(given.py());
        for Member { name, alias, value } in entries {
            let is_unread = |name: &Bound<'_, PyAny>| {
                name.extract::<String>().map_or(true, |name| unread.contains(name.as_str()))
            };
            if !is_unread(&name) && !alias.is_some_and(|alias| is_unread(&alias)) {
                rest.set_item(name, value)?;
            }
        }
        let read = T::read(rest.as_any()).ok();
        if read.is_some() {
            self.unread.extend(unread.iter().map(|name| format!("{place}.{name}")));
        }
        Ok(read)
    }
}

/// Whether a finding may only come of a field that could not be read.
fn is_doubtful(finding: &Finding, unread: &[String]) -> bool {
    unread.iter().any(|path| {
        let Some((place, field)) = path.rsplit_once('.') else { return false };
        let is_about = place == "defaults"
            || finding.path.starts_with(place)
            // What nobody gives is told of the defaults.
            || finding.path.starts_with("defaults.");
        is_about
            && match field {
                "prompt" => finding.rule == "prompt.required",
                "response_format" => finding.rule == "response_format.required",
                "start_time" | "end_time" => finding.rule.starts_with("window."),
                "min_segment_duration" | "max_segment_duration" => finding.rule == "segment_duration.order",
                _ => false,
            }
    })
}

impl Arguments {
    /// What there is to send. If something does not fit, that is told together
    /// with the rules that the rest breaks.
    pub fn complete(
        self,
        py: Python<'_>,
        options: &CallOptions,
        validate: bool,
    ) -> PyResult<CreateAnalyzeBatchRequest> {
        if !self.notes.mismatches.is_empty() {
            let report = if validate {
                away(py, || self.check(options, &Durations::new(), &Assets::new()))
            } else {
                Report { violations: self.notes.mismatches, ..Report::default() }
            };
            return Err(to_exception(py, &Kind::Rejected(Box::new(report)).into()));
        }
        let (Some(model_name), Some(analysis_mode), Some(requests)) =
            (self.model_name, self.analysis_mode, self.requests)
        else {
            return Err(to_exception(py, &Error::invalid("requests", "they cannot be read")));
        };
        Ok(CreateAnalyzeBatchRequest {
            model_name: ModelName::from(model_name.as_str()),
            analysis_mode: AnalysisMode::from(analysis_mode.as_str()),
            defaults: self.defaults,
            requests: requests.into_iter().flatten().collect(),
        })
    }

    /// What can be read and is sent.
    fn draft(&self, options: &CallOptions) -> Draft<'_> {
        let is_sent = |name: &str| !options.body.contains_key(name);
        Draft {
            model_name: self.model_name.as_deref().filter(|_| is_sent("model_name")),
            analysis_mode: self.analysis_mode.as_deref().filter(|_| is_sent("analysis_mode")),
            defaults: match &self.defaults {
                _ if !is_sent("defaults") || !self.are_defaults_read => Defaults::Unknown,
                None => Defaults::Absent,
                Some(defaults) => Defaults::Given(defaults),
            },
            requests: self
                .requests
                .as_ref()
                .filter(|_| is_sent("requests"))
                .map(|items| items.iter().map(Option::as_ref).collect()),
        }
    }

    /// Holds what can be read against the rules, and adds what cannot.
    fn check(&self, options: &CallOptions, durations: &Durations, assets: &Assets) -> Report {
        let mut report = validate::check(&self.draft(options), durations, assets);
        let Notes { mismatches, unread } = &self.notes;
        if !unread.is_empty() {
            report.violations.retain(|finding| !is_doubtful(finding, unread));
            report.warnings.retain(|finding| !is_doubtful(finding, unread));
        }
        report.violations.extend(mismatches.iter().cloned());
        report.sort();
        report
    }
}

/// Violations, warnings, items, known hours and how many durations are not known.
type Told<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>, usize, Option<f64>, usize);

/// The arguments of a `create`, read once to be checked.
#[pyclass(frozen, module = "twelvelabs_batches._native")]
pub struct BatchDraft {
    arguments: Arguments,
    options: CallOptions,
    durations: Durations,
}

#[pymethods]
impl BatchDraft {
    #[new]
    fn new(
        model_name: &Bound<'_, PyAny>,
        analysis_mode: &Bound<'_, PyAny>,
        requests: &Bound<'_, PyAny>,
        defaults: &Bound<'_, PyAny>,
        durations: &Bound<'_, PyAny>,
        options: &Bound<'_, PyAny>,
    ) -> PyResult<Self> {
        Ok(Self {
            options: read_options(Some(options))?,
            durations: read_durations(durations).map_err(|mismatch| mismatch.at("durations"))?,
            arguments: read(model_name, analysis_mode, requests, defaults)?,
        })
    }

    /// The identifiers of all assets that are named, once each.
    fn asset_ids(&self) -> Vec<String> {
        find_assets(&self.arguments.draft(&self.options))
    }

    /// Holds the arguments against every rule, and against what the platform says of assets.
    fn check<'py>(&self, py: Python<'py>, assets: &Bound<'py, PyDict>) -> PyResult<Told<'py>> {
        let mut known = Assets::new();
        for (asset_id, asset) in members_of(assets)? {
            known.insert(asset_id.extract()?, Field::read(&asset)?);
        }
        let report = away(py, || self.arguments.check(&self.options, &self.durations, &known));
        Ok((
            show_findings(py, &report.violations)?,
            show_findings(py, &report.warnings)?,
            report.facts.items,
            report.facts.hours,
            report.facts.unknown_durations,
        ))
    }
}

/// Seconds by asset; an asset with nothing is one whose length is not known.
pub(super) fn read_durations(given: &Bound<'_, PyAny>) -> Mismatched<Durations> {
    let mut durations = HashMap::new();
    if given.is_none() {
        return Ok(durations);
    }
    let mut gathered = Gathered::default();
    for (asset, seconds) in entries(given)? {
        if seconds.is_none() {
            continue;
        }
        let seconds = f64::read(&seconds).and_then(|seconds| {
            let told = format!("a number of seconds, 0 or more, is expected, not {seconds}");
            if seconds >= 0.0 { Ok(seconds) } else { Err(Mismatch::new(told)) }
        });
        if let Some(seconds) = gathered.take(seconds.map_err(|mismatch| mismatch.at(asset.as_str())))? {
            durations.insert(asset, seconds);
        }
    }
    gathered.finish()?;
    Ok(durations)
}

/// The rules: word, whether breaking it is a violation, what is allowed and its source.
#[pyfunction]
pub fn describe_rules() -> Vec<(&'static str, bool, &'static str, &'static str)> {
    let describe =
        |rule: &Rule| (rule.word(), rule.severity() == Severity::Violation, rule.allowed(), rule.source());
    Rule::ALL.iter().map(describe).collect()
}
