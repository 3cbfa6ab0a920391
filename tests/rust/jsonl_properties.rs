//! Whatever the bytes and however they are cut: the same lines, and no panic.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::corpus::{bytes, data, model, pieces, read, split};

/// Bytes in which line ends, white space, marks and broken characters are as
/// common as they are rare in random ones.
fn streams() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => Just(b"\n".to_vec()),
        2 => Just(b"\r\n".to_vec()),
        2 => prop::sample::select(vec![b" ".to_vec(), b"\t".to_vec(), b"\r".to_vec(), b"\x0b".to_vec(), b"\x0c".to_vec(), b"\0".to_vec()]),
        1 => Just(b"\xef\xbb\xbf".to_vec()),
        1 => Just("\u{2028}\u{85}é🎬".as_bytes().to_vec()),
        2 => Just(br#"{"task_id":"t","custom_id":null,"status":"ready"}"#.to_vec()),
        1 => Just(br#"{"error":{"message":"no"}}"#.to_vec()),
        2 => prop::collection::vec(any::<u8>(), 0..12),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("JSON has no other numbers", |number| number.is_finite())
            .prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\n\r\u{85}\u{2028}\u{2029}\\\\\"\u{feff}\0é🎬]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// JSON Lines as a careless but correct writer makes them.
fn join(rows: &[Value], ends: &[u8]) -> Vec<u8> {
    let mut stream = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        stream.extend(serde_json::to_vec(row).unwrap());
        let end: &[u8] = match ends.get(number).unwrap_or(&0) % 5 {
            0 => b"\n",
            1 => b"\r\n",
            2 => b"\n\n",
            3 => b" \t\n \r\n",
            _ if number + 1 == rows.len() => b"",
            _ => b"\n",
        };
        stream.extend(end);
    }
    stream
}

proptest! {
    #[test]
    fn any_bytes_give_the_lines_of_the_model(stream in streams(), cuts in prop::collection::vec(0usize..200, 0..12)) {
        let expected = model(&stream);
        prop_assert_eq!(&split([stream.as_slice()]), &expected);
        prop_assert_eq!(&split(pieces(&stream, &cuts)), &expected);
        prop_assert_eq!(&split(stream.chunks(1)), &expected);
    }

    #[test]
    fn random_bytes_give_the_lines_of_the_model(
        stream in prop::collection::vec(prop_oneof![Just(b'\n'), any::<u8>()], 0..300),
        cuts in prop::collection::vec(0usize..300, 0..12),
    ) {
        let expected = model(&stream);
        prop_assert_eq!(&split([stream.as_slice()]), &expected);
        prop_assert_eq!(&split(pieces(&stream, &cuts)), &expected);
    }

    #[test]
    fn any_bytes_give_the_same_rows_in_any_pieces(stream in streams(), cuts in prop::collection::vec(0usize..200, 0..12)) {
        let whole = read([stream.as_slice()]);
        prop_assert_eq!(&read(pieces(&stream, &cuts)), &whole);
        prop_assert_eq!(&read(stream.chunks(1)), &whole);
    }

    #[test]
    fn fields_of_any_value_come_back(
        extras in prop::collection::vec(values(), 0..6),
        ends in prop::collection::vec(any::<u8>(), 6),
        cuts in prop::collection::vec(0usize..600, 0..12),
    ) {
        let rows: Vec<Value> = extras
            .iter()
            .map(|extra| json!({"task_id": "t", "custom_id": "c", "status": "queued", "extra": extra}))
            .collect();
        let stream = join(&rows, &ends);
        let found = read(pieces(&stream, &cuts));
        prop_assert_eq!(found.len(), rows.len());
        for (found, expected) in found.into_iter().zip(&rows) {
            let row = found.outcome.map_err(TestCaseError::fail)?;
            prop_assert_eq!(&serde_json::to_value(&row).unwrap(), expected);
        }
    }

    #[test]
    fn rows_of_any_value_are_told_one_by_one(
        rows in prop::collection::vec(values(), 0..6),
        ends in prop::collection::vec(any::<u8>(), 6),
        cuts in prop::collection::vec(0usize..600, 0..12),
    ) {
        let stream = join(&rows, &ends);
        let whole = read([stream.as_slice()]);
        prop_assert_eq!(whole.len(), rows.len());
        for (found, row) in whole.iter().zip(&rows) {
            prop_assert_eq!(&serde_json::from_slice::<Value>(&found.text).unwrap(), row);
            prop_assert!(found.outcome.is_err(), "no row by chance");
        }
        prop_assert_eq!(read(pieces(&stream, &cuts)), whole);
    }
}

/// Marsaglia's xorshift: the same numbers on every machine and at every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap()
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[3]
    }
}

const TOKENS: &[&[u8]] = &[
    b"\n",
    b"\r\n",
    b"\r",
    b"\"",
    b"\\",
    b"\\u",
    b"\\ud800",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"null",
    b"-",
    b"1e999",
    b"\xef\xbb\xbf",
    b"\xe2\x80",
    b"\xff",
    b"\0",
    b"\"task_id\":",
    b"\"error\":{\"message\":7},",
];

fn mutate(body: &mut Vec<u8>, numbers: &mut Numbers) {
    let at = numbers.below(body.len() + 1);
    let end = (at + numbers.below(40)).min(body.len());
    match numbers.below(7) {
        0 if at < body.len() => body[at] ^= 1 << numbers.below(8),
        1 if at < body.len() => body[at] = numbers.byte(),
        2 => body.truncate(at),
        3 => drop(body.drain(at..end)),
        4 => {
            let copy = body[at..end].to_vec();
            body.splice(at..at, copy);
        }
        5 => body.insert(at, numbers.byte()),
        _ => {
            let token = TOKENS[numbers.below(TOKENS.len())];
            body.splice(at..at, token.iter().copied());
        }
    }
}

fn bodies() -> Vec<Vec<u8>> {
    let rows = [
        json!({"task_id": "t-1", "custom_id": "c-1", "status": "ready", "data": {"generation_id": "g", "data": "{\"a\": \"é\u{2028}\"}", "finish_reason": "stop", "usage": {"output_tokens": 3, "input_tokens": 4}}}),
        json!({"task_id": "t-2", "custom_id": null, "status": "failed", "error": {"code": "asset_unavailable", "message": "no 🎬"}}),
        json!({"task_id": "t-3", "custom_id": "c-3", "status": "queued", "mood": [1.5, -7, true, null, {}]}),
    ];
    let mut bodies = vec![join(&rows, &[0, 1, 4]), join(&rows, &[3, 2, 0])];
    let corpus = data("json_lines/cases.json");
    bodies.extend(
        corpus.as_array().unwrap().iter().map(|case| bytes(&case["bytes"])).filter(|body| body.len() < 1000),
    );
    bodies
}

#[test]
fn spoilt_bodies_neither_panic_nor_depend_on_their_pieces() {
    let bodies = bodies();
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for round in 0..6000 {
        let mut body = bodies[numbers.below(bodies.len())].clone();
        for _ in 0..=numbers.below(6) {
            mutate(&mut body, &mut numbers);
        }
        let whole = read([body.as_slice()]);
        let cuts: Vec<usize> = (0..numbers.below(5)).map(|_| numbers.below(body.len() + 1)).collect();
        assert_eq!(read(pieces(&body, &cuts)), whole, "round {round}: {}", body.escape_ascii());
        let lines: Vec<_> = whole.into_iter().map(|read| (read.row, read.offset, read.text)).collect();
        assert_eq!(lines, model(&body), "round {round}: {}", body.escape_ascii());
    }
}
