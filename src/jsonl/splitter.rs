//! A line splitter that is fed.

use std::collections::VecDeque;
use std::mem;
use std::ops::Range;

use bytes::Bytes;
use memchr::memchr;

/// Cuts a stream of bytes at line feeds, and only there: JSON strings may hold
/// every other character that some software takes for the end of a line.
///
/// A carriage return before the line feed, blank lines and a byte order mark
/// at the start are passed over. What follows the last line feed is a line too.
///
/// A line that arrives in one piece stays where it arrived; only one that comes
/// in several is put together.
#[derive(Debug, Default)]
pub struct Splitter {
    /// What is not used up. Only the first piece was looked at.
    pieces: VecDeque<Bytes>,
    /// How far the first piece is used up.
    used: usize,
    /// Where the next line feed is in the first piece, if it has been found.
    end: Option<usize>,
    /// The beginning of a line that does not end in the piece in which it began.
    beginning: Vec<u8>,
    /// Whether `beginning` is a whole line that was handed over.
    is_handed_over: bool,
    /// Bytes of the stream before the next line.
    offset: u64,
    /// Bytes that were pushed and not handed over.
    pending: usize,
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

/// Where a line is.
enum Span {
    /// In the first piece.
    Piece(Range<usize>),
    /// It was put together.
    Whole,
    /// It was put together, and the stream has ended.
    Last,
}

/// Memory for a line that is kept for the next one.
const MOST_KEPT: usize = 1 << 20;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

impl Splitter {
    /// A splitter at the beginning of a stream.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a piece of the stream.
    pub fn push(&mut self, piece: Bytes) {
        if !piece.is_empty() {
            self.pending += piece.len();
            self.pieces.push_back(piece);
        }
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
        self.pending
    }

    /// Whether a line is complete, be it blank.
    pub fn has_line(&mut self) -> bool {
        self.find_end().is_some() || self.finished && self.pending > 0
    }

    /// The next line that is complete and not blank.
    pub fn next_line(&mut self) -> Option<Line<'_>> {
        loop {
            let span = self.next_span()?;
            let line = self.bytes(&span);
            let (length, trimmed) = (line.len(), trim(line, self.offset == 0));
            let is_terminated = !matches!(span, Span::Last);
            let taken = length + usize::from(is_terminated);
            let offset = self.offset + trimmed.start as u64;
            self.offset += taken as u64;
            self.pending -= taken;
            if !trimmed.is_empty() {
                self.rows += 1;
                let bytes = self.bytes(&span).get(trimmed)?;
                return Some(Line { row: self.rows, offset, bytes, is_terminated });
            }
        }
    }

    fn bytes(&self, span: &Span) -> &[u8] {
        match span {
            Span::Piece(range) => self.pieces.front().and_then(|piece| piece.get(range.clone())),
            Span::Whole | Span::Last => Some(&*self.beginning),
        }
        .unwrap_or_default()
    }

    /// Finds the next line feed. Pieces before it are put together.
    fn find_end(&mut self) -> Option<usize> {
        if mem::take(&mut self.is_handed_over) {
            self.beginning.clear();
            self.beginning.shrink_to(MOST_KEPT);
        }
        while self.end.is_none() {
            let piece = self.pieces.front()?;
            let rest = piece.get(self.used..).unwrap_or_default();
            if let Some(position) = memchr(b'\n', rest) {
                self.end = Some(self.used + position);
            } else {
                self.beginning.extend_from_slice(rest);
                self.pieces.pop_front();
                self.used = 0;
            }
        }
        self.end
    }

    fn next_span(&mut self) -> Option<Span> {
        let Some(end) = self.find_end() else {
            self.is_handed_over = self.finished && !self.beginning.is_empty();
            return self.is_handed_over.then_some(Span::Last);
        };
        let start = mem::replace(&mut self.used, end + 1);
        self.end = None;
        if self.beginning.is_empty() {
            return Some(Span::Piece(start..end));
        }
        let rest = self.pieces.front().and_then(|piece| piece.get(start..end)).unwrap_or_default();
        self.beginning.extend_from_slice(rest);
        self.is_handed_over = true;
        Some(Span::Whole)
    }
}

/// Where a line is without white space, and a byte order mark, at its ends.
fn trim(line: &[u8], is_first: bool) -> Range<usize> {
    let marked = if is_first { line.strip_prefix(BYTE_ORDER_MARK) } else { None };
    let trimmed = marked.unwrap_or(line).trim_ascii_start();
    let start = line.len() - trimmed.len();
    start..start + trimmed.trim_ascii_end().len()
}
