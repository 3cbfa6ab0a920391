//! Arithmetic on the platform's time, which never overflows: it stops at the ends of the calendar.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// `instant` moved by a number of seconds, in whole milliseconds.
pub(crate) fn after_seconds(instant: Timestamp, seconds: f64) -> Timestamp {
    let by = Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::MAX);
    whole_milliseconds(after(instant, by))
}

/// `instant` moved by `by`.
pub(crate) fn after(instant: Timestamp, by: Duration) -> Timestamp {
    let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
    instant.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// The last whole millisecond at or before `instant`.
pub(crate) fn whole_milliseconds(instant: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(instant.as_millisecond()).unwrap_or(instant)
}

/// The last whole second at or before `instant`.
pub(crate) fn whole_seconds(instant: Timestamp) -> Timestamp {
    Timestamp::from_second(instant.as_second()).unwrap_or(instant)
}

/// Seconds from `from` to `to`, rounded up, never less than zero.
pub(crate) fn seconds_between(from: Timestamp, to: Timestamp) -> u64 {
    let milliseconds = to.as_millisecond().saturating_sub(from.as_millisecond());
    u64::try_from(milliseconds).unwrap_or(0).div_ceil(1000)
}

/// The way the platform writes a time.
pub(crate) fn write(instant: Timestamp) -> String {
    format!("{instant:.3}")
}

/// The way an HTTP header writes a time.
pub(crate) fn write_http_date(instant: Timestamp) -> String {
    jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&instant).unwrap_or_default()
}
