//! One request of a batch.

use serde_json::Value;

use super::fields::{Checked, Fields};
use super::order::OrderedItem;
use super::overrides::{NAMES, Overrides, check_overrides};
use super::path::Path;
use crate::emulator::answers::Mode;
use crate::emulator::identifier::Identifier;
use crate::emulator::options::UnknownFields;
use crate::emulator::platform::refusal::Refusal;
use crate::emulator::platform::spans::is_at_least;

const LONGEST_CUSTOM_ID: usize = 64;
const SHORTEST_WINDOW: f64 = 1.0;

/// Checks a request together with the defaults of its batch.
pub(super) fn check_item(
    request: &Value,
    path: &Path<'_>,
    mode: Mode,
    defaults: &Overrides,
    unknown: UnknownFields,
) -> Checked<OrderedItem> {
    let fields = Fields::read(request, path, &[&["video", "custom_id"], NAMES], unknown)?;
    let custom_id = check_custom_id(&fields)?;
    let asset = check_video(&fields, unknown)?;
    let own = check_overrides(&fields, mode, unknown)?;
    let effective = own.or(defaults);
    check_needs(&fields, mode, &effective)?;
    let item = Combination { fields: &fields, effective: &effective };
    item.check_window()?;
    item.check_segments()?;
    item.check_ranges()?;
    Ok(OrderedItem {
        custom_id,
        asset,
        start: effective.start,
        end: effective.end,
        ranges: effective.format.and_then(|format| format.ranges),
        definitions: effective.format.map_or(1, |format| format.definitions.max(1)),
    })
}

fn check_custom_id(fields: &Fields<'_>) -> Checked<Option<String>> {
    let Some(custom_id) = fields.string("custom_id")? else { return Ok(None) };
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if custom_id.is_empty() || custom_id.len() > LONGEST_CUSTOM_ID || !custom_id.bytes().all(is_allowed) {
        return fields.invalid("custom_id", "it is not 1 to 64 letters, digits, hyphens and underscores");
    }
    Ok(Some(custom_id.to_owned()))
}

fn check_video(fields: &Fields<'_>, unknown: UnknownFields) -> Checked<Identifier> {
    let video = fields.require("video")?;
    let path = fields.path().field("video");
    let video = Fields::read(video, &path, &[&["type", "asset_id"]], unknown)?;
    video.required_string("type")?;
    video.word("type", &["asset_id"])?;
    let asset_id = video.required_string("asset_id")?;
    Identifier::parse(asset_id)
        .map_or_else(|| video.invalid("asset_id", "it is not 24 hexadecimal digits"), Ok)
}

fn check_needs(fields: &Fields<'_>, mode: Mode, effective: &Overrides) -> Checked<()> {
    let (name, is_given) = match mode {
        Mode::General => ("prompt", effective.has_prompt),
        Mode::TimeBasedMetadata => ("response_format", effective.format.is_some()),
    };
    if is_given { Ok(()) } else { Err(Refusal::missing(fields.path().field(name))) }
}

/// An item's fields together with the defaults it takes over.
struct Combination<'a> {
    fields: &'a Fields<'a>,
    effective: &'a Overrides,
}

impl Combination<'_> {
    /// Blames the item's own field, or the default it takes over.
    fn blame<T>(&self, name: &str, problem: &str) -> Checked<T> {
        if self.fields.has(name) {
            return self.fields.invalid(name, problem);
        }
        let root = Path::Root;
        Err(Refusal::invalid(root.field("defaults").field(name), problem))
    }

    fn check_window(&self) -> Checked<()> {
        let Some(end) = self.effective.end else { return Ok(()) };
        let start = self.effective.start.unwrap_or(0.0);
        if end <= start {
            return self.blame("end_time", "it is not greater than start_time");
        }
        if !is_at_least(start, end, SHORTEST_WINDOW) {
            return self.blame("end_time", "it is less than 1 second after start_time");
        }
        Ok(())
    }

    fn check_segments(&self) -> Checked<()> {
        match (self.effective.min_segment, self.effective.max_segment) {
            (Some(min), Some(max)) if max < min => {
                self.blame("max_segment_duration", "it is less than min_segment_duration")
            }
            _ => Ok(()),
        }
    }

    fn check_ranges(&self) -> Checked<()> {
        if self.effective.format.is_none_or(|format| format.ranges.is_none()) {
            return Ok(());
        }
        let given = [
            ("start_time", self.effective.start),
            ("end_time", self.effective.end),
            ("min_segment_duration", self.effective.min_segment),
            ("max_segment_duration", self.effective.max_segment),
        ];
        match given.into_iter().find(|(_, value)| value.is_some()) {
            Some((name, _)) => self.blame(name, "it cannot be combined with time_ranges"),
            None => Ok(()),
        }
    }
}
