//! Rows of results.

use bytes::Bytes;
use serde_json::{Map, Value};

use super::Line;
use crate::error::{MalformedRow, excerpt};
use crate::models::{BatchItemStatus, BatchResultItem, take};

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
        custom_id: take(&mut fields, "custom_id"),
        status: BatchItemStatus::from(status.as_str()),
        data: take(&mut fields, "data"),
        error: take(&mut fields, "error"),
        extra: fields,
    })
}
