//! One function per endpoint.

use std::sync::Arc;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::core::Core;
use super::identifier::check_identifier;
use super::send::{Accepted, Call, Halt, repeat};
use super::{Answer, CallOptions, Config, Meta, Page, Prepared, ResultsStream};
use crate::error::{Error, Kind, UnexpectedBody, excerpt};
use crate::models::{
    AnalyzeBatchStatusResponse, BatchPage, CreateAnalyzeBatchRequest, CreateAnalyzeBatchResponse,
};
use crate::retry::Verb;
use crate::transport::{find_header, find_request_id};

pub(super) const PATH: [&str; 2] = ["analyze", "batches"];

/// Longer answers than this are refused instead of held in memory. A page of 50
/// batches, or 1,000 created items, are far below 1 MiB.
const LONGEST_ANSWER: usize = 64 << 20;

/// A client of the batch API. Clones share connections.
#[derive(Debug, Clone)]
pub struct Client {
    pub(super) core: Arc<Core>,
}

/// Which batches to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// Number of the page, from 1 (the first if not given).
    pub page: Option<u32>,
    /// Batches on a page, at most 50 (the platform's default is 10).
    pub page_limit: Option<u32>,
    /// Only batches in one of these states; all if empty.
    pub status: Vec<String>,
    /// Only batches in one of these modes; all if empty.
    pub analysis_mode: Vec<String>,
}

impl Client {
    /// Makes a client. No connection is made yet.
    pub fn new(config: Config) -> Result<Self, Error> {
        Ok(Self { core: Arc::new(Core::new(config)?) })
    }

    /// The settings.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.core.config
    }

    /// Lets the connections go. Calls under way, streams still open and later
    /// calls fail with [`Kind::Closed`].
    pub fn close(&self) {
        self.core.close();
    }

    /// True after [`Client::close`].
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.core.is_closed()
    }

    /// Creates a batch. After a failure that leaves open whether one was made,
    /// it looks for it instead of asking again.
    pub async fn create(
        &self,
        request: &CreateAnalyzeBatchRequest,
        options: &CallOptions,
    ) -> Result<Answer<CreateAnalyzeBatchResponse>, Error> {
        self.core.while_open(super::create::create(self, request, options)).await
    }

    /// Creates a batch whose request was prepared; it is held against no rules here.
    pub async fn create_prepared(
        &self,
        prepared: &Prepared,
        options: &CallOptions,
    ) -> Result<Answer<CreateAnalyzeBatchResponse>, Error> {
        self.core.while_open(super::create::send(self, prepared, options)).await
    }

    /// Lists batches, newest first, one page at a time.
    pub async fn list(&self, listing: &Listing, options: &CallOptions) -> Result<Answer<Page>, Error> {
        if options.query.iter().any(|(name, _)| name == "page") {
            let told = "a pager counts its pages itself: give `page` to `list` to begin with another";
            return Err(Error::invalid("additional_query_parameters.page", told));
        }
        let page = listing.page.unwrap_or(1);
        let mut call = Call::new(Verb::List, &PATH, options);
        call.query.push(("page".to_owned(), page.to_string()));
        call.query.extend(listing.page_limit.map(|limit| ("page_limit".to_owned(), limit.to_string())));
        call.query.extend(listing.status.iter().map(|status| ("status".to_owned(), status.clone())));
        call.query
            .extend(listing.analysis_mode.iter().map(|mode| ("analysis_mode".to_owned(), mode.clone())));
        let answer: Answer<BatchPage> = self.ask(&call).await?;
        for batch in &answer.value.data {
            self.core.ledger.note(&batch.batch_id, batch.total_items);
        }
        Ok(answer.map(|body| Page::new(page, body)))
    }

    /// Reads the state of a batch.
    pub async fn retrieve(
        &self,
        batch_id: &str,
        options: &CallOptions,
    ) -> Result<Answer<AnalyzeBatchStatusResponse>, Error> {
        let path = [PATH[0], PATH[1], check_identifier("batch_id", batch_id)?];
        self.ask_state(&Call::new(Verb::Retrieve, &path, options)).await
    }

    /// Opens the results of a batch.
    pub async fn results(&self, batch_id: &str, options: &CallOptions) -> Result<ResultsStream, Error> {
        ResultsStream::open(&self.core, batch_id, options).await
    }

    /// Asks for a batch to be canceled. If an attempt whose answer was lost may
    /// have done it already, the state is read instead.
    pub async fn cancel(
        &self,
        batch_id: &str,
        options: &CallOptions,
    ) -> Result<Answer<AnalyzeBatchStatusResponse>, Error> {
        let path = [PATH[0], PATH[1], check_identifier("batch_id", batch_id)?, "cancel"];
        match self.attempt(&Call::new(Verb::Cancel, &path, options)).await {
            Ok(answer) => Ok(answer),
            Err(Halt::ReadState) => self.retrieve(batch_id, options).await,
            Err(halt) => Err(halt.into_error()),
        }
    }

    /// Deletes a batch that is terminal, and its tasks.
    pub async fn delete(&self, batch_id: &str, options: &CallOptions) -> Result<Answer<()>, Error> {
        let path = [PATH[0], PATH[1], check_identifier("batch_id", batch_id)?];
        let call = Call::new(Verb::Delete, &path, options);
        let core = &self.core;
        match core.while_open(repeat(core, &call, receive_nothing)).await {
            Ok(meta) | Err(Halt::Done(meta)) => Ok(Answer { value: (), meta }),
            Err(halt) => Err(halt.into_error()),
        }
    }

    pub(super) async fn ask_state(
        &self,
        call: &Call<'_>,
    ) -> Result<Answer<AnalyzeBatchStatusResponse>, Error> {
        let answer: Answer<AnalyzeBatchStatusResponse> = self.ask(call).await?;
        self.core.ledger.note(&answer.value.batch_id, answer.value.total_items);
        Ok(answer)
    }

    pub(super) async fn ask<T: DeserializeOwned>(&self, call: &Call<'_>) -> Result<Answer<T>, Error> {
        self.attempt(call).await.map_err(Halt::into_error)
    }

    /// Makes a call whose answer is a JSON document.
    pub(super) async fn attempt<T: DeserializeOwned>(&self, call: &Call<'_>) -> Result<Answer<T>, Halt> {
        let core = &self.core;
        core.while_open(repeat(core, call, async |mut accepted: Accepted| {
            let bytes = accepted.body.read_whole(LONGEST_ANSWER).await?;
            let value = decode(&accepted.meta, &bytes)?;
            Ok(Answer { value, meta: accepted.meta })
        }))
        .await
    }
}

/// 204 is documented, 200 has been: both without a body. Anything else may be
/// somebody else's answer.
async fn receive_nothing(mut accepted: Accepted) -> Result<Meta, Error> {
    let bytes = accepted.body.read_beginning(1024).await?;
    if !matches!(accepted.meta.status, 200 | 204) || !bytes.trim_ascii().is_empty() {
        return Err(unexpected(&accepted.meta, "not with 204 and nothing else".to_owned(), &bytes));
    }
    Ok(accepted.meta)
}

fn decode<T: DeserializeOwned>(meta: &Meta, bytes: &Bytes) -> Result<T, Error> {
    serde_json::from_slice(bytes).map_err(|error| {
        let reason = if error.is_data() {
            format!("its JSON is not what was asked for ({error})")
        } else {
            format!("its body is not JSON ({error})")
        };
        unexpected(meta, reason, bytes)
    })
}

pub(super) fn unexpected(meta: &Meta, reason: String, bytes: &[u8]) -> Error {
    Kind::UnexpectedBody(UnexpectedBody {
        status: meta.status,
        content_type: find_header(&meta.headers, "content-type").map(str::to_owned),
        reason,
        excerpt: excerpt(bytes),
        request_id: find_request_id(&meta.headers),
    })
    .into()
}
