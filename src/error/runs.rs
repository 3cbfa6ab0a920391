//! What can go wrong with a run of many batches.

use std::fmt;

/// A journal that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalFailure {
    /// Where it is; nothing if it has no file of its own.
    pub path: Option<String>,
    /// Why, in words.
    pub reason: String,
    /// Whether another process writes it.
    pub is_in_use: bool,
}

/// A run that submits nothing more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunStopped {
    /// Why, in words.
    pub reason: String,
    /// Items that were read and not submitted.
    pub waiting: usize,
}

/// Items without an outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunGaps {
    /// Their numbers in the journal.
    pub missing: Vec<i64>,
}

impl fmt::Display for JournalFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(formatter, "the journal {path}: {}", self.reason),
            None => write!(formatter, "the journal of this run: {}", self.reason),
        }
    }
}

impl fmt::Display for RunStopped {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the run was stopped: {}", self.reason)?;
        match self.waiting {
            0 => formatter.write_str("; what was submitted has been handed over"),
            1 => formatter.write_str("; 1 item that was read has not been submitted"),
            count => write!(formatter, "; {count} items that were read have not been submitted"),
        }
    }
}

/// As many are named.
const MOST: usize = 10;

impl fmt::Display for RunGaps {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.missing.len();
        let items = if count == 1 { "item has" } else { "items have" };
        write!(formatter, "{count} {items} no outcome: ")?;
        let names: Vec<String> = self.missing.iter().take(MOST).map(|id| format!("#{id}")).collect();
        formatter.write_str(&names.join(", "))?;
        if count > MOST { write!(formatter, " and {} more", count - MOST) } else { Ok(()) }
    }
}
