//! A judge of JSON values, for the part of JSON Schema that the platform knows.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use serde_json::Value;

use crate::answers_matching::is_match;

/// What a value is judged by.
#[derive(Clone, Copy)]
pub struct Judge<'a> {
    /// The schema with the definitions.
    pub root: &'a Value,
    /// The seconds that times have to be in.
    pub window: (f64, f64),
}

impl Judge<'_> {
    /// What is wrong with `value`, if anything.
    pub fn judge(&self, schema: &Value, value: &Value, name: &str) -> Result<(), String> {
        let wrong = |what: &str| Err(format!("{name}: {value} {what} in {schema}"));
        if let Some(target) = schema["$ref"].as_str() {
            let target = self.root.pointer(&target[1..]).expect("a definition");
            return self.judge(target, value, name);
        }
        if let Some(choices) = schema["anyOf"].as_array() {
            let fits = choices.iter().any(|choice| self.judge(choice, value, name).is_ok());
            return if fits { Ok(()) } else { wrong("fits no choice") };
        }
        if let Some(constant) = schema.get("const") {
            return if constant == value { Ok(()) } else { wrong("is another constant") };
        }
        if let Some(listed) = schema["enum"].as_array() {
            return if listed.contains(value) { Ok(()) } else { wrong("is not listed") };
        }
        let is_time = name == "start_time" || name == "end_time";
        match schema["type"].as_str().expect("a type") {
            "null" if value.is_null() => Ok(()),
            "boolean" if value.is_boolean() => Ok(()),
            "integer" if value.is_i64() || value.is_u64() => self.judge_integer(schema, value, is_time),
            "number" if value.is_number() && is_time => self.judge_time(value),
            "number" if value.is_number() => Ok(()),
            "string" if value.is_string() && is_time => self.judge_time(value),
            "string" if value.is_string() => judge_string(schema, value),
            "timestamp" => self.judge_timestamp(schema, value),
            "array" if value.is_array() => self.judge_array(schema, value, name),
            "object" if value.is_object() => self.judge_object(schema, value),
            _ => wrong("has another type"),
        }
    }

    fn judge_integer(&self, schema: &Value, value: &Value, is_time: bool) -> Result<(), String> {
        let number = value.as_f64().expect("a number");
        let keeps = |key: &str, holds: fn(f64, f64) -> bool| {
            schema[key].as_f64().is_none_or(|bound| holds(number, bound))
        };
        let is_inside = keeps("minimum", |number, bound| number >= bound)
            && keeps("maximum", |number, bound| number <= bound)
            && keeps("exclusiveMinimum", |number, bound| number > bound)
            && keeps("exclusiveMaximum", |number, bound| number < bound);
        if !is_inside {
            return Err(format!("{value} is out of the bounds of {schema}"));
        }
        if is_time { self.judge_time(value) } else { Ok(()) }
    }

    fn judge_timestamp(&self, schema: &Value, value: &Value) -> Result<(), String> {
        let pattern = match schema["format"].as_str().expect("a format") {
            "seconds" if value.is_number() => return self.judge_time(value),
            "hh:mm:ss" => r"^\d\d:[0-5]\d:[0-5]\d$",
            _ => r"^\d\d:[0-5]\d:[0-5]\d\.\d{3}$",
        };
        match value.as_str() {
            Some(text) if is_match(pattern, text) => self.judge_time(value),
            _ => Err(format!("{value} is no time after {schema}")),
        }
    }

    fn judge_time(&self, value: &Value) -> Result<(), String> {
        let seconds = read_seconds(value);
        if (self.window.0..=self.window.1).contains(&seconds) {
            Ok(())
        } else {
            Err(format!("{value} is out of {:?}", self.window))
        }
    }

    fn judge_array(&self, schema: &Value, value: &Value, name: &str) -> Result<(), String> {
        let items = value.as_array().expect("an array");
        if schema["minItems"].as_u64().unwrap_or(0) > u64::try_from(items.len()).expect("a length") {
            return Err(format!("{value} has too few items for {schema}"));
        }
        items.iter().try_for_each(|item| self.judge(&schema["items"], item, name))
    }

    fn judge_object(&self, schema: &Value, value: &Value) -> Result<(), String> {
        let members = value.as_object().expect("an object");
        let properties = schema["properties"].as_object().expect("properties");
        let declared: Vec<&String> = properties.keys().collect();
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if let Some(missing) = required.iter().find(|name| !members.contains_key(**name)) {
            return Err(format!("{missing} is missing in {value}"));
        }
        let mut expected: Vec<&String> =
            declared.into_iter().filter(|name| members.contains_key(*name)).collect();
        let front = expected.iter().position(|name| required.contains(&name.as_str()));
        if let Some(front) = front {
            expected[..=front].rotate_right(1);
        }
        if members.keys().collect::<Vec<_>>() != expected {
            return Err(format!("{value} has another order than {schema}"));
        }
        members.iter().try_for_each(|(name, member)| self.judge(&properties[name], member, name))
    }
}

/// The seconds of a time in any format.
pub fn read_seconds(value: &Value) -> f64 {
    match value.as_str() {
        None => value.as_f64().expect("a number of seconds"),
        Some(text) => {
            let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
            let read = |part: &str| part.parse::<u32>().expect("a part of a time");
            let seconds = whole.split(':').fold(0, |total, part| total * 60 + read(part));
            // Only one division, so that the number is the nearest one to the text.
            f64::from(seconds * 1000 + read(rest)) / 1000.0
        }
    }
}

fn judge_string(schema: &Value, value: &Value) -> Result<(), String> {
    let text = value.as_str().expect("a string");
    let pattern = schema["pattern"].as_str().or_else(|| match schema["format"].as_str() {
        Some("uuid") => Some(r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"),
        Some("date") => Some(r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"),
        Some("time") => Some(r"^([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$"),
        Some("date-time") => Some(r"^\d{4}-[01]\d-[0-3]\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$"),
        _ => None,
    });
    match pattern {
        Some(pattern) if !is_match(pattern, text) => Err(format!("{value} does not match {pattern}")),
        None if text.is_empty() => Err(format!("an empty text for {schema}")),
        _ => Ok(()),
    }
}
