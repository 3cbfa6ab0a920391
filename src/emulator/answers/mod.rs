//! Results made from a seed: prose, JSON that fits a schema, segments with metadata.

mod ask;
mod fields;
mod guesses;
mod heights;
mod numbers;
mod pattern;
mod prose;
mod schema;
mod segments;
mod strings;
mod timeline;
mod times;
mod tokens;
mod words;

pub use ask::{Answer, Ask, Mode, answer};
