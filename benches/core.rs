//! What the core's parts cost, without a network and without Python.
//!
//! `cargo bench` says what a part costs and how that differs from the last time.

#![allow(clippy::expect_used, reason = "what cannot be made cannot be measured")]

use std::fmt::Write as _;
use std::hint::black_box;

use bytes::Bytes;
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use serde_json::{Value, json};
use twelvelabs_batches::jsonl::{Line, PlainReader, Splitter, decode_row};
use twelvelabs_batches::models::CreateAnalyzeBatchRequest;
use twelvelabs_batches::validate::{Assets, Draft, Durations, check};

/// What one read from a connection may give.
const PIECE: usize = 64 * 1024;

const SENTENCE: &str = "A person enters the room, looks around and begins to speak about the plan. ";

/// A row of results with a text.
fn row(number: usize, text: &str) -> Value {
    json!({
        "task_id": format!("{number:024x}"),
        "custom_id": format!("video-{number}"),
        "status": "ready",
        "data": {
            "generation_id": format!("{number:032x}"),
            "data": text,
            "finish_reason": "stop",
            "usage": {"output_tokens": 120, "input_tokens": 9000 + number},
        },
    })
}

/// Time-based metadata, which is JSON as text.
fn metadata(length: usize) -> String {
    let mut segments = Vec::new();
    while segments.len() * 300 < length {
        let at = segments.len() * 10;
        let metadata =
            json!({"scene": "street", "description": SENTENCE.repeat(2), "people": 3, "indoors": false});
        segments.push(json!({"start_time": at, "end_time": at + 10, "metadata": metadata}));
    }
    json!({"scenes": segments}).to_string()
}

/// Text of which nothing is ASCII, as encoders write it that escape all that is not.
fn escaped(line: &str) -> String {
    line.chars().fold(String::new(), |mut text, letter| {
        if letter.is_ascii() {
            text.push(letter);
        } else {
            let _ = write!(text, "\\u{:04x}", u32::from(letter));
        }
        text
    })
}

/// A line of each kind.
fn lines() -> Vec<(&'static str, String)> {
    vec![
        ("0.6 kB", row(1, &SENTENCE.repeat(5)).to_string()),
        ("20 kB, JSON as text", row(1, &metadata(18_000)).to_string()),
        ("2.4 kB, all \\u escapes", escaped(&row(1, &"映像では話者が計画を説明".repeat(28)).to_string())),
        ("400 kB", row(1, &SENTENCE.repeat(5_300)).to_string()),
    ]
}

fn splitter(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("splitter");
    for (name, line) in lines() {
        let body = Bytes::from(format!("{line}\n").repeat(4_000_000 / line.len() + 1));
        group.throughput(Throughput::Bytes(body.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut splitter = Splitter::new();
                for start in (0..body.len()).step_by(PIECE) {
                    splitter.push(body.slice(start..body.len().min(start + PIECE)));
                    while let Some(line) = splitter.next_line() {
                        black_box(line.bytes);
                    }
                }
                splitter.rows()
            });
        });
    }
}

fn decoder(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("decoder");
    for (name, text) in lines() {
        let line = Line { row: 1, offset: 0, bytes: text.as_bytes(), is_terminated: true };
        assert!(decode_row(line).is_ok());
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter_batched(|| line, |line| decode_row(black_box(line)), BatchSize::SmallInput);
        });
        let mut reader = PlainReader::default();
        group.bench_function(format!("{name}, read where it is"), |bencher| {
            bencher.iter(|| reader.read(black_box(line.bytes)).map(|row| black_box(row).task_id.len()));
        });
    }
}

/// A request of 1,000 items.
fn request(kind: &str) -> CreateAnalyzeBatchRequest {
    let field =
        |number| json!({"name": format!("field_{number}"), "type": "string", "description": SENTENCE});
    let fields: Vec<Value> = (0..10).map(field).collect();
    let definition =
        |number| json!({"id": format!("scene-{number}"), "description": SENTENCE, "fields": fields});
    let definitions: Vec<Value> = (0..5).map(definition).collect();
    let format = json!({"type": "segment_definitions", "segment_definitions": definitions});
    let item = |number: usize| {
        let video = json!({"type": "asset_id", "asset_id": format!("{number:024x}")});
        let mut item = json!({"video": video, "custom_id": format!("video-{number}")});
        if kind == "rich" {
            item["response_format"] = format.clone();
        }
        item
    };
    let prompt = json!({"prompt": {"input_text": SENTENCE}});
    let read = |value: Value| serde_json::from_value(value).expect("an item as documented");
    CreateAnalyzeBatchRequest {
        model_name: "pegasus1.5".into(),
        analysis_mode: if kind == "rich" { "time_based_metadata" } else { "general" }.into(),
        defaults: (kind != "rich").then(|| serde_json::from_value(prompt).expect("defaults as documented")),
        requests: (0..1000).map(item).map(read).collect(),
    }
}

const KINDS: [&str; 2] = ["minimal", "rich"];

fn encoder(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("encoder, 1,000 items");
    for kind in KINDS {
        let request = request(kind);
        let length = serde_json::to_vec(&request).expect("an encoding").len();
        group.throughput(Throughput::Bytes(length as u64));
        group.bench_function(kind, |bencher| bencher.iter(|| serde_json::to_vec(black_box(&request))));
    }
}

fn validator(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("validator, 1,000 items");
    let (durations, assets) = (Durations::new(), Assets::new());
    for kind in KINDS {
        let request = request(kind);
        let look = || check(&Draft::of(&request, |_| false), &durations, &assets);
        assert!(look().violations.is_empty(), "{:?}", look().violations);
        group.throughput(Throughput::Elements(request.requests.len() as u64));
        group.bench_function(kind, |bencher| bencher.iter(|| black_box(look())));
    }
}

criterion_group!(benches, splitter, decoder, encoder, validator);
criterion_main!(benches);
