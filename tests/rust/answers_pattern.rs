//! Strings that were made for a pattern match it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use serde_json::{Value, json};
use twelvelabs_batches::emulator::answers::{Ask, Mode, answer};

use crate::answers_matching::is_match;

fn write(pattern: &str, seed: u64) -> String {
    let format = json!({"type": "json_schema", "json_schema": {"type": "string", "pattern": pattern}});
    let ask = Ask {
        mode: Mode::General,
        prompt: Some("Which code is shown?"),
        response_format: Some(&format),
        max_tokens: 4096,
        window: (0.0, 60.0),
        min_segment_duration: None,
        max_segment_duration: None,
        output_tokens: None,
    };
    let text = answer(&ask, seed).text;
    serde_json::from_str::<Value>(&text).unwrap().as_str().unwrap().to_owned()
}

fn patterns() -> impl Strategy<Value = String> {
    let atom = prop::sample::select(vec![
        "a",
        "é",
        "[a-c]",
        "[^a-z]",
        r"\d",
        r"\w",
        r"\s",
        ".",
        r"\.",
        r"[\w-]",
        "日",
        r"\p{Greek}",
    ]);
    atom.prop_map(str::to_owned).prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| format!("({})", parts.join("|"))),
            (inner, prop::sample::select(vec!["?", "*", "+", "{2}", "{1,3}", "{2,}", "*?"]))
                .prop_map(|(part, times)| format!("(?:{part}){times}")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_string_matches_its_pattern(pattern in patterns(), is_anchored: bool, seed: u64) {
        let pattern = if is_anchored { format!("^(?:{pattern})$") } else { pattern };
        let text = write(&pattern, seed);
        prop_assert!(is_match(&pattern, &text), "{text:?} does not match {pattern:?}");
    }

    #[test]
    fn no_pattern_is_too_odd(pattern in any::<String>(), seed: u64) {
        write(&pattern, seed);
    }
}

#[test]
fn usual_patterns_are_matched() {
    let patterns = [
        r"^[A-Z]{2}-\d{4}$",
        r"^#[0-9a-fA-F]{6}$",
        r"^(\+\d{1,3} )?\(?\d{3}\)?[- ]\d{3}-\d{4}$",
        r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$",
        r"\bscene\b",
        r"^\w+\b.*end$",
        r"^(?:yes|no|)$",
        "^$",
        "",
        r"^https?:\/\/",
        r"(?i)^goal$",
    ];
    for pattern in patterns {
        for seed in 0..50 {
            let text = write(pattern, seed);
            assert!(is_match(pattern, &text), "{text:?} does not match {pattern:?}");
        }
    }
}

#[test]
fn digits_and_letters_are_ascii() {
    for seed in 0..50 {
        assert!(write(r"^\d{8}\w{8}\s$", seed).is_ascii());
    }
}

#[test]
fn look_arounds_are_left_out_of_account() {
    for seed in 0..50 {
        let text = write(r"^(?!.*\))(?=.*[a-z(])[a-z]{3}(?<!\()-\(\d$", seed);
        assert!(is_match(r"^[a-z]{3}-\(\d$", &text), "{text:?}");
    }
}

#[test]
fn nothing_can_be_repeated_often() {
    assert!(write("(?:){4000000000}", 7).len() < 4096);
}

#[test]
fn what_cannot_be_matched_still_gets_a_short_text() {
    for pattern in ["(", r"(a)\1", "[", r"[^\s\S]", "a{4000000000}", "((a{999}){999}){999}"] {
        let text = write(pattern, 7);
        assert!(!text.is_empty() && text.len() < 4096, "{pattern:?} got {} bytes", text.len());
    }
}
