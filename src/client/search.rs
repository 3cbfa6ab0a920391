//! Looking for a batch by the items it was made of.

use std::time::Duration;

use jiff::Timestamp;

use super::{Answer, CallOptions, Client, Listing, Meta, OnMalformed};
use crate::error::Error;
use crate::models::{
    AnalyzeBatchStatusResponse, BatchResultItem, CreateAnalyzeBatchResponse, CreatedBatchItem, Nullable,
};
use crate::retry::http_date;
use crate::transport::find_header;

/// Clocks may differ by this much, and run on while answers travel.
const MARGIN: Duration = Duration::from_secs(60);

/// A listing is followed this far.
const MOST_PAGES: u32 = 10;

const PAGE_LIMIT: u32 = 50;

/// A batch that may have been created.
#[derive(Debug, Clone, Copy)]
pub struct Sought<'a> {
    /// Its model.
    pub model_name: &'a str,
    /// Its mode.
    pub analysis_mode: &'a str,
    /// Those of all its items, in order.
    pub custom_ids: &'a [Option<String>],
    /// How long ago it was asked for, at most.
    pub ago: Duration,
}

/// A batch, as its `create` would have told it.
pub type Found = Answer<CreateAnalyzeBatchResponse>;

/// What a look has found.
#[derive(Debug, Default)]
pub struct Findings {
    /// New batches of the same size, mode and model.
    pub candidates: Vec<AnalyzeBatchStatusResponse>,
    /// Those among them whose items go by the same `custom_id`s.
    pub matches: Vec<Found>,
}

pub(super) struct Search<'a> {
    pub client: &'a Client,
    pub sought: Sought<'a>,
    pub options: CallOptions,
}

impl Client {
    /// Looks once for a batch that may have been created. Those that are the outcome of
    /// a `create` of this client already are left out.
    pub async fn find_created(&self, sought: Sought<'_>, options: &CallOptions) -> Result<Findings, Error> {
        // A row that is left out would make it another batch.
        let options = CallOptions { on_malformed: Some(OnMalformed::Raise), ..options.clone() };
        Search { client: self, sought, options }.look().await
    }

    /// Remembers that a batch is the outcome of a `create`, so that it is not taken for that of
    /// another one.
    pub fn claim(&self, batch_id: &str, total_items: i64) {
        self.core.ledger.claim(batch_id, total_items);
    }
}

impl Search<'_> {
    /// One look.
    pub async fn look(&self) -> Result<Findings, Error> {
        let mut findings = Findings::default();
        for batch in self.list_candidates().await? {
            if let Some(found) = self.compare(&batch).await? {
                findings.matches.push(found);
            }
            findings.candidates.push(batch);
        }
        Ok(findings)
    }

    /// New batches of the same size, mode and model that are nobody's yet.
    async fn list_candidates(&self) -> Result<Vec<AnalyzeBatchStatusResponse>, Error> {
        let mut listing = Listing {
            page: Some(1),
            page_limit: Some(PAGE_LIMIT),
            analysis_mode: vec![self.sought.analysis_mode.to_owned()],
            ..Listing::default()
        };
        let mut candidates = Vec::new();
        for _ in 0..MOST_PAGES {
            let answer = self.client.list(&listing, &self.options).await?;
            let since = self.since(&answer.meta);
            let page = answer.value;
            let are_older = page.items.last().is_some_and(|batch| batch.created_at.0 < since);
            candidates.extend(
                page.items.into_iter().filter(|batch| batch.created_at.0 >= since && self.is_like(batch)),
            );
            listing.page = page.next;
            if are_older || listing.page.is_none() {
                break;
            }
        }
        Ok(candidates)
    }

    fn is_like(&self, batch: &AnalyzeBatchStatusResponse) -> bool {
        usize::try_from(batch.total_items) == Ok(self.sought.custom_ids.len())
            && batch.analysis_mode.as_str() == self.sought.analysis_mode
            && batch.model_name.as_str() == self.sought.model_name
            && !self.client.core.ledger.is_claimed(&batch.batch_id)
    }

    /// When the call began, by the platform's clock.
    fn since(&self, meta: &Meta) -> Timestamp {
        let now = find_header(&meta.headers, "date").and_then(http_date).unwrap_or_else(Timestamp::now);
        now.checked_sub(self.sought.ago).and_then(|began| began.checked_sub(MARGIN)).unwrap_or(now)
    }

    /// The outcome of the `create`, if the batch's items go by the same
    /// `custom_id`s. Without any there is nothing to go by.
    async fn compare(&self, batch: &AnalyzeBatchStatusResponse) -> Result<Option<Found>, Error> {
        if self.sought.custom_ids.iter().all(Option::is_none) {
            return Ok(None);
        }
        let mut stream = self.client.results(&batch.batch_id, &self.options).await?;
        let mut rows = Vec::new();
        while let Some(row) = stream.next().await {
            rows.push(row?);
        }
        let meta = stream.meta().clone();
        Ok(self.arrange(rows).map(|items| Answer {
            value: CreateAnalyzeBatchResponse {
                batch_id: batch.batch_id.clone(),
                status: batch.status.clone(),
                total_items: batch.total_items,
                created_at: batch.created_at,
                expires_at: batch.expires_at,
                items,
                extra: serde_json::Map::new(),
            },
            meta,
        }))
    }

    /// The rows as created items, in the order of the request; nothing if they
    /// are others.
    fn arrange(&self, mut rows: Vec<BatchResultItem>) -> Option<Vec<CreatedBatchItem>> {
        if rows.len() != self.sought.custom_ids.len() {
            return None;
        }
        let mut items = Vec::with_capacity(rows.len());
        for wanted in self.sought.custom_ids {
            let position = rows.iter().position(|row| row.custom_id.0 == *wanted)?;
            let row = rows.remove(position);
            items.push(CreatedBatchItem {
                task_id: row.task_id,
                custom_id: Nullable(row.custom_id.0),
                extra: serde_json::Map::new(),
            });
        }
        Some(items)
    }
}
