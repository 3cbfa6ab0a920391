//! Whether to try again, and when. Decides; never sleeps.

mod backoff;
mod verdict;
mod wish;

pub use backoff::Backoff;
pub use verdict::{Failure, Verb, may_repeat};
pub use wish::{LONGEST_WISH, retry_after};
