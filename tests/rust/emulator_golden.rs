//! What the emulator sends, judged by bodies written down from the
//! documentation: the same fields, of the same kinds.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use twelvelabs_batches::emulator::{AnalysisError, Asset, Emulator, Options};

fn golden(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Names and kinds of a body's fields; lists by their first element.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<_> = fields.keys().collect();
            names.sort();
            names
                .into_iter()
                .map(|name| (name.clone(), shape(&fields[name])))
                .collect::<serde_json::Map<_, _>>()
                .into()
        }
        Value::Array(elements) => elements.first().map_or(json!([]), |first| json!([shape(first)])),
        Value::String(text) if text.ends_with('Z') && text.contains('T') => json!("time"),
        Value::String(_) => json!("text"),
        Value::Number(_) => json!("number"),
        Value::Bool(_) => json!("bool"),
        Value::Null => json!("null"),
    }
}

struct Exchange {
    status: u16,
    head: String,
    body: String,
}

fn ask(platform: &Emulator, method: &str, path: &str, body: Option<&Value>) -> Exchange {
    let address = platform.base_url().trim_start_matches("http://").trim_end_matches("/v1.3");
    let mut stream = TcpStream::connect(address).unwrap();
    let body = body.map(Value::to_string).unwrap_or_default();
    // HTTP/1.0, so that the body is not in chunks.
    let head = format!(
        "{method} /v1.3/{path} HTTP/1.0\r\nx-api-key: emulator\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    Exchange { status: head[9..12].parse().unwrap(), head: head.to_lowercase(), body: body.to_owned() }
}

fn json_of(exchange: &Exchange) -> Value {
    assert!(exchange.head.contains("content-type: application/json"), "{}", exchange.head);
    serde_json::from_str(&exchange.body).unwrap()
}

fn platform() -> Emulator {
    let platform = Emulator::start(Options { speed: 0.0, concurrency: 1, ..Options::default() }).unwrap();
    let mut broken = Asset::new("f".repeat(24));
    broken.analysis_error =
        Some(AnalysisError { code: Some("asset_unavailable".to_owned()), message: "cannot read".to_owned() });
    platform.add_asset(broken).unwrap();
    platform
}

fn batch() -> Value {
    let video = |id: &str| json!({"type": "asset_id", "asset_id": id});
    json!({
        "model_name": "pegasus1.5",
        "analysis_mode": "general",
        "defaults": {"prompt": {"input_text": "Sum up."}},
        "requests": [
            {"video": video(&"a".repeat(24)), "custom_id": "v-1"},
            {"video": video(&"f".repeat(24))},
            {"video": video(&"b".repeat(24)), "custom_id": "v-3"}
        ]
    })
}

#[test]
fn a_batch_from_creation_to_completion() {
    let platform = platform();
    let created = ask(&platform, "POST", "analyze/batches", Some(&batch()));
    assert_eq!(created.status, 201);
    let created = json_of(&created);
    assert_eq!(shape(&created), shape(&golden("created.json")));
    assert_eq!(created["items"][1]["custom_id"], Value::Null, "the key is there");
    let path = format!("analyze/batches/{}", created["batch_id"].as_str().unwrap());
    platform.advance(Duration::from_secs(30));
    let processing = ask(&platform, "GET", &path, None);
    assert_eq!(shape(&json_of(&processing)), shape(&golden("batch_processing.json")));
    platform.advance(Duration::from_secs(3600));
    let mut completed = golden("batch_completed.json");
    completed.as_object_mut().unwrap().remove("webhooks");
    assert_eq!(shape(&json_of(&ask(&platform, "GET", &path, None))), shape(&completed));
}

#[test]
fn rows_of_results() {
    let platform = platform();
    let created = json_of(&ask(&platform, "POST", "analyze/batches", Some(&batch())));
    let path = format!("analyze/batches/{}/results", created["batch_id"].as_str().unwrap());
    let rows = || -> Vec<Value> {
        let results = ask(&platform, "GET", &path, None);
        assert!(results.head.contains("content-type: application/jsonl"), "{}", results.head);
        assert!(results.body.ends_with('\n'));
        results.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let queued = rows();
    assert_eq!(shape(&queued[2]), shape(&golden("row_queued.json")));
    assert_eq!(queued[1]["custom_id"], Value::Null, "the key is there");
    platform.advance(Duration::from_secs(3600));
    let ended = rows();
    assert_eq!(shape(&ended[0]), shape(&golden("row_ready.json")));
    assert_eq!(shape(&ended[1]), shape(&golden("row_failed.json")));
}

#[test]
fn a_page_of_expired_batches() {
    let options = Options { speed: 0.0, item_seconds: (1e6, 1e6), ..Options::default() };
    let platform = Emulator::start(options).unwrap();
    assert_eq!(ask(&platform, "POST", "analyze/batches", Some(&batch())).status, 201);
    platform.advance(Duration::from_secs(24 * 3600));
    let page = json_of(&ask(&platform, "GET", "analyze/batches?page=1", None));
    assert_eq!(shape(&page), shape(&golden("page.json")));
    assert_eq!(page["page_info"], golden("page.json")["page_info"]);
}

#[test]
fn documented_requests_are_accepted() {
    let platform = platform();
    let created = ask(&platform, "POST", "analyze/batches", Some(&golden("create_segments.json")));
    assert_eq!(created.status, 201, "{}", created.body);
}
