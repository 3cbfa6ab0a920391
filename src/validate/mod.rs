//! Every documented rule of creating a batch, checked before anything is sent.
//!
//! [`check`] reads a [`Draft`] and reports all that it finds at once. The rules
//! stand in one table, [`Rule`], each with its source. What the platform's
//! documentation does not say is at most a warning.

mod assets;
mod batch;
mod definitions;
mod draft;
mod durations;
mod fields;
mod findings;
mod format;
mod item;
mod limits;
mod media;
mod path;
mod placeholders;
mod prompt;
mod repeats;
mod rules;
mod schema;
mod settings;
mod sound;
mod times;
mod window;

pub use assets::{Assets, find_assets};
pub use batch::check;
pub use draft::{Defaults, Draft};
pub use durations::Durations;
pub use rules::{Rule, Severity};
pub use sound::Sound;
