//! What rows are made into, by whoever asks for them.

use crate::jsonl::PlainRow;
use crate::models::BatchResultItem;

/// Makes something of every row that is handed over.
pub trait Make {
    /// What it makes.
    type Made;

    /// Makes it of a row that is as documented, whose texts are still where they arrived.
    fn plain(&mut self, row: &PlainRow<'_>) -> Self::Made;

    /// Makes it of any other row.
    fn item(&mut self, item: Box<BatchResultItem>) -> Self::Made;
}

/// Makes items.
#[derive(Debug, Clone, Copy, Default)]
pub struct Items;

impl Make for Items {
    type Made = Box<BatchResultItem>;

    fn plain(&mut self, row: &PlainRow<'_>) -> Self::Made {
        Box::new((*row).into())
    }

    fn item(&mut self, item: Box<BatchResultItem>) -> Self::Made {
        item
    }
}
