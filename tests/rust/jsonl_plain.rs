//! Plain rows are read as the library reads them, and nothing else is taken for one.

use proptest::prelude::*;
use twelvelabs_batches::jsonl::{Line, PlainReader, decode_row};
use twelvelabs_batches::models::BatchResultItem;

fn read_by_library(line: &str) -> Option<BatchResultItem> {
    let line = Line { row: 1, offset: 0, bytes: line.as_bytes(), is_terminated: true };
    decode_row(line).ok()
}

fn read_plain(line: &str) -> Option<BatchResultItem> {
    PlainReader::default().read(line.as_bytes()).map(BatchResultItem::from)
}

/// A text between quotation marks, as any writer of JSON may write it, valid or not.
fn texts() -> impl Strategy<Value = String> {
    texts_of(6)
}

/// The same, of at most so many pieces.
fn texts_of(most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[ -~]{0,12}",
        2 => "\\PC{0,6}",
        2 => prop::sample::select(vec![
            r#"\""#, r"\\", r"\/", r"\n", r"\t", r"\r", r"\b", r"\f", r"\u00e9", r"\u65E5", r"\ud83d\ude00", r"\u0000",
            r"\uD83D\uDE00", r"\ud83d", r"\ude00", r"\ud83dx", r"\ud83d\u0041", r"\u12", r"\u12g4", r"\x", "\t", "\u{1}",
            "\u{7f}", "\u{2028}", "日本", "\\",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..most).prop_map(|pieces| format!("\"{}\"", pieces.concat()))
}

fn numbers() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (0i64..100_000).prop_map(|number| number.to_string()),
        2 => any::<i64>().prop_map(|number| number.to_string()),
        2 => prop::sample::select(vec![
            "0", "-0", "00", "01", "-1", "-", "+1", "1.0", "1.5", "1e3", "1E3", "1.", ".5", "999999999999999999",
            "9999999999999999999", "123456789012345678901234567890", "NaN", "Infinity", "1 2",
        ]).prop_map(str::to_owned),
    ]
}

fn values() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => texts(),
        2 => numbers(),
        2 => prop::sample::select(vec!["null", "true", "false", "[]", "{}", "[1,2]", "{\"a\":1}", "nul", "nulll", ""])
            .prop_map(str::to_owned),
    ]
}

fn spaces() -> impl Strategy<Value = &'static str> {
    prop_oneof![8 => Just(""), 3 => Just(" "), 1 => Just("  "), 1 => Just("\t"), 1 => Just("\r")]
}

/// An object of documented and other fields, with values that fit or not.
fn objects(
    names: &'static [&'static str],
    documented: impl Strategy<Value = String> + 'static,
) -> impl Strategy<Value = String> {
    let documented = documented.boxed();
    let name = prop_oneof![
        12 => prop::sample::select(names).prop_map(|name| format!("\"{name}\"")),
        1 => texts(),
        1 => Just("\"t\\u0061sk_id\"".to_owned()),
    ];
    let value = prop_oneof![12 => documented, 2 => values(), 1 => Just("null".to_owned())];
    prop::collection::vec((name, value, spaces(), spaces(), spaces()), 0..6).prop_map(|fields| {
        let fields: Vec<String> =
            fields.iter().map(|(name, value, a, b, c)| format!("{a}{name}{b}:{c}{value}{a}")).collect();
        format!("{{{}}}", fields.join(","))
    })
}

fn usages() -> impl Strategy<Value = String> {
    objects(&["output_tokens", "input_tokens"], numbers())
}

fn analyses() -> impl Strategy<Value = String> {
    let part = prop_oneof![4 => texts(), 1 => usages()];
    objects(&["generation_id", "data", "finish_reason", "usage"], part)
}

fn lines() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => texts(),
        2 => Just("\"ready\"".to_owned()),
        2 => analyses(),
        1 => objects(&["code", "message"], texts()),
    ];
    let row = objects(&["task_id", "custom_id", "status", "data", "error"], part.boxed());
    prop_oneof![
        2 => row.boxed(),
        6 => whole_rows().boxed(),
        1 => (whole_rows(), "\\PC{0,3}").prop_map(|(row, more)| row + &more).boxed(),
    ]
}

/// Rows of which nearly all are plain.
fn whole_rows() -> impl Strategy<Value = String> {
    let data = prop_oneof![
        (texts(), texts_of(60), texts(), numbers(), numbers()).prop_map(|(id, data, reason, out, input)| format!(
            r#"{{"generation_id":{id},"data":{data},"finish_reason":{reason},"usage":{{"output_tokens":{out},"input_tokens":{input}}}}}"#
        )),
        analyses(),
        Just("null".to_owned()),
    ];
    let error = prop_oneof![
        3 => Just("null".to_owned()),
        1 => (texts(), texts()).prop_map(|(code, text)| format!(r#"{{"code":{code},"message":{text}}}"#)),
    ];
    (texts(), values(), texts(), data, error).prop_map(|(task, custom, status, data, error)| {
        format!(
            r#"{{"task_id":{task},"custom_id":{custom},"status":{status},"data":{data},"error":{error}}}"#
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn a_plain_row_is_what_the_library_reads(line in lines()) {
        if let Some(plain) = read_plain(&line) {
            prop_assert_eq!(Some(plain), read_by_library(&line));
        }
    }

    #[test]
    fn a_long_text_is_what_the_library_reads(
        beginning in "[ -!#-\\[\\]-~]{0,130}", text in texts_of(60), end in "[ -!#-\\[\\]-~]{0,130}"
    ) {
        let text = &text[1..text.len() - 1];
        let line = format!(r#"{{"task_id":"t","status":"ready","data":{{"data":"{beginning}{text}{end}"}}}}"#);
        let plain = read_plain(&line);
        // All that it is made of is documented, so that valid JSON is plain.
        prop_assert_eq!(&plain, &read_by_library(&line));
    }

    #[test]
    fn a_row_that_was_damaged_is_what_the_library_reads(
        line in whole_rows(), at in any::<prop::sample::Index>(), byte in any::<u8>(), kind in 0..3,
    ) {
        let mut bytes = line.into_bytes();
        let at = at.index(bytes.len());
        match kind {
            0 => bytes[at] = byte,
            1 => bytes.truncate(at),
            _ => bytes.insert(at, byte),
        }
        let mut reader = PlainReader::default();
        if let Some(plain) = reader.read(&bytes) {
            let line = Line { row: 1, offset: 0, bytes: &bytes, is_terminated: true };
            prop_assert_eq!(Some(BatchResultItem::from(plain)), decode_row(line).ok());
        }
    }
}

#[test]
fn rows_as_the_platform_writes_them_are_plain() {
    for line in [
        r#"{"task_id":"6b00","custom_id":"video-1","status":"ready","data":{"generation_id":"g","data":"[{\"a\":\"\u65e5\\\\\n\"}]","finish_reason":"stop","usage":{"output_tokens":12,"input_tokens":9000}},"error":null}"#,
        r#"{"task_id": "6b00", "custom_id": null, "status": "failed", "error": {"code": "x", "message": "why \ud83d\ude00"}}"#,
        r#"{"status":"queued","task_id":""}"#,
        r#"{"task_id":"t","status":"canceled","data":{"data":""},"error":null}"#,
    ] {
        let plain = read_plain(line);
        assert!(plain.is_some(), "{line}");
        assert_eq!(plain, read_by_library(line));
    }
}

#[test]
fn a_reader_keeps_nothing_of_the_line_before() {
    let mut reader = PlainReader::default();
    let long = format!(r#"{{"task_id":"a","status":"{}\n"}}"#, "x".repeat(3 << 20));
    assert!(reader.read(long.as_bytes()).is_some());
    assert!(reader.read(br#"{"task_id":"\t","status":"\u0041" "#).is_none());
    assert_eq!(
        reader.read(br#"{"task_id":"\t","status":"\u0041"}"#).map(|row| (row.task_id, row.status)),
        Some(("\t", "A"))
    );
}
