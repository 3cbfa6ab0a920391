//! What of JSON Schema can be asked for.

use serde_json::{Map, Value};

use super::fields::Checked;
use super::path::Path;
use super::timestamps::{LISTED, NAMED, SINGLE, check_times, names_type};
use crate::emulator::platform::refusal::Refusal;

const TYPES: [&str; 8] = ["array", "boolean", "integer", "null", "number", "object", "string", "timestamp"];
const STRING_FORMATS: [&str; 4] = ["uuid", "date-time", "date", "time"];

/// Keywords that constrain, but cannot be kept. Words that are in no list are annotations.
const UNSUPPORTED: [&str; 25] = [
    "minLength",
    "maxLength",
    "additionalProperties",
    "uniqueItems",
    "maxItems",
    "oneOf",
    "allOf",
    "not",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependentRequired",
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
    "patternProperties",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "multipleOf",
    "minProperties",
    "maxProperties",
    "$dynamicRef",
];

/// Keywords with the types they belong to.
const BELONGING: [(&str, &[&str]); 12] = [
    ("maximum", &["integer"]),
    ("exclusiveMaximum", &["integer"]),
    ("minimum", &["integer"]),
    ("exclusiveMinimum", &["integer"]),
    ("pattern", &["string"]),
    ("format", &["string", "timestamp"]),
    ("properties", &["object"]),
    ("required", &["object"]),
    ("items", &["array"]),
    ("minItems", &["array"]),
    ("const", SCALARS),
    ("enum", SCALARS),
];

const SCALARS: &[&str] = &["boolean", "integer", "null", "number", "string"];

/// Checks the schema of a response format.
pub(super) fn check_schema(schema: &Value, path: &Path<'_>) -> Checked<()> {
    if !schema.is_object() {
        return Err(Refusal::invalid(path, "it is not an object"));
    }
    check_times(schema, path)?;
    check_below(schema, path, schema)
}

fn check_below(schema: &Value, path: &Path<'_>, root: &Value) -> Checked<()> {
    // Draft 2020-12 has `true` for anything and `false` for nothing.
    if schema.is_boolean() {
        return Ok(());
    }
    let keywords = schema.as_object().ok_or_else(|| Refusal::invalid(path, "it is not a schema"))?;
    let check = Keywords { keywords, path };
    check.check_support()?;
    check.check_type()?;
    check.check_values()?;
    check.check_reference(root)?;
    for keyword in NAMED {
        let place = path.field(keyword);
        let Some(schemas) = keywords.get(keyword) else { continue };
        let schemas = schemas.as_object();
        let schemas = schemas.ok_or_else(|| Refusal::invalid(place, "it is not an object"))?;
        for (name, schema) in schemas {
            check_below(schema, &place.field(name), root)?;
        }
    }
    for keyword in LISTED {
        let place = path.field(keyword);
        let Some(schemas) = keywords.get(keyword) else { continue };
        let schemas = schemas.as_array().filter(|schemas| !schemas.is_empty());
        let schemas = schemas.ok_or_else(|| Refusal::invalid(place, "it is not a list of schemas"))?;
        for (index, schema) in schemas.iter().enumerate() {
            check_below(schema, &place.index(index), root)?;
        }
    }
    for keyword in SINGLE {
        if let Some(schema) = keywords.get(keyword) {
            check_below(schema, &path.field(keyword), root)?;
        }
    }
    Ok(())
}

/// One schema, without those below it.
struct Keywords<'a> {
    keywords: &'a Map<String, Value>,
    path: &'a Path<'a>,
}

impl Keywords<'_> {
    fn invalid(&self, name: &str, problem: impl AsRef<str>) -> Checked<()> {
        Err(Refusal::invalid(self.path.field(name), problem))
    }

    fn check_support(&self) -> Checked<()> {
        let has_type = self.keywords.contains_key("type");
        for name in self.keywords.keys() {
            let types = BELONGING.into_iter().find(|(keyword, _)| keyword == name).map(|(_, types)| types);
            let is_foreign = types
                .is_some_and(|types| has_type && !types.iter().any(|kind| names_type(self.keywords, kind)));
            if is_foreign || UNSUPPORTED.contains(&name.as_str()) {
                return Err(Refusal::unsupported(self.path.field(name)));
            }
        }
        Ok(())
    }

    fn check_type(&self) -> Checked<()> {
        let is_type = |word: &Value| word.as_str().is_some_and(|word| TYPES.contains(&word));
        let is_valid = match self.keywords.get("type") {
            None => true,
            Some(Value::Array(words)) => !words.is_empty() && words.iter().all(is_type),
            Some(word) => is_type(word),
        };
        if is_valid {
            return Ok(());
        }
        self.invalid("type", format!("it is none of {}", TYPES.join(", ")))
    }

    fn check_values(&self) -> Checked<()> {
        for (name, value) in self.keywords {
            let (is_valid, problem) = match name.as_str() {
                "maximum" | "exclusiveMaximum" | "minimum" | "exclusiveMinimum" => {
                    (value.is_number(), "it is not a number".to_owned())
                }
                "pattern" => (value.is_string(), "it is not a string".to_owned()),
                "format" => (
                    // A timestamp's format has other words and is checked with its place. Without a type it
                    // is an annotation.
                    names_type(self.keywords, "timestamp")
                        || !names_type(self.keywords, "string")
                        || value.as_str().is_some_and(|word| STRING_FORMATS.contains(&word)),
                    format!("it is none of {}", STRING_FORMATS.join(", ")),
                ),
                "required" => (
                    value.as_array().is_some_and(|names| names.iter().all(Value::is_string)),
                    "it is not a list of strings".to_owned(),
                ),
                "minItems" => (matches!(value.as_f64(), Some(0.0 | 1.0)), "it is neither 0 nor 1".to_owned()),
                "const" => (is_scalar(value), "it is an object or an array".to_owned()),
                "enum" => (
                    value.as_array().is_some_and(|values| !values.is_empty() && values.iter().all(is_scalar)),
                    "it is not a list of strings, numbers, booleans and nulls".to_owned(),
                ),
                _ => continue,
            };
            if !is_valid {
                return self.invalid(name, problem);
            }
        }
        Ok(())
    }

    fn check_reference(&self, root: &Value) -> Checked<()> {
        let Some(reference) = self.keywords.get("$ref") else { return Ok(()) };
        let target = reference
            .as_str()
            .filter(|reference| reference.starts_with("#/$defs/"))
            .and_then(|reference| root.pointer(reference.trim_start_matches('#')));
        if target.is_some() {
            return Ok(());
        }
        self.invalid("$ref", "it does not lead into the $defs of the schema")
    }
}

fn is_scalar(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}
