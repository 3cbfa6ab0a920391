//! What is passed to create a batch: all that does not fit, and all rules that
//! the rest breaks, told at once.

use std::collections::HashMap;

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::errors::{show_findings, to_exception};
use super::exit::away;
use super::field::Field;
use super::given::{elements, members_of};
use super::mismatch::{Gathered, Mismatch, Mismatched};
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
    mismatches: Vec<Finding>,
}

/// Reads each argument by itself, and each request too.
pub fn read(
    model_name: &Bound<'_, PyAny>,
    analysis_mode: &Bound<'_, PyAny>,
    requests: &Bound<'_, PyAny>,
    defaults: &Bound<'_, PyAny>,
) -> PyResult<Arguments> {
    let mut mismatches = Vec::new();
    let defaults = keep(Option::<BatchDefaults>::read(defaults), "defaults", &mut mismatches)?;
    Ok(Arguments {
        model_name: keep(String::read(model_name), "model_name", &mut mismatches)?,
        analysis_mode: keep(String::read(analysis_mode), "analysis_mode", &mut mismatches)?,
        are_defaults_read: defaults.is_some(),
        defaults: defaults.flatten(),
        requests: read_requests(requests, &mut mismatches)?,
        mismatches,
    })
}

fn read_requests(
    given: &Bound<'_, PyAny>,
    mismatches: &mut Vec<Finding>,
) -> PyResult<Option<Vec<Option<BatchItemRequest>>>> {
    let Some(elements) = keep(elements(given), "requests", mismatches)? else { return Ok(None) };
    let mut items = Vec::new();
    for (index, element) in elements.enumerate() {
        let item = Field::read(&element?).map_err(|mismatch| mismatch.at(index));
        items.push(keep(item, "requests", mismatches)?);
    }
    Ok(Some(items))
}

/// The value, or nothing after noting what does not fit.
fn keep<T>(read: Mismatched<T>, name: &str, mismatches: &mut Vec<Finding>) -> PyResult<Option<T>> {
    match read.map_err(|mismatch| mismatch.at(name)) {
        Ok(value) => Ok(Some(value)),
        Err(Mismatch::Refused(refusals)) => {
            mismatches.extend(refusals.iter().map(super::mismatch::Refusal::finding));
            Ok(None)
        }
        Err(raised) => Err(raised.into()),
    }
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
        if !self.mismatches.is_empty() {
            let report = if validate {
                away(py, || self.check(options, &Durations::new(), &Assets::new()))
            } else {
                Report { violations: self.mismatches, ..Report::default() }
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
        report.violations.extend(self.mismatches.iter().cloned());
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
fn read_durations(given: &Bound<'_, PyAny>) -> Mismatched<Durations> {
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
