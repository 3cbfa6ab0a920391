//! The results of a batch that is waited for, asked for once.

use std::time::Duration;

use super::make::Make;
use super::seen::Seen;
use crate::jsonl::PlainRow;
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

/// Makes what has ended and was not handed over yet.
pub(super) struct Ended<'a, M> {
    pub make: &'a mut M,
    pub is_over: bool,
    pub handed_over: &'a mut Seen,
    pub round: &'a mut ResultsRound,
    pub repeats: &'a mut u32,
}

impl<M: Make> Make for Ended<'_, M> {
    type Made = Option<M::Made>;

    fn plain(&mut self, row: &PlainRow<'_>) -> Self::Made {
        self.is_to_hand_over(row.task_id, &BatchItemStatus::from(row.status)).then(|| self.make.plain(row))
    }

    fn item(&mut self, item: Box<BatchResultItem>) -> Self::Made {
        self.is_to_hand_over(&item.task_id, &item.status).then(|| self.make.item(item))
    }
}

impl<M> Ended<'_, M> {
    fn is_to_hand_over(&mut self, task_id: &str, status: &BatchItemStatus) -> bool {
        let has_ended = has_ended(status, self.is_over);
        self.round.unfinished += u64::from(!has_ended);
        let is_new = has_ended && self.handed_over.note(task_id);
        if is_new {
            self.round.brought += 1;
            *self.repeats = 0;
        }
        is_new
    }
}

/// Whether an item has ended. One whose state this version does not know has when
/// the batch has.
fn has_ended(status: &BatchItemStatus, has_batch_ended: bool) -> bool {
    match status {
        BatchItemStatus::Ready | BatchItemStatus::Failed | BatchItemStatus::Canceled => true,
        BatchItemStatus::Queued | BatchItemStatus::Processing => false,
        BatchItemStatus::Other(_) => has_batch_ended,
    }
}
