//! How pieces of results come to their stream.

use bytes::Bytes;

use super::ResultsStream;
use super::batches::unexpected;
use super::results::Phase;
use crate::error::Error;
use crate::jsonl::Splitter;

/// As many bytes are taken at once, about; what is held in memory stays of that order.
const ENOUGH: usize = 64 * 1024;

/// A longer row is refused instead of held in memory.
const LONGEST_ROW: usize = 256 << 20;

impl ResultsStream {
    pub(super) async fn receive_more(&mut self) {
        let Phase::Receiving(body) = &mut self.phase else { return };
        let mut chunk = body.chunk().await;
        let mut taken = 0;
        loop {
            taken += chunk.as_ref().map_or(0, |bytes| bytes.as_ref().map_or(0, Bytes::len));
            self.take(chunk);
            let Phase::Receiving(body) = &mut self.phase else { return };
            // Small pieces that have arrived meanwhile are taken along: waking up for each costs more
            // than reading it.
            chunk = tokio::select! {
                biased;
                chunk = body.chunk(), if taken < ENOUGH => chunk,
                () = std::future::ready(()) => return,
            };
        }
    }

    /// Takes a piece that was received before it was asked for.
    pub(super) fn take_arrived(&mut self) -> bool {
        let Phase::Receiving(body) = &mut self.phase else { return false };
        let arrived = body.arrived();
        let is_there = arrived.is_some();
        if let Some(chunk) = arrived {
            self.take(chunk);
        }
        is_there
    }

    fn take(&mut self, chunk: Result<Option<Bytes>, Error>) {
        match chunk {
            Ok(Some(bytes)) => {
                self.bytes += bytes.len() as u64;
                self.splitter.push(bytes);
            }
            Ok(None) => {
                self.splitter.finish();
                self.phase = Phase::Over(None);
            }
            Err(error) => self.phase = Phase::Over(Some(error)),
        }
        let Phase::Receiving(body) = &mut self.phase else { return };
        if self.splitter.has_line() {
            body.progressed();
        }
        if self.splitter.pending() > LONGEST_ROW {
            let reason = format!("a row is longer than {LONGEST_ROW} bytes");
            self.phase = Phase::Over(Some(unexpected(&self.meta, reason, &[])));
            self.splitter = Splitter::new();
        }
    }
}
