//! Rules for the batch, its items and their settings.

use serde_json::{Value, json};

use crate::validate_cases::{Case, ONE, TWO, case, many, prose, ranges, segments, video};

fn item(fields: &Value) -> Value {
    let mut item = fields.clone();
    item["video"] = video(ONE);
    item
}

/// Requests: the first as given, the second with a video alone.
fn first(fields: &Value) -> Value {
    json!([item(fields), {"video": video(TWO)}])
}

pub fn batch() -> Vec<Case> {
    let numbered = |count| many(count, |number| json!({"video": video(&format!("{number:024x}"))}));
    let twins = |left: &str, right: &str| {
        json!([item(&json!({"custom_id": left})), item(&json!({"custom_id": right}))])
    };
    vec![
        case(
            "model_name.known",
            prose(),
            "/model_name",
            &[json!("pegasus1.5")],
            &[(json!("pegasus1.6"), "model_name"), (json!(""), "model_name")],
        ),
        case(
            "analysis_mode.known",
            prose(),
            "/analysis_mode",
            &[json!("general")],
            &[(json!("generall"), "analysis_mode")],
        ),
        case(
            "requests.count",
            prose(),
            "/requests",
            &[numbered(1), numbered(1000)],
            &[(numbered(0), "requests"), (numbered(1001), "requests")],
        ),
        case(
            "video.type",
            prose(),
            "/requests/0/video/type",
            &[json!("asset_id")],
            &[(json!("url"), "requests[0].video.type")],
        ),
        case(
            "video.asset_id",
            prose(),
            "/requests/1/video/asset_id",
            &[json!(ONE), json!("ABCDEFabcdef012345678901")],
            &[
                (json!("6a000000000000000000000"), "requests[1].video.asset_id"),
                (json!("6a00000000000000000000001"), "requests[1].video.asset_id"),
                (json!("6g0000000000000000000001"), "requests[1].video.asset_id"),
                (json!(""), "requests[1].video.asset_id"),
            ],
        ),
        case(
            "custom_id.length",
            prose(),
            "/requests/1/custom_id",
            &[json!("b"), json!("b".repeat(64))],
            &[(json!(""), "requests[1].custom_id"), (json!("b".repeat(65)), "requests[1].custom_id")],
        ),
        case(
            "custom_id.pattern",
            prose(),
            "/requests/1/custom_id",
            &[json!("aZ09-_")],
            &[
                (json!("a b"), "requests[1].custom_id"),
                (json!("a.b"), "requests[1].custom_id"),
                (json!("ä"), "requests[1].custom_id"),
                (json!("a\n"), "requests[1].custom_id"),
            ],
        ),
        case(
            "custom_id.unique",
            prose(),
            "/requests",
            &[twins("a", "b"), twins("a", "A")],
            &[(twins("a", "a"), "requests[1].custom_id")],
        ),
    ]
}

pub fn numbers() -> Vec<Case> {
    let lengths = |least: Value, most: Value| json!({"defaults": {"min_segment_duration": least, "max_segment_duration": most}});
    vec![
        case(
            "temperature.range",
            prose(),
            "/requests/0/temperature",
            &[json!(0), json!(0.2), json!(1)],
            &[(json!(-0.01), "requests[0].temperature"), (json!(1.01), "requests[0].temperature")],
        ),
        case(
            "max_tokens.range",
            prose(),
            "/defaults/max_tokens",
            &[json!(512), json!(98304)],
            &[(json!(511), "defaults.max_tokens"), (json!(98305), "defaults.max_tokens")],
        ),
        case(
            "max_tokens.range",
            segments(),
            "/requests/1/max_tokens",
            &[json!(2048), json!(98304)],
            &[(json!(2047), "requests[1].max_tokens"), (json!(98305), "requests[1].max_tokens")],
        ),
        case(
            "segment_duration.range",
            segments(),
            "/defaults/min_segment_duration",
            &[json!(2)],
            &[(json!(1.99), "defaults.min_segment_duration")],
        ),
        case(
            "segment_duration.range",
            segments(),
            "/requests/0/max_segment_duration",
            &[json!(2)],
            &[(json!(1.99), "requests[0].max_segment_duration")],
        ),
        case(
            "segment_duration.order",
            segments(),
            "",
            &[lengths(json!(5), json!(5)), lengths(json!(5), json!(6))],
            &[(lengths(json!(5), json!(4.9)), "defaults.max_segment_duration")],
        ),
        case("segment_duration.mode", segments(), "/analysis_mode", &[json!("time_based_metadata")], &[]),
        case(
            "segment_duration.mode",
            prose(),
            "/requests/0/min_segment_duration",
            &[Value::Null],
            &[(json!(3), "requests[0].min_segment_duration")],
        ),
        case(
            "segment_duration.time_ranges",
            ranges(),
            "/defaults/min_segment_duration",
            &[Value::Null],
            &[(json!(3), "defaults.min_segment_duration")],
        ),
        case(
            "segment_duration.time_ranges",
            ranges(),
            "/requests/1/max_segment_duration",
            &[Value::Null],
            &[(json!(3), "requests[1].max_segment_duration")],
        ),
    ]
}

pub fn windows() -> Vec<Case> {
    let window = |start: Value, end: Value| first(&json!({"start_time": start, "end_time": end}));
    vec![
        case(
            "window.negative",
            prose(),
            "/requests/0/start_time",
            &[json!(0)],
            &[(json!(-0.5), "requests[0].start_time")],
        ),
        case(
            "window.negative",
            prose(),
            "/defaults/end_time",
            &[json!(1)],
            &[(json!(-1), "defaults.end_time")],
        ),
        case(
            "window.order",
            prose(),
            "/requests",
            &[window(json!(3), json!(9))],
            &[
                (window(json!(9), json!(3)), "requests[0].end_time"),
                (window(json!(9), json!(9)), "requests[0].end_time"),
            ],
        ),
        case("window.order", prose(), "/defaults/end_time", &[json!(1)], &[(json!(0), "defaults.end_time")]),
        case(
            "window.shortest",
            prose(),
            "/requests",
            &[window(json!(3), json!(4)), window(json!(8.1), json!(9.1))],
            &[(window(json!(3), json!(3.99)), "requests[0].end_time")],
        ),
        case(
            "window.longest",
            prose(),
            "/requests",
            &[window(json!(60), json!(7260))],
            &[(window(json!(60), json!(7260.5)), "requests[0].end_time")],
        ),
        case(
            "window.time_ranges",
            ranges(),
            "/requests/0/start_time",
            &[Value::Null],
            &[(json!(1), "requests[0].start_time")],
        ),
        case(
            "window.time_ranges",
            ranges(),
            "/defaults/end_time",
            &[Value::Null],
            &[(json!(60), "defaults.end_time")],
        ),
    ]
}

pub fn lengths() -> Vec<Case> {
    let known = |pointer, fine: &[Value], wrong: &[(Value, &'static str)], rule, body, length| Case {
        lengths: vec![(ONE, length)],
        ..case(rule, body, pointer, fine, wrong)
    };
    let end = "/defaults/response_format/segment_definitions/0/time_ranges/0/end_time";
    let hours = |count: usize| many(count, |_| json!({"video": video(ONE), "end_time": 60}));
    vec![
        known("/requests", &[hours(500)], &[(hours(501), "requests")], "requests.hours", prose(), 14_400.0),
        known(
            "/requests/0/end_time",
            &[json!(100), json!(99)],
            &[(json!(101), "requests[0].end_time")],
            "window.beyond_video",
            prose(),
            100.0,
        ),
        known(
            "/defaults/start_time",
            &[json!(99)],
            &[(json!(100), "requests[0].video.asset_id")],
            "window.beyond_video",
            prose(),
            100.0,
        ),
        known(
            "/requests/0/end_time",
            &[json!(7200)],
            &[(Value::Null, "requests[0].video.asset_id")],
            "window.longest",
            prose(),
            7_201.0,
        ),
        known(
            "/requests/0/video/asset_id",
            &[json!(TWO)],
            &[(json!(ONE), "requests[0].video.asset_id")],
            "video.longest",
            prose(),
            14_401.0,
        ),
        known("/requests/0/end_time", &[json!(60)], &[], "video.longest", prose(), 14_400.0),
        known(
            end,
            &[json!(100)],
            &[(json!(100.5), "requests[0].video.asset_id")],
            "time_ranges.beyond_video",
            ranges(),
            100.0,
        ),
        known(
            "/requests/0/response_format",
            &[Value::Null],
            &[(
                json!({"type": "segment_definitions", "segment_definitions": [
                {"id": "a", "description": "A.", "time_ranges": [{"start_time": 0, "end_time": 101}]}]}),
                "requests[0].response_format.segment_definitions[0].time_ranges[0].end_time",
            )],
            "time_ranges.beyond_video",
            ranges(),
            100.0,
        ),
    ]
}
