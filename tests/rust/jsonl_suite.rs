//! `JSONTestSuite`, each case as a field of a row and as a line of its own.

use serde_json::Value;

use crate::corpus::{Read, bytes, data, read};

fn cases(kind: char) -> Vec<(String, Vec<u8>)> {
    let all = data("json_test_suite/cases.json");
    all.as_object()
        .expect("an object")
        .iter()
        .filter(|(name, _)| name.starts_with(kind))
        .map(|(name, value)| (name.clone(), bytes(value)))
        .collect()
}

fn has_line_feed(case: &[u8]) -> bool {
    case.contains(&b'\n')
}

/// Files with a line feed in them: as a value in a row they make two lines or
/// more, none of which is a row.
const WITH_LINE_FEEDS: &[&str] = &[
    "n_array_newlines_unclosed",
    "n_array_unclosed_with_new_lines",
    "n_number_invalid-utf-8-in-int",
    "n_object_bracket_key",
    "n_string_unescaped_newline",
    "n_structure_open_array_object",
    "y_array_with_1_and_newline",
    "y_number_double_close_to_zero",
    "y_object_with_newlines",
    "y_structure_trailing_newline",
];

/// What RFC 8259 leaves to the reader, pinned: start of the name, what becomes
/// of it in a row, and why. The same is told in `docs/decisions/json.md`.
const LEFT_TO_US: &[(&[&str], Result<&str, &str>, &str)] = &[
    (
        &["number_double_huge_neg_exp", "number_real_underflow"],
        Ok("[0.0]"),
        "too small for a double is nothing, as in every language with doubles",
    ),
    (&["number_too_big_pos_int"], Ok("[1e+20]"), "an integer past 64 bits becomes the nearest double"),
    (&["number_too_big_neg_int"], Ok("[-1.2312312312312312e+29]"), "likewise"),
    (&["number_very_big_negative_int"], Ok("[-2.374623746732769e+47]"), "likewise"),
    (
        &[
            "number_huge_exp",
            "number_neg_int_huge_exp",
            "number_pos_double_huge_exp",
            "number_real_neg_overflow",
            "number_real_pos_overflow",
        ],
        Err("it is not JSON (number out of range"),
        "too large for a double would be infinity, which JSON cannot write back",
    ),
    (
        &[
            "object_key_lone_2nd_surrogate",
            "string_1st_valid_surrogate_2nd_invalid",
            "string_incomplete_surrogate_pair",
            "string_incomplete_surrogates_escape_valid",
            "string_inverted_surrogates_U+1D11E",
            "string_lone_second_surrogate",
        ],
        Err("it is not JSON (lone leading surrogate in hex escape"),
        "half a surrogate pair is no character, and text is made of characters",
    ),
    (
        &[
            "string_1st_surrogate_but_2nd_missing",
            "string_incomplete_surrogate_and_escape_valid",
            "string_invalid_lonely_surrogate",
            "string_invalid_surrogate",
        ],
        Err("it is not JSON (unexpected end of hex escape"),
        "likewise, the second half being no escape",
    ),
    (
        &[
            "string_UTF-16LE_with_BOM",
            "string_UTF-8_invalid_sequence",
            "string_UTF8_surrogate_U+D800",
            "string_invalid_utf-8",
            "string_iso_latin_1",
            "string_lone_utf8_continuation_byte",
            "string_not_in_unicode_range",
            "string_overlong_sequence_2_bytes",
            "string_overlong_sequence_6_bytes",
            "string_overlong_sequence_6_bytes_null",
            "string_truncated-utf-8",
            "string_utf16BE_no_BOM",
            "string_utf16LE_no_BOM",
        ],
        Err("it is not UTF-8"),
        "JSON between systems is UTF-8; a guess would make text that nobody wrote",
    ),
    (
        &["structure_500_nested_arrays"],
        Err("it is not JSON (recursion limit exceeded"),
        "past 127 levels a row could exhaust the stack",
    ),
    (
        &["structure_UTF-8_BOM_empty_object"],
        Err("it is not JSON (expected value"),
        "a byte order mark belongs to the start of a stream, not to a value",
    ),
];

const BEFORE: &[u8] = br#"{"task_id":"before","custom_id":null,"status":"queued"}"#;
const AFTER: &[u8] = br#"{"task_id":"after","custom_id":null,"status":"queued"}"#;

fn wrap(case: &[u8]) -> Vec<u8> {
    [br#"{"task_id":"t","custom_id":"c","status":"queued","extra":"#, case, b"}"].concat()
}

/// The lines between two good rows, which must come out whatever is between.
fn between_rows(line: &[u8]) -> Vec<Read> {
    let stream = [BEFORE, b"\n", line, b"\n", AFTER, b"\n"].concat();
    let mut found = read([stream.as_slice()]);
    assert_eq!(found, read(stream.chunks(3)), "{line:?}");
    let (first, last) = (found.remove(0), found.pop().expect("a last row"));
    assert_eq!(first.outcome.expect("the row before").task_id, "before");
    assert_eq!(last.outcome.expect("the row after").task_id, "after");
    found
}

fn only(name: &str, mut found: Vec<Read>) -> Read {
    assert_eq!(found.len(), 1, "{name}: {found:?}");
    found.remove(0)
}

#[test]
fn the_suite_is_whole() {
    assert_eq!(['y', 'n', 'i'].map(|kind| cases(kind).len()), [95, 188, 35]);
    let source = data("json_test_suite/source.json");
    let mut checksum = 0xcbf2_9ce4_8422_2325_u64;
    let mut total = 0;
    for (name, case) in ['i', 'n', 'y'].into_iter().flat_map(cases) {
        total += case.len();
        for byte in [name.as_bytes(), b"\0", &case, b"\0"].concat() {
            checksum = (checksum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    assert_eq!(Some(format!("{checksum:016x}").as_str()), source["checksums"]["fnv1a64"].as_str());
    assert_eq!(Some(total as u64), source["bytes"].as_u64());
}

#[test]
fn the_cases_with_line_feeds_are_known() {
    let found: Vec<String> = ['n', 'y', 'i']
        .into_iter()
        .flat_map(cases)
        .filter(|(_, case)| has_line_feed(case))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(found, WITH_LINE_FEEDS);
}

#[test]
fn what_must_be_read_is_read_and_written_back() {
    for (name, case) in cases('y').into_iter().filter(|(_, case)| !has_line_feed(case)) {
        let expected: Value = serde_json::from_slice(&case).unwrap();
        let line = wrap(&case);
        let found = only(&name, between_rows(&line));
        assert_eq!(found.text, line, "{name}");
        let row = found.outcome.unwrap_or_else(|reason| panic!("{name}: {reason}"));
        assert_eq!(row.extra["extra"], expected, "{name}");
        let written = serde_json::to_vec(&row).unwrap();
        assert!(!has_line_feed(&written), "{name}: a row is one line");
        let again = only(&name, between_rows(&written));
        assert_eq!(again.outcome.expect("what was written"), row, "{name}");
        assert_eq!(serde_json::from_slice::<Value>(&written).unwrap()["extra"], expected, "{name}");
    }
}

#[test]
fn what_must_be_read_but_is_no_row_is_told_as_such() {
    for (name, case) in cases('y').into_iter().filter(|(_, case)| !has_line_feed(case)) {
        let reason = only(&name, between_rows(&case)).outcome.expect_err(&name);
        let expected = if serde_json::from_slice::<Value>(&case).unwrap().is_object() {
            "it is not a result item"
        } else {
            "it is not a JSON object"
        };
        assert!(reason.starts_with(expected), "{name}: {reason}");
    }
}

#[test]
fn what_must_be_refused_costs_its_own_row_only() {
    for (name, case) in cases('n').into_iter().filter(|(_, case)| !has_line_feed(case)) {
        let found = only(&name, between_rows(&wrap(&case)));
        let reason = found.outcome.expect_err(&name);
        let utf8 = std::str::from_utf8(&case).is_ok();
        let expected = if utf8 { "it is not JSON" } else { "it is not UTF-8" };
        assert!(reason.starts_with(expected), "{name}: {reason}");
    }
}

#[test]
fn what_must_be_refused_is_refused_on_a_line_of_its_own() {
    for (name, case) in cases('n').into_iter().filter(|(_, case)| !has_line_feed(case)) {
        let found = between_rows(&case);
        if case.trim_ascii().is_empty() {
            assert!(found.is_empty(), "{name}: a blank line is no row");
        } else {
            assert!(only(&name, found).outcome.is_err(), "{name}");
        }
    }
}

/// JSON may be written over many lines, JSON Lines may not. Every line is told
/// as unreadable; none is lost, and no two are put together.
#[test]
fn a_value_over_many_lines_is_told_line_by_line() {
    for (name, case) in ['y', 'n'].into_iter().flat_map(cases).filter(|(_, case)| has_line_feed(case)) {
        let wrapped = wrap(&case);
        let found = between_rows(&wrapped);
        let lines: Vec<Vec<u8>> = wrapped
            .split(|byte| *byte == b'\n')
            .map(|line| line.trim_ascii().to_vec())
            .filter(|line| !line.is_empty())
            .collect();
        assert!(lines.len() > 1, "{name}");
        assert_eq!(found.iter().map(|read| read.text.clone()).collect::<Vec<_>>(), lines, "{name}");
        for read in found {
            let reason = read.outcome.expect_err(&name);
            assert!(reason.starts_with("it is not "), "{name}: {reason}");
        }
    }
}

#[test]
fn what_is_left_to_us_is_decided() {
    let mut cases = cases('i');
    for (names, expected, why) in LEFT_TO_US {
        for name in *names {
            let at = cases.iter().position(|(case, _)| case == &format!("i_{name}"));
            let (name, case) = cases.remove(at.unwrap_or_else(|| panic!("no case {name}")));
            let outcome = only(&name, between_rows(&wrap(&case))).outcome;
            match (outcome, expected) {
                (Ok(row), Ok(expected)) => {
                    assert_eq!(row.extra["extra"].to_string(), *expected, "{name}: {why}");
                }
                (Err(reason), Err(expected)) => {
                    assert!(reason.starts_with(expected), "{name}: {reason}, but {why}");
                }
                (outcome, _) => panic!("{name}: {outcome:?}, but {why}"),
            }
            assert!(only(&name, between_rows(&case)).outcome.is_err(), "{name} is no row");
        }
    }
    assert!(cases.is_empty(), "undecided: {cases:?}");
}

/// The limit is the stack's friend; 127 levels count the row's own.
#[test]
fn nesting_is_read_to_127_levels() {
    for depth in [1, 2, 100, 125, 126, 127, 128, 200, 100_000] {
        let case = [b"[".repeat(depth), b"]".repeat(depth)].concat();
        let outcome = only("nesting", between_rows(&wrap(&case))).outcome;
        assert_eq!(outcome.is_ok(), depth < 127, "{depth}");
    }
}
