//! Prompts and the images they refer to.

use serde_json::Value;

use super::fields::{Checked, Fields};
use super::path::Path;
use crate::emulator::options::UnknownFields;

const MOST_SOURCES: usize = 4;
const LARGEST_IMAGE: usize = 32 * 1024 * 1024;
const SOURCES: [&str; 3] = ["url", "asset_id", "base64_string"];

/// Checks a prompt.
pub(super) fn check_prompt(prompt: &Value, path: &Path<'_>, unknown: UnknownFields) -> Checked<()> {
    let fields = Fields::read(prompt, path, &[&["input_text", "media_sources"]], unknown)?;
    fields.required_string("input_text")?;
    check_media_sources(&fields, unknown)
}

/// Checks the `media_sources` of a prompt or a definition.
pub(super) fn check_media_sources(fields: &Fields<'_>, unknown: UnknownFields) -> Checked<()> {
    let sources = fields.array("media_sources", 0, MOST_SOURCES)?.unwrap_or_default();
    let list = fields.path().field("media_sources");
    for (index, source) in sources.iter().enumerate() {
        let path = list.index(index);
        let source = Fields::read(source, &path, &[&["name", "media_type"], &SOURCES], unknown)?;
        source.required_string("name")?;
        source.required_string("media_type")?;
        source.word("media_type", &["image"])?;
        check_source(&source)?;
    }
    Ok(())
}

fn check_source(source: &Fields<'_>) -> Checked<()> {
    let mut given = SOURCES.into_iter().filter(|name| source.has(name));
    let Some(first) = given.next() else {
        return source.invalid("url", "one of url, asset_id and base64_string is needed");
    };
    if let Some(second) = given.next() {
        return source.invalid(second, format!("it cannot be combined with {first}"));
    }
    let text = source.required_string(first)?;
    match first {
        "url" if !text.starts_with("https://") => source.invalid(first, "it is not an https URL"),
        "base64_string" if decoded_length(text) > LARGEST_IMAGE => {
            source.invalid(first, "the image is larger than 32 MB")
        }
        _ => Ok(()),
    }
}

fn decoded_length(base64: &str) -> usize {
    base64.trim_end_matches('=').len() * 3 / 4
}
