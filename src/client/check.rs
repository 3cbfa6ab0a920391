//! Mistakes that need no platform to be found.

use super::CallOptions;
use crate::error::Error;
use crate::models::{BatchItemRequest, CreateAnalyzeBatchRequest, MAX_REQUESTS};

/// Characters of a `custom_id`, at most. Source: "Batch analysis", items.
const LONGEST_CUSTOM_ID: usize = 64;

const MODEL: &str = "pegasus1.5";
const MODES: [&str; 2] = ["general", "time_based_metadata"];

/// A mistake, and where it is.
type Mistake = (String, String);

/// Refuses a request that the platform would refuse for certain. All mistakes
/// are told at once. What `additional_body_parameters` replace is not looked at.
pub(super) fn check(request: &CreateAnalyzeBatchRequest, options: &CallOptions) -> Result<(), Error> {
    let is_sent = |name: &str| !options.body.contains_key(name);
    let mut found = Vec::new();
    if is_sent("model_name") && request.model_name.as_str() != MODEL {
        found.push(mistake(
            "model_name",
            format!("batches know {MODEL:?} only, not {:?}", request.model_name.as_str()),
        ));
    }
    if is_sent("analysis_mode") && !MODES.contains(&request.analysis_mode.as_str()) {
        let given = request.analysis_mode.as_str();
        found.push(mistake(
            "analysis_mode",
            format!("one of {} is expected, not {given:?}", MODES.join(", ")),
        ));
    }
    if is_sent("defaults")
        && let Some(defaults) = &request.defaults
    {
        check_temperature(|| "defaults".to_owned(), defaults.temperature, &mut found);
        check_window(|| "defaults".to_owned(), (defaults.start_time, defaults.end_time), &mut found);
    }
    if is_sent("requests") {
        check_requests(request, &mut found);
    }
    tell(found)
}

fn mistake(path: impl Into<String>, message: impl Into<String>) -> Mistake {
    (path.into(), message.into())
}

fn check_requests(request: &CreateAnalyzeBatchRequest, found: &mut Vec<Mistake>) {
    let count = request.requests.len();
    if !(1..=MAX_REQUESTS).contains(&count) {
        found.push(mistake("requests", format!("1 to {MAX_REQUESTS} items are allowed, not {count}")));
    }
    let defaults = request.defaults.as_ref();
    for (index, item) in request.requests.iter().enumerate() {
        let path = || format!("requests[{index}]");
        check_custom_id(path, item, found);
        check_temperature(path, item.temperature, found);
        if item.start_time.is_some() || item.end_time.is_some() {
            let start = item.start_time.or(defaults.and_then(|defaults| defaults.start_time));
            let end = item.end_time.or(defaults.and_then(|defaults| defaults.end_time));
            check_window(path, (start, end), found);
        }
    }
}

fn check_custom_id(path: impl Fn() -> String, item: &BatchItemRequest, found: &mut Vec<Mistake>) {
    let Some(custom_id) = &item.custom_id else { return };
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if !(1..=LONGEST_CUSTOM_ID).contains(&custom_id.len()) || !custom_id.bytes().all(is_word) {
        let message =
            format!("1 to {LONGEST_CUSTOM_ID} letters, digits, `-` and `_` are allowed, not {custom_id:?}");
        found.push(mistake(path() + ".custom_id", message));
    }
}

fn check_temperature(path: impl Fn() -> String, temperature: Option<f64>, found: &mut Vec<Mistake>) {
    if let Some(temperature) = temperature.filter(|temperature| !(0.0..=1.0).contains(temperature)) {
        found.push(mistake(path() + ".temperature", format!("0 to 1 is allowed, not {temperature}")));
    }
}

fn check_window(path: impl Fn() -> String, window: (Option<f64>, Option<f64>), found: &mut Vec<Mistake>) {
    let start = window.0.unwrap_or(0.0);
    if let Some(end) = window.1.filter(|end| *end <= start) {
        let message = format!("it must be after start_time, {start}, and is {end} (seconds)");
        found.push(mistake(path() + ".end_time", message));
    }
}

/// As many are told in words.
const MOST_TOLD: usize = 10;

fn tell(found: Vec<Mistake>) -> Result<(), Error> {
    let count = found.len();
    let mut found = found.into_iter();
    let Some((path, mut message)) = found.next() else { return Ok(()) };
    for (path, other) in found.by_ref().take(MOST_TOLD - 1) {
        message.extend(["; ", &path, ": ", &other]);
    }
    if count > MOST_TOLD {
        message.extend(["; and ", &(count - MOST_TOLD).to_string(), " more"]);
    }
    Err(Error::invalid(path, message))
}
