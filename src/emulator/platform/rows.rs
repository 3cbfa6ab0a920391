//! The rows of a batch's results, one at a time.

use std::vec::IntoIter;

use jiff::Timestamp;

use super::bodies::describe_row;
use super::course::Batch;
use crate::emulator::draws::draw;
use crate::emulator::options::RowOrder;

const ORDER: u64 = 3;

/// Rows of the batch as it was at one instant, made when they are asked for.
pub(crate) struct RowSource {
    batch: Batch,
    at: Timestamp,
    order: IntoIter<usize>,
}

impl RowSource {
    pub(super) fn new(batch: Batch, at: Timestamp) -> Self {
        let items = &batch.record.items;
        let mut order: Vec<usize> = (0..items.len()).collect();
        match batch.record.options.row_order {
            RowOrder::Submission => {}
            RowOrder::Completion => order.sort_by_cached_key(|index| {
                let state = items.get(*index).map(|item| batch.item_state(item, at));
                let finished = state.and_then(|state| state.finished_at());
                (finished.is_none(), finished)
            }),
            RowOrder::Shuffled => order.sort_by_cached_key(|index| {
                let index = u64::try_from(*index).unwrap_or(u64::MAX);
                draw(batch.record.options.seed, &[batch.record.number, index, ORDER])
            }),
        }
        Self { batch, at, order: order.into_iter() }
    }
}

impl Iterator for RowSource {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let item = self.batch.record.items.get(self.order.next()?)?;
        let mut row = describe_row(&self.batch, item, self.at).to_string().into_bytes();
        row.push(b'\n');
        Some(row)
    }
}
