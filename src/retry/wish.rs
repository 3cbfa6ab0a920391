//! What the platform says about when to come back.

use std::time::Duration;

/// A longer wish is not honoured: the call fails at once and tells it.
pub const LONGEST_WISH: Duration = Duration::from_secs(120);

/// From here up a reset is an instant, in seconds since 1970: as a number of
/// seconds to wait it would be 30 years.
const SMALLEST_INSTANT: f64 = 1e9;
/// From here up it can only be in milliseconds.
const SMALLEST_INSTANT_IN_MILLISECONDS: f64 = 1e12;

/// How long an answer asks to wait, from the headers that say so: the most
/// exact first. A rate limit's reset counts only where the limit was met.
#[must_use]
pub fn read_wish<'a>(
    status: u16,
    find: impl Fn(&'static str) -> Option<&'a str>,
    now: jiff::Timestamp,
) -> Option<Duration> {
    find("retry-after-ms")
        .and_then(retry_after_ms)
        .or_else(|| find("retry-after").and_then(|value| retry_after(value, now)))
        .or_else(|| {
            let reset = (status == 429).then(|| find("x-ratelimit-request-reset")).flatten()?;
            rate_limit_reset(reset, now)
        })
}

/// Reads a `Retry-After` header: seconds, with or without a fraction, or an
/// HTTP date in any of its three forms. A time in the past is no wait.
#[must_use]
pub fn retry_after(value: &str, now: jiff::Timestamp) -> Option<Duration> {
    if let Some(seconds) = read_number(value) {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    Some(http_date(value)?.duration_since(now).try_into().unwrap_or(Duration::ZERO))
}

/// Reads an HTTP date in any of its three forms. The usual one may name the
/// wrong day of the week: the date is what is meant.
#[must_use]
pub fn http_date(value: &str) -> Option<jiff::Timestamp> {
    let value = value.trim();
    if value.ends_with("GMT") {
        let parser = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
        if let Ok(date) = parser.parse_timestamp(value) {
            return Some(date);
        }
    }
    jiff::Timestamp::try_from(httpdate::parse_http_date(value).ok()?).ok()
}

/// Reads a `retry-after-ms` header: milliseconds.
#[must_use]
pub fn retry_after_ms(value: &str) -> Option<Duration> {
    Duration::try_from_secs_f64(read_number(value)? / 1000.0).ok()
}

/// Reads an `X-RateLimit-Request-Reset` header: the instant of the reset in
/// seconds or milliseconds since 1970, or the seconds until then.
#[must_use]
pub fn rate_limit_reset(value: &str, now: jiff::Timestamp) -> Option<Duration> {
    let number = read_number(value)?;
    let seconds = if number >= SMALLEST_INSTANT_IN_MILLISECONDS {
        number / 1000.0 - now.as_duration().as_secs_f64()
    } else if number >= SMALLEST_INSTANT {
        number - now.as_duration().as_secs_f64()
    } else {
        number
    };
    Duration::try_from_secs_f64(seconds.max(0.0)).ok()
}

/// A finite number in digits: no names like `inf`, which `f64` would read too.
fn read_number(value: &str) -> Option<f64> {
    let value = value.trim();
    let is_plain = value.bytes().all(|byte| byte.is_ascii_digit() || b".+-eE".contains(&byte));
    let number: f64 = if is_plain { value.parse().ok()? } else { return None };
    number.is_finite().then_some(number)
}
