//! Images that prompts and definitions refer to.

use serde_json::Value;

use super::fields::{Checked, Fields};
use crate::emulator::identifier::Identifier;
use crate::emulator::options::UnknownFields;

const MOST_SOURCES: usize = 4;
const LARGEST_IMAGE: usize = 32 * 1024 * 1024;
const SOURCES: [&str; 3] = ["url", "asset_id", "base64_string"];

/// Checks the `media_sources` of a prompt or a definition, and that each placeholder in `text` names one.
pub(super) fn check_media_sources(fields: &Fields<'_>, text: &str, unknown: UnknownFields) -> Checked<()> {
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
    let written = fields.required_string(text)?;
    let is_named =
        |name: &str| sources.iter().any(|source| source.get("name").is_some_and(|own| own == name));
    match placeholders(written).find(|name| !is_named(name)) {
        Some(name) => fields.invalid(text, format!("<@{name}> names none of its media_sources")),
        None => Ok(()),
    }
}

/// The names in `<@name>`. What does not end, or has no name, is text like any other.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    let names = text.split("<@").skip(1).filter_map(|rest| rest.split_once('>'));
    names.map(|(name, _)| name).filter(|name| !name.is_empty() && !name.contains(['<', '\n']))
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
    let problem = match first {
        "url" if !is_secure(text) => "it is not an https URL",
        "asset_id" if Identifier::parse(text).is_none() => "it is not 24 hexadecimal digits",
        "base64_string" => match decoded_length(text) {
            None => "it is not base64",
            Some(0) => "it is empty",
            Some(length) if length > LARGEST_IMAGE => "the image is larger than 32 MB",
            Some(_) => return Ok(()),
        },
        _ => return Ok(()),
    };
    source.invalid(first, problem)
}

fn is_secure(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| url.scheme() == "https" && url.has_host())
}

/// Bytes that a base64 text stands for. It may have line breaks, and may lack the padding at its end.
fn decoded_length(text: &str) -> Option<usize> {
    let count = |is_counted: fn(u8) -> bool| text.bytes().filter(|byte| is_counted(*byte)).count();
    let digits = count(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'));
    let padding = count(|byte| byte == b'=');
    let blanks = count(|byte| byte.is_ascii_whitespace());
    let ends_padded = text
        .split_once('=')
        .is_none_or(|(_, rest)| rest.bytes().all(|byte| byte == b'=' || byte.is_ascii_whitespace()));
    let is_padded = matches!((digits % 4, padding), (0 | 2 | 3, 0) | (2, 2) | (3, 1));
    let is_base64 = digits + padding + blanks == text.len() && ends_padded && is_padded;
    is_base64.then_some(digits * 3 / 4)
}

/// The assets that are images in a body in which no rule is broken.
pub(super) fn image_assets(body: &Value) -> Vec<Identifier> {
    let requests = body.get("requests").and_then(Value::as_array).into_iter().flatten();
    let holders = requests.chain(body.get("defaults")).flat_map(|fields| {
        let definitions = fields.pointer("/response_format/segment_definitions").and_then(Value::as_array);
        fields.get("prompt").into_iter().chain(definitions.into_iter().flatten())
    });
    let sources = holders.filter_map(|holder| holder.get("media_sources")?.as_array()).flatten();
    sources.filter_map(|source| Identifier::parse(source.get("asset_id")?.as_str()?)).collect()
}
