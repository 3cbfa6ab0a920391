//! What a batch and its items are at an instant.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::notices::Notice;
use super::record::{Item, Record};
use crate::emulator::instants;
use crate::emulator::options::{InitialStatus, ProcessingAtExpiry};

/// How long a canceled batch is `canceling` at least.
const CANCELING: Duration = Duration::from_secs(1);

/// The platform's words for what a batch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BatchStatus {
    Pending,
    Processing,
    Canceling,
    Completed,
    Canceled,
    Expired,
}

impl BatchStatus {
    pub(crate) const ALL: [Self; 6] =
        [Self::Pending, Self::Processing, Self::Canceling, Self::Completed, Self::Canceled, Self::Expired];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Processing => "processing",
            Self::Canceling => "canceling",
            Self::Completed => "completed",
            Self::Canceled => "canceled",
            Self::Expired => "expired",
        }
    }

    pub(crate) fn is_terminal(self) -> bool {
        matches!(self, Self::Completed | Self::Canceled | Self::Expired)
    }
}

/// What an item is.
pub(crate) enum ItemState<'a> {
    Queued,
    Processing,
    Ready(Timestamp),
    Failed(Timestamp, Option<&'a str>, Cow<'a, str>),
    Canceled(Timestamp, &'static str),
}

impl ItemState<'_> {
    /// The platform's words, in the order of the batch's counters.
    pub(crate) const WORDS: [&'static str; 5] = ["queued", "processing", "ready", "failed", "canceled"];

    pub(crate) fn position(&self) -> usize {
        match self {
            Self::Queued => 0,
            Self::Processing => 1,
            Self::Ready(_) => 2,
            Self::Failed(..) => 3,
            Self::Canceled(..) => 4,
        }
    }

    pub(crate) fn word(&self) -> &'static str {
        Self::WORDS.get(self.position()).copied().unwrap_or_default()
    }

    pub(crate) fn finished_at(&self) -> Option<Timestamp> {
        match self {
            Self::Queued | Self::Processing => None,
            Self::Ready(at) | Self::Failed(at, ..) | Self::Canceled(at, _) => Some(*at),
        }
    }
}

/// A batch. Cloning it is cheap and takes a snapshot.
#[derive(Clone)]
pub(crate) struct Batch {
    pub(crate) record: Arc<Record>,
    /// One for each endpoint.
    pub(super) notices: Vec<Notice>,
    cancel_requested: Option<Timestamp>,
    settles: Timestamp,
    outcome: BatchStatus,
}

impl Batch {
    pub(crate) fn new(record: Record) -> Self {
        let mut batch = Self {
            settles: record.created,
            notices: vec![Notice::default(); record.options.webhooks.len()],
            record: Arc::new(record),
            cancel_requested: None,
            outcome: BatchStatus::Completed,
        };
        batch.foresee();
        batch
    }

    /// Asks for cancellation: what is queued at `at` will not start any more.
    pub(crate) fn cancel(&mut self, at: Timestamp) {
        self.cancel_requested = Some(at);
        self.foresee();
    }

    /// When the batch becomes terminal.
    pub(crate) fn settles(&self) -> Timestamp {
        self.settles
    }

    pub(crate) fn status(&self, at: Timestamp) -> BatchStatus {
        let opened =
            at >= self.record.opens || self.record.options.initial_status == InitialStatus::Processing;
        if at >= self.settles {
            self.outcome
        } else if self.cancel_requested.is_some() {
            BatchStatus::Canceling
        } else if opened {
            BatchStatus::Processing
        } else {
            BatchStatus::Pending
        }
    }

    pub(crate) fn is_active(&self, at: Timestamp) -> bool {
        match self.status(at) {
            BatchStatus::Canceling => self.record.options.canceling_is_active,
            status => !status.is_terminal(),
        }
    }

    /// An item started at the very instant of a cancellation or of the expiry has started.
    pub(crate) fn item_state<'a>(&self, item: &'a Item, at: Timestamp) -> ItemState<'a> {
        let expires = self.record.expires();
        let stops = self.cancel_requested.unwrap_or(expires);
        if item.starts > stops {
            return match self.cancel_requested {
                _ if at < stops => ItemState::Queued,
                Some(_) => ItemState::Canceled(stops, "batch_canceled"),
                None => ItemState::Canceled(stops, "batch_expired"),
            };
        }
        if at < item.starts {
            return ItemState::Queued;
        }
        if item.ends > expires && at >= expires {
            return self.interrupted(expires);
        }
        match &item.failure {
            _ if at < item.ends => ItemState::Processing,
            None => ItemState::Ready(item.ends),
            Some(error) => ItemState::Failed(item.ends, error.code.as_deref(), Cow::Borrowed(&error.message)),
        }
    }

    /// Items by state, in the order of [`ItemState::WORDS`].
    pub(crate) fn count_items(&self, at: Timestamp) -> [u64; 5] {
        let mut counts = [0; 5];
        for item in &self.record.items {
            if let Some(count) = counts.get_mut(self.item_state(item, at).position()) {
                *count += 1;
            }
        }
        counts
    }

    fn interrupted(&self, at: Timestamp) -> ItemState<'static> {
        match self.record.options.processing_at_expiry {
            ProcessingAtExpiry::Cancel => ItemState::Canceled(at, "batch_expired"),
            ProcessingAtExpiry::Fail => {
                let message = "The batch expired before the analysis was finished.";
                ItemState::Failed(at, Some("batch_processing_timeout"), Cow::Borrowed(message))
            }
        }
    }

    fn foresee(&mut self) {
        let expires = self.record.expires();
        let stops = self.cancel_requested.unwrap_or(expires);
        let started = || self.record.items.iter().filter(|item| item.starts <= stops);
        let last = started().map(|item| item.ends).max().unwrap_or(stops);
        let (settles, outcome) = match self.cancel_requested {
            Some(requested) => (last.max(instants::after(requested, CANCELING)), BatchStatus::Canceled),
            None if started().count() < self.record.items.len() => (expires, BatchStatus::Expired),
            None => (last, BatchStatus::Completed),
        };
        (self.settles, self.outcome) =
            if settles > expires { (expires, BatchStatus::Expired) } else { (settles, outcome) };
    }
}
