//! Outcomes, as they are kept and as they are handed over.

use bytes::Bytes;

use super::attempts::Attempt;
use super::journal::{Journal, StoredOutcome};
use super::outcome::{Ended, Outcome};
use crate::error::Error;
use crate::models::{BatchItemError, BatchItemStatus, BatchResultItem, Kept, Nullable};

/// Between the reason and the row in what is kept of a row that cannot be read.
const BETWEEN: u8 = 0;

/// What is kept of a row.
pub(super) fn line_of(row: &BatchResultItem) -> Vec<u8> {
    // What was read can be written.
    serde_json::to_vec(row).unwrap_or_default()
}

/// What is kept of a row that cannot be read.
pub(super) fn unreadable_line(reason: &str, raw: &[u8]) -> Vec<u8> {
    let mut line = reason.as_bytes().to_vec();
    line.push(BETWEEN);
    line.extend_from_slice(raw);
    line
}

/// A row for what the platform has no row for.
pub(super) fn failed_row(wire_id: &str, code: &str, message: &str) -> BatchResultItem {
    let error = BatchItemError {
        code: Some(Kept::Fit(code.to_owned())),
        message: Kept::Fit(message.to_owned()),
        extra: serde_json::Map::new(),
    };
    BatchResultItem {
        task_id: String::new(),
        custom_id: Nullable(Some(wire_id.to_owned())),
        status: BatchItemStatus::Failed,
        data: None,
        error: Some(Kept::Fit(error)),
        extra: serde_json::Map::new(),
    }
}

/// The platform's word for why an item failed.
pub(super) fn code_of(row: &BatchResultItem) -> Option<&str> {
    row.error.as_ref()?.fit()?.code.as_ref()?.fit().map(String::as_str)
}

impl Journal {
    /// What has come of an item; nothing if it has not ended.
    pub fn outcome_of(&mut self, item_id: i64) -> Result<Option<Outcome>, Error> {
        Ok(self.outcome(item_id)?.map(|stored| restore(item_id, stored)))
    }

    /// What has come of those of these items that have ended, each with its request as JSON.
    pub fn outcomes_of(&mut self, items: &[i64]) -> Result<Vec<(Outcome, Vec<u8>)>, Error> {
        let mut found = Vec::with_capacity(items.len());
        for item_id in items {
            if let Some(outcome) = self.outcome_of(*item_id)? {
                found.push((outcome, self.member(*item_id)?.request));
            }
        }
        Ok(found)
    }

    /// The same for up to so many items of a run after one of them, and the last of these.
    #[allow(clippy::type_complexity)]
    pub fn outcomes_after(
        &mut self,
        run_id: i64,
        item_id: i64,
        most: u32,
    ) -> Result<Option<(Vec<(Outcome, Vec<u8>)>, i64)>, Error> {
        let items: Vec<i64> =
            self.items_after(run_id, item_id, most)?.iter().map(|known| known.item_id).collect();
        let Some(last) = items.last().copied() else { return Ok(None) };
        Ok(Some((self.outcomes_of(&items)?, last)))
    }
}

/// What was kept, as it is handed over.
fn restore(item_id: i64, stored: StoredOutcome) -> Outcome {
    let mut attempts: Vec<Attempt> = stored
        .earlier
        .iter()
        .map(|(ended, batch_id, line)| {
            attempt_of(*ended, batch_id.clone(), read_row(*ended, line).as_deref())
        })
        .collect();
    let mut row = read_row(stored.ended, &stored.line);
    attempts.push(attempt_of(stored.ended, stored.batch_id.clone(), row.as_deref()));
    let unreadable = if row.is_none() { Some(split_unreadable(&stored.line)) } else { None };
    if let Some(row) = &mut row {
        // A name that was made here is nobody's.
        row.custom_id = Nullable(stored.custom_id.clone());
    }
    Outcome {
        item_id,
        ended: stored.ended,
        custom_id: stored.custom_id,
        row,
        unreadable,
        batch_id: Some(stored.batch_id).filter(|id| !id.is_empty()),
        attempts,
    }
}

fn read_row(ended: Ended, line: &[u8]) -> Option<Box<BatchResultItem>> {
    if ended == Ended::Malformed { None } else { serde_json::from_slice(line).ok() }
}

fn attempt_of(ended: Ended, batch_id: String, row: Option<&BatchResultItem>) -> Attempt {
    Attempt {
        batch_id: Some(batch_id).filter(|id| !id.is_empty()),
        task_id: row.map(|row| row.task_id.clone()).filter(|id| !id.is_empty()),
        ended,
        code: row.and_then(code_of).map(str::to_owned),
    }
}

fn split_unreadable(line: &[u8]) -> (Bytes, String) {
    let end = line.iter().position(|byte| *byte == BETWEEN).unwrap_or(0);
    let (reason, raw) = line.split_at(end);
    (Bytes::copy_from_slice(raw.get(1..).unwrap_or_default()), String::from_utf8_lossy(reason).into_owned())
}
