//! Runs in trouble that a schedule cannot bring about.

use std::time::Duration;

use twelvelabs_batches::client::{CallOptions, Client, Config, Given, OnMalformed};
use twelvelabs_batches::emulator::{AnalysisError, Asset, Emulator, Fault, Options};
use twelvelabs_batches::models::{BatchItemRequest, CreateAnalyzeBatchRequest};
use twelvelabs_batches::runs::{Ended, Identity, Outcome, Run, RunStep, Settings, account_tag};

use crate::runs::{Place, begin, client, given, items, platform, quick, settings};

/// Nothing here takes this long.
const HANGS: Duration = Duration::from_secs(60);

fn inject(platform: &Emulator, faults: &[&str]) {
    for text in faults {
        platform.inject(Fault::parse(text).unwrap()).unwrap();
    }
}

/// What a run hands over, and how often it failed on the way.
async fn go_on(run: &mut Run, input: Vec<BatchItemRequest>) -> (Vec<Outcome>, u32) {
    let (mut input, mut outcomes, mut failures) = (Some(input), Vec::new(), 0);
    loop {
        match run.step() {
            RunStep::Outcome(outcome) => outcomes.push(*outcome),
            RunStep::Read(_) => match input.take() {
                Some(items) => drop(run.push(items).unwrap()),
                None => run.end_input().unwrap(),
            },
            RunStep::Ask(_) => run.answer(true).unwrap(),
            RunStep::More => run.advance().await,
            RunStep::Failed(_) => failures += 1,
            RunStep::End => return (outcomes, failures),
        }
    }
}

/// The batch of these items as a run asks for it.
fn as_sent(client: &Client, settings: &Settings, items: &[BatchItemRequest]) -> CreateAnalyzeBatchRequest {
    let tag = account_tag(client.config());
    let (model_name, analysis_mode) = (&settings.model_name, &settings.analysis_mode);
    let identity =
        Identity::new(&tag, model_name.as_str(), analysis_mode.as_str(), settings.defaults.as_ref());
    let named = |item: &BatchItemRequest| BatchItemRequest {
        custom_id: Some(identity.content(item).key(0).custom_id()),
        ..item.clone()
    };
    CreateAnalyzeBatchRequest {
        model_name: model_name.clone(),
        analysis_mode: analysis_mode.clone(),
        defaults: settings.defaults.clone(),
        requests: items.iter().map(named).collect(),
    }
}

#[tokio::test]
async fn a_request_whose_process_died_just_now_may_still_be_at_work() {
    let platform = platform();
    let (client, place) = (client(&platform), Place::new("late"));
    inject(&platform, &["on=create,executed=false,stall=600"]);
    let mut run = begin(&client, Some(&place.path()), settings());
    let asked = async {
        drop(go_on(&mut run, items(5)).await);
    };
    tokio::select! {
        () = asked => panic!("it stalls"),
        () = until(|| platform.stats().faults_met == 1) => {}
    }
    drop(run);
    // It had been tried for minutes.
    let db = rusqlite::Connection::open(place.path()).unwrap();
    db.execute("UPDATE chunks SET intended_at = intended_at - 300000", []).unwrap();
    drop(db);
    let patient = Settings { certain_after: Duration::from_secs(6), ..settings() };
    let late = as_sent(&client, &patient, &items(5));
    let mut run = begin(&client, Some(&place.path()), patient);
    let other = self::client(&platform);
    let lists = platform.stats().requests.get("list").copied().unwrap_or_default();
    let executed_late = async {
        until(|| platform.stats().requests.get("list").copied().unwrap_or_default() > lists).await;
        other.create(&late, &CallOptions::default()).await.unwrap();
    };
    let ((outcomes, failures), ()) = tokio::join!(go_on(&mut run, items(5)), executed_late);
    assert_eq!((outcomes.len(), failures), (5, 0));
    assert_eq!(platform.stats().batches_created, 1);
}

async fn until(is_so: impl Fn() -> bool) {
    while !is_so() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn a_batch_is_recognised_by_all_of_its_rows_even_where_bad_ones_are_skipped() {
    let platform = platform();
    let given = Given {
        on_malformed: Some(OnMalformed::Skip),
        max_retries: Some(0),
        ..given(platform.base_url(), platform.api_key())
    };
    let client = Client::new(Config::resolve(given, |_| None).unwrap()).unwrap();
    // The answer is lost, the client itself cannot look, and the run sees a row that cannot be read.
    inject(
        &platform,
        &["on=create,cut=reset", "on=list,skip=1,times=5,status=500", "on=results,corrupt_row=2,times=1"],
    );
    let hasty = Settings { certain_after: Duration::ZERO, ..settings() };
    let (outcomes, failures) = go_on(&mut begin(&client, None, hasty), items(5)).await;
    assert_eq!((outcomes.len(), failures), (5, 1), "the row is told");
    let stats = platform.stats();
    assert_eq!((stats.batches_created, stats.items_billed, stats.faults_waiting), (1, 5, 0));
}

#[tokio::test]
async fn what_is_not_found_in_front_of_the_platform_is_not_gone() {
    let platform = platform();
    inject(
        &platform,
        &["on=retrieve,status=404,body=<html>,times=2", "on=results,status=404,body=<html>,times=2"],
    );
    let (outcomes, failures) = go_on(&mut begin(&client(&platform), None, settings()), items(5)).await;
    assert!(outcomes.iter().all(|outcome| outcome.ended == Ended::Ready));
    assert_eq!((outcomes.len(), platform.stats().faults_waiting), (5, 0));
    assert!(failures > 0, "but it is told");
}

#[tokio::test]
async fn a_batch_that_is_not_known_yet_is_not_gone_and_one_that_never_is_is() {
    let platform = platform();
    inject(&platform, &["on=retrieve,status=404,code=resource_not_exist,times=3"]);
    let patient = Settings { certain_after: Duration::from_secs(30), ..settings() };
    let (outcomes, failures) = go_on(&mut begin(&client(&platform), None, patient), items(5)).await;
    assert!(outcomes.iter().all(|outcome| outcome.ended == Ended::Ready));
    assert_eq!((outcomes.len(), failures, platform.stats().faults_waiting), (5, 0, 0));
    inject(&platform, &["on=retrieve,status=404,code=resource_not_exist,times=none"]);
    let (outcomes, failures) = go_on(&mut begin(&client(&platform), None, settings()), items(5)).await;
    assert_eq!((outcomes.len(), failures), (5, 0));
    for outcome in outcomes {
        assert_eq!(outcome.ended, Ended::Failed);
        assert_eq!(outcome.attempts[0].code.as_deref(), Some("batch_not_found"));
    }
}

#[tokio::test]
async fn it_is_waited_for_until_assets_can_be_asked_about() {
    let options = Options { failure_rate: 1.0, ..quick() };
    let platform = Emulator::start(options).unwrap();
    inject(&platform, &["on=asset,status=500,times=12"]);
    let (outcomes, failures) = go_on(&mut begin(&client(&platform), None, settings()), items(3)).await;
    assert_eq!(failures, 0);
    assert!(outcomes.iter().all(|outcome| outcome.ended == Ended::Failed && outcome.attempts.len() == 2));
    assert_eq!((outcomes.len(), platform.stats().faults_waiting), (3, 0));
}

#[tokio::test]
async fn a_batch_is_refused_while_assets_of_another_are_asked_about() {
    let platform = platform();
    let code = Some("asset_unavailable".to_owned());
    let error = AnalysisError { code, message: "It could not be read.".to_owned() };
    let input = items(20);
    let asset_id = input[0].video.asset_id.clone();
    platform.add_asset(Asset { analysis_error: Some(error), ..Asset::new(asset_id) }).unwrap();
    inject(&platform, &["on=asset,latency=0.2", "on=create,skip=1,status=404,code=resource_not_exist"]);
    let one = Settings { max_active: 1, ..settings() };
    let (outcomes, failures) = go_on(&mut begin(&client(&platform), None, one), input).await;
    assert_eq!((outcomes.len(), failures), (20, 1), "the refusal is told");
    let failed: Vec<_> = outcomes.iter().filter(|outcome| outcome.ended == Ended::Failed).collect();
    assert_eq!(failed.iter().map(|outcome| outcome.attempts.len()).collect::<Vec<_>>(), [2]);
    assert_eq!(platform.stats().items_billed, 19);
    assert_eq!(platform.stats().faults_waiting, 0);
}

#[tokio::test]
async fn what_failed_is_queued_once_though_its_batch_and_its_input_bring_it() {
    let options = Options {
        speed: 0.0,
        concurrency: 1,
        queue_seconds: 1.0,
        item_seconds: (10.0, 10.0),
        ..Options::default()
    };
    let platform = Emulator::start(options).unwrap();
    let (client, place, input) = (client(&platform), Place::new("queued"), items(2));
    let error = AnalysisError { code: None, message: "It went wrong.".to_owned() };
    let asset_id = input[0].video.asset_id.clone();
    platform.add_asset(Asset { analysis_error: Some(error), ..Asset::new(asset_id) }).unwrap();
    let created = || platform.stats().requests.get("create").copied().unwrap_or_default();
    let mut run = begin(&client, Some(&place.path()), settings());
    let failed = async {
        until(|| created() == 1).await;
        platform.advance(Duration::from_secs(12));
        until(|| waits_again(&place)).await;
    };
    tokio::select! {
        _ = go_on(&mut run, input.clone()) => panic!("one item has not ended"),
        () = failed => {}
    }
    drop(run);
    // The input brings it; its new batch is refused, and while it is asked why, its old one ends.
    inject(&platform, &["on=create,status=404,code=resource_not_exist", "on=asset,latency=0.3"]);
    let mut run = begin(&client, Some(&place.path()), settings());
    let ended = async {
        until(|| created() == 2).await;
        platform.advance(Duration::from_secs(60));
        until(|| created() == 3).await;
        platform.advance(Duration::from_secs(60));
    };
    let both = async { tokio::join!(go_on(&mut run, input), ended).0 };
    let (outcomes, failures) = tokio::time::timeout(HANGS, both).await.unwrap();
    assert_eq!((outcomes.len(), failures), (2, 1), "the refusal is told");
    assert_eq!(platform.stats().items_created, 2 + 1);
}

/// Whether an item has failed, and is to be submitted again.
fn waits_again(place: &Place) -> bool {
    let db = rusqlite::Connection::open(place.path()).unwrap();
    db.query_row("SELECT count(*) FROM items WHERE state = 0", [], |row| row.get(0)) == Ok(1)
}
