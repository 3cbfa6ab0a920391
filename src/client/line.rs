//! A line of results, read.

use bytes::Bytes;

use super::document::find_document;
use crate::error::MalformedRow;
use crate::jsonl::{Line, decode_row};
use crate::models::BatchResultItem;

/// A line, read.
pub(super) enum Taken {
    Row(Box<BatchResultItem>),
    Malformed(Box<MalformedRow>),
    /// The end of the answer, in the middle of a row.
    Torn(Box<MalformedRow>),
    /// The body is something else altogether.
    Document(String, Bytes),
}

impl Taken {
    pub(super) fn read(line: Line<'_>, is_first: bool) -> Self {
        let row = match decode_row(line) {
            Ok(row) => return Self::Row(Box::new(row)),
            Err(row) => Box::new(row),
        };
        match find_document(line) {
            Some(reason) if is_first => Self::Document(reason, row.raw),
            _ if line.is_terminated => Self::Malformed(row),
            _ => Self::Torn(row),
        }
    }
}
