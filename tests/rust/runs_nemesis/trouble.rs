//! Trouble that is drawn: every kind that the emulator has and the platform's documents allow.

use fastrand::Rng;
use twelvelabs_batches::emulator::Fault;

use crate::trouble::pick;

const ENDPOINTS: &[&str] = &["any", "create", "list", "retrieve", "results", "asset"];

/// Faults that end by themselves.
pub fn passing(random: &mut Rng) -> Vec<Fault> {
    let count = random.usize(0..6);
    let draw = |random: &mut Rng| {
        let (skip, times) = (random.u32(0..10), random.u32(1..4));
        Fault { skip, times: Some(times), ..one(random) }
    };
    (0..count).map(|_| draw(random)).collect()
}

/// Faults that befall some of all requests.
pub fn lasting(random: &mut Rng) -> Vec<Fault> {
    let count = random.usize(0..4);
    let draw = |random: &mut Rng| {
        let toxicity = 0.02 + random.f64() * 0.2;
        Fault { toxicity, times: None, ..one(random) }
    };
    (0..count).map(|_| draw(random)).collect()
}

fn one(random: &mut Rng) -> Fault {
    let on = *pick(random, ENDPOINTS);
    let words = match random.u8(..15) {
        0 => format!("on={on},executed=false,cut={}", pick(random, &["reset", "close"])),
        1 => format!("on={on},cut={}", pick(random, &["reset", "close", "polite"])),
        2 | 3 => gateway(random, on),
        // The platform's own words for it: it has done nothing.
        4 => format!("on={on},status={}", pick(random, &[429, 503, 504])),
        // Not so with these.
        5 => format!("on={on},status={},executed={}", pick(random, &[500, 502]), random.bool()),
        6 | 7 => cut(random, on),
        8 | 9 => rows(random),
        10 => {
            let codings =
                ["gzip", "gzip-members", "gzip-truncated", "gzip-corrupt", "gzip-checksum", "unknown"];
            format!("on={on},coding={}", pick(random, &codings))
        }
        11 => slow(random, on),
        12 => format!("on={on},body=<html>"),
        // It knows no such asset, or it is not ready.
        13 => format!("on=create,status={}", pick(random, &[404, 409])),
        _ => format!("on={on},down=0.03,executed={}", random.bool()),
    };
    Fault::parse(&words).unwrap()
}

/// Something in front of the platform answers, and does not know what became of the request. Where it says that
/// there is no such thing, it has not passed it on.
fn gateway(random: &mut Rng, on: &str) -> String {
    if random.u8(..5) == 0 {
        return format!("on={on},status={},body=<html>", pick(random, &[404, 403]));
    }
    let status = pick(random, &[500, 502, 503, 504, 408, 520]);
    format!("on={on},status={status},body=<html>,executed={}", random.bool())
}

fn cut(random: &mut Rng, on: &str) -> String {
    let cut = pick(random, &["reset", "close", "polite"]);
    let framing = pick(random, &["chunked", "length", "close"]);
    let place = if on == "results" && random.bool() {
        format!("after_rows={}", random.u32(0..6))
    } else {
        format!("after_bytes={}", random.u32(0..600))
    };
    format!("on={on},cut={cut},framing={framing},{place}")
}

fn rows(random: &mut Rng) -> String {
    let row = random.u32(1..5);
    match random.u8(..6) {
        0 => format!("on=results,torn_row={row}"),
        1 => format!("on=results,corrupt_row={row}"),
        2 => format!("on=results,duplicate_row={row}"),
        3 => format!("on=results,missing_row={row}"),
        4 => format!("on=results,error_row={row}"),
        _ => "on=results,shuffled=true".to_owned(),
    }
}

fn slow(random: &mut Rng, on: &str) -> String {
    match random.u8(..4) {
        0 => format!("on={on},latency=0.03"),
        1 => format!("on={on},slow_headers=0.002"),
        2 => format!("on={on},slice={},drip=0.0005", random.u32(20..200)),
        _ => format!("on={on},stall=0.03,after_bytes={}", random.u32(0..300)),
    }
}
