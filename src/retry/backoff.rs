//! How long to wait before the next attempt.

use std::time::Duration;

/// Exponential backoff with full jitter: a random time between nothing and a
/// bound that doubles with every attempt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backoff {
    /// The bound before the first retry.
    pub base: Duration,
    /// The bound never grows past this.
    pub longest: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { base: Duration::from_millis(500), longest: Duration::from_secs(20) }
    }
}

impl Backoff {
    /// The usual bounds with another first one.
    #[must_use]
    pub fn starting_at(base: Duration) -> Self {
        Self { base, ..Self::default() }
    }

    /// The wait before retry number `retry` (from 1), for a random number in
    /// 0..1.
    #[must_use]
    pub fn wait(&self, retry: u32, random: f64) -> Duration {
        let doubled = self.base.saturating_mul(2_u32.saturating_pow(retry.saturating_sub(1)));
        doubled.min(self.longest).mul_f64(random.clamp(0.0, 1.0))
    }
}
