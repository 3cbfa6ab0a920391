//! The properties of an object.

use serde_json::{Map, Value};

use super::super::findings::{Findings, quote};
use super::super::path::Path;
use super::super::rules::Rule;
use super::shapes::resolve;
use super::types;

/// Names by which the platform knows the boundaries of a segment.
const BOUNDARIES: [&str; 2] = ["start_time", "end_time"];

/// Checks a property that has the name of a boundary.
pub(super) fn check_boundary(
    name: &str,
    schema: &Value,
    root: &Map<String, Value>,
    path: &Path<'_>,
    findings: &mut Findings,
) {
    let Some(given) = schema.as_object().filter(|_| BOUNDARIES.contains(&name)) else { return };
    let followed = follow(given, root);
    let refuse = |word: &str| match word {
        "string" if followed.contains_key("format") => Some("it is a string with a format"),
        "boolean" => Some("it is a boolean"),
        "object" => Some("it is an object"),
        "array" => Some("it is an array"),
        "null" => Some("it is null"),
        _ => None,
    };
    let Some(wrong) = types::words(followed).find_map(refuse) else { return };
    findings.add(Rule::SchemaBoundary, path, schema.clone(), wrong);
}

/// What a schema leads to, if it is a reference. A chain that does not end leads nowhere.
fn follow<'a>(schema: &'a Map<String, Value>, root: &'a Map<String, Value>) -> &'a Map<String, Value> {
    const LONGEST_CHAIN: usize = 8;
    let mut here = schema;
    for _ in 0..LONGEST_CHAIN {
        let Some(reference) = here.get("$ref").and_then(Value::as_str) else { break };
        let Some(next) = resolve(reference, root).and_then(Value::as_object) else { break };
        here = next;
    }
    here
}

/// Checks which properties have to be there, and their order.
pub(super) fn check_required(schema: &Map<String, Value>, path: &Path<'_>, findings: &mut Findings) {
    let Some(required) = schema.get("required").and_then(Value::as_array) else { return };
    // Properties may come from somewhere else where there is no type.
    let properties = schema.get("properties").and_then(Value::as_object);
    let is_object = types::words(schema).any(|word| word == "object");
    let is_known = |name: &str| properties.is_some_and(|properties| properties.contains_key(name));
    if properties.is_none() && !is_object {
        return;
    }
    let place = path.field("required");
    for (index, name) in required.iter().enumerate() {
        if let Some(name) = name.as_str().filter(|name| !is_known(name)) {
            let wrong = format_args!("there is no property {}", quote(name));
            findings.add(Rule::SchemaRequired, &place.element(index), name, wrong);
        }
    }
    let is_required = |name: &str| required.iter().any(|other| other.as_str() == Some(name));
    let Some(properties) = properties else { return };
    let Some(first) = properties.keys().next() else { return };
    if let Some(moved) = properties.keys().find(|name| is_required(name)).filter(|moved| *moved != first) {
        let wrong =
            format_args!("{} is the first, and {} the first required one", quote(first), quote(moved));
        findings.add(Rule::SchemaFirst, &path.field("properties"), first.as_str(), wrong);
    }
}
