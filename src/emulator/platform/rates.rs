//! How many requests a minute has room for.

use std::time::Duration;

use jiff::Timestamp;

use super::refusal::Refusal;
use crate::emulator::instants;

const WINDOW: Duration = Duration::from_secs(60);

/// What is left of the current minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rate {
    pub(crate) remaining: u32,
    pub(crate) resets: Timestamp,
}

/// Counts requests in windows of a minute, each opened by the first request after the last.
#[derive(Default)]
pub(super) struct Meter {
    window: Option<(Timestamp, u32)>,
}

impl Meter {
    /// Counts one request. `None` when the window has no room for it.
    pub(super) fn count(&mut self, at: Timestamp, limit: u32) -> (Rate, bool) {
        let current = self.window.filter(|(opened, _)| at < instants::after(*opened, WINDOW));
        let (opened, used) = current.unwrap_or((at, 0));
        let fits = used < limit;
        let used = if fits { used + 1 } else { used };
        self.window = Some((opened, used));
        (Rate { remaining: limit.saturating_sub(used), resets: instants::after(opened, WINDOW) }, fits)
    }
}

/// The answer to a request that does not fit.
pub(super) fn refuse_rate(limit: u32, rate: Rate, retry_after: u64) -> Refusal {
    let message = format!(
        "The limit of {limit} requests per minute has been reached. Try again after {}.",
        instants::write(rate.resets)
    );
    let refusal = Refusal::from_gateway(429, "too_many_requests", message);
    Refusal { retry_after: Some(retry_after), ..refusal }
}
