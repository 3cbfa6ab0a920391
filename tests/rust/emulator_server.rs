//! The platform over sockets.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;
use twelvelabs_batches::emulator::{Emulator, Options, StartError};

use crate::emulator_story::{general, one_by_one};

/// An answer read off the wire.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self.head.lines().filter_map(|line| line.split_once(": "));
        fields.find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// One connection.
pub struct Client {
    pub stream: TcpStream,
    held: Vec<u8>,
}

impl Client {
    pub fn connect(emulator: &Emulator) -> Self {
        let address = emulator.base_url().trim_start_matches("http://").trim_end_matches("/v1.3");
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        Self { stream, held: Vec::new() }
    }

    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).unwrap();
    }

    fn fill(&mut self) -> bool {
        let mut part = [0; 4096];
        let count = match self.stream.read(&mut part) {
            // Unread bytes make the system report an end as a reset.
            Err(error) if error.kind() == ErrorKind::ConnectionReset => 0,
            read => read.unwrap(),
        };
        self.held.extend_from_slice(&part[..count]);
        count > 0
    }

    fn take(&mut self, count: usize) -> Vec<u8> {
        while self.held.len() < count {
            assert!(self.fill(), "the server closed the connection too early");
        }
        self.held.drain(..count).collect()
    }

    fn take_through(&mut self, end: &[u8]) -> Vec<u8> {
        loop {
            if let Some(at) = self.held.windows(end.len()).position(|window| window == end) {
                return self.take(at + end.len());
            }
            assert!(self.fill(), "the server closed the connection too early");
        }
    }

    /// The next answer.
    pub fn receive(&mut self) -> Answer {
        let head = String::from_utf8(self.take_through(b"\r\n\r\n")).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut answer = Answer { status, head, body: Vec::new() };
        if status == 100 || status == 204 {
            return answer;
        }
        if let Some(length) = answer.header("content-length") {
            answer.body = self.take(length.parse().unwrap());
        } else if answer.header("transfer-encoding") == Some("chunked") {
            loop {
                let size = String::from_utf8(self.take_through(b"\r\n")).unwrap();
                let size = usize::from_str_radix(size.trim(), 16).unwrap();
                answer.body.extend(self.take(size));
                assert_eq!(self.take(2), b"\r\n");
                if size == 0 {
                    break;
                }
            }
        } else {
            answer.body = self.receive_rest();
        }
        answer
    }

    /// Everything until the server closes the connection.
    pub fn receive_rest(&mut self) -> Vec<u8> {
        while self.fill() {}
        std::mem::take(&mut self.held)
    }

    pub fn ask(&mut self, method: &str, path: &str, body: &str) -> Answer {
        self.send(request(method, path, body));
        self.receive()
    }
}

/// The bytes of a request.
pub fn request(method: &str, path: &str, body: &str) -> String {
    let length = if method == "POST" { format!("Content-Length: {}\r\n", body.len()) } else { String::new() };
    format!("{method} /v1.3/{path} HTTP/1.1\r\nHost: localhost\r\nx-api-key: emulator\r\n{length}\r\n{body}")
}

pub fn start() -> Emulator {
    Emulator::start(one_by_one()).unwrap()
}

#[test]
fn a_batch_goes_its_way_over_one_connection() {
    let emulator = start();
    let mut client = Client::connect(&emulator);
    let created = client.ask("POST", "analyze/batches", &general(2).to_string());
    assert_eq!((created.status, created.header("content-type")), (201, Some("application/json")));
    let id = created.json()["batch_id"].as_str().unwrap().to_owned();
    emulator.advance(Duration::from_secs(50));
    let listed = client.ask("GET", "analyze/batches?page=1&status=processing", "");
    assert_eq!(listed.json()["data"][0]["batch_id"], *id);
    let results = client.ask("GET", &format!("analyze/batches/{id}/results"), "");
    assert_eq!(results.header("content-type"), Some("application/jsonl"));
    assert_eq!(results.header("transfer-encoding"), Some("chunked"));
    assert!(results.header("content-length").is_none());
    assert_eq!(String::from_utf8_lossy(&results.body).lines().count(), 2);
    assert_eq!(client.ask("POST", &format!("analyze/batches/{id}/cancel"), "").status, 202);
    emulator.advance(Duration::from_secs(30));
    let deleted = client.ask("DELETE", &format!("analyze/batches/{id}"), "");
    assert_eq!((deleted.status, deleted.header("content-length")), (204, None));
    assert_eq!(client.ask("GET", &format!("analyze/batches/{id}"), "").status, 404);
    let stats = emulator.stats();
    assert_eq!((stats.requests["create"], stats.requests["retrieve"], stats.batches_created), (1, 1, 1));
}

#[test]
fn many_connections_are_served_at_once() {
    let emulator = Emulator::start(Options { max_active_batches: 100, ..one_by_one() }).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let mut client = Client::connect(&emulator);
                for _ in 0..5 {
                    assert_eq!(client.ask("POST", "analyze/batches", &general(3).to_string()).status, 201);
                }
            });
        }
    });
    assert_eq!(emulator.stats().batches_created, 40);
}

#[test]
fn a_thousand_rows_arrive_when_the_client_reads_slowly() {
    let emulator = start();
    let mut client = Client::connect(&emulator);
    let created = client.ask("POST", "analyze/batches", &general(1000).to_string()).json();
    emulator.advance(Duration::from_secs(24 * 3600));
    let path = format!("analyze/batches/{}/results", created["batch_id"].as_str().unwrap());
    client.send(request("GET", &path, ""));
    let mut other = Client::connect(&emulator);
    assert_eq!(other.ask("GET", "analyze/batches", "").status, 200);
    let body = client.receive().body;
    let rows: Vec<Value> = body
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect();
    assert_eq!(rows.len(), 1000);
    assert_eq!(rows[999]["task_id"], created["items"][999]["task_id"]);
}

#[test]
fn stopping_closes_everything_and_can_be_repeated() {
    let emulator = start();
    let mut client = Client::connect(&emulator);
    assert_eq!(client.ask("GET", "analyze/batches", "").status, 200);
    emulator.stop();
    assert!(client.receive_rest().is_empty());
    emulator.stop();
    let address = emulator.base_url().trim_start_matches("http://").trim_end_matches("/v1.3").to_owned();
    assert!(TcpStream::connect(&address).is_err());
    let port: u16 = address.rsplit(':').next().unwrap().parse().unwrap();
    let again = Emulator::start(Options { port, ..one_by_one() }).unwrap();
    assert_eq!(again.base_url(), emulator.base_url());
}

#[test]
fn the_port_has_to_be_free_and_the_options_right() {
    let emulator = start();
    let port = emulator.base_url().split([':', '/']).nth(4).unwrap().parse().unwrap();
    let taken = Emulator::start(Options { port, ..one_by_one() });
    assert!(matches!(taken, Err(StartError::Bind { .. })));
    let wrong = Emulator::start(Options { failure_rate: 2.0, ..one_by_one() });
    assert!(matches!(wrong, Err(StartError::Options(_))));
}

#[tokio::test]
async fn it_can_be_used_inside_a_runtime() {
    let emulator = start();
    assert!(emulator.base_url().ends_with("/v1.3"));
    emulator.stop();
    drop(start());
}

#[test]
fn the_key_is_not_shown() {
    let emulator = Emulator::start(Options { api_key: "tlk_SECRET".to_owned(), ..one_by_one() }).unwrap();
    assert_eq!(emulator.api_key(), "tlk_SECRET");
    assert!(!format!("{emulator:?}").contains("SECRET"));
    let mut client = Client::connect(&emulator);
    let refused = client.ask("GET", "analyze/batches", "");
    assert_eq!((refused.status, &refused.json()["code"]), (401, &Value::from("api_key_invalid")));
}
