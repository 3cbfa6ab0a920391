//! Who an item is.

use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use twelvelabs_batches::client::{Client, Config, Given};
use twelvelabs_batches::models::{BatchDefaults, BatchItemRequest, CreateAnalyzeBatchRequest};
use twelvelabs_batches::runs::{Content, Identity, account_tag, definitions, window};
use twelvelabs_batches::validate::Sound;

/// Fields and what is said of them.
type Said<'a> = &'a [(&'a str, Value)];

/// Everything that defaults stand in for, each with two values that differ.
fn fields() -> Vec<(&'static str, Value, Value)> {
    let segments = |id: &str| {
        let definition = json!({"id": id, "description": "A scene."});
        json!({"type": "segment_definitions", "segment_definitions": [definition]})
    };
    vec![
        ("prompt", json!({"input_text": "Sum up."}), json!({"input_text": "Sum up!"})),
        ("response_format", segments("a"), segments("b")),
        ("temperature", json!(0.2), json!(0.3)),
        ("max_tokens", json!(100), json!(101)),
        ("min_segment_duration", json!(2.0), json!(3.0)),
        ("max_segment_duration", json!(20.0), json!(30.0)),
        ("start_time", json!(1.0), json!(2.0)),
        ("end_time", json!(50.0), json!(60.0)),
    ]
}

fn item(fields: Said<'_>) -> BatchItemRequest {
    let mut item = json!({"video": {"type": "asset_id", "asset_id": format!("{:024x}", 1)}});
    for (name, value) in fields {
        item[*name] = value.clone();
    }
    serde_json::from_value(item).unwrap()
}

fn defaults(fields: Said<'_>) -> BatchDefaults {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    serde_json::from_value(Value::Object(fields.collect())).unwrap()
}

fn identity(defaults: Option<&BatchDefaults>) -> Identity {
    Identity::new("account", "pegasus1.5", "general", defaults)
}

#[test]
fn an_item_is_the_same_wherever_it_is_said_what_it_asks_for() {
    for (name, one, other) in fields() {
        let by_default = identity(Some(&defaults(&[(name, one.clone())])));
        let said = identity(None).content(&item(&[(name, one.clone())]));
        assert_eq!(by_default.content(&item(&[])), said, "{name} by default");
        assert_eq!(by_default.content(&item(&[(name, one.clone())])), said, "{name} said twice");
        let elsewise = by_default.content(&item(&[(name, other.clone())]));
        assert_eq!(elsewise, identity(None).content(&item(&[(name, other)])), "the item's own {name} wins");
        assert_ne!(elsewise, said, "another {name}");
        assert_ne!(said, identity(None).content(&item(&[])), "no {name}");
        assert_ne!(by_default.run_key(), identity(None).run_key(), "{name}");
    }
}

#[test]
fn every_field_is_one_of_its_own() {
    // The same number in other fields asks for something else.
    let numbers = ["temperature", "max_tokens", "min_segment_duration", "max_segment_duration", "start_time"];
    let contents: BTreeSet<_> =
        numbers.iter().map(|name| key(identity(None).content(&item(&[(name, json!(1))])))).collect();
    assert_eq!(contents.len(), numbers.len());
}

fn key(content: Content) -> [u8; 16] {
    content.key(0).0
}

#[test]
fn another_account_model_mode_video_or_name_makes_another_item() {
    let usual = identity(None).content(&item(&[]));
    let others = [
        Identity::new("another", "pegasus1.5", "general", None).content(&item(&[])),
        Identity::new("account", "pegasus1.2", "general", None).content(&item(&[])),
        Identity::new("account", "pegasus1.5", "time_based_metadata", None).content(&item(&[])),
        // Where one ends and the next begins matters too.
        Identity::new("accountp", "egasus1.5", "general", None).content(&item(&[])),
        identity(None).content(&item(&[("custom_id", json!("a"))])),
        identity(None).content(&item(&[("custom_id", json!("b"))])),
        identity(None)
            .content(&item(&[("video", json!({"type": "asset_id", "asset_id": format!("{:024x}", 2)}))])),
    ];
    let all: BTreeSet<_> = others.iter().chain([&usual]).map(|content| key(*content)).collect();
    assert_eq!(all.len(), others.len() + 1);
    assert_eq!(usual, identity(None).content(&item(&[])), "it is always the same");
}

#[test]
fn what_is_asked_for_again_is_another_item_each_time() {
    let content = identity(None).content(&item(&[]));
    let keys: BTreeSet<_> = (0..1000).map(|occurrence| content.key(occurrence)).collect();
    assert_eq!(keys.len(), 1000);
    assert_eq!(content.key(7), identity(None).content(&item(&[])).key(7));
}

#[test]
fn digests_stay_what_they_are() {
    // Journals hold them: another digest would make every item of an old journal a new one.
    let name = identity(None).content(&item(&[])).key(0).custom_id();
    let with_defaults = identity(Some(&defaults(&[("temperature", json!(0.5))])));
    let other = with_defaults.content(&item(&[("max_tokens", json!(9))])).key(1).custom_id();
    assert_eq!(
        (name.as_str(), other.as_str()),
        ("tlb-vc06u2chjj0nd3tj4pao1om404", "tlb-5th46fr5t9d5c0jsqcsfi180uk")
    );
}

#[test]
fn an_account_is_told_without_its_key() {
    let tag = |base_url: &str, key: &str| {
        let given =
            Given { api_key: Some(key.to_owned()), base_url: Some(base_url.to_owned()), ..Given::default() };
        account_tag(Client::new(Config::resolve(given, |_| None).unwrap()).unwrap().config())
    };
    let usual = tag("https://example.com/v1.3", "tlk_secret");
    assert_eq!(usual, tag("https://example.com/v1.3/", "tlk_secret"), "a slash at the end is nothing");
    assert_ne!(usual, tag("https://example.com/v1.2", "tlk_secret"));
    assert_ne!(usual, tag("https://example.com/v1.3", "tlk_secrets"));
    assert!(!usual.contains("secret"), "{usual}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn names_that_are_made_are_valid_on_the_platform(text: String, occurrence: u32) {
        let item = item(&[("prompt", json!({"input_text": text}))]);
        let name = identity(None).content(&item).key(occurrence).custom_id();
        prop_assert!(name.len() <= 64 && name.starts_with("tlb-"));
        prop_assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)), "{}", name);
        let around = CreateAnalyzeBatchRequest {
            model_name: "pegasus1.5".into(),
            analysis_mode: "general".into(),
            defaults: Some(defaults(&[("prompt", json!({"input_text": "Sum up."}))])),
            requests: Vec::new(),
        };
        let named = self::item(&[("custom_id", json!(name))]);
        prop_assert!(Sound::begin(&around).unwrap().takes(&named));
    }

    #[test]
    fn fields_may_be_shared_out_between_item_and_defaults(said: [u8; 8]) {
        // Of each field: nobody says it, the item, the defaults, or both, the item something else.
        let (mut own, mut around, mut whole) = (Vec::new(), Vec::new(), Vec::new());
        for ((name, one, other), said) in fields().into_iter().zip(said) {
            match said % 4 {
                1 => own.push((name, one.clone())),
                2 => around.push((name, one.clone())),
                3 => {
                    own.push((name, one.clone()));
                    around.push((name, other));
                }
                _ => continue,
            }
            whole.push((name, one));
        }
        let shared = identity(Some(&defaults(&around))).content(&item(&own));
        prop_assert_eq!(shared, identity(None).content(&item(&whole)));
    }
}

#[test]
fn the_part_that_is_asked_about_is_known_from_its_ends_or_the_length() {
    let around = |fields: Said<'_>| CreateAnalyzeBatchRequest {
        model_name: "pegasus1.5".into(),
        analysis_mode: "general".into(),
        defaults: Some(defaults(fields)),
        requests: Vec::new(),
    };
    let [start, end, late] =
        [[("start_time", json!(10.0))], [("end_time", json!(50.0))], [("start_time", json!(60.0))]];
    let (both, none) = ([start.clone(), end.clone()].concat(), around(&[]));
    let backwards = [late, end.clone()].concat();
    let cases: [(Said<'_>, &CreateAnalyzeBatchRequest, Option<f64>, Option<f64>); 8] = [
        (&[], &none, None, None),
        (&[], &none, Some(300.0), Some(300.0)),
        (&start, &none, None, None),
        (&start, &none, Some(300.0), Some(290.0)),
        (&end, &none, None, Some(50.0)),
        (&start, &around(&end), None, Some(40.0)),
        (&both, &around(&[("end_time", json!(90.0))]), Some(30.0), Some(20.0)),
        (&backwards, &none, None, Some(0.0)),
    ];
    for (fields, around, length, expected) in cases {
        assert_eq!(window(&item(fields), around, length), expected, "{fields:?} {length:?}");
    }
}

#[test]
fn definitions_are_those_of_the_item_or_of_the_defaults() {
    let (_, one, _) = fields().swap_remove(1);
    let around = |defaults: Option<BatchDefaults>| CreateAnalyzeBatchRequest {
        model_name: "pegasus1.5".into(),
        analysis_mode: "time_based_metadata".into(),
        defaults,
        requests: Vec::new(),
    };
    let said = ("response_format", one);
    assert_eq!(definitions(&item(&[]), &around(None)), 0);
    assert_eq!(definitions(&item(std::slice::from_ref(&said)), &around(None)), 1);
    assert_eq!(definitions(&item(&[]), &around(Some(defaults(&[said])))), 1);
}
