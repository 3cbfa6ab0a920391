//! Which items go together into a batch.

use crate::models::{MAX_HOURS, MAX_REQUESTS};

/// How large an item is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Weight {
    /// Of its JSON.
    pub bytes: usize,
    /// Length of its video in seconds, where that is known.
    pub seconds: Option<f64>,
}

/// How large a batch may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Items.
    pub items: usize,
    /// Bytes of the body's items. No limit is documented; what is documented to fit in an item
    /// (images of 32 MB) makes whole batches of gigabytes, which no call would get through.
    pub bytes: usize,
    /// Seconds of video.
    pub seconds: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { items: MAX_REQUESTS, bytes: 48 << 20, seconds: MAX_HOURS * 3600.0 }
    }
}

/// How many items there are beside those at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// Nobody knows; one at least.
    Unknown,
    /// About so many.
    Known(u64),
    /// None.
    Nothing,
}

/// How many of the items at hand make the next batch, if it can be said already. Batches
/// are about equal: 2,500 items make three of 834, 833 and 833, not two of 1,000 and one of
/// 500.
#[must_use]
pub fn next_batch(
    at_hand: usize,
    weights: impl IntoIterator<Item = Weight>,
    left: Left,
    limits: &Limits,
) -> Option<usize> {
    let most = limits.items.max(1);
    let wanted = match left {
        Left::Nothing => share(at_hand, most),
        Left::Known(rest) => share(at_hand.saturating_add(usize::try_from(rest).unwrap_or(usize::MAX)), most),
        // With two batches at hand the rest can still be shared out evenly.
        Left::Unknown if at_hand >= most * 2 => most,
        Left::Unknown => return None,
    };
    if wanted == 0 || at_hand < wanted {
        return None;
    }
    Some(fitting(weights, wanted, limits))
}

/// Items of one of the batches if all of them are about equal.
fn share(items: usize, most: usize) -> usize {
    if items == 0 { 0 } else { items.div_ceil(items.div_ceil(most)) }
}

/// As many of the first items as fit; at least one, since a single item that is too large
/// is the platform's to judge.
fn fitting(weights: impl IntoIterator<Item = Weight>, wanted: usize, limits: &Limits) -> usize {
    let (mut count, mut bytes, mut seconds) = (0, 0_usize, 0.0);
    for weight in weights.into_iter().take(wanted) {
        bytes = bytes.saturating_add(weight.bytes + 1);
        seconds += weight.seconds.unwrap_or_default();
        if count > 0 && (bytes > limits.bytes || seconds > limits.seconds) {
            break;
        }
        count += 1;
    }
    count
}
