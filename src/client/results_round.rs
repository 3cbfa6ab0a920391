//! The results of a batch that is waited for, asked for once.

use std::time::Duration;

use crate::models::{BatchItemStatus, BatchResultItem};

/// After a round there is none for so many times its length.
const REST: u32 = 4;

/// What a round has come to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ResultsRound {
    /// Items that had ended by then.
    pub ended: i64,
    /// Items that had not, as it tells.
    pub unfinished: u64,
    /// Items that it has brought.
    pub brought: u64,
    /// Time that it has been waited for.
    pub spent: Duration,
}

impl ResultsRound {
    /// How long there is to be none after it.
    pub(super) fn rest(&self) -> Duration {
        self.spent.saturating_mul(REST)
    }
}

/// Whether an item has ended. One whose state this version does not know has when
/// the batch has.
pub(super) fn has_ended(row: &BatchResultItem, has_batch_ended: bool) -> bool {
    match &row.status {
        BatchItemStatus::Ready | BatchItemStatus::Failed | BatchItemStatus::Canceled => true,
        BatchItemStatus::Queued | BatchItemStatus::Processing => false,
        BatchItemStatus::Other(_) => has_batch_ended,
    }
}
