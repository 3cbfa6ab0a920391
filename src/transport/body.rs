//! The body of an answer, as it arrives.

use std::time::Duration;

use bytes::{Bytes, BytesMut};

use super::encoding::Decoder;
use crate::error::{Error, Kind, TimeLimit};

/// A body that is being received.
#[derive(Debug)]
pub struct Body {
    response: reqwest::Response,
    decoder: Decoder,
    read_limit: Duration,
    received: u64,
    /// A fault that is told after what came before it.
    fault: Option<Error>,
    ended: bool,
}

impl Body {
    pub(super) fn new(response: reqwest::Response, decoder: Decoder, read_limit: Duration) -> Self {
        Self { response, decoder, read_limit, received: 0, fault: None, ended: false }
    }

    /// The next piece, or nothing at the end. Dropping the future loses nothing.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        loop {
            if let Some(fault) = self.fault.take() {
                self.ended = true;
                return Err(fault);
            }
            if self.ended {
                return Ok(None);
            }
            let piece = self.receive().await?;
            self.ended = piece.is_none();
            let (decoded, fault) = match piece {
                Some(piece) => self.decoder.decode(piece),
                None => self.decoder.finish(),
            };
            self.fault = fault.map(|fault| self.interrupted(&fault));
            if !decoded.is_empty() {
                return Ok(Some(decoded));
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

    async fn receive(&mut self) -> Result<Option<Bytes>, Error> {
        match tokio::time::timeout(self.read_limit, self.response.chunk()).await {
            Err(_) => Err(Kind::Timeout { limit: TimeLimit::Read, after: self.read_limit }.into()),
            Ok(Err(error)) => Err(self.interrupted(&error.without_url())),
            Ok(Ok(piece)) => {
                self.received += piece.as_ref().map_or(0, |piece| piece.len() as u64);
                Ok(piece)
            }
        }
    }

    fn interrupted(&self, error: &dyn std::error::Error) -> Error {
        Kind::Interrupted { cause: tell_causes(error), received: self.received }.into()
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
