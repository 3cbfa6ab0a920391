//! Rows of a batch, wherever they come from.

use std::collections::VecDeque;
use std::sync::Arc;

use super::{CompletedStream, Journal, Make, Meta, ResultsStream, Sight, Step};

/// A stream of rows: the results as they are, or items as they end.
#[derive(Debug)]
pub enum Rows {
    /// The results as they are.
    Results(Box<ResultsStream>),
    /// Items as they end.
    Completed(Box<CompletedStream>),
}

impl From<ResultsStream> for Rows {
    fn from(stream: ResultsStream) -> Self {
        Self::Results(Box::new(stream))
    }
}

impl From<CompletedStream> for Rows {
    fn from(stream: CompletedStream) -> Self {
        Self::Completed(Box::new(stream))
    }
}

impl Rows {
    /// The batch whose rows these are.
    #[must_use]
    pub fn batch_id(&self) -> &str {
        match self {
            Self::Results(stream) => stream.batch_id(),
            Self::Completed(stream) => stream.batch_id(),
        }
    }

    /// What can be had without waiting, rows made into something.
    pub fn step_as<M: Make>(&mut self, make: &mut M) -> Step<M::Made> {
        match self {
            Self::Results(stream) => stream.step_as(make),
            Self::Completed(stream) => stream.step_as(make),
        }
    }

    /// Whether there may be something to take without waiting.
    pub fn has_arrived(&mut self) -> bool {
        match self {
            Self::Results(stream) => stream.has_arrived(),
            Self::Completed(stream) => stream.has_arrived(),
        }
    }

    /// Whether all that is waited for is an answer that is arriving.
    #[must_use]
    pub fn is_receiving(&self) -> bool {
        match self {
            Self::Results(stream) => stream.is_receiving(),
            Self::Completed(_) => false,
        }
    }

    /// Waits for what the next step needs, or for a sight. Dropping the future
    /// loses nothing.
    pub async fn receive(&mut self) {
        match self {
            Self::Results(stream) => stream.receive().await,
            Self::Completed(stream) => stream.receive().await,
        }
    }

    /// What was seen of the batch since it was last asked.
    pub fn take_sights(&mut self) -> VecDeque<Sight> {
        match self {
            Self::Results(_) => VecDeque::new(),
            Self::Completed(stream) => stream.take_sights(),
        }
    }

    /// How the first answer came, where there is one.
    #[must_use]
    pub fn meta(&self) -> Option<&Meta> {
        match self {
            Self::Results(stream) => Some(stream.meta()),
            Self::Completed(_) => None,
        }
    }

    /// Where the stream tells what it does.
    #[must_use]
    pub fn journal(&self) -> Option<&Arc<Journal>> {
        match self {
            Self::Results(stream) => stream.journal(),
            Self::Completed(stream) => stream.journal(),
        }
    }

    /// Rows that cannot be read.
    #[must_use]
    pub fn malformed(&self) -> u64 {
        match self {
            Self::Results(stream) => stream.malformed(),
            Self::Completed(stream) => stream.malformed(),
        }
    }

    /// Items that were handed over.
    #[must_use]
    pub fn delivered(&self) -> u64 {
        match self {
            Self::Results(stream) => stream.delivered(),
            Self::Completed(stream) => stream.delivered(),
        }
    }
}
