//! The part of a video that is analysed.

use super::findings::Findings;
use super::limits::{LONGEST_WINDOW, SHORTEST_WINDOW, exceeds, reaches};
use super::path::Path;
use super::rules::Rule;
use super::settings::{Base, Settings};

/// Checks one end of a window.
pub(super) fn check_time(given: Option<f64>, path: &Path<'_>, findings: &mut Findings) {
    if let Some(seconds) = given.filter(|seconds| *seconds < 0.0 || seconds.is_nan()) {
        findings.add(Rule::WindowNegative, path, seconds, format_args!("{seconds} is negative"));
    }
}

/// Checks the window, where at least one end of it is given here.
pub(super) fn check(own: &Settings<'_>, base: Base<'_>, path: &Path<'_>, findings: &mut Findings) {
    if own.start_time.is_none() && own.end_time.is_none() {
        return;
    }
    let start = base.take(own, |settings| settings.start_time);
    let Some(end) = base.take(own, |settings| settings.end_time) else { return };
    if start.is_none() && base.is_unknown() {
        return;
    }
    let from = start.map_or(0.0, |start| start.value);
    // A negative time is told already.
    if from < 0.0 || end.value < 0.0 {
        return;
    }
    let length = end.value - from;
    let rule = if end.value <= from {
        Rule::WindowOrder
    } else if !reaches(length, SHORTEST_WINDOW) {
        Rule::WindowShortest
    } else if exceeds(length, LONGEST_WINDOW) {
        Rule::WindowLongest
    } else {
        return;
    };
    let (field, value) = if end.is_own { ("end_time", end.value) } else { ("start_time", from) };
    let from_name = start.map_or_else(|| "start_time".to_owned(), |start| start.name("start_time"));
    let wrong = format_args!("{from_name} is {from}, and {} is {}", end.name("end_time"), end.value);
    findings.add(rule, &path.field(field), value, wrong);
}

/// How a video of that length is analysed in windows.
pub(super) fn advise(length: f64) -> String {
    let windows = (length / LONGEST_WINDOW).ceil();
    format!("analyse it in {windows} items with windows of up to {LONGEST_WINDOW} seconds")
}
