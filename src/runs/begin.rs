//! Beginning a run, or going on with it.

use std::collections::{HashMap, HashSet, VecDeque};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use super::driver::{Run, Source, Turn};
use super::identity::{Identity, account_tag};
use super::journal::{Journal, Placed, State};
use super::lane::Lane;
use super::moves::Input;
use super::report::Report;
use super::seen::Seen;
use super::settings::Settings;
use super::submission::Unsettled;
use crate::client::Client;
use crate::error::Error;

impl Run {
    /// Begins a run whose items will be given, or goes on with it. `origin` is remembered.
    pub fn begin(
        client: Client,
        journal: Journal,
        settings: Settings,
        account: Option<&str>,
        origin: Option<&str>,
    ) -> Result<Self, Error> {
        Self::new(client, journal, settings, account, origin, Source::Given(Input::More))
    }

    /// Goes on with a run, with the items that its journal knows.
    pub fn resume(
        client: Client,
        journal: Journal,
        settings: Settings,
        account: Option<&str>,
    ) -> Result<Self, Error> {
        let source = Source::Known { last: 0, input: Input::More };
        Self::new(client, journal, settings, account, None, source)
    }

    fn new(
        client: Client,
        mut journal: Journal,
        settings: Settings,
        account: Option<&str>,
        origin: Option<&str>,
        source: Source,
    ) -> Result<Self, Error> {
        let around = settings.around();
        let account = account.map_or_else(|| account_tag(client.config()), str::to_owned);
        let (model_name, mode) = (around.model_name.as_str(), around.analysis_mode.as_str());
        let identity = Identity::new(&account, model_name, mode, around.defaults.as_ref());
        let defaults = around.defaults.as_ref().and_then(|defaults| serde_json::to_string(defaults).ok());
        let run_id = journal.begin_run(identity.run_key(), model_name, mode, defaults.as_deref(), origin)?;
        let is_confirmed = journal.runs()?.iter().any(|run| run.run_id == run_id && run.is_confirmed);
        let next_item = journal.next_item()?;
        let mut run = Self {
            report: Report { price: settings.price, ..Report::default() },
            client,
            journal,
            settings,
            around,
            identity,
            run_id,
            source,
            next_item,
            seen: Seen::default(),
            repeats: HashMap::new(),
            fresh: HashMap::new(),
            waiting: VecDeque::new(),
            unmeasured: VecDeque::new(),
            queued: HashSet::new(),
            awaited: HashSet::new(),
            foreign: HashMap::new(),
            outcomes: VecDeque::new(),
            order: VecDeque::new(),
            ended: HashSet::new(),
            handed: None,
            lanes: Vec::new(),
            unsettled: Vec::new(),
            submitting: None,
            is_counting: false,
            turn: Turn::Unknown,
            misses: 0,
            failing: None,
            surveyed: None,
            surveys: VecDeque::new(),
            to_check: Vec::new(),
            tasks: JoinSet::new(),
            began: Instant::now(),
            is_confirmed,
            sampled: 0,
            stop: None,
            is_stop_told: false,
            was_stopped: false,
            failure: None,
            last_word: None,
            cancels: Vec::new(),
        };
        run.take_up()?;
        Ok(run)
    }

    /// Takes up what the journal says is under way.
    fn take_up(&mut self) -> Result<(), Error> {
        const MOST: u32 = 2000;
        const LONG_AGO: Duration = Duration::from_secs(24 * 60 * 60);
        for (batch_id, items) in self.journal.newest_batches(MOST)? {
            self.client.claim(&batch_id, items);
        }
        for chunk in self.journal.open_chunks()? {
            if let Some(batch_id) = chunk.batch_id {
                let ids = (chunk.chunk_id, chunk.run_id);
                self.lanes.push(self.take_up_lane(ids, batch_id, chunk.members));
            } else {
                let ago = age_of(chunk.intended_at);
                // The process that asked for it may have died just now, in the middle of its last try.
                let last_asked = ago.unwrap_or_default().saturating_sub(self.longest_call());
                let first_asked = ago.unwrap_or(LONG_AGO);
                let names = (chunk.model_name, chunk.analysis_mode);
                let (chunk_id, run_id) = (chunk.chunk_id, chunk.run_id);
                self.unsettled.push(Unsettled::new(
                    chunk_id,
                    run_id,
                    names,
                    chunk.members,
                    (first_asked, last_asked),
                ));
            }
        }
        Ok(())
    }

    /// No call takes longer, all its tries included.
    fn longest_call(&self) -> Duration {
        let usual = self.client.config().transport.timeouts.total;
        self.settings.options.timeout.unwrap_or(usual)
    }

    pub(super) fn take_up_lane(
        &self,
        (chunk_id, run_id): (i64, i64),
        batch_id: String,
        members: Vec<Placed>,
    ) -> Lane {
        let again: Vec<i64> = members
            .iter()
            .filter(|member| member.state == State::Waiting && run_id == self.run_id)
            .map(|member| member.item_id)
            .collect();
        let mut lane = Lane::new(chunk_id, run_id, batch_id, members);
        lane.again = again;
        lane
    }
}

/// How long ago something was, by this machine's clock; nothing if that was set back meanwhile.
fn age_of(intended_at: i64) -> Option<Duration> {
    let since = jiff::Timestamp::now().as_millisecond() - intended_at;
    u64::try_from(since).ok().map(Duration::from_millis)
}
