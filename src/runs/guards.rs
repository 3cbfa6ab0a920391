//! What ends a run before it costs more than it should.

use std::fmt;

use crate::models::{BatchItemRequest, CreateAnalyzeBatchRequest, SegmentDefinition};

/// What ends a run early.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Guards {
    /// Items to submit, at most.
    pub max_items: Option<u64>,
    /// Hours of video to submit, at most, as far as durations are known.
    pub max_hours: Option<f64>,
    /// Money to spend, at most, by the price that was given.
    pub max_cost: Option<f64>,
    /// As many items are done first, and somebody is asked about the rest.
    pub sample: Option<usize>,
    /// The share of outcomes that may be failures, 0 to 1.
    pub max_failed_share: Option<f64>,
}

/// Outcomes that there have to be before their share of failures says anything.
const LEAST_OUTCOMES: u64 = 20;

/// What analyses cost. The platform's price list is not part of its API.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Price {
    /// An hour of video. Segment definitions are each billed for the whole window.
    pub hour: f64,
    /// A million tokens of answers.
    pub million_output_tokens: f64,
    /// A million tokens of prompts and videos.
    pub million_input_tokens: f64,
}

/// What was spent, or is going to be.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Spent {
    /// Items.
    pub items: u64,
    /// Seconds of video, as far as they are known.
    pub seconds: f64,
    /// The same, once for each segment definition.
    pub billed_seconds: f64,
    /// Items whose seconds are not known.
    pub unknown: u64,
}

/// Why nothing more is submitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stop {
    /// More items than `max_items`.
    Items(u64),
    /// More hours than `max_hours`.
    Hours(f64),
    /// More money than `max_cost`.
    Cost(f64),
    /// A larger share of failures than allowed: so many of so many.
    Failures(u64, u64),
    /// Somebody said no after the sample.
    Declined,
    /// It was canceled.
    Canceled,
}

impl fmt::Display for Stop {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Items(most) => {
                write!(formatter, "it has more than the {most} items that `max_items` allows")
            }
            Self::Hours(most) => {
                write!(formatter, "it has more than the {most} hours that `max_hours` allows")
            }
            Self::Cost(most) => {
                write!(formatter, "it would cost more than the {most} that `max_cost` allows")
            }
            Self::Failures(failed, ended) => write!(
                formatter,
                "{failed} of the first {ended} outcomes are failures, more than `max_failed_share` allows"
            ),
            Self::Declined => formatter.write_str("the rest was declined after the sample"),
            Self::Canceled => formatter.write_str("it was canceled"),
        }
    }
}

impl Spent {
    /// With one more item.
    #[must_use]
    pub fn and(mut self, seconds: Option<f64>, definitions: usize) -> Self {
        self.items += 1;
        self.unknown += u64::from(seconds.is_none());
        let seconds = seconds.unwrap_or_default();
        self.seconds += seconds;
        #[allow(clippy::cast_precision_loss)] // there are at most 20
        let times = definitions.max(1) as f64;
        self.billed_seconds += seconds * times;
        self
    }

    /// What the hours cost.
    #[must_use]
    pub fn cost(&self, price: &Price) -> f64 {
        self.billed_seconds / 3600.0 * price.hour
    }
}

impl Guards {
    /// Whether so much may be submitted in all.
    #[must_use]
    pub fn allow(&self, spent: &Spent, price: Option<&Price>) -> Option<Stop> {
        let hours = spent.seconds / 3600.0;
        if let Some(most) = self.max_items.filter(|most| spent.items > *most) {
            return Some(Stop::Items(most));
        }
        if let Some(most) = self.max_hours.filter(|most| hours > *most) {
            return Some(Stop::Hours(most));
        }
        let cost = price.map_or(0.0, |price| spent.cost(price));
        self.max_cost.filter(|most| cost > *most).map(Stop::Cost)
    }

    /// Whether too many outcomes are failures.
    #[must_use]
    pub fn judge_failures(&self, failed: u64, ended: u64) -> Option<Stop> {
        let most = self.max_failed_share?;
        #[allow(clippy::cast_precision_loss)] // a share is told, no count
        let share = failed as f64 / ended.max(1) as f64;
        (ended >= LEAST_OUTCOMES && share > most).then_some(Stop::Failures(failed, ended))
    }
}

/// The part of a video that an item asks about, in seconds; nothing if it is not known.
#[must_use]
pub fn window(
    item: &BatchItemRequest,
    around: &CreateAnalyzeBatchRequest,
    length: Option<f64>,
) -> Option<f64> {
    let defaults = around.defaults.as_ref();
    let start = item.start_time.or_else(|| defaults?.start_time).unwrap_or_default();
    let end = item.end_time.or_else(|| defaults?.end_time);
    let end = match (end, length) {
        (Some(end), Some(length)) => end.min(length),
        (Some(end), None) => end,
        (None, length) => length?,
    };
    Some((end - start).max(0.0))
}

/// How many segment definitions an item asks for.
#[must_use]
pub fn definitions(item: &BatchItemRequest, around: &CreateAnalyzeBatchRequest) -> usize {
    let format = item
        .response_format
        .as_ref()
        .or_else(|| around.defaults.as_ref().and_then(|defaults| defaults.response_format.as_ref()));
    let list: Option<&Vec<SegmentDefinition>> = format.and_then(|format| format.segment_definitions.as_ref());
    list.map_or(0, Vec::len)
}
