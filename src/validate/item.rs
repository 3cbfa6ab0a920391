//! One item, and the settings that it shares with the defaults.

use super::batch::Need;
use super::durations;
use super::findings::{Findings, quote};
use super::format;
use super::limits::{
    ASSET_ID_DIGITS, FEWEST_TOKENS, FEWEST_TOKENS_TIME_BASED, LONGEST_CUSTOM_ID, MOST_TOKENS,
    SHORTEST_SEGMENT,
};
use super::path::Path;
use super::prompt;
use super::rules::Rule;
use super::settings::{Base, Mode, Settings, Takers};
use super::window;
use crate::models::BatchItemRequest;

/// Checks an item, alone and with what it takes from the defaults.
pub(super) fn check(
    item: &BatchItemRequest,
    path: &Path<'_>,
    base: Base<'_>,
    (mode, need, length): (Option<Mode>, Need, Option<f64>),
    findings: &mut Findings,
) {
    check_video(item, path, findings);
    check_custom_id(item, path, findings);
    let own = Settings::of_item(item);
    check_settings(&own, path, mode, findings);
    check_together(&own, base, path, mode, findings);
    if need == Need::Prompt && own.prompt.is_none() {
        let wrong = "there is none, and `defaults` has none";
        findings.add(Rule::PromptRequired, &path.field("prompt"), None::<&str>, wrong);
    }
    if need == Need::ResponseFormat && own.response_format.is_none() {
        let wrong = "there is none, and `defaults` has none";
        findings.add(Rule::FormatRequired, &path.field("response_format"), None::<&str>, wrong);
    }
    if let Some(length) = length {
        durations::check(item, path, (&own, base), length, findings);
    }
}

fn check_video(item: &BatchItemRequest, path: &Path<'_>, findings: &mut Findings) {
    let video = path.field("video");
    let kind = item.video.r#type.as_str();
    if kind != "asset_id" {
        findings.refuse(Rule::VideoType, &video.field("type"), kind, quote(kind));
    }
    let asset = item.video.asset_id.as_str();
    if !is_asset_id(asset) {
        findings.refuse(Rule::VideoAssetId, &video.field("asset_id"), asset, quote(asset));
    }
}

/// Whether a text has the form of an asset's identifier.
pub(super) fn is_asset_id(text: &str) -> bool {
    text.len() == ASSET_ID_DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a text says nothing.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

fn check_custom_id(item: &BatchItemRequest, path: &Path<'_>, findings: &mut Findings) {
    let Some(id) = item.custom_id.as_deref() else { return };
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if !id.bytes().all(is_word) {
        findings.refuse(Rule::CustomIdPattern, &path.field("custom_id"), id, quote(id));
    }
    let length = id.chars().count();
    if !(1..=LONGEST_CUSTOM_ID).contains(&length) {
        let hint = (length == 0).then(|| "leave it out to have none".to_owned());
        findings.refuse_with_hint(Rule::CustomIdLength, &path.field("custom_id"), id, length, hint);
    }
}

/// Checks each setting by itself.
pub(super) fn check_settings(
    settings: &Settings<'_>,
    path: &Path<'_>,
    mode: Option<Mode>,
    findings: &mut Findings,
) {
    if let Some(given) = settings.prompt {
        prompt::check(given, &path.field("prompt"), mode, findings);
    }
    if let Some(given) = settings.response_format {
        format::check(given, &path.field("response_format"), mode, findings);
    }
    if let Some(temperature) = settings.temperature.filter(|given| !(0.0..=1.0).contains(given)) {
        findings.refuse(Rule::TemperatureRange, &path.field("temperature"), temperature, temperature);
    }
    if let Some(tokens) = settings.max_tokens {
        let fewest = if mode == Some(Mode::TimeBased) { FEWEST_TOKENS_TIME_BASED } else { FEWEST_TOKENS };
        if !(fewest..=MOST_TOKENS).contains(&tokens) {
            findings.refuse(Rule::MaxTokensRange, &path.field("max_tokens"), tokens, tokens);
        }
    }
    check_segment_duration(
        settings.min_segment_duration,
        &path.field("min_segment_duration"),
        mode,
        findings,
    );
    check_segment_duration(
        settings.max_segment_duration,
        &path.field("max_segment_duration"),
        mode,
        findings,
    );
    window::check_time(settings.start_time, &path.field("start_time"), findings);
    window::check_time(settings.end_time, &path.field("end_time"), findings);
}

fn check_segment_duration(given: Option<f64>, path: &Path<'_>, mode: Option<Mode>, findings: &mut Findings) {
    let Some(seconds) = given else { return };
    if mode == Some(Mode::General) {
        findings.add(Rule::SegmentDurationMode, path, seconds, "the mode is `general`");
    }
    if seconds < SHORTEST_SEGMENT || seconds.is_nan() {
        findings.refuse(Rule::SegmentDurationRange, path, seconds, seconds);
    }
}

/// Checks settings that belong together, where at least one is given here.
pub(super) fn check_together(
    own: &Settings<'_>,
    base: Base<'_>,
    path: &Path<'_>,
    mode: Option<Mode>,
    findings: &mut Findings,
) {
    window::check(own, base, path, findings);
    check_segment_durations(own, base, path, findings);
    check_ranges(own, base, path, mode, findings);
}

/// Checks settings of the defaults that belong together, as far as an item takes them together.
pub(super) fn check_taken_together(
    own: &Settings<'_>,
    takers: &Takers<'_>,
    path: &Path<'_>,
    mode: Option<Mode>,
    findings: &mut Findings,
) {
    let nothing = Base::Known(Settings::default());
    if takers.leave(|item| item.start_time.is_some() || item.end_time.is_some()) {
        window::check(own, nothing, path, findings);
    }
    if takers.leave(|item| item.min_segment_duration.is_some() || item.max_segment_duration.is_some()) {
        check_segment_durations(own, nothing, path, findings);
    }
    let beside_format = |given: Option<f64>, gives: fn(&Settings<'_>) -> bool| {
        given.filter(|_| takers.leave(|item| item.response_format.is_some() || gives(item)))
    };
    let taken = Settings {
        start_time: beside_format(own.start_time, |item| item.start_time.is_some()),
        end_time: beside_format(own.end_time, |item| item.end_time.is_some()),
        min_segment_duration: beside_format(own.min_segment_duration, |item| {
            item.min_segment_duration.is_some()
        }),
        max_segment_duration: beside_format(own.max_segment_duration, |item| {
            item.max_segment_duration.is_some()
        }),
        ..*own
    };
    check_ranges(&taken, nothing, path, mode, findings);
}

fn check_segment_durations(own: &Settings<'_>, base: Base<'_>, path: &Path<'_>, findings: &mut Findings) {
    let (Some(shortest), Some(longest)) = (
        base.take(own, |settings| settings.min_segment_duration),
        base.take(own, |settings| settings.max_segment_duration),
    ) else {
        return;
    };
    if longest.value >= shortest.value || !(longest.is_own || shortest.is_own) {
        return;
    }
    let (field, value) = if longest.is_own {
        ("max_segment_duration", longest.value)
    } else {
        ("min_segment_duration", shortest.value)
    };
    let wrong = format_args!(
        "{} is {}, and {} is {}",
        longest.name("max_segment_duration"),
        longest.value,
        shortest.name("min_segment_duration"),
        shortest.value
    );
    findings.add(Rule::SegmentDurationOrder, &path.field(field), value, wrong);
}

/// Time ranges exclude every other way to say where to look.
fn check_ranges(
    own: &Settings<'_>,
    base: Base<'_>,
    path: &Path<'_>,
    mode: Option<Mode>,
    findings: &mut Findings,
) {
    let Some(format) = base.take(own, |settings| settings.response_format) else { return };
    let Some(place) = format::first_ranges(format.value) else { return };
    let exclusions: [(&str, Option<_>, Rule); 4] = [
        ("start_time", base.take(own, |settings| settings.start_time), Rule::WindowRanges),
        ("end_time", base.take(own, |settings| settings.end_time), Rule::WindowRanges),
        (
            "min_segment_duration",
            base.take(own, |settings| settings.min_segment_duration),
            Rule::SegmentDurationRanges,
        ),
        (
            "max_segment_duration",
            base.take(own, |settings| settings.max_segment_duration),
            Rule::SegmentDurationRanges,
        ),
    ];
    for (name, taken, rule) in exclusions {
        let Some(taken) = taken else { continue };
        // Durations are refused in that mode already.
        let is_told = rule == Rule::SegmentDurationRanges && mode == Some(Mode::General);
        if is_told || !(taken.is_own || format.is_own) {
            continue;
        }
        let wrong = format_args!(
            "{} is {}, and {}.segment_definitions[{place}] has time_ranges",
            taken.name(name),
            taken.value,
            format.name("response_format"),
        );
        if taken.is_own {
            findings.add(rule, &path.field(name), taken.value, wrong);
        } else {
            let format = path.field("response_format");
            let definitions = format.field("segment_definitions");
            let definition = definitions.element(place);
            findings.add(rule, &definition.field("time_ranges"), taken.value, wrong);
        }
    }
}
