//! Runs of many batches, against the emulator.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;
use twelvelabs_batches::client::{Client, Config, Given};
use twelvelabs_batches::emulator::{Emulator, Fault, Options};
use twelvelabs_batches::error::{Error, Kind};
use twelvelabs_batches::models::BatchItemRequest;
use twelvelabs_batches::runs::{Ended, Guards, Journal, Outcome, Run, RunStep, Settings, account_tag};

/// The platform is quick. Its time must not run far ahead of ours: what may have been made is looked for by when it
/// was made.
pub fn platform() -> Emulator {
    Emulator::start(quick()).unwrap()
}

pub fn quick() -> Options {
    Options { speed: 100.0, item_seconds: (1.0, 2.0), queue_seconds: 1.0, ..Options::default() }
}

pub fn client(platform: &Emulator) -> Client {
    client_at(platform.base_url(), platform.api_key())
}

pub fn client_at(base_url: &str, key: &str) -> Client {
    Client::new(Config::resolve(given(base_url, key), |_| None).unwrap()).unwrap()
}

/// A client that is quick to try again.
pub fn given(base_url: &str, key: &str) -> Given {
    Given {
        api_key: Some(key.to_owned()),
        base_url: Some(base_url.to_owned()),
        max_retries: Some(2),
        backoff_factor: Some(Duration::from_micros(100)),
        ..Given::default()
    }
}

/// Batches of ten.
pub fn settings() -> Settings {
    let mut settings = Settings::new("pegasus1.5".into(), "general".into());
    settings.defaults = Some(serde_json::from_value(json!({"prompt": {"input_text": "Sum up."}})).unwrap());
    settings.limits.items = 10;
    settings.poll_interval = Some(Duration::from_millis(2));
    settings.certain_after = Duration::from_millis(50);
    settings
}

pub fn item(number: usize) -> BatchItemRequest {
    let asset_id = format!("6a{number:022x}");
    serde_json::from_value(json!({"video": {"type": "asset_id", "asset_id": asset_id}})).unwrap()
}

pub fn items(count: usize) -> Vec<BatchItemRequest> {
    (0..count).map(item).collect()
}

/// A place for a journal, which is gone with the test.
pub struct Place(PathBuf);

impl Place {
    pub fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("runs-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub fn path(&self) -> PathBuf {
        self.0.join("run.db")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn begin(client: &Client, journal: Option<&Path>, settings: Settings) -> Run {
    let tag = account_tag(client.config());
    let journal = match journal {
        Some(path) => Journal::open(path, &tag).unwrap(),
        None => Journal::temporary(&tag).unwrap(),
    };
    Run::begin(client.clone(), journal, settings, None, None).unwrap()
}

/// What a run hands over, to its end or the first error.
pub async fn drive(run: &mut Run, input: Vec<BatchItemRequest>) -> (Vec<Outcome>, Option<Error>) {
    let mut input = input.into_iter();
    let mut outcomes = Vec::new();
    loop {
        match run.step() {
            RunStep::Outcome(outcome) => outcomes.push(*outcome),
            RunStep::Read(room) => {
                let items: Vec<_> = input.by_ref().take(room.min(7)).collect();
                if items.is_empty() {
                    run.end_input().unwrap();
                } else if let Err(error) = run.push(items) {
                    return (outcomes, Some(error));
                }
            }
            RunStep::Ask(_) => run.answer(true).unwrap(),
            RunStep::More => run.advance().await,
            RunStep::Failed(error) => return (outcomes, Some(error)),
            RunStep::End => return (outcomes, None),
        }
    }
}

pub async fn whole(run: &mut Run, input: Vec<BatchItemRequest>) -> Vec<Outcome> {
    let (outcomes, error) = drive(run, input).await;
    assert!(error.is_none(), "{}", error.unwrap());
    outcomes
}

fn ways(outcomes: &[Outcome]) -> BTreeMap<&str, usize> {
    let mut found = BTreeMap::new();
    for outcome in outcomes {
        *found.entry(outcome.ended.word()).or_default() += 1;
    }
    found
}

#[tokio::test]
async fn every_item_has_one_outcome() {
    let platform = platform();
    let mut run = begin(&client(&platform), None, settings());
    let outcomes = whole(&mut run, items(123)).await;
    assert_eq!(ways(&outcomes), BTreeMap::from([("ready", 123)]));
    let mut ids: Vec<_> = outcomes.iter().map(|outcome| outcome.item_id).collect();
    ids.sort_unstable();
    assert_eq!(ids, (1..=123).collect::<Vec<_>>());
    // A name that was made for an item is hidden again.
    assert!(outcomes.iter().all(|outcome| outcome.row.as_ref().unwrap().custom_id.0.is_none()));
    let stats = platform.stats();
    assert_eq!((stats.items_created, stats.items_billed), (123, 123));
    assert_eq!(stats.batches_created, 13, "batches are about equal");
    let report = run.report();
    assert_eq!((report.items, report.ended.ready, report.batches, report.active), (123, 123, 13, 0));
    assert!(report.output_tokens > 0);
}

#[tokio::test]
async fn the_same_input_goes_on_where_it_was() {
    let platform = platform();
    let (client, place) = (client(&platform), Place::new("again"));
    let first = whole(&mut begin(&client, Some(&place.path()), settings()), items(25)).await;
    assert_eq!(first.len(), 25);
    // In another order, and with some more.
    let mut input = items(30);
    input.reverse();
    let second = whole(&mut begin(&client, Some(&place.path()), settings()), input).await;
    assert_eq!(second.len(), 5, "what was handed over does not come again");
    assert_eq!(platform.stats().items_created, 30, "and nothing is asked twice");
    let again = Settings { redeliver: true, ..settings() };
    let third = whole(&mut begin(&client, Some(&place.path()), again), items(30)).await;
    assert_eq!(third.len(), 30);
    assert_eq!(platform.stats().items_created, 30);
}

#[tokio::test]
async fn outcomes_come_in_order_if_so_wanted() {
    let platform = Emulator::start(Options { item_seconds: (1.0, 20.0), ..quick() }).unwrap();
    let ordered = Settings { ordered: true, ..settings() };
    let outcomes = whole(&mut begin(&client(&platform), None, ordered), items(64)).await;
    let ids: Vec<_> = outcomes.iter().map(|outcome| outcome.item_id).collect();
    assert_eq!(ids, (1..=64).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_is_asked_for_twice_is_done_twice_and_found_again() {
    let platform = platform();
    let (client, place) = (client(&platform), Place::new("twice"));
    let mut input = items(4);
    input.extend(items(4));
    let outcomes = whole(&mut begin(&client, Some(&place.path()), settings()), input.clone()).await;
    assert_eq!(outcomes.len(), 8);
    assert_eq!(platform.stats().items_created, 8);
    assert!(whole(&mut begin(&client, Some(&place.path()), settings()), input).await.is_empty());
    assert_eq!(platform.stats().items_created, 8);
}

#[tokio::test]
async fn what_failed_is_tried_again_by_the_table() {
    let platform = Emulator::start(Options { failure_rate: 0.4, seed: 3, ..quick() }).unwrap();
    let once = Settings { max_item_attempts: 1, ..settings() };
    let outcomes = whole(&mut begin(&client(&platform), None, once), items(60)).await;
    let failed = ways(&outcomes)["failed"];
    assert!(failed > 10);
    let often = Settings { max_item_attempts: 8, ..settings() };
    let outcomes = whole(&mut begin(&client(&platform), None, often), items(60)).await;
    assert!(ways(&outcomes).get("failed").copied().unwrap_or(0) < failed / 2);
    let tried = outcomes.iter().find(|outcome| outcome.attempts.len() > 1).unwrap();
    let tasks: Vec<_> = tried.attempts.iter().map(|attempt| attempt.task_id.clone().unwrap()).collect();
    assert_ne!(tasks[0], tasks[1]);
    assert_eq!(tried.attempts[0].ended, Ended::Failed);
}

#[tokio::test]
async fn a_second_run_on_a_journal_is_refused_in_words() {
    let platform = platform();
    let (client, place) = (client(&platform), Place::new("locked"));
    let run = begin(&client, Some(&place.path()), settings());
    let error = Journal::open(&place.path(), &account_tag(client.config())).unwrap_err();
    let told = error.to_string();
    assert!(told.contains(&format!("in use by process {}", std::process::id())), "{told}");
    assert!(matches!(error.kind(), Kind::Journal(failure) if failure.is_in_use));
    // Whoever only reads it may.
    assert_eq!(Journal::read(&place.path()).unwrap().runs().unwrap().len(), 1);
    drop(run);
    Journal::open(&place.path(), &account_tag(client.config())).unwrap();
    let error = Journal::open(&place.path(), "key-of-another").unwrap_err();
    assert!(error.to_string().contains("give `account=\"key-"), "{error}");
}

#[tokio::test]
async fn guards_stop_before_too_much_is_submitted() {
    let platform = platform();
    let few = Settings { guards: Guards { max_items: Some(25), ..Guards::default() }, ..settings() };
    let mut run = begin(&client(&platform), None, few);
    let (outcomes, error) = drive(&mut run, items(100)).await;
    assert_eq!(outcomes.len(), 25);
    assert_eq!(platform.stats().items_created, 25);
    let error = error.unwrap();
    assert!(error.to_string().contains("more than the 25 items that `max_items` allows"), "{error}");
    let sample = Settings { guards: Guards { sample: Some(3), ..Guards::default() }, ..settings() };
    let mut run = begin(&client(&platform), None, sample);
    let mut input = items(40);
    input.drain(..30);
    assert_eq!(whole(&mut run, input).await.len(), 10);
    assert_eq!(platform.stats().batches_created, 3 + 2, "a sample, then the rest");
}

#[tokio::test]
async fn a_bad_item_is_told_by_its_place() {
    let platform = platform();
    let mut input = items(20);
    input[12].temperature = Some(9.0);
    let (outcomes, error) = drive(&mut begin(&client(&platform), None, settings()), input).await;
    assert!(outcomes.is_empty());
    assert!(error.unwrap().to_string().starts_with("requests[12].temperature"));
}

#[tokio::test]
async fn lost_answers_make_no_second_batch() {
    let platform = platform();
    for text in [
        "on=create,status=502,body=<html>,executed=true,times=1",
        "on=create,cut=reset,executed=true,times=2",
    ] {
        platform.inject(Fault::parse(text).unwrap()).unwrap();
    }
    let mut run = begin(&client(&platform), None, settings());
    assert_eq!(whole(&mut run, items(50)).await.len(), 50);
    let stats = platform.stats();
    assert_eq!((stats.batches_created, stats.items_billed), (5, 50));
}
