//! Streams of bytes and the lines and rows they hold, however they are cut.

use serde_json::Value;

use crate::corpus::{Read, bytes, data, model, read, split};

fn cases() -> Vec<Value> {
    data("json_lines/cases.json").as_array().expect("a list").clone()
}

fn name(case: &Value) -> &str {
    case["name"].as_str().expect("a name")
}

fn expect(case: &Value, found: &[Read]) {
    let name = name(case);
    let lines = case["lines"].as_array().expect("a list");
    assert_eq!(found.len(), lines.len(), "{name}: {found:?}");
    for (line, found) in lines.iter().zip(found) {
        assert_eq!(Some(found.row), line["row"].as_u64(), "{name}");
        assert_eq!(Some(found.offset), line["offset"].as_u64(), "{name}");
        assert_eq!(found.text, bytes(&line["text"]), "{name}");
        match (&found.outcome, line["reads"].as_str(), line["refused"].as_str()) {
            (Ok(row), Some(task_id), None) => assert_eq!(row.task_id, task_id, "{name}"),
            (Err(reason), None, Some(expected)) => {
                assert!(reason.starts_with(&format!("it is {expected}")), "{name}: {reason}");
            }
            (outcome, ..) => panic!("{name}, row {}: {outcome:?}, but {line}", found.row),
        }
    }
}

#[test]
fn every_stream_holds_the_lines_it_should() {
    for case in &cases() {
        expect(case, &read([bytes(&case["bytes"]).as_slice()]));
    }
}

/// The data was written by hand and the model in plain words: neither may be
/// wrong in the way the splitter is.
#[test]
fn the_model_agrees() {
    for case in &cases() {
        let found = model(&bytes(&case["bytes"]));
        let lines = case["lines"].as_array().expect("a list");
        let expected: Vec<_> = lines
            .iter()
            .map(|line| {
                (line["row"].as_u64().unwrap(), line["offset"].as_u64().unwrap(), bytes(&line["text"]))
            })
            .collect();
        assert_eq!(found, expected, "{}", name(case));
    }
}

/// Longer streams are cut only near their ends and at some places between.
const CUT_EVERYWHERE: usize = 4096;

fn cuts(length: usize) -> Vec<usize> {
    (0..=length)
        .filter(|cut| {
            length <= CUT_EVERYWHERE || *cut < 64 || length - cut < 128 || cut.is_multiple_of(length / 7 + 1)
        })
        .collect()
}

#[test]
fn a_cut_anywhere_changes_nothing() {
    for case in &cases() {
        let stream = bytes(&case["bytes"]);
        for cut in cuts(stream.len()) {
            let (left, right) = stream.split_at(cut);
            expect(case, &read([left, right]));
            expect(case, &read([left, &[], right]));
        }
    }
}

#[test]
fn two_cuts_anywhere_change_nothing() {
    for case in &cases() {
        let stream = bytes(&case["bytes"]);
        if stream.len() > 200 {
            continue;
        }
        let whole = split([stream.as_slice()]);
        for first in 0..=stream.len() {
            for second in first..=stream.len() {
                let pieces = [&stream[..first], &stream[first..second], &stream[second..]];
                assert_eq!(split(pieces), whole, "{} cut at {first} and {second}", name(case));
            }
        }
    }
}

#[test]
fn pieces_of_any_size_change_nothing() {
    for case in &cases() {
        let stream = bytes(&case["bytes"]);
        for size in [1, 2, 3, 5, 7, 13, 64, 1000, 65_536] {
            expect(case, &read(stream.chunks(size)));
        }
    }
}

/// A stream that breaks anywhere gives the rows before the break as they are.
#[test]
fn a_stream_cut_short_keeps_the_rows_before() {
    for case in &cases() {
        let stream = bytes(&case["bytes"]);
        let whole = split([stream.as_slice()]);
        for cut in cuts(stream.len()) {
            let found = split([&stream[..cut]]);
            let ended = stream[..cut].split(|byte| *byte == b'\n').count() - 1;
            let complete: Vec<_> = whole
                .iter()
                .filter(|(_, offset, text)| {
                    let end = usize::try_from(*offset).unwrap() + text.len();
                    stream[..cut].iter().skip(end).any(|byte| *byte == b'\n')
                })
                .cloned()
                .collect();
            assert!(complete.len() <= ended, "{}", name(case));
            assert!(found.starts_with(&complete), "{} cut at {cut}: {found:?}", name(case));
            assert!(found.len() <= complete.len() + 1, "{} cut at {cut}: {found:?}", name(case));
        }
    }
}
