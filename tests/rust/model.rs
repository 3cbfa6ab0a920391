//! Thousands of random scripts of trouble: results lose nothing silently, and
//! `create` never leaves two batches.
//!
//! `TROUBLE_SEEDS=from..to` runs other scripts than the usual ones; a failure
//! tells its seed.

#![allow(clippy::print_stdout)]

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use fastrand::Rng;
use serde_json::json;
use twelvelabs_batches::client::{CallOptions, Client};
use twelvelabs_batches::emulator::api::Request;
use twelvelabs_batches::emulator::{Api, Options};
use twelvelabs_batches::error::{Error, Kind};
use twelvelabs_batches::models::{CreateAnalyzeBatchRequest, CreateAnalyzeBatchResponse};

use crate::scripted::{client_of, serve};
use crate::trouble::wire;

const SCRIPTS: u64 = 3000;

fn seeds() -> Range<u64> {
    let Ok(given) = std::env::var("TROUBLE_SEEDS") else { return 0..SCRIPTS };
    let (from, to) = given.split_once("..").unwrap();
    from.parse().unwrap()..to.parse().unwrap()
}

fn platform() -> Arc<Api> {
    let options = Options { speed: 0.0, api_key: "key".to_owned(), ..Options::default() };
    Arc::new(Api::new(options).unwrap())
}

fn request(items: usize, has_ids: bool) -> CreateAnalyzeBatchRequest {
    let item = |number: usize| {
        let mut item = json!({"video": {"type": "asset_id", "asset_id": format!("{number:024x}")}});
        if has_ids {
            item["custom_id"] = json!(format!("v-{number}"));
        }
        item
    };
    CreateAnalyzeBatchRequest {
        model_name: "pegasus1.5".into(),
        analysis_mode: "general".into(),
        defaults: serde_json::from_value(json!({"prompt": {"input_text": "Sum up."}})).unwrap(),
        requests: serde_json::from_value((0..items).map(item).collect()).unwrap(),
    }
}

/// Creates a batch without trouble.
fn create_quietly(api: &Api, items: usize) -> CreateAnalyzeBatchResponse {
    let body = serde_json::to_vec(&request(items, true)).unwrap();
    let request = Request::new("POST", "/v1.3/analyze/batches")
        .with_header("x-api-key", "key")
        .with_header("content-type", "application/json")
        .with_body(body);
    serde_json::from_slice(&api.answer(&request).into_bytes()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn results_give_every_item_once_or_tell() {
    let (mut whole, mut told) = (0, 0);
    for seed in seeds() {
        let api = platform();
        let mut random = Rng::with_seed(seed ^ 0x5eed);
        let created = create_quietly(&api, random.usize(1..12));
        api.advance(Duration::from_secs(random.u64(0..200)));
        let server = serve(wire(Arc::clone(&api), seed)).await;
        let client = client_of(&server.base_url, random.u32(0..4));
        let errors = read_on(&client, &created, seed).await;
        if errors == 0 { whole += 1 } else { told += 1 }
    }
    println!("{whole} scripts gave all items without an error, {told} told one");
    assert!(whole > 0 && told > 0, "the scripts hold trouble that can be overcome, and trouble that cannot");
}

/// Reads results, and on after errors, checking what must hold all the time.
async fn read_on(client: &Client, created: &CreateAnalyzeBatchResponse, seed: u64) -> usize {
    let asked: BTreeSet<&str> = created.items.iter().map(|item| item.task_id.as_str()).collect();
    let mut stream = match client.results(&created.batch_id, &CallOptions::default()).await {
        Ok(stream) => stream,
        Err(error) => return 1 + usize::from(is_internal(&error, seed)),
    };
    let mut items = BTreeSet::new();
    let (mut errors, mut malformed) = (0, 0);
    // Rows of damaged gzip come before its checksum can tell.
    let mut are_strange = false;
    // Whoever goes on after errors gets there, or is told again.
    while errors < 40 {
        match stream.next().await {
            Some(Ok(item)) => {
                are_strange |= !asked.contains(item.task_id.as_str());
                assert!(items.insert(item.task_id), "seed {seed}: an item came twice");
            }
            Some(Err(error)) => {
                errors += 1;
                match error.kind() {
                    Kind::MalformedRow(_) => malformed += 1,
                    Kind::Incomplete(incomplete) => {
                        assert_eq!(incomplete.received, items.len() as u64, "seed {seed}");
                        if let Some(expected) = incomplete.expected {
                            assert_eq!(expected, asked.len() as u64, "seed {seed}");
                            assert!(
                                incomplete.received < expected,
                                "seed {seed}: nothing is missing: {error}"
                            );
                        }
                    }
                    _ => assert!(!is_internal(&error, seed)),
                }
            }
            None => {
                assert!(items.len() + malformed >= asked.len(), "seed {seed}: items are missing, silently");
                assert!(errors > 0 || !are_strange, "seed {seed}: a strange item, silently");
                break;
            }
        }
    }
    errors
}

/// Errors that trouble on the wire must never lead to.
fn is_internal(error: &Error, seed: u64) -> bool {
    let is_internal = matches!(error.kind(), Kind::Invalid(_) | Kind::MissingApiKey | Kind::Closed);
    assert!(!is_internal, "seed {seed}: {error}");
    is_internal
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn create_never_leaves_two_batches() {
    let (mut made, mut refused, mut unknown, mut found) = (0, 0, 0, 0);
    for seed in seeds() {
        let api = platform();
        let mut random = Rng::with_seed(seed ^ 0xc0de);
        // Batches that look alike were made long before; they are not to be taken for the new one.
        let items = random.usize(1..6);
        for _ in 0..random.usize(0..3) {
            create_quietly(&api, items);
        }
        api.advance(Duration::from_secs(3600));
        let before = api.stats().batches_created;
        let has_ids = random.u8(..4) > 0;
        let server = serve(wire(Arc::clone(&api), seed)).await;
        let client = client_of(&server.base_url, random.u32(0..4));
        let request = request(items, has_ids);
        let outcome = client.create(&request, &CallOptions::default()).await;
        let created = api.stats().batches_created - before;
        assert!(created <= 1, "seed {seed}: {created} batches");
        match outcome {
            Ok(answer) => {
                assert_eq!(created, 1, "seed {seed}");
                check_created(&api, &answer.value, &request, seed);
                made += 1;
                let asked = server.asked.lock().unwrap();
                found += usize::from(asked.iter().any(|asked| asked.method != "POST"));
            }
            Err(error) if matches!(error.kind(), Kind::CreateOutcomeUnknown(_)) => unknown += 1,
            Err(error) => {
                assert!(!is_internal(&error, seed));
                assert_eq!(created, 0, "seed {seed}: a batch was made, and the error hides it: {error}");
                refused += 1;
            }
        }
    }
    println!("{made} made ({found} of them by looking), {refused} refused, {unknown} unknown");
    assert!(found > 0 && refused > 0 && unknown > 0);
}

/// The answer is that of the batch which was made, whichever way it came.
fn check_created(
    api: &Api,
    answer: &CreateAnalyzeBatchResponse,
    request: &CreateAnalyzeBatchRequest,
    seed: u64,
) {
    let target = format!("/v1.3/analyze/batches/{}/results", answer.batch_id);
    let reply = api.answer(&Request::new("GET", target).with_header("x-api-key", "key"));
    assert_eq!(reply.status, 200, "seed {seed}");
    let body = String::from_utf8(reply.into_bytes()).unwrap();
    let rows: Vec<serde_json::Value> = body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), request.requests.len(), "seed {seed}");
    for ((row, created), asked) in rows.iter().zip(&answer.items).zip(&request.requests) {
        assert_eq!(row["task_id"], created.task_id, "seed {seed}");
        assert_eq!(created.custom_id.0, asked.custom_id, "seed {seed}");
    }
}
