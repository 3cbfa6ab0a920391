//! A platform whose time is moved by hand, and short ways to talk to it.

use std::time::Duration;

use serde_json::{Value, json};
use twelvelabs_batches::emulator::api::{Reply, Request};
use twelvelabs_batches::emulator::{Api, Options};

/// A platform with its time standing still.
pub struct Story {
    pub api: Api,
}

/// Options under which item `n` of a batch runs from second `20 + 30 * n` to second `50 + 30 * n`.
pub fn one_by_one() -> Options {
    Options {
        speed: 0.0,
        queue_seconds: 20.0,
        item_seconds: (30.0, 30.0),
        concurrency: 1,
        ..Options::default()
    }
}

/// The id of the `n`th asset.
pub fn asset(n: usize) -> String {
    format!("6a{n:022x}")
}

/// A batch in the mode general with this many items, called `item-0` and so on.
pub fn general(items: usize) -> Value {
    let request =
        |n| json!({"video": {"type": "asset_id", "asset_id": asset(n)}, "custom_id": format!("item-{n}")});
    json!({
        "model_name": "pegasus1.5",
        "analysis_mode": "general",
        "defaults": {"prompt": {"input_text": "Sum up."}},
        "requests": (0..items).map(request).collect::<Vec<_>>(),
    })
}

/// A batch in the mode `time_based_metadata` with this many items.
pub fn segmenting(items: usize) -> Value {
    let request = |n| json!({"video": {"type": "asset_id", "asset_id": asset(n)}});
    json!({
        "model_name": "pegasus1.5",
        "analysis_mode": "time_based_metadata",
        "defaults": {"response_format": {
            "type": "segment_definitions",
            "segment_definitions": [{"id": "scene", "description": "A scene."}],
        }},
        "requests": (0..items).map(request).collect::<Vec<_>>(),
    })
}

impl Story {
    pub fn new(options: Options) -> Self {
        Self { api: Api::new(options).unwrap() }
    }

    pub fn pass(&self, seconds: u64) {
        self.api.advance(Duration::from_secs(seconds));
    }

    pub fn reply(&self, method: &str, path: &str, body: &[u8]) -> Reply {
        let request = Request::new(method, format!("/v1.3/{path}"));
        let request = request.with_header("X-Api-Key", "emulator").with_body(body.to_vec());
        self.api.answer(&request)
    }

    /// The status and the body, which is null when there is none.
    pub fn ask(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let reply = self.reply(method, path, &body);
        let status = reply.status;
        (status, serde_json::from_slice(&reply.into_bytes()).unwrap_or_default())
    }

    pub fn get(&self, path: &str) -> (u16, Value) {
        self.ask("GET", path, &Value::Null)
    }

    pub fn create(&self, body: &Value) -> (u16, Value) {
        self.ask("POST", "analyze/batches", body)
    }

    /// Creates a batch, which has to work, and returns its id.
    pub fn created(&self, body: &Value) -> String {
        let (status, body) = self.create(body);
        assert_eq!(status, 201, "{body}");
        body["batch_id"].as_str().unwrap().to_owned()
    }

    pub fn retrieve(&self, id: &str) -> (u16, Value) {
        self.get(&format!("analyze/batches/{id}"))
    }

    pub fn cancel(&self, id: &str) -> (u16, Value) {
        self.ask("POST", &format!("analyze/batches/{id}/cancel"), &Value::Null)
    }

    pub fn delete(&self, id: &str) -> (u16, Value) {
        self.ask("DELETE", &format!("analyze/batches/{id}"), &Value::Null)
    }

    pub fn rows(&self, id: &str) -> Vec<Value> {
        let reply = self.reply("GET", &format!("analyze/batches/{id}/results"), b"");
        assert_eq!(reply.status, 200);
        let text = String::from_utf8(reply.into_bytes()).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The statuses of the rows.
    pub fn row_statuses(&self, id: &str) -> Vec<String> {
        self.rows(id).iter().map(|row| row["status"].as_str().unwrap().to_owned()).collect()
    }

    /// The batch's status and its queued, processing, ready, failed and canceled items.
    pub fn summary(&self, id: &str) -> String {
        let (status, body) = self.retrieve(id);
        assert_eq!(status, 200, "{body}");
        let counts = ["queued", "processing", "ready", "failed", "canceled"]
            .map(|word| body[format!("{word}_items")].to_string());
        format!("{} {}", body["status"].as_str().unwrap(), counts.join(" "))
    }
}

/// The code of an error, in either shape.
pub fn code(body: &Value) -> &str {
    body.pointer("/error/code").or_else(|| body.get("code")).and_then(Value::as_str).unwrap_or("none")
}
