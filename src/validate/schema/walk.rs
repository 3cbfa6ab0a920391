//! A schema and the schemas in it.

use serde_json::{Map, Value};

use super::super::findings::{Findings, quote};
use super::super::path::Path;
use super::super::rules::Rule;
use super::keywords::{Class, SUPPORTED, classify};
use super::{properties, shapes, types};
use crate::models::nearest;

/// Where a schema stands in the whole one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    /// `properties.X`
    Property,
    /// `properties.A.items`
    Items,
    /// `properties.A.items.properties.X`
    ItemProperty,
    Elsewhere,
}

impl Place {
    fn property(self) -> Self {
        match self {
            Self::Root => Self::Property,
            Self::Items => Self::ItemProperty,
            _ => Self::Elsewhere,
        }
    }

    fn items(self) -> Self {
        if self == Self::Property { Self::Items } else { Self::Elsewhere }
    }
}

/// As deep as schemas are followed.
const DEEPEST: usize = 128;

/// Checks a whole schema.
pub(in super::super) fn check(schema: &Map<String, Value>, path: &Path<'_>, findings: &mut Findings) {
    Walk { root: schema, findings }.visit(schema, path, Place::Root, 0);
}

struct Walk<'a> {
    root: &'a Map<String, Value>,
    findings: &'a mut Findings,
}

impl Walk<'_> {
    fn visit(&mut self, schema: &Map<String, Value>, path: &Path<'_>, place: Place, depth: usize) {
        if depth == DEEPEST {
            return;
        }
        types::check(schema, path, self.findings);
        let words = types::words(schema);
        if words.clone().any(|word| word == "timestamp")
            && !matches!(place, Place::Property | Place::ItemProperty)
        {
            self.findings.add(Rule::SchemaTimestampPlace, path, "timestamp", "it stands elsewhere");
        }
        shapes::check_format(words.clone(), schema.get("format"), path, self.findings);
        properties::check_required(schema, path, self.findings);
        for (keyword, value) in schema {
            let here = path.field(keyword);
            self.judge(keyword, value, words.clone(), &here);
            shapes::check(keyword, value, self.root, &here, self.findings);
            self.descend(keyword, value, &here, place, depth + 1);
        }
    }

    /// Whether the platform supports the keyword in a schema of that type.
    fn judge<'w>(
        &mut self,
        keyword: &str,
        value: &Value,
        mut words: impl Iterator<Item = &'w str> + Clone,
        path: &Path<'_>,
    ) {
        match classify(keyword) {
            Class::Common | Class::Annotation => {}
            Class::For(types) => {
                if words.clone().next().is_some() && !words.any(|word| types.contains(&word)) {
                    let wrong = format_args!("`{keyword}` is for the type {} only", types.join(", "));
                    self.findings.add(Rule::SchemaKeywordType, path, value.clone(), wrong);
                }
            }
            Class::Composition => {
                self.findings.add(Rule::SchemaComposition, path, value.clone(), format_args!("`{keyword}`"));
            }
            Class::Unsupported => {
                let wrong = format_args!("`{keyword}` is not supported");
                self.findings.add(Rule::SchemaUnsupported, path, value.clone(), wrong);
            }
            Class::Unknown => {
                let near = nearest(keyword, SUPPORTED);
                let hint = near.map(|near| format!("did you mean `{near}`?"));
                let wrong = format_args!("unknown keyword {}", quote(keyword));
                self.findings.add_with_hint(Rule::SchemaUnknown, path, value.clone(), wrong, hint);
            }
        }
    }

    /// Visits the schemas that a keyword holds.
    fn descend(&mut self, keyword: &str, value: &Value, path: &Path<'_>, place: Place, depth: usize) {
        match (keyword, value) {
            ("properties", Value::Object(members)) => {
                for (name, schema) in members {
                    let here = path.field(name);
                    properties::check_boundary(name, schema, self.root, &here, self.findings);
                    self.visit_value(schema, &here, place.property(), depth);
                }
            }
            ("$defs", Value::Object(members)) => {
                for (name, schema) in members {
                    self.visit_value(schema, &path.field(name), Place::Elsewhere, depth);
                }
            }
            ("properties" | "$defs", other) => {
                shapes::refuse(path, other, "an object of schemas is expected", self.findings);
            }
            ("items", schema) => self.visit_value(schema, path, place.items(), depth),
            ("not" | "if" | "then" | "else", schema) => {
                self.visit_value(schema, path, Place::Elsewhere, depth);
            }
            ("anyOf" | "oneOf" | "allOf", Value::Array(schemas)) if !schemas.is_empty() => {
                for (index, schema) in schemas.iter().enumerate() {
                    self.visit_value(schema, &path.element(index), Place::Elsewhere, depth);
                }
            }
            ("anyOf" | "oneOf" | "allOf", other) => {
                shapes::refuse(path, other, "a list of schemas, one at least, is expected", self.findings);
            }
            _ => {}
        }
    }

    fn visit_value(&mut self, schema: &Value, path: &Path<'_>, place: Place, depth: usize) {
        match schema {
            Value::Object(members) => self.visit(members, path, place, depth),
            Value::Bool(_) => {
                let wrong = "it is a schema that takes all or nothing";
                self.findings.add(Rule::SchemaBoolean, path, schema.clone(), wrong);
            }
            other => shapes::refuse(path, other, "a schema, as an object, is expected", self.findings),
        }
    }
}
