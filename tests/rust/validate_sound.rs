//! Items held against the rules one by one: nothing is found where a whole check finds nothing.

use serde_json::json;
use twelvelabs_batches::error::Report;
use twelvelabs_batches::models::{AnalysisMode, BatchItemRequest, CreateAnalyzeBatchRequest, ModelName};
use twelvelabs_batches::validate::{Assets, Defaults, Draft, Durations, Sound, check};

use crate::validate_cases::{image, prose, ranges, segments, with};
use crate::validate_rules::report;

/// Holds the items of a draft, of which nothing is missing, one by one against the
/// rules, and compares with the report about all of it.
pub fn compare(draft: &Draft<'_>, report: &Report) {
    let (Some(model_name), Some(mode), Some(items)) =
        (draft.model_name, draft.analysis_mode, &draft.requests)
    else {
        return;
    };
    let Some(items) = items.iter().copied().collect::<Option<Vec<&BatchItemRequest>>>() else { return };
    let request = CreateAnalyzeBatchRequest {
        model_name: ModelName::from(model_name),
        analysis_mode: AnalysisMode::from(mode),
        defaults: match draft.defaults {
            Defaults::Given(defaults) => Some(defaults.clone()),
            Defaults::Absent => None,
            Defaults::Unknown => return,
        },
        requests: Vec::new(),
    };
    let is_sound = Sound::begin(&request)
        .is_some_and(|mut sound| items.into_iter().all(|item| sound.takes(item)) && sound.is_whole());
    // What no item takes from the defaults is a doubt as long as the items are not known.
    let around = Draft { requests: None, ..draft.clone() };
    let is_doubtful = is_found(&check(&around, &Durations::new(), &Assets::new()));
    assert_eq!(is_sound, !is_found(report) && !is_doubtful, "{request:?} {report:?}");
}

fn is_found(report: &Report) -> bool {
    !report.violations.is_empty() || !report.warnings.is_empty()
}

#[test]
fn what_is_right_is_sound() {
    for body in [prose(), segments(), ranges(), image()] {
        assert!(!is_found(&report(&body, &[])), "{body}");
    }
}

#[test]
fn what_no_item_takes_is_a_doubt_and_no_mistake() {
    let body = with(&prose(), "/defaults/end_time", &json!(0));
    let body = with(&body, "/requests/0/end_time", &json!(61));
    let body = with(&body, "/requests/1/end_time", &json!(61));
    assert!(!is_found(&report(&body, &[])));
}
