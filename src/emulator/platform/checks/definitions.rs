//! Definitions of segments.

use std::collections::HashSet;

use serde_json::Value;

use super::fields::{Checked, Fields};
use super::format::Format;
use super::images::check_media_sources;
use super::order::Ranges;
use super::path::Path;
use super::segment_fields::check_segment_field;
use crate::emulator::options::UnknownFields;
use crate::emulator::platform::refusal::Refusal;
use crate::emulator::platform::spans::is_at_least;

/// The ways a time can be written.
pub(super) const TIME_FORMATS: [&str; 3] = ["seconds", "hh:mm:ss", "hh:mm:ss.fff"];

const NAMES: &[&str] = &["id", "description", "fields", "media_sources", "time_ranges"];
const MOST_DEFINITIONS: usize = 20;
const MOST_FIELDS: usize = 20;
const SHORTEST_RANGE: f64 = 2.0;

/// Checks the `segment_definitions` of a response format.
pub(super) fn check_definitions(format: &Fields<'_>, unknown: UnknownFields) -> Checked<Format> {
    let definitions = format.array("segment_definitions", 1, MOST_DEFINITIONS)?.unwrap_or_default();
    let list = format.path().field("segment_definitions");
    let mut ids = HashSet::new();
    let mut all_ranges: Option<Ranges> = None;
    for (index, definition) in definitions.iter().enumerate() {
        let path = list.index(index);
        let fields = Fields::read(definition, &path, &[NAMES], unknown)?;
        let id = fields.required_string("id")?;
        if !ids.insert(id.to_owned()) {
            return fields.invalid("id", format!("{id:?} occurs more than once"));
        }
        fields.required_string("description")?;
        let segment_fields = fields.array("fields", 0, MOST_FIELDS)?.unwrap_or_default();
        let list = path.field("fields");
        for (index, field) in segment_fields.iter().enumerate() {
            check_segment_field(field, &list.index(index), unknown)?;
        }
        check_media_sources(&fields, "description", unknown)?;
        for range in check_ranges(&fields, unknown)? {
            let seen = all_ranges.unwrap_or(range);
            let (start, end) = (seen.start.min(range.start), seen.end.max(range.end));
            all_ranges = Some(Ranges { start, end });
        }
    }
    Ok(Format { definitions: u32::try_from(definitions.len()).unwrap_or(u32::MAX), ranges: all_ranges })
}

fn check_ranges(definition: &Fields<'_>, unknown: UnknownFields) -> Checked<Vec<Ranges>> {
    let given = definition.array("time_ranges", 0, usize::MAX)?.unwrap_or_default();
    let list = definition.path().field("time_ranges");
    let mut ranges: Vec<Ranges> = Vec::with_capacity(given.len());
    for (index, range) in given.iter().enumerate() {
        let path = list.index(index);
        let range = check_range(range, &path, unknown)?;
        if ranges.iter().any(|other| range.start < other.end && other.start < range.end) {
            let problem = "it overlaps another range of the definition";
            return Err(Refusal::invalid(path, problem));
        }
        ranges.push(range);
    }
    Ok(ranges)
}

fn check_range(range: &Value, path: &Path<'_>, unknown: UnknownFields) -> Checked<Ranges> {
    let fields = Fields::read(range, path, &[&["start_time", "end_time"]], unknown)?;
    let (start, end) = (fields.required_number("start_time")?, fields.required_number("end_time")?);
    fields.number_from("start_time", 0.0)?;
    if !is_at_least(start, end, SHORTEST_RANGE) {
        return fields.invalid("end_time", "it is less than 2 seconds after start_time");
    }
    Ok(Ranges { start, end })
}
