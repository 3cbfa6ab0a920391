//! Batches that are waited for, and their items as they end.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use fastrand::Rng;
use serde_json::{Value, json};
use twelvelabs_batches::client::{CallOptions, Client, Sight, Step, WaitOptions};
use twelvelabs_batches::emulator::{Api, Options};
use twelvelabs_batches::error::{Kind, WaitReason};
use twelvelabs_batches::models::{BatchStatus, CreateAnalyzeBatchResponse};

use crate::scripted::{BATCH, Scripted, client_of, row, serve, whole};
use crate::trouble::wire;
use crate::wait_clock::create;

const SCRIPTS: u64 = 300;

/// Looks every millisecond.
fn often() -> WaitOptions {
    WaitOptions { poll_interval: Some(Duration::from_millis(1)), ..WaitOptions::default() }
}

fn limited(timeout: Duration) -> WaitOptions {
    WaitOptions { timeout: Some(timeout), ..often() }
}

/// A batch of which some items have ended.
fn batch(status: &str, ready: usize, total: usize) -> Value {
    json!({
        "batch_id": BATCH, "analysis_mode": "general", "model_name": "pegasus1.5", "status": status,
        "total_items": total, "queued_items": total - ready, "processing_items": 0, "ready_items": ready,
        "failed_items": 0, "canceled_items": 0,
        "created_at": "2026-11-01T00:00:00Z", "expires_at": "2999-11-02T00:00:00Z"
    })
}

fn told(body: &Value) -> Vec<u8> {
    whole(body.to_string().as_bytes())
}

fn unready(number: usize) -> String {
    json!({"task_id": format!("{number:024x}"), "custom_id": null, "status": "queued"}).to_string()
}

/// Answers looks with these, the last one for ever, and results with those of each look.
async fn play(states: Vec<Vec<u8>>, results: impl Fn(usize) -> Vec<u8> + Send + Sync + 'static) -> Scripted {
    let looks = AtomicUsize::new(0);
    serve(move |asked, _| {
        if asked.target.ends_with("/results") {
            return results(looks.load(Ordering::Relaxed));
        }
        let look = looks.fetch_add(1, Ordering::Relaxed);
        states[look.min(states.len() - 1)].clone()
    })
    .await
}

fn refusal(status: u16) -> Vec<u8> {
    let body = r#"{"error": {"code": "x", "message": "Not now."}}"#;
    format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn results_asked(server: &Scripted) -> usize {
    server.asked.lock().unwrap().iter().filter(|asked| asked.target.ends_with("/results")).count()
}

#[tokio::test]
async fn every_state_that_differs_is_told_and_the_terminal_one_is_the_last() {
    let states = [("pending", 0), ("pending", 0), ("processing", 1), ("processing", 1), ("completed", 2)]
        .map(|(s, n)| told(&batch(s, n, 2)));
    let server = play(states.to_vec(), |_| Vec::new()).await;
    let mut watch = client_of(&server.base_url, 0).watch(BATCH, often(), &CallOptions::default()).unwrap();
    let mut seen = Vec::new();
    while let Some(batch) = watch.next().await.unwrap() {
        seen.push(batch.status);
    }
    assert_eq!(seen, [BatchStatus::Pending, BatchStatus::Processing, BatchStatus::Completed]);
    assert!(watch.next().await.unwrap().is_none(), "it stays so");
    assert_eq!(server.asked.lock().unwrap().len(), 5);
}

#[tokio::test]
async fn what_fails_at_first_is_told_at_once_and_what_may_pass_later_is_overcome() {
    let states = vec![
        refusal(503),
        told(&batch("processing", 0, 1)),
        refusal(503),
        refusal(429),
        whole(b"<html>"),
        Vec::new(),
        told(&batch("completed", 1, 1)),
    ];
    let server = play(states, |_| Vec::new()).await;
    let mut watch = client_of(&server.base_url, 0).watch(BATCH, often(), &CallOptions::default()).unwrap();
    assert!(matches!(watch.next().await.unwrap_err().kind(), Kind::Api(failure) if failure.status == 503));
    let mut troubles = Vec::new();
    while let Some(sight) = watch.look().await.unwrap() {
        match sight {
            Sight::State(batch) => troubles.push(batch.status.to_string()),
            Sight::Trouble(error) => troubles.push(match error.kind() {
                Kind::Api(failure) => failure.status.to_string(),
                Kind::UnexpectedBody(_) => "page".to_owned(),
                Kind::Interrupted { .. } => "cut".to_owned(),
                other => panic!("{other:?}"),
            }),
        }
    }
    assert_eq!(troubles, ["processing", "503", "429", "page", "cut", "completed"]);
}

#[tokio::test]
async fn what_cannot_pass_ends_the_waiting() {
    for status in [400, 401, 403, 404, 410, 501] {
        let server = play(vec![told(&batch("processing", 0, 1)), refusal(status)], |_| Vec::new()).await;
        let mut watch =
            client_of(&server.base_url, 3).watch(BATCH, often(), &CallOptions::default()).unwrap();
        watch.next().await.unwrap();
        let error = watch.next().await.unwrap_err();
        assert!(matches!(error.kind(), Kind::Api(failure) if failure.status == status), "{error}");
        assert_eq!(server.asked.lock().unwrap().len(), 2);
    }
}

#[tokio::test]
async fn without_any_time_it_is_looked_at_once() {
    let server = play(vec![told(&batch("processing", 0, 1))], |_| Vec::new()).await;
    let client = client_of(&server.base_url, 0);
    let mut watch = client.watch(BATCH, limited(Duration::ZERO), &CallOptions::default()).unwrap();
    assert!(watch.next().await.unwrap().is_some());
    let error = watch.next().await.unwrap_err();
    let Kind::WaitTimeout(timeout) = error.kind() else { panic!("{error}") };
    assert_eq!(timeout.batch.as_ref().unwrap().status, BatchStatus::Processing);
    assert_eq!(timeout.reason, WaitReason::Deadline(Duration::ZERO));
    assert_eq!(server.asked.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_look_under_way_ends_with_the_time() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1.3", listener.local_addr().unwrap());
    // It takes the request and says nothing.
    let held = tokio::spawn(async move {
        let _connection = listener.accept().await.unwrap();
        std::future::pending::<()>().await;
    });
    let timeout = Duration::from_millis(200);
    let mut watch = client_of(&url, 0).watch(BATCH, limited(timeout), &CallOptions::default()).unwrap();
    let error = watch.next().await.unwrap_err();
    let Kind::WaitTimeout(told) = error.kind() else { panic!("{error}") };
    assert!(told.batch.is_none() && told.waited >= timeout);
    assert!(matches!(watch.next().await.unwrap_err().kind(), Kind::WaitTimeout(_)), "it stays so");
    held.abort();
}

#[tokio::test]
async fn an_hour_without_an_answer_is_too_long() {
    let server = play(vec![told(&batch("processing", 0, 1))], |_| Vec::new()).await;
    let wanted = WaitOptions::default();
    let mut watch = client_of(&server.base_url, 2).watch(BATCH, wanted, &CallOptions::default()).unwrap();
    watch.next().await.unwrap();
    drop(server);
    // From here on time goes by itself.
    tokio::time::pause();
    let error = watch.next().await.unwrap_err();
    let Kind::WaitTimeout(timeout) = error.kind() else { panic!("{error}") };
    assert_eq!(timeout.reason, WaitReason::Silence(Duration::from_secs(3600)));
    assert!(timeout.waited >= Duration::from_secs(3600) && timeout.waited < Duration::from_secs(3800));
    assert!(timeout.batch.is_some() && error.cause().is_some());
}

#[tokio::test]
async fn what_has_expired_by_the_platforms_clock_is_looked_at_quickly() {
    // By this machine's clock there is time enough.
    let body = batch("processing", 0, 1).to_string();
    let date = "date: Sat, 02 Nov 2999 00:00:00 GMT";
    let answer = format!("HTTP/1.1 200 OK\r\n{date}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let server = play(vec![answer.into_bytes()], |_| Vec::new()).await;
    let wanted = WaitOptions { poll_interval: Some(Duration::from_secs(10_000)), ..WaitOptions::default() };
    let mut watch = client_of(&server.base_url, 0).watch(BATCH, wanted, &CallOptions::default()).unwrap();
    watch.next().await.unwrap();
    let further = async {
        while server.asked.lock().unwrap().len() < 3 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::select! {
        outcome = watch.next() => panic!("it goes on for ten minutes: {outcome:?}"),
        looks = tokio::time::timeout(Duration::from_secs(60), further) => looks.unwrap(),
    }
}

#[tokio::test]
async fn closing_the_client_ends_the_waiting() {
    let server = play(vec![told(&batch("processing", 0, 1))], |_| Vec::new()).await;
    let client = client_of(&server.base_url, 0);
    let mut watch = client.watch(BATCH, WaitOptions::default(), &CallOptions::default()).unwrap();
    watch.next().await.unwrap();
    let waiting = tokio::spawn(async move { watch.next().await });
    client.close();
    assert!(matches!(waiting.await.unwrap().unwrap_err().kind(), Kind::Closed));
}

/// Everything that a stream of items gives.
async fn read(client: &Client, wanted: WaitOptions) -> (Vec<String>, Vec<Kind>) {
    let (mut items, mut errors) = (Vec::new(), Vec::new());
    let mut stream = client.as_completed(BATCH, wanted, &CallOptions::default()).await.unwrap();
    loop {
        match stream.step() {
            Step::Row(item) => items.push(item.task_id),
            Step::Failed(error) => {
                let is_final = !matches!(error.kind(), Kind::MalformedRow(_));
                errors.push(error.kind().clone());
                if is_final {
                    break;
                }
            }
            Step::Malformed(_) => panic!("not asked for"),
            Step::More => stream.receive().await,
            Step::End => break,
        }
    }
    (items, errors)
}

fn ids(numbers: &[usize]) -> Vec<String> {
    numbers.iter().map(|number| format!("{number:024x}")).collect()
}

#[tokio::test]
async fn results_are_asked_for_only_when_more_items_have_ended() {
    let states = [0, 0, 1, 1, 1, 1, 3, 3, 3, 3].map(|ready| told(&batch("processing", ready, 3)));
    let states = [states.to_vec(), vec![told(&batch("completed", 3, 3))]].concat();
    let server = play(states, |looks| {
        let ready = if looks < 7 { 1 } else { 3 };
        let rows = (0..3).map(|number| if number < ready { row(number) } else { unready(number) });
        whole(rows.collect::<Vec<_>>().join("\n").as_bytes())
    })
    .await;
    let (items, errors) = read(&client_of(&server.base_url, 0), often()).await;
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(items, ids(&[0, 1, 2]));
    assert_eq!(results_asked(&server), 2, "all had come before the batch ended");
}

#[tokio::test]
async fn results_that_lag_behind_are_asked_for_again_and_items_that_never_come_are_told() {
    let states = vec![told(&batch("processing", 0, 2)), told(&batch("completed", 2, 2))];
    let rounds = AtomicUsize::new(0);
    let server = play(states.clone(), move |_| {
        let last = if rounds.fetch_add(1, Ordering::Relaxed) < 3 { unready(1) } else { row(1) };
        whole(format!("{}\n{last}\n", row(0)).as_bytes())
    })
    .await;
    let (items, errors) = read(&client_of(&server.base_url, 0), often()).await;
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(items, ids(&[0, 1]));
    assert_eq!(results_asked(&server), 4);

    let server = play(states, |_| whole(format!("{}\n{}\n", row(0), unready(1)).as_bytes())).await;
    let (items, errors) = read(&client_of(&server.base_url, 0), often()).await;
    assert_eq!(items, ids(&[0]));
    let [Kind::Incomplete(incomplete)] = &errors[..] else { panic!("{errors:?}") };
    assert_eq!((incomplete.expected, incomplete.received), (Some(2), 1));
    assert_eq!(results_asked(&server), 6, "it was tried a few times");
}

#[tokio::test]
async fn what_has_ended_when_the_time_is_over_is_handed_over() {
    let results = |_| whole(format!("{}\n{}\n", row(0), unready(1)).as_bytes());
    let server = play(vec![told(&batch("processing", 1, 2))], results).await;
    let (items, errors) = read(&client_of(&server.base_url, 0), limited(Duration::ZERO)).await;
    assert_eq!(items, ids(&[0]));
    assert!(matches!(&errors[..], [Kind::WaitTimeout(_)]), "{errors:?}");
    assert_eq!(server.asked.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_told_once_over_all_rounds() {
    let states = [1, 2, 3].map(|ready| told(&batch("processing", ready, 4)));
    let states = [states.to_vec(), vec![told(&batch("completed", 4, 4))]].concat();
    let server = play(states, |looks| {
        let mut rows: Vec<_> = (0..3).map(|n| if n < looks { row(n) } else { unready(n) }).collect();
        // Where it stands changes.
        rows.insert(looks.min(3), "{torn".to_owned());
        whole((rows.join("\n") + "\n").as_bytes())
    })
    .await;
    let (items, errors) = read(&client_of(&server.base_url, 0), often()).await;
    assert_eq!(items, ids(&[0, 1, 2]));
    assert!(matches!(&errors[..], [Kind::MalformedRow(_)]), "{errors:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn through_any_trouble_every_item_comes_once_or_it_is_told() {
    let (mut quiet, mut loud) = (0, 0);
    for seed in 0..SCRIPTS {
        let options = Options { speed: 0.0, api_key: "key".to_owned(), ..Options::default() };
        let api = Arc::new(Api::new(options).unwrap());
        let mut random = Rng::with_seed(seed ^ 0xdead);
        let created = create(&api, random.usize(1..12));
        let wire = wire(Arc::clone(&api), seed);
        // Time goes on with every request.
        let step = random.u64(1..40);
        let server = serve(move |asked, log| {
            api.advance(Duration::from_secs(step));
            wire(asked, log)
        })
        .await;
        let errors = follow(&client_of(&server.base_url, random.u32(0..4)), &created, seed).await;
        if errors == 0 {
            quiet += 1;
        } else {
            loud += 1;
        }
        let asked = server.asked.lock().unwrap().len();
        assert!(asked < 1600, "seed {seed}: {asked} requests");
    }
    assert!(quiet > SCRIPTS / 4 && loud > 0, "{quiet} without an error, {loud} with one");
}

/// Reads items, and on after errors, checking what must hold all the time.
async fn follow(client: &Client, created: &CreateAnalyzeBatchResponse, seed: u64) -> usize {
    let asked: BTreeSet<&str> = created.items.iter().map(|item| item.task_id.as_str()).collect();
    let options = CallOptions::default();
    let mut stream = loop {
        if let Ok(stream) = client.as_completed(&created.batch_id, often(), &options).await {
            break stream;
        }
    };
    let mut items = BTreeSet::new();
    let (mut errors, mut malformed, mut are_strange) = (0, 0, false);
    while errors < 60 {
        match stream.step() {
            Step::Row(item) => {
                assert!(item.status.to_string() != "queued" && item.status.to_string() != "processing");
                are_strange |= !asked.contains(item.task_id.as_str());
                assert!(items.insert(item.task_id), "seed {seed}: an item came twice");
            }
            Step::Failed(error) => {
                errors += 1;
                match error.kind() {
                    Kind::MalformedRow(_) => malformed += 1,
                    Kind::Incomplete(incomplete) => assert_eq!(incomplete.received, items.len() as u64),
                    Kind::Invalid(_) | Kind::Closed | Kind::MissingApiKey | Kind::WaitTimeout(_) => {
                        panic!("seed {seed}: {error}")
                    }
                    // What had ended before is not waited for: as with results.
                    _ => assert!(items.is_empty(), "seed {seed}: {error}"),
                }
            }
            Step::More => stream.receive().await,
            Step::End => {
                assert!(items.len() + malformed >= asked.len(), "seed {seed}: items are missing, silently");
                assert!(errors > 0 || !are_strange, "seed {seed}: a strange item, silently");
                break;
            }
            Step::Malformed(_) => panic!("not asked for"),
        }
    }
    errors
}
