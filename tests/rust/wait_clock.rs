//! A clock that stands still until it is moved, for what takes a day.

#![allow(clippy::unchecked_time_subtraction)] // time that went back would fail the test

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::strtime;
use serde_json::json;
use tokio::task::{JoinHandle, yield_now};
use tokio::time::Instant;
use twelvelabs_batches::client::{CallOptions, Client, CompletedStream, Sight, Step, WaitOptions, Watch};
use twelvelabs_batches::emulator::api::Request;
use twelvelabs_batches::emulator::{Api, Options};
use twelvelabs_batches::error::Error;
use twelvelabs_batches::models::CreateAnalyzeBatchResponse;

use crate::emulator_story::general;
use crate::scripted::{Asked, BATCH, Scripted, serve};

pub const HOUR: Duration = Duration::from_secs(3600);
pub const CREATED: &str = "2026-11-01T00:00:00Z";

/// Stops the runtime's clock. Left alone it would leap to the next timer whenever an
/// answer is under way; a task that never rests keeps it from that, and lets a
/// millisecond go by now and then.
pub struct Clock {
    began: Instant,
    task: JoinHandle<()>,
}

impl Drop for Clock {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Clock {
    pub fn stop() -> Self {
        tokio::time::pause();
        let task = tokio::spawn(async {
            let mut last = std::time::Instant::now();
            loop {
                yield_now().await;
                if last.elapsed() > Duration::from_millis(1) {
                    last = std::time::Instant::now();
                    tokio::time::advance(Duration::from_millis(1)).await;
                }
            }
        });
        Self { began: Instant::now(), task }
    }

    pub fn now(&self) -> Duration {
        self.began.elapsed()
    }
}

pub async fn move_to(due: Option<Instant>) {
    let now = Instant::now();
    if let Some(time) = due.and_then(|due| due.checked_duration_since(now)) {
        tokio::time::advance(time + Duration::from_millis(1)).await;
    }
}

/// Looks once more, when it is time.
pub async fn look(watch: &mut Watch) -> Result<Option<Sight>, Error> {
    move_to(watch.next_look()).await;
    watch.look().await
}

/// Looks until the batch has ended, or an error.
pub async fn look_on(watch: &mut Watch) -> Result<(), Error> {
    while look(watch).await?.is_some() {}
    Ok(())
}

/// The next step that is none of waiting, when it is time.
pub async fn step(stream: &mut CompletedStream) -> Step {
    loop {
        match stream.step() {
            Step::More => {
                move_to(stream.next_request()).await;
                stream.receive().await;
            }
            step => return step,
        }
    }
}

/// When requests came, since the clock was stopped.
#[derive(Default)]
pub struct Diary {
    pub looks: Vec<Duration>,
    pub rounds: Vec<Duration>,
}

impl Diary {
    fn note(&mut self, asked: &Asked, now: Duration) {
        if asked.target.ends_with("/results") { &mut self.rounds } else { &mut self.looks }.push(now);
    }
}

pub struct World {
    pub server: Scripted,
    pub diary: Arc<Mutex<Diary>>,
}

impl World {
    pub fn looks(&self) -> Vec<Duration> {
        self.diary.lock().unwrap().looks.clone()
    }

    pub fn rounds(&self) -> Vec<Duration> {
        self.diary.lock().unwrap().rounds.clone()
    }
}

/// Answers by time and by how many looks and rounds came before.
pub async fn answer_by_time(
    answer: impl Fn(&Asked, Duration, &Diary) -> Vec<u8> + Send + Sync + 'static,
) -> World {
    let began = Instant::now();
    let diary = Arc::new(Mutex::new(Diary::default()));
    let kept = Arc::clone(&diary);
    let server = serve(move |asked, _| {
        let mut diary = kept.lock().unwrap();
        let bytes = answer(asked, began.elapsed(), &diary);
        diary.note(asked, began.elapsed());
        bytes
    })
    .await;
    World { server, diary }
}

/// Makes a batch of so many items.
pub fn create(api: &Api, items: usize) -> CreateAnalyzeBatchResponse {
    let request = Request::new("POST", "/v1.3/analyze/batches")
        .with_header("x-api-key", "key")
        .with_header("content-type", "application/json")
        .with_body(general(items).to_string());
    serde_json::from_slice(&api.answer(&request).into_bytes()).unwrap()
}

/// The emulator, whose time goes by with the clock; and a batch of so many items.
pub async fn emulate(options: Options, items: usize) -> (World, String) {
    let api = Arc::new(Api::new(Options { speed: 0.0, api_key: "key".to_owned(), ..options }).unwrap());
    let batch_id = create(&api, items).batch_id;
    let before = Mutex::new(Duration::ZERO);
    let world = answer_by_time(move |asked, now, _| {
        let mut before = before.lock().unwrap();
        api.advance(now - *before);
        *before = now;
        let mut request = Request::new(&asked.method, &asked.target);
        request.headers.clone_from(&asked.headers);
        let reply = api.answer(&request);
        let mut head = format!("HTTP/1.1 {} X\r\n", reply.status);
        for (name, value) in &reply.headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let body = reply.into_bytes();
        [format!("{head}content-length: {}\r\n\r\n", body.len()).into_bytes(), body].concat()
    })
    .await;
    (world, batch_id)
}

/// The state of a batch, with the platform's clock as told in whole seconds.
pub fn state(status: &str, ready: usize, total: usize, expires: &str, now: Duration) -> Vec<u8> {
    let time: Timestamp = CREATED.parse().unwrap();
    let date = strtime::format("%a, %d %b %Y %H:%M:%S GMT", time + now).unwrap();
    let body = json!({
        "batch_id": BATCH, "analysis_mode": "general", "model_name": "pegasus1.5", "status": status,
        "total_items": total, "queued_items": total - ready, "processing_items": 0, "ready_items": ready,
        "failed_items": 0, "canceled_items": 0, "created_at": CREATED, "expires_at": expires,
    })
    .to_string();
    format!("HTTP/1.1 200 X\r\ndate: {date}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

pub fn refuse(status: u16, headers: &str) -> Vec<u8> {
    let body = r#"{"error": {"code": "x", "message": "Not now."}}"#;
    format!("HTTP/1.1 {status} X\r\n{headers}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// A batch of which every state is told.
pub fn watch(client: &Client, id: &str, interval: Option<Duration>) -> Watch {
    let wanted = WaitOptions { poll_interval: interval, tells_every_state: true, ..WaitOptions::default() };
    client.watch(id, wanted, &CallOptions::default()).unwrap()
}
