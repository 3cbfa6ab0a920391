//! A row of a batch's results.

use super::{BatchItemStatus, FinishReason, Kept, Nullable};

model! {
    ($) response batch_result_item
    /// The result of one item of a batch.
    BatchResultItem {
        /// Identifier of the task that the platform made for this item.
        task_id: String,
        /// The identifier you gave the item; null if you gave none.
        custom_id: Nullable<String>,
        /// State of the item: `queued`, `processing`, `ready`, `failed` or
        /// `canceled`.
        status: BatchItemStatus,
        /// The analysis; only when the status is `ready`. Its text is in the
        /// nested `data` field.
        data: Option<Kept<AnalyzeTaskResult>>,
        /// What went wrong; only when the status is `failed`.
        error: Option<Kept<BatchItemError>>,
    }
}

model! {
    ($) response analyze_task_result
    /// The analysis of one video.
    AnalyzeTaskResult {
        /// Identifier of this generation.
        generation_id: Kept<String>,
        /// The text of the answer. With a JSON schema or segment definitions it
        /// is JSON text.
        data: Kept<String>,
        /// Why the model stopped: `stop`, or `length` when the text was cut at
        /// `max_tokens`.
        finish_reason: Kept<FinishReason>,
        /// Tokens used.
        usage: Kept<AnalyzeTaskResultUsage>,
    }
}

model! {
    ($) response analyze_task_result_usage
    /// Tokens that one analysis used.
    AnalyzeTaskResultUsage {
        /// Tokens in the answer.
        output_tokens: Kept<i64>,
        /// Tokens in the prompt and the video.
        input_tokens: Option<Kept<i64>>,
    }
}

model! {
    ($) response batch_item_error
    /// Why an item failed.
    BatchItemError {
        /// A word for the kind of failure, such as `asset_unavailable` or
        /// `video_duration_too_long`. The platform may leave it out and may add
        /// new ones.
        code: Option<Kept<String>>,
        /// The failure, for people.
        message: Kept<String>,
    }
}

// Rows are many, so they are read as documented, and once more like this where they deviate.
parts! { AnalyzeTaskResult { generation_id, data, finish_reason, usage, } }
parts! { AnalyzeTaskResultUsage { output_tokens, input_tokens, } }
parts! { BatchItemError { code, message, } }
