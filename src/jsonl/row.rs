//! One row of a batch's results.

use serde_json::Value;

use super::Line;
use crate::error::{Error, Kind, MalformedRow, excerpt};
use crate::models::BatchResultItem;

/// Reads a row, or says which row cannot be read and why.
pub fn decode_row(line: Line<'_>) -> Result<BatchResultItem, Error> {
    serde_json::from_slice(line.bytes).map_err(|error| {
        Kind::MalformedRow(MalformedRow {
            row: line.row,
            offset: line.offset,
            reason: explain(line.bytes, &error),
            excerpt: excerpt(line.bytes),
        })
        .into()
    })
}

fn explain(bytes: &[u8], error: &serde_json::Error) -> String {
    if std::str::from_utf8(bytes).is_err() {
        return "it is not UTF-8".to_owned();
    }
    match serde_json::from_slice::<Value>(bytes) {
        Err(error) => format!("it is not JSON ({error})"),
        Ok(Value::Object(fields)) if !fields.contains_key("task_id") && fields.contains_key("error") => {
            let message = fields
                .get("error")
                .and_then(|error| error.get("message"))
                .and_then(Value::as_str)
                .unwrap_or("no message");
            format!("it is an error of the platform: {message}")
        }
        Ok(Value::Object(_)) => format!("it is not a result item ({error})"),
        Ok(_) => "it is not a JSON object".to_owned(),
    }
}
