use fastrand::Rng;
use serde_json::{Map, Value};

use super::ask::Ask;
use super::fields;
use super::prose::{Narrator, topics};
use super::timeline::Rules;
use super::times::{Span, TimeFormat};
use super::tokens::{self, CHARACTERS};

/// How many segments an answer has at most, unless the ranges of its definitions are more.
const MOST: u32 = 120;

/// How many segments of one definition are found on their own accord, at least and at most.
const MOST_EACH: (u32, u32) = (6, 48);

/// The segments of one definition.
struct Track {
    /// The key, as JSON.
    key: String,
    /// The segments, as JSON.
    segments: Vec<String>,
}

/// JSON text with the segments of each definition, short enough for the tokens of `ask`.
pub(super) fn write(ask: &Ask<'_>, mut random: Rng) -> String {
    let format = ask.response_format.unwrap_or(&Value::Null);
    let definitions: Vec<(&str, &Value)> = format
        .get("segment_definitions")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|definition| Some((definition.get("id")?.as_str()?, definition)))
        .collect();
    let time_format = TimeFormat::parse(format.get("segment_time_format")).unwrap_or(TimeFormat::Seconds);
    let share = MOST / u32::try_from(definitions.len()).unwrap_or(MOST).max(1);
    let rules = Rules {
        window: ask.window,
        shortest: ask.min_segment_duration.filter(|seconds| *seconds > 0.0),
        longest: ask.max_segment_duration.filter(|seconds| *seconds > 0.0),
        step: time_format.step(),
        most: share.clamp(MOST_EACH.0, MOST_EACH.1),
    };
    let mut tracks: Vec<Track> = Vec::with_capacity(definitions.len());
    for (id, definition) in definitions {
        let key = Value::from(id).to_string();
        if tracks.iter().all(|track| track.key != key) {
            let random = random.fork();
            let segments = write_segments(definition, &rules, time_format, random);
            tracks.push(Track { key, segments });
        }
    }
    thin_out(&mut tracks, ask.max_tokens.saturating_mul(CHARACTERS));
    join(&tracks)
}

fn write_segments(
    definition: &Value,
    rules: &Rules,
    time_format: TimeFormat,
    mut random: Rng,
) -> Vec<String> {
    let spans = match definition.get("time_ranges").and_then(Value::as_array) {
        Some(ranges) if !ranges.is_empty() => read_ranges(ranges, time_format),
        _ => rules.divide(&mut random),
    };
    let description = definition.get("description").and_then(Value::as_str);
    let topics = topics(description.unwrap_or_default());
    let mut narrator = Narrator::new(random, topics, Span::inside(rules.window));
    let fields = definition.get("fields").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    spans
        .into_iter()
        .map(|span| {
            narrator.turn_to(span);
            let mut segment = Map::new();
            segment.insert("start_time".into(), time_format.write(span.start));
            segment.insert("end_time".into(), time_format.write(span.end));
            segment.insert("metadata".into(), fields::write(fields, &mut narrator).into());
            Value::Object(segment).to_string()
        })
        .collect()
}

/// The ranges that a definition names, in order, as far as they can be written and do not overlap.
fn read_ranges(ranges: &[Value], time_format: TimeFormat) -> Vec<Span> {
    let mut spans: Vec<Span> = ranges
        .iter()
        .filter_map(|range| {
            let time = |key| range.get(key).and_then(Value::as_f64);
            Span::inside((time("start_time")?, time("end_time")?)).align(time_format.step())
        })
        .filter(|span| span.length() > 0)
        .collect();
    spans.sort_by_key(|span| span.start);
    let mut end = 0;
    spans.retain(|span| {
        let is_apart = span.start >= end;
        if is_apart {
            end = span.end;
        }
        is_apart
    });
    spans
}

/// Drops segments until the text has no more than `most` characters, where there are many first.
fn thin_out(tracks: &mut [Track], most: u64) {
    let mut length = tokens::measure(&join(tracks));
    while length > most {
        let longest = tracks.iter_mut().max_by_key(|track| track.segments.len());
        let Some(segment) = longest.and_then(|track| track.segments.pop()) else {
            return;
        };
        // The comma before it may have gone with it, which is a character to the good.
        length -= tokens::measure(&segment);
    }
}

fn join(tracks: &[Track]) -> String {
    let mut text = String::from("{");
    for (index, track) in tracks.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        text.push_str(&track.key);
        text.push_str(":[");
        text.push_str(&track.segments.join(","));
        text.push(']');
    }
    text.push('}');
    text
}
