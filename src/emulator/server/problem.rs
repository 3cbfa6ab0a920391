//! What can go wrong before there is a request.

use std::io;

/// Why there is no request to answer.
#[derive(Debug)]
pub(super) enum Problem {
    /// The client sent something that is refused. The connection cannot be used after it.
    Refused(u16, &'static str),
    /// The client is gone.
    Gone,
}

impl From<io::Error> for Problem {
    fn from(_: io::Error) -> Self {
        Self::Gone
    }
}
