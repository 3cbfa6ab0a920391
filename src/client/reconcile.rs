//! Looking for a batch whose `create` was not answered.

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

use super::ledger::Creating;
use super::{Answer, CallOptions, Client, Level, Listing, Meta, Note, OnMalformed, Prepared};
use crate::error::{CreateOutcomeUnknown, Error, Kind};
use crate::models::{
    AnalyzeBatchStatusResponse, BatchResultItem, CreateAnalyzeBatchResponse, CreatedBatchItem, Nullable,
};
use crate::retry::{Verb, http_date};
use crate::transport::find_header;

/// How often it is looked: the platform may still be at work on the request
/// when its answer is lost.
const LOOKS: u32 = 5;

/// Looking takes no longer than this, or than the call was allowed.
const LONGEST: Duration = Duration::from_secs(30);

/// Clocks may differ by this much, and run on while answers travel.
const MARGIN: Duration = Duration::from_secs(60);

/// A listing is followed this far.
const MOST_PAGES: u32 = 10;

const PAGE_LIMIT: u32 = 50;

/// A `create` whose answer was lost.
pub(super) struct Lost<'a> {
    pub client: &'a Client,
    pub request: &'a Prepared,
    pub options: &'a CallOptions,
    pub started: Instant,
    pub cause: Error,
    pub key: String,
    pub creating: Creating<'a>,
}

type Found = Answer<CreateAnalyzeBatchResponse>;

/// What looking has found so far.
#[derive(Default)]
struct Findings {
    candidates: Vec<AnalyzeBatchStatusResponse>,
    matches: Vec<Found>,
}

impl Lost<'_> {
    /// The batch, if it can be told for certain.
    pub(super) async fn find(self) -> Result<Found, Error> {
        if self.is_altered() {
            let finding = "`additional_body_parameters` changed what was sent, so it cannot be looked for";
            return Err(self.unknown(finding.to_owned(), Vec::new()));
        }
        let limit = self.options.timeout.unwrap_or(LONGEST).min(LONGEST);
        let mut last = Err(Error::from(Kind::Closed));
        let looking = async {
            for look in 0..LOOKS {
                tokio::time::sleep(self.pause(look)).await;
                self.tell(look);
                last = self.look().await;
                if let Ok(findings) = &mut last
                    && findings.matches.len() == 1
                    && self.creating.is_alone()
                    && let Some(found) = findings.matches.pop()
                    && self.claim(&found)
                {
                    return Some(found);
                }
            }
            None
        };
        match tokio::time::timeout(limit, looking).await {
            Ok(Some(found)) => Ok(found),
            Ok(None) | Err(_) => Err(self.conclude(last)),
        }
    }

    fn conclude(self, last: Result<Findings, Error>) -> Error {
        let (finding, candidates) = match last {
            Err(error) => (format!("looking for it failed: {error}"), Vec::new()),
            Ok(findings) if findings.candidates.is_empty() => {
                let finding = "no new batch of this size, mode and model is listed: most probably it was not \
                               created; look with `list` once more before you submit it again";
                (finding.to_owned(), Vec::new())
            }
            Ok(findings) => {
                let finding = "batches that may be it are listed, but cannot be told apart for certain; \
                               compare their results before you submit it again, and give every item a \
                               `custom_id` to have that done for you";
                (finding.to_owned(), findings.candidates)
            }
        };
        self.unknown(finding, candidates)
    }

    /// Whether something else was sent than the request says.
    fn is_altered(&self) -> bool {
        ["model_name", "analysis_mode", "requests"].iter().any(|name| self.options.body.contains_key(*name))
    }

    fn pause(&self, look: u32) -> Duration {
        match look {
            0 => Duration::ZERO,
            _ => self.client.core.config.backoff.wait(look, 1.0),
        }
    }

    fn tell(&self, look: u32) {
        self.options.tell(Level::Warning, || Note {
            text: format!("create was not answered ({}); looking whether the batch was made", self.cause),
            event: "look",
            verb: Verb::Create,
            attempt: look + 1,
            status: None,
            wait: None,
        });
    }

    fn claim(&self, found: &Found) -> bool {
        self.client.core.ledger.claim(&found.value.batch_id, found.value.total_items)
    }

    async fn look(&self) -> Result<Findings, Error> {
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
            analysis_mode: vec![self.request.analysis_mode.to_string()],
            ..Listing::default()
        };
        let mut candidates = Vec::new();
        for _ in 0..MOST_PAGES {
            let answer = self.client.list(&listing, &self.quiet_options()).await?;
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
        usize::try_from(batch.total_items) == Ok(self.request.custom_ids.len())
            && batch.analysis_mode.as_str() == self.request.analysis_mode.as_str()
            && batch.model_name.as_str() == self.request.model_name.as_str()
            && !self.client.core.ledger.is_claimed(&batch.batch_id)
    }

    /// When the call began, by the platform's clock.
    fn since(&self, meta: &Meta) -> Timestamp {
        let now = find_header(&meta.headers, "date").and_then(http_date).unwrap_or_else(Timestamp::now);
        now.checked_sub(self.started.elapsed()).and_then(|began| began.checked_sub(MARGIN)).unwrap_or(now)
    }

    /// The outcome of the `create`, if the batch's items go by the same
    /// `custom_id`s. Without any there is nothing to go by.
    async fn compare(&self, batch: &AnalyzeBatchStatusResponse) -> Result<Option<Found>, Error> {
        if self.request.custom_ids.iter().all(Option::is_none) {
            return Ok(None);
        }
        let mut stream = self.client.results(&batch.batch_id, &self.quiet_options()).await?;
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
        if rows.len() != self.request.custom_ids.len() {
            return None;
        }
        let mut items = Vec::with_capacity(rows.len());
        for wanted in &self.request.custom_ids {
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

    /// The user's headers, and nothing else that was meant for the `create`.
    fn quiet_options(&self) -> CallOptions {
        CallOptions {
            headers: self.options.headers.clone(),
            timeout: self.options.timeout,
            on_malformed: Some(OnMalformed::Raise),
            journal: self.options.journal.clone(),
            ..CallOptions::default()
        }
    }

    fn unknown(self, finding: String, candidates: Vec<AnalyzeBatchStatusResponse>) -> Error {
        let history = self.cause.history();
        let unknown = Kind::CreateOutcomeUnknown(Box::new(CreateOutcomeUnknown {
            cause: self.cause,
            finding,
            candidates,
            idempotency_key: self.key,
        }));
        Error::from(unknown).after(history.map_or(1, |history| history.attempts), self.started.elapsed())
    }
}
