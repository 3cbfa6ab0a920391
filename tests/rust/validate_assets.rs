//! What the platform says of assets, held against what they are named for.

use serde_json::{Value, json};
use twelvelabs_batches::models::{BatchDefaults, BatchItemRequest};
use twelvelabs_batches::validate::{Defaults, Draft, find_assets};

use crate::validate_cases::{Case, ONE, TWO, case, image, prose, video};
use crate::validate_rules::report;

const THREE: &str = "6a0000000000000000000003";

/// What the platform says of the second video.
fn second(asset: &Value) -> Value {
    json!({"assets": {TWO: asset}})
}

pub fn assets() -> Vec<Case> {
    let at = "requests[1].video.asset_id";
    let ready = |more: Value| {
        let mut asset = json!({"_id": TWO, "status": "ready"});
        for (name, value) in more.as_object().unwrap() {
            asset[name] = value.clone();
        }
        second(&asset)
    };
    let fine = || ready(json!({"file_type": "video/mp4", "method": "direct", "duration": 300}));
    vec![
        case("asset.missing", prose(), "", &[fine(), json!({})], &[(second(&Value::Null), at)]),
        case(
            "asset.not_ready",
            prose(),
            "",
            &[fine(), second(&json!({"_id": TWO}))],
            &[(ready(json!({"status": "processing"})), at), (ready(json!({"status": "queued"})), at)],
        ),
        case(
            "asset.failed",
            prose(),
            "",
            &[fine()],
            &[
                (ready(json!({"status": "failed", "error": {"message": "no video"}})), at),
                (ready(json!({"status": "failed"})), at),
            ],
        ),
        case(
            "asset.kind",
            prose(),
            "",
            &[fine(), ready(json!({"file_type": 5}))],
            &[(ready(json!({"file_type": "image/png"})), at)],
        ),
        case(
            "asset.kind",
            image(),
            "",
            &[json!({"assets": {THREE: {"status": "ready", "file_type": "image/png"}}})],
            &[(
                json!({
                    "defaults": {"prompt": {"media_sources": [
                        {"name": "logo", "media_type": "image", "asset_id": THREE},
                    ]}},
                    "assets": {THREE: {"status": "ready", "file_type": "video/mp4"}},
                }),
                "defaults.prompt.media_sources[0].asset_id",
            )],
        ),
        case(
            "asset.method",
            prose(),
            "",
            &[fine(), ready(json!({"method": "multipart"}))],
            &[(ready(json!({"method": "url"})), at)],
        ),
    ]
}

#[test]
fn an_asset_is_told_once_where_it_is_named_first() {
    let mut body = prose();
    body["requests"] = json!([{"video": video(ONE)}, {"video": video(TWO)}, {"video": video(TWO)}]);
    body["assets"] = json!({TWO: null});
    let report = report(&body, &[]);
    let [finding] = report.violations.as_slice() else { panic!("{report:?}") };
    assert_eq!(finding.path, "requests[1].video.asset_id");
    assert_eq!(
        finding.message,
        format!("asset {TWO} does not exist (named in 2 places): every asset exists in the account")
    );
}

#[test]
fn lengths_that_the_platform_tells_count() {
    let mut body = prose();
    body["assets"] =
        json!({ONE: {"status": "ready", "duration": 7_300_000.0}, TWO: {"status": "ready", "duration": 1}});
    let report = report(&body, &[(ONE, 5.0)]);
    assert_eq!(report.facts.unknown_durations, 0);
    assert!(report.violations.iter().any(|finding| finding.rule == "requests.hours"), "{report:?}");
}

#[test]
fn every_asset_is_found_once() {
    let defaults: BatchDefaults =
        serde_json::from_value(image()["defaults"].clone()).expect("the defaults of a case");
    let item: BatchItemRequest = serde_json::from_value(json!({
        "video": video(TWO),
        "response_format": {"type": "segment_definitions", "segment_definitions": [
            {"id": "a", "description": "A.", "media_sources": [
                {"name": "x", "media_type": "image", "asset_id": THREE},
                {"name": "y", "media_type": "image", "asset_id": "none"},
                {"name": "z", "media_type": "image", "url": "https://x.test"},
            ]},
        ]},
    }))
    .unwrap();
    let draft = Draft {
        model_name: None,
        analysis_mode: None,
        defaults: Defaults::Given(&defaults),
        requests: Some(vec![None, Some(&item), Some(&item)]),
    };
    assert_eq!(find_assets(&draft), [ONE, TWO, THREE]);
    let draft = Draft { defaults: Defaults::Unknown, requests: None, ..draft };
    assert!(find_assets(&draft).is_empty());
}
