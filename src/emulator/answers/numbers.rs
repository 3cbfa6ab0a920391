use fastrand::Rng;
use serde_json::{Map, Value};

use super::guesses;

/// How far from its only bound a number may be.
const REACH: i128 = 100;

/// The bounds of an integer, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    least: Option<i128>,
    largest: Option<i128>,
}

impl Bounds {
    /// The bounds that a schema states.
    pub(super) fn read(rules: &Map<String, Value>) -> Self {
        let least = [
            bound(rules, "minimum", f64::ceil),
            bound(rules, "exclusiveMinimum", f64::floor).map(|bound| bound.saturating_add(1)),
        ];
        let largest = [
            bound(rules, "maximum", f64::floor),
            bound(rules, "exclusiveMaximum", f64::ceil).map(|bound| bound.saturating_sub(1)),
        ];
        Self { least: least.into_iter().flatten().max(), largest: largest.into_iter().flatten().min() }
    }

    /// Whether `number` lies inside.
    pub(super) fn contain(self, number: i128) -> bool {
        self.least.is_none_or(|least| least <= number) && self.largest.is_none_or(|largest| number <= largest)
    }

    /// Some integer inside, for something called `name`.
    pub(super) fn pick(self, name: &str, random: &mut Rng) -> Value {
        let usual = guesses::largest(name);
        let (least, largest) = match (self.least, self.largest) {
            (Some(least), Some(largest)) => (least, largest),
            (Some(least), None) => (least, usual.max(least.saturating_add(REACH))),
            (None, Some(largest)) if largest >= 0 => (0, largest.min(usual)),
            (None, Some(largest)) => (largest.saturating_sub(REACH), largest),
            (None, None) => (0, usual),
        };
        let least = least.clamp(i128::from(i64::MIN), i128::from(u64::MAX));
        let largest = largest.clamp(least, i128::from(u64::MAX));
        integer(random.i128(least..=largest))
    }
}

/// Some number inside the bounds that a schema states, for something called `name`.
pub(super) fn number(rules: &Map<String, Value>, name: &str, random: &mut Rng) -> Value {
    let limit = |key: &str| rules.get(key).and_then(Value::as_f64);
    let least = larger(limit("minimum"), limit("exclusiveMinimum"));
    let largest = larger(limit("maximum").map(|bound| -bound), limit("exclusiveMaximum").map(|bound| -bound))
        .map(|bound| -bound);
    let usual = guesses::bounds(name);
    let (least, largest) = match (least, largest) {
        (Some(least), Some(largest)) => (least, largest),
        (Some(least), None) => (least, usual.1.max(least + 100.0)),
        (None, Some(largest)) => (usual.0.min(largest - 100.0), largest),
        (None, None) => usual,
    };
    // Away from both ends, which may be excluded.
    let exact = least + (largest - least) * (0.05 + 0.9 * random.f64());
    let short = (exact * 100.0).round() / 100.0;
    let chosen = if least < short && short < largest { short } else { exact };
    if chosen.is_finite() { chosen.into() } else { least.into() }
}

/// Whether `value` is one that the type called `kind` allows.
pub(super) fn is_of_type(value: &Value, kind: &str) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(is_whole),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

fn is_whole(number: f64) -> bool {
    number.is_finite() && number.fract().abs() < f64::EPSILON
}

fn larger(first: Option<f64>, second: Option<f64>) -> Option<f64> {
    first.into_iter().chain(second).reduce(f64::max)
}

fn integer(number: i128) -> Value {
    i64::try_from(number)
        .map(Value::from)
        .or_else(|_| u64::try_from(number).map(Value::from))
        .unwrap_or_default()
}

/// The bound `key`, brought to a whole number by `round`.
fn bound(rules: &Map<String, Value>, key: &str, round: fn(f64) -> f64) -> Option<i128> {
    let value = rules.get(key)?;
    value
        .as_i64()
        .map(i128::from)
        .or_else(|| value.as_u64().map(i128::from))
        .or_else(|| value.as_f64().map(|number| saturate(round(number))))
}

#[expect(clippy::cast_possible_truncation, reason = "a float becomes the nearest integer that can be had")]
fn saturate(number: f64) -> i128 {
    number as i128
}
