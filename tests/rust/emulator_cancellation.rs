//! The course of a batch that is canceled.

use twelvelabs_batches::emulator::Options;
use twelvelabs_batches::emulator::options::CancelingAgain;

use crate::emulator_story::{Story, code, general, one_by_one};

const DAY: u64 = 24 * 3600;

#[test]
fn canceling_half_way_finishes_what_has_started() {
    let story = Story::new(Options { concurrency: 2, ..one_by_one() });
    let id = story.created(&general(6));
    story.pass(60);
    assert_eq!(story.summary(&id), "processing 2 2 2 0 0");
    let (status, body) = story.cancel(&id);
    assert_eq!(status, 202);
    assert_eq!(body["status"], "canceling");
    assert_eq!(body["canceled_items"], 2);
    assert_eq!(body, story.retrieve(&id).1);
    story.pass(19);
    assert_eq!(story.summary(&id), "canceling 0 2 2 0 2");
    story.pass(1);
    assert_eq!(story.summary(&id), "canceled 0 0 4 0 2");
    assert_eq!(story.retrieve(&id).1["canceled_at"], "2026-01-01T00:01:20.000Z");
    assert_eq!(story.row_statuses(&id), ["ready", "ready", "ready", "ready", "canceled", "canceled"]);
    assert_eq!(story.api.stats().items_billed, 4);
}

#[test]
fn canceling_a_pending_batch_cancels_everything() {
    let story = Story::new(one_by_one());
    let id = story.created(&general(2));
    assert_eq!(story.cancel(&id).1["status"], "canceling");
    assert_eq!(story.summary(&id), "canceling 0 0 0 0 2");
    story.pass(1);
    assert_eq!(story.summary(&id), "canceled 0 0 0 0 2");
    let task = story.rows(&id)[0]["task_id"].as_str().unwrap().to_owned();
    let (_, task) = story.get(&format!("analyze/tasks/{task}"));
    assert_eq!(
        (task["status"].as_str(), task["error"]["code"].as_str()),
        (Some("canceled"), Some("batch_canceled"))
    );
    assert_eq!(story.api.stats().items_billed, 0);
}

#[test]
fn an_item_that_starts_at_the_instant_of_the_cancellation_is_finished() {
    let story = Story::new(one_by_one());
    let id = story.created(&general(2));
    story.pass(20);
    story.cancel(&id);
    story.pass(30);
    assert_eq!(story.summary(&id), "canceled 0 0 1 0 1");
}

#[test]
fn a_batch_still_canceling_after_a_day_expires() {
    let story = Story::new(Options { item_seconds: (86_400.0, 86_400.0), ..one_by_one() });
    let id = story.created(&general(2));
    story.pass(100);
    story.cancel(&id);
    story.pass(DAY - 101);
    assert_eq!(story.summary(&id), "canceling 0 1 0 0 1");
    story.pass(1);
    assert_eq!(story.summary(&id), "expired 0 0 0 1 1");
}

#[test]
fn terminal_batches_cannot_be_canceled() {
    let story = Story::new(Options { item_seconds: (3600.0, 3600.0), ..one_by_one() });
    let (completed, canceled, expired) =
        (story.created(&general(1)), story.created(&general(1)), story.created(&general(30)));
    story.cancel(&canceled);
    story.pass(DAY);
    for (id, expected) in
        [(completed, "batch_completed"), (canceled, "batch_canceled"), (expired, "batch_expired")]
    {
        let before = story.retrieve(&id);
        let (status, body) = story.cancel(&id);
        assert_eq!((status, code(&body)), (409, expected));
        assert_eq!(story.retrieve(&id), before);
    }
}

#[test]
fn canceling_again_changes_nothing() {
    let story = Story::new(one_by_one());
    let id = story.created(&general(2));
    story.pass(25);
    let first = story.cancel(&id);
    story.pass(5);
    let again = story.cancel(&id);
    assert_eq!((again.0, &again.1["status"]), (202, &first.1["status"]));
    story.pass(20);
    assert_eq!(story.summary(&id), "canceled 0 0 1 0 1");
}

#[test]
fn canceling_again_can_be_a_conflict() {
    let story = Story::new(Options { canceling_again: CancelingAgain::Conflict, ..one_by_one() });
    let id = story.created(&general(2));
    assert_eq!(story.cancel(&id).0, 202);
    let (status, body) = story.cancel(&id);
    assert_eq!((status, code(&body)), (409, "batch_canceled"));
}

#[test]
fn the_sixth_active_batch_is_refused() {
    let story = Story::new(one_by_one());
    let ids: Vec<String> = (0..5).map(|_| story.created(&general(1))).collect();
    let reply = story.reply("POST", "analyze/batches", general(1).to_string().as_bytes());
    assert_eq!(reply.status, 429);
    assert_eq!(reply.header("retry-after"), Some("50"));
    let body = serde_json::from_slice(&reply.into_bytes()).unwrap();
    assert_eq!(code(&body), "too_many_requests");
    assert_eq!(story.api.stats().batches_created, 5);
    story.cancel(&ids[0]);
    assert_eq!(story.create(&general(1)).0, 429);
    story.pass(1);
    assert_eq!(story.create(&general(1)).0, 201);
    assert_eq!(story.create(&general(1)).0, 429);
    story.pass(50);
    assert_eq!(story.create(&general(1)).0, 201);
}

#[test]
fn canceling_batches_can_be_left_out_of_the_active_ones() {
    let story = Story::new(Options { canceling_is_active: false, max_active_batches: 1, ..one_by_one() });
    let id = story.created(&general(1));
    assert_eq!(story.create(&general(1)).0, 429);
    story.cancel(&id);
    assert_eq!(story.create(&general(1)).0, 201);
}
