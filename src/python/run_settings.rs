//! How a run is done, and its items, read.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use super::draft::read_durations;
use super::field::Field;
use super::mismatch::{Mismatch, Mismatched};
use super::options::{read_count, read_seconds};
use super::quick::Quick;
use crate::client::CallOptions;
use crate::error::Finding;
use crate::models::{
    AnalysisMode, BatchDefaults, BatchItemRequest, MAX_ACTIVE_BATCHES, MAX_REQUESTS, ModelName,
};
use crate::runs::{Price, Settings};

/// Arguments by their names.
pub struct Given<'a, 'py>(pub &'a Bound<'py, PyDict>);

impl Given<'_, '_> {
    /// One of them, if it was given.
    pub fn read<T>(
        &self,
        name: &str,
        read: impl FnOnce(&Bound<'_, PyAny>) -> Mismatched<T>,
    ) -> PyResult<Option<T>> {
        let value = self.0.get_item(name)?.filter(|value| !value.is_none());
        Ok(value.as_ref().map(read).transpose().map_err(|mismatch| mismatch.at(name))?)
    }
}

/// Reads the settings of a run.
pub fn read_settings(given: &Given<'_, '_>, options: CallOptions) -> PyResult<Settings> {
    let model_name = given.read("model_name", String::read)?.unwrap_or_default();
    let mode = given.read("analysis_mode", String::read)?.unwrap_or_default();
    let mut settings = Settings::new(ModelName::from(model_name.as_str()), AnalysisMode::from(mode.as_str()));
    settings.defaults = given.read("defaults", BatchDefaults::read)?;
    settings.options = options;
    let batch = u32::try_from(MAX_REQUESTS).unwrap_or(u32::MAX);
    if let Some(size) = given.read("batch_size", |value| within(value, 1, batch))? {
        settings.limits.items = size as usize;
    }
    let active = u32::try_from(MAX_ACTIVE_BATCHES).unwrap_or(u32::MAX);
    if let Some(most) = given.read("max_active", |value| within(value, 1, active))? {
        settings.max_active = most as usize;
    }
    if let Some(most) = given.read("max_item_attempts", |value| within(value, 1, 100))? {
        settings.max_item_attempts = most;
    }
    settings.ordered = given.read("ordered", bool::read)?.unwrap_or_default();
    settings.redeliver = given.read("redeliver", bool::read)?.unwrap_or_default();
    settings.length = given.read("length", read_count)?.map(u64::from);
    settings.asks_durations = given.read("ask_durations", bool::read)?.unwrap_or_default();
    settings.durations = given.read("durations", read_durations)?.unwrap_or_default();
    settings.poll_interval = given.read("poll_interval", read_seconds)?;
    settings.guards.max_items = given.read("max_items", read_count)?.map(u64::from);
    settings.guards.max_hours = given.read("max_hours", not_negative)?;
    settings.guards.max_cost = given.read("max_cost", not_negative)?;
    settings.guards.sample = given.read("sample", |value| within(value, 1, batch))?.map(|size| size as usize);
    settings.guards.max_failed_share = given.read("max_failed_share", share)?;
    settings.price = read_price(given)?;
    // How long a batch may take to be listed is the platform's; tests know of a quicker one.
    if let Some(time) = given.read("certain_after", read_seconds)? {
        settings.certain_after = time;
    }
    Ok(settings)
}

fn read_price(given: &Given<'_, '_>) -> PyResult<Option<Price>> {
    let Some(prices) = given.read("price", Vec::<f64>::read)? else { return Ok(None) };
    let price = |index: usize| prices.get(index).copied().unwrap_or_default();
    Ok(Some(Price { hour: price(0), million_output_tokens: price(1), million_input_tokens: price(2) }))
}

fn within(value: &Bound<'_, PyAny>, least: u32, most: u32) -> Mismatched<u32> {
    let count = read_count(value)?;
    if (least..=most).contains(&count) {
        return Ok(count);
    }
    Err(Mismatch::new(format!("a number from {least} to {most} is expected, not {count}")))
}

fn not_negative(value: &Bound<'_, PyAny>) -> Mismatched<f64> {
    let number = f64::read(value)?;
    if number >= 0.0 && number.is_finite() {
        return Ok(number);
    }
    Err(Mismatch::new(format!("a number that is not negative is expected, not {number}")))
}

fn share(value: &Bound<'_, PyAny>) -> Mismatched<f64> {
    let number = f64::read(value)?;
    if (0.0..=1.0).contains(&number) {
        return Ok(number);
    }
    Err(Mismatch::new(format!("a share from 0 to 1 is expected, not {number}")))
}

/// Reads items, the first of which has this place in the input; or tells what does not fit.
pub fn read_items(
    items: &Bound<'_, PyList>,
    first: u64,
) -> PyResult<Result<Vec<BatchItemRequest>, Vec<Finding>>> {
    let (mut read, mut findings) = (Vec::with_capacity(items.len()), Vec::new());
    for (index, given) in items.iter().enumerate() {
        if let Some(item) = BatchItemRequest::quick(&given) {
            read.push(item);
            continue;
        }
        match BatchItemRequest::read(&given) {
            Ok(item) => read.push(item),
            Err(Mismatch::Raised(error)) => return Err(error),
            Err(Mismatch::Refused(refusals)) => findings.extend(refusals.iter().map(|refusal| {
                let mut finding = refusal.finding();
                let joint = if finding.path.is_empty() || finding.path.starts_with('[') { "" } else { "." };
                finding.path = format!("requests[{}]{joint}{}", first + index as u64, finding.path);
                finding
            })),
        }
    }
    Ok(if findings.is_empty() { Ok(read) } else { Err(findings) })
}
