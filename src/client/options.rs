//! Settings of a single call.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::transport::Timeouts;

/// Settings of a single call, over those of the client.
#[derive(Debug, Clone, Default)]
pub struct CallOptions {
    /// Limit for silence and for the whole call.
    pub timeout: Option<Duration>,
    /// How often the call is repeated, at most.
    pub max_retries: Option<u32>,
    /// Headers that win over all others.
    pub headers: Vec<(String, String)>,
    /// Added to the query.
    pub query: Vec<(String, String)>,
    /// Merged into the JSON body; makes one where the call has none.
    pub body: Map<String, Value>,
}

impl CallOptions {
    pub(super) fn timeouts(&self, default: Timeouts) -> Timeouts {
        match self.timeout {
            Some(limit) => Timeouts { connect: default.connect, ..Timeouts::all(limit) },
            None => default,
        }
    }
}
