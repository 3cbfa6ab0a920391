//! Rows as the platform usually writes them, read without a copy.
//!
//! Nearly every row is an object with the documented fields and nothing else.
//! Such a row is read here in one pass, its texts left where they are. Whatever
//! is unusual about a row, it is not plain, and is read as any other JSON.

use super::cursor::{Cursor, Field};
use super::text::{Span, Unescaped};
use crate::models::{
    AnalyzeTaskResult, AnalyzeTaskResultUsage, BatchItemError, BatchItemStatus, BatchResultItem,
    FinishReason, Kept, Nullable,
};

/// A row that is as documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlainRow<'a> {
    /// Identifier of the task.
    pub task_id: &'a str,
    /// The user's identifier.
    pub custom_id: Option<&'a str>,
    /// State of the item.
    pub status: &'a str,
    /// The analysis.
    pub data: Option<PlainData<'a>>,
    /// What went wrong.
    pub error: Option<PlainError<'a>>,
}

/// The analysis of a plain row, which has something in it, and so have the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PlainData<'a> {
    /// Identifier of the generation.
    pub generation_id: Option<&'a str>,
    /// The text of the answer.
    pub data: Option<&'a str>,
    /// Why the model stopped.
    pub finish_reason: Option<&'a str>,
    /// Tokens used.
    pub usage: Option<PlainUsage>,
}

/// Tokens of a plain row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PlainUsage {
    /// Tokens in the answer.
    pub output_tokens: Option<i64>,
    /// Tokens in the prompt and the video.
    pub input_tokens: Option<i64>,
}

/// The error of a plain row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PlainError<'a> {
    /// A word for the kind of failure.
    pub code: Option<&'a str>,
    /// The failure, for people.
    pub message: Option<&'a str>,
}

/// Reads plain rows. Holds what texts with escapes are written to.
#[derive(Debug, Default)]
pub struct PlainReader {
    unescaped: Unescaped,
}

impl PlainReader {
    /// Reads a line; nothing if it is not a plain row.
    pub fn read<'a>(&'a mut self, line: &'a [u8]) -> Option<PlainRow<'a>> {
        let text = simdutf8::basic::from_utf8(line).ok()?;
        // Without a branch, so that many bytes are looked at in one instruction.
        if line.iter().fold(u8::MAX, |lowest, byte| lowest.min(*byte)) < b' ' {
            return None;
        }
        self.unescaped.clear();
        let mut cursor = Cursor::new(line, &mut self.unescaped);
        let row = Row::read(&mut cursor)?;
        if !cursor.is_at_end() {
            return None;
        }
        Texts { line: text, unescaped: self.unescaped.as_str()? }.row(&row)
    }
}

/// Where the parts of a row are.
#[derive(Clone, Copy, Default)]
struct Row {
    task_id: Field<Span>,
    custom_id: Field<Span>,
    status: Field<Span>,
    data: Field<Analysis>,
    error: Field<Failure>,
}

#[derive(Clone, Copy, Default)]
struct Analysis {
    generation_id: Field<Span>,
    data: Field<Span>,
    finish_reason: Field<Span>,
    usage: Field<Usage>,
}

#[derive(Clone, Copy, Default)]
struct Usage {
    output_tokens: Field<i64>,
    input_tokens: Field<i64>,
}

#[derive(Clone, Copy, Default)]
struct Failure {
    code: Field<Span>,
    message: Field<Span>,
}

impl Row {
    fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        let mut row = Self::default();
        cursor.object(|cursor| {
            if cursor.key(b"task_id\"") {
                cursor.fill(&mut row.task_id, Cursor::text)
            } else if cursor.key(b"custom_id\"") {
                cursor.fill(&mut row.custom_id, Cursor::text)
            } else if cursor.key(b"status\"") {
                cursor.fill(&mut row.status, Cursor::text)
            } else if cursor.key(b"data\"") {
                cursor.fill(&mut row.data, Analysis::read)
            } else if cursor.key(b"error\"") {
                cursor.fill(&mut row.error, Failure::read)
            } else {
                None
            }
        })?;
        Some(row)
    }
}

impl Analysis {
    fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        let mut analysis = Self::default();
        cursor.object(|cursor| {
            if cursor.key(b"generation_id\"") {
                cursor.fill(&mut analysis.generation_id, Cursor::text)
            } else if cursor.key(b"data\"") {
                cursor.fill(&mut analysis.data, Cursor::text)
            } else if cursor.key(b"finish_reason\"") {
                cursor.fill(&mut analysis.finish_reason, Cursor::text)
            } else if cursor.key(b"usage\"") {
                cursor.fill(&mut analysis.usage, Usage::read)
            } else {
                None
            }
        })?;
        Some(analysis)
    }
}

impl Usage {
    fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        let mut usage = Self::default();
        cursor.object(|cursor| {
            if cursor.key(b"output_tokens\"") {
                cursor.fill(&mut usage.output_tokens, Cursor::integer)
            } else if cursor.key(b"input_tokens\"") {
                cursor.fill(&mut usage.input_tokens, Cursor::integer)
            } else {
                None
            }
        })?;
        Some(usage)
    }
}

impl Failure {
    fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        let mut failure = Self::default();
        cursor.object(|cursor| {
            if cursor.key(b"code\"") {
                cursor.fill(&mut failure.code, Cursor::text)
            } else if cursor.key(b"message\"") {
                cursor.fill(&mut failure.message, Cursor::text)
            } else {
                None
            }
        })?;
        Some(failure)
    }
}

/// The texts that places are in.
#[derive(Clone, Copy)]
struct Texts<'a> {
    line: &'a str,
    unescaped: &'a str,
}

impl<'a> Texts<'a> {
    /// Quotation marks are around it, so that it is whole.
    fn text(self, span: Span) -> &'a str {
        let text = if span.is_unescaped { self.unescaped } else { self.line };
        text.get(span.start..span.end).unwrap_or_default()
    }

    fn optional(self, field: Field<Span>) -> Option<&'a str> {
        field.value().map(|span| self.text(span))
    }

    fn row(self, row: &Row) -> Option<PlainRow<'a>> {
        let row = PlainRow {
            task_id: self.optional(row.task_id)?,
            custom_id: self.optional(row.custom_id),
            status: self.optional(row.status)?,
            data: row.data.value().map(|data| self.data(data)),
            error: row.error.value().map(|error| self.error(error)),
        };
        let has_empty_part = row.data.is_some_and(|data| {
            data == PlainData::default() || data.usage.is_some_and(|usage| usage == PlainUsage::default())
        }) || row.error.is_some_and(|error| error == PlainError::default());
        (!has_empty_part).then_some(row)
    }

    fn data(self, data: Analysis) -> PlainData<'a> {
        PlainData {
            generation_id: self.optional(data.generation_id),
            data: self.optional(data.data),
            finish_reason: self.optional(data.finish_reason),
            usage: data.usage.value().map(|usage| PlainUsage {
                output_tokens: usage.output_tokens.value(),
                input_tokens: usage.input_tokens.value(),
            }),
        }
    }

    fn error(self, error: Failure) -> PlainError<'a> {
        PlainError { code: self.optional(error.code), message: self.optional(error.message) }
    }
}

fn kept<'a, T: From<&'a str>>(text: Option<&'a str>) -> Kept<T> {
    text.map_or(Kept::Absent, |text| Kept::Fit(T::from(text)))
}

fn kept_number(number: Option<i64>) -> Kept<i64> {
    number.map_or(Kept::Absent, Kept::Fit)
}

impl From<PlainRow<'_>> for BatchResultItem {
    fn from(row: PlainRow<'_>) -> Self {
        Self {
            task_id: row.task_id.to_owned(),
            custom_id: Nullable(row.custom_id.map(str::to_owned)),
            status: BatchItemStatus::from(row.status),
            data: row.data.map(|data| Kept::Fit(data.into())),
            error: row.error.map(|error| Kept::Fit(error.into())),
            extra: serde_json::Map::new(),
        }
    }
}

impl From<PlainData<'_>> for AnalyzeTaskResult {
    fn from(data: PlainData<'_>) -> Self {
        Self {
            generation_id: kept(data.generation_id),
            data: kept(data.data),
            finish_reason: kept::<FinishReason>(data.finish_reason),
            usage: data.usage.map_or(Kept::Absent, |usage| Kept::Fit(usage.into())),
            extra: serde_json::Map::new(),
        }
    }
}

impl From<PlainUsage> for AnalyzeTaskResultUsage {
    fn from(usage: PlainUsage) -> Self {
        Self {
            output_tokens: kept_number(usage.output_tokens),
            input_tokens: usage.input_tokens.map(Kept::Fit),
            extra: serde_json::Map::new(),
        }
    }
}

impl From<PlainError<'_>> for BatchItemError {
    fn from(error: PlainError<'_>) -> Self {
        Self {
            code: error.code.map(|code| Kept::Fit(code.to_owned())),
            message: kept(error.message),
            extra: serde_json::Map::new(),
        }
    }
}
