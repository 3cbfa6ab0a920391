//! What has been found so far.

use std::fmt::Display;

use serde_json::Value;

use super::path::Path;
use super::rules::{Rule, Severity};
use crate::error::{Finding, Report};

/// What has been found so far.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) report: Report,
}

impl Findings {
    pub(super) fn is_empty(&self) -> bool {
        self.report.violations.is_empty() && self.report.warnings.is_empty()
    }

    /// Adds that what is at `path` breaks a rule, and how.
    pub(super) fn add(&mut self, rule: Rule, path: &Path<'_>, value: impl Into<Value>, wrong: impl Display) {
        self.add_with_hint(rule, path, value, wrong, None);
    }

    /// As `add`, with a hint for this case.
    pub(super) fn add_with_hint(
        &mut self,
        rule: Rule,
        path: &Path<'_>,
        value: impl Into<Value>,
        wrong: impl Display,
        hint: Option<String>,
    ) {
        self.push(rule, path, value.into(), format!("{wrong}: {}", rule.allowed()), hint);
    }

    /// Adds that a value is not among those that are allowed.
    pub(super) fn refuse(
        &mut self,
        rule: Rule,
        path: &Path<'_>,
        value: impl Into<Value>,
        shown: impl Display,
    ) {
        self.refuse_with_hint(rule, path, value, shown, None);
    }

    /// As `refuse`, with a hint for this case.
    pub(super) fn refuse_with_hint(
        &mut self,
        rule: Rule,
        path: &Path<'_>,
        value: impl Into<Value>,
        shown: impl Display,
        hint: Option<String>,
    ) {
        self.push(rule, path, value.into(), format!("{}, not {shown}", rule.allowed()), hint);
    }

    fn push(&mut self, rule: Rule, path: &Path<'_>, value: Value, message: String, hint: Option<String>) {
        let finding = Finding {
            path: path.tell(),
            value: shorten(value),
            rule: rule.word(),
            message,
            hint: hint.or_else(|| rule.hint().map(str::to_owned)),
            source: rule.source(),
        };
        match rule.severity() {
            Severity::Violation => self.report.violations.push(finding),
            Severity::Warning => self.report.warnings.push(finding),
        }
    }
}

/// Characters of a value that is told whole.
const LONGEST_VALUE: usize = 200;

fn shorten(value: Value) -> Value {
    let told = match &value {
        Value::Null | Value::Bool(_) | Value::Number(_) => return value,
        Value::String(text) => cut(text),
        Value::Array(_) | Value::Object(_) => cut(&value.to_string()),
    };
    told.map_or(value, Value::String)
}

fn cut(text: &str) -> Option<String> {
    let (end, _) = text.char_indices().nth(LONGEST_VALUE)?;
    text.get(..end).map(|beginning| format!("{beginning}…"))
}

/// A text in a message, quoted and cut.
pub(super) fn quote(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{:?}…", text.get(..end).unwrap_or_default()),
        None => format!("{text:?}"),
    }
}
