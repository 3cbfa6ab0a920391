//! What all retries of a client may cost together.

use std::sync::atomic::{AtomicU32, Ordering};

/// Tokens that every retry takes and every success gives back, so that an
/// outage is not made worse by those who suffer from it.
#[derive(Debug)]
pub struct Budget {
    capacity: u32,
    tokens: AtomicU32,
}

impl Default for Budget {
    /// 500 tokens: 100 retries in a row that all fail, the AWS SDKs' figure.
    fn default() -> Self {
        Self::new(500)
    }
}

impl Budget {
    /// A full budget.
    #[must_use]
    pub fn new(capacity: u32) -> Self {
        Self { capacity, tokens: AtomicU32::new(capacity) }
    }

    /// Tokens that are left.
    #[must_use]
    pub fn left(&self) -> u32 {
        self.tokens.load(Ordering::Acquire)
    }

    /// Takes tokens; none if there are too few.
    pub fn take(&self, cost: u32) -> bool {
        self.tokens.fetch_update(Ordering::AcqRel, Ordering::Acquire, |left| left.checked_sub(cost)).is_ok()
    }

    /// Gives tokens back, up to the capacity.
    pub fn give(&self, tokens: u32) {
        let add = |left: u32| Some(left.saturating_add(tokens).min(self.capacity));
        let _ = self.tokens.fetch_update(Ordering::AcqRel, Ordering::Acquire, add);
    }
}
