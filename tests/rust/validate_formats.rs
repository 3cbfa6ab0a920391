//! Rules for response formats: segments and their fields.

// They are tables.
#![allow(clippy::too_many_lines)]

use serde_json::{Value, json};

use crate::validate_cases::{Case, case, field, many, prose, ranges, segments};

const FORMAT: &str = "/defaults/response_format";
const DEFINITIONS: &str = "/defaults/response_format/segment_definitions";
const FIELDS: &str = "/defaults/response_format/segment_definitions/0/fields";
const FIELD: &str = "/defaults/response_format/segment_definitions/0/fields/0";

pub fn formats() -> Vec<Case> {
    let of_schema = json!({"type": "json_schema", "json_schema": {"type": "object"}});
    let of_segments = segments()["defaults"]["response_format"].clone();
    let both = |kind: &str| json!({"type": kind, "json_schema": {}, "segment_definitions": [{"id": "a", "description": "A."}]});
    let timed = |time_format: &str| json!({"type": "json_schema", "json_schema": {}, "segment_time_format": time_format});
    vec![
        case(
            "response_format.type",
            prose(),
            FORMAT,
            std::slice::from_ref(&of_schema),
            &[(json!({"type": "text"}), "defaults.response_format.type")],
        ),
        case(
            "response_format.mode",
            prose(),
            FORMAT,
            std::slice::from_ref(&of_schema),
            &[(of_segments.clone(), "defaults.response_format.type")],
        ),
        case(
            "response_format.mode",
            segments(),
            FORMAT,
            std::slice::from_ref(&of_segments),
            &[(of_schema.clone(), "defaults.response_format.type")],
        ),
        case(
            "response_format.required",
            segments(),
            FORMAT,
            std::slice::from_ref(&of_segments),
            &[(Value::Null, "defaults.response_format")],
        ),
        case(
            "response_format.required",
            segments(),
            "",
            &[],
            &[(
                json!({
                    "defaults": {"response_format": null},
                    "requests": [segments()["requests"][0], {
                        "video": segments()["requests"][1]["video"],
                        "response_format": of_segments,
                    }],
                }),
                "requests[0].response_format",
            )],
        ),
        case(
            "response_format.incomplete",
            prose(),
            FORMAT,
            &[of_schema],
            &[(json!({"type": "json_schema"}), "defaults.response_format")],
        ),
        case(
            "response_format.incomplete",
            segments(),
            FORMAT,
            &[of_segments],
            &[(json!({"type": "segment_definitions"}), "defaults.response_format")],
        ),
        case(
            "response_format.unused",
            prose(),
            FORMAT,
            &[json!({"type": "json_schema", "json_schema": {}})],
            &[(both("json_schema"), "defaults.response_format.segment_definitions")],
        ),
        case(
            "response_format.unused",
            segments(),
            FORMAT,
            &[],
            &[(both("segment_definitions"), "defaults.response_format.json_schema")],
        ),
        case(
            "segment_time_format.known",
            segments(),
            "/defaults/response_format/segment_time_format",
            &[json!("seconds"), json!("hh:mm:ss"), json!("hh:mm:ss.fff")],
            &[(json!("mm:ss"), "defaults.response_format.segment_time_format")],
        ),
        case(
            "segment_time_format.type",
            segments(),
            "/defaults/response_format/segment_time_format",
            &[json!("seconds")],
            &[],
        ),
        case(
            "segment_time_format.type",
            prose(),
            FORMAT,
            &[],
            &[(timed("seconds"), "defaults.response_format.segment_time_format")],
        ),
    ]
}

pub fn definitions() -> Vec<Case> {
    let definition = |id: &str| json!({"id": id, "description": "D."});
    let numbered = |count| many(count, |number| definition(&format!("d{number}")));
    let named =
        |count| many(count, |n| json!({"name": format!("f{n}"), "type": "string", "description": "D."}));
    let pair = |left: &str, right: &str| {
        json!([
            {"name": left, "type": "string", "description": "D."},
            {"name": right, "type": "string", "description": "D."},
        ])
    };
    let at = "defaults.response_format.segment_definitions[0].fields[0].name";
    vec![
        case(
            "segment_definitions.count",
            segments(),
            DEFINITIONS,
            &[numbered(1), numbered(20)],
            &[
                (numbered(0), "defaults.response_format.segment_definitions"),
                (numbered(21), "defaults.response_format.segment_definitions"),
            ],
        ),
        case(
            "segment_definitions.id_unique",
            segments(),
            DEFINITIONS,
            &[json!([definition("a"), definition("A")])],
            &[(
                json!([definition("a"), definition("b"), definition("a")]),
                "defaults.response_format.segment_definitions[2].id",
            )],
        ),
        case(
            "segment_definitions.empty",
            segments(),
            "/defaults/response_format/segment_definitions/0/description",
            &[json!("x")],
            &[(json!(""), "defaults.response_format.segment_definitions[0].description")],
        ),
        case(
            "placeholder.field",
            segments(),
            "/defaults/response_format/segment_definitions/0/fields/0/description",
            &[json!("a <@> b <@")],
            &[(
                json!("see <@logo>"),
                "defaults.response_format.segment_definitions[0].fields[0].description",
            )],
        ),
        case(
            "placeholder.unknown",
            segments(),
            "/defaults/response_format/segment_definitions/0/description",
            &[json!("a < b")],
            &[(json!("see <@logo>"), "defaults.response_format.segment_definitions[0].description")],
        ),
        case(
            "fields.count",
            segments(),
            FIELDS,
            &[named(0), named(20)],
            &[(named(21), "defaults.response_format.segment_definitions[0].fields")],
        ),
        case(
            "fields.reserved",
            segments(),
            "/defaults/response_format/segment_definitions/0/fields/0/name",
            &[json!("start"), json!("Metadata")],
            &[(json!("start_time"), at), (json!("end_time"), at), (json!("metadata"), at)],
        ),
        case(
            "fields.name_unique",
            segments(),
            FIELDS,
            &[pair("a", "b")],
            &[(pair("a", "a"), "defaults.response_format.segment_definitions[0].fields[1].name")],
        ),
        case(
            "fields.empty",
            segments(),
            "/defaults/response_format/segment_definitions/0/fields/0/name",
            &[json!("a")],
            &[(json!(""), at)],
        ),
    ]
}

pub fn fields() -> Vec<Case> {
    let of = |kind: &str, more: Value| {
        let mut field = json!({"name": "a", "type": kind, "description": "D."});
        for (name, value) in more.as_object().unwrap() {
            field[name] = value.clone();
        }
        field
    };
    let text = of("string", json!({}));
    let list = |items: Value| of("array", json!({"items": items}));
    let moment = |more: Value| {
        let mut field = of("timestamp", more);
        field["format"] = json!("seconds");
        field
    };
    let words = |count| many(count, |number| json!(format!("w{number}")));
    let at = |part: &str| -> &'static str {
        Box::leak(
            format!("defaults.response_format.segment_definitions[0].fields[0].{part}").into_boxed_str(),
        )
    };
    let base = || field(&text);
    vec![
        case(
            "fields.type",
            base(),
            FIELD,
            &["string", "boolean", "number", "integer"].map(|kind| of(kind, json!({}))),
            &[
                (of("object", json!({})), at("type")),
                (of("time_array", json!({"items": {"type": "object"}})), at("type")),
            ],
        ),
        case(
            "fields.format_required",
            base(),
            FIELD,
            &[moment(json!({}))],
            &[(of("timestamp", json!({})), at("format"))],
        ),
        case(
            "fields.format_known",
            base(),
            FIELD,
            &["seconds", "hh:mm:ss", "hh:mm:ss.fff"].map(|format| of("timestamp", json!({"format": format}))),
            &[(of("timestamp", json!({"format": "iso"})), at("format"))],
        ),
        case(
            "fields.format_type",
            base(),
            FIELD,
            std::slice::from_ref(&text),
            &[(of("string", json!({"format": "seconds"})), at("format"))],
        ),
        case(
            "fields.enum_count",
            base(),
            FIELD,
            &[of("string", json!({"enum": words(100)}))],
            &[(of("string", json!({"enum": words(101)})), at("enum"))],
        ),
        case(
            "fields.enum_type",
            base(),
            FIELD,
            &[moment(json!({}))],
            &[(moment(json!({"enum": ["a"]})), at("enum"))],
        ),
        case(
            "fields.enum_odd",
            base(),
            FIELD,
            &[of("string", json!({"enum": ["a"]}))],
            &[
                (of("string", json!({"enum": []})), at("enum")),
                (of("integer", json!({"enum": ["1"]})), at("enum")),
            ],
        ),
        case(
            "fields.items_required",
            base(),
            FIELD,
            &[list(json!({"type": "string"}))],
            &[(of("array", json!({})), at("items"))],
        ),
        case(
            "fields.items_type",
            base(),
            FIELD,
            &[moment(json!({}))],
            &[(moment(json!({"items": {"type": "string"}})), at("items"))],
        ),
        case(
            "fields.items_odd",
            base(),
            FIELD,
            &[list(json!({"type": "string"}))],
            &[(of("string", json!({"items": {"type": "string"}})), at("items"))],
        ),
        case(
            "items.type",
            base(),
            FIELD,
            &["string", "number", "boolean", "integer"].map(|kind| list(json!({"type": kind}))),
            &[
                (list(json!({"type": "object"})), at("items.type")),
                (list(json!({"type": "timestamp"})), at("items.type")),
            ],
        ),
        case(
            "items.fields",
            base(),
            FIELD,
            &[list(json!({"type": "string"}))],
            &[(list(json!({"type": "string", "fields": []})), at("items.fields"))],
        ),
    ]
}

pub fn times() -> Vec<Case> {
    let place = "/defaults/response_format/segment_definitions/0/time_ranges";
    let range = |start: f64, end: f64| json!({"start_time": start, "end_time": end});
    let at = |rest: &str| -> &'static str {
        Box::leak(
            format!("defaults.response_format.segment_definitions[0].time_ranges{rest}").into_boxed_str(),
        )
    };
    let general = json!({"type": "segment_definitions", "segment_definitions": [
        {"id": "a", "description": "A.", "time_ranges": [range(0.0, 2.0)]}]});
    vec![
        case("time_ranges.mode", ranges(), place, &[json!([range(0.0, 2.0)])], &[]),
        case("time_ranges.mode", prose(), FORMAT, &[], &[(general, at(""))]),
        case(
            "time_ranges.negative",
            ranges(),
            place,
            &[json!([range(0.0, 2.0)])],
            &[(json!([range(-1.0, 2.0)]), at("[0].start_time"))],
        ),
        case(
            "time_ranges.order",
            ranges(),
            place,
            &[json!([range(3.0, 5.0)])],
            &[(json!([range(3.0, 3.0)]), at("[0].end_time")), (json!([range(3.0, 1.0)]), at("[0].end_time"))],
        ),
        case(
            "time_ranges.shortest",
            ranges(),
            place,
            &[json!([range(3.0, 5.0)]), json!([range(4.35, 6.35)])],
            &[(json!([range(3.0, 4.99)]), at("[0].end_time"))],
        ),
        case(
            "time_ranges.overlap",
            ranges(),
            place,
            &[
                json!([range(0.0, 2.0), range(2.0, 4.0)]),
                json!([range(6.0, 9.0), range(0.0, 6.0)]),
                json!([]),
            ],
            &[
                (json!([range(0.0, 3.0), range(2.0, 4.0)]), at("[1]")),
                (json!([range(2.0, 4.0), range(0.0, 3.0)]), at("[1]")),
                (json!([range(0.0, 9.0), range(9.0, 12.0), range(5.0, 8.0)]), at("[2]")),
            ],
        ),
    ]
}
