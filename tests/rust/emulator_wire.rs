//! HTTP as clients write it, and as they should not.

use crate::emulator_server::{Client, request, start};
use crate::emulator_story::general;

#[test]
fn requests_can_arrive_byte_by_byte() {
    let emulator = start();
    let mut client = Client::connect(&emulator);
    for byte in request("POST", "analyze/batches", &general(1).to_string()).as_bytes() {
        client.send([*byte]);
    }
    assert_eq!(client.receive().status, 201);
    assert_eq!(client.ask("GET", "analyze/batches", "").status, 200);
}

#[test]
fn requests_can_arrive_all_at_once() {
    let emulator = start();
    let mut client = Client::connect(&emulator);
    let create = request("POST", "analyze/batches", &general(1).to_string());
    let get = request("GET", "analyze/batches", "");
    client.send(format!("{create}{get}\r\n\r\n{create}{get}"));
    let statuses: Vec<u16> = (0..4).map(|_| client.receive().status).collect();
    assert_eq!(statuses, [201, 200, 201, 200]);
}

fn chunked(chunks: &str) -> String {
    format!(
        "POST /v1.3/analyze/batches HTTP/1.1\r\nHost: x\r\nx-api-key: emulator\r\nContent-Type: application/json\r\n\
         Transfer-Encoding: Chunked\r\n\r\n{chunks}"
    )
}

#[test]
fn bodies_can_be_chunked() {
    let emulator = start();
    let body = general(1).to_string();
    let (first, second) = body.split_at(7);
    let chunks =
        format!("7;name=value\r\n{first}\r\n{:X} \r\n{second}\r\n000\r\nTrailer: x\r\n\r\n", second.len());
    let mut client = Client::connect(&emulator);
    client.send(chunked(&chunks));
    assert_eq!(client.receive().status, 201);
    for byte in chunked(&chunks).as_bytes() {
        client.send([*byte]);
    }
    assert_eq!(client.receive().status, 201);
    assert_eq!(client.ask("GET", "analyze/batches", "").status, 200);
}

#[test]
fn the_server_says_when_to_continue() {
    let emulator = start();
    let mut client = Client::connect(&emulator);
    let body = general(1).to_string();
    let length = body.len();
    client.send(format!(
        "POST /v1.3/analyze/batches HTTP/1.1\r\nHost: x\r\nx-api-key: emulator\r\nExpect: 100-continue\r\n\
         Content-Length: {length}\r\n\r\n"
    ));
    assert_eq!(client.receive().status, 100);
    client.send(body);
    assert_eq!(client.receive().status, 201);
}

#[test]
fn a_body_that_is_too_large_is_refused_before_it_is_sent() {
    let emulator = start();
    let mut client = Client::connect(&emulator);
    client.send(
        "POST /v1.3/analyze/batches HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n",
    );
    let refused = client.receive();
    assert_eq!((refused.status, refused.header("connection")), (413, Some("close")));
    assert!(client.receive_rest().is_empty());
}

#[test]
fn the_connection_ends_when_the_client_wants_it_to() {
    let emulator = start();
    let mut client = Client::connect(&emulator);
    let close =
        request("GET", "analyze/batches", "").replace("Host", "Connection: Keep-Alive, CLOSE\r\nHost");
    client.send(close);
    let answer = client.receive();
    assert_eq!((answer.status, answer.header("connection")), (200, Some("close")));
    assert!(client.receive_rest().is_empty());
}

#[test]
fn old_clients_get_no_chunks() {
    let emulator = start();
    let mut client = Client::connect(&emulator);
    let created = client.ask("POST", "analyze/batches", &general(3).to_string()).json();
    let id = created["batch_id"].as_str().unwrap();
    client.send(format!("GET /v1.3/analyze/batches/{id}/results HTTP/1.0\r\nx-api-key: emulator\r\n\r\n"));
    let answer = client.receive();
    assert_eq!((answer.header("transfer-encoding"), answer.header("connection")), (None, Some("close")));
    assert_eq!(String::from_utf8_lossy(&answer.body).lines().count(), 3);
    assert!(answer.body.starts_with(b"{"));
}

#[test]
fn targets_can_be_escaped_or_absolute() {
    let emulator = start();
    let mut client = Client::connect(&emulator);
    for target in [
        "/v1.3/analyze/batch%65s?status=pending%20",
        "http://localhost/v1.3/analyze/batches",
        "/v1.3/analyze/batches?",
    ] {
        client.send(format!("GET {target} HTTP/1.1\r\nHost: x\r\nX-API-KEY:emulator\r\n\r\n"));
        let expected = if target.contains("%20") { 400 } else { 200 };
        assert_eq!(client.receive().status, expected, "{target}");
    }
    client.send("GET /v1.3/analyze/batches/a%2Fresults HTTP/1.1\r\nHost: x\r\nx-api-key: emulator\r\n\r\n");
    assert_eq!(client.receive().status, 404);
    assert_eq!(emulator.stats().requests["retrieve"], 1);
}

#[test]
fn what_is_not_http_is_refused() {
    let emulator = start();
    let post = |headers: &str, body: &str| {
        format!("POST /v1.3/analyze/batches HTTP/1.1\r\nHost: x\r\n{headers}\r\n{body}")
    };
    let many = "a: b\r\n".repeat(200);
    let large = format!("a: {}\r\n", "b".repeat(70_000));
    for (bytes, expected) in [
        ("\u{1}\u{2}\r\n\r\n".to_owned(), 400),
        ("GET /v1.3 HTTP/2.0\r\n\r\n".to_owned(), 505),
        ("GET /v1.3 HTTP/1.1\r\nbad header\r\n\r\n".to_owned(), 400),
        ("GET /v1.3 HTTP/1.1\r\n\r\n".to_owned(), 400),
        ("GET /v1.3 HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n".to_owned(), 400),
        (post(&many, ""), 431),
        (post(&large, ""), 431),
        (post("Content-Length: x\r\n", ""), 400),
        (post("Content-Length: -1\r\n", ""), 400),
        (post("Content-Length: 1\r\nContent-Length: 2\r\n", "ab"), 400),
        (post("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400),
        (post("Transfer-Encoding: gzip, chunked\r\n", ""), 501),
        (post("Content-Type: application/json\r\n", ""), 411),
        (post("Expect: tea\r\n", ""), 417),
        (post("Content-Length: 67108865\r\n", ""), 413),
        (post("Content-Length: 99999999999999999999999\r\n", ""), 413),
        (post("Transfer-Encoding: chunked\r\n", "x\r\n"), 400),
        (post("Transfer-Encoding: chunked\r\n", "fffffffff\r\n"), 413),
        (post("Transfer-Encoding: chunked\r\n", "ffffffffffffffffffffff\r\n"), 413),
        (post("Transfer-Encoding: chunked\r\n", "1\r\nab\r\n"), 400),
    ] {
        let mut client = Client::connect(&emulator);
        client.send(&bytes);
        let refused = client.receive();
        let start = &bytes[..bytes.len().min(120)];
        assert_eq!((refused.status, refused.header("connection")), (expected, Some("close")), "{start}");
        assert!(refused.json()["message"].is_string());
        assert!(refused.header("x-request-id").is_some() && refused.header("date").is_some());
        assert!(client.receive_rest().is_empty());
    }
    assert_eq!(Client::connect(&emulator).ask("GET", "analyze/batches", "").status, 200);
}

#[test]
fn a_client_that_leaves_early_does_no_harm() {
    let emulator = start();
    for bytes in
        ["", "GET /v1", "POST /v1.3/analyze/batches HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{"]
    {
        let mut client = Client::connect(&emulator);
        client.send(bytes);
        client.stream.shutdown(std::net::Shutdown::Write).unwrap();
        assert!(client.receive_rest().is_empty());
    }
    assert!(emulator.stats().requests.is_empty());
    assert_eq!(Client::connect(&emulator).ask("GET", "analyze/batches", "").status, 200);
}
