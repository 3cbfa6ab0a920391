//! The course of a batch that is left alone.

use serde_json::{Value, json};
use twelvelabs_batches::emulator::options::{InitialStatus, ProcessingAtExpiry};
use twelvelabs_batches::emulator::{AnalysisError, Asset, Options};

use crate::emulator_story::{Story, asset, code, general, one_by_one, segmenting};

const DAY: u64 = 24 * 3600;

#[test]
fn creation_names_the_tasks_in_order() {
    let story = Story::new(one_by_one());
    let (status, body) = story.create(&general(3));
    assert_eq!(status, 201);
    assert_eq!(body["status"], "pending");
    assert_eq!(body["total_items"], 3);
    assert_eq!(body["created_at"], "2026-01-01T00:00:00.000Z");
    assert_eq!(body["expires_at"], "2026-01-02T00:00:00.000Z");
    let names: Vec<&Value> =
        body["items"].as_array().unwrap().iter().map(|item| &item["custom_id"]).collect();
    assert_eq!(names, ["item-0", "item-1", "item-2"]);
    for id in [&body["batch_id"], &body["items"][0]["task_id"]] {
        let id = id.as_str().unwrap();
        assert!(!id.contains("000000"), "{id}");
        assert!(id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    }
}

#[test]
fn items_without_custom_id_have_null() {
    let story = Story::new(one_by_one());
    let (_, body) = story.create(&segmenting(1));
    assert_eq!(body["items"][0]["custom_id"], Value::Null);
    assert!(body["items"][0].as_object().unwrap().contains_key("custom_id"));
    let rows = story.rows(body["batch_id"].as_str().unwrap());
    assert!(rows[0].as_object().unwrap().contains_key("custom_id"));
}

#[test]
fn a_batch_goes_from_pending_to_completed() {
    let story = Story::new(one_by_one());
    let id = story.created(&general(2));
    assert_eq!(story.summary(&id), "pending 2 0 0 0 0");
    story.pass(19);
    assert_eq!(story.summary(&id), "pending 2 0 0 0 0");
    story.pass(1);
    assert_eq!(story.summary(&id), "processing 1 1 0 0 0");
    story.pass(30);
    assert_eq!(story.summary(&id), "processing 0 1 1 0 0");
    story.pass(29);
    assert_eq!(story.summary(&id), "processing 0 1 1 0 0");
    assert!(story.retrieve(&id).1.get("completed_at").is_none());
    story.pass(1);
    assert_eq!(story.summary(&id), "completed 0 0 2 0 0");
    let (_, body) = story.retrieve(&id);
    assert_eq!(body["completed_at"], "2026-01-01T00:01:20.000Z");
    assert_eq!(body["model_name"], "pegasus1.5");
    assert_eq!(body["analysis_mode"], "general");
    assert!(body.get("canceled_at").is_none() && body.get("expired_at").is_none());
}

#[test]
fn the_initial_status_can_be_processing() {
    let story = Story::new(Options { initial_status: InitialStatus::Processing, ..one_by_one() });
    assert_eq!(story.create(&general(1)).1["status"], "processing");
}

#[test]
fn as_many_items_run_at_once_as_the_concurrency_says() {
    let story = Story::new(Options { concurrency: 3, ..one_by_one() });
    let id = story.created(&general(7));
    story.pass(20);
    assert_eq!(story.summary(&id), "processing 4 3 0 0 0");
    story.pass(30);
    assert_eq!(story.summary(&id), "processing 1 3 3 0 0");
    story.pass(60);
    assert_eq!(story.summary(&id), "completed 0 0 7 0 0");
}

#[test]
fn after_a_day_the_rest_is_canceled_and_what_is_processed_fails() {
    let story = Story::new(Options { item_seconds: (50_000.0, 50_000.0), ..one_by_one() });
    let id = story.created(&general(4));
    story.pass(DAY - 1);
    assert_eq!(story.summary(&id), "processing 2 1 1 0 0");
    story.pass(1);
    assert_eq!(story.summary(&id), "expired 0 0 1 1 2");
    assert_eq!(story.retrieve(&id).1["expired_at"], "2026-01-02T00:00:00.000Z");
    let rows = story.rows(&id);
    assert_eq!(rows[1]["error"]["code"], "batch_processing_timeout");
    assert!(rows[2].get("error").is_none() && rows[2].get("data").is_none());
    let task = story.get(&format!("analyze/tasks/{}", rows[2]["task_id"].as_str().unwrap())).1;
    assert_eq!(task["error"]["code"], "batch_expired");
    story.pass(100_000);
    assert_eq!(story.summary(&id), "expired 0 0 1 1 2");
}

#[test]
fn at_expiry_what_is_processed_can_be_canceled_instead() {
    let options = Options {
        processing_at_expiry: ProcessingAtExpiry::Cancel,
        item_seconds: (50_000.0, 50_000.0),
        ..one_by_one()
    };
    let story = Story::new(options);
    let id = story.created(&general(4));
    story.pass(DAY);
    assert_eq!(story.summary(&id), "expired 0 0 1 0 3");
}

#[test]
fn a_batch_that_never_starts_expires() {
    let story = Story::new(Options { queue_seconds: 1e9, ..one_by_one() });
    let id = story.created(&general(2));
    story.pass(DAY - 1);
    assert_eq!(story.summary(&id), "pending 2 0 0 0 0");
    story.pass(1);
    assert_eq!(story.summary(&id), "expired 0 0 0 0 2");
}

#[test]
fn a_batch_finished_at_the_last_moment_is_completed() {
    let rest = 86_400.0 - 20.0;
    let story = Story::new(Options { item_seconds: (rest, rest), ..one_by_one() });
    let id = story.created(&general(1));
    story.pass(DAY);
    assert_eq!(story.summary(&id), "completed 0 0 1 0 0");
}

#[test]
fn after_thirty_days_a_batch_and_its_tasks_are_gone() {
    let story = Story::new(one_by_one());
    let id = story.created(&general(1));
    story.pass(30 * DAY - 1);
    let task = story.rows(&id)[0]["task_id"].as_str().unwrap().to_owned();
    assert_eq!(story.get(&format!("analyze/tasks/{task}")).0, 200);
    story.pass(1);
    for path in [
        format!("analyze/batches/{id}"),
        format!("analyze/batches/{id}/results"),
        format!("analyze/tasks/{task}"),
    ] {
        let (status, body) = story.get(&path);
        assert_eq!((status, code(&body)), (404, "resource_not_exist"));
    }
    assert_eq!(story.cancel(&id).0, 404);
    assert_eq!(story.delete(&id).0, 404);
    let stats = story.api.stats();
    assert_eq!((stats.batches_deleted, stats.items_billed, stats.batches["completed"]), (1, 1, 1));
}

#[test]
fn deleting_waits_for_the_end_of_the_batch() {
    let story = Story::new(one_by_one());
    let id = story.created(&general(1));
    let refused = |label: &str| {
        let (status, body) = story.delete(&id);
        assert_eq!((status, code(&body)), (409, "batch_not_terminal"), "{label}");
    };
    refused("pending");
    story.pass(20);
    refused("processing");
    assert_eq!(story.cancel(&id).1["status"], "canceling");
    refused("canceling");
    story.pass(30);
    let (status, body) = story.delete(&id);
    assert_eq!((status, body), (204, Value::Null));
    assert_eq!(story.delete(&id).0, 404);
    assert_eq!(story.retrieve(&id).0, 404);
}

#[test]
fn completed_and_expired_batches_can_be_deleted() {
    let story = Story::new(one_by_one());
    let completed = story.created(&general(1));
    let expired = story.created(&general(3));
    story.pass(2 * DAY);
    assert_eq!(story.delete(&completed).0, 204);
    assert_eq!(story.delete(&expired).0, 204);
}

#[test]
fn an_item_with_a_window_over_two_hours_fails_alone() {
    let story = Story::new(one_by_one());
    let mut body = general(3);
    body["requests"][1]["start_time"] = json!(10);
    body["requests"][1]["end_time"] = json!(7210.5);
    body["requests"][2]["end_time"] = json!(7200);
    let id = story.created(&body);
    assert_eq!(story.row_statuses(&id), ["queued", "queued", "queued"]);
    story.pass(20);
    assert_eq!(story.summary(&id), "processing 1 1 0 1 0");
    story.pass(60);
    assert_eq!(story.summary(&id), "completed 0 0 2 1 0");
    assert_eq!(story.rows(&id)[1]["error"]["code"], "video_duration_too_long");
}

#[test]
fn a_long_registered_video_needs_a_window() {
    let story = Story::new(one_by_one());
    story.api.add_asset(Asset { duration: 10_000.0, ..Asset::new(asset(0)) }).unwrap();
    story.api.add_asset(Asset { duration: 14_401.0, ..Asset::new(asset(2)) }).unwrap();
    let mut body = general(3);
    body["requests"][1]["video"]["asset_id"] = json!(asset(0));
    body["requests"][1]["start_time"] = json!(5000);
    body["requests"][2]["end_time"] = json!(60);
    let id = story.created(&body);
    story.pass(DAY);
    assert_eq!(story.row_statuses(&id), ["failed", "ready", "failed"]);
}

#[test]
fn an_asset_can_make_its_items_fail() {
    let story = Story::new(Options { failure_rate: 1.0, ..one_by_one() });
    let error = AnalysisError { code: None, message: "no sound".to_owned() };
    story.api.add_asset(Asset { analysis_error: Some(error), ..Asset::new(asset(0)) }).unwrap();
    let id = story.created(&general(2));
    story.pass(50);
    assert_eq!(story.rows(&id)[0]["error"], json!({"message": "no sound"}));
    story.pass(30);
    assert_eq!(story.summary(&id), "completed 0 0 0 2 0");
}

#[test]
fn the_failure_rate_is_kept_on_the_whole() {
    let story = Story::new(Options { failure_rate: 0.25, concurrency: 1000, ..one_by_one() });
    let id = story.created(&general(1000));
    story.pass(DAY);
    let failed = story.retrieve(&id).1["failed_items"].as_u64().unwrap();
    assert!((200..300).contains(&failed), "{failed}");
    let rows = story.rows(&id);
    let row = rows.iter().find(|row| row["status"] == "failed").unwrap();
    assert_eq!(row["error"]["code"], "asset_unavailable");
}
