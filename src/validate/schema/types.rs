//! The `type` of a schema.

use serde_json::{Map, Value};

use super::super::findings::{Findings, quote};
use super::super::path::Path;
use super::super::rules::Rule;

const TYPES: [&str; 8] = ["array", "boolean", "integer", "null", "number", "object", "string", "timestamp"];

/// The words of a schema's `type`, one or several; none if it has no type.
pub(super) fn words(schema: &Map<String, Value>) -> impl Iterator<Item = &str> + Clone {
    let (one, several) = match schema.get("type") {
        Some(Value::String(word)) => (Some(word.as_str()), &[][..]),
        Some(Value::Array(words)) => (None, words.as_slice()),
        _ => (None, &[][..]),
    };
    one.into_iter().chain(several.iter().filter_map(Value::as_str))
}

/// Checks the words themselves.
pub(super) fn check(schema: &Map<String, Value>, path: &Path<'_>, findings: &mut Findings) {
    let place = path.field("type");
    match schema.get("type") {
        None | Some(Value::String(_)) => {}
        Some(Value::Array(words)) if !words.is_empty() && words.iter().all(Value::is_string) => {
            let value = Value::Array(words.clone());
            findings.add(Rule::SchemaTypeList, &place, value, "it is a list");
        }
        Some(other) => {
            findings.add(Rule::SchemaMalformed, &place, other.clone(), "a word is expected");
        }
    }
    for word in words(schema).filter(|word| !TYPES.contains(word)) {
        findings.refuse(Rule::SchemaType, &place, word, quote(word));
    }
}
