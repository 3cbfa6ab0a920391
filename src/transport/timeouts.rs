//! How long to wait for what.

use std::time::Duration;

/// The longest time limit: ten years. A clock can be set no further than it can count.
pub const LONGEST_TIMEOUT: Duration = Duration::from_secs(10 * 365 * 24 * 3600);

/// Time limits of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// For making a connection.
    pub connect: Duration,
    /// Between two pieces of an answer, and before its first.
    pub read: Duration,
    /// For a whole call, repetitions and pauses included. Streams of results
    /// are held to it until their first byte, and from then on from row to row:
    /// only waiting counts, since their consumer may take its time.
    pub total: Duration,
}

impl Default for Timeouts {
    /// 10 seconds to connect; 120 of silence, because a batch of 1,000 items is
    /// checked before it is answered; 600 in all, the official SDK's figure.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            read: Duration::from_secs(120),
            total: Duration::from_secs(600),
        }
    }
}

impl Timeouts {
    /// The same limit for everything (10 seconds at most to connect).
    #[must_use]
    pub fn all(limit: Duration) -> Self {
        Self { connect: limit.min(Self::default().connect), read: limit, total: limit }
    }

    /// The same limits, none longer than [`LONGEST_TIMEOUT`].
    #[must_use]
    pub fn capped(self) -> Self {
        let cap = |limit: Duration| limit.min(LONGEST_TIMEOUT);
        Self { connect: cap(self.connect), read: cap(self.read), total: cap(self.total) }
    }
}
