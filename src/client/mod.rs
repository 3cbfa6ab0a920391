//! The verbs of the platform's batch API.

mod answer;
mod batches;
mod closing;
mod config;
mod identifier;
mod options;
mod pager;
mod results;
mod send;

pub use answer::{Answer, Meta};
pub use batches::{Client, Listing};
pub use closing::Closing;
pub use config::{Config, DEFAULT_BASE_URL, DEFAULT_MAX_RETRIES, Given};
pub use identifier::check_identifier;
pub use options::CallOptions;
pub use pager::{Page, next_page};
pub use results::ResultsStream;
