//! Settings of a single call.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};

use super::{Journal, Level, Note};
use crate::transport::Timeouts;

/// Settings of a single call, over those of the client.
#[derive(Debug, Clone, Default)]
pub struct CallOptions {
    /// Limit for silence and for the whole call.
    pub timeout: Option<Duration>,
    /// How often the call is repeated, at most.
    pub max_retries: Option<u32>,
    /// Headers that win over all others.
    pub headers: Vec<(String, String)>,
    /// Added to the query.
    pub query: Vec<(String, String)>,
    /// Merged into the JSON body; makes one where the call has none.
    pub body: Map<String, Value>,
    /// What becomes of rows that cannot be read.
    pub on_malformed: Option<OnMalformed>,
    /// Whether `create` holds the request against the platform's rules first.
    pub validate: Option<bool>,
    /// Whether results are received before they are asked for, within a bound, where there
    /// are many streams: each may be read in a thread of its own.
    pub read_ahead: bool,
    /// Where the call tells what it does.
    pub journal: Option<Arc<Journal>>,
}

/// What becomes of rows of results that cannot be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OnMalformed {
    /// They are errors; the rows after them can still be had.
    #[default]
    Raise,
    /// They are handed over as they came.
    Yield,
    /// They are counted and told to the journal.
    Skip,
}

impl OnMalformed {
    /// The words for them, in order.
    pub const WORDS: [&'static str; 3] = ["raise", "yield", "skip"];

    /// The choice of that name.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "raise" => Some(Self::Raise),
            "yield" => Some(Self::Yield),
            "skip" => Some(Self::Skip),
            _ => None,
        }
    }

    /// Its name.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Raise => "raise",
            Self::Yield => "yield",
            Self::Skip => "skip",
        }
    }
}

impl CallOptions {
    pub(super) fn timeouts(&self, default: Timeouts) -> Timeouts {
        let chosen = match self.timeout {
            Some(limit) => Timeouts { connect: default.connect, ..Timeouts::all(limit) },
            None => default,
        };
        chosen.capped()
    }

    /// Tells something to the journal, if there is one that listens.
    pub(super) fn tell(&self, level: Level, note: impl FnOnce() -> Note) {
        if let Some(journal) = &self.journal {
            journal.tell(level, note);
        }
    }
}
