//! Attempts at an item.

use super::outcome::Ended;

/// One attempt at an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The batch; nothing if the item never came into one.
    pub batch_id: Option<String>,
    /// The platform's task; nothing if there is none, or its row cannot be read.
    pub task_id: Option<String>,
    /// How it ended.
    pub ended: Ended,
    /// The platform's word for why.
    pub code: Option<String>,
}
