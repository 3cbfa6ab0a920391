//! Bodies that are something else than JSON Lines.

use serde_json::Value;

use crate::jsonl::Line;

/// What a body is, judged by its first line: something else than rows, in
/// words, or nothing if the line may be a row.
pub(super) fn find_document(first: Line<'_>) -> Option<String> {
    let document = match first.bytes {
        [b'<', ..] => "a page of HTML or XML",
        [b'[', ..] => "a JSON array",
        b"{" if first.is_terminated => "a JSON document that is spread over lines",
        _ => return find_object(first.bytes),
    };
    Some(format!("its body is {document}, not JSON Lines"))
}

fn find_object(first_line: &[u8]) -> Option<String> {
    let Ok(Value::Object(fields)) = serde_json::from_slice(first_line) else { return None };
    if fields.contains_key("task_id") {
        return None;
    }
    if let Some(error) = fields.get("error") {
        let message = error.get("message").or(Some(error)).and_then(Value::as_str).unwrap_or("no message");
        return Some(format!("its body is an error of the platform: {message}"));
    }
    let holds_rows = fields.get("data").is_some_and(Value::is_array);
    holds_rows.then(|| "its body is one JSON object that holds `data`, not JSON Lines".to_owned())
}
