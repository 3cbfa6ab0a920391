use fastrand::Rng;
use serde_json::{Map, Value};

use super::prose::Narrator;
use super::{guesses, pattern};

/// A string that fits `rules`, for something called `name`.
pub(super) fn write(rules: &Map<String, Value>, name: &str, narrator: &mut Narrator<'_>) -> String {
    let matching = rules
        .get("pattern")
        .and_then(Value::as_str)
        .and_then(|pattern| pattern::write(pattern, &mut narrator.random));
    if let Some(text) = matching {
        return text;
    }
    let random = &mut narrator.random;
    match rules.get("format").and_then(Value::as_str) {
        Some("uuid") => write_uuid(random),
        Some("date") => write_date(random),
        Some("time") => write_time(random),
        Some("date-time") => format!("{}T{}", write_date(random), write_time(random)),
        _ => guesses::text(name, narrator),
    }
}

fn write_uuid(random: &mut Rng) -> String {
    // The bits that say `version 4, variant 1`.
    let bits = random.u128(..) & !(0xf << 76) & !(0x3 << 62) | 4 << 76 | 2 << 62;
    let digits = format!("{bits:032x}");
    [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)]
        .iter()
        .filter_map(|(start, end)| digits.get(*start..*end))
        .collect::<Vec<_>>()
        .join("-")
}

fn write_date(random: &mut Rng) -> String {
    let (year, month, day) = (random.u16(2015..=2026), random.u8(1..=12), random.u8(1..=28));
    format!("{year}-{month:02}-{day:02}")
}

fn write_time(random: &mut Rng) -> String {
    let (hour, minute, second) = (random.u8(..24), random.u8(..60), random.u8(..60));
    format!("{hour:02}:{minute:02}:{second:02}Z")
}
