//! What a run has under way with the platform.

use std::time::{Duration, Instant};

use super::journal::{Member, Placed, State};
use crate::client::{
    CallOptions, Client, CompletedStream, Findings, Prepared, Preparing, Sought, Surveyed, may_pass,
};
use crate::error::Error;
use crate::models::{CreateAnalyzeBatchRequest, CreateAnalyzeBatchResponse, MAX_PAGE_LIMIT};
use crate::retry::{LONGEST_PAUSE, PATIENCE};

/// Something that was under way, and has come to its end.
pub(super) enum Event {
    /// A batch is watched.
    Opened(i64, Result<Box<CompletedStream>, Error>),
    /// Something may have come of it.
    Received(i64, Box<CompletedStream>),
    /// A batch was asked for.
    Created(i64, Result<CreateAnalyzeBatchResponse, Error>),
    /// The account's active batches were counted.
    Counted(Result<usize, Error>),
    /// It was looked for a batch that may have been made.
    Looked(i64, Result<Findings, Error>),
    /// It was asked about assets.
    Surveyed(Vec<Surveyed>, Option<Error>),
    /// A batch was canceled, if it could be.
    Canceled,
}

/// A batch that may have been made.
#[derive(Debug)]
pub(super) struct Unsettled {
    pub chunk_id: i64,
    pub run_id: i64,
    /// Its model and its mode.
    pub names: (String, String),
    pub members: Vec<Placed>,
    /// Since when this is known of it, and how long before it was asked for first, and last.
    known: Instant,
    first_asked: Duration,
    last_asked: Duration,
    pub looks: u32,
    pub is_busy: bool,
    pub not_before: Instant,
}

impl Unsettled {
    /// A batch that was asked for so long ago the first time, and the last.
    pub(super) fn new(
        chunk_id: i64,
        run_id: i64,
        names: (String, String),
        members: Vec<Placed>,
        (first_asked, last_asked): (Duration, Duration),
    ) -> Self {
        let known = Instant::now();
        Self {
            chunk_id,
            run_id,
            names,
            members,
            known,
            first_asked,
            last_asked,
            looks: 0,
            is_busy: false,
            not_before: known,
        }
    }

    /// How old it is at most.
    pub(super) fn age(&self) -> Duration {
        self.known.elapsed() + self.first_asked
    }

    /// How long nobody has asked for it any more.
    pub(super) fn rested(&self) -> Duration {
        self.known.elapsed() + self.last_asked
    }
}

/// The states of a batch that counts among the five.
const ACTIVE: [&str; 3] = ["pending", "processing", "canceling"];

/// Assets asked about at once.
const ASSETS_AT_ONCE: usize = 8;

/// The body of a batch.
pub(super) fn prepare(around: &CreateAnalyzeBatchRequest, members: &[Member]) -> Result<Prepared, Error> {
    let mut preparing = Preparing::begin(around)?;
    for member in members {
        preparing.push_written(&member.request, member.wire_id());
    }
    Ok(preparing.finish())
}

/// Members as they stand once the batch is intended.
pub(super) fn placed(members: &[Member]) -> Vec<Placed> {
    members
        .iter()
        .map(|member| Placed {
            item_id: member.item_id,
            custom_id: member.custom_id.clone(),
            wire_id: member.wire_id(),
            attempt: member.attempt + 1,
            state: State::Submitted,
        })
        .collect()
}

/// Counts the active batches of the account, whoever has made them.
pub(super) async fn count(client: Client, options: CallOptions) -> Event {
    let listing = crate::client::Listing {
        page: Some(1),
        page_limit: Some(MAX_PAGE_LIMIT),
        status: ACTIVE.iter().map(|status| (*status).to_owned()).collect(),
        analysis_mode: Vec::new(),
    };
    let counted = client.list(&listing, &options).await;
    Event::Counted(counted.map(|answer| answer.value.items.len()))
}

/// Looks for a batch that may have been made.
pub(super) async fn look(
    client: Client,
    chunk_id: i64,
    (model_name, analysis_mode): (String, String),
    custom_ids: Vec<Option<String>>,
    ago: Duration,
    options: CallOptions,
) -> Event {
    let sought =
        Sought { model_name: &model_name, analysis_mode: &analysis_mode, custom_ids: &custom_ids, ago };
    Event::Looked(chunk_id, client.find_created(sought, &options).await)
}

/// Asks about assets. What may pass is waited for.
pub(super) async fn survey(
    client: Client,
    mut asset_ids: Vec<String>,
    options: CallOptions,
    first_pause: Duration,
) -> Event {
    let (began, mut found, mut failures) = (Instant::now(), Vec::new(), 0);
    loop {
        let Err(error) = ask(&client, &asset_ids, &options, &mut found).await else {
            return Event::Surveyed(found, None);
        };
        if !may_pass(&error) || began.elapsed() >= PATIENCE {
            return Event::Surveyed(found, Some(error));
        }
        asset_ids.retain(|asset_id| found.iter().all(|one| one.asset_id != *asset_id));
        let pause = first_pause.saturating_mul(2_u32.saturating_pow(failures)).min(LONGEST_PAUSE);
        failures += 1;
        tokio::time::sleep(pause).await;
    }
}

async fn ask(
    client: &Client,
    asset_ids: &[String],
    options: &CallOptions,
    found: &mut Vec<Surveyed>,
) -> Result<(), Error> {
    let mut survey = client.survey(asset_ids.to_vec(), ASSETS_AT_ONCE, options);
    while let Some(one) = survey.next().await.map_err(|(_, error)| error)? {
        found.push(one);
    }
    Ok(())
}
