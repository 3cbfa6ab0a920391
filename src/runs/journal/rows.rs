//! What is read from a journal, and written to it.

use std::fmt;
use std::sync::Arc;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

use crate::runs::identity::ItemKey;
use crate::runs::outcome::Ended;

/// A moment at which a process may die without harm: tests have it die there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Boundary {
    /// Something is about to be written.
    BeforeWrite(&'static str),
    /// It was.
    AfterWrite(&'static str),
}

/// Is told about boundaries.
#[derive(Clone)]
pub struct Witness(pub Arc<dyn Fn(Boundary) + Send + Sync>);

impl fmt::Debug for Witness {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Witness")
    }
}

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// It is to be submitted.
    Waiting,
    /// It is in a batch, or in what may have become one.
    Submitted,
    /// It has ended.
    Ended(Ended),
}

impl State {
    pub(super) fn number(self) -> i64 {
        match self {
            Self::Waiting => 0,
            Self::Submitted => 1,
            Self::Ended(ended) => 2 + ended as i64,
        }
    }

    pub(super) fn of(number: i64) -> Option<Self> {
        Some(match number {
            0 => Self::Waiting,
            1 => Self::Submitted,
            _ => Self::Ended(*Ended::ALL.get(usize::try_from(number - 2).ok()?)?),
        })
    }
}

impl FromSql for State {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::of(value.as_i64()?).ok_or(FromSqlError::InvalidType)
    }
}

impl ToSql for State {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.number().into())
    }
}

/// An item that the journal knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::runs) struct Known {
    pub item_id: i64,
    pub run_id: i64,
    pub state: State,
    pub attempt: u32,
    pub is_delivered: bool,
}

/// An item that is to be submitted.
#[derive(Debug, Clone)]
pub(in crate::runs) struct Member {
    pub item_id: i64,
    pub key: ItemKey,
    /// The user's name for it.
    pub custom_id: Option<String>,
    /// Attempts before.
    pub attempt: u32,
    /// Whether the journal knows it not yet.
    pub is_new: bool,
    /// What is sent.
    pub request: Vec<u8>,
}

impl Member {
    /// What it is called on the platform.
    pub(in crate::runs) fn wire_id(&self) -> String {
        self.custom_id.clone().unwrap_or_else(|| self.key.custom_id())
    }
}

/// A batch that has not ended, or what may have become one.
#[derive(Debug, Clone)]
pub(in crate::runs) struct OpenChunk {
    pub chunk_id: i64,
    pub run_id: i64,
    /// By this machine's clock, in milliseconds since 1970.
    pub intended_at: i64,
    pub batch_id: Option<String>,
    pub model_name: String,
    pub analysis_mode: String,
    pub members: Vec<Placed>,
}

/// An item of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::runs) struct Placed {
    pub item_id: i64,
    pub custom_id: Option<String>,
    pub wire_id: String,
    pub attempt: u32,
    pub state: State,
}

/// How an item ended, to be kept.
#[derive(Debug)]
pub(in crate::runs) struct Ending {
    pub item_id: i64,
    pub attempt: u32,
    pub ended: Ended,
    /// Whether it is submitted again.
    pub is_again: bool,
    /// Its row.
    pub line: Vec<u8>,
}

/// A run that a journal knows.
#[derive(Debug, Clone, PartialEq)]
pub struct RunRow {
    /// Its number in the journal.
    pub run_id: i64,
    /// The model.
    pub model_name: String,
    /// The mode.
    pub analysis_mode: String,
    /// Values for items that do not give their own, as JSON.
    pub defaults: Option<String>,
    /// When it was begun, in milliseconds since 1970.
    pub begun_at: i64,
    /// What whoever began it wanted to be remembered, as JSON.
    pub origin: Option<String>,
    /// Whether somebody has said yes after the sample.
    pub is_confirmed: bool,
    /// Whether its input was read to the end once.
    pub is_read: bool,
}

/// A batch that a journal knows.
#[derive(Debug, Clone, PartialEq)]
pub struct ChunkRow {
    /// Its run.
    pub run_id: i64,
    /// The batch; nothing if it is not known whether there is one, or there is none.
    pub batch_id: Option<String>,
    /// `intended`, `submitted`, `ended` or `withdrawn`.
    pub state: &'static str,
    /// How the batch ended, if it has.
    pub status: Option<String>,
    /// When it was created, as the platform says it.
    pub created_at: Option<String>,
    /// When it expires.
    pub expires_at: Option<String>,
    /// Its items.
    pub item_count: u64,
}
