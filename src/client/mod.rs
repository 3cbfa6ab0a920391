//! The verbs of the platform's batch API.

mod answer;
mod batches;
mod closing;
mod config;
mod core;
mod create;
mod document;
mod identifier;
mod journal;
mod ledger;
mod line;
mod options;
mod pager;
mod reconcile;
mod refusal;
mod related;
mod results;
mod resume;
mod seen;
mod send;
mod survey;

pub use answer::{Answer, Meta};
pub use batches::{Client, Listing};
pub use closing::Closing;
pub use config::{Config, DEFAULT_BASE_URL, DEFAULT_MAX_RETRIES, Given};
pub use identifier::check_identifier;
pub use journal::{Journal, Level, Note};
pub use options::{CallOptions, OnMalformed};
pub use pager::{Page, Place, next_page};
pub use results::{ResultsStream, Step};
pub use survey::{Survey, Surveyed};
