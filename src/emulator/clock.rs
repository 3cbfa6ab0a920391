//! Where the platform's time comes from.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::instants;

/// Bounds of a wait.
const SHORTEST: Duration = Duration::from_millis(1);
const LONGEST: Duration = Duration::from_secs(3600);

/// Runs at a speed from a start, and can be moved forward by hand besides.
pub(crate) struct Clock {
    origin: Instant,
    start: Timestamp,
    speed: f64,
    moved_nanoseconds: AtomicU64,
}

impl Clock {
    pub(crate) fn new(start: Timestamp, speed: f64) -> Self {
        Self { origin: Instant::now(), start, speed, moved_nanoseconds: AtomicU64::new(0) }
    }

    /// The platform's time, in whole milliseconds.
    pub(crate) fn now(&self) -> Timestamp {
        let passed = if self.speed > 0.0 {
            Duration::try_from_secs_f64(self.origin.elapsed().as_secs_f64() * self.speed)
                .unwrap_or(Duration::MAX)
        } else {
            Duration::ZERO
        };
        let moved = Duration::from_nanos(self.moved_nanoseconds.load(Ordering::Acquire));
        instants::whole_milliseconds(instants::after(self.start, passed.saturating_add(moved)))
    }

    /// How long the platform's `time` really takes; nothing if it does not pass by itself.
    pub(crate) fn real_time(&self, time: Duration) -> Option<Duration> {
        if self.speed > 0.0 {
            // Ended too early by a rounding, a wait would be followed by another one of no length.
            Some(
                Duration::try_from_secs_f64(time.as_secs_f64() / self.speed)
                    .unwrap_or(LONGEST)
                    .clamp(SHORTEST, LONGEST),
            )
        } else {
            None
        }
    }

    /// Moves time forward.
    pub(crate) fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_nanos()).unwrap_or(u64::MAX);
        let add = |moved: u64| Some(moved.saturating_add(by));
        let _ = self.moved_nanoseconds.fetch_update(Ordering::AcqRel, Ordering::Acquire, add);
    }
}
