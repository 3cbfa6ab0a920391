//! The emulator behind a wire that fails as a seed says.

use fastrand::Rng;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use twelvelabs_batches::emulator::Api;
use twelvelabs_batches::emulator::api::{Reply, Request};

use crate::scripted::{Asked, gzip};

/// What happens to one request and its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    None,
    /// The connection is closed before the platform has seen the request.
    LoseRequest,
    /// The platform does what it is asked, but nobody hears of it.
    LoseAnswer,
    /// Something in front answers with a page; the platform may have acted.
    Gateway {
        status: u16,
        is_executed: bool,
    },
    /// The platform itself refuses in its documented way.
    Refuse {
        status: u16,
    },
    /// The answer is cut after this share of its bytes, in 1/256.
    Cut {
        at: u8,
        framing: Framing,
        is_polite: bool,
    },
    /// Rows are changed.
    Rows(RowFault),
    /// The answer is somebody else's page, with success.
    Page,
    Gzip(Damage),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    Length,
    Chunked,
    Close,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    None,
    Cut,
    /// One bit is another. Not together with a cut: without its checksum,
    /// nothing could tell.
    Bit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFault {
    Duplicate,
    Shuffle,
    Drop,
    Corrupt,
    Torn,
    ErrorLine,
    Blank,
}

/// Draws a fault; none most of the time.
pub fn draw(random: &mut Rng) -> Fault {
    if random.u8(..) < 110 {
        return Fault::None;
    }
    match random.u8(..9) {
        0 => Fault::LoseRequest,
        1 => Fault::LoseAnswer,
        2 => Fault::Gateway {
            status: *pick(random, &[500, 502, 503, 504, 408, 520]),
            is_executed: random.bool(),
        },
        3 => Fault::Refuse { status: *pick(random, &[429, 503, 504]) },
        4 | 5 => Fault::Cut {
            at: random.u8(..),
            framing: *pick(random, &[Framing::Length, Framing::Chunked, Framing::Close]),
            is_polite: random.bool(),
        },
        6 => Fault::Rows(*pick(
            random,
            &[
                RowFault::Duplicate,
                RowFault::Shuffle,
                RowFault::Drop,
                RowFault::Corrupt,
                RowFault::Torn,
                RowFault::ErrorLine,
                RowFault::Blank,
            ],
        )),
        7 => Fault::Page,
        _ => Fault::Gzip(*pick(random, &[Damage::None, Damage::Cut, Damage::Bit])),
    }
}

pub fn pick<'a, T>(random: &mut Rng, choices: &'a [T]) -> &'a T {
    &choices[random.usize(..choices.len())]
}

/// Answers requests by the emulator, through faults drawn from a seed.
pub fn wire(api: Arc<Api>, seed: u64) -> impl Fn(&Asked, &[Asked]) -> Vec<u8> + Send + Sync + 'static {
    let random = Mutex::new(Rng::with_seed(seed));
    move |asked, _| {
        let mut random = random.lock().unwrap();
        let fault = draw(&mut random);
        play(&api, asked, fault, &mut random)
    }
}

fn play(api: &Api, asked: &Asked, fault: Fault, random: &mut Rng) -> Vec<u8> {
    let execute = || {
        let mut request = Request::new(&asked.method, &asked.target).with_body(asked.body.clone());
        request.headers.clone_from(&asked.headers);
        api.answer(&request)
    };
    match fault {
        Fault::LoseRequest => Vec::new(),
        Fault::LoseAnswer => {
            drop(execute());
            Vec::new()
        }
        Fault::Gateway { status, is_executed } => {
            if is_executed {
                drop(execute());
            }
            frame(status, &[], b"<html>bad gateway</html>", Framing::Length, None)
        }
        Fault::Refuse { status } => {
            let body = br#"{"error": {"code": "not_now", "message": "Not now."}}"#;
            frame(status, &[("retry-after", "0")], body, Framing::Length, None)
        }
        Fault::Page => {
            drop(execute());
            frame(200, &[("content-type", "text/html")], b"<html>\nHello\n</html>\n", Framing::Length, None)
        }
        Fault::None => pass(execute(), |_| {}, Framing::Length, None),
        Fault::Cut { at, framing, is_polite } => pass(execute(), |_| {}, framing, Some((at, is_polite))),
        Fault::Rows(fault) => {
            pass(execute(), |body| change_rows(body, fault, random), Framing::Chunked, None)
        }
        Fault::Gzip(damage) => zip(execute(), damage, random),
    }
}

fn pass(
    reply: Reply,
    change: impl FnOnce(&mut Vec<u8>),
    framing: Framing,
    cut: Option<(u8, bool)>,
) -> Vec<u8> {
    let (status, headers) = (reply.status, reply.headers.clone());
    let mut body = reply.into_bytes();
    change(&mut body);
    let headers: Vec<_> = headers.iter().map(|(name, value)| (name.as_ref(), value.as_str())).collect();
    frame(status, &headers, &body, framing, cut)
}

fn zip(reply: Reply, damage: Damage, random: &mut Rng) -> Vec<u8> {
    let (status, mut headers) = (reply.status, reply.headers.clone());
    let body = reply.into_bytes();
    let middle = random.usize(..=body.len());
    let mut zipped = [gzip(&body[..middle]), gzip(&body[middle..])].concat();
    let at = random.usize(..zipped.len());
    match damage {
        Damage::None => {}
        Damage::Cut => zipped.truncate(at),
        Damage::Bit => zipped[at] ^= 1 << random.u8(..8),
    }
    headers.push(("content-encoding".into(), "gzip".to_owned()));
    let headers: Vec<_> = headers.iter().map(|(name, value)| (name.as_ref(), value.as_str())).collect();
    frame(status, &headers, &zipped, Framing::Length, None)
}

/// Changes one row, or all of them; bodies that are no rows are left alone.
fn change_rows(body: &mut Vec<u8>, fault: RowFault, random: &mut Rng) {
    let mut rows: Vec<Vec<u8>> = body.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    if !body.starts_with(b"{\"task_id\"") {
        return;
    }
    let at = random.usize(..rows.len());
    match fault {
        RowFault::Duplicate => rows.insert(at, rows[at].clone()),
        RowFault::Shuffle => random.shuffle(&mut rows),
        RowFault::Drop => drop(rows.remove(at)),
        RowFault::Corrupt => rows[at] = b"{\"task_id\": ?}\n".to_vec(),
        RowFault::Torn => {
            let length = random.usize(1..rows[at].len());
            rows[at].truncate(length);
            rows[at].push(b'\n');
        }
        RowFault::ErrorLine => rows.insert(at, b"{\"error\":{\"code\":\"x\",\"message\":\"y\"}}\n".to_vec()),
        RowFault::Blank => rows.insert(at, b" \r\n".to_vec()),
    }
    *body = rows.concat();
}

fn frame(
    status: u16,
    headers: &[(&str, &str)],
    body: &[u8],
    framing: Framing,
    cut: Option<(u8, bool)>,
) -> Vec<u8> {
    let kept = cut.map_or(body.len(), |(at, _)| body.len() * usize::from(at) / 256);
    let is_polite = cut.is_none_or(|(_, is_polite)| is_polite);
    let part = &body[..kept];
    let mut head = format!("HTTP/1.1 {status} X\r\nconnection: close\r\n");
    for (name, value) in headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    match framing {
        Framing::Length if status == 204 => {}
        Framing::Length => {
            let _ = write!(head, "content-length: {}\r\n", if is_polite { kept } else { body.len() });
        }
        Framing::Chunked => head += "transfer-encoding: chunked\r\n",
        Framing::Close => {}
    }
    let mut bytes = (head + "\r\n").into_bytes();
    if framing == Framing::Chunked {
        for chunk in part.chunks(700) {
            bytes.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
            bytes.extend_from_slice(chunk);
            bytes.extend_from_slice(b"\r\n");
        }
        if is_polite {
            bytes.extend_from_slice(b"0\r\n\r\n");
        }
    } else {
        bytes.extend_from_slice(part);
    }
    bytes
}
