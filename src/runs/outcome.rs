//! What becomes of items.

use bytes::Bytes;

use super::attempts::Attempt;
use crate::models::BatchResultItem;

/// How an item ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ended {
    /// It has an answer.
    Ready,
    /// The platform says that it failed.
    Failed,
    /// It was canceled by somebody.
    Canceled,
    /// There was no time for it.
    Expired,
    /// Its row cannot be read.
    Malformed,
}

impl Ended {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::Ready, Self::Failed, Self::Canceled, Self::Expired, Self::Malformed];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::Expired => "expired",
            Self::Malformed => "malformed",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ended| ended.word() == word)
    }
}

/// What has come of an item in the end.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The item's number in the journal.
    pub item_id: i64,
    /// How it ended.
    pub ended: Ended,
    /// The user's name for it, if there is one.
    pub custom_id: Option<String>,
    /// The platform's row, by the `custom_id` that its user gave; nothing if it cannot be read.
    pub row: Option<Box<BatchResultItem>>,
    /// The row as it came, and why it cannot be read.
    pub unreadable: Option<(Bytes, String)>,
    /// The batch; nothing if it never came into one.
    pub batch_id: Option<String>,
    /// Every attempt, the last one last.
    pub attempts: Vec<Attempt>,
}
