//! Bodies that a fault has touched.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{Coding, Fault};
use crate::emulator::draws::draw;

/// Where in a body something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::emulator) enum Place {
    /// Before the answer.
    Head,
    /// After so many bytes.
    Body(usize),
}

/// A body as it is sent.
pub(in crate::emulator) struct Payload {
    pub(in crate::emulator) bytes: Vec<u8>,
    /// The encoding it is labelled with.
    pub(in crate::emulator) coding: Option<&'static str>,
    /// Where each row ends.
    ends: Vec<usize>,
}

impl Payload {
    pub(in crate::emulator) fn new(body: &[u8], fault: &Fault, drawn: u64) -> Self {
        let body = fault.body.as_ref().map_or(body, |body| body.as_bytes());
        let mut rows: Vec<Vec<u8>> =
            body.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        spoil(&mut rows, fault, drawn);
        let plain = rows.concat();
        let ends = rows.iter().scan(0, |end, row| {
            *end += row.len();
            Some(*end)
        });
        let ends = ends.collect();
        match fault.coding {
            None => Self { bytes: plain, coding: None, ends },
            Some(Coding::Unknown) => Self { bytes: plain, coding: Some("unknown"), ends },
            Some(coding) => Self { bytes: compress(&plain, coding), coding: Some("gzip"), ends: Vec::new() },
        }
    }

    /// Where the fault cuts or stalls.
    pub(in crate::emulator) fn place(&self, fault: &Fault) -> Place {
        if let Some(rows) = fault.after_rows {
            let end = (rows as usize).checked_sub(1).map(|last| self.ends.get(last).copied());
            return Place::Body(end.map_or(0, |end| end.unwrap_or(self.bytes.len())));
        }
        let bytes = fault.after_bytes.map(|bytes| usize::try_from(bytes).unwrap_or(usize::MAX));
        bytes.map_or(Place::Head, |bytes| Place::Body(bytes.min(self.bytes.len())))
    }

    /// Cuts the body off.
    pub(in crate::emulator) fn truncate(&mut self, at: usize) {
        self.bytes.truncate(at);
        self.ends.retain(|end| *end < at);
    }

    /// Where the pieces end in which it is sent; one of them ends at `stop`.
    pub(in crate::emulator) fn pieces(&self, slice: Option<u32>, stop: usize) -> Vec<usize> {
        let mut ends = match slice {
            Some(slice) => (0..self.bytes.len()).step_by((slice as usize).max(1)).collect(),
            None => self.ends.clone(),
        };
        ends.extend([stop.min(self.bytes.len()), self.bytes.len()]);
        ends.sort_unstable();
        ends.dedup();
        ends.retain(|end| *end > 0);
        ends
    }
}

fn spoil(rows: &mut Vec<Vec<u8>>, fault: &Fault, drawn: u64) {
    let nth = |number: Option<u32>| number.map(|number| (number as usize).saturating_sub(1));
    if let Some(row) = nth(fault.torn_row).and_then(|at| rows.get_mut(at)) {
        let end = if row.ends_with(b"\n") { b"\n".as_slice() } else { b"" };
        row.truncate(row.len() / 2);
        row.extend_from_slice(end);
    }
    if let Some(row) = nth(fault.corrupt_row).and_then(|at| rows.get_mut(at)) {
        let middle = row.len() / 2;
        if let Some(byte) = row.get_mut(middle) {
            *byte = 0xff;
        }
    }
    // From the back to the front, so that numbers stay those of the rows as they were.
    let mut moves: Vec<(usize, u8)> =
        [(nth(fault.duplicate_row), 0), (nth(fault.missing_row), 1), (nth(fault.error_row), 2)]
            .into_iter()
            .filter_map(|(at, what)| Some((at.filter(|at| *at < rows.len())?, what)))
            .collect();
    moves.sort_unstable_by(|left, right| right.cmp(left));
    for (at, what) in moves {
        match what {
            0 => rows.insert(at, rows.get(at).cloned().unwrap_or_default()),
            1 => drop(rows.remove(at)),
            _ => rows.insert(at, ERROR_ROW.to_vec()),
        }
    }
    if fault.shuffled {
        for last in (1..rows.len()).rev() {
            let other = draw(drawn, &[last as u64]) % (last as u64 + 1);
            rows.swap(last, usize::try_from(other).unwrap_or_default());
        }
    }
}

const ERROR_ROW: &[u8] =
    b"{\"error\": {\"code\": \"internal_server_error\", \"message\": \"The results cannot be read on.\"}}\n";

fn compress(plain: &[u8], coding: Coding) -> Vec<u8> {
    let mut bytes = if coding == Coding::Members {
        let (first, second) = plain.split_at(plain.len() / 2);
        [gzip(first), gzip(second)].concat()
    } else {
        gzip(plain)
    };
    let length = bytes.len();
    match coding {
        Coding::Truncated => bytes.truncate(length / 2),
        Coding::Corrupt => flip(&mut bytes, length / 2),
        // The checksum is the first half of the last eight bytes.
        Coding::Checksum => flip(&mut bytes, length.saturating_sub(8)),
        Coding::Gzip | Coding::Members | Coding::Unknown => {}
    }
    bytes
}

fn flip(bytes: &mut [u8], at: usize) {
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= 0xff;
    }
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory does not fail.
    let _ = encoder.write_all(plain);
    encoder.finish().unwrap_or_default()
}
