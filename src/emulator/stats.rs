//! The platform's own books.

use std::collections::BTreeMap;

use serde::Serialize;

/// Counts since the start. What was deleted is still counted.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Stats {
    /// Requests per endpoint: `create`, `list`, `retrieve`, `results`, `cancel`, `delete`, `asset`, `task`;
    /// anything else is `other`.
    pub requests: BTreeMap<String, u64>,
    /// Responses per status code.
    pub responses: BTreeMap<u16, u64>,
    /// Batches ever created.
    pub batches_created: u64,
    /// Batches deleted, by request or by age.
    pub batches_deleted: u64,
    /// Batches by their status now, or when they were deleted.
    pub batches: BTreeMap<String, u64>,
    /// Items ever created.
    pub items_created: u64,
    /// Items by their status now, or when they were deleted.
    pub items: BTreeMap<String, u64>,
    /// Items that are paid for: the ready ones.
    pub items_billed: u64,
    /// Seconds of video paid for; a segmentation counts its window once per definition.
    pub seconds_billed: f64,
    /// Tokens of the questions paid for, videos included.
    pub input_tokens: u64,
    /// Tokens of the answers paid for.
    pub output_tokens: u64,
    /// Attempts to deliver a notice.
    pub webhook_attempts: u64,
    /// Notices that were delivered.
    pub webhooks_delivered: u64,
    /// Requests that a fault has befallen.
    pub faults_met: u64,
    /// Faults that wait for a request.
    pub faults_waiting: u64,
}
