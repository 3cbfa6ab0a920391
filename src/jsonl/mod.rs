//! JSON Lines: bytes in, rows out.

mod cursor;
mod marks;
mod plain;
mod row;
mod splitter;
mod text;

pub use plain::{PlainData, PlainError, PlainReader, PlainRow, PlainUsage};
pub use row::decode_row;
pub use splitter::{Line, Splitter};
