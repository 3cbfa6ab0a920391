//! Results for other programs: columns, JSON Lines and CSV.

mod builder;
mod cells;
mod csv;
mod extra;
mod lines;
mod requests;
mod schema;

pub use builder::{ColumnBuilder, MOST_BYTES, MOST_ROWS};
pub use csv::{write_csv, write_header};
pub use lines::write_lines;
pub use requests::{JoinedBuilder, Submitted};
pub use schema::{JOINED, RESULTS, joined_schema, result_schema};
