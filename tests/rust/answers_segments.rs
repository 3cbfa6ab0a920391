//! Segments keep to their window, their durations and their definitions.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use serde_json::{Value, json};
use twelvelabs_batches::emulator::answers::{Answer, Ask, Mode, answer};

use crate::answers_conformance::{Judge, read_seconds};

/// What floating point may add to a length.
const SLACK: f64 = 1e-9;

#[derive(Clone, Copy, Debug)]
struct Rules {
    window: (f64, f64),
    shortest: Option<f64>,
    longest: Option<f64>,
    max_tokens: u64,
}

fn segment(format: &Value, rules: Rules, seed: u64) -> Answer {
    let ask = Ask {
        mode: Mode::TimeBasedMetadata,
        prompt: None,
        response_format: Some(format),
        max_tokens: rules.max_tokens,
        window: rules.window,
        min_segment_duration: rules.shortest,
        max_segment_duration: rules.longest,
        output_tokens: None,
    };
    answer(&ask, seed)
}

fn rules() -> impl Strategy<Value = Rules> {
    let lengths = (prop::option::of(2.0..60.0), prop::option::of(0.0..60.0));
    (0.0..7200.0, prop_oneof![1.0..10.0, 1.0..7200.0], lengths, 2048_u64..98_304).prop_map(
        |(start, length, (shortest, extra), max_tokens)| {
            // To the millisecond, as people write times.
            let cut = |seconds: f64| (seconds * 1000.0_f64).round() / 1000.0;
            Rules {
                window: (cut(start), cut(start + length)),
                shortest: shortest.map(cut),
                longest: extra.map(|extra| cut(shortest.unwrap_or(2.0) + extra)),
                max_tokens,
            }
        },
    )
}

fn fields() -> impl Strategy<Value = Value> {
    let kind = prop::sample::select(vec!["string", "number", "integer", "boolean"]);
    prop_oneof![
        kind.clone().prop_map(|kind| json!({"type": kind})),
        kind.prop_map(|kind| json!({"type": "array", "items": {"type": kind}})),
        Just(json!({"type": "string", "enum": ["goal", "foul"]})),
        Just(json!({"type": "array", "items": {"type": "string"}, "enum": ["goal", "foul"]})),
        prop::sample::select(vec!["seconds", "hh:mm:ss", "hh:mm:ss.fff"])
            .prop_map(|format| json!({"type": "timestamp", "format": format})),
    ]
}

fn formats() -> impl Strategy<Value = Value> {
    let definitions = prop::collection::vec(prop::collection::vec(fields(), 0..6), 1..20);
    let time = prop::option::of(prop::sample::select(vec!["seconds", "hh:mm:ss", "hh:mm:ss.fff"]));
    (definitions, time).prop_map(|(definitions, time)| {
        let definitions: Vec<Value> = definitions
            .into_iter()
            .enumerate()
            .map(|(index, mut fields)| {
                for (field, number) in fields.iter_mut().zip(0..) {
                    field["name"] = format!("field_{number}").into();
                    field["description"] = "something".into();
                }
                json!({"id": format!("de\"f {index}"), "description": "Goals and fouls.", "fields": fields})
            })
            .collect();
        let mut format = json!({"type": "segment_definitions", "segment_definitions": definitions});
        if let Some(time) = time {
            format["segment_time_format"] = time.into();
        }
        format
    })
}

/// The segments of each definition, as start and end in seconds, once everything else is judged.
fn judge(format: &Value, text: &str) -> Result<Vec<Vec<(f64, f64)>>, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let definitions = format["segment_definitions"].as_array().unwrap();
    let keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    let ids: Vec<&str> = definitions.iter().map(|definition| definition["id"].as_str().unwrap()).collect();
    if keys != ids {
        return Err(format!("{keys:?} are not {ids:?}"));
    }
    let boundary = format["segment_time_format"].as_str().unwrap_or("seconds");
    let boundary = json!({"type": "timestamp", "format": boundary});
    definitions
        .iter()
        .map(|definition| {
            let segments = value[definition["id"].as_str().unwrap()].as_array().unwrap();
            segments.iter().map(|segment| judge_segment(definition, &boundary, segment)).collect()
        })
        .collect()
}

fn judge_segment(definition: &Value, boundary: &Value, segment: &Value) -> Result<(f64, f64), String> {
    let keys: Vec<&String> = segment.as_object().unwrap().keys().collect();
    if keys != ["start_time", "end_time", "metadata"] {
        return Err(format!("{keys:?}"));
    }
    let window = (read_seconds(&segment["start_time"]), read_seconds(&segment["end_time"]));
    let judge = Judge { root: boundary, window };
    judge.judge(boundary, &segment["start_time"], "start")?;
    judge.judge(boundary, &segment["end_time"], "end")?;
    let metadata = segment["metadata"].as_object().unwrap();
    let fields = definition["fields"].as_array().map(Vec::as_slice).unwrap_or_default();
    if metadata.len() != fields.len() {
        return Err(format!("{segment} has other fields than {definition}"));
    }
    for field in fields {
        let value = &metadata[field["name"].as_str().unwrap()];
        match (field["type"].as_str(), &field["enum"]) {
            (Some("array"), Value::Array(listed)) => {
                let is_listed = value.as_array().unwrap().iter().all(|item| listed.contains(item));
                assert!(is_listed, "{value} is not of {field}");
            }
            (Some("timestamp"), _) if field["format"] == "hh:mm:ss" && window.1 - window.0 < 1.0 => {}
            _ => judge.judge(field, value, "")?,
        }
    }
    Ok(window)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn segments_keep_every_rule(format in formats(), rules in rules(), seed: u64) {
        let answer = segment(&format, rules, seed);
        let (start, end) = rules.window;
        let is_short = rules.shortest.is_some_and(|shortest| end - start < shortest);
        for track in judge(&format, &answer.text).map_err(TestCaseError::fail)? {
            prop_assert!(track.len() <= 48);
            let mut last = start;
            for (from, to) in track {
                prop_assert!(last <= from && from < to && to <= end, "{from}-{to} after {last} in {rules:?}");
                let length = to - from;
                let shortest = if is_short { 0.0 } else { rules.shortest.unwrap_or(0.0) };
                prop_assert!(length >= shortest - SLACK, "{from}-{to} is too short for {rules:?}");
                prop_assert!(length <= rules.longest.unwrap_or(end) + SLACK, "{from}-{to} is too long for {rules:?}");
                last = to;
            }
        }
        prop_assert_eq!(answer.finish_reason, "stop");
        prop_assert!(answer.output_tokens <= rules.max_tokens, "{} tokens", answer.output_tokens);
    }

    #[test]
    fn named_ranges_are_answered_one_by_one(
        lengths in prop::collection::vec((0_u32..20, 2_u32..90), 1..30),
        is_clock: bool,
        seed: u64,
    ) {
        let mut end = 0;
        let ranges: Vec<(f64, f64)> = lengths
            .into_iter()
            .map(|(gap, length)| {
                let start = end + gap;
                end = start + length;
                (f64::from(start), f64::from(end))
            })
            .collect();
        let named: Vec<Value> =
            ranges.iter().rev().map(|(start, end)| json!({"start_time": start, "end_time": end})).collect();
        let format = json!({
            "type": "segment_definitions",
            "segment_time_format": if is_clock { "hh:mm:ss" } else { "seconds" },
            "segment_definitions": [{"id": "a", "description": "b", "time_ranges": named}],
        });
        let rules = Rules { window: (0.0, f64::from(end)), shortest: None, longest: None, max_tokens: 32_768 };
        prop_assert_eq!(judge(&format, &segment(&format, rules, seed).text), Ok(vec![ranges]));
    }
}

fn plain(time_format: &str) -> Value {
    json!({
        "type": "segment_definitions",
        "segment_time_format": time_format,
        "segment_definitions": [{"id": "scene", "description": "A scene."}],
    })
}

fn count(rules: Rules, seed: u64) -> usize {
    let format = plain("seconds");
    judge(&format, &segment(&format, rules, seed).text).unwrap()[0].len()
}

#[test]
fn there_is_a_believable_number_of_segments() {
    let rules = Rules { window: (0.0, 7200.0), shortest: Some(2.0), longest: None, max_tokens: 32_768 };
    for seed in 0..50 {
        assert_eq!(count(rules, seed), 48);
        assert!((1..=8).contains(&count(Rules { window: (0.0, 60.0), ..rules }, seed)));
        assert_eq!(count(Rules { window: (5.0, 6.0), shortest: None, ..rules }, seed), 1);
        assert_eq!(count(Rules { window: (5.0, 6.5), ..rules }, seed), 1);
        assert!(count(Rules { window: (0.0, 7200.0), longest: Some(2.0), ..rules }, seed) >= 40);
    }
}

#[test]
fn lengths_are_exact_in_floating_point() {
    let rules = Rules { window: (0.1, 601.7), shortest: Some(2.3), longest: Some(4.7), max_tokens: 32_768 };
    let format = plain("seconds");
    for seed in 0..50 {
        let text = segment(&format, rules, seed).text;
        let tracks = judge(&format, &text).unwrap();
        assert!(!tracks[0].is_empty());
        assert!(tracks[0].iter().all(|(start, end)| (2.3..=4.7).contains(&(end - start))), "{text}");
    }
}

#[test]
fn one_possible_length_is_found() {
    let rules =
        Rules { window: (0.0, 60.0), shortest: Some(2.345), longest: Some(2.345), max_tokens: 32_768 };
    assert!(count(rules, 1) > 5);
}

#[test]
fn boundaries_are_written_as_asked() {
    let rules = Rules { window: (3725.0, 3726.0), shortest: None, longest: None, max_tokens: 32_768 };
    let text = |format| segment(&plain(format), rules, 1).text;
    assert_eq!(text("seconds"), r#"{"scene":[{"start_time":3725.0,"end_time":3726.0,"metadata":{}}]}"#);
    assert_eq!(
        text("hh:mm:ss"),
        r#"{"scene":[{"start_time":"01:02:05","end_time":"01:02:06","metadata":{}}]}"#
    );
    assert_eq!(
        text("hh:mm:ss.fff"),
        r#"{"scene":[{"start_time":"01:02:05.000","end_time":"01:02:06.000","metadata":{}}]}"#
    );
}

#[test]
fn few_tokens_make_fewer_segments() {
    let fields: Vec<Value> = (0..20)
        .map(|index| json!({"name": format!("summary_{index}"), "type": "string", "description": "d"}))
        .collect();
    let definitions: Vec<Value> = (0..4)
        .map(|index| json!({"id": format!("d{index}"), "description": "d", "fields": fields}))
        .collect();
    let format = json!({"type": "segment_definitions", "segment_definitions": definitions});
    let rules = Rules { window: (0.0, 3600.0), shortest: None, longest: None, max_tokens: 2048 };
    for seed in 0..20 {
        let answer = segment(&format, rules, seed);
        let tracks = judge(&format, &answer.text).unwrap();
        assert!(answer.output_tokens <= 2048);
        assert!(tracks.iter().all(|track| !track.is_empty()), "{tracks:?}");
    }
}

#[test]
fn a_definition_named_twice_is_answered_once() {
    let mut format = plain("seconds");
    let again = format["segment_definitions"][0].clone();
    format["segment_definitions"].as_array_mut().unwrap().push(again);
    let rules = Rules { window: (0.0, 60.0), shortest: None, longest: None, max_tokens: 32_768 };
    assert_eq!(segment(&format, rules, 1).text.matches("\"scene\"").count(), 1);
}
