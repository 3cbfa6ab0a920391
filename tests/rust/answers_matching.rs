//! A small regular expression matcher, to judge texts that were made for a pattern.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// Whether `pattern` matches anywhere in `text`.
pub fn is_match(pattern: &str, text: &str) -> bool {
    let tree = regex_syntax::parse(pattern).expect("a pattern that can be parsed");
    let starts = text.char_indices().map(|(place, _)| place).chain([text.len()]);
    starts.into_iter().any(|start| step(&tree, text, start, &mut |_| true))
}

fn step(tree: &Hir, text: &str, at: usize, then: &mut dyn FnMut(usize) -> bool) -> bool {
    match tree.kind() {
        HirKind::Empty => then(at),
        HirKind::Literal(literal) => {
            text.as_bytes()[at..].starts_with(&literal.0) && then(at + literal.0.len())
        }
        HirKind::Class(Class::Unicode(class)) => text[at..].chars().next().is_some_and(|character| {
            class.iter().any(|range| (range.start()..=range.end()).contains(&character))
                && then(at + character.len_utf8())
        }),
        HirKind::Class(Class::Bytes(class)) => text.as_bytes().get(at).is_some_and(|byte| {
            class.iter().any(|range| (range.start()..=range.end()).contains(byte)) && then(at + 1)
        }),
        HirKind::Look(look) => holds(*look, text, at) && then(at),
        HirKind::Capture(capture) => step(&capture.sub, text, at, then),
        HirKind::Repetition(repetition) => {
            repeat(&repetition.sub, (repetition.min, repetition.max), text, at, then)
        }
        HirKind::Concat(parts) => sequence(parts, text, at, then),
        HirKind::Alternation(ways) => ways.iter().any(|way| step(way, text, at, then)),
    }
}

fn sequence(parts: &[Hir], text: &str, at: usize, then: &mut dyn FnMut(usize) -> bool) -> bool {
    match parts.split_first() {
        None => then(at),
        Some((first, rest)) => step(first, text, at, &mut |next| sequence(rest, text, next, then)),
    }
}

fn repeat(
    part: &Hir,
    (least, most): (u32, Option<u32>),
    text: &str,
    at: usize,
    then: &mut dyn FnMut(usize) -> bool,
) -> bool {
    let may_go_on = most != Some(0);
    let rest = (least.saturating_sub(1), most.map(|most| most.saturating_sub(1)));
    let goes_on = may_go_on
        && step(part, text, at, &mut |next| {
            // A turn that takes nothing brings nothing once there are enough of them.
            (next > at || least > 0) && repeat(part, rest, text, next, then)
        });
    goes_on || least == 0 && then(at)
}

fn holds(look: Look, text: &str, at: usize) -> bool {
    let is_word = |character: char| character == '_' || character.is_alphanumeric();
    let before = text[..at].chars().next_back().is_some_and(is_word);
    let after = text[at..].chars().next().is_some_and(is_word);
    match look {
        Look::Start => at == 0,
        Look::End => at == text.len(),
        Look::WordUnicode => before != after,
        Look::WordUnicodeNegate => before == after,
        other => panic!("the tests do not use {other:?}"),
    }
}
