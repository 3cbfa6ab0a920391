//! What a JSON Schema can ask for.

use serde_json::{Value, json};

use crate::emulator_checks::{change, verdict};
use crate::emulator_story::general;

const AT: &str = "defaults.response_format.json_schema";

fn schema(schema: &Value) -> String {
    let format = json!({"type": "json_schema", "json_schema": schema});
    verdict(&change(general(1), &[("/defaults/response_format", format)]))
}

/// The verdict on a schema for a property called `x`.
fn property(x: &Value) -> String {
    schema(&json!({"type": "object", "properties": {"x": x}}))
}

#[test]
fn everything_supported_is_accepted() {
    let everything = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Report",
        "type": "object",
        "required": ["title", "rating"],
        "properties": {
            "title": {"type": "string", "pattern": "^[A-Z]", "description": "The title.", "x-note": 1},
            "id": {"type": "string", "format": "uuid"},
            "rating": {"type": "integer", "minimum": 1, "maximum": 5},
            "score": {"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 10},
            "kind": {"enum": ["a", 1, true, null]},
            "fixed": {"const": "x"},
            "either": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "several": {"type": ["string", "null"]},
            "whole": {"type": "integer", "enum": [1, 2]},
            "encoded": {"type": "string", "contentEncoding": "base64", "contentMediaType": "image/png"},
            "untyped": {"format": "email"},
            "tags": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            "at": {"type": "timestamp", "format": "hh:mm:ss"},
            "moments": {"type": "array", "items": {"type": "object", "properties": {
                "at": {"type": "timestamp", "format": "seconds"},
                "start_time": {"type": "string"},
            }}},
            "person": {"$ref": "#/$defs/person"},
            "start_time": {"type": "number"},
            "end_time": {"type": "integer"},
        },
        "$defs": {"person": {"type": "object", "properties": {"name": {"type": "string"}}}},
    });
    assert_eq!(schema(&everything), "");
    assert_eq!(schema(&json!({})), "");
}

#[test]
fn the_schema_has_to_be_there_and_an_object() {
    assert_eq!(schema(&Value::Null), format!("400 not_provided {AT}"));
    assert_eq!(schema(&json!(true)), format!("400 invalid {AT}"));
    assert_eq!(property(&json!(1)), format!("400 invalid {AT}.properties.x"));
    // Draft 2020-12 has schemas for anything and for nothing.
    assert_eq!(property(&json!(true)), "");
    assert_eq!(property(&json!({"type": "array", "items": false})), "");
    let format = json!({"type": "json_schema", "json_schema": {}, "segment_time_format": "seconds"});
    assert_eq!(
        verdict(&change(general(1), &[("/defaults/response_format", format)])),
        "400 invalid defaults.response_format.segment_time_format"
    );
}

#[test]
fn unsupported_keywords_are_422() {
    for (keyword, schema) in [
        ("minLength", json!({"type": "string", "minLength": 1})),
        ("maxLength", json!({"type": "string", "maxLength": 1})),
        ("additionalProperties", json!({"type": "object", "additionalProperties": false})),
        ("uniqueItems", json!({"type": "array", "uniqueItems": true})),
        ("maxItems", json!({"type": "array", "maxItems": 3})),
        ("oneOf", json!({"oneOf": [{"type": "string"}]})),
        ("allOf", json!({"allOf": [{"type": "string"}]})),
        ("not", json!({"not": {"type": "string"}})),
        ("minimum", json!({"type": "number", "minimum": 1})),
        ("pattern", json!({"type": "integer", "pattern": "x"})),
        ("properties", json!({"type": "array", "properties": {}})),
        ("enum", json!({"type": "array", "enum": [1]})),
        ("const", json!({"type": "object", "const": 1})),
        ("enum", json!({"type": "timestamp", "format": "seconds", "enum": ["1"]})),
    ] {
        assert_eq!(property(&schema), format!("422 invalid {AT}.properties.x.{keyword}"));
    }
}

#[test]
fn values_of_keywords_are_checked() {
    for (keyword, schema) in [
        ("type", json!({"type": "text"})),
        ("type", json!({"type": []})),
        ("type", json!({"type": 1})),
        ("minimum", json!({"type": "integer", "minimum": "1"})),
        ("format", json!({"type": "string", "format": "email"})),
        ("minItems", json!({"type": "array", "minItems": 2})),
        ("required", json!({"type": "object", "required": "x"})),
        ("enum", json!({"enum": []})),
        ("enum", json!({"enum": [[1]]})),
        ("const", json!({"const": {}})),
        ("anyOf", json!({"anyOf": []})),
        ("$ref", json!({"$ref": "#/properties/x"})),
        ("$ref", json!({"$ref": "#/$defs/missing"})),
        ("$ref", json!({"$ref": "https://example.com/schema"})),
    ] {
        assert_eq!(property(&schema), format!("400 invalid {AT}.properties.x.{keyword}"));
    }
}

#[test]
fn errors_below_name_the_whole_path() {
    let inside = |schema: Value| json!({"anyOf": [{"type": "null"}, {"type": "array", "items": schema}]});
    assert_eq!(
        property(&inside(json!({"type": "string", "maxLength": 1}))),
        format!("422 invalid {AT}.properties.x.anyOf[1].items.maxLength")
    );
    let definition = json!({"$defs": {"d": {"type": "nothing"}}});
    assert_eq!(schema(&definition), format!("400 invalid {AT}.$defs.d.type"));
}

#[test]
fn timestamps_are_allowed_in_two_places() {
    let timestamp = json!({"type": "timestamp", "format": "seconds"});
    let object = |x: &Value| json!({"type": "object", "properties": {"t": x}});
    let array = |items: Value| json!({"type": "array", "items": items});
    assert_eq!(property(&timestamp), "");
    assert_eq!(property(&array(object(&timestamp))), "");
    for (schema, place) in [
        (object(&timestamp), ".properties.t"),
        (array(timestamp.clone()), ".items"),
        (array(object(&array(object(&timestamp)))), ".items.properties.t.items.properties.t"),
        (json!({"anyOf": [timestamp]}), ".anyOf[0]"),
        (json!({"oneOf": [timestamp]}), ".oneOf[0]"),
        (json!({"allOf": [timestamp]}), ".allOf[0]"),
    ] {
        assert_eq!(property(&schema), format!("400 invalid {AT}.properties.x{place}.type"));
    }
    assert_eq!(schema(&timestamp), format!("400 invalid {AT}.type"));
    assert_eq!(schema(&json!({"$defs": {"d": timestamp}})), format!("400 invalid {AT}.$defs.d.type"));
    for bad in [json!({"type": "timestamp"}), json!({"type": "timestamp", "format": "date"})] {
        assert_eq!(property(&bad), format!("400 invalid {AT}.properties.x.format"));
    }
}

#[test]
fn times_of_segments_can_only_be_times() {
    let deep = |name: &str, value: Value| {
        property(
            &json!({"type": "array", "items": {"anyOf": [{"type": "object", "properties": {name: value}}]}}),
        )
    };
    for name in ["start_time", "end_time"] {
        let at = format!("400 invalid {AT}.properties.x.items.anyOf[0].properties.{name}");
        for kind in ["number", "integer", "string"] {
            assert_eq!(deep(name, json!({"type": kind})), "");
        }
        for kind in ["boolean", "object", "array", "null"] {
            assert_eq!(deep(name, json!({"type": kind})), format!("{at}.type"));
        }
        assert_eq!(deep(name, json!({"type": "string", "format": "time"})), format!("{at}.format"));
    }
    let top =
        json!({"type": "object", "properties": {"start_time": {"type": "timestamp", "format": "hh:mm:ss"}}});
    assert_eq!(schema(&top), "");
    let told_elsewhere = |kind: &str| {
        let start = json!({"start_time": {"$ref": "#/$defs/a"}});
        schema(&json!({"properties": start, "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"type": kind}}}))
    };
    assert_eq!(told_elsewhere("number"), "");
    assert_eq!(told_elsewhere("boolean"), format!("400 invalid {AT}.properties.start_time.type"));
    let circle =
        json!({"properties": {"end_time": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"$ref": "#/$defs/a"}}});
    assert_eq!(schema(&circle), "");
}
