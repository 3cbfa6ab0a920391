//! What the platform writes down for itself.

use jiff::Timestamp;

use super::course::{Batch, BatchStatus, ItemState};
use crate::emulator::stats::Stats;

/// Books with every status in them, all at zero.
pub(super) fn open_books() -> Stats {
    let mut books = Stats::default();
    books.batches.extend(BatchStatus::ALL.map(|status| (status.word().to_owned(), 0)));
    books.items.extend(ItemState::WORDS.map(|word| (word.to_owned(), 0)));
    books
}

/// Adds a batch as it is at an instant.
pub(super) fn enter_batch(books: &mut Stats, batch: &Batch, at: Timestamp) {
    *books.batches.entry(batch.status(at).word().to_owned()).or_default() += 1;
    for (word, count) in ItemState::WORDS.into_iter().zip(batch.count_items(at)) {
        *books.items.entry(word.to_owned()).or_default() += count;
    }
    for item in &batch.record.items {
        if let ItemState::Ready(_) = batch.item_state(item, at) {
            let (input, output) = batch.record.tokens(item);
            books.items_billed += 1;
            books.seconds_billed += (item.window.1 - item.window.0) * f64::from(item.definitions);
            books.input_tokens += input;
            books.output_tokens += output;
        }
    }
}
