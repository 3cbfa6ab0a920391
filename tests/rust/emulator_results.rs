//! Rows, tasks and assets.

use serde_json::{Value, json};
use twelvelabs_batches::emulator::options::{KnownAssets, MalformedIdStatus, RowOrder};
use twelvelabs_batches::emulator::{Asset, AssetStatus, InvalidAsset, Options};

use crate::emulator_story::{Story, asset, code, general, one_by_one, segmenting};

fn names(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["custom_id"].as_str().unwrap()).collect()
}

#[test]
fn rows_show_each_item_as_it_is() {
    let story = Story::new(one_by_one());
    let id = story.created(&general(3));
    assert_eq!(story.row_statuses(&id), ["queued", "queued", "queued"]);
    story.pass(55);
    let rows = story.rows(&id);
    assert_eq!(story.row_statuses(&id), ["ready", "processing", "queued"]);
    for row in &rows[1..] {
        assert!(row.get("data").is_none() && row.get("error").is_none());
    }
    let data = &rows[0]["data"];
    assert!(data["data"].is_string() && data["generation_id"].is_string());
    assert!(["stop", "length"].contains(&data["finish_reason"].as_str().unwrap()));
    assert!(data["usage"]["output_tokens"].is_u64());
    story.pass(3600);
    assert_eq!(story.rows(&id)[0], rows[0], "a ready row stays the same");
}

#[test]
fn results_are_json_lines() {
    let story = Story::new(one_by_one());
    let id = story.created(&general(2));
    let reply = story.reply("GET", &format!("analyze/batches/{id}/results"), b"");
    assert_eq!(reply.header("content-type"), Some("application/jsonl"));
    let body = reply.into_bytes();
    assert_eq!(String::from_utf8_lossy(&body).lines().count(), 2);
    assert!(body.ends_with(b"\n"));
}

#[test]
fn results_are_a_snapshot() {
    let story = Story::new(one_by_one());
    let id = story.created(&general(2));
    story.pass(25);
    let reply = story.reply("GET", &format!("analyze/batches/{id}/results"), b"");
    story.pass(1000);
    story.delete(&id);
    let text = String::from_utf8(reply.into_bytes()).unwrap();
    assert!(text.contains("\"processing\"") && text.contains("\"queued\""), "{text}");
}

#[test]
fn rows_can_come_in_the_order_of_completion() {
    let options = Options {
        row_order: RowOrder::Completion,
        concurrency: 4,
        item_seconds: (10.0, 500.0),
        ..one_by_one()
    };
    let story = Story::new(options);
    let id = story.created(&general(8));
    story.pass(300);
    assert!(story.row_statuses(&id).is_sorted_by_key(|status| status != "ready"));
    assert!(story.row_statuses(&id).iter().any(|status| status == "ready"));
    assert!(story.row_statuses(&id).iter().any(|status| status != "ready"));
    story.pass(5000);
    let rows = story.rows(&id);
    let finished = |row: &Value| {
        let (_, task) = story.get(&format!("analyze/tasks/{}", row["task_id"].as_str().unwrap()));
        task["completed_at"].as_str().unwrap().to_owned()
    };
    let times: Vec<String> = rows.iter().map(finished).collect();
    assert!(times.is_sorted(), "{times:?}");
    assert!(!names(&rows).is_sorted());
}

#[test]
fn shuffled_rows_are_all_there_and_stay_shuffled() {
    let story = Story::new(Options { row_order: RowOrder::Shuffled, ..one_by_one() });
    let id = story.created(&general(9));
    let rows = story.rows(&id);
    assert_eq!(rows, story.rows(&id));
    let mut sorted = names(&rows);
    assert!(!sorted.is_sorted());
    sorted.sort_unstable();
    assert_eq!(sorted, (0..9).map(|n| format!("item-{n}")).collect::<Vec<_>>());
}

#[test]
fn a_task_shows_its_request_with_the_defaults() {
    let story = Story::new(one_by_one());
    let mut body = general(1);
    body["defaults"]["max_tokens"] = json!(600);
    body["requests"][0]["end_time"] = json!(60);
    body["requests"][0]["prompt"] = Value::Null;
    let (_, created) = story.create(&body);
    let path = format!("analyze/tasks/{}", created["items"][0]["task_id"].as_str().unwrap());
    let (status, task) = story.get(&path);
    assert_eq!((status, &task["status"], &task["batch_id"]), (200, &json!("queued"), &created["batch_id"]));
    assert_eq!(
        task["request_params"],
        json!({"analysis_mode": "general", "prompt_v2": {"input_text": "Sum up."}, "temperature": 0.2,
               "max_tokens": 600, "end_time": 60})
    );
    assert_eq!(task["video_source"]["asset_id"], asset(0));
    assert!(task.get("completed_at").is_none() && task.get("result").is_none());
    story.pass(50);
    let (_, task) = story.get(&path);
    assert_eq!(task["completed_at"], "2026-01-01T00:00:50.000Z");
    assert_eq!(task["result"], story.rows(created["batch_id"].as_str().unwrap())[0]["data"]);
}

#[test]
fn assets_can_be_looked_at() {
    let story = Story::new(one_by_one());
    let (status, body) = story.get(&format!("assets/{}", asset(1)));
    assert_eq!((status, &body["_id"], &body["status"]), (200, &json!(asset(1)), &json!("ready")));
    assert_eq!(body["duration"], 300.0);
    let failed = Asset { status: AssetStatus::Failed, ..Asset::new(asset(1)) };
    story.api.add_asset(failed).unwrap();
    let (_, body) = story.get(&format!("assets/{}", asset(1)));
    assert!(body["error"]["message"].is_string() && body.get("duration").is_none());
    let (status, body) = story.get("assets/one");
    assert_eq!((status, code(&body)), (400, "parameter_invalid"));
}

#[test]
fn with_registered_assets_others_are_missing() {
    let story = Story::new(Options { assets: KnownAssets::Registered, ..one_by_one() });
    story.api.add_asset(Asset::new(asset(0))).unwrap();
    assert_eq!(story.get(&format!("assets/{}", asset(0))).0, 200);
    assert_eq!(story.get(&format!("assets/{}", asset(1))).0, 404);
    assert_eq!(story.create(&general(1)).0, 201);
    let (status, body) = story.create(&general(2));
    assert_eq!((status, code(&body)), (404, "resource_not_exist"));
    assert!(body["error"]["message"].as_str().unwrap().contains(&asset(1)));
    assert_eq!(story.api.stats().batches_created, 1);
}

#[test]
fn assets_have_to_be_ready() {
    let story = Story::new(one_by_one());
    for status in [AssetStatus::Processing, AssetStatus::Failed] {
        story.api.add_asset(Asset { status, ..Asset::new(asset(0)) }).unwrap();
        assert_eq!(story.create(&general(1)).0, 409);
    }
    assert_eq!(story.api.stats().batches_created, 0);
    story.api.add_asset(Asset::new(asset(0))).unwrap();
    assert_eq!(story.create(&general(1)).0, 201);
}

#[test]
fn impossible_assets_are_not_registered() {
    let story = Story::new(one_by_one());
    assert_eq!(story.api.add_asset(Asset::new("x")), Err(InvalidAsset::Id("x".to_owned())));
    for duration in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(story.api.add_asset(Asset { duration, ..Asset::new(asset(0)) }).is_err());
    }
}

#[test]
fn ids_are_read_in_any_case_and_refused_when_malformed() {
    let story = Story::new(one_by_one());
    let id = story.created(&general(1));
    assert_eq!(story.retrieve(&id.to_uppercase()).0, 200);
    let bad = ["x", "..%2Ftasks", "", &format!("{id}0"), "zzzzzzzzzzzzzzzzzzzzzzzz"];
    for bad in bad {
        assert_eq!(story.retrieve(bad).0, 404, "{bad}");
        assert_eq!(story.cancel(bad).0, 404, "{bad}");
        assert_eq!(story.delete(bad).0, 404, "{bad}");
    }
    let story = Story::new(Options { malformed_id_status: MalformedIdStatus::BadRequest, ..one_by_one() });
    let (status, body) = story.retrieve("x");
    assert_eq!((status, code(&body)), (400, "parameter_invalid"));
    assert_eq!(story.retrieve(&id).0, 404);
}

#[test]
fn the_books_count_what_is_paid_for() {
    let story = Story::new(one_by_one());
    let mut body = segmenting(2);
    body["defaults"]["end_time"] = json!(100);
    let definition = json!({"id": "talk", "description": "Somebody talks."});
    body["defaults"]["response_format"]["segment_definitions"].as_array_mut().unwrap().push(definition);
    let id = story.created(&body);
    story.pass(100);
    let stats = story.api.stats();
    assert_eq!((stats.items_created, stats.items_billed, stats.items["ready"]), (2, 2, 2));
    assert!((stats.seconds_billed - 400.0).abs() < 1e-9);
    let rows = story.rows(&id);
    let tokens = rows.iter().map(|row| row["data"]["usage"]["output_tokens"].as_u64().unwrap());
    assert_eq!(stats.output_tokens, tokens.sum::<u64>());
    story.delete(&id);
    let after = story.api.stats();
    assert_eq!((after.output_tokens, after.batches_deleted), (stats.output_tokens, 1));
    assert_eq!((after.requests["create"], after.requests["results"], after.responses[&204]), (1, 1, 1));
}
