//! A batch, as the platform reports it.

use super::{BatchStatus, Nullable, Time};

model! {
    ($) response created_batch_item
    /// One submitted item: the platform's identifier beside yours.
    CreatedBatchItem {
        /// Identifier of the task that the platform made for this item.
        task_id: String,
        /// The identifier you gave the item; null if you gave none.
        custom_id: Nullable<String>,
    }
}

model! {
    ($) response create_analyze_batch_response
    /// What `create` returns: the new batch and its items.
    CreateAnalyzeBatchResponse {
        /// Identifier of the batch.
        batch_id: String,
        /// State of the batch at its creation.
        status: BatchStatus,
        /// Number of submitted items.
        total_items: i64,
        /// When the batch was created.
        created_at: Time,
        /// When the batch expires, 24 hours after its creation. Items that are
        /// unfinished then are canceled.
        expires_at: Time,
        /// One entry per submitted item.
        items: Vec<CreatedBatchItem>,
    }
}

model! {
    ($) response analyze_batch_status_response
    /// The state of a batch and the counts of its items.
    ///
    /// `completed` means that every item has ended, not that every analysis
    /// succeeded: see `ready_items`, `failed_items` and `canceled_items`.
    AnalyzeBatchStatusResponse {
        /// Identifier of the batch.
        batch_id: String,
        /// How every item of the batch is analysed: `general` or
        /// `time_based_metadata`.
        analysis_mode: String,
        /// The model used for every item of the batch.
        model_name: String,
        /// State of the batch: `pending`, `processing`, `canceling`,
        /// `canceled`, `completed` or `expired`. The last three are terminal.
        status: BatchStatus,
        /// Number of submitted items.
        total_items: i64,
        /// When the batch was created.
        created_at: Time,
        /// When the batch expires, 24 hours after its creation.
        expires_at: Time,
        /// When the batch became `completed`; only then present.
        completed_at: Option<Time>,
        /// When the batch became `canceled`; only then present.
        canceled_at: Option<Time>,
        /// When the batch became `expired`; only then present.
        expired_at: Option<Time>,
        /// Number of items that wait to be started.
        queued_items: i64,
        /// Number of items that are being analysed.
        processing_items: i64,
        /// Number of items that were analysed.
        ready_items: i64,
        /// Number of items that failed.
        failed_items: i64,
        /// Number of items that ended without analysis, because the batch was
        /// canceled or expired first.
        canceled_items: i64,
        /// Delivery of the completion notice to each registered webhook;
        /// present once the platform has sent them.
        webhooks: Option<Vec<AnalyzeTaskWebhookInfo>>,
    }
}

impl AnalyzeBatchStatusResponse {
    /// Number of items that have ended, well or not.
    #[must_use]
    pub fn ended_items(&self) -> i64 {
        self.ready_items.saturating_add(self.failed_items).saturating_add(self.canceled_items)
    }
}

model! {
    ($) response analyze_task_webhook_info
    /// How the delivery of a notice to one webhook went.
    AnalyzeTaskWebhookInfo {
        /// Address of the webhook.
        url: String,
        /// Whether the webhook accepted the notice.
        delivered: bool,
        /// Number of attempts made.
        attempts: i64,
        /// What the last attempt failed with; only while not delivered.
        last_error: Option<String>,
    }
}
