//! Lengths of time between two numbers of seconds.

/// Decimal fractions are seldom exact: 5.1 - 3.1 is a little less than 2.
const ROUNDING: f64 = 1e-6;

/// Whether it is at least so many seconds from `start` to `end`.
pub(super) fn is_at_least(start: f64, end: f64, seconds: f64) -> bool {
    end - start >= seconds - ROUNDING
}

/// Whether it is at most so many seconds from `start` to `end`.
pub(super) fn is_at_most(start: f64, end: f64, seconds: f64) -> bool {
    end - start <= seconds + ROUNDING
}
