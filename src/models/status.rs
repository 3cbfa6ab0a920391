//! The platform's words for states and modes.

words! {
    /// The state of a batch. A batch never fails as a whole.
    BatchStatus {
        /// Accepted; no item has started.
        Pending = "pending",
        /// At least one item has started.
        Processing = "processing",
        /// Cancellation was asked for; started items are being finished.
        Canceling = "canceling",
        /// Terminal: every item has ended after a cancellation.
        Canceled = "canceled",
        /// Terminal: every item has ended, well or not.
        Completed = "completed",
        /// Terminal: 24 hours passed before every item had ended.
        Expired = "expired",
    }
}

impl BatchStatus {
    /// True when the batch will not change any more. A word this version does
    /// not know counts as not terminal.
    #[must_use]
    pub fn is_terminal(&self) -> bool {
        matches!(self, Self::Canceled | Self::Completed | Self::Expired)
    }
}

words! {
    /// The state of one item of a batch.
    BatchItemStatus {
        /// Waiting to be started.
        Queued = "queued",
        /// Being analysed.
        Processing = "processing",
        /// Analysed; the row carries the result.
        Ready = "ready",
        /// Not analysed; the row carries the error.
        Failed = "failed",
        /// Ended without analysis, by cancellation or expiry.
        Canceled = "canceled",
    }
}

words! {
    /// How every item of a batch is analysed.
    AnalysisMode {
        /// Text, or JSON by a schema, from a prompt.
        General = "general",
        /// Timestamped metadata by segment definitions.
        TimeBasedMetadata = "time_based_metadata",
    }
}

words! {
    /// The model of a batch.
    ModelName {
        /// The only model that batches accept.
        Pegasus15 = "pegasus1.5",
    }
}

words! {
    /// Why the model stopped writing.
    FinishReason {
        /// The answer is complete.
        Stop = "stop",
        /// The answer was cut at `max_tokens`.
        Length = "length",
    }
}
