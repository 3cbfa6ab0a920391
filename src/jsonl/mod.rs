//! JSON Lines: bytes in, rows out.

mod row;
mod splitter;

pub use row::decode_row;
pub use splitter::{Line, Splitter};
