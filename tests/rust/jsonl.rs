//! The splitter and the row decoder.

use proptest::prelude::*;
use twelvelabs_batches::error::MalformedRow;
use twelvelabs_batches::jsonl::{Line, Splitter, decode_row};
use twelvelabs_batches::models::{BatchItemStatus, BatchResultItem, Kept};

type Owned = (u64, u64, Vec<u8>);

fn drain(splitter: &mut Splitter, lines: &mut Vec<Owned>) {
    while let Some(line) = splitter.next_line() {
        lines.push((line.row, line.offset, line.bytes.to_vec()));
    }
}

fn split(pieces: &[&[u8]]) -> Vec<Owned> {
    let mut splitter = Splitter::new();
    let mut lines = Vec::new();
    for piece in pieces {
        splitter.push(bytes::Bytes::copy_from_slice(piece));
        drain(&mut splitter, &mut lines);
    }
    splitter.finish();
    drain(&mut splitter, &mut lines);
    lines
}

fn texts(bytes: &str) -> Vec<String> {
    split(&[bytes.as_bytes()]).into_iter().map(|(_, _, text)| String::from_utf8(text).unwrap()).collect()
}

#[test]
fn splits_at_line_feeds_only() {
    assert_eq!(texts("a\nb\r\nc"), ["a", "b", "c"]);
    assert_eq!(texts("a\u{2028}b\u{2029}c\u{85}d\re\n"), ["a\u{2028}b\u{2029}c\u{85}d\re"]);
}

#[test]
fn passes_over_blank_lines_and_a_byte_order_mark() {
    assert_eq!(texts("\u{feff}a\n\n \t\r\n\nb\n\n"), ["a", "b"]);
    assert_eq!(texts("a\n\u{feff}b"), ["a", "\u{feff}b"], "only at the start is it a mark");
    assert!(texts("").is_empty());
    assert!(texts("\n\n").is_empty());
}

#[test]
fn counts_rows_and_bytes() {
    let lines = split(&[b"\n  {1}\n\n", b"{2", b"2}\n{3}"]);
    assert_eq!(lines, [(1, 3, b"{1}".to_vec()), (2, 8, b"{22}".to_vec()), (3, 13, b"{3}".to_vec())]);
}

proptest! {
    #[test]
    fn pieces_do_not_matter(text in "[ab{}\r\n \u{2028}é]{0,60}", cuts in prop::collection::vec(0usize..80, 0..8)) {
        let bytes = text.as_bytes();
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
        cuts.sort_unstable();
        let mut pieces = Vec::new();
        let mut start = 0;
        for cut in cuts {
            pieces.push(&bytes[start..cut]);
            start = cut;
        }
        pieces.push(&bytes[start..]);
        prop_assert_eq!(split(&pieces), split(&[bytes]));
    }

    #[test]
    fn lines_are_what_the_standard_library_says(text in "[ab\n]{0,60}") {
        let expected: Vec<Vec<u8>> =
            text.split('\n').filter(|line| !line.is_empty()).map(|line| line.as_bytes().to_vec()).collect();
        let found: Vec<Vec<u8>> = split(&[text.as_bytes()]).into_iter().map(|(_, _, line)| line).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn any_bytes_are_a_row_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode_row(Line { row: 1, offset: 0, bytes: &bytes, is_terminated: true });
    }
}

fn decode(text: &str) -> Result<BatchResultItem, MalformedRow> {
    decode_row(Line { row: 7, offset: 99, bytes: text.as_bytes(), is_terminated: true })
}

#[test]
fn reads_rows_of_every_status() {
    let ready = decode(
        r#"{"task_id":"t","custom_id":"c","status":"ready","data":{"generation_id":"g","data":"x\u2028y","finish_reason":"stop","usage":{"output_tokens":3,"input_tokens":4}}}"#,
    )
    .unwrap();
    assert_eq!(ready.data.unwrap().into_fit().unwrap().data, Kept::Fit("x\u{2028}y".to_owned()));
    let failed =
        decode(r#"{"task_id":"t","custom_id":null,"status":"failed","error":{"message":"no"}}"#).unwrap();
    assert_eq!(failed.error.unwrap().into_fit().unwrap().message, Kept::Fit("no".to_owned()));
    assert_eq!(failed.custom_id.0, None);
    let queued = decode(r#"{"task_id":"t","status":"queued"}"#).unwrap();
    assert_eq!(queued.status, BatchItemStatus::Queued);
    let unknown = decode(r#"{"task_id":"t","status":"resting","mood":"good"}"#).unwrap();
    assert_eq!(unknown.status, BatchItemStatus::Other("resting".to_owned()));
    assert_eq!(unknown.extra["mood"], "good");
}

#[test]
fn says_which_row_cannot_be_read_and_why() {
    let cases = [
        ("{\"task_id\":", "it is not JSON"),
        ("<html>", "it is not JSON"),
        ("[1]", "it is not a JSON object"),
        ("{\"status\":\"ready\"}", "it is not a result item"),
        ("{\"error\":{\"message\":\"broken\"}}", "it is an error of the platform: broken"),
    ];
    for (text, reason) in cases {
        let error = decode(text).unwrap_err();
        assert!(error.reason.starts_with(reason), "{text}: {}", error.reason);
        assert_eq!((error.row, error.offset, error.excerpt.as_str()), (7, 99, text));
    }
    let error = decode_row(Line { row: 1, offset: 0, bytes: b"{\"task_id\":\"\xff\"}", is_terminated: true })
        .unwrap_err();
    assert!(error.to_string().contains("it is not UTF-8"), "{error}");
}
