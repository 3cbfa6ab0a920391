//! What is known about the videos.

use std::collections::HashMap;

use super::findings::Findings;
use super::format;
use super::limits::{LONGEST_VIDEO, LONGEST_WINDOW, exceeds};
use super::path::Path;
use super::rules::Rule;
use super::settings::{Base, Settings};
use super::window;
use crate::models::{BatchItemRequest, MAX_HOURS, SegmentDefinition};

/// Lengths of videos in seconds, by the identifiers of their assets.
pub type Durations = HashMap<String, f64>;

/// Holds an item against the length of its video.
pub(super) fn check(
    item: &BatchItemRequest,
    path: &Path<'_>,
    (own, base): (&Settings<'_>, Base<'_>),
    length: f64,
    findings: &mut Findings,
) {
    let video = path.field("video");
    let asset = video.field("asset_id");
    let has_ranges = base.take(own, |settings| settings.response_format).is_some_and(|format| {
        let definitions = format::definitions(format.value).unwrap_or_default();
        check_ranges(definitions, path, &asset, (format.is_own, length), findings)
    });
    if exceeds(length, LONGEST_VIDEO) {
        let wrong = format_args!("{} has {length} seconds", item.video.asset_id);
        findings.add(Rule::VideoLongest, &asset, length, wrong);
        return;
    }
    let start = base.take(own, |settings| settings.start_time);
    let end = base.take(own, |settings| settings.end_time);
    for (taken, name) in [(start, "start_time"), (end, "end_time")] {
        let Some(taken) = taken else { continue };
        let is_beyond =
            if name == "start_time" { taken.value >= length } else { exceeds(taken.value, length) };
        if is_beyond {
            let own_path = path.field(name);
            let place = if taken.is_own { &own_path } else { &asset };
            let wrong =
                format_args!("{} is {}, and the video has {length} seconds", taken.name(name), taken.value);
            findings.add(Rule::WindowBeyond, place, taken.value, wrong);
            return;
        }
    }
    // Whole windows are judged where they are given. Ranges of time say themselves what is read.
    if end.is_none() && !base.is_unknown() && !has_ranges {
        let window = length - start.map_or(0.0, |start| start.value);
        if exceeds(window, LONGEST_WINDOW) {
            let wrong = format_args!("without an end_time the window has {window} seconds");
            let hint = window::advise(length);
            findings.add_with_hint(Rule::WindowLongest, &asset, window, wrong, Some(hint));
        }
    }
}

/// True when there are ranges.
fn check_ranges(
    definitions: &[SegmentDefinition],
    item: &Path<'_>,
    asset: &Path<'_>,
    (is_own, length): (bool, f64),
    findings: &mut Findings,
) -> bool {
    let mut has_ranges = false;
    let format = item.field("response_format");
    let list = format.field("segment_definitions");
    for (number, definition) in definitions.iter().enumerate() {
        let definition_path = list.element(number);
        let ranges_path = definition_path.field("time_ranges");
        for (index, range) in definition.time_ranges.iter().flatten().enumerate() {
            has_ranges = true;
            let end = range.end_time;
            if !exceeds(end, length) {
                continue;
            }
            let whose = if is_own { "" } else { "defaults." };
            let wrong = format_args!(
                "{whose}response_format.segment_definitions[{number}].time_ranges[{index}] ends at {end}, \
                 and the video has {length} seconds"
            );
            let range_path = ranges_path.element(index);
            let own_place = range_path.field("end_time");
            let place = if is_own { &own_place } else { asset };
            findings.add(Rule::RangeBeyond, place, end, wrong);
        }
    }
    has_ranges
}

/// The hours of all videos whose length is known, held against what a batch may have.
pub(super) fn add_up(items: &[Option<&BatchItemRequest>], durations: &Durations, findings: &mut Findings) {
    let mut known = 0_usize;
    let mut seconds = 0.0;
    for item in items.iter().flatten() {
        if let Some(length) = durations.get(&item.video.asset_id) {
            known += 1;
            seconds += length;
        }
    }
    let hours = seconds / 3600.0;
    findings.report.facts.hours = (known > 0).then_some(hours);
    findings.report.facts.unknown_durations = items.len() - known;
    if exceeds(hours, MAX_HOURS) {
        let wrong = format_args!("the videos have {hours:.1} hours");
        findings.add(Rule::RequestsHours, &Path::argument("requests"), hours, wrong);
    }
}
