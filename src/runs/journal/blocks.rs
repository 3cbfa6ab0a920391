//! Rows and requests, many together and compressed.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::sync::Arc;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

/// Entries one behind the other, each with its length before it.
#[derive(Debug, Default)]
pub(super) struct Packing(Vec<u8>);

impl Packing {
    pub(super) fn push(&mut self, entry: &[u8]) {
        let length = u32::try_from(entry.len()).unwrap_or(u32::MAX);
        self.0.extend_from_slice(&length.to_le_bytes());
        self.0.extend_from_slice(entry);
    }

    pub(super) fn finish(&self) -> io::Result<Vec<u8>> {
        let mut encoder = DeflateEncoder::new(Vec::with_capacity(self.0.len() / 3), Compression::fast());
        encoder.write_all(&self.0)?;
        encoder.finish()
    }
}

/// Entries that were packed.
#[derive(Debug)]
pub(super) struct Unpacked {
    bytes: Vec<u8>,
    /// Where each begins and ends.
    places: Vec<(usize, usize)>,
}

impl Unpacked {
    pub(super) fn of(packed: &[u8]) -> io::Result<Self> {
        let mut bytes = Vec::new();
        DeflateDecoder::new(packed).read_to_end(&mut bytes)?;
        let mut places = Vec::new();
        let mut start = 0;
        while let Some(length) = bytes.get(start..start + 4) {
            let mut held = [0; 4];
            held.copy_from_slice(length);
            let from = start + 4;
            let until = from + u32::from_le_bytes(held) as usize;
            if until > bytes.len() {
                return Err(io::ErrorKind::InvalidData.into());
            }
            places.push((from, until));
            start = until;
        }
        Ok(Self { bytes, places })
    }

    pub(super) fn get(&self, index: usize) -> Option<&[u8]> {
        let (from, until) = *self.places.get(index)?;
        self.bytes.get(from..until)
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }
}

/// What was unpacked last: rows of one block are mostly wanted one after the other.
#[derive(Debug, Default)]
pub(super) struct Shelf(VecDeque<(i64, Arc<Unpacked>)>);

/// As many are kept. Batches are read side by side, and each leaves several blocks.
const MOST: usize = 16;

impl Shelf {
    pub(super) fn get(&mut self, id: i64) -> Option<Arc<Unpacked>> {
        self.0.iter().find(|(held, _)| *held == id).map(|(_, unpacked)| Arc::clone(unpacked))
    }

    pub(super) fn put(&mut self, id: i64, unpacked: &Arc<Unpacked>) {
        if self.0.len() >= MOST {
            self.0.pop_front();
        }
        self.0.push_back((id, Arc::clone(unpacked)));
    }
}
