//! The shape of an answer.

use serde_json::Value;

use super::definitions::{TIME_FORMATS, check_definitions};
use super::fields::{Checked, Fields};
use super::order::Ranges;
use super::path::Path;
use super::schema::check_schema;
use crate::emulator::answers::Mode;
use crate::emulator::options::UnknownFields;

const NAMES: &[&str] = &["type", "json_schema", "segment_definitions", "segment_time_format"];

/// What the rules of an item need to know of a format.
#[derive(Clone, Copy)]
pub(super) struct Format {
    pub(super) definitions: u32,
    pub(super) ranges: Option<Ranges>,
}

/// Checks a response format.
pub(super) fn check_format(
    format: &Value,
    path: &Path<'_>,
    mode: Mode,
    unknown: UnknownFields,
) -> Checked<Format> {
    let fields = Fields::read(format, path, &[NAMES], unknown)?;
    fields.required_string("type")?;
    let kind = fields.word("type", &["json_schema", "segment_definitions"])?;
    let fitting = match mode {
        Mode::General => "json_schema",
        Mode::TimeBasedMetadata => "segment_definitions",
    };
    if kind != Some(fitting) {
        return fields.invalid("type", format!("the analysis mode of the batch needs {fitting}"));
    }
    match mode {
        Mode::General => {
            if fields.has("segment_time_format") {
                return fields.invalid("segment_time_format", "it is only allowed with segment_definitions");
            }
            check_schema(fields.require("json_schema")?, &path.field("json_schema"))?;
            // Definitions of another type are not used, but still have to be definitions.
            if check_definitions(&fields, unknown)?.ranges.is_some() {
                let problem = "time_ranges are only allowed in the mode time_based_metadata";
                return fields.invalid("segment_definitions", problem);
            }
            Ok(Format { definitions: 1, ranges: None })
        }
        Mode::TimeBasedMetadata => {
            fields.word("segment_time_format", &TIME_FORMATS)?;
            fields.require("segment_definitions")?;
            if fields.get("json_schema").is_some_and(|schema| !schema.is_object()) {
                return fields.invalid("json_schema", "it is not an object");
            }
            check_definitions(&fields, unknown)
        }
    }
}
