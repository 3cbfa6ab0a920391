//! The fields that items and defaults have in common.

use super::fields::{Checked, Fields};
use super::format::{Format, check_format};
use super::prompt::check_prompt;
use crate::emulator::answers::Mode;
use crate::emulator::options::UnknownFields;

pub(super) const NAMES: &[&str] = &[
    "prompt",
    "response_format",
    "temperature",
    "max_tokens",
    "min_segment_duration",
    "max_segment_duration",
    "start_time",
    "end_time",
];

const SHORTEST_SEGMENT: f64 = 2.0;
const MOST_TOKENS: u64 = 98_304;

/// What the rules between fields need to know.
#[derive(Clone, Copy, Default)]
pub(super) struct Overrides {
    pub(super) has_prompt: bool,
    pub(super) format: Option<Format>,
    pub(super) min_segment: Option<f64>,
    pub(super) max_segment: Option<f64>,
    pub(super) start: Option<f64>,
    pub(super) end: Option<f64>,
}

impl Overrides {
    /// These, and the defaults where these have nothing.
    pub(super) fn or(&self, defaults: &Self) -> Self {
        Self {
            has_prompt: self.has_prompt || defaults.has_prompt,
            format: self.format.or(defaults.format),
            min_segment: self.min_segment.or(defaults.min_segment),
            max_segment: self.max_segment.or(defaults.max_segment),
            start: self.start.or(defaults.start),
            end: self.end.or(defaults.end),
        }
    }
}

/// Checks each field by itself and against the mode.
pub(super) fn check_overrides(fields: &Fields<'_>, mode: Mode, unknown: UnknownFields) -> Checked<Overrides> {
    if mode == Mode::TimeBasedMetadata && fields.has("prompt") {
        return fields.invalid("prompt", "it is not allowed in the mode time_based_metadata");
    }
    if let Some(prompt) = fields.get("prompt") {
        check_prompt(prompt, &fields.path().field("prompt"), unknown)?;
    }
    let place = fields.path().field("response_format");
    let format = fields.get("response_format").map(|format| check_format(format, &place, mode, unknown));
    if let Some(temperature) = fields.number("temperature")?
        && !(0.0..=1.0).contains(&temperature)
    {
        return fields.invalid("temperature", "it is not from 0 to 1");
    }
    let fewest = match mode {
        Mode::General => 512,
        Mode::TimeBasedMetadata => 2048,
    };
    fields.integer("max_tokens", fewest, MOST_TOKENS)?;
    for name in ["min_segment_duration", "max_segment_duration"] {
        if mode == Mode::General && fields.has(name) {
            return fields.invalid(name, "it is only allowed in the mode time_based_metadata");
        }
    }
    Ok(Overrides {
        has_prompt: fields.has("prompt"),
        format: format.transpose()?,
        min_segment: fields.number_from("min_segment_duration", SHORTEST_SEGMENT)?,
        max_segment: fields.number_from("max_segment_duration", SHORTEST_SEGMENT)?,
        start: fields.number_from("start_time", 0.0)?,
        end: fields.number_from("end_time", 0.0)?,
    })
}
