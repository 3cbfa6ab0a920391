//! How errors are told.

use std::time::Duration;

use serde_json::{Value, json};
use twelvelabs_batches::emulator::api::Request;
use twelvelabs_batches::emulator::options::ErrorShape;
use twelvelabs_batches::emulator::{Api, Options};

use crate::emulator_story::{Story, asset, code, general, one_by_one};

#[test]
fn errors_of_endpoints_are_nested_or_flat() {
    let path = format!("analyze/batches/{}", asset(7));
    let (status, body) = Story::new(one_by_one()).get(&path);
    assert_eq!((status, &body["error"]["code"]), (404, &json!("resource_not_exist")));
    let (status, body) = Story::new(Options { error_shape: ErrorShape::Flat, ..one_by_one() }).get(&path);
    assert_eq!((status, &body["code"]), (404, &json!("resource_not_exist")));
}

#[test]
fn keys_are_checked_first() {
    let story = Story::new(Options { api_key: "right".to_owned(), ..one_by_one() });
    let request = |keys: &[&str]| {
        let request = Request::new("GET", "/v1.3/analyze/batches");
        let request = keys.iter().fold(request, |request, key| request.with_header("x-api-key", *key));
        let reply = story.api.answer(&request);
        (reply.status, serde_json::from_slice::<Value>(&reply.into_bytes()).unwrap()["code"].clone())
    };
    assert_eq!(request(&["right"]).0, 200);
    for keys in [&[][..], &["wrong"], &[""], &["right", "wrong"]] {
        assert_eq!(request(keys), (401, json!("api_key_invalid")), "{keys:?}");
    }
    assert_eq!(story.ask("POST", "nowhere", &Value::Null).0, 401);
}

#[test]
fn paths_and_methods_that_are_not_there() {
    let story = Story::new(one_by_one());
    for path in
        ["", "analyze", "analyze/batch", "analyze/batches/x/y", "analyze/batches/x/results/y", "assets"]
    {
        let (status, body) = story.get(path);
        assert_eq!((status, code(&body)), (404, "resource_not_exist"), "{path}");
        assert!(body.get("error").is_none());
    }
    for (method, path, allowed) in [
        ("PUT", "analyze/batches", "GET, POST"),
        ("DELETE", "analyze/batches", "GET, POST"),
        ("POST", "analyze/batches/x", "GET, DELETE"),
        ("POST", "analyze/batches/x/results", "GET"),
        ("GET", "analyze/batches/x/cancel", "POST"),
        ("DELETE", "assets/x", "GET"),
        ("POST", "analyze/tasks/x", "GET"),
    ] {
        let reply = story.reply(method, path, b"");
        assert_eq!((reply.status, reply.header("allow")), (405, Some(allowed)), "{method} {path}");
    }
}

#[test]
fn every_answer_has_the_platforms_headers() {
    let story = Story::new(one_by_one());
    story.pass(3661);
    let mut ids = Vec::new();
    for path in ["analyze/batches", "nowhere", "analyze/batches/x"] {
        let reply = story.reply("GET", path, b"");
        assert_eq!(reply.header("date"), Some("Thu, 01 Jan 2026 01:01:01 GMT"));
        assert!(reply.header("x-api-version").is_some());
        assert_eq!(reply.header("content-type"), Some("application/json"));
        ids.push(reply.header("x-request-id").unwrap().to_owned());
    }
    ids.dedup();
    assert_eq!(ids.len(), 3);
}

#[test]
fn a_minute_has_room_for_so_many_requests() {
    let story = Story::new(Options { requests_per_minute: Some(3), ..one_by_one() });
    for remaining in ["2", "1", "0"] {
        let reply = story.reply("GET", "analyze/batches", b"");
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("X-RateLimit-Request-Remaining"), Some(remaining));
        assert_eq!(reply.header("X-RateLimit-Request-Reset"), Some("1767225660"));
    }
    story.pass(15);
    let reply = story.reply("POST", "analyze/batches", general(1).to_string().as_bytes());
    assert_eq!((reply.status, reply.header("retry-after")), (429, Some("45")));
    assert_eq!(reply.header("X-RateLimit-Request-Remaining"), Some("0"));
    let body: Value = serde_json::from_slice(&reply.into_bytes()).unwrap();
    assert_eq!(body["code"], "too_many_requests");
    story.pass(44);
    assert_eq!(story.get("analyze/batches").0, 429);
    story.pass(1);
    assert_eq!(story.get("analyze/batches").0, 200);
    assert_eq!(story.api.stats().batches_created, 0);
}

#[test]
fn clients_are_told_to_wait_in_their_own_seconds() {
    let options = Options { speed: 1000.0, max_active_batches: 0, queue_seconds: 0.0, ..Options::default() };
    let api = Api::new(options).unwrap();
    let request = Request::new("POST", "/v1.3/analyze/batches").with_header("x-api-key", "emulator");
    let reply = api.answer(&request.with_body(general(1).to_string()));
    assert_eq!(reply.status, 429);
    let options = Options { speed: 30.0, requests_per_minute: Some(1), ..Options::default() };
    let api = Api::new(options).unwrap();
    let request = Request::new("GET", "/v1.3/analyze/batches").with_header("x-api-key", "emulator");
    let replies = [api.answer(&request), api.answer(&request)];
    if replies[1].status == 429 {
        let wait: u64 = replies[1].header("retry-after").unwrap().parse().unwrap();
        assert!((1..=2).contains(&wait), "{wait}");
    }
}

#[test]
fn time_runs_at_its_speed_and_can_be_moved_besides() {
    let start = "2030-01-01T00:00:00Z".parse().unwrap();
    let api = Api::new(Options { speed: 1e6, start_time: Some(start), ..Options::default() }).unwrap();
    let (before, real) = (api.now(), std::time::Instant::now());
    while real.elapsed() < Duration::from_millis(2) {
        std::hint::spin_loop();
    }
    assert!(api.now().duration_since(before).as_secs() >= 1999);
    api.advance(Duration::from_secs(365 * 24 * 3600));
    assert!(api.now().to_string().starts_with("2031"));
    let still = Api::new(Options { start_time: Some(start), ..one_by_one() }).unwrap();
    assert_eq!(still.now(), start);
    still.advance(Duration::MAX);
    assert!(still.now() > start);
}
