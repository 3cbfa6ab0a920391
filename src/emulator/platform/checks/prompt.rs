//! Prompts.

use serde_json::Value;

use super::fields::{Checked, Fields};
use super::images::check_media_sources;
use super::path::Path;
use crate::emulator::options::UnknownFields;

/// Checks a prompt.
pub(super) fn check_prompt(prompt: &Value, path: &Path<'_>, unknown: UnknownFields) -> Checked<()> {
    let fields = Fields::read(prompt, path, &[&["input_text", "media_sources"]], unknown)?;
    fields.required_string("input_text")?;
    check_media_sources(&fields, "input_text", unknown)
}
