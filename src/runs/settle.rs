//! What a batch is that may have been made, or not.

use std::time::Duration;

/// What is to be believed of a submission whose outcome nobody saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settling {
    /// It made the batch that was found.
    Adopt,
    /// It made none: its items may be submitted again.
    Nothing,
    /// It cannot be said yet: look again after this time.
    LookAfter(Duration),
}

/// The first pause between two looks; it doubles up to a sixth of the time.
const FIRST: Duration = Duration::from_millis(500);

/// Decides about a submission.
///
/// A batch of the very same items is the one. That there is none is believed only when the
/// request is so old that the platform is certainly done with it: a request may still be at
/// work, or waiting in a queue, when the process that sent it is gone.
#[must_use]
pub fn settle(has_match: bool, age: Duration, looks: u32, certain_after: Duration) -> Settling {
    if has_match {
        return Settling::Adopt;
    }
    if age >= certain_after {
        return Settling::Nothing;
    }
    let grown = FIRST.saturating_mul(2_u32.saturating_pow(looks.min(16))).min(certain_after / 6);
    Settling::LookAfter(grown.max(Duration::from_millis(1)).min(certain_after.saturating_sub(age)))
}
