//! A `create` of which nobody knows what it has done.

use std::fmt;

use super::Error;
use crate::models::AnalyzeBatchStatusResponse;

/// A `create` whose outcome is unknown.
#[derive(Debug, Clone)]
pub struct CreateOutcomeUnknown {
    /// What the attempt ended with.
    pub cause: Error,
    /// Why looking did not tell, in words.
    pub finding: String,
    /// Batches that may be the one.
    pub candidates: Vec<AnalyzeBatchStatusResponse>,
    /// The key that went along.
    pub idempotency_key: String,
}

impl fmt::Display for CreateOutcomeUnknown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the batch may have been created, or not: {}; {}", self.cause, self.finding)?;
        for candidate in &self.candidates {
            write!(
                formatter,
                "; candidate {} ({}, created {})",
                candidate.batch_id, candidate.status, candidate.created_at
            )?;
        }
        Ok(())
    }
}
