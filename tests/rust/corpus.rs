//! What the suites over `tests/data/` have in common: reading the data, and
//! reading bytes as rows.

use std::fs;
use std::path::Path;

use serde_json::Value;
use twelvelabs_batches::jsonl::{Splitter, decode_row};
use twelvelabs_batches::models::BatchResultItem;

/// A file of `tests/data/`.
pub fn data(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Bytes as the data writes them: a string whose characters U+0000 to U+00FF
/// are the bytes, or a list of such strings and of repetitions.
pub fn bytes(value: &Value) -> Vec<u8> {
    match value {
        Value::String(text) => {
            text.chars().map(|char| u8::try_from(u32::from(char)).expect("a byte")).collect()
        }
        Value::Array(parts) => parts.iter().flat_map(bytes).collect(),
        Value::Object(part) => bytes(&part["repeat"])
            .repeat(part["times"].as_u64().and_then(|times| usize::try_from(times).ok()).expect("a count")),
        other => panic!("no bytes: {other}"),
    }
}

/// A line, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    pub row: u64,
    pub offset: u64,
    pub text: Vec<u8>,
    /// The row, or why it was refused.
    pub outcome: Result<BatchResultItem, String>,
}

/// Feeds the pieces one after the other and reads every line as soon as it is
/// there.
pub fn read<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<Read> {
    let mut splitter = Splitter::new();
    let mut found = Vec::new();
    for piece in pieces {
        splitter.push(bytes::Bytes::copy_from_slice(piece));
        drain(&mut splitter, &mut found);
    }
    splitter.finish();
    drain(&mut splitter, &mut found);
    assert_eq!(splitter.pending(), 0, "a finished splitter holds nothing back");
    found
}

fn drain(splitter: &mut Splitter, found: &mut Vec<Read>) {
    while let Some(line) = splitter.next_line() {
        let (row, offset, text) = (line.row, line.offset, line.bytes.to_vec());
        let outcome = decode_row(line).map_err(|row| row.reason);
        found.push(Read { row, offset, text, outcome });
    }
}

/// Only the splitting: cheaper where the rows are known already.
pub fn split<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<(u64, u64, Vec<u8>)> {
    let mut splitter = Splitter::new();
    let mut found = Vec::new();
    let mut drain = |splitter: &mut Splitter| {
        while let Some(line) = splitter.next_line() {
            found.push((line.row, line.offset, line.bytes.to_vec()));
        }
    };
    for piece in pieces {
        splitter.push(bytes::Bytes::copy_from_slice(piece));
        drain(&mut splitter);
    }
    splitter.finish();
    drain(&mut splitter);
    found
}

/// What the splitter must say, in the plainest words.
pub fn model(stream: &[u8]) -> Vec<(u64, u64, Vec<u8>)> {
    let mut found = Vec::new();
    let mut offset = 0;
    let mut row = 0;
    for line in stream.split(|byte| *byte == b'\n') {
        let next = offset + line.len() + 1;
        let mark = if offset == 0 && line.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\x0c');
        let line = &line[mark..];
        if let Some(first) = line.iter().position(|byte| !blank(byte)) {
            let last = line.iter().rposition(|byte| !blank(byte)).expect("there is a first");
            row += 1;
            found.push((row, (offset + mark + first) as u64, line[first..=last].to_vec()));
        }
        offset = next;
    }
    found
}

/// Cuts bytes at the given places, which may be out of range or out of order.
pub fn pieces<'a>(stream: &'a [u8], cuts: &[usize]) -> Vec<&'a [u8]> {
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| (*cut).min(stream.len())).collect();
    cuts.sort_unstable();
    let mut start = 0;
    let mut found = Vec::new();
    for cut in cuts {
        found.push(&stream[start..cut]);
        start = cut;
    }
    found.push(&stream[start..]);
    found
}
