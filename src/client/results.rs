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

/// Rows of a batch's results. Holds no more than one piece of the body and one
/// unfinished row, whatever the size of the results.
#[derive(Debug)]
pub struct ResultsStream {
    core: Arc<Core>,
    meta: Meta,
    body: Option<Body>,
    splitter: Splitter,
    rows: u64,
}

impl ResultsStream {
    pub(super) fn new(core: Arc<Core>, accepted: Accepted) -> Self {
        Self { core, meta: accepted.meta, body: Some(accepted.body), splitter: Splitter::new(), rows: 0 }
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
        let Some(body) = &mut self.body else { return Ok(false) };
        if self.core.is_closed() {
            self.close();
            return Err(Kind::Closed.into());
        }
        match body.chunk().await {
            Ok(Some(chunk)) => {
                self.splitter.push(&chunk);
                Ok(true)
            }
            Ok(None) => self.end(),
            Err(error) => {
                self.body = None;
                Err(error)
            }
        }
    }

    /// Ends the stream and lets its connection go.
    pub fn close(&mut self) {
        self.body = None;
        self.splitter = Splitter::new();
    }

    /// True once nothing more can come.
    #[must_use]
    pub fn is_ended(&self) -> bool {
        self.body.is_none()
    }

    fn end(&mut self) -> Result<bool, Error> {
        self.body = None;
        self.splitter.finish();
        if self.rows == 0 && self.splitter.pending() == 0 {
            return Err(Kind::UnexpectedBody(UnexpectedBody {
                status: self.meta.status,
                content_type: find_header(&self.meta.headers, "content-type").map(str::to_owned),
                reason: "the results hold no row, though a batch has at least one item".to_owned(),
                excerpt: String::new(),
                request_id: find_request_id(&self.meta.headers),
            })
            .into());
        }
        Ok(true)
    }
}
