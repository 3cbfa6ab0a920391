//! Keywords by their values.

use serde_json::{Map, Value};

use super::super::findings::{Findings, quote};
use super::super::limits::TIME_FORMATS;
use super::super::path::Path;
use super::super::rules::Rule;

const STRING_FORMATS: [&str; 4] = ["uuid", "date-time", "date", "time"];
const DEFINITIONS: &str = "#/$defs/";
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Tells that a keyword has another kind of value than JSON Schema says.
pub(super) fn refuse(path: &Path<'_>, value: &Value, expected: &str, findings: &mut Findings) {
    findings.add(Rule::SchemaMalformed, path, value.clone(), expected);
}

/// Checks a keyword whose value is no schema and holds none.
pub(super) fn check(
    keyword: &str,
    value: &Value,
    root: &Map<String, Value>,
    path: &Path<'_>,
    findings: &mut Findings,
) {
    match keyword {
        "maximum" | "exclusiveMaximum" | "minimum" | "exclusiveMinimum" if !value.is_number() => {
            refuse(path, value, "a number is expected", findings);
        }
        "pattern" | "format" if !value.is_string() => refuse(path, value, "a text is expected", findings),
        "enum" if value.as_array().is_none_or(Vec::is_empty) => {
            refuse(path, value, "a list of at least one value is expected", findings);
        }
        "enum" => {
            for (index, value) in value.as_array().into_iter().flatten().enumerate() {
                check_word(value, &path.element(index), findings);
            }
        }
        "const" => check_word(value, path, findings),
        "required" if !value.as_array().is_some_and(|names| names.iter().all(Value::is_string)) => {
            refuse(path, value, "a list of names is expected", findings);
        }
        "minItems" => check_min_items(value, path, findings),
        "$ref" => check_reference(value, root, path, findings),
        "$schema" => {
            let known = value.as_str().map(|address| address.trim_end_matches('#'));
            if known != Some(DIALECT) {
                findings.add(Rule::SchemaDialect, path, value.clone(), "it is another dialect");
            }
        }
        _ => {}
    }
}

/// Checks what a property may be by `const` or `enum`.
fn check_word(value: &Value, path: &Path<'_>, findings: &mut Findings) {
    if value.is_object() || value.is_array() {
        let kind = if value.is_object() { "it is an object" } else { "it is an array" };
        findings.add(Rule::SchemaEnumValue, path, value.clone(), kind);
    }
}

fn check_min_items(value: &Value, path: &Path<'_>, findings: &mut Findings) {
    let Some(number) = value.as_f64() else { return refuse(path, value, "a number is expected", findings) };
    #[allow(clippy::float_cmp)]
    if number != 0.0 && number != 1.0 {
        findings.refuse(Rule::SchemaMinItems, path, value.clone(), number);
    }
}

fn check_reference(value: &Value, root: &Map<String, Value>, path: &Path<'_>, findings: &mut Findings) {
    let Some(reference) = value.as_str() else { return refuse(path, value, "a text is expected", findings) };
    if !reference.starts_with(DEFINITIONS) {
        findings.add(Rule::SchemaRef, path, reference, format_args!("{} leads elsewhere", quote(reference)));
    } else if resolve(reference, root).is_none() {
        findings.add(Rule::SchemaRef, path, reference, format_args!("{} leads nowhere", quote(reference)));
    }
}

/// The schema that a reference leads to.
pub(super) fn resolve<'a>(reference: &str, root: &'a Map<String, Value>) -> Option<&'a Value> {
    let rest = reference.strip_prefix("#/")?;
    let mut steps = rest.split('/').map(|step| {
        let step = percent_decoded(step);
        step.replace("~1", "/").replace("~0", "~")
    });
    let first = steps.next()?;
    steps.try_fold(root.get(&first)?, |value, step| match value {
        Value::Object(members) => members.get(&step),
        Value::Array(elements) => elements.get(step.parse::<usize>().ok()?),
        _ => None,
    })
}

/// A reference is a part of an address: some characters stand there as `%20`.
fn percent_decoded(step: &str) -> String {
    let mut bytes = Vec::with_capacity(step.len());
    let mut rest = step.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) if *byte == b'%' => {
                bytes.push(decoded);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Checks how a string or a timestamp is written.
pub(super) fn check_format<'a>(
    mut types: impl Iterator<Item = &'a str> + Clone,
    format: Option<&Value>,
    path: &Path<'_>,
    findings: &mut Findings,
) {
    let place = path.field("format");
    let word = format.and_then(Value::as_str);
    if types.clone().any(|word| word == "timestamp") {
        if word.is_none_or(|word| !TIME_FORMATS.contains(&word)) {
            let wrong = word.map_or_else(|| "there is none".to_owned(), quote);
            findings.add(Rule::SchemaTimestampFormat, &place, format.cloned().unwrap_or_default(), wrong);
        }
    } else if types.any(|word| word == "string")
        && let Some(word) = word.filter(|word| !STRING_FORMATS.contains(word))
    {
        findings.refuse(Rule::SchemaStringFormat, &place, word, quote(word));
    }
}
