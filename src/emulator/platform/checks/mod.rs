//! What a request to create a batch has to fulfill. The first violation is reported.

mod definitions;
mod fields;
mod format;
mod images;
mod items;
mod order;
mod overrides;
pub(super) mod path;
mod prompt;
mod schema;
mod segment_fields;
mod timestamps;

pub(super) use order::{Order, OrderedItem, check_order};
