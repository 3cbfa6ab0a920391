//! The body of an answer, as it arrives.

use std::mem;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::time::Instant;

use super::encoding::{Decoder, Fault};
use super::pieces::Pieces;
use crate::error::{Error, Kind, TimeLimit, UnexpectedBody};

/// As much of an encoded body is decoded at once: gzip can make a thousand
/// bytes of one, and what it makes is held in memory.
const ENCODED_PIECE: usize = 8 * 1024;

/// A body that is being received.
#[derive(Debug)]
pub struct Body {
    pieces: Pieces,
    origin: Origin,
    decoder: Decoder,
    /// Received and not decoded yet.
    encoded: Bytes,
    read_limit: Duration,
    /// Silence that was already waited for.
    waited: Duration,
    /// Waiting that is allowed from one progress to the next.
    patience: Duration,
    /// Waiting since the last progress.
    waited_in_all: Duration,
    received: u64,
    /// No more than this is received, decoded or not.
    most: u64,
    /// A fault that is told after what came before it.
    fault: Option<Error>,
    ended: bool,
}

/// What an error tells about the answer.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    pub(super) status: u16,
    pub(super) content_type: Option<String>,
    pub(super) request_id: Option<String>,
}

impl Origin {
    pub(super) fn unexpected(&self, reason: String) -> Error {
        Kind::UnexpectedBody(UnexpectedBody {
            status: self.status,
            content_type: self.content_type.clone(),
            reason,
            excerpt: String::new(),
            request_id: self.request_id.clone(),
        })
        .into()
    }
}

impl Body {
    pub(super) fn new(
        response: reqwest::Response,
        origin: Origin,
        decoder: Decoder,
        read_limit: Duration,
    ) -> Self {
        Self {
            pieces: Pieces::Direct(Box::new(response)),
            origin,
            decoder,
            encoded: Bytes::new(),
            read_limit,
            waited: Duration::ZERO,
            patience: Duration::MAX,
            waited_in_all: Duration::ZERO,
            received: 0,
            most: u64::MAX,
            fault: None,
            ended: false,
        }
    }

    /// Allows this much waiting from one [`progressed`](Self::progressed) to the
    /// next, so that an answer which drips does not take for ever.
    pub fn be_patient_for(&mut self, patience: Duration) {
        self.patience = patience;
    }

    /// What has arrived is of use.
    pub fn progressed(&mut self) {
        self.waited_in_all = Duration::ZERO;
    }

    /// Has a task receive the body before it is asked for: whoever asks seldom, and
    /// wakes up slowly, then finds more at once. What waits to be asked for is bounded.
    pub fn read_ahead(&mut self) {
        self.pieces.read_ahead();
    }

    /// The next piece, or nothing at the end. Dropping the future loses nothing.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        loop {
            if let Some(arrived) = self.arrived() {
                return arrived;
            }
            let piece = self.receive().await?;
            self.take(piece);
            let decoded = self.decode_next();
            if !decoded.is_empty() {
                return Ok(Some(decoded));
            }
        }
    }

    /// The same, if there is no need to wait for it.
    pub fn arrived(&mut self) -> Option<Result<Option<Bytes>, Error>> {
        loop {
            if let Some(fault) = self.fault.take() {
                self.ended = true;
                return Some(Err(fault));
            }
            if self.ended || self.received > self.most {
                return Some(Ok(None));
            }
            if self.encoded.is_empty() {
                match self.pieces.arrived()? {
                    Ok(piece) => self.take(piece),
                    Err(cause) => return Some(Err(self.interrupted(cause))),
                }
            }
            let decoded = self.decode_next();
            if !decoded.is_empty() {
                return Some(Ok(Some(decoded)));
            }
        }
    }

    /// The whole body, if it has no more than `limit` bytes.
    pub async fn read_whole(&mut self, limit: usize) -> Result<Bytes, Error> {
        let whole = self.read_beginning(limit.saturating_add(1)).await?;
        if whole.len() > limit || !self.ended {
            return Err(self.origin.unexpected(format!("its body is longer than {limit} bytes")));
        }
        Ok(whole)
    }

    /// The first `limit` bytes of the body; the rest is not received.
    pub async fn read_beginning(&mut self, limit: usize) -> Result<Bytes, Error> {
        let mut beginning = BytesMut::new();
        // Encoded bytes count too: any number of them may make nothing.
        self.most = limit as u64;
        while let Some(chunk) = self.chunk().await? {
            beginning.extend_from_slice(&chunk);
            if beginning.len() >= limit {
                beginning.truncate(limit);
                break;
            }
        }
        Ok(beginning.freeze())
    }

    fn take(&mut self, piece: Option<Bytes>) {
        self.waited = Duration::ZERO;
        if let Some(piece) = piece {
            self.received += piece.len() as u64;
            self.encoded = piece;
        } else {
            self.ended = true;
            self.fault = self.decoder.finish().map(|fault| self.tell_fault(fault));
        }
    }

    /// Some of what has arrived; there may be nothing in it.
    fn decode_next(&mut self) -> Bytes {
        if self.encoded.is_empty() || matches!(self.decoder, Decoder::Identity) {
            return mem::take(&mut self.encoded);
        }
        let piece = self.encoded.split_to(self.encoded.len().min(ENCODED_PIECE));
        let (decoded, fault) = self.decoder.decode(&piece);
        self.fault = fault.map(|fault| self.tell_fault(fault));
        decoded
    }

    async fn receive(&mut self) -> Result<Option<Bytes>, Error> {
        let left =
            self.read_limit.saturating_sub(self.waited).min(self.patience.saturating_sub(self.waited_in_all));
        let waiting = Waiting {
            since: Instant::now(),
            waited: &mut self.waited,
            waited_in_all: &mut self.waited_in_all,
        };
        let outcome = tokio::time::timeout(left, self.pieces.next()).await;
        drop(waiting);
        match outcome {
            Err(_) if self.waited < self.read_limit => {
                Err(Kind::Timeout { limit: TimeLimit::Total, after: self.patience }.into())
            }
            Err(_) => Err(Kind::Timeout { limit: TimeLimit::Read, after: self.read_limit }.into()),
            Ok(Err(cause)) => Err(self.interrupted(cause)),
            Ok(Ok(piece)) => Ok(piece),
        }
    }

    fn interrupted(&self, cause: String) -> Error {
        Kind::Interrupted { cause, received: self.received }.into()
    }

    fn tell_fault(&self, fault: Fault) -> Error {
        match fault {
            Fault::Cut => self.interrupted("its gzip encoding is cut off".to_owned()),
            Fault::Damaged(how) => self.origin.unexpected(format!("its gzip encoding is damaged: {how}")),
        }
    }
}

/// Counts the time that is waited, also if the waiting is called off: whoever
/// asks again and again does not wait for ever.
struct Waiting<'a> {
    since: Instant,
    waited: &'a mut Duration,
    waited_in_all: &'a mut Duration,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let elapsed = self.since.elapsed();
        *self.waited += elapsed;
        *self.waited_in_all += elapsed;
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
