//! Bytes from the client, with those not used yet.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

use super::problem::Problem;

const READ_SIZE: usize = 16 * 1024;

/// A buffered reader that shows what it holds.
pub(super) struct Source<R> {
    reader: R,
    held: Vec<u8>,
    used: usize,
}

impl<R: AsyncRead + Unpin> Source<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, held: Vec::new(), used: 0 }
    }

    /// The reader alone.
    pub(super) fn into_reader(self) -> R {
        self.reader
    }

    /// What has come in and was not used.
    pub(super) fn held(&self) -> &[u8] {
        self.held.get(self.used..).unwrap_or_default()
    }

    /// Marks the first `count` bytes as used.
    pub(super) fn consume(&mut self, count: usize) {
        self.used = self.used.saturating_add(count).min(self.held.len());
        if self.used == self.held.len() {
            self.held.clear();
            self.used = 0;
        }
    }

    /// Waits for more. False when the client sends nothing any more.
    pub(super) async fn fill(&mut self) -> io::Result<bool> {
        if self.used > 0 {
            self.held.drain(..self.used);
            self.used = 0;
        }
        self.held.reserve(READ_SIZE);
        Ok(self.reader.read_buf(&mut self.held).await? > 0)
    }

    /// Waits for more, which has to come.
    pub(super) async fn need(&mut self) -> Result<(), Problem> {
        if self.fill().await? { Ok(()) } else { Err(Problem::Gone) }
    }

    /// Reads a line of at most `longest` bytes, without its end.
    pub(super) async fn read_line(&mut self, longest: usize) -> Result<Vec<u8>, Problem> {
        let mut searched = 0;
        loop {
            let held = self.held();
            if let Some(end) = held.iter().skip(searched).position(|byte| *byte == b'\n') {
                let line = held.get(..searched + end).unwrap_or_default();
                let line = line.strip_suffix(b"\r").unwrap_or(line).to_vec();
                self.consume(searched + end + 1);
                return Ok(line);
            }
            searched = held.len();
            if searched > longest {
                return Err(Problem::Refused(400, "A line of the chunked body is too long."));
            }
            self.need().await?;
        }
    }

    /// Reads exactly `count` bytes to the end of `into`.
    pub(super) async fn read_exactly(&mut self, count: usize, into: &mut Vec<u8>) -> Result<(), Problem> {
        let mut missing = count;
        while missing > 0 {
            if self.held().is_empty() {
                self.need().await?;
            }
            let held = self.held();
            let part = held.get(..missing.min(held.len())).unwrap_or_default();
            into.extend_from_slice(part);
            let taken = part.len();
            missing -= taken;
            self.consume(taken);
        }
        Ok(())
    }
}
