use serde_json::{Map, Value};

use super::heights::{ENDLESS, Heights};
use super::numbers::{self, Bounds};
use super::prose::Narrator;
use super::strings;
use super::times::{Span, TimeFormat};
use super::tokens::{self, CHARACTERS};

/// From which depth on only what is required is written.
const THRIFTY_DEPTH: u32 = 12;

/// Where a schema that cannot be satisfied is given up.
const DEEPEST: u32 = 192;

/// After how many characters only what is required is written, however much room there is.
const USUAL_CHARACTERS: u64 = 8_000;

/// What a value takes at least, with the marks around it and its name.
const PUNCTUATION: u64 = 6;

/// How many values are written at most.
const MOST_VALUES: u64 = 20_000;

/// How many items an array gets if the schema asks for more than can be believed.
const MOST_ITEMS: u64 = 64;

/// Keys that say nothing about the value, or nothing beside a reference or a choice.
const ANNOTATIONS: &[&str] =
    &["$comment", "$defs", "$id", "$schema", "default", "deprecated", "description", "examples", "title"];

/// JSON text that fits `schema`, short enough for `max_tokens` where the schema allows it.
pub(super) fn write(schema: &Value, narrator: Narrator<'_>, max_tokens: u64) -> String {
    let span = narrator.span();
    let mut writer = Writer {
        root: schema,
        heights: Heights::measure(schema),
        narrator,
        values: 0,
        characters: 0,
        // Half of what there is room for; the other half is for what has been begun.
        thrifty_after: max_tokens.saturating_mul(CHARACTERS / 2).min(USUAL_CHARACTERS),
    };
    let place = Place { name: "", span, depth: 0 };
    writer.write(schema, place).to_string()
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// The property it belongs to.
    name: &'a str,
    /// The part of the video it is about.
    span: Span,
    depth: u32,
}

impl Place<'_> {
    fn deeper(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }

    /// The time that a property has because of its name.
    fn boundary(self, format: TimeFormat) -> Option<u32> {
        match self.name {
            "start_time" => Some(self.span.first(format)),
            "end_time" => Some(self.span.last(format)),
            _ => None,
        }
    }
}

struct Writer<'a> {
    root: &'a Value,
    heights: Heights<'a>,
    narrator: Narrator<'a>,
    values: u64,
    /// About how many have been written.
    characters: u64,
    thrifty_after: u64,
}

impl Writer<'_> {
    fn write(&mut self, schema: &Value, place: Place<'_>) -> Value {
        self.values += 1;
        self.characters += PUNCTUATION;
        if place.depth > DEEPEST || self.values > MOST_VALUES {
            return Value::Null;
        }
        let Some(rules) = schema.as_object() else {
            return self.write_string(&Map::new(), place);
        };
        if let Some(value) = rules.get("const") {
            return value.clone();
        }
        if let Some(value) = self.choose_listed(rules) {
            return value;
        }
        if let Some(target) = rules.get("$ref").and_then(Value::as_str) {
            let found = target.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer));
            return match found {
                Some(found) => self.write_joined(rules, "$ref", found, place),
                None => Value::Null,
            };
        }
        if let Some(choices) = rules.get("anyOf").and_then(Value::as_array)
            && let Some(choice) = self.choose_way(choices, place)
        {
            return self.write_joined(rules, "anyOf", choice, place);
        }
        self.write_typed(rules, place)
    }

    /// One of the values of `enum` that the type allows.
    fn choose_listed(&mut self, rules: &Map<String, Value>) -> Option<Value> {
        let listed = rules.get("enum")?.as_array()?;
        let kinds = kinds(rules);
        let fitting: Vec<&Value> = listed
            .iter()
            .filter(|value| kinds.is_empty() || kinds.iter().any(|kind| numbers::is_of_type(value, kind)))
            .collect();
        self.narrator.random.choice(fitting).cloned()
    }

    /// One of the choices that come to an end, seldom `null`.
    fn choose_way<'b>(&mut self, choices: &'b [Value], place: Place<'_>) -> Option<&'b Value> {
        let heights: Vec<u32> = choices.iter().map(|way| self.heights.of(way)).collect();
        let lowest = heights.iter().min().copied()?;
        let highest = if self.is_thrifty(place) { lowest } else { lowest.max(ENDLESS - 1) };
        let open: Vec<&Value> = choices
            .iter()
            .zip(heights)
            .filter_map(|(way, height)| (height <= highest).then_some(way))
            .collect();
        let chosen = self.narrator.random.choice(&open).copied()?;
        if chosen.get("type").and_then(Value::as_str) == Some("null") {
            return self.narrator.random.choice(&open).copied();
        }
        Some(chosen)
    }

    /// What fits both `rules` without their `key` and `other`.
    fn write_joined(
        &mut self,
        rules: &Map<String, Value>,
        key: &str,
        other: &Value,
        place: Place<'_>,
    ) -> Value {
        let says_more = rules.keys().any(|rule| rule != key && !ANNOTATIONS.contains(&rule.as_str()));
        match other.as_object() {
            Some(other) if says_more => {
                let joined = join(rules, key, other);
                self.write(&Value::Object(joined), place.deeper())
            }
            _ => self.write(other, place.deeper()),
        }
    }

    fn write_typed(&mut self, rules: &Map<String, Value>, place: Place<'_>) -> Value {
        let kinds = kinds(rules);
        let kind = match self.narrator.choose(&kinds) {
            "null" => self.narrator.choose(&kinds),
            "" => guess_kind(rules),
            kind => kind,
        };
        match kind {
            "null" => Value::Null,
            "boolean" => self.narrator.random.bool().into(),
            "integer" => self.write_integer(rules, place),
            "number" => match place.boundary(TimeFormat::Seconds) {
                Some(time) => TimeFormat::Seconds.write(time),
                None => numbers::number(rules, place.name, &mut self.narrator.random),
            },
            "timestamp" => self.write_timestamp(rules, place),
            "array" => self.write_array(rules, place),
            "object" => self.write_object(rules, place),
            _ => self.write_string(rules, place),
        }
    }

    fn write_string(&mut self, rules: &Map<String, Value>, place: Place<'_>) -> Value {
        if let Some(time) = place.boundary(TimeFormat::Milliseconds) {
            return TimeFormat::Milliseconds.write(time);
        }
        self.narrator.turn_to(place.span);
        let text = strings::write(rules, place.name, &mut self.narrator);
        self.characters += tokens::measure(&text);
        text.into()
    }

    fn write_integer(&mut self, rules: &Map<String, Value>, place: Place<'_>) -> Value {
        let bounds = Bounds::read(rules);
        place
            .boundary(TimeFormat::Clock)
            .map(|time| time / 1000)
            .filter(|seconds| bounds.contain(i128::from(*seconds)))
            .map_or_else(|| bounds.pick(place.name, &mut self.narrator.random), Value::from)
    }

    fn write_timestamp(&mut self, rules: &Map<String, Value>, place: Place<'_>) -> Value {
        let format = TimeFormat::parse(rules.get("format")).unwrap_or(TimeFormat::Milliseconds);
        let time =
            place.boundary(format).unwrap_or_else(|| place.span.pick(&mut self.narrator.random, format));
        format.write(time)
    }

    fn write_array(&mut self, rules: &Map<String, Value>, place: Place<'_>) -> Value {
        let asked = rules.get("minItems").and_then(Value::as_u64).unwrap_or(0);
        let items = rules.get("items");
        let height = items.map_or(0, |items| self.heights.of(items));
        let usual =
            if self.is_thrifty(place) || height == ENDLESS { 0 } else { self.narrator.random.u64(1..=4) };
        let count = u32::try_from(asked.min(MOST_ITEMS).max(usual)).unwrap_or(0);
        (0..count)
            .map(|index| {
                let place = Place { span: place.span.slot(index, count), ..place.deeper() };
                self.write(items.unwrap_or(&Value::Bool(true)), place)
            })
            .collect()
    }

    fn write_object(&mut self, rules: &Map<String, Value>, place: Place<'_>) -> Value {
        let nothing = Map::new();
        let properties = rules.get("properties").and_then(Value::as_object).unwrap_or(&nothing);
        let required: Vec<&str> = rules
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let is_segment = properties.contains_key("start_time") || properties.contains_key("end_time");
        let span = if is_segment { place.span.narrow(&mut self.narrator.random) } else { place.span };
        let mut object = Map::new();
        for name in order(properties, &required) {
            let schema = properties.get(name).unwrap_or(&Value::Bool(true));
            let is_wanted = required.contains(&name)
                || !self.is_thrifty(place)
                    && self.narrator.random.u8(..3) > 0
                    && self.heights.of(schema) < ENDLESS;
            if is_wanted {
                let place = Place { name, span, depth: place.depth + 1 };
                self.characters += tokens::measure(name);
                object.insert(name.to_owned(), self.write(schema, place));
            }
        }
        object.into()
    }

    fn is_thrifty(&self, place: Place<'_>) -> bool {
        place.depth >= THRIFTY_DEPTH || self.characters >= self.thrifty_after
    }
}

/// The names of an object's members: as declared, but with a required one in front, and with the
/// required ones that are not declared at the end.
fn order<'a>(properties: &'a Map<String, Value>, required: &[&'a str]) -> Vec<&'a str> {
    let mut names: Vec<&str> = properties.keys().map(String::as_str).collect();
    if let Some(first) = names.iter().position(|name| required.contains(name))
        && let Some(front) = names.get_mut(..=first)
    {
        front.rotate_right(1);
    }
    for name in required {
        if !properties.contains_key(*name) && !names.contains(name) {
            names.push(name);
        }
    }
    names
}

/// The types that `rules` name.
fn kinds(rules: &Map<String, Value>) -> Vec<&str> {
    match rules.get("type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// The type that `rules` without one have in mind.
fn guess_kind(rules: &Map<String, Value>) -> &'static str {
    let signs = [
        ("properties", "object"),
        ("required", "object"),
        ("items", "array"),
        ("minItems", "array"),
        ("minimum", "integer"),
        ("maximum", "integer"),
        ("exclusiveMinimum", "integer"),
        ("exclusiveMaximum", "integer"),
    ];
    signs.iter().find(|(key, _)| rules.contains_key(*key)).map_or("string", |(_, kind)| kind)
}

/// `rules` without their `key`, together with `other`.
fn join(rules: &Map<String, Value>, key: &str, other: &Map<String, Value>) -> Map<String, Value> {
    let mut joined: Map<String, Value> = rules
        .iter()
        .filter(|(name, _)| *name != key && *name != "$defs")
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    for (name, value) in other {
        match (joined.get_mut(name), value) {
            (Some(Value::Object(known)), Value::Object(more)) if name == "properties" => {
                known.extend(more.clone());
            }
            (Some(Value::Array(known)), Value::Array(more)) if name == "required" => {
                known.extend(more.iter().cloned());
            }
            _ => {
                joined.insert(name.clone(), value.clone());
            }
        }
    }
    joined
}
