//! Models: bodies written down from the platform's documentation, and words.

use std::fs;
use std::path::Path;

use serde_json::Value;
use twelvelabs_batches::models::{
    AnalyzeBatchStatusResponse, BatchDefaults, BatchItemRequest, BatchPage, BatchResultItem, BatchStatus,
    CreateAnalyzeBatchResponse, Time, nearest,
};

fn golden(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn survives<T: serde::de::DeserializeOwned + serde::Serialize>(name: &str) {
    let body = golden(name);
    let model: T = serde_json::from_value(body.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(serde_json::to_value(model).unwrap(), body, "{name}");
}

#[test]
fn documented_bodies_survive_a_round_trip() {
    survives::<CreateAnalyzeBatchResponse>("created.json");
    survives::<AnalyzeBatchStatusResponse>("batch_processing.json");
    survives::<AnalyzeBatchStatusResponse>("batch_completed.json");
    survives::<BatchPage>("page.json");
    survives::<BatchResultItem>("row_ready.json");
    survives::<BatchResultItem>("row_failed.json");
    survives::<BatchResultItem>("row_queued.json");
}

#[test]
fn documented_requests_survive_a_round_trip() {
    let request = golden("create_segments.json");
    let defaults: BatchDefaults = serde_json::from_value(request["defaults"].clone()).unwrap();
    assert_eq!(serde_json::to_value(defaults).unwrap(), request["defaults"]);
    let items: Vec<BatchItemRequest> = serde_json::from_value(request["requests"].clone()).unwrap();
    assert_eq!(serde_json::to_value(items).unwrap(), request["requests"]);
}

#[test]
fn unknown_fields_are_kept_in_responses_and_refused_in_requests() {
    let mut body = golden("batch_processing.json");
    body["region"] = "eu".into();
    let batch: AnalyzeBatchStatusResponse = serde_json::from_value(body.clone()).unwrap();
    assert_eq!(batch.extra["region"], "eu");
    assert_eq!(serde_json::to_value(batch).unwrap(), body);
    let refused = serde_json::from_str::<BatchDefaults>(r#"{"temprature": 0.5}"#).unwrap_err();
    assert!(refused.to_string().contains("temprature"), "{refused}");
}

#[test]
fn words_stay_open() {
    for word in BatchStatus::WORDS {
        assert_eq!(BatchStatus::from(*word).as_str(), *word);
        assert!(!matches!(BatchStatus::from(*word), BatchStatus::Other(_)));
    }
    assert_eq!(BatchStatus::from("paused"), BatchStatus::Other("paused".to_owned()));
    assert!(!BatchStatus::from("paused").is_terminal());
    assert!(BatchStatus::Expired.is_terminal());
}

#[test]
fn times_are_read_in_every_form() {
    let expected = Time::parse("2026-11-01T00:00:00Z").unwrap();
    for text in ["2026-11-01T00:00:00.000Z", "2026-11-01T02:00:00+02:00", "2026-11-01T00:00:00"] {
        assert_eq!(Time::parse(text).unwrap(), expected, "{text}");
    }
    let from = |json: &str| serde_json::from_str::<Time>(json);
    assert_eq!(from("1793491200").unwrap(), expected);
    assert_eq!(from("1793491200000").unwrap(), expected);
    assert!(from("\"yesterday\"").is_err());
    assert!(from("true").is_err());
}

#[test]
fn the_nearest_name_is_found_only_when_near() {
    let names = ["custom_id", "prompt", "response_format"];
    assert_eq!(nearest("customid", names), Some("custom_id"));
    assert_eq!(nearest("Prompts", names), Some("prompt"));
    assert_eq!(nearest("zebra", names), None);
}
