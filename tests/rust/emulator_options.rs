//! Options by name.

use std::collections::HashSet;

use serde_json::{Value, json};
use twelvelabs_batches::emulator::Options;
use twelvelabs_batches::emulator::options::{OptionError, OptionKind, RowOrder};

#[test]
fn every_option_can_be_set_to_its_default() {
    let descriptions = Options::describe();
    let names: HashSet<&str> = descriptions.iter().map(|description| description.name).collect();
    assert_eq!(names.len(), descriptions.len());
    let mut options = Options::default();
    for description in &descriptions {
        options.set(description.name, &description.default).unwrap();
        assert_eq!(options.get(description.name).unwrap(), description.default);
        assert!(
            description.help.ends_with('.') && !description.help.contains("Default"),
            "{}",
            description.help
        );
        let text =
            description.default.as_str().map_or_else(|| description.default.to_string(), str::to_owned);
        let text = if description.default.is_null() { "none".to_owned() } else { text };
        options.set_text(description.name, &text).unwrap();
        assert_eq!(description.default.is_null(), description.optional);
        assert_eq!(description.choices.is_some(), description.kind == OptionKind::Choice);
        for choice in description.choices.unwrap_or_default() {
            options.set(description.name, &Value::from(*choice)).unwrap();
            assert_eq!(options.get(description.name).unwrap(), **choice);
        }
        options.set(description.name, &description.default).unwrap();
    }
    assert_eq!(options, Options::default());
    options.validate().unwrap();
}

#[test]
fn options_are_set_from_json_and_from_text() {
    let mut options = Options::default();
    options.set("speed", &json!(0)).unwrap();
    options.set("item_seconds", &json!([1, 2.5])).unwrap();
    options.set("requests_per_minute", &json!(60)).unwrap();
    options.set("malformed_id_status", &json!(400)).unwrap();
    options.set_text("output_tokens", "10, 20").unwrap();
    options.set_text("row_order", "shuffled").unwrap();
    options.set_text("start_time", "2030-01-01T00:00:00Z").unwrap();
    options.set_text("canceling_is_active", "false").unwrap();
    options.set_text("api_key", "123").unwrap();
    assert_eq!((options.item_seconds, options.output_tokens), ((1.0, 2.5), Some((10, 20))));
    assert_eq!((options.requests_per_minute, options.row_order), (Some(60), RowOrder::Shuffled));
    assert_eq!((options.canceling_is_active, options.api_key.as_str()), (false, "123"));
    assert_eq!(options.start_time.unwrap().to_string(), "2030-01-01T00:00:00Z");
    options.set_text("requests_per_minute", "none").unwrap();
    assert_eq!(options.requests_per_minute, None);
}

#[test]
fn unknown_names_are_refused_with_the_nearest() {
    let refuse = |name: &str| Options::default().set(name, &json!(1)).unwrap_err().to_string();
    assert!(refuse("max_active_batch").contains("did you mean \"max_active_batches\"?"));
    assert!(refuse("sped").contains("\"speed\""));
    assert!(!refuse("qqqq").contains("did you mean"));
}

#[test]
fn wrong_types_are_refused() {
    for (name, value) in [
        ("port", json!(65_536)),
        ("port", json!(-1)),
        ("port", json!("80")),
        ("speed", json!("fast")),
        ("speed", json!(null)),
        ("item_seconds", json!(5)),
        ("item_seconds", json!([1, 2, 3])),
        ("row_order", json!("random")),
        ("start_time", json!("yesterday")),
        ("canceling_is_active", json!(1)),
        ("api_key", json!(1)),
    ] {
        let error = Options::default().set(name, &value).unwrap_err();
        assert!(matches!(error, OptionError::Invalid { .. }), "{name}");
        assert!(error.to_string().contains(name), "{error}");
    }
    assert!(Options::default().set_text("speed", "fast").is_err());
    assert!(Options::default().set_text("item_seconds", "5").is_err());
}

#[test]
fn impossible_values_are_refused() {
    for (name, value) in [
        ("api_key", json!("")),
        ("api_key", json!("with space")),
        ("speed", json!(-1)),
        ("queue_seconds", json!(-1)),
        ("item_seconds", json!([5, 4])),
        ("item_seconds", json!([-1, 4])),
        ("concurrency", json!(0)),
        ("max_items", json!(0)),
        ("max_hours", json!(0)),
        ("asset_duration", json!(0)),
        ("failure_rate", json!(1.1)),
        ("failure_rate", json!(-0.1)),
        ("output_tokens", json!([0, 5])),
        ("output_tokens", json!([6, 5])),
        ("requests_per_minute", json!(0)),
    ] {
        let mut options = Options::default();
        options.set(name, &value).unwrap();
        let error = options.validate().unwrap_err();
        assert!(error.to_string().contains(name), "{error}");
    }
    let options = Options { speed: f64::NAN, ..Options::default() };
    assert!(options.validate().is_err());
}

#[test]
fn the_key_is_not_shown() {
    let options = Options { api_key: "tlk_SECRET".to_owned(), ..Options::default() };
    let shown = format!("{options:?}");
    assert!(shown.contains("speed") && !shown.contains("SECRET"));
}
