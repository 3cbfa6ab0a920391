//! A server that answers raw bytes, for what no proper server sends.

use std::io::Write as _;
use std::sync::{Arc, Mutex};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use twelvelabs_batches::client::{Client, Config, Given};

/// The method, target, headers and body of a request.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// A server; dropping it closes its sockets.
pub struct Scripted {
    pub base_url: String,
    pub asked: Arc<Mutex<Vec<Asked>>>,
    task: JoinHandle<()>,
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Starts a server in this runtime. Each connection is answered once with what
/// `answer` makes of the request and of the requests before it, then closed.
pub async fn serve(answer: impl Fn(&Asked, &[Asked]) -> Vec<u8> + Send + Sync + 'static) -> Scripted {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}/v1.3", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    let answer = Arc::new(answer);
    let task = tokio::spawn(async move {
        let mut connections = JoinSet::new();
        while let Ok((stream, _)) = listener.accept().await {
            while connections.try_join_next().is_some() {}
            let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
            connections.spawn(async move {
                let mut stream = stream;
                let Some(request) = read(&mut stream).await else { return };
                let bytes = {
                    let mut log = log.lock().unwrap();
                    let bytes = answer(&request, &log);
                    log.push(request);
                    bytes
                };
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
            });
        }
    });
    Scripted { base_url, asked, task }
}

async fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let text = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
    let length = text
        .lines()
        .find_map(|line| line.strip_prefix("content-length: ")?.trim().parse::<usize>().ok())
        .unwrap_or(0);
    while bytes.len() < head + length {
        stream.read_buf(&mut bytes).await.ok()?;
    }
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let mut words = text.split(' ');
    let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()));
    Some(Asked {
        method: words.next()?.to_owned(),
        target: words.next()?.to_owned(),
        headers: text.lines().skip(1).filter_map(header).collect(),
        body: bytes[head..].to_vec(),
    })
}

/// A client that is quick to try again.
pub fn client_of(base_url: &str, max_retries: u32) -> Client {
    let given = Given {
        api_key: Some("key".to_owned()),
        base_url: Some(base_url.to_owned()),
        max_retries: Some(max_retries),
        backoff_factor: Some(std::time::Duration::from_micros(100)),
        ..Given::default()
    };
    Client::new(Config::resolve(given, |_| None).unwrap()).unwrap()
}

pub const BATCH: &str = "6b0000000000000000000001";

/// A row of results.
pub fn row(number: usize) -> String {
    json!({
        "task_id": format!("{number:024x}"),
        "custom_id": format!("v-{number}"),
        "status": "ready",
        "data": {
            "generation_id": "g",
            "data": "é\u{2028}\n",
            "finish_reason": "stop",
            "usage": {"output_tokens": 1}
        }
    })
    .to_string()
}

/// The answer to a `retrieve`.
pub fn state(total: usize) -> Vec<u8> {
    let body = json!({
        "batch_id": BATCH, "analysis_mode": "general", "model_name": "pegasus1.5", "status": "completed",
        "total_items": total, "queued_items": 0, "processing_items": 0, "ready_items": total,
        "failed_items": 0, "canceled_items": 0,
        "created_at": "2026-11-01T00:00:00Z", "expires_at": "2026-11-02T00:00:00Z"
    });
    whole(body.to_string().as_bytes())
}

/// A whole answer.
pub fn whole(body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

pub fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}
