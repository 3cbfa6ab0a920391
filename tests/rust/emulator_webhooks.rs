//! Notices of the emulator, received by real sockets.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::{Value, json};
use twelvelabs_batches::emulator::api::Request;
use twelvelabs_batches::emulator::{Emulator, Options};
use twelvelabs_batches::webhook::{Event, verify};

use crate::emulator_story::{general, one_by_one};

/// A notice as it came.
struct Arrived {
    line: String,
    signature: String,
    body: Vec<u8>,
}

impl Arrived {
    fn event(&self, secret: &str) -> Event {
        let tolerance = Some(Duration::from_secs(300));
        verify(Some(&self.signature), &self.body, &[secret], tolerance, Timestamp::now()).unwrap();
        Event::parse(&self.body).unwrap()
    }
}

/// An endpoint that gives these answers in turn, the last one for ever. An empty one is silence.
fn endpoint(answers: &'static [&'static str]) -> (String, Receiver<Arrived>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook?from=test", listener.local_addr().unwrap());
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut silent = Vec::new();
        for turn in 0.. {
            let Ok((mut stream, _)) = listener.accept() else { return };
            let arrived = receive(&mut stream);
            if sender.send(arrived).is_err() {
                return;
            }
            let answer = answers[turn.min(answers.len() - 1)];
            if answer.is_empty() {
                silent.push(stream);
            } else {
                let _ = stream.write_all(answer.as_bytes());
            }
        }
    });
    (url, receiver)
}

fn receive(stream: &mut TcpStream) -> Arrived {
    let mut held = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&held).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let header = |name: &str| {
                let line = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
                line.unwrap_or_default().to_owned()
            };
            if body.len() >= header("Content-Length").parse::<usize>().unwrap() {
                assert_eq!(header("Content-Type"), "application/json");
                let line = head.lines().next().unwrap().to_owned();
                return Arrived { line, signature: header("TL-Signature"), body: body.as_bytes().to_vec() };
            }
        }
        let mut part = [0; 4096];
        let count = stream.read(&mut part).unwrap();
        held.extend_from_slice(&part[..count]);
    }
}

const GOOD: &str = "HTTP/1.1 204 No Content\r\n\r\n";
const BAD: &str = "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy";

fn platform(urls: &[&str], options: Options) -> Emulator {
    let webhooks = urls.iter().map(|url| (*url).into()).collect();
    Emulator::start(Options { webhooks, ..options }).unwrap()
}

/// Asks over a socket, so that what the platform does on its own goes on meanwhile.
fn ask(platform: &Emulator, method: &str, path: &str, body: &str) -> Value {
    let request = Request::new(method, path);
    let address = platform.base_url().trim_start_matches("http://").split_once('/').unwrap().0.to_owned();
    let mut stream = TcpStream::connect(&address).unwrap();
    write!(
        stream,
        "{} /v1.3/{} HTTP/1.1\r\nHost: {address}\r\nx-api-key: emulator\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        request.method,
        request.target,
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap_or_default()
}

fn create(platform: &Emulator, items: usize) -> String {
    let created = ask(platform, "POST", "analyze/batches", &general(items).to_string());
    created["batch_id"].as_str().unwrap().to_owned()
}

fn retrieve(platform: &Emulator, id: &str) -> Value {
    ask(platform, "GET", &format!("analyze/batches/{id}"), "")
}

fn pass(platform: &Emulator, seconds: u64) {
    platform.advance(Duration::from_secs(seconds));
}

#[test]
fn a_notice_is_sent_when_the_batch_has_completed() {
    let (url, arrivals) = endpoint(&[GOOD]);
    let platform = platform(&[&url], one_by_one());
    let id = create(&platform, 2);
    pass(&platform, 79);
    assert_eq!(retrieve(&platform, &id)["webhooks"], Value::Null);
    assert!(arrivals.try_recv().is_err());
    pass(&platform, 1);
    let batch = retrieve(&platform, &id);
    assert_eq!(batch["webhooks"], json!([{"url": url, "delivered": true, "attempts": 1}]));
    let arrived = arrivals.try_recv().unwrap();
    assert_eq!(arrived.line, "POST /hook?from=test HTTP/1.1");
    let event = arrived.event("emulator");
    assert!(event.id.starts_with("whe_") && event.id.len() == 28, "{}", event.id);
    assert_eq!(event.kind, "analyze.batch.completed");
    assert_eq!(event.created_at.to_string(), "2026-01-01T00:01:20Z");
    assert_eq!((event.batch_id(), event.status()), (Some(id.as_str()), Some("completed")));
    let mut expected = batch.clone();
    expected.as_object_mut().unwrap().shift_remove("webhooks");
    assert_eq!(event.fields["data"], expected);
    pass(&platform, 100_000);
    assert!(arrivals.try_recv().is_err());
    assert_eq!((platform.stats().webhook_attempts, platform.stats().webhooks_delivered), (1, 1));
}

#[test]
fn failed_attempts_are_repeated_with_growing_pauses() {
    let (url, arrivals) = endpoint(&[BAD, BAD, GOOD]);
    let platform = platform(&[&url], one_by_one());
    let id = create(&platform, 1);
    let mut seen = Vec::new();
    for seconds in [50, 9, 1, 19, 1, 1000] {
        pass(&platform, seconds);
        let told = &retrieve(&platform, &id)["webhooks"][0];
        seen.push(format!("{} {} {}", told["attempts"], told["delivered"], told["last_error"]));
    }
    let busy = "\"the endpoint answered 503\"";
    let (once, twice) = (format!("1 false {busy}"), format!("2 false {busy}"));
    assert_eq!(seen, [&once, &once, &twice, &twice, "3 true null", "3 true null"]);
    let events: Vec<Event> = arrivals.try_iter().map(|arrived| arrived.event("emulator")).collect();
    assert_eq!(events.len(), 3);
    assert!(events.iter().all(|event| *event == events[0]));
}

#[test]
fn attempts_come_to_an_end() {
    let (url, arrivals) = endpoint(&["HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"]);
    let platform = platform(&[&url], Options { webhook_attempts: 3, ..one_by_one() });
    let id = create(&platform, 1);
    // Completion and all attempts in one go, and the batch's own end as well.
    pass(&platform, 86_400);
    let told =
        json!([{"url": url, "delivered": false, "attempts": 3, "last_error": "the endpoint answered 302"}]);
    assert_eq!(retrieve(&platform, &id)["webhooks"], told);
    assert_eq!(arrivals.try_iter().count(), 3);
    let again = create(&platform, 1);
    pass(&platform, 31 * 86_400);
    assert_eq!(retrieve(&platform, &again)["error"]["code"], "resource_not_exist");
    assert_eq!(arrivals.try_iter().count(), 3);
}

#[test]
fn cancellation_and_expiry_are_told() {
    let (url, arrivals) = endpoint(&[GOOD]);
    let slow = Options { item_seconds: (7200.0, 7200.0), ..one_by_one() };
    let platform = platform(&[&url], Options { webhook_event_type: "b.{status}".to_owned(), ..slow });
    let canceled = create(&platform, 1);
    ask(&platform, "POST", &format!("analyze/batches/{canceled}/cancel"), "");
    assert!(arrivals.try_recv().is_err());
    pass(&platform, 1);
    let event = arrivals.try_recv().unwrap().event("emulator");
    assert_eq!((event.kind.as_str(), event.batch_id()), ("b.canceled", Some(canceled.as_str())));
    let expired = create(&platform, 13);
    pass(&platform, 86_400);
    let event = arrivals.try_recv().unwrap().event("emulator");
    assert_eq!((event.kind.as_str(), event.batch_id()), ("b.expired", Some(expired.as_str())));
    assert_eq!(event.fields["data"]["canceled_items"], 1);
}

#[test]
fn every_endpoint_is_told_and_each_can_have_a_secret() {
    let ((first, to_first), (second, to_second)) = (endpoint(&[GOOD]), endpoint(&[BAD, GOOD]));
    let mut options = Options { webhook_secret: "shared".to_owned(), ..one_by_one() };
    options.set("webhooks", &json!({first.as_str(): "own", second.as_str(): null})).unwrap();
    let platform = Emulator::start(options).unwrap();
    let id = create(&platform, 1);
    pass(&platform, 50);
    let told = retrieve(&platform, &id)["webhooks"].clone();
    assert_eq!((&told[0]["delivered"], &told[1]["delivered"]), (&json!(true), &json!(false)));
    let event = to_first.try_recv().unwrap().event("own");
    assert_eq!(to_second.try_recv().unwrap().event("shared"), event);
    pass(&platform, 10);
    assert_eq!(retrieve(&platform, &id)["webhooks"][1]["attempts"], 2);
    assert_eq!(to_first.try_iter().count(), 0);
}

#[test]
fn a_silent_endpoint_blocks_nobody() {
    let (url, arrivals) = endpoint(&[""]);
    let options = Options { webhook_timeout_seconds: 3600.0, ..one_by_one() };
    let platform = platform(&[&url], options);
    let id = create(&platform, 1);
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| pass(&platform, 50));
        arrivals.recv().unwrap();
        // The attempt is under way, and the platform answers as ever.
        assert_eq!(retrieve(&platform, &id)["status"], "completed");
        assert_eq!(retrieve(&platform, &id)["webhooks"], Value::Null);
        create(&platform, 1);
        assert!(!waiting.is_finished());
        let started = Instant::now();
        platform.stop();
        assert!(started.elapsed() < Duration::from_secs(60));
        waiting.join().unwrap();
    });
}

#[test]
fn a_silent_endpoint_is_given_up() {
    let (url, _arrivals) = endpoint(&["", GOOD]);
    let options = Options { webhook_timeout_seconds: 0.05, ..one_by_one() };
    let platform = platform(&[&url], options);
    let id = create(&platform, 1);
    pass(&platform, 50);
    let told = retrieve(&platform, &id)["webhooks"][0].clone();
    assert_eq!(told["last_error"], "the endpoint did not answer within 0.05 seconds");
    pass(&platform, 10);
    let told = retrieve(&platform, &id)["webhooks"][0].clone();
    assert_eq!(told, json!({"url": url, "delivered": true, "attempts": 2}));
}

#[test]
fn who_is_not_patient_gets_away() {
    let (url, _arrivals) = endpoint(&[""]);
    let options = Options { webhook_timeout_seconds: 3600.0, ..one_by_one() };
    let platform = platform(&[&url], options);
    create(&platform, 1);
    platform.advance_while(Duration::from_secs(1000), || false);
    assert_eq!(platform.now().to_string(), "2026-01-01T00:00:50Z");
}

#[test]
fn answers_that_are_none_are_failures() {
    // Nobody is there: ports below 1024 are not given out by themselves.
    let refused = "http://127.0.0.1:1/";
    let (garbage, _first) = endpoint(&["220 mail.example.com ESMTP\r\n\r\n"]);
    let (slow, _second) = endpoint(&["HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"]);
    let platform = platform(&[refused, &garbage, &slow], Options { webhook_attempts: 1, ..one_by_one() });
    let id = create(&platform, 1);
    pass(&platform, 50);
    let told = retrieve(&platform, &id)["webhooks"].clone();
    assert!(told[0]["last_error"].as_str().unwrap().contains("refused"), "{told}");
    assert_eq!(told[1]["last_error"], "the endpoint's answer is not HTTP");
    assert_eq!(told[2]["delivered"], true);
}

#[test]
fn time_that_passes_by_itself_delivers_as_well() {
    let (url, arrivals) = endpoint(&[BAD, GOOD]);
    let platform = platform(&[&url], Options { speed: 10_000.0, ..Options::default() });
    let id = create(&platform, 3);
    let first = arrivals.recv().unwrap().event("emulator");
    let second = arrivals.recv().unwrap().event("emulator");
    assert_eq!((first.batch_id(), &first), (Some(id.as_str()), &second));
}

#[test]
fn a_deleted_batch_is_told_no_more() {
    let (url, arrivals) = endpoint(&[BAD]);
    let platform = platform(&[&url], one_by_one());
    let id = create(&platform, 1);
    pass(&platform, 50);
    assert_eq!(arrivals.try_iter().count(), 1);
    ask(&platform, "DELETE", &format!("analyze/batches/{id}"), "");
    pass(&platform, 1000);
    assert_eq!(arrivals.try_iter().count(), 0);
}

#[test]
fn only_this_machine_is_told() {
    for url in
        ["http://127.0.0.1:9000/hook", "http://127.8.9.1/", "http://localhost:1", "http://[::1]:9000/a"]
    {
        let options = Options { webhooks: vec![url.into()], ..Options::default() };
        options.validate().unwrap();
    }
    for url in [
        "",
        "hook",
        "http://",
        "https://127.0.0.1/",
        "http://example.com/",
        "http://10.0.0.1/",
        "http://0.0.0.0:80/",
        "http://localhost.example.com/",
        "http://[::2]/",
        "ftp://127.0.0.1/",
        "http://user:word@127.0.0.1/",
        "http://127.0.0.1:0/",
    ] {
        let options = Options { webhooks: vec![url.into()], ..Options::default() };
        let error = options.validate().unwrap_err().to_string();
        assert!(error.contains("on this machine, such as http://127.0.0.1:9000/hook"), "{error}");
    }
}

#[test]
fn webhooks_are_set_from_json_and_from_text() {
    let set = |text: &str| {
        let mut options = Options::default();
        options.set_text("webhooks", text).unwrap();
        options.webhooks
    };
    let urls = |text: &str| set(text).into_iter().map(|endpoint| endpoint.url).collect::<Vec<_>>();
    assert_eq!(urls("http://localhost/a, http://localhost/b"), ["http://localhost/a", "http://localhost/b"]);
    assert_eq!(urls("[\"http://localhost/a,b\"]"), ["http://localhost/a,b"]);
    assert!(urls("none").is_empty() && urls("").is_empty());
    let own = set("{\"http://localhost/a\": \"word\"}");
    assert_eq!(own[0].secret.as_deref(), Some("word"));
    let mut options = Options { webhooks: own, webhook_secret: "hidden".to_owned(), ..Options::default() };
    let shown = format!("{options:?} {:?}", options.webhooks);
    assert!(!shown.contains("word\"") && !shown.contains("hidden"), "{shown}");
    options.set("webhooks", &json!("http://localhost/a")).unwrap();
    assert_eq!(options.get("webhooks").unwrap(), json!(["http://localhost/a"]));
    for bad in [json!(1), json!([1]), json!({"http://localhost": 1}), Value::Null] {
        assert!(options.set("webhooks", &bad).unwrap_err().to_string().contains("list of addresses"));
    }
    options.webhook_secret = String::new();
    assert!(options.validate().is_err());
    for (name, value) in
        [("webhook_attempts", 0.0), ("webhook_pause_seconds", -1.0), ("webhook_timeout_seconds", 0.0)]
    {
        let mut options = Options::default();
        let value = if name == "webhook_attempts" { json!(0) } else { json!(value) };
        options.set(name, &value).unwrap();
        assert!(options.validate().unwrap_err().to_string().contains(name));
    }
}
