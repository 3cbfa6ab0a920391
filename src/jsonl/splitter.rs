//! A line splitter that is fed.

use memchr::memchr;

/// Cuts a stream of bytes at line feeds, and only there: JSON strings may hold
/// every other character that some software takes for the end of a line.
///
/// A carriage return before the line feed, blank lines and a byte order mark
/// at the start are passed over. What follows the last line feed is a line too.
#[derive(Debug, Default)]
pub struct Splitter {
    buffer: Vec<u8>,
    /// Where the next line begins in `buffer`.
    start: usize,
    /// How far `buffer` is known to hold no line feed.
    scanned: usize,
    /// Offset of `buffer[0]` in the whole stream.
    base: u64,
    rows: u64,
    finished: bool,
}

/// A line that is not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Number of the line, from 1; blank lines do not count.
    pub row: u64,
    /// Offset of its first byte in the whole stream.
    pub offset: u64,
    /// Its bytes, without the line's end.
    pub bytes: &'a [u8],
    /// Whether a line feed ended it, and not the end of the stream.
    pub is_terminated: bool,
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

impl Splitter {
    /// A splitter at the beginning of a stream.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.start > 0 {
            self.buffer.drain(..self.start);
            self.base += self.start as u64;
            self.scanned -= self.start;
            self.start = 0;
        }
        self.buffer.extend_from_slice(bytes);
    }

    /// Says that no more bytes will come: what is left is the last line.
    pub fn finish(&mut self) {
        self.finished = true;
    }

    /// Lines so far, blank ones not counted.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Bytes held back because their line has not ended yet.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.buffer.len() - self.start
    }

    /// Whether a line is complete, be it blank.
    pub fn has_line(&mut self) -> bool {
        let unseen = self.buffer.get(self.scanned..).unwrap_or_default();
        if let Some(position) = memchr(b'\n', unseen) {
            self.scanned += position;
            return true;
        }
        self.scanned = self.buffer.len();
        self.finished && self.pending() > 0
    }

    /// The next line that is complete and not blank.
    pub fn next_line(&mut self) -> Option<Line<'_>> {
        loop {
            let (start, end, is_terminated) = self.next_span()?;
            let span = self.trim(start, end);
            if span.0 < span.1 {
                self.rows += 1;
                return Some(Line {
                    row: self.rows,
                    offset: self.base + span.0 as u64,
                    bytes: self.buffer.get(span.0..span.1)?,
                    is_terminated,
                });
            }
        }
    }

    fn next_span(&mut self) -> Option<(usize, usize, bool)> {
        let start = self.start;
        let unseen = self.buffer.get(self.scanned..)?;
        let position = memchr(b'\n', unseen);
        let end = if let Some(position) = position {
            let end = self.scanned + position;
            self.start = end + 1;
            end
        } else if self.finished && start < self.buffer.len() {
            self.start = self.buffer.len();
            self.buffer.len()
        } else {
            self.scanned = self.buffer.len();
            return None;
        };
        self.scanned = self.start;
        Some((start, end, position.is_some()))
    }

    /// Takes white space and a byte order mark off both ends.
    fn trim(&self, mut start: usize, end: usize) -> (usize, usize) {
        let line = self.buffer.get(start..end).unwrap_or_default();
        if self.base == 0 && start == 0 && line.starts_with(BYTE_ORDER_MARK) {
            start += BYTE_ORDER_MARK.len();
        }
        let line = self.buffer.get(start..end).unwrap_or_default();
        let trimmed = line.trim_ascii_start();
        start += line.len() - trimmed.len();
        (start, start + trimmed.trim_ascii_end().len())
    }
}
