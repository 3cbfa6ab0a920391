//! A batch that was waited for, and no longer.

use std::fmt;
use std::time::Duration;

use super::Error;
use crate::models::AnalyzeBatchStatusResponse;

/// A batch that was waited for, and no longer. It goes on by itself.
#[derive(Debug, Clone)]
pub struct WaitTimeout {
    /// Identifier of the batch.
    pub batch_id: String,
    /// Its state when it was last seen, if it was.
    pub batch: Option<AnalyzeBatchStatusResponse>,
    /// How long it was waited for.
    pub waited: Duration,
    /// Why no longer.
    pub reason: WaitReason,
    /// What the last look failed with, if it did.
    pub cause: Option<Error>,
}

/// Why a batch was waited for no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitReason {
    /// The time that was given for it is over.
    Deadline(Duration),
    /// It has expired, and was not terminal so long after.
    Overdue(Duration),
    /// Nothing was heard of it for so long.
    Silence(Duration),
}

impl fmt::Display for WaitTimeout {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = &self.batch_id;
        match self.reason {
            WaitReason::Deadline(limit) => {
                write!(formatter, "the batch {id} did not end within {} s", limit.as_secs_f64())?;
            }
            WaitReason::Overdue(grace) => {
                let minutes = grace.as_secs() / 60;
                write!(
                    formatter,
                    "the batch {id} has expired, and did not end within {minutes} minutes after"
                )?;
            }
            WaitReason::Silence(patience) => {
                let minutes = patience.as_secs() / 60;
                write!(formatter, "the platform has told nothing of the batch {id} for {minutes} minutes")?;
            }
        }
        match &self.batch {
            Some(batch) => write!(
                formatter,
                "; when it was last seen it was {}, and {} of {} items had ended",
                batch.status,
                batch.ended_items(),
                batch.total_items
            )?,
            None => formatter.write_str("; nothing was heard of it")?,
        }
        if let Some(cause) = &self.cause {
            write!(formatter, "; the last look failed: {cause}")?;
        }
        Ok(())
    }
}
