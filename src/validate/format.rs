//! Response formats.

use serde_json::Value;

use super::definitions;
use super::findings::{Findings, quote};
use super::limits::TIME_FORMATS;
use super::path::Path;
use super::rules::Rule;
use super::schema;
use super::settings::Mode;
use crate::models::{AsyncResponseFormat, SegmentDefinition};

const SCHEMA: &str = "json_schema";
const SEGMENTS: &str = "segment_definitions";

pub(super) fn check(
    format: &AsyncResponseFormat,
    path: &Path<'_>,
    mode: Option<Mode>,
    findings: &mut Findings,
) {
    check_type(format, path, mode, findings);
    if let Some(time_format) = format.segment_time_format.as_deref() {
        let place = path.field("segment_time_format");
        if !TIME_FORMATS.contains(&time_format) {
            findings.refuse(Rule::TimeFormatKnown, &place, time_format, quote(time_format));
        }
        if format.r#type != SEGMENTS {
            let wrong = format_args!("the type is {}", quote(&format.r#type));
            findings.add(Rule::TimeFormatType, &place, time_format, wrong);
        }
    }
    // A schema that the type does not name does not count; definitions have to be some all the same.
    if let Some(given) = format.json_schema.as_ref().filter(|_| format.r#type != SEGMENTS) {
        schema::check(given, &path.field(SCHEMA), findings);
    }
    if let Some(given) = &format.segment_definitions {
        definitions::check(given, &path.field(SEGMENTS), findings);
        if mode == Some(Mode::General) {
            definitions::refuse_ranges(given, &path.field(SEGMENTS), findings);
        }
    }
}

/// The definitions that count.
pub(super) fn definitions(format: &AsyncResponseFormat) -> Option<&[SegmentDefinition]> {
    format.segment_definitions.as_deref().filter(|_| format.r#type != SCHEMA)
}

fn check_type(format: &AsyncResponseFormat, path: &Path<'_>, mode: Option<Mode>, findings: &mut Findings) {
    let kind = format.r#type.as_str();
    let place = path.field("type");
    let (right, is_there, wrong) = match kind {
        SCHEMA => (Mode::General, format.json_schema.is_some(), format.segment_definitions.is_some()),
        SEGMENTS => (Mode::TimeBased, format.segment_definitions.is_some(), format.json_schema.is_some()),
        _ => {
            findings.refuse(Rule::FormatType, &place, kind, quote(kind));
            return;
        }
    };
    if mode.is_some_and(|mode| mode != right) {
        let mode = if right == Mode::General { "time_based_metadata" } else { "general" };
        findings.add(Rule::FormatMode, &place, kind, format_args!("the mode is `{mode}`"));
    }
    if !is_there {
        findings.add(Rule::FormatIncomplete, path, Value::Null, format_args!("there is no {kind}"));
    }
    if wrong {
        let other = if kind == SCHEMA { SEGMENTS } else { SCHEMA };
        findings.add(
            Rule::FormatUnused,
            &path.field(other),
            Value::Null,
            format_args!("the type is `{kind}`"),
        );
    }
}

/// The first definition that has time ranges.
pub(super) fn first_ranges(format: &AsyncResponseFormat) -> Option<usize> {
    definitions(format)?
        .iter()
        .position(|definition| definition.time_ranges.as_ref().is_some_and(|ranges| !ranges.is_empty()))
}
