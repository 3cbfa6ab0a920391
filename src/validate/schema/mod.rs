//! JSON schemas, within the platform's limits.

mod keywords;
mod properties;
mod shapes;
mod types;
mod walk;

pub(super) use walk::check;
