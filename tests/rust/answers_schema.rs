//! JSON answers fit the schema that was asked for.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use twelvelabs_batches::emulator::answers::{Answer, Ask, Mode, answer};

use crate::answers_conformance::{Judge, read_seconds};

const WINDOW: (f64, f64) = (30.0, 90.5);

fn ask(schema: &Value, window: (f64, f64), max_tokens: u64, seed: u64) -> Answer {
    let format = json!({"type": "json_schema", "json_schema": schema});
    let ask = Ask {
        mode: Mode::General,
        prompt: Some("List the goals."),
        response_format: Some(&format),
        max_tokens,
        window,
        min_segment_duration: None,
        max_segment_duration: None,
        output_tokens: None,
    };
    answer(&ask, seed)
}

fn write(schema: &Value, window: (f64, f64), seed: u64) -> Value {
    serde_json::from_str(&ask(schema, window, 98_304, seed).text).expect("JSON")
}

fn judge(schema: &Value, window: (f64, f64), seed: u64) -> Result<(), String> {
    Judge { root: schema, window }.judge(schema, &write(schema, window, seed), "")
}

fn definitions() -> Value {
    json!({
        "node": {"type": "object", "properties": {
            "value": {"type": "integer"},
            "next": {"anyOf": [{"$ref": "#/$defs/node"}, {"type": "null"}]},
        }, "required": ["value", "next"]},
        "tree": {"type": "object", "properties": {
            "label": {"$ref": "#/$defs/label"},
            "children": {"type": "array", "items": {"$ref": "#/$defs/tree"}},
            "parent": {"$ref": "#/$defs/tree"},
        }, "required": ["label", "children"]},
        "even": {"anyOf": [{"$ref": "#/$defs/odd"}, {"const": 0}]},
        "odd": {"type": "object", "properties": {"less": {"$ref": "#/$defs/even"}}, "required": ["less"]},
        "label": {"type": "string", "enum": ["a", "b"]},
        "branch": {"type": "object", "properties": {"left": {"$ref": "#/$defs/way"}, "right": {"$ref": "#/$defs/way"}},
            "required": ["left", "right"]},
        "way": {"anyOf": [{"$ref": "#/$defs/branch"}, {"const": 0}, {"$ref": "#/$defs/branch"}]},
    })
}

fn integers() -> impl Strategy<Value = Value> {
    let bound = prop::option::of(prop::sample::select(vec!["in", "out", "half"]));
    (-1000_i32..1000, 0_i32..40, bound.clone(), bound).prop_map(|(least, width, lower, upper)| {
        let mut rules = json!({"type": "integer"});
        match lower {
            Some("in") => rules["minimum"] = least.into(),
            Some("out") => rules["exclusiveMinimum"] = (least - 1).into(),
            Some(_) => rules["minimum"] = (f64::from(least) - 0.5).into(),
            None => {}
        }
        match upper {
            Some("in") => rules["maximum"] = (least + width).into(),
            Some("out") => rules["exclusiveMaximum"] = (least + width + 1).into(),
            Some(_) => rules["exclusiveMaximum"] = (f64::from(least + width) + 0.5).into(),
            None => {}
        }
        rules
    })
}

fn timestamps() -> impl Strategy<Value = Value> {
    prop::sample::select(vec!["seconds", "hh:mm:ss", "hh:mm:ss.fff"])
        .prop_map(|format| json!({"type": "timestamp", "format": format}))
}

fn leaves() -> impl Strategy<Value = Value> {
    let fixed = vec![
        json!({"type": "string"}),
        json!({"type": "string", "pattern": "^[A-Z]{3}-\\d+$"}),
        json!({"type": "string", "format": "uuid"}),
        json!({"type": "string", "format": "date"}),
        json!({"type": "string", "format": "time"}),
        json!({"type": "string", "format": "date-time"}),
        json!({"type": "string", "enum": ["goal", "foul", "él"]}),
        json!({"type": "number"}),
        json!({"type": "number", "enum": [1, 2.5]}),
        json!({"type": "boolean"}),
        json!({"type": "boolean", "const": true}),
        json!({"const": "fixed"}),
        json!({"type": "null"}),
        json!({"$ref": "#/$defs/node"}),
        json!({"$ref": "#/$defs/tree"}),
        json!({"$ref": "#/$defs/even"}),
        json!({"$ref": "#/$defs/label"}),
    ];
    prop_oneof![4 => prop::sample::select(fixed), 1 => integers(), 1 => timestamps()]
}

/// What `start_time` and `end_time` can be.
fn boundaries() -> impl Strategy<Value = Value> {
    let fixed = vec![json!({"type": "number"}), json!({"type": "integer"}), json!({"type": "string"})];
    prop_oneof![prop::sample::select(fixed), timestamps()]
}

fn objects(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let names = prop::sample::subsequence(
        vec!["title", "score", "speaker_name", "tags", "count", "summary", "x", "Ünïcode \"key\""],
        0..6,
    )
    .prop_shuffle();
    let members = (names, prop::collection::vec((inner, any::<bool>()), 6));
    let times = prop::option::of((boundaries(), boundaries(), any::<bool>()));
    (members, times).prop_map(|((names, schemas), times)| {
        let mut properties = Map::new();
        let mut required: Vec<String> = Vec::new();
        for (name, (schema, is_required)) in names.into_iter().zip(schemas) {
            properties.insert(name.to_owned(), schema);
            if is_required {
                required.push(name.to_owned());
            }
        }
        if let Some((start, end, is_required)) = times {
            properties.insert("start_time".to_owned(), start);
            properties.insert("end_time".to_owned(), end);
            if is_required {
                required.extend(["end_time".to_owned(), "start_time".to_owned()]);
            }
        }
        json!({"type": "object", "properties": properties, "required": required})
    })
}

fn schemas() -> impl Strategy<Value = Value> {
    let inner = leaves().prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            3 => objects(inner.clone()),
            1 => (inner.clone(), prop::option::of(0..=1)).prop_map(|(items, least)| match least {
                Some(least) => json!({"type": "array", "items": items, "minItems": least}),
                None => json!({"type": "array", "items": items}),
            }),
            1 => prop::collection::vec(inner, 1..4).prop_map(|choices| json!({"anyOf": choices})),
        ]
    });
    objects(inner).prop_map(|mut schema| {
        schema["$defs"] = definitions();
        schema
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn an_answer_fits_its_schema(schema in schemas(), seed: u64) {
        prop_assert_eq!(judge(&schema, WINDOW, seed), Ok(()));
    }

    #[test]
    fn times_fit_short_windows(boundary in boundaries(), start in 0_u32..100, length in 1_u32..6, seed: u64) {
        let schema = json!({"type": "object", "properties": {"start_time": boundary, "end_time": boundary},
            "required": ["start_time", "end_time"]});
        let window = (f64::from(start), f64::from(start + length));
        prop_assert_eq!(judge(&schema, window, seed), Ok(()));
        let value = write(&schema, window, seed);
        prop_assert!(read_seconds(&value["start_time"]) <= read_seconds(&value["end_time"]));
    }
}

#[test]
fn recursive_definitions_come_to_an_end() {
    for name in ["node", "tree", "even", "odd", "branch"] {
        let schema = json!({"$ref": format!("#/$defs/{name}"), "$defs": definitions()});
        for seed in 0..100 {
            assert_eq!(judge(&schema, WINDOW, seed), Ok(()));
            assert_eq!(ask(&schema, WINDOW, 4096, seed).finish_reason, "stop");
        }
    }
}

#[test]
fn schemas_that_nothing_fits_are_given_up() {
    let schemas = [
        json!({"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}}),
        json!({"$ref": "#"}),
        json!({"$ref": "#/$defs/a", "$defs": {"a": {"type": "object", "required": ["x", "y"],
            "properties": {"x": {"$ref": "#/$defs/a"}, "y": {"$ref": "#/$defs/a"}}}}}),
        json!({"$ref": "nowhere"}),
        json!({"anyOf": []}),
        json!({"type": "array", "minItems": u64::MAX}),
    ];
    for schema in schemas {
        assert!(!ask(&schema, WINDOW, u64::MAX, 1).text.is_empty());
    }
}

#[test]
fn choices_keep_what_stands_beside_them() {
    let schema = json!({"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}},
        "anyOf": [{"required": ["a"]}, {"required": ["b"]}]});
    for seed in 0..50 {
        let value = write(&schema, WINDOW, seed);
        assert!(value["a"].is_i64() || value["b"].is_i64(), "{value}");
    }
}

#[test]
fn a_required_property_comes_first() {
    let schema = json!({"type": "object", "required": ["c", "b"], "properties": {
        "a": {"type": "null"}, "b": {"type": "null"}, "c": {"type": "null"}}});
    let texts: std::collections::BTreeSet<String> =
        (0..50).map(|seed| ask(&schema, WINDOW, 4096, seed).text).collect();
    let expected = [r#"{"b":null,"a":null,"c":null}"#, r#"{"b":null,"c":null}"#];
    assert_eq!(texts.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn bounds_at_the_edge_are_kept() {
    let bounds = [
        (json!({"minimum": i64::MIN, "maximum": i64::MIN}), json!(i64::MIN)),
        (json!({"minimum": u64::MAX}), json!(u64::MAX)),
        (json!({"exclusiveMinimum": 2, "exclusiveMaximum": 4}), json!(3)),
        (json!({"minimum": 1.2, "maximum": 2.9}), json!(2)),
    ];
    for (mut rules, expected) in bounds {
        rules["type"] = "integer".into();
        assert_eq!(write(&rules, WINDOW, 5), expected);
    }
}

#[test]
fn the_type_chooses_among_listed_values() {
    let schema = json!({"type": ["integer", "null"], "enum": ["one", 1, 1.5]});
    assert_eq!(write(&schema, WINDOW, 5), json!(1));
}

#[test]
fn a_wide_schema_stays_short_where_it_can() {
    let properties: Map<String, Value> =
        (0..40).map(|index| (format!("property_{index}"), json!({"type": "string"}))).collect();
    let items = json!({"type": "object", "properties": properties});
    let schema = json!({"type": "object", "required": ["list"],
        "properties": {"list": {"type": "array", "items": {"type": "array", "items": items}}}});
    for seed in 0..50 {
        assert_eq!(ask(&schema, WINDOW, 4096, seed).finish_reason, "stop");
    }
}

#[test]
fn json_that_is_too_long_is_cut() {
    let schema = json!({"type": "string", "pattern": "^é{3000}$"});
    let answer = ask(&schema, WINDOW, 512, 1);
    assert_eq!((answer.finish_reason, answer.output_tokens), ("length", 512));
    assert_eq!(answer.text.chars().count(), 2048);
}
