//! Looking for a batch whose `create` was not answered.

use std::time::Duration;

use tokio::time::Instant;

use super::ledger::Creating;
use super::search::{Findings, Found, Search, Sought};
use super::{CallOptions, Client, Level, Note, OnMalformed, Prepared};
use crate::error::{CreateOutcomeUnknown, Error, Kind};
use crate::models::AnalyzeBatchStatusResponse;
use crate::retry::Verb;

/// How often it is looked: the platform may still be at work on the request
/// when its answer is lost.
const LOOKS: u32 = 5;

/// Looking takes no longer than this, or than the call was allowed.
const LONGEST: Duration = Duration::from_secs(30);

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
                last = self.search().look().await;
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

    fn search(&self) -> Search<'_> {
        Search {
            client: self.client,
            sought: Sought {
                model_name: self.request.model_name.as_str(),
                analysis_mode: self.request.analysis_mode.as_str(),
                custom_ids: &self.request.custom_ids,
                ago: self.started.elapsed(),
            },
            options: self.quiet_options(),
        }
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
