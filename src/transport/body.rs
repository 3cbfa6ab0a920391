//! The body of an answer, as it arrives.

use std::time::Duration;

use bytes::{Bytes, BytesMut};

use crate::error::{Error, Kind, TimeLimit};

/// A body that is being received.
#[derive(Debug)]
pub struct Body {
    response: reqwest::Response,
    read_limit: Duration,
    received: u64,
}

impl Body {
    pub(super) fn new(response: reqwest::Response, read_limit: Duration) -> Self {
        Self { response, read_limit, received: 0 }
    }

    /// The next piece, or nothing at the end. Dropping the future loses nothing.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        match tokio::time::timeout(self.read_limit, self.response.chunk()).await {
            Err(_) => Err(Kind::Timeout { limit: TimeLimit::Read, after: self.read_limit }.into()),
            Ok(Err(error)) => Err(self.classify(error)),
            Ok(Ok(chunk)) => {
                self.received += chunk.as_ref().map_or(0, |chunk| chunk.len() as u64);
                Ok(chunk)
            }
        }
    }

    /// The whole body, or its first `limit` bytes.
    pub async fn read(&mut self, limit: usize) -> Result<Bytes, Error> {
        let mut whole = BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            whole.extend_from_slice(&chunk);
            if whole.len() >= limit {
                whole.truncate(limit);
                break;
            }
        }
        Ok(whole.freeze())
    }

    fn classify(&self, error: reqwest::Error) -> Error {
        Kind::Interrupted { cause: tell_causes(&error.without_url()), received: self.received }.into()
    }
}

/// An error with all that caused it; reqwest's own message hides the rest.
pub(super) fn tell_causes(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_told = cause.to_string();
        if !told.contains(&cause_told) {
            told = format!("{told}: {cause_told}");
        }
        source = cause.source();
    }
    told
}
