//! Cases of the rules: what each lets pass, what it does not, and where it says so.

use serde_json::{Map, Value, json};

/// Cases of one rule, as changes to a body that is right.
pub struct Case {
    /// The rule's word.
    pub rule: &'static str,
    /// A body that is right.
    pub body: Value,
    /// What is changed, as a JSON pointer; `""` puts whole members into the body.
    pub pointer: &'static str,
    /// Values that the rule lets pass.
    pub fine: Vec<Value>,
    /// Values that it does not, each with the path of the finding.
    pub wrong: Vec<(Value, &'static str)>,
    /// Lengths of videos that are known.
    pub lengths: Vec<(&'static str, f64)>,
}

/// Asset number one.
pub const ONE: &str = "6a0000000000000000000001";
/// Asset number two.
pub const TWO: &str = "6a0000000000000000000002";

pub fn video(asset: &str) -> Value {
    json!({"type": "asset_id", "asset_id": asset})
}

/// A batch of two items in `general` mode.
pub fn prose() -> Value {
    json!({
        "model_name": "pegasus1.5",
        "analysis_mode": "general",
        "defaults": {"prompt": {"input_text": "Sum up."}},
        "requests": [{"video": video(ONE), "custom_id": "a"}, {"video": video(TWO)}],
    })
}

/// One with a JSON schema.
pub fn schema(properties: &Value) -> Value {
    let mut body = prose();
    body["defaults"]["response_format"] =
        json!({"type": "json_schema", "json_schema": {"type": "object", "properties": properties}});
    body
}

/// One of two items in `time_based_metadata` mode.
pub fn segments() -> Value {
    let definition = json!({"id": "scene", "description": "A scene.", "fields": [
        {"name": "mood", "type": "string", "description": "Its mood."},
    ]});
    json!({
        "model_name": "pegasus1.5",
        "analysis_mode": "time_based_metadata",
        "defaults": {"response_format": {"type": "segment_definitions", "segment_definitions": [definition]}},
        "requests": [{"video": video(ONE)}, {"video": video(TWO)}],
    })
}

/// One whose only definition has ranges of time.
pub fn ranges() -> Value {
    let mut body = segments();
    body["defaults"]["response_format"]["segment_definitions"][0]["time_ranges"] =
        json!([{"start_time": 0, "end_time": 10}]);
    body
}

/// One whose prompt has an image.
pub fn image() -> Value {
    let mut body = prose();
    body["defaults"]["prompt"] = json!({
        "input_text": "Find <@logo>.",
        "media_sources": [{"name": "logo", "media_type": "image", "asset_id": ONE}],
    });
    body
}

/// One whose only field is a timestamp.
pub fn field(given: &Value) -> Value {
    let mut body = segments();
    body["defaults"]["response_format"]["segment_definitions"][0]["fields"][0] = given.clone();
    body
}

/// Cases without known lengths of videos.
pub fn case(
    rule: &'static str,
    body: Value,
    pointer: &'static str,
    fine: &[Value],
    wrong: &[(Value, &'static str)],
) -> Case {
    Case { rule, body, pointer, fine: fine.to_vec(), wrong: wrong.to_vec(), lengths: Vec::new() }
}

/// The body with a value at a place; null takes the place away.
pub fn with(body: &Value, pointer: &str, value: &Value) -> Value {
    let mut body = body.clone();
    if pointer.is_empty() {
        merge(&mut body, value);
        return body;
    }
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match body.pointer_mut(parent).unwrap_or_else(|| panic!("{pointer} is nowhere")) {
        Value::Object(fields) if value.is_null() => drop(fields.shift_remove(name)),
        Value::Object(fields) => drop(fields.insert(name.to_owned(), value.clone())),
        Value::Array(elements) => elements[name.parse::<usize>().unwrap()] = value.clone(),
        _ => panic!("{pointer} is nowhere"),
    }
    body
}

fn merge(body: &mut Value, changes: &Value) {
    for (name, value) in changes.as_object().unwrap_or(&Map::new()) {
        match value {
            Value::Object(_) if body[name].is_object() => merge(&mut body[name], value),
            other => body[name] = other.clone(),
        }
    }
}

/// That many of something.
pub fn many(count: usize, make: impl Fn(usize) -> Value) -> Value {
    Value::Array((0..count).map(make).collect())
}
