//! The rules, each on both sides of its boundary, and reports as a whole.

use std::collections::HashSet;
use std::sync::OnceLock;

use proptest::prelude::*;
use serde_json::{Value, json};
use twelvelabs_batches::error::Report;
use twelvelabs_batches::models::{BatchDefaults, BatchItemRequest};
use twelvelabs_batches::validate::{Assets, Defaults, Draft, Durations, Rule, Severity, check};

use crate::validate_cases::{Case, ONE, prose, ranges, segments, video, with};
use crate::{
    validate_assets, validate_formats, validate_media, validate_schemas, validate_settings, validate_sound,
};

fn cases() -> Vec<Case> {
    [
        validate_settings::batch(),
        validate_settings::numbers(),
        validate_settings::windows(),
        validate_settings::lengths(),
        validate_assets::assets(),
        validate_media::prompts(),
        validate_media::media(),
        validate_formats::formats(),
        validate_formats::definitions(),
        validate_formats::fields(),
        validate_formats::times(),
        validate_schemas::schemas(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Checks a body; an item that cannot be read is passed over.
pub fn report(body: &Value, lengths: &[(&str, f64)]) -> Report {
    let items: Vec<Option<BatchItemRequest>> = body["requests"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| serde_json::from_value(item.clone()).ok())
        .collect();
    let defaults: Option<BatchDefaults> =
        body.get("defaults").map(|defaults| serde_json::from_value(defaults.clone()).unwrap());
    let draft = Draft {
        model_name: body["model_name"].as_str(),
        analysis_mode: body["analysis_mode"].as_str(),
        defaults: defaults.as_ref().map_or(Defaults::Absent, Defaults::Given),
        requests: Some(items.iter().map(Option::as_ref).collect()),
    };
    let durations: Durations = lengths.iter().map(|(asset, length)| ((*asset).to_owned(), *length)).collect();
    let assets = body.get("assets").map(|assets| serde_json::from_value(assets.clone()).unwrap());
    let report = check(&draft, &durations, &assets.unwrap_or_default());
    // Nothing is known of videos while a batch is created.
    validate_sound::compare(&draft, &check(&draft, &Durations::new(), &Assets::new()));
    report
}

fn told(report: &Report) -> Vec<(&str, &str)> {
    report
        .violations
        .iter()
        .chain(&report.warnings)
        .map(|finding| (finding.rule, finding.path.as_str()))
        .collect()
}

/// What is wrong with the answer to a case.
fn judge(case: &Case, value: &Value, path: Option<&str>) -> Option<String> {
    let rule = Rule::ALL.iter().find(|rule| rule.word() == case.rule).expect(case.rule);
    let report = report(&with(&case.body, case.pointer, value), &case.lengths);
    let findings = match rule.severity() {
        Severity::Violation => &report.violations,
        Severity::Warning => &report.warnings,
    };
    let same: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.rule == case.rule)
        .map(|finding| finding.path.as_str())
        .collect();
    let is_right = match path {
        // What is allowed breaks no other rule either.
        None => same.is_empty() && report.is_ok(),
        Some(path) => same == [path],
    };
    let shown: String = value.to_string().chars().take(300).collect();
    (!is_right).then(|| format!("{}: {shown}: {:?}", case.rule, told(&report)))
}

#[test]
fn every_rule_holds_on_both_sides_of_its_boundary() {
    let wrong: Vec<String> = cases()
        .iter()
        .flat_map(|case| {
            let fine = case.fine.iter().filter_map(|value| judge(case, value, None));
            fine.chain(case.wrong.iter().filter_map(|(value, path)| judge(case, value, Some(path))))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_cases_on_both_sides() {
    let cases = cases();
    for rule in Rule::ALL {
        let of_rule = || cases.iter().filter(|case| case.rule == rule.word());
        assert!(of_rule().any(|case| !case.fine.is_empty()), "{} lets nothing pass", rule.word());
        assert!(of_rule().any(|case| !case.wrong.is_empty()), "{} is never broken", rule.word());
    }
}

#[test]
fn rules_are_told_apart_and_have_a_source() {
    let words: HashSet<&str> = Rule::ALL.iter().map(|rule| rule.word()).collect();
    assert_eq!(words.len(), Rule::ALL.len());
    for rule in Rule::ALL {
        assert!(rule.word().split('.').count() == 2, "{}", rule.word());
        assert!(!rule.allowed().is_empty() && !rule.source().is_empty());
        assert!(!rule.allowed().ends_with('.'));
    }
}

#[test]
fn a_mistake_of_the_defaults_is_told_once() {
    let mut body = prose();
    body["defaults"] = json!({"temperature": 2, "start_time": 9, "end_time": 3});
    body["requests"] = json!((0..50).map(|_| json!({"video": video(ONE)})).collect::<Vec<_>>());
    assert_eq!(
        told(&report(&body, &[])),
        [
            ("temperature.range", "defaults.temperature"),
            ("window.order", "defaults.end_time"),
            ("prompt.required", "defaults.prompt"),
        ]
    );
}

#[test]
fn defaults_count_where_an_item_says_nothing() {
    let mut body = segments();
    body["defaults"]["start_time"] = json!(10);
    body["defaults"]["max_segment_duration"] = json!(5);
    let ranged = json!({"type": "segment_definitions", "segment_definitions": [
        {"id": "a", "description": "A.", "time_ranges": [{"start_time": 0, "end_time": 2}]}]});
    body["requests"] = json!([
        {"video": video(ONE), "end_time": 9},
        {"video": video(ONE), "end_time": 11},
        {"video": video(ONE), "start_time": 1, "end_time": 9},
        {"video": video(ONE), "min_segment_duration": 6},
        {"video": video(ONE), "response_format": ranged},
    ]);
    let report = report(&body, &[]);
    assert_eq!(
        told(&report),
        [
            ("window.order", "requests[0].end_time"),
            ("segment_duration.order", "requests[3].min_segment_duration"),
            ("window.time_ranges", "requests[4].response_format.segment_definitions[0].time_ranges"),
            (
                "segment_duration.time_ranges",
                "requests[4].response_format.segment_definitions[0].time_ranges"
            ),
        ]
    );
    assert!(report.violations[0].message.starts_with("defaults.start_time is 10, and end_time is 9"));
}

#[test]
fn defaults_that_no_item_takes_together_are_no_mistake() {
    let give = |body: &Value, item: &Value| {
        let mut body = body.clone();
        let mut made = item.clone();
        made["video"] = video(ONE);
        body["requests"] = json!([made]);
        body
    };
    let window = with(&prose(), "/defaults/end_time", &json!(0));
    assert_eq!(told(&report(&give(&window, &json!({})), &[])), [("window.order", "defaults.end_time")]);
    assert_eq!(told(&report(&give(&window, &json!({"end_time": 61})), &[])), []);
    let start = report(&give(&window, &json!({"start_time": 3})), &[]);
    assert_eq!(told(&start), [("window.order", "requests[0].start_time")]);

    let lengths = with(
        &with(&segments(), "/defaults/min_segment_duration", &json!(9)),
        "/defaults/max_segment_duration",
        &json!(5),
    );
    let order = "segment_duration.order";
    assert_eq!(told(&report(&give(&lengths, &json!({})), &[])), [(order, "defaults.max_segment_duration")]);
    assert_eq!(told(&report(&give(&lengths, &json!({"min_segment_duration": 4})), &[])), []);

    let parts = with(&ranges(), "/defaults/start_time", &json!(3));
    let found = report(&give(&parts, &json!({})), &[]);
    assert_eq!(told(&found), [("window.time_ranges", "defaults.start_time")]);
    let own = json!({"response_format": segments()["defaults"]["response_format"]});
    assert_eq!(told(&report(&give(&parts, &own), &[])), []);
}

#[test]
fn what_is_not_known_is_not_judged() {
    let item: BatchItemRequest =
        serde_json::from_value(json!({"video": video(ONE), "custom_id": "a", "end_time": 0.5})).unwrap();
    let draft = Draft {
        model_name: None,
        analysis_mode: Some("general"),
        defaults: Defaults::Unknown,
        requests: Some(vec![Some(&item), None, Some(&item)]),
    };
    assert_eq!(
        told(&check(&draft, &Durations::new(), &Assets::new())),
        [("custom_id.unique", "requests[2].custom_id")]
    );
    let draft = Draft { requests: None, ..draft };
    assert!(check(&draft, &Durations::new(), &Assets::new()).is_ok());
}

#[test]
fn hours_are_added_up_as_far_as_they_are_known() {
    let facts = report(&prose(), &[(ONE, 5_400.0)]).facts;
    assert_eq!((facts.items, facts.hours, facts.unknown_durations), (2, Some(1.5), 1));
    assert_eq!(report(&prose(), &[]).facts.hours, None);
}

#[test]
fn values_are_short_and_images_are_not_told() {
    let mut body = prose();
    body["defaults"]["prompt"]["media_sources"] =
        json!([{"name": "x".repeat(5000), "media_type": "image", "base64_string": "?".repeat(5000)}]);
    body["defaults"]["response_format"] =
        json!({"type": "json_schema", "json_schema": {"minLength": vec![1; 900], "oneOf": [{}]}});
    body["requests"][0]["custom_id"] = json!("ä".repeat(5000));
    let report = report(&body, &[]);
    for finding in report.violations.iter().chain(&report.warnings) {
        assert!(finding.value.to_string().len() < 1_000, "{finding:?}");
        assert!(finding.message.len() < 500, "{finding:?}");
        assert!(!finding.value.to_string().contains("??"), "{finding:?}");
    }
}

/// The steps of a path.
fn steps(path: &str) -> Vec<String> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix("[\"") {
            let text = quoted.split("\"]").next().unwrap();
            rest = &quoted[text.len() + 2..];
            steps.push(text.to_owned());
        } else if let Some(index) = rest.strip_prefix('[') {
            let digits = index.split(']').next().unwrap();
            rest = &index[digits.len() + 1..];
            steps.push(digits.to_owned());
        } else {
            rest = rest.trim_start_matches('.');
            let name = rest.split(['.', '[']).next().unwrap();
            rest = &rest[name.len()..];
            steps.push(name.to_owned());
        }
    }
    steps
}

/// Whether a path leads to something, or to the place of something that is missing.
fn leads_somewhere(body: &Value, path: &str) -> bool {
    let mut here = body;
    let steps = steps(path);
    for (count, step) in steps.iter().enumerate() {
        let next = match here {
            Value::Array(elements) => step.parse::<usize>().ok().and_then(|index| elements.get(index)),
            other => other.get(step),
        };
        match next {
            Some(next) => here = next,
            None => return count + 1 == steps.len() || path.starts_with("defaults"),
        }
    }
    true
}

/// All but those with images of 32 MB.
static SMALL: OnceLock<Vec<Case>> = OnceLock::new();

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Any wrong values of any cases together: nothing panics, findings are in
    /// the order of the request, and each path leads somewhere.
    #[test]
    fn reports_lead_to_what_they_tell(picks in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..6)) {
        let cases = SMALL.get_or_init(|| cases().into_iter().filter(|case| case.rule != "media_sources.size").collect());
        let mut body: Option<Value> = None;
        for (which, value) in picks {
            let case = which.get(cases);
            let Some((value, _)) = case.wrong.get(value.index(case.wrong.len().max(1))) else { continue };
            let before = body.unwrap_or_else(|| case.body.clone());
            let parent = case.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
            let is_there = before.pointer(parent).is_some_and(|parent| parent.is_object() || parent.is_array());
            let fits = case.pointer.rsplit_once('/').is_none_or(|(parent, name)| match before.pointer(parent) {
                Some(Value::Array(elements)) => name.parse::<usize>().is_ok_and(|index| index < elements.len()),
                _ => true,
            });
            body = Some(if is_there && fits { with(&before, case.pointer, value) } else { before });
        }
        let Some(body) = body else { return Ok(()) };
        if body.get("defaults").is_some_and(|it| serde_json::from_value::<BatchDefaults>(it.clone()).is_err()) {
            return Ok(());
        }
        let report = report(&body, &[(ONE, 100.0)]);
        for finding in report.violations.iter().chain(&report.warnings) {
            prop_assert!(leads_somewhere(&body, &finding.path), "{} in {body}", finding.path);
        }
        let mut sorted = report.clone();
        sorted.sort();
        prop_assert_eq!(sorted, report);
    }
}
