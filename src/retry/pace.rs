//! When a batch that is waited for is looked at again.

use std::time::Duration;

use super::Backoff;

/// The first pause, about.
pub const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// Pauses grow up to this, about.
pub const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// How long a batch that has expired may take until it is terminal.
pub const GRACE: Duration = Duration::from_secs(10 * 60);
/// How long looks at a batch may fail.
pub const PATIENCE: Duration = Duration::from_secs(60 * 60);

/// Pauses are this share of the time waited: what a look may come too late is
/// little against how long it took.
const SHARE: f64 = 0.05;
/// So that many who began together do not go on together.
const JITTER: f64 = 0.1;
/// So long before the deadline is the last look.
const LAST_LOOK: Duration = Duration::from_secs(1);

/// How a batch is looked at. Decides; never sleeps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// Every pause, if they are not to grow by themselves.
    pub interval: Option<Duration>,
    /// Pauses after failures.
    pub backoff: Backoff,
}

/// When a batch expires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expiry {
    /// After this time.
    In(Duration),
    /// It has; and it was waited for this long since.
    Since(Duration),
}

/// What is known between two looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lull {
    /// Time since the waiting began.
    pub waited: Duration,
    /// When the batch expires; unknown before the first answer.
    pub expiry: Option<Expiry>,
    /// Time until the deadline, if there is one.
    pub left: Option<Duration>,
    /// Looks that have failed since the last answer.
    pub failures: u32,
    /// How long the platform asks to wait.
    pub wish: Option<Duration>,
    /// Time since the first of them began.
    pub silence: Duration,
    /// A random number in 0..1.
    pub random: f64,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Look again after this time.
    Pause(Duration),
    /// Wait no longer.
    Stop(WaitEnd),
}

/// Why a batch is waited for no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitEnd {
    /// The time that was given for it is over.
    Deadline,
    /// It has expired, and does not become terminal.
    Overdue,
    /// Nothing is heard of it any more.
    Silence,
}

impl Pace {
    /// What is to be done after a look at a batch that goes on.
    ///
    /// A pause never goes past the deadline, and past the expiry only where the
    /// platform itself asks for it, or where that is less than the first pause away:
    /// its clock is told in whole seconds, and there would be a look at each moment of
    /// the last one.
    #[must_use]
    pub fn decide(&self, lull: &Lull) -> Turn {
        if let Some(end) = find_end(lull) {
            return Turn::Stop(end);
        }
        let mut pause = self.usual(lull);
        if lull.failures > 0 {
            // However seldom it is looked at otherwise: what failed is taken again soon.
            let least = pause_after(lull.failures, self.backoff);
            pause = pause.min(LONGEST_PAUSE).max(least).min(PATIENCE.saturating_sub(lull.silence));
        }
        match lull.expiry {
            Some(Expiry::In(time)) => pause = pause.min(time.max(FIRST_PAUSE)),
            Some(Expiry::Since(time)) if lull.failures == 0 => {
                pause = pause.min(GRACE.saturating_sub(time));
            }
            Some(Expiry::Since(_)) | None => {}
        }
        if let Some(wish) = lull.wish {
            pause = pause.max(wish.min(PATIENCE));
        }
        Turn::Pause(lull.left.map_or(pause, |left| within(left, pause, lull.wish.is_none())))
    }

    /// The pause if nothing is in the way.
    fn usual(&self, lull: &Lull) -> Duration {
        // What has expired ends soon: as at the beginning.
        let since = match lull.expiry {
            Some(Expiry::Since(time)) => time,
            Some(Expiry::In(_)) | None => lull.waited,
        };
        let grown = since.mul_f64(SHARE).clamp(FIRST_PAUSE, LONGEST_PAUSE);
        let own = grown.mul_f64(1.0 + JITTER * lull.random.clamp(0.0, 1.0));
        match (self.interval, lull.expiry) {
            (Some(interval), Some(Expiry::Since(_))) => interval.min(own),
            (Some(interval), _) => interval,
            (None, _) => own,
        }
    }
}

/// How long at least to pause after so many failures in a row.
#[must_use]
pub fn pause_after(failures: u32, backoff: Backoff) -> Duration {
    backoff.base.saturating_mul(2_u32.saturating_pow(failures)).min(LONGEST_PAUSE)
}

/// Where the deadline comes first, a last look is taken shortly before it.
fn within(left: Duration, pause: Duration, is_last_look_taken: bool) -> Duration {
    if pause < left {
        return pause;
    }
    let last = left.saturating_sub(LAST_LOOK);
    if is_last_look_taken && last >= FIRST_PAUSE { last } else { left }
}

fn find_end(lull: &Lull) -> Option<WaitEnd> {
    if lull.left == Some(Duration::ZERO) {
        return Some(WaitEnd::Deadline);
    }
    if lull.failures > 0 {
        return (lull.silence >= PATIENCE).then_some(WaitEnd::Silence);
    }
    matches!(lull.expiry, Some(Expiry::Since(time)) if time >= GRACE).then_some(WaitEnd::Overdue)
}
