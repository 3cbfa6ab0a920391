//! Ranges of time in which segments are looked for.

use serde_json::json;

use super::findings::Findings;
use super::limits::{SHORTEST_RANGE, reaches};
use super::path::Path;
use super::rules::Rule;
use crate::models::AnalyzeTimeRange;

pub(super) fn check(ranges: &[AnalyzeTimeRange], path: &Path<'_>, findings: &mut Findings) {
    for (index, range) in ranges.iter().enumerate() {
        check_range(range, &path.element(index), findings);
    }
    check_overlaps(ranges, path, findings);
}

fn check_range(range: &AnalyzeTimeRange, path: &Path<'_>, findings: &mut Findings) {
    let (start, end) = (range.start_time, range.end_time);
    let mut is_told = false;
    for (name, seconds) in [("start_time", start), ("end_time", end)] {
        if seconds < 0.0 || seconds.is_nan() {
            findings.add(
                Rule::RangeNegative,
                &path.field(name),
                seconds,
                format_args!("{seconds} is negative"),
            );
            is_told = true;
        }
    }
    if is_told {
        return;
    }
    let place = path.field("end_time");
    if end <= start {
        let wrong = format_args!("start_time is {start}, and end_time is {end}");
        findings.add(Rule::RangeOrder, &place, end, wrong);
    } else if !reaches(end - start, SHORTEST_RANGE) {
        let wrong = format_args!("from {start} to {end} there are fewer");
        findings.add(Rule::RangeShortest, &place, end, wrong);
    }
}

fn check_overlaps(ranges: &[AnalyzeTimeRange], path: &Path<'_>, findings: &mut Findings) {
    let is_in_order = ranges.windows(2).all(|pair| match pair {
        [before, after] => after.start_time >= before.end_time,
        _ => true,
    });
    if is_in_order {
        return;
    }
    let mut sorted: Vec<(usize, &AnalyzeTimeRange)> =
        ranges.iter().enumerate().filter(|(_, range)| range.end_time > range.start_time).collect();
    sorted.sort_by(|(_, left), (_, right)| left.start_time.total_cmp(&right.start_time));
    let mut sorted = sorted.into_iter();
    let Some(mut last) = sorted.next() else { return };
    for next in sorted {
        if next.1.start_time < last.1.end_time {
            // Told at the one that was given later.
            let (earlier, later) = if next.0 > last.0 { (last, next) } else { (next, last) };
            let range = later.1;
            let wrong = format_args!("it overlaps with time_ranges[{}]", earlier.0);
            let value = json!({"start_time": range.start_time, "end_time": range.end_time});
            findings.add(Rule::RangeOverlap, &path.element(later.0), value, wrong);
        }
        if next.1.end_time > last.1.end_time {
            last = next;
        }
    }
}
