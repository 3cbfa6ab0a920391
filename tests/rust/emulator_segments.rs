//! What a request for segments has to fulfill.

use serde_json::{Value, json};
use twelvelabs_batches::emulator::Asset;

use crate::emulator_checks::{change, check, verdict};
use crate::emulator_story::{Story, asset, general, one_by_one, segmenting};

const FORMAT: &str = "/defaults/response_format";
const AT: &str = "defaults.response_format.segment_definitions";

fn definitions(value: Value) -> String {
    verdict(&change(segmenting(1), &[(&format!("{FORMAT}/segment_definitions"), value)]))
}

fn scene(extra: &[(&str, Value)]) -> Value {
    change(json!({"id": "scene", "description": "A scene."}), extra)
}

fn field(extra: &[(&str, Value)]) -> String {
    let field = change(json!({"name": "mood", "type": "string", "description": "The mood."}), extra);
    definitions(json!([scene(&[("/fields", json!([field]))])]))
}

#[test]
fn formats_name_their_type() {
    check(
        &segmenting(1),
        &[
            (FORMAT, json!("text"), "400 invalid defaults.response_format"),
            (FORMAT, json!({}), "400 not_provided defaults.response_format.type"),
            (FORMAT, json!({"type": "text"}), "400 invalid defaults.response_format.type"),
            (FORMAT, json!({"type": "segment_definitions"}), &format!("400 not_provided {AT}")),
            ("/defaults/response_format/segment_time_format", json!("hh:mm:ss.fff"), ""),
            (
                "/defaults/response_format/segment_time_format",
                json!("minutes"),
                "400 invalid defaults.response_format.segment_time_format",
            ),
            ("/defaults/response_format/schema", json!({}), "400 unknown defaults.response_format.schema"),
        ],
    );
}

#[test]
fn there_are_one_to_twenty_definitions() {
    let many =
        |count: usize| (0..count).map(|n| scene(&[("/id", json!(format!("s{n}")))])).collect::<Value>();
    assert_eq!(definitions(many(20)), "");
    assert_eq!(definitions(many(21)), format!("400 invalid {AT}"));
    assert_eq!(definitions(json!([])), format!("400 invalid {AT}"));
    assert_eq!(definitions(json!([scene(&[]), scene(&[])])), format!("400 invalid {AT}[1].id"));
    assert_eq!(definitions(json!([{"id": "a"}])), format!("400 not_provided {AT}[0].description"));
    assert_eq!(definitions(json!([{"description": "a"}])), format!("400 not_provided {AT}[0].id"));
    assert_eq!(definitions(json!([scene(&[("/name", json!("x"))])])), format!("400 unknown {AT}[0].name"));
}

#[test]
fn fields_have_names_types_and_descriptions() {
    let at = format!("{AT}[0].fields[0]");
    let table: &[(&[(&str, Value)], &str)] = &[
        (&[], ""),
        (&[("/name", Value::Null)], "400 not_provided @.name"),
        (&[("/type", Value::Null)], "400 not_provided @.type"),
        (&[("/description", Value::Null)], "400 not_provided @.description"),
        (&[("/name", json!("start_time"))], "400 invalid @.name"),
        (&[("/name", json!("end_time"))], "400 invalid @.name"),
        (&[("/name", json!("metadata"))], "400 invalid @.name"),
        (&[("/type", json!("boolean"))], ""),
        (&[("/type", json!("number"))], ""),
        (&[("/type", json!("integer"))], ""),
        (&[("/type", json!("object"))], "400 invalid @.type"),
        (&[("/type", json!("time_array"))], "400 invalid @.type"),
        (&[("/type", json!("array"))], "400 not_provided @.items"),
        (&[("/type", json!("array")), ("/items", json!({"type": "integer"}))], ""),
        (&[("/type", json!("array")), ("/items", json!({}))], "400 not_provided @.items.type"),
        (&[("/type", json!("array")), ("/items", json!({"type": "object"}))], "400 invalid @.items.type"),
        (
            &[("/type", json!("array")), ("/items", json!({"type": "string", "fields": []}))],
            "400 invalid @.items.fields",
        ),
        (&[("/type", json!("timestamp"))], "400 not_provided @.format"),
        (&[("/type", json!("timestamp")), ("/format", json!("seconds"))], ""),
        (&[("/type", json!("timestamp")), ("/format", json!("hh:mm"))], "400 invalid @.format"),
        (&[("/format", json!("seconds"))], "400 invalid @.format"),
        (
            &[("/type", json!("timestamp")), ("/format", json!("seconds")), ("/enum", json!(["1"]))],
            "400 invalid @.enum",
        ),
        (
            &[
                ("/type", json!("timestamp")),
                ("/format", json!("seconds")),
                ("/items", json!({"type": "string"})),
            ],
            "400 invalid @.items",
        ),
        (&[("/enum", json!(vec!["x"; 100]))], ""),
        (&[("/enum", json!(vec!["x"; 101]))], "400 invalid @.enum"),
        (&[("/enum", json!([1]))], "400 invalid @.enum"),
    ];
    for (extra, expected) in table {
        assert_eq!(field(extra), expected.replace('@', &at), "{extra:?}");
    }
}

#[test]
fn a_definition_has_at_most_twenty_fields() {
    let fields = |count: usize| {
        let field = |n| json!({"name": format!("f{n}"), "type": "string", "description": "x"});
        definitions(json!([scene(&[("/fields", (0..count).map(field).collect())])]))
    };
    assert_eq!(fields(20), "");
    assert_eq!(fields(21), format!("400 invalid {AT}[0].fields"));
}

fn ranges(pairs: &[(f64, f64)]) -> Value {
    let range = |(start, end): &(f64, f64)| json!({"start_time": start, "end_time": end});
    json!([scene(&[("/time_ranges", pairs.iter().map(range).collect())])])
}

#[test]
fn time_ranges_are_long_enough_and_apart() {
    let at = format!("400 invalid {AT}[0].time_ranges");
    assert_eq!(definitions(ranges(&[(0.0, 2.0), (2.0, 4.0)])), "");
    assert_eq!(definitions(ranges(&[(10.0, 20.0), (0.0, 10.0)])), "");
    assert_eq!(definitions(ranges(&[(0.0, 1.9)])), format!("{at}[0].end_time"));
    assert_eq!(definitions(ranges(&[(5.0, 3.0)])), format!("{at}[0].end_time"));
    assert_eq!(definitions(ranges(&[(-1.0, 3.0)])), format!("{at}[0].start_time"));
    assert_eq!(definitions(ranges(&[(0.0, 5.0), (4.9, 9.0)])), format!("{at}[1]"));
    assert_eq!(definitions(ranges(&[(0.0, 9.0), (2.0, 4.0)])), format!("{at}[1]"));
    let half = json!([scene(&[("/time_ranges", json!([{"start_time": 0}]))])]);
    assert_eq!(definitions(half), format!("400 not_provided {AT}[0].time_ranges[0].end_time"));
}

#[test]
fn time_ranges_exclude_windows_and_durations() {
    let body = change(segmenting(1), &[(&format!("{FORMAT}/segment_definitions"), ranges(&[(0.0, 5.0)]))]);
    check(
        &body,
        &[
            ("/requests/0/start_time", json!(1), "400 invalid requests[0].start_time"),
            ("/requests/0/end_time", json!(9), "400 invalid requests[0].end_time"),
            ("/defaults/end_time", json!(9), "400 invalid defaults.end_time"),
            ("/defaults/min_segment_duration", json!(2), "400 invalid defaults.min_segment_duration"),
            ("/requests/0/max_segment_duration", json!(2), "400 invalid requests[0].max_segment_duration"),
        ],
    );
}

#[test]
fn time_ranges_lie_inside_a_registered_video() {
    let story = Story::new(one_by_one());
    story.api.add_asset(Asset { duration: 100.0, ..Asset::new(asset(0)) }).unwrap();
    let create = |end: f64| {
        let definitions = ranges(&[(0.0, end)]);
        story.create(&change(segmenting(1), &[(&format!("{FORMAT}/segment_definitions"), definitions)])).0
    };
    assert_eq!(create(100.0), 201);
    assert_eq!(create(100.5), 400);
}

#[test]
fn what_belongs_to_the_other_type_has_its_shape() {
    let general = |definitions: Value| {
        let format = json!({"type": "json_schema", "json_schema": {}, "segment_definitions": definitions});
        verdict(&change(general(1), &[(FORMAT, format)]))
    };
    assert_eq!(general(json!([scene(&[])])), "");
    assert_eq!(general(json!([])), format!("400 invalid {AT}"));
    assert_eq!(general(json!([{"id": "a"}])), format!("400 not_provided {AT}[0].description"));
    assert_eq!(general(ranges(&[(0.0, 5.0)])), format!("400 invalid {AT}"));
    let at = "/defaults/response_format/json_schema";
    let schema = |schema: Value| verdict(&change(segmenting(1), &[(at, schema)]));
    assert_eq!(schema(json!({"type": "unheard of"})), "");
    assert_eq!(schema(json!([])), "400 invalid defaults.response_format.json_schema");
}
