//! Results that are cut, at every byte: all items once, or a named error.

use std::collections::BTreeSet;

use proptest::prelude::*;
use twelvelabs_batches::client::{CallOptions, Client};
use twelvelabs_batches::error::{Error, Kind};

use crate::scripted::{BATCH, client_of, gzip, row, serve, state, whole};

const TOTAL: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Framing {
    Length,
    Chunked,
    /// The end of the connection is the end of the body.
    Close,
}

fn body() -> Vec<u8> {
    (0..TOTAL).flat_map(|number| (row(number) + "\n").into_bytes()).collect()
}

/// An answer whose body is cut after some bytes.
fn cut(framing: Framing, is_gzip: bool, at: usize, is_polite: bool) -> Vec<u8> {
    let body = if is_gzip { gzip(&body()) } else { body() };
    let part = &body[..at.min(body.len())];
    let mut head = "HTTP/1.1 200 OK\r\ncontent-type: application/jsonl\r\n".to_owned();
    if is_gzip {
        head += "content-encoding: gzip\r\n";
    }
    let length = if is_polite { part.len() } else { body.len() };
    let length = format!("content-length: {length}\r\n");
    head += match framing {
        Framing::Length => &length,
        Framing::Chunked => "transfer-encoding: chunked\r\n",
        Framing::Close => "connection: close\r\n",
    };
    let mut bytes = (head + "\r\n").into_bytes();
    if framing != Framing::Chunked {
        bytes.extend_from_slice(part);
        return bytes;
    }
    for chunk in part.chunks(50) {
        bytes.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        bytes.extend_from_slice(chunk);
        bytes.extend_from_slice(b"\r\n");
    }
    if is_polite || at >= body.len() {
        bytes.extend_from_slice(b"0\r\n\r\n");
    }
    bytes
}

/// What a reader of the results gets: items in order, and the error at the end.
async fn read(client: &Client) -> (Vec<String>, Option<Error>) {
    let mut items = Vec::new();
    let mut stream = match client.results(BATCH, &CallOptions::default()).await {
        Ok(stream) => stream,
        Err(error) => return (items, Some(error)),
    };
    while let Some(next) = stream.next().await {
        match next {
            Ok(item) => items.push(item.task_id),
            Err(error) => return (items, Some(error)),
        }
    }
    (items, None)
}

fn all() -> BTreeSet<String> {
    (0..TOTAL).map(|number| format!("{number:024x}")).collect()
}

fn check_each_once(items: &[String], context: &str) {
    let distinct: BTreeSet<_> = items.iter().cloned().collect();
    assert_eq!(distinct.len(), items.len(), "an item came twice: {context}");
    assert!(distinct.is_subset(&all()), "{context}");
}

/// Every framing and encoding, cut at every offset.
fn every_cut() -> Vec<(Framing, bool, usize, bool)> {
    let mut cuts = Vec::new();
    for is_gzip in [false, true] {
        let length = if is_gzip { gzip(&body()).len() } else { body().len() };
        for framing in [Framing::Length, Framing::Chunked, Framing::Close] {
            for at in 0..=length {
                cuts.push((framing, is_gzip, at, false));
                if framing != Framing::Close {
                    cuts.push((framing, is_gzip, at, true));
                }
            }
        }
    }
    cuts
}

#[tokio::test]
async fn one_cut_anywhere_is_overcome() {
    for case in every_cut() {
        let (framing, is_gzip, at, is_polite) = case;
        let server = serve(move |request, before| {
            if !request.target.ends_with("/results") {
                return state(TOTAL);
            }
            let is_first = !before.iter().any(|earlier| earlier.target.ends_with("/results"));
            if is_first { cut(framing, is_gzip, at, is_polite) } else { whole(&body()) }
        })
        .await;
        let (items, error) = read(&client_of(&server.base_url, 2)).await;
        assert!(error.is_none(), "{case:?}: {error:?}");
        check_each_once(&items, &format!("{case:?}"));
        assert_eq!(items.len(), TOTAL, "{case:?}");
        assert!(server.asked.lock().unwrap().len() <= 3, "{case:?}");
    }
}

#[tokio::test]
async fn a_cut_that_stays_is_told_and_what_came_is_kept() {
    for case in every_cut() {
        let (framing, is_gzip, at, is_polite) = case;
        let server = serve(move |request, _| {
            if request.target.ends_with("/results") {
                cut(framing, is_gzip, at, is_polite)
            } else {
                state(TOTAL)
            }
        })
        .await;
        let (items, error) = read(&client_of(&server.base_url, 1)).await;
        check_each_once(&items, &format!("{case:?}"));
        match error {
            None => assert_eq!(items.len(), TOTAL, "{case:?}: fewer items and no error"),
            Some(error) => {
                let Kind::Incomplete(incomplete) = error.kind() else { panic!("{case:?}: {error:?}") };
                assert_eq!(incomplete.expected, Some(TOTAL as u64), "{case:?}");
                assert_eq!(incomplete.received, items.len() as u64, "{case:?}");
                assert!(items.len() < TOTAL, "{case:?}: {error}");
            }
        }
    }
}

/// The body in chunks that end at these offsets.
fn chunked(body: &[u8], ends: &BTreeSet<usize>) -> Vec<u8> {
    let mut bytes = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    let mut start = 0;
    for end in ends.iter().copied().chain([body.len()]).filter(|end| *end <= body.len()) {
        if end > start {
            bytes.extend_from_slice(format!("{:x}\r\n", end - start).as_bytes());
            bytes.extend_from_slice(&body[start..end]);
            bytes.extend_from_slice(b"\r\n");
            start = end;
        }
    }
    bytes.extend_from_slice(b"0\r\n\r\n");
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_split_of_the_same_bytes_gives_the_same_items(
        ends in prop::collection::btree_set(0_usize..600, 0..40),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let answer = chunked(&body(), &ends);
            let server = serve(move |request, _| {
                if request.target.ends_with("/results") { answer.clone() } else { state(TOTAL) }
            })
            .await;
            let (items, error) = read(&client_of(&server.base_url, 0)).await;
            assert!(error.is_none(), "{error:?}");
            assert_eq!(items, all().into_iter().collect::<Vec<_>>());
        });
    }
}
