//! Rules for JSON schemas.

// They are tables.
#![allow(clippy::too_many_lines)]

use serde_json::{Value, json};

use crate::validate_cases::{Case, case, schema};

pub fn schemas() -> Vec<Case> {
    let base = || schema(&json!({"a": {"type": "string"}}));
    let whole = "/defaults/response_format/json_schema";
    let object = |properties: Value, required: Value| json!({"type": "object", "properties": properties, "required": required});
    let any = |properties: Value| json!({"type": "object", "properties": properties});
    let at = |rest: &str| -> &'static str {
        Box::leak(format!("defaults.response_format.json_schema{rest}").into_boxed_str())
    };
    // One property `a`: values that pass, and values that do not with the rest of their path.
    let one = |rule, fine: &[Value], wrong: &[(Value, &str)]| {
        let fine: Vec<Value> = fine.iter().map(|schema| any(json!({"a": schema}))).collect();
        let wrong: Vec<_> = wrong
            .iter()
            .map(|(schema, rest)| (any(json!({"a": schema})), at(&format!(".properties.a{rest}"))))
            .collect();
        case(rule, base(), whole, &fine, &wrong)
    };
    let moment = json!({"type": "timestamp", "format": "hh:mm:ss"});
    let boundary = |schema: Value| any(json!({"o": {"type": "object", "properties": {"end_time": schema}}}));
    let end = ".properties.o.properties.end_time";
    let reference = |to: &str| {
        json!({"type": "object", "properties": {"a": {"$ref": to}},
        "$defs": {"x": {"type": "string"}, "a b/c": {"type": "string"}}})
    };
    vec![
        one(
            "schema.type",
            &["array", "boolean", "integer", "null", "number", "object", "string"]
                .map(|kind| json!({"type": kind})),
            &[(json!({"type": "float"}), ".type")],
        ),
        one(
            "schema.type_list",
            &[json!({"anyOf": [{"type": "string"}, {"type": "null"}]})],
            &[(json!({"type": ["string", "null"]}), ".type")],
        ),
        one(
            "schema.malformed",
            &[json!({"type": "array", "items": {"type": "string"}}), json!({})],
            &[
                (json!(7), ""),
                (json!({"type": 7}), ".type"),
                (json!({"type": "array", "items": [{}]}), ".items"),
                (json!({"type": "object", "properties": []}), ".properties"),
                (json!({"type": "object", "required": "a"}), ".required"),
                (json!({"type": "integer", "minimum": "1"}), ".minimum"),
                (json!({"type": "string", "pattern": 1}), ".pattern"),
                (json!({"type": "string", "enum": "a"}), ".enum"),
                (json!({"type": "string", "enum": []}), ".enum"),
                (json!({"anyOf": []}), ".anyOf"),
                (json!({"type": "array", "minItems": "1"}), ".minItems"),
            ],
        ),
        one(
            "schema.unsupported_keyword",
            &[json!({"type": "string", "pattern": "a+", "title": "T"})],
            &[
                (json!({"type": "string", "minLength": 1}), ".minLength"),
                (json!({"type": "string", "maxLength": 1}), ".maxLength"),
                (json!({"type": "array", "uniqueItems": true}), ".uniqueItems"),
                (json!({"type": "array", "maxItems": 3}), ".maxItems"),
                (json!({"type": "object", "additionalProperties": false}), ".additionalProperties"),
                (json!({"type": "integer", "multipleOf": 2}), ".multipleOf"),
            ],
        ),
        one(
            "schema.composition",
            &[json!({"anyOf": [{"type": "string"}]})],
            &[
                (json!({"oneOf": [{"type": "string"}]}), ".oneOf"),
                (json!({"allOf": [{"type": "string"}]}), ".allOf"),
                (json!({"not": {"type": "string"}}), ".not"),
            ],
        ),
        one(
            "schema.keyword_type",
            &[
                json!({"type": "integer", "minimum": 0, "maximum": 9, "exclusiveMinimum": -1, "exclusiveMaximum": 10}),
                json!({"type": "number", "enum": [1, 2.5]}),
                json!({"type": "boolean", "const": true}),
                json!({"type": "integer", "enum": [1, 2]}),
                json!({"type": "string", "const": "a"}),
                json!({"type": "null", "const": null}),
            ],
            &[
                (json!({"type": "array", "const": 1}), ".const"),
                (json!({"type": "object", "enum": ["a"]}), ".enum"),
                (json!({"type": "number", "minimum": 0}), ".minimum"),
                (json!({"type": "integer", "pattern": "a"}), ".pattern"),
                (json!({"type": "string", "minItems": 1}), ".minItems"),
                (json!({"type": "array", "properties": {}}), ".properties"),
            ],
        ),
        one(
            "schema.enum_value",
            &[json!({"enum": [true, null, 1, "a"]}), json!({"const": 2.5})],
            &[(json!({"enum": ["a", {}]}), ".enum[1]"), (json!({"const": []}), ".const")],
        ),
        one(
            "schema.string_format",
            &["uuid", "date-time", "date", "time"].map(|format| json!({"type": "string", "format": format})),
            &[(json!({"type": "string", "format": "email"}), ".format")],
        ),
        one(
            "schema.min_items",
            &[json!({"type": "array", "minItems": 0}), json!({"type": "array", "minItems": 1})],
            &[
                (json!({"type": "array", "minItems": 2}), ".minItems"),
                (json!({"type": "array", "minItems": -1}), ".minItems"),
            ],
        ),
        case(
            "schema.ref",
            base(),
            whole,
            &[reference("#/$defs/x"), reference("#/$defs/a%20b~1c")],
            &[
                (reference("#/$defs/y"), at(".properties.a.$ref")),
                (reference("#/properties/a"), at(".properties.a.$ref")),
                (reference("https://example.com/s"), at(".properties.a.$ref")),
            ],
        ),
        one(
            "schema.timestamp_format",
            &["seconds", "hh:mm:ss", "hh:mm:ss.fff"]
                .map(|format| json!({"type": "timestamp", "format": format})),
            &[
                (json!({"type": "timestamp"}), ".format"),
                (json!({"type": "timestamp", "format": "date"}), ".format"),
            ],
        ),
        one(
            "schema.timestamp_place",
            &[
                moment.clone(),
                json!({"type": "array", "items": {"type": "object", "properties": {"x": moment}}}),
            ],
            &[
                (json!({"type": "object", "properties": {"x": moment}}), ".properties.x"),
                (json!({"type": "array", "items": moment}), ".items"),
                (json!({"anyOf": [moment]}), ".anyOf[0]"),
            ],
        ),
        case(
            "schema.boundary",
            base(),
            whole,
            &[
                boundary(json!({"type": "number"})),
                boundary(json!({"type": "integer"})),
                boundary(json!({"type": "string"})),
                any(json!({"start_time": moment})),
            ],
            &[
                (boundary(json!({"type": "string", "format": "time"})), at(end)),
                (boundary(json!({"type": "boolean"})), at(end)),
                (boundary(json!({"type": "object"})), at(end)),
                (boundary(json!({"type": "array"})), at(end)),
                (boundary(json!({"type": "null"})), at(end)),
                (
                    json!({"properties": {"start_time": {"$ref": "#/$defs/x"}}, "$defs": {"x": {"type": "boolean"}}}),
                    at(".properties.start_time"),
                ),
            ],
        ),
        one(
            "schema.unknown_keyword",
            &[json!({"type": "string", "description": "d", "default": "x", "$comment": ""})],
            &[(json!({"type": "object", "propertys": {}}), ".propertys")],
        ),
        case(
            "schema.required",
            base(),
            whole,
            &[object(json!({"a": {}}), json!(["a"]))],
            &[(object(json!({"a": {}}), json!(["a", "b"])), at(".required[1]"))],
        ),
        case(
            "schema.first_property",
            base(),
            whole,
            &[
                object(json!({"a": {}, "b": {}}), json!(["b", "a"])),
                object(json!({"a": {}, "b": {}}), json!([])),
            ],
            &[(object(json!({"a": {}, "b": {}}), json!(["b"])), at(".properties"))],
        ),
        case(
            "schema.dialect",
            base(),
            whole,
            &[json!({"$schema": "https://json-schema.org/draft/2020-12/schema"})],
            &[(json!({"$schema": "http://json-schema.org/draft-07/schema#"}), at(".$schema"))],
        ),
        one("schema.boolean", &[json!({})], &[(json!(true), "")]),
    ]
}
