//! Results as columns. The one folder here that knows Arrow.

mod gathered;
mod pulled;
mod table;

pub use gathered::Gathered;
pub use table::{ResultColumns, make_columns};
