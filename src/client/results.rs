//! The results of a batch, as they arrive.

use std::sync::Arc;

use super::Meta;
use super::answer::find_request_id;
use super::batches::Core;
use super::send::Accepted;
use crate::error::{Error, Kind, UnexpectedBody};
use crate::jsonl::{Splitter, decode_row};
use crate::models::BatchResultItem;
use crate::transport::{Body, find_header};

/// As many bytes are taken at once, about; what is held in memory stays of that order.
const ENOUGH: usize = 64 * 1024;

/// Rows of a batch's results. Holds no more than one piece of the body and one
/// unfinished row, whatever the size of the results.
#[derive(Debug)]
pub struct ResultsStream {
    core: Arc<Core>,
    meta: Meta,
    body: Option<Body>,
    splitter: Splitter,
    rows: u64,
    /// What the body broke off with, until it is told.
    failure: Option<Error>,
    /// Whether the end has been told.
    concluded: bool,
}

impl ResultsStream {
    pub(super) fn new(core: Arc<Core>, accepted: Accepted) -> Self {
        Self {
            core,
            meta: accepted.meta,
            body: Some(accepted.body),
            splitter: Splitter::new(),
            rows: 0,
            failure: None,
            concluded: false,
        }
    }

    /// How the answer came.
    #[must_use]
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The next row; nothing at the end. After a row that cannot be read, the
    /// rows after it can still be had.
    pub async fn next(&mut self) -> Option<Result<BatchResultItem, Error>> {
        loop {
            if let Some(row) = self.next_arrived() {
                return Some(row);
            }
            match self.receive().await {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// The next row that has already arrived, without waiting.
    pub fn next_arrived(&mut self) -> Option<Result<BatchResultItem, Error>> {
        let line = self.splitter.next_line()?;
        self.rows += 1;
        Some(decode_row(line))
    }

    /// Waits for more of the body; false at its end. Dropping the future loses
    /// nothing. After an error there is no more to come.
    pub async fn receive(&mut self) -> Result<bool, Error> {
        let Some(body) = &mut self.body else { return self.conclude() };
        let mut chunk = self.core.while_open(body.chunk()).await;
        let mut taken = 0;
        loop {
            match chunk {
                Ok(Some(bytes)) => {
                    self.splitter.push(&bytes);
                    taken += bytes.len();
                }
                Ok(None) => return Ok(self.end(None)),
                Err(error) => return Ok(self.end(Some(error))),
            }
            // Small pieces that have arrived meanwhile are taken along: waking up for each costs more
            // than reading it.
            chunk = tokio::select! {
                biased;
                chunk = body.chunk(), if taken < ENOUGH => chunk,
                () = std::future::ready(()) => return Ok(true),
            };
        }
    }

    /// Ends the stream and lets its connection go.
    pub fn close(&mut self) {
        self.body = None;
        self.splitter = Splitter::new();
        self.failure = None;
        self.concluded = true;
    }

    /// True once nothing more can come.
    #[must_use]
    pub fn is_ended(&self) -> bool {
        self.concluded
    }

    /// The body is over. What it broke off with is told after the rows that came before.
    fn end(&mut self, failure: Option<Error>) -> bool {
        self.body = None;
        if failure.is_none() {
            self.splitter.finish();
        }
        self.failure = failure;
        true
    }

    fn conclude(&mut self) -> Result<bool, Error> {
        if self.concluded {
            return Ok(false);
        }
        if let Some(failure) = self.failure.take() {
            self.concluded = true;
            return Err(failure);
        }
        if self.splitter.pending() > 0 {
            // Somebody else received it, and nobody has taken it yet.
            return Ok(true);
        }
        self.concluded = true;
        if self.rows > 0 {
            return Ok(false);
        }
        Err(Kind::UnexpectedBody(UnexpectedBody {
            status: self.meta.status,
            content_type: find_header(&self.meta.headers, "content-type").map(str::to_owned),
            reason: "the results hold no row, though a batch has at least one item".to_owned(),
            excerpt: String::new(),
            request_id: find_request_id(&self.meta.headers),
        })
        .into())
    }
}
