//! The bodies the platform answers with.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::course::{Batch, BatchStatus, ItemState};
use super::notices::describe_notices;
use super::record::{Item, mode_word};
use crate::emulator::instants;

pub(super) const MODEL: &str = "pegasus1.5";

/// The answer to a creation.
pub(super) fn describe_creation(batch: &Batch, at: Timestamp) -> Value {
    let record = &batch.record;
    let items: Vec<Value> = record
        .items
        .iter()
        .map(|item| json!({"task_id": item.task.to_string(), "custom_id": item.custom_id}))
        .collect();
    json!({
        "batch_id": record.id.to_string(),
        "status": batch.status(at).word(),
        "total_items": record.items.len(),
        "created_at": instants::write(record.created),
        "expires_at": instants::write(record.expires()),
        "items": items,
    })
}

/// A batch, as retrieving, listing and canceling show it.
pub(super) fn describe_batch(batch: &Batch, at: Timestamp) -> Value {
    let record = &batch.record;
    let status = batch.status(at);
    let mut body = json!({
        "batch_id": record.id.to_string(),
        "analysis_mode": mode_word(record.mode),
        "model_name": MODEL,
        "status": status.word(),
        "total_items": record.items.len(),
        "created_at": instants::write(record.created),
        "expires_at": instants::write(record.expires()),
    });
    let Some(fields) = body.as_object_mut() else { return body };
    for (word, count) in ItemState::WORDS.into_iter().zip(batch.count_items(at)) {
        fields.insert(format!("{word}_items"), Value::from(count));
    }
    let settled = match status {
        BatchStatus::Completed => "completed_at",
        BatchStatus::Canceled => "canceled_at",
        BatchStatus::Expired => "expired_at",
        BatchStatus::Pending | BatchStatus::Processing | BatchStatus::Canceling => return body,
    };
    fields.insert(settled.to_owned(), Value::from(instants::write(batch.settles())));
    fields.extend(describe_notices(batch).map(|webhooks| ("webhooks".to_owned(), webhooks)));
    body
}

/// A row of the results.
pub(super) fn describe_row(batch: &Batch, item: &Item, at: Timestamp) -> Value {
    let state = batch.item_state(item, at);
    let mut row = json!({
        "task_id": item.task.to_string(),
        "custom_id": item.custom_id,
        "status": state.word(),
    });
    let outcome = match state {
        ItemState::Ready(_) => ("data", describe_answer(batch, item)),
        ItemState::Failed(_, code, message) => ("error", describe_error(code, &message)),
        ItemState::Queued | ItemState::Processing | ItemState::Canceled(..) => return row,
    };
    insert(&mut row, outcome.0, outcome.1);
    row
}

/// A task of a batch.
pub(super) fn describe_task(batch: &Batch, item: &Item, at: Timestamp) -> Value {
    let record = &batch.record;
    let state = batch.item_state(item, at);
    let mut body = json!({
        "task_id": item.task.to_string(),
        "custom_id": item.custom_id,
        "batch_id": record.id.to_string(),
        "video_source": {
            "type": "asset_id",
            "asset_id": item.asset.to_string(),
            "system_metadata": {"duration": item.video_duration},
        },
        "request_params": describe_parameters(batch, item),
        "status": state.word(),
        "created_at": instants::write(record.created),
    });
    if let Some(finished) = state.finished_at() {
        insert(&mut body, "completed_at", Value::from(instants::write(finished)));
    }
    match state {
        ItemState::Ready(_) => insert(&mut body, "result", describe_answer(batch, item)),
        ItemState::Failed(_, code, message) => insert(&mut body, "error", describe_error(code, &message)),
        ItemState::Canceled(_, code) => {
            let message = if code == "batch_expired" {
                "The batch expired before the task was finished."
            } else {
                "The batch was canceled before the task started."
            };
            insert(&mut body, "error", describe_error(Some(code), message));
        }
        ItemState::Queued | ItemState::Processing => {}
    }
    body
}

fn describe_parameters(batch: &Batch, item: &Item) -> Value {
    let record = &batch.record;
    let mut parameters = json!({"analysis_mode": mode_word(record.mode)});
    // A task's `prompt` is a string; the object a batch has for it is called `prompt_v2` there.
    if let Some(prompt) = record.effective(item, "prompt") {
        insert(&mut parameters, "prompt_v2", prompt.clone());
    }
    if let Some(format) = record.effective(item, "response_format") {
        insert(&mut parameters, "response_format", format.clone());
    }
    let temperature = record.effective(item, "temperature").cloned();
    insert(&mut parameters, "temperature", temperature.unwrap_or_else(|| json!(0.2)));
    insert(&mut parameters, "max_tokens", Value::from(record.max_tokens(item)));
    for name in ["min_segment_duration", "max_segment_duration", "start_time", "end_time"] {
        if let Some(value) = record.effective(item, name) {
            insert(&mut parameters, name, value.clone());
        }
    }
    parameters
}

fn describe_answer(batch: &Batch, item: &Item) -> Value {
    let answer = batch.record.answer(item);
    json!({
        "generation_id": crate::emulator::identifier::Identifier::derive(item.task.seed(), 0).to_string(),
        "data": answer.text,
        "finish_reason": answer.finish_reason,
        "usage": {"output_tokens": answer.output_tokens, "input_tokens": answer.input_tokens},
    })
}

fn describe_error(code: Option<&str>, message: &str) -> Value {
    let mut error = Map::new();
    if let Some(code) = code {
        error.insert("code".to_owned(), Value::from(code));
    }
    error.insert("message".to_owned(), Value::from(message));
    Value::Object(error)
}

fn insert(body: &mut Value, name: &str, value: Value) {
    if let Some(fields) = body.as_object_mut() {
        fields.insert(name.to_owned(), value);
    }
}
