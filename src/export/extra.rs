//! What a row says beyond its columns.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::models::{AnalyzeTaskResult, AnalyzeTaskResultUsage, BatchItemError, BatchResultItem, Kept};

/// Fields that are not known, and what deviates, each at its place in the row, as JSON
/// text; nothing if the columns say it all. So columns and this together are the row.
pub(super) fn tell_extra(item: &BatchResultItem) -> Option<String> {
    let mut rest = item.extra.clone();
    put(&mut rest, "data", item.data.as_ref().and_then(|data| beyond(data, beyond_result)));
    put(&mut rest, "error", item.error.as_ref().and_then(|error| beyond(error, beyond_error)));
    if rest.is_empty() { None } else { serde_json::to_string(&rest).ok() }
}

fn put(rest: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        rest.insert(name.to_owned(), value);
    }
}

/// What a part says beyond the columns: all of it where it deviates.
fn beyond<T>(kept: &Kept<T>, beyond_fit: impl Fn(&T) -> Option<Value>) -> Option<Value> {
    match kept {
        Kept::Fit(part) => beyond_fit(part),
        Kept::Other(value) => Some(value.clone()),
        Kept::Absent => None,
    }
}

/// What has a column of its own says something beyond it only where it deviates.
fn deviation<T>(kept: &Kept<T>) -> Option<Value> {
    beyond(kept, |_| None)
}

/// An object that shows in no column is told even when it is empty: it was there.
fn told(rest: Map<String, Value>, shows: bool) -> Option<Value> {
    if rest.is_empty() && shows { None } else { Some(Value::Object(rest)) }
}

fn shows<T: Serialize>(kept: &Kept<T>) -> bool {
    kept.fit().is_some()
}

fn beyond_result(result: &AnalyzeTaskResult) -> Option<Value> {
    let mut rest = result.extra.clone();
    put(&mut rest, "generation_id", deviation(&result.generation_id));
    put(&mut rest, "data", deviation(&result.data));
    put(&mut rest, "finish_reason", deviation(&result.finish_reason));
    put(&mut rest, "usage", beyond(&result.usage, beyond_usage));
    let is_shown = shows(&result.generation_id)
        || shows(&result.data)
        || shows(&result.finish_reason)
        || shows(&result.usage);
    told(rest, is_shown)
}

fn beyond_usage(usage: &AnalyzeTaskResultUsage) -> Option<Value> {
    let mut rest = usage.extra.clone();
    put(&mut rest, "output_tokens", deviation(&usage.output_tokens));
    put(&mut rest, "input_tokens", usage.input_tokens.as_ref().and_then(deviation));
    told(rest, shows(&usage.output_tokens) || usage.input_tokens.as_ref().is_some_and(shows))
}

fn beyond_error(error: &BatchItemError) -> Option<Value> {
    let mut rest = error.extra.clone();
    put(&mut rest, "code", error.code.as_ref().and_then(deviation));
    put(&mut rest, "message", deviation(&error.message));
    told(rest, error.code.as_ref().is_some_and(shows) || shows(&error.message))
}
