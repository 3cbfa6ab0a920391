//! The fields of a segment's metadata.

use serde_json::Value;

use super::definitions::TIME_FORMATS;
use super::fields::{Checked, Fields};
use super::path::Path;
use crate::emulator::options::UnknownFields;

const NAMES: &[&str] = &["name", "type", "description", "format", "enum", "items"];
const TYPES: [&str; 6] = ["string", "boolean", "number", "integer", "array", "timestamp"];
const RESERVED: [&str; 3] = ["start_time", "end_time", "metadata"];
const MOST_WORDS: usize = 100;

/// Checks one field.
pub(super) fn check_segment_field(field: &Value, path: &Path<'_>, unknown: UnknownFields) -> Checked<()> {
    let fields = Fields::read(field, path, &[NAMES], unknown)?;
    let name = fields.required_string("name")?;
    if RESERVED.contains(&name) {
        return fields.invalid("name", format!("{name:?} is reserved"));
    }
    let kind = fields.required_string("type")?;
    if kind == "time_array" {
        return fields.invalid("type", "time_array is not available for batches");
    }
    fields.word("type", &TYPES)?;
    fields.required_string("description")?;
    if kind == "timestamp" {
        return check_timestamp(&fields);
    }
    if fields.has("format") {
        return fields.invalid("format", "it is only allowed with the type timestamp");
    }
    let words = fields.array("enum", 0, MOST_WORDS)?.unwrap_or_default();
    if !words.iter().all(Value::is_string) {
        return fields.invalid("enum", "not all of its elements are strings");
    }
    if kind == "array" {
        fields.require("items")?;
    }
    match fields.get("items") {
        Some(items) => check_items(items, &path.field("items"), unknown),
        None => Ok(()),
    }
}

fn check_timestamp(fields: &Fields<'_>) -> Checked<()> {
    fields.required_string("format")?;
    fields.word("format", &TIME_FORMATS)?;
    for name in ["enum", "items"] {
        if fields.has(name) {
            return fields.invalid(name, "it is not allowed with the type timestamp");
        }
    }
    Ok(())
}

fn check_items(items: &Value, path: &Path<'_>, unknown: UnknownFields) -> Checked<()> {
    let fields = Fields::read(items, path, &[&["type", "fields"]], unknown)?;
    fields.required_string("type")?;
    fields.word("type", &["string", "number", "boolean", "integer"])?;
    if fields.has("fields") {
        return fields.invalid("fields", "it is not allowed for the elements of an array");
    }
    Ok(())
}
