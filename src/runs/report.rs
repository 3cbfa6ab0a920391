//! What a run has come to.

use std::time::Duration;

use super::guards::{Price, Spent};
use super::outcome::{Ended, Outcome};
use crate::models::{BatchResultItem, Kept};

/// How many items ended in which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Those that have an answer.
    pub ready: u64,
    /// Those that failed.
    pub failed: u64,
    /// Those that somebody canceled.
    pub canceled: u64,
    /// Those that there was no time for.
    pub expired: u64,
    /// Those whose row cannot be read.
    pub malformed: u64,
}

impl Counts {
    /// Counts one, or several.
    pub fn add(&mut self, ended: Ended, count: u64) {
        *self.of(ended) += count;
    }

    /// Takes one back.
    pub(super) fn take(&mut self, ended: Ended) {
        let count = self.of(ended);
        *count = count.saturating_sub(1);
    }

    fn of(&mut self, ended: Ended) -> &mut u64 {
        match ended {
            Ended::Ready => &mut self.ready,
            Ended::Failed => &mut self.failed,
            Ended::Canceled => &mut self.canceled,
            Ended::Expired => &mut self.expired,
            Ended::Malformed => &mut self.malformed,
        }
    }

    /// All.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.ready + self.failed + self.canceled + self.expired + self.malformed
    }
}

/// What a run has come to.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Report {
    /// Items that were read.
    pub items: u64,
    /// Those of them that have ended.
    pub ended: Counts,
    /// Those that had been handed over before this run began.
    pub delivered_before: u64,
    /// Items in batches that are active.
    pub active: u64,
    /// Items that wait.
    pub waiting: u64,
    /// Batches that were submitted in this session.
    pub batches: u64,
    /// Submissions of items in this session, second tries among them.
    pub attempts: u64,
    /// Those second tries.
    pub resubmitted: u64,
    /// Tokens of answers, of the outcomes of this session.
    pub output_tokens: u64,
    /// Tokens of prompts and videos, of the same.
    pub input_tokens: u64,
    /// What was submitted in this session.
    pub spent: Spent,
    /// How long this session has taken.
    pub elapsed: Duration,
    /// What it costs.
    pub price: Option<Price>,
}

impl Report {
    /// Counts the tokens of an outcome.
    pub(super) fn count_tokens(&mut self, outcome: &Outcome) {
        let Some(usage) = outcome.row.as_ref().and_then(|row| usage_of(row)) else { return };
        self.output_tokens += usage.0;
        self.input_tokens += usage.1;
    }

    /// Money, by the price that was given.
    #[must_use]
    pub fn cost(&self) -> Option<f64> {
        let price = self.price?;
        #[allow(clippy::cast_precision_loss)] // money is no count
        let millions = |tokens: u64| tokens as f64 / 1e6;
        Some(
            self.spent.cost(&price)
                + millions(self.output_tokens) * price.million_output_tokens
                + millions(self.input_tokens) * price.million_input_tokens,
        )
    }
}

/// Tokens of an answer and of what it is an answer to.
fn usage_of(row: &BatchResultItem) -> Option<(u64, u64)> {
    let usage = row.data.as_ref()?.fit()?.usage.fit()?;
    let count =
        |tokens: Option<&i64>| tokens.and_then(|count| u64::try_from(*count).ok()).unwrap_or_default();
    Some((count(usage.output_tokens.fit()), count(usage.input_tokens.as_ref().and_then(Kept::fit))))
}
