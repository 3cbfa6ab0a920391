//! What a notice says.

use serde_json::{Map, Value};

use crate::models::Time;

/// Why a body is no event.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PayloadError {
    /// The body is not JSON.
    #[error("the body is not JSON: {0}")]
    Json(String),
    /// The body is JSON, but not an object.
    #[error("the body is not a JSON object")]
    Shape,
    /// A field is not there, or is of another type.
    #[error("the event has no {name}, or it is not {kind}")]
    Field {
        /// Its name.
        name: &'static str,
        /// What it should be.
        kind: &'static str,
    },
}

/// A notice. What is in `data` depends on its type and is kept as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its own identifier, the same for every attempt to deliver it.
    pub id: String,
    /// When it happened.
    pub created_at: Time,
    /// What happened, such as `analyze.task.ready`.
    pub kind: String,
    /// The whole body.
    pub fields: Map<String, Value>,
}

impl Event {
    /// Reads a body.
    pub fn parse(body: &[u8]) -> Result<Self, PayloadError> {
        let read = serde_json::from_slice(body).map_err(|error| PayloadError::Json(error.to_string()))?;
        let Value::Object(fields) = read else { return Err(PayloadError::Shape) };
        let text = |name| {
            let text = fields.get(name).and_then(Value::as_str);
            text.ok_or(PayloadError::Field { name, kind: "a text" })
        };
        let id = text("id")?.to_owned();
        let time = Time::parse(text("created_at")?);
        let created_at =
            time.map_err(|_| PayloadError::Field { name: "created_at", kind: "a time in RFC 3339 format" })?;
        let kind = text("type")?.to_owned();
        if !fields.get("data").is_some_and(Value::is_object) {
            return Err(PayloadError::Field { name: "data", kind: "an object" });
        }
        Ok(Self { id, created_at, kind, fields })
    }

    /// What is said about what happened.
    #[must_use]
    pub fn data(&self, name: &str) -> Option<&str> {
        self.fields.get("data")?.get(name)?.as_str()
    }

    /// Whether it is about a batch. The platform does not document the type of these events, so this goes by
    /// the words of the type, and by `batch_id` where they say nothing.
    #[must_use]
    pub fn is_batch(&self) -> bool {
        let has_word = |word| self.kind.split('.').any(|part| part == word);
        has_word("batch") || !has_word("task") && self.data("batch_id").is_some()
    }

    /// The batch it is about, or that its task is part of.
    #[must_use]
    pub fn batch_id(&self) -> Option<&str> {
        self.data("batch_id").or_else(|| self.data("id").filter(|_| self.is_batch()))
    }

    /// The status that `data` has.
    #[must_use]
    pub fn status(&self) -> Option<&str> {
        self.data("status")
    }
}
