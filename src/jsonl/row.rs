//! Rows of results.

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::Line;
use crate::error::{MalformedRow, excerpt};
use crate::models::{
    AnalyzeTaskResult, AnalyzeTaskResultUsage, BatchItemError, BatchItemStatus, BatchResultItem, Kept,
    Nullable,
};

/// Reads a row, or says which row cannot be read and why.
///
/// A row is an object that names its task and its status. Whatever else
/// deviates from the documentation is kept as it came.
pub fn decode_row(line: Line<'_>) -> Result<BatchResultItem, MalformedRow> {
    serde_json::from_slice(line.bytes).or_else(|error| {
        read_leniently(line.bytes).map_err(|defect| MalformedRow {
            row: line.row,
            offset: line.offset,
            may_be_item: !matches!(defect, Defect::PlatformError(_)),
            reason: match defect {
                Defect::NotUtf8 => "it is not UTF-8".to_owned(),
                Defect::NotJson(error) => format!("it is not JSON ({error})"),
                Defect::NotAnObject => "it is not a JSON object".to_owned(),
                Defect::PlatformError(message) => format!("it is an error of the platform: {message}"),
                Defect::NotAnItem => format!("it is not a result item ({error})"),
            },
            excerpt: excerpt(line.bytes),
            raw: Bytes::copy_from_slice(line.bytes),
        })
    })
}

/// Why a row cannot be read.
enum Defect {
    NotUtf8,
    NotJson(serde_json::Error),
    NotAnObject,
    PlatformError(String),
    NotAnItem,
}

fn read_leniently(bytes: &[u8]) -> Result<BatchResultItem, Defect> {
    if std::str::from_utf8(bytes).is_err() {
        return Err(Defect::NotUtf8);
    }
    let value = serde_json::from_slice(bytes).map_err(Defect::NotJson)?;
    let Value::Object(mut fields) = value else { return Err(Defect::NotAnObject) };
    if !fields.contains_key("task_id")
        && let Some(error) = fields.get("error")
    {
        let message = error.get("message").and_then(Value::as_str).unwrap_or("no message");
        return Err(Defect::PlatformError(message.to_owned()));
    }
    let text = |fields: &mut Map<String, Value>, name: &str| match fields.shift_remove(name) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    };
    let task_id = text(&mut fields, "task_id").ok_or(Defect::NotAnItem)?;
    let status = text(&mut fields, "status").ok_or(Defect::NotAnItem)?;
    Ok(BatchResultItem {
        task_id,
        custom_id: Nullable(take_custom_id(&mut fields)),
        status: BatchItemStatus::from(status.as_str()),
        data: take_optional(&mut fields, "data", read_result),
        error: take_optional(&mut fields, "error", read_error),
        extra: fields,
    })
}

/// What users match rows by is a text in any case.
fn take_custom_id(fields: &mut Map<String, Value>) -> Option<String> {
    match fields.shift_remove("custom_id")? {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

type Read<T> = fn(Map<String, Value>) -> T;

fn read_result(mut fields: Map<String, Value>) -> AnalyzeTaskResult {
    AnalyzeTaskResult {
        generation_id: take(&mut fields, "generation_id"),
        data: take(&mut fields, "data"),
        finish_reason: take(&mut fields, "finish_reason"),
        usage: take_object(&mut fields, "usage", read_usage),
        extra: fields,
    }
}

fn read_usage(mut fields: Map<String, Value>) -> AnalyzeTaskResultUsage {
    AnalyzeTaskResultUsage {
        output_tokens: take(&mut fields, "output_tokens"),
        input_tokens: present(take(&mut fields, "input_tokens")),
        extra: fields,
    }
}

fn read_error(mut fields: Map<String, Value>) -> BatchItemError {
    BatchItemError {
        code: present(take(&mut fields, "code")),
        message: take(&mut fields, "message"),
        extra: fields,
    }
}

/// Takes a field that documents say has type `T`.
fn take<T: DeserializeOwned>(fields: &mut Map<String, Value>, name: &str) -> Kept<T> {
    match fields.shift_remove(name) {
        None | Some(Value::Null) => Kept::Absent,
        // JSON has but one kind of number: 12.0 is 12.
        Some(Value::Number(number)) if number.is_f64() => whole(&number)
            .and_then(|whole| T::deserialize(whole).ok())
            .map_or(Kept::Other(Value::Number(number)), Kept::Fit),
        Some(value) => T::deserialize(&value).map_or_else(|_| Kept::Other(value.clone()), Kept::Fit),
    }
}

fn whole(number: &serde_json::Number) -> Option<Value> {
    let number = number.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 9e15)?;
    #[allow(clippy::cast_possible_truncation)] // whole, and within the range
    let whole = number as i64;
    Some(Value::from(whole))
}

fn take_object<T>(fields: &mut Map<String, Value>, name: &str, read: Read<T>) -> Kept<T> {
    match fields.shift_remove(name) {
        None | Some(Value::Null) => Kept::Absent,
        Some(Value::Object(object)) => Kept::Fit(read(object)),
        Some(value) => Kept::Other(value),
    }
}

fn take_optional<T>(fields: &mut Map<String, Value>, name: &str, read: Read<T>) -> Option<Kept<T>> {
    present(take_object(fields, name, read))
}

fn present<T>(kept: Kept<T>) -> Option<Kept<T>> {
    match kept {
        Kept::Absent => None,
        kept => Some(kept),
    }
}
