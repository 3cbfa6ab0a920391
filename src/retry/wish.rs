//! What the platform says about when to come back.

use std::time::Duration;

/// A longer wish is not honoured: the call fails at once and tells it.
pub const LONGEST_WISH: Duration = Duration::from_secs(120);

/// Reads a `Retry-After` header: seconds, with or without a fraction, or an
/// HTTP date, which `now` is taken from. A time in the past is no wait.
#[must_use]
pub fn retry_after(value: &str, now: jiff::Timestamp) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let at = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
    Some(at.duration_since(now).try_into().unwrap_or(Duration::ZERO))
}
