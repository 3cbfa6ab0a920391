//! When each item starts and ends, and whether it fails.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use jiff::Timestamp;

use super::record::Item;
use super::spans::is_at_most;
use crate::emulator::asset::AnalysisError;
use crate::emulator::draws::{draw, fraction};
use crate::emulator::instants;
use crate::emulator::options::Options;

/// The longest part of a video one item may cover, in seconds.
const LONGEST_WINDOW: f64 = 2.0 * 3600.0;
/// The longest video, in seconds.
const LONGEST_VIDEO: f64 = 4.0 * 3600.0;

const DURATION: u64 = 1;
const FAILURE: u64 = 2;

/// Gives every item its course. `number` is the batch's own and keeps its draws apart from those of others.
pub(super) fn plan_items(items: &mut [Item], opens: Timestamp, number: u64, options: &Options) {
    let mut slots: BinaryHeap<Reverse<Timestamp>> = BinaryHeap::new();
    let concurrency = usize::try_from(options.concurrency).unwrap_or(usize::MAX).max(1);
    for (index, item) in (0_u64..).zip(items.iter_mut()) {
        if let Some(error) = refuse_length(item) {
            (item.starts, item.ends, item.failure) = (opens, opens, Some(error));
            continue;
        }
        let full = slots.len() >= concurrency;
        let free = if full { slots.pop().map(|Reverse(free)| free) } else { None };
        item.starts = free.unwrap_or(opens);
        let (shortest, longest) = options.item_seconds;
        let share = fraction(draw(options.seed, &[number, index, DURATION]));
        item.ends = instants::after_seconds(item.starts, shortest + (longest - shortest) * share);
        slots.push(Reverse(item.ends));
        let fails = fraction(draw(options.seed, &[number, index, FAILURE])) < options.failure_rate;
        if fails && item.failure.is_none() {
            item.failure = Some(AnalysisError {
                code: Some("asset_unavailable".to_owned()),
                message: format!("The video of the asset {} could not be read.", item.asset),
            });
        }
    }
}

fn refuse_length(item: &Item) -> Option<AnalysisError> {
    let window = item.window.1 - item.window.0;
    if is_at_most(item.window.0, item.window.1, LONGEST_WINDOW) && item.video_duration <= LONGEST_VIDEO {
        return None;
    }
    Some(AnalysisError {
        code: Some("video_duration_too_long".to_owned()),
        message: format!(
            "{window} seconds of a video of {} seconds were asked for; up to {LONGEST_WINDOW} of up to {LONGEST_VIDEO} can be analyzed.",
            item.video_duration
        ),
    })
}
