//! One function per endpoint.

use std::sync::{Arc, PoisonError, RwLock};

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::answer::find_request_id;
use super::identifier::check_identifier;
use super::send::{Call, exchange, open};
use super::{Answer, CallOptions, Closing, Config, Meta, Page, ResultsStream};
use crate::error::{Error, Kind, UnexpectedBody, excerpt};
use crate::models::{
    AnalyzeBatchStatusResponse, BatchPage, CreateAnalyzeBatchRequest, CreateAnalyzeBatchResponse,
};
use crate::retry::Verb;
use crate::transport::{Method, Transport, find_header};

const PATH: [&str; 2] = ["analyze", "batches"];

/// A client of the batch API. Clones share connections.
#[derive(Debug, Clone)]
pub struct Client {
    core: Arc<Core>,
}

/// What clones and streams of one client share.
#[derive(Debug)]
pub(super) struct Core {
    config: Config,
    transport: RwLock<Option<Arc<Transport>>>,
    closing: Closing,
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

impl Core {
    /// Runs what needs the client open; closing it ends the waiting.
    pub(super) async fn while_open<T>(
        &self,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        tokio::select! {
            biased;
            () = self.closing.wait() => Err(Kind::Closed.into()),
            outcome = work => outcome,
        }
    }

    fn transport(&self) -> Result<Arc<Transport>, Error> {
        let transport = self.transport.read().unwrap_or_else(PoisonError::into_inner);
        transport.clone().ok_or_else(|| Kind::Closed.into())
    }
}

impl Client {
    /// Makes a client. No connection is made yet.
    pub fn new(config: Config) -> Result<Self, Error> {
        let transport = RwLock::new(Some(Arc::new(Transport::new(&config.transport)?)));
        Ok(Self { core: Arc::new(Core { config, transport, closing: Closing::default() }) })
    }

    /// The settings.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.core.config
    }

    /// Lets the connections go. Calls under way, streams still open and later
    /// calls fail with [`Kind::Closed`].
    pub fn close(&self) {
        self.core.closing.ask();
        self.core.transport.write().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// True after [`Client::close`].
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.core.closing.is_asked()
    }

    /// Creates a batch.
    pub async fn create(
        &self,
        request: &CreateAnalyzeBatchRequest,
        options: &CallOptions,
    ) -> Result<Answer<CreateAnalyzeBatchResponse>, Error> {
        let body =
            serde_json::to_vec(request).map_err(|error| Error::invalid("requests", error.to_string()))?;
        self.ask(Call {
            verb: Verb::Create,
            method: Method::Post,
            path: &PATH,
            query: Vec::new(),
            body: Some(body.into()),
            options,
        })
        .await
    }

    /// Lists batches, newest first, one page at a time.
    pub async fn list(&self, listing: &Listing, options: &CallOptions) -> Result<Answer<Page>, Error> {
        let page = listing.page.unwrap_or(1);
        let mut query = vec![("page".to_owned(), page.to_string())];
        query.extend(listing.page_limit.map(|limit| ("page_limit".to_owned(), limit.to_string())));
        query.extend(listing.status.iter().map(|status| ("status".to_owned(), status.clone())));
        query.extend(listing.analysis_mode.iter().map(|mode| ("analysis_mode".to_owned(), mode.clone())));
        let call = Call { verb: Verb::List, method: Method::Get, path: &PATH, query, body: None, options };
        let answer: Answer<BatchPage> = self.ask(call).await?;
        Ok(answer.map(|body| Page::new(page, body)))
    }

    /// Reads the state of a batch.
    pub async fn retrieve(
        &self,
        batch_id: &str,
        options: &CallOptions,
    ) -> Result<Answer<AnalyzeBatchStatusResponse>, Error> {
        let path = [PATH[0], PATH[1], check_identifier("batch_id", batch_id)?];
        self.ask(Call {
            verb: Verb::Retrieve,
            method: Method::Get,
            path: &path,
            query: Vec::new(),
            body: None,
            options,
        })
        .await
    }

    /// Opens the results of a batch.
    pub async fn results(&self, batch_id: &str, options: &CallOptions) -> Result<ResultsStream, Error> {
        let path = [PATH[0], PATH[1], check_identifier("batch_id", batch_id)?, "results"];
        let call = Call {
            verb: Verb::Results,
            method: Method::Get,
            path: &path,
            query: Vec::new(),
            body: None,
            options,
        };
        let core = &self.core;
        let accepted = core.while_open(open(&core.transport()?, &core.config, &call)).await?;
        Ok(ResultsStream::new(Arc::clone(&self.core), accepted))
    }

    /// Asks for a batch to be canceled.
    pub async fn cancel(
        &self,
        batch_id: &str,
        options: &CallOptions,
    ) -> Result<Answer<AnalyzeBatchStatusResponse>, Error> {
        let path = [PATH[0], PATH[1], check_identifier("batch_id", batch_id)?, "cancel"];
        self.ask(Call {
            verb: Verb::Cancel,
            method: Method::Post,
            path: &path,
            query: Vec::new(),
            body: None,
            options,
        })
        .await
    }

    /// Deletes a batch that is terminal, and its tasks.
    pub async fn delete(&self, batch_id: &str, options: &CallOptions) -> Result<Answer<()>, Error> {
        let path = [PATH[0], PATH[1], check_identifier("batch_id", batch_id)?];
        let call = Call {
            verb: Verb::Delete,
            method: Method::Delete,
            path: &path,
            query: Vec::new(),
            body: None,
            options,
        };
        let (meta, _) = self.exchange(&call).await?;
        Ok(Answer { value: (), meta })
    }

    async fn exchange(&self, call: &Call<'_>) -> Result<(Meta, Bytes), Error> {
        let core = &self.core;
        core.while_open(exchange(&core.transport()?, &core.config, call)).await
    }

    async fn ask<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<Answer<T>, Error> {
        let (meta, bytes) = self.exchange(&call).await?;
        let value = decode(&meta, &bytes).map_err(|error| error.after(meta.attempts, meta.elapsed))?;
        Ok(Answer { value, meta })
    }
}

fn decode<T: DeserializeOwned>(meta: &Meta, bytes: &Bytes) -> Result<T, Error> {
    serde_json::from_slice(bytes).map_err(|error| {
        let reason = if error.is_data() {
            format!("its JSON is not what was asked for ({error})")
        } else {
            format!("its body is not JSON ({error})")
        };
        Kind::UnexpectedBody(UnexpectedBody {
            status: meta.status,
            content_type: find_header(&meta.headers, "content-type").map(str::to_owned),
            reason,
            excerpt: excerpt(bytes),
            request_id: find_request_id(&meta.headers),
        })
        .into()
    })
}
