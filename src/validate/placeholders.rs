//! `<@name>` in texts, and the images that they refer to.

use super::findings::{Findings, quote};
use super::path::Path;
use super::rules::Rule;
use crate::models::{SmeMediaSource, nearest};

/// So many names of one text are told.
const MOST_TOLD: usize = 20;

/// The names that a text refers to.
fn names(text: &str) -> impl Iterator<Item = &str> {
    // Most texts have none, and one byte is found quickest.
    let mut rest = if text.contains('<') { text } else { "" };
    std::iter::from_fn(move || {
        loop {
            let (_, after) = rest.split_once("<@")?;
            rest = after;
            let end = after.find(['>', '<', '\n'])?;
            let (name, tail) = after.split_at(end);
            if !name.is_empty() && tail.starts_with('>') {
                rest = tail;
                return Some(name);
            }
        }
    })
}

/// Tells the names that no image has, where they break `rule`.
pub(super) fn check_unknown(
    rule: Rule,
    text: &str,
    sources: &[SmeMediaSource],
    path: &Path<'_>,
    findings: &mut Findings,
) {
    let mut told: Vec<&str> = Vec::new();
    for name in names(text) {
        if told.len() == MOST_TOLD {
            break;
        }
        if sources.iter().any(|source| source.name == name) || told.contains(&name) {
            continue;
        }
        told.push(name);
        let known = sources.iter().map(|source| source.name.as_str());
        let hint = nearest(name, known).map(|near| format!("did you mean `<@{near}>`?"));
        let wrong = format_args!("no media source is named {}", quote(name));
        findings.add_with_hint(rule, path, format!("<@{name}>"), wrong, hint);
    }
}

/// Tells the images that no text refers to.
pub(super) fn check_unused<'a, T: Iterator<Item = &'a str>>(
    texts: impl Fn() -> T,
    sources: &[SmeMediaSource],
    path: &Path<'_>,
    findings: &mut Findings,
) {
    for (index, source) in sources.iter().enumerate() {
        let is_used = texts().flat_map(names).any(|name| name == source.name);
        if !is_used && super::media::can_be_named(&source.name) {
            let place = path.element(index);
            let wrong = format_args!("nothing refers to {}", quote(&source.name));
            findings.add(Rule::MediaUnused, &place.field("name"), source.name.as_str(), wrong);
        }
    }
}
