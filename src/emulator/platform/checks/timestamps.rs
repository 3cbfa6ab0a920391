//! Times in JSON Schemas: the type `timestamp`, and properties called `start_time` and `end_time`.

use serde_json::{Map, Value};

use super::definitions::TIME_FORMATS;
use super::fields::Checked;
use super::path::Path;
use crate::emulator::platform::refusal::Refusal;

/// Keywords that hold schemas by name, in a list, and one.
pub(super) const NAMED: [&str; 2] = ["properties", "$defs"];
pub(super) const LISTED: [&str; 3] = ["anyOf", "oneOf", "allOf"];
pub(super) const SINGLE: [&str; 2] = ["items", "not"];

/// So many references are followed one after another: they may lead round in circles.
const MOST_REFERENCES: usize = 8;

/// How a schema is reached. A timestamp is only understood in two of these places.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    Root,
    Property,
    Elements,
    PropertyOfElements,
    Elsewhere,
}

impl Position {
    fn below(self, keyword: &str) -> Self {
        match (self, keyword) {
            (Self::Root, "properties") => Self::Property,
            (Self::Property, "items") => Self::Elements,
            (Self::Elements, "properties") => Self::PropertyOfElements,
            _ => Self::Elsewhere,
        }
    }
}

/// Checks the times in a schema and in everything below it.
pub(super) fn check_times(schema: &Value, path: &Path<'_>) -> Checked<()> {
    check_below(schema, path, Position::Root, schema)
}

fn check_below(schema: &Value, path: &Path<'_>, position: Position, root: &Value) -> Checked<()> {
    let Some(keywords) = schema.as_object() else { return Ok(()) };
    if names_type(keywords, "timestamp") {
        check_timestamp(keywords, path, position)?;
    }
    for keyword in NAMED {
        let (place, position) = (path.field(keyword), position.below(keyword));
        for (name, schema) in keywords.get(keyword).and_then(Value::as_object).into_iter().flatten() {
            let place = place.field(name);
            if keyword == "properties" && matches!(name.as_str(), "start_time" | "end_time") {
                check_reserved(schema, &place, root)?;
            }
            check_below(schema, &place, position, root)?;
        }
    }
    for keyword in LISTED {
        let place = path.field(keyword);
        for (index, schema) in
            keywords.get(keyword).and_then(Value::as_array).into_iter().flatten().enumerate()
        {
            check_below(schema, &place.index(index), Position::Elsewhere, root)?;
        }
    }
    for keyword in SINGLE {
        if let Some(schema) = keywords.get(keyword) {
            check_below(schema, &path.field(keyword), position.below(keyword), root)?;
        }
    }
    Ok(())
}

fn check_timestamp(keywords: &Map<String, Value>, path: &Path<'_>, position: Position) -> Checked<()> {
    if !matches!(position, Position::Property | Position::PropertyOfElements) {
        let problem =
            "a timestamp has to be a property of the schema, or of the elements of an array that is one";
        return Err(Refusal::invalid(path.field("type"), problem));
    }
    let format = keywords.get("format").and_then(Value::as_str);
    if format.is_some_and(|format| TIME_FORMATS.contains(&format)) {
        return Ok(());
    }
    let problem = format!("a timestamp needs a format that is one of {}", TIME_FORMATS.join(", "));
    Err(Refusal::invalid(path.field("format"), problem))
}

/// The times of a segment can only be times, also where they are described elsewhere in the schema.
fn check_reserved(schema: &Value, path: &Path<'_>, root: &Value) -> Checked<()> {
    let mut described = schema;
    for _ in 0..MOST_REFERENCES {
        let reference = described.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix('#'));
        let Some(target) = reference.and_then(|pointer| root.pointer(pointer)) else { break };
        described = target;
    }
    let Some(keywords) = described.as_object() else { return Ok(()) };
    if names_type(keywords, "string") && keywords.contains_key("format") {
        return Err(Refusal::invalid(path.field("format"), "a string for a time has no format of its own"));
    }
    let forbidden = ["boolean", "object", "array", "null"];
    match forbidden.into_iter().find(|kind| names_type(keywords, kind)) {
        Some(kind) => {
            Err(Refusal::invalid(path.field("type"), format!("a time cannot be of the type {kind}")))
        }
        None => Ok(()),
    }
}

/// Whether a schema's type is `kind`, or a list with it.
pub(super) fn names_type(keywords: &Map<String, Value>, kind: &str) -> bool {
    match keywords.get("type") {
        Some(Value::String(word)) => word == kind,
        Some(Value::Array(words)) => words.iter().any(|word| word.as_str() == Some(kind)),
        _ => false,
    }
}
