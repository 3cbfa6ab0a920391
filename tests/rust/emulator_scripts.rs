//! Random stories: the same ones give the same bytes, and the books always add up.

use std::collections::HashMap;
use std::time::Duration;

use proptest::prelude::*;
use serde_json::Value;
use twelvelabs_batches::emulator::Options;
use twelvelabs_batches::emulator::options::RowOrder;

use crate::emulator_story::{Story, general, one_by_one, segmenting};

/// One thing that happens.
#[derive(Clone, Debug)]
enum Step {
    Create(usize, bool),
    Retrieve(usize),
    Results(usize),
    Cancel(usize),
    Delete(usize),
    List,
    Pass(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => (1..6_usize, any::<bool>()).prop_map(|(items, general)| Step::Create(items, general)),
        2 => (0..8_usize).prop_map(Step::Retrieve),
        2 => (0..8_usize).prop_map(Step::Results),
        1 => (0..8_usize).prop_map(Step::Cancel),
        1 => (0..8_usize).prop_map(Step::Delete),
        1 => Just(Step::List),
        3 => (0..200_000_u64).prop_map(Step::Pass),
        1 => (20_000_000..100_000_000_u64).prop_map(Step::Pass),
        1 => (0..3_000_000_000_u64).prop_map(Step::Pass),
    ];
    prop::collection::vec(step, 1..40)
}

fn options(seed: u64) -> Options {
    Options {
        seed,
        failure_rate: 0.2,
        item_seconds: (1.0, 40_000.0),
        concurrency: 2,
        row_order: RowOrder::Shuffled,
        ..one_by_one()
    }
}

/// Plays a story; time passes in as many parts as `parts` says. Returns every answer.
fn play(story: &Story, steps: &[Step], parts: u32) -> Vec<(u16, Vec<u8>)> {
    let mut ids: Vec<String> = Vec::new();
    let mut answers = Vec::new();
    for step in steps {
        let id = |n: &usize| ids.get(*n).cloned().unwrap_or_else(|| "0".repeat(24));
        let (method, path, body) = match step {
            Step::Pass(milliseconds) => {
                let part = milliseconds / u64::from(parts);
                (1..parts).for_each(|_| story.api.advance(Duration::from_millis(part)));
                let rest = milliseconds - part * u64::from(parts - 1);
                story.api.advance(Duration::from_millis(rest));
                continue;
            }
            Step::Create(items, true) => ("POST", "analyze/batches".to_owned(), general(*items).to_string()),
            Step::Create(items, false) => {
                ("POST", "analyze/batches".to_owned(), segmenting(*items).to_string())
            }
            Step::Retrieve(n) => ("GET", format!("analyze/batches/{}", id(n)), String::new()),
            Step::Results(n) => ("GET", format!("analyze/batches/{}/results", id(n)), String::new()),
            Step::Cancel(n) => ("POST", format!("analyze/batches/{}/cancel", id(n)), String::new()),
            Step::Delete(n) => ("DELETE", format!("analyze/batches/{}", id(n)), String::new()),
            Step::List => ("GET", "analyze/batches?page_limit=50".to_owned(), String::new()),
        };
        let reply = story.reply(method, &path, body.as_bytes());
        let (status, bytes) = (reply.status, reply.into_bytes());
        if status == 201 {
            let body: Value = serde_json::from_slice(&bytes).unwrap();
            ids.push(body["batch_id"].as_str().unwrap().to_owned());
        }
        answers.push((status, bytes));
    }
    answers
}

fn check_batch(body: &Value, seen: &mut HashMap<String, Value>) {
    let words = ["queued", "processing", "ready", "failed", "canceled"];
    let counts: u64 = words.iter().map(|word| body[format!("{word}_items")].as_u64().unwrap()).sum();
    assert_eq!(counts, body["total_items"].as_u64().unwrap());
    let status = body["status"].as_str().unwrap();
    let settled = [("completed", "completed_at"), ("canceled", "canceled_at"), ("expired", "expired_at")];
    for (word, field) in settled {
        assert_eq!(body.get(field).is_some(), status == word, "{body}");
    }
    if settled.iter().any(|(word, _)| *word == status) {
        assert_eq!((&body["queued_items"], &body["processing_items"]), (&Value::from(0), &Value::from(0)));
        let before = seen.insert(body["batch_id"].to_string(), body.clone());
        assert!(before.is_none_or(|before| before == *body), "a terminal batch changed");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn how_time_passes_makes_no_difference(steps in steps(), seed: u64, parts in 2..50_u32) {
        let (once, often) = (Story::new(options(seed)), Story::new(options(seed)));
        prop_assert_eq!(play(&once, &steps, 1), play(&often, &steps, parts));
        prop_assert_eq!(once.api.now(), often.api.now());
        prop_assert_eq!(once.api.stats(), often.api.stats());
    }

    #[test]
    fn the_books_add_up(steps in steps(), seed: u64) {
        let story = Story::new(options(seed));
        let mut seen = HashMap::new();
        for step in 0..steps.len() {
            // Each answer is judged with all others of its story, so that what was terminal is seen again.
            let story = Story::new(options(seed));
            play(&story, &steps[..=step], 1);
            let page = story.get("analyze/batches?page_limit=50").1;
            let mut active = 0;
            for batch in page["data"].as_array().unwrap() {
                check_batch(batch, &mut seen);
                let ends = ["completed", "canceled", "expired"];
                active += usize::from(!ends.contains(&batch["status"].as_str().unwrap()));
            }
            prop_assert!(active <= 5);
        }
        play(&story, &steps, 1);
        let stats = story.api.stats();
        prop_assert_eq!(stats.items_billed, stats.items["ready"]);
        prop_assert_eq!(stats.items.values().sum::<u64>(), stats.items_created);
        prop_assert_eq!(stats.batches.values().sum::<u64>(), stats.batches_created);
    }

    #[test]
    fn other_seeds_give_other_ids(seed in 0..u64::MAX) {
        let ids = [seed, seed + 1].map(|seed| Story::new(options(seed)).created(&general(1)));
        prop_assert_ne!(&ids[0], &ids[1]);
    }
}
