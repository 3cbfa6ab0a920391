//! Trouble on request, over sockets.

use std::io::{ErrorKind, Read, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use flate2::read::MultiGzDecoder;
use serde_json::Value;
use tokio::net::TcpSocket;
use twelvelabs_batches::emulator::faults::{Coding, Cut, Endpoint, Framing};
use twelvelabs_batches::emulator::{Emulator, Fault};

use crate::emulator_server::{Client, request, start};
use crate::emulator_story::general;

/// A batch of four items that have ended.
fn batch(emulator: &Emulator) -> String {
    let created = Client::connect(emulator).ask("POST", "analyze/batches", &general(4).to_string());
    emulator.advance(Duration::from_secs(600));
    created.json()["batch_id"].as_str().unwrap().to_owned()
}

fn inject(emulator: &Emulator, text: &str) {
    emulator.inject(Fault::parse(text).unwrap()).unwrap();
}

/// All bytes of an answer, and how the connection ended.
fn read_all(emulator: &Emulator, path: &str) -> (Vec<u8>, Result<(), ErrorKind>) {
    let address = emulator.base_url().trim_start_matches("http://").trim_end_matches("/v1.3");
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let asked = request("GET", path, "").replace("Host:", "Connection: close\r\nHost:");
    stream.write_all(asked.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    loop {
        match stream.read(&mut part) {
            Ok(0) => return (bytes, Ok(())),
            Ok(count) => bytes.extend_from_slice(&part[..count]),
            Err(error) => return (bytes, Err(error.kind())),
        }
    }
}

fn body_of(bytes: &[u8]) -> &[u8] {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    &bytes[end + 4..]
}

fn rows(emulator: &Emulator, id: &str) -> Vec<Vec<u8>> {
    let answer = Client::connect(emulator).ask("GET", &format!("analyze/batches/{id}/results"), "");
    answer.body.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
}

#[test]
fn the_next_requests_of_an_endpoint_are_refused() {
    let emulator = start();
    let id = batch(&emulator);
    inject(&emulator, r#"{"on": "retrieve", "status": 503, "times": 2, "headers": {"Retry-After": 7}}"#);
    inject(&emulator, "on=retrieve,status=429,code=slow_down,message=Not so fast");
    let mut client = Client::connect(&emulator);
    let path = format!("analyze/batches/{id}");
    assert_eq!(client.ask("GET", "analyze/batches", "").status, 200, "another endpoint");
    for _ in 0..2 {
        let refused = client.ask("GET", &path, "");
        assert_eq!((refused.status, refused.header("retry-after")), (503, Some("7")));
        assert_eq!(refused.json()["error"]["code"], "service_unavailable");
        assert!(refused.header("x-request-id").is_some());
    }
    let refused = client.ask("GET", &path, "");
    assert_eq!(refused.status, 429);
    assert_eq!(refused.json()["error"], serde_json::json!({"code": "slow_down", "message": "Not so fast"}));
    assert_eq!(client.ask("GET", &path, "").status, 200);
    let stats = emulator.stats();
    assert_eq!((stats.faults_met, stats.faults_waiting), (3, 0));
    assert_eq!((stats.requests["retrieve"], stats.responses[&503]), (4, 2));
}

#[test]
fn some_requests_are_let_pass_and_faults_can_be_taken_back() {
    let emulator = start();
    inject(&emulator, "on=list,skip=2,times=none,status=500");
    let mut client = Client::connect(&emulator);
    let statuses: Vec<u16> = (0..5).map(|_| client.ask("GET", "analyze/batches", "").status).collect();
    assert_eq!(statuses, [200, 200, 500, 500, 500]);
    emulator.clear_faults();
    assert_eq!(client.ask("GET", "analyze/batches", "").status, 200);
    assert_eq!(emulator.stats().faults_waiting, 0);
}

#[test]
fn toxicity_is_a_share_and_drawn_from_the_seed() {
    let draw = || {
        let emulator = start();
        inject(&emulator, "on=list,times=none,toxicity=0.3,status=500");
        let mut client = Client::connect(&emulator);
        (0..200).map(|_| client.ask("GET", "analyze/batches", "").status).collect::<Vec<_>>()
    };
    let statuses = draw();
    assert_eq!(statuses, draw());
    let refused = statuses.iter().filter(|status| **status == 500).count();
    assert!((30..90).contains(&refused), "{refused} of 200");
}

#[test]
fn a_batch_is_created_and_the_answer_lost() {
    for (cut, executed, created) in [("close", "true", 1), ("reset", "true", 1), ("close", "false", 0)] {
        let emulator = start();
        inject(&emulator, &format!("on=create,cut={cut},executed={executed}"));
        let mut client = Client::connect(&emulator);
        client.send(request("POST", "analyze/batches", &general(1).to_string()));
        assert!(client.receive_rest().is_empty());
        assert_eq!(emulator.stats().batches_created, created, "{cut} {executed}");
    }
    let emulator = start();
    inject(&emulator, "on=create,status=502,executed=true,body=<h1>Bad gateway</h1>");
    let answer = Client::connect(&emulator).ask("POST", "analyze/batches", &general(1).to_string());
    assert_eq!((answer.status, answer.body.as_slice()), (502, b"<h1>Bad gateway</h1>".as_slice()));
    assert_eq!(emulator.stats().batches_created, 1);
    inject(&emulator, "on=create,status=504");
    Client::connect(&emulator).ask("POST", "analyze/batches", &general(1).to_string());
    assert_eq!(emulator.stats().batches_created, 1, "a refusal alone does nothing");
}

#[test]
fn results_are_cut_after_rows_or_bytes() {
    let emulator = start();
    let id = batch(&emulator);
    let path = format!("analyze/batches/{id}/results");
    let whole = rows(&emulator, &id);
    assert_eq!(whole.len(), 4);
    let two = whole[..2].concat();
    for (fault, expected, end) in [
        ("cut=close,after_rows=2,framing=close", two.clone(), Ok(())),
        ("cut=reset,after_rows=2,framing=close", two.clone(), Err(ErrorKind::ConnectionReset)),
        ("cut=polite,after_rows=2,framing=close", two.clone(), Ok(())),
        ("cut=polite,after_rows=2,framing=length", two.clone(), Ok(())),
        ("cut=close,after_rows=2,framing=length", two.clone(), Ok(())),
        ("cut=close,after_bytes=5,framing=length", whole.concat()[..5].to_vec(), Ok(())),
        ("cut=close,after_bytes=0,framing=close", Vec::new(), Ok(())),
        ("cut=close,after_rows=0,framing=close", Vec::new(), Ok(())),
        ("cut=close,after_rows=99,framing=close", whole.concat(), Ok(())),
        ("framing=close", whole.concat(), Ok(())),
    ] {
        inject(&emulator, &format!("on=results,{fault}"));
        let (bytes, ended) = read_all(&emulator, &path);
        assert_eq!(body_of(&bytes), expected, "{fault}");
        assert_eq!(ended, end, "{fault}");
        let head = String::from_utf8_lossy(&bytes).to_lowercase();
        assert_eq!(head.contains("\r\ncontent-length:"), fault.contains("framing=length"), "{fault}");
        if fault == "cut=polite,after_rows=2,framing=length" {
            assert!(head.contains(&format!("content-length: {}\r\n", two.len())), "{head}");
        }
        if fault == "cut=close,after_rows=2,framing=length" {
            assert!(head.contains(&format!("content-length: {}\r\n", whole.concat().len())), "{head}");
        }
    }
    inject(&emulator, "on=results,cut=polite,after_rows=3");
    assert_eq!(rows(&emulator, &id), whole[..3], "chunks with their end");
    inject(&emulator, "on=results,cut=close,after_rows=3");
    let (bytes, _) = read_all(&emulator, &path);
    assert!(!bytes.ends_with(b"0\r\n\r\n"), "chunks without their end");
}

#[test]
fn rows_are_spoilt() {
    let emulator = start();
    let id = batch(&emulator);
    let whole = rows(&emulator, &id);
    let spoilt = |fault: &str| {
        inject(&emulator, &format!("on=results,{fault}"));
        rows(&emulator, &id)
    };
    let torn = spoilt("torn_row=2");
    assert_eq!(torn[0], whole[0]);
    assert!(torn[1].len() < whole[1].len() && whole[1].starts_with(torn[1].trim_ascii_end()));
    assert_eq!(torn[2..], whole[2..]);
    let corrupt = spoilt("corrupt_row=4");
    assert!(String::from_utf8(corrupt[3].clone()).is_err());
    assert_eq!(corrupt[..3], whole[..3]);
    let doubled = spoilt("duplicate_row=1");
    assert_eq!((doubled.len(), &doubled[0], &doubled[1..]), (5, &whole[0], &whole[..]));
    assert_eq!(spoilt("missing_row=3"), [&whole[..2], &whole[3..]].concat());
    let told = spoilt("error_row=2");
    assert!(serde_json::from_slice::<Value>(&told[1]).unwrap()["error"]["message"].is_string());
    assert_eq!((told.len(), &told[2]), (5, &whole[1]));
    let mut shuffled = spoilt("shuffled=true");
    assert_ne!(shuffled, whole);
    shuffled.sort();
    let mut sorted = whole.clone();
    sorted.sort();
    assert_eq!(shuffled, sorted);
    let all = spoilt("duplicate_row=1,missing_row=2,error_row=4,torn_row=3");
    assert_eq!(all.len(), 5);
    assert_eq!((&all[0], &all[1], &all[4]), (&whole[0], &whole[0], &whole[3]));
    assert_eq!(spoilt("torn_row=9,missing_row=9,duplicate_row=9,error_row=9,corrupt_row=9"), whole);
}

#[test]
fn bodies_are_encoded_well_and_badly() {
    let emulator = start();
    let id = batch(&emulator);
    let whole = rows(&emulator, &id).concat();
    let path = format!("analyze/batches/{id}/results");
    for (coding, is_whole) in [
        ("gzip", true),
        ("gzip-members", true),
        ("gzip-truncated", false),
        ("gzip-corrupt", false),
        ("gzip-checksum", false),
    ] {
        inject(&emulator, &format!("on=results,coding={coding}"));
        let answer = Client::connect(&emulator).ask("GET", &path, "");
        assert_eq!(answer.header("content-encoding"), Some("gzip"));
        let mut plain = Vec::new();
        let read = MultiGzDecoder::new(answer.body.as_slice()).read_to_end(&mut plain);
        assert_eq!(read.is_ok(), is_whole, "{coding}");
        assert!(!is_whole || plain == whole, "{coding}");
    }
    inject(&emulator, "on=results,coding=unknown");
    let answer = Client::connect(&emulator).ask("GET", &path, "");
    assert_eq!((answer.header("content-encoding"), &answer.body), (Some("unknown"), &whole));
}

#[test]
fn answers_come_slowly() {
    let emulator = start();
    let id = batch(&emulator);
    let path = format!("analyze/batches/{id}/results");
    for (fault, least) in [
        ("latency=0.2", 0.2),
        ("stall=0.2", 0.2),
        ("stall=0.2,after_rows=2", 0.2),
        ("stall=0.2,after_bytes=10", 0.2),
        ("drip=0.1", 0.3),
        ("drip=0.0001,slice=7", 0.0),
        ("slow_headers=0.05", 0.3),
    ] {
        inject(&emulator, &format!("on=results,{fault}"));
        let began = Instant::now();
        assert_eq!(rows(&emulator, &id).len(), 4, "{fault}");
        assert!(began.elapsed() >= Duration::from_secs_f64(least), "{fault}: {:?}", began.elapsed());
    }
    inject(&emulator, "on=results,stall=0.1,after_rows=1,cut=reset");
    let (bytes, ended) = read_all(&emulator, &path);
    assert_eq!(ended, Err(ErrorKind::ConnectionReset));
    assert!(!bytes.is_empty());
}

#[test]
fn redirects_and_other_bodies() {
    let emulator = start();
    inject(&emulator, "on=delete,redirect=http://elsewhere.example/");
    let answer = Client::connect(&emulator).ask("DELETE", "analyze/batches/6b0000000000000000000001", "");
    assert_eq!((answer.status, answer.header("location")), (307, Some("http://elsewhere.example/")));
    inject(&emulator, r#"{"on": "list", "body": "<html>", "headers": {"content-type": "text/html"}}"#);
    let answer = Client::connect(&emulator).ask("GET", "analyze/batches", "");
    assert_eq!((answer.status, answer.body.as_slice()), (200, b"<html>".as_slice()));
    assert_eq!(answer.header("content-type"), Some("text/html"));
    assert_eq!(answer.head.to_lowercase().matches("content-type").count(), 1);
}

#[test]
fn the_platform_goes_down_and_comes_up() {
    let emulator = start();
    let id = batch(&emulator);
    let mut connected = Client::connect(&emulator);
    assert_eq!(connected.ask("GET", "analyze/batches", "").status, 200);
    let address = emulator.base_url().trim_start_matches("http://").trim_end_matches("/v1.3").to_owned();
    emulator.go_down();
    emulator.go_down();
    assert_eq!(TcpStream::connect(&address).unwrap_err().kind(), ErrorKind::ConnectionRefused);
    assert!(connected.receive_rest().is_empty(), "it was cut");
    emulator.come_up();
    emulator.come_up();
    assert_eq!(Client::connect(&emulator).ask("GET", &format!("analyze/batches/{id}"), "").status, 200);
    inject(&emulator, "on=list,down=0.2");
    let mut client = Client::connect(&emulator);
    client.send(request("GET", "analyze/batches", ""));
    assert!(client.receive_rest().is_empty());
    while TcpStream::connect(&address).is_err() {}
    assert_eq!(Client::connect(&emulator).ask("GET", "analyze/batches", "").status, 200);
    emulator.go_down();
    emulator.stop();
    emulator.come_up();
}

#[test]
fn a_platform_that_went_down_answers_nobody_who_was_connected() {
    let emulator = start();
    for _ in 0..300 {
        let mut clients: Vec<_> = (0..4).map(|_| Client::connect(&emulator)).collect();
        for client in &mut clients {
            assert_eq!(client.ask("GET", "analyze/batches", "").status, 200);
        }
        emulator.go_down();
        for client in &mut clients {
            // The other end may be closed already.
            let _ = client.stream.write_all(request("GET", "analyze/batches", "").as_bytes());
        }
        for client in &mut clients {
            assert_eq!(client.receive_rest(), b"");
        }
        emulator.come_up();
    }
}

#[test]
fn a_platform_that_is_down_keeps_its_port() {
    let emulator = start();
    let address = emulator.base_url().trim_start_matches("http://").trim_end_matches("/v1.3").to_owned();
    emulator.go_down();
    let another = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
    // Without permission to share it, as whoever looks for a port that is free.
    let taken = another.block_on(async { TcpSocket::new_v4()?.bind(address.parse().unwrap()) });
    assert_eq!(taken.unwrap_err().kind(), ErrorKind::AddrInUse);
    emulator.come_up();
    assert_eq!(Client::connect(&emulator).ask("GET", "analyze/batches", "").status, 200);
}

#[test]
fn faults_are_read_from_words_and_json() {
    let fault =
        Fault::parse(" on=results, cut=reset ,after_rows=3,times=none,framing=close,coding=unknown").unwrap();
    let expected = Fault {
        on: Endpoint::Results,
        cut: Some(Cut::Reset),
        after_rows: Some(3),
        times: None,
        framing: Some(Framing::Close),
        coding: Some(Coding::Unknown),
        ..Fault::default()
    };
    assert_eq!(fault, expected);
    assert_eq!(Fault::parse(r#"{"on": "results", "cut": "reset", "after_rows": 3, "times": null, "framing": "close", "coding": "unknown"}"#).unwrap(), expected);
    assert_eq!(
        format!("{:?}", Fault::parse("on=list,status=500").unwrap()),
        r#"Fault { on: "list", status: 500 }"#
    );
}

#[test]
fn faults_that_do_not_fit_are_refused() {
    for (text, told) in [
        ("on=result,status=500", "one of any, create"),
        ("statsu=500", r#"a fault has no option "statsu"; did you mean "status"?"#),
        ("status=700", "from 200 to 599"),
        ("status=abc", "whole number"),
        ("on=list", "nothing says what befalls"),
        ("", "nothing says what befalls"),
        ("times=0,status=500", r#""times" must be at least 1"#),
        ("toxicity=2,status=500", "from 0 to 1"),
        ("latency=-1", "from 0 to 86400"),
        ("latency=1e99", "from 0 to 86400"),
        ("latency=inf", "must be a number"),
        ("after_rows=1", "neither is given"),
        ("after_rows=1,after_bytes=1,cut=reset", "together"),
        ("after_rows=1,cut=reset,coding=gzip", "after_bytes"),
        ("torn_row=0", "at least 1"),
        ("code=x", "status"),
        ("message=x,status=200", "status"),
        ("cut", "words such as times=2"),
        ("{", "must be a JSON object"),
        (r#"{"headers": {"a b": "c"}}"#, "headers"),
        (r#"{"headers": {"a": "c\r\nd: e"}}"#, "headers"),
        (r#"{"headers": ["a"]}"#, "names and texts"),
        (r#"{"redirect": "a\nb"}"#, "one line"),
    ] {
        let refused = Fault::parse(text).unwrap_err().to_string();
        assert!(refused.contains(told), "{text}: {refused}");
    }
}
