//! Whether to try again, or look again, and when. Decides; never sleeps.

mod attempts;
mod backoff;
mod budget;
mod pace;
mod verdict;
mod wish;

pub use attempts::{Attempts, Decision, Policy, Reason, Situation};
pub use backoff::Backoff;
pub use budget::Budget;
pub use pace::{Expiry, FIRST_PAUSE, GRACE, LONGEST_PAUSE, Lull, PATIENCE, Pace, Turn, WaitEnd, pause_after};
pub use verdict::{Failure, Verb, Verdict, may_have_acted, verdict};
pub use wish::{LONGEST_WISH, http_date, rate_limit_reset, read_wish, retry_after, retry_after_ms};
