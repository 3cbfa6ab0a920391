//! The one loop that drives a run.
//!
//! # Design
//!
//! Whoever wants outcomes asks for a [`step`](Run::step), and awaits [`advance`](Run::advance)
//! where one needs something to happen. What is under way with the platform runs in tasks of
//! its own, so that dropping a future that advances loses nothing. Everything that matters is
//! in the journal before it is acted upon: a run that is dropped, or whose process is killed,
//! goes on from there.

use std::collections::{HashMap, HashSet, VecDeque};
use std::time::Instant;

use tokio::task::JoinSet;

use super::assets::Survey;
use super::guards::Stop;
use super::identity::{Content, Identity, ItemKey};
use super::journal::{Journal, Member};
use super::lane::{Figures, Lane};
use super::moves::{Input, Move, Quota, Situation, next_move};
use super::outcome::Outcome;
use super::plan::{Left, Weight, next_batch};
use super::report::Report;
use super::seen::Seen;
use super::settings::Settings;
use super::submission::{Event, Unsettled};
use crate::client::Client;
use crate::error::{Error, Kind, RunGaps, RunStopped};
use crate::models::{CreateAnalyzeBatchRequest, MAX_ACTIVE_BATCHES};

/// What a run has come to.
#[derive(Debug)]
pub enum RunStep {
    /// An outcome. It counts as handed over when the next step is asked for.
    Outcome(Box<Outcome>),
    /// Up to so many items are to be given to [`Run::push`], or [`Run::end_input`] is to be
    /// called.
    Read(usize),
    /// [`Run::answer`] is to be called: whether the run goes on after its sample.
    Ask(Box<Report>),
    /// Something has to happen first: await [`Run::advance`].
    More,
    /// It went wrong. Asking on goes on where that makes sense.
    Failed(Error),
    /// Nothing is left to be done.
    End,
}

/// Where the items come from.
#[derive(Debug)]
pub(super) enum Source {
    /// They are given by whoever drives.
    Given(Input),
    /// They are those that the journal knows; all up to this one were read.
    Known { last: i64, input: Input },
}

/// An item that is to be submitted.
#[derive(Debug)]
pub(super) struct Waiting {
    pub member: Member,
    pub asset_id: String,
    pub weight: Weight,
    pub window: Option<f64>,
    pub definitions: usize,
}

/// Whose turn it is to submit a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// The account's batches were not counted since the last change.
    Unknown,
    /// There was room.
    Room,
    /// There was none, or the platform could not be reached: until then it is not asked.
    Resting(Instant),
}

/// More requests than a batch holds, on their way.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own
#[allow(clippy::struct_field_names)] // as the journal calls it
pub struct Run {
    pub(super) client: Client,
    pub(super) journal: Journal,
    pub(super) settings: Settings,
    pub(super) around: CreateAnalyzeBatchRequest,
    pub(super) identity: Identity,
    pub(super) run_id: i64,
    pub(super) source: Source,
    pub(super) next_item: i64,
    pub(super) seen: Seen,
    /// How often what is asked for more than once was met.
    pub(super) repeats: HashMap<Content, u32>,
    /// Items that the journal does not know yet.
    pub(super) fresh: HashMap<ItemKey, i64>,
    pub(super) waiting: VecDeque<Waiting>,
    /// Items of which it is asked how long their video is, before they wait.
    pub(super) unmeasured: VecDeque<Waiting>,
    pub(super) queued: HashSet<i64>,
    /// Items that were read and have not ended.
    pub(super) awaited: HashSet<i64>,
    /// Those of another run of the same journal, in case this one has to submit them.
    pub(super) foreign: HashMap<i64, Waiting>,
    pub(super) outcomes: VecDeque<i64>,
    /// Items in the order of the input, where outcomes come in that order.
    pub(super) order: VecDeque<i64>,
    pub(super) ended: HashSet<i64>,
    pub(super) handed: Option<i64>,
    pub(super) lanes: Vec<Lane>,
    pub(super) unsettled: Vec<Unsettled>,
    pub(super) submitting: Option<(i64, Vec<Waiting>)>,
    pub(super) is_counting: bool,
    pub(super) turn: Turn,
    /// Counts in a row that found no room, and since when the platform cannot be reached.
    pub(super) misses: u32,
    pub(super) failing: Option<Instant>,
    /// What is asked about assets: refused items, and such that failed.
    pub(super) surveyed: Option<Survey>,
    pub(super) surveys: VecDeque<(Survey, Vec<String>)>,
    pub(super) to_check: Vec<i64>,
    pub(super) tasks: JoinSet<Event>,
    pub(super) report: Report,
    pub(super) began: Instant,
    pub(super) is_confirmed: bool,
    pub(super) sampled: usize,
    pub(super) stop: Option<Stop>,
    pub(super) is_stop_told: bool,
    pub(super) was_stopped: bool,
    /// What is told once before the run goes on, and what at its end.
    pub(super) failure: Option<Error>,
    pub(super) last_word: Option<Error>,
    pub(super) cancels: Vec<String>,
}

impl Run {
    /// What the run has come to, without waiting.
    pub fn step(&mut self) -> RunStep {
        self.try_step().unwrap_or_else(RunStep::Failed)
    }

    fn try_step(&mut self) -> Result<RunStep, Error> {
        self.settle_last()?;
        loop {
            if let Some(error) = self.failure.take() {
                return Ok(RunStep::Failed(error));
            }
            match self.next_move() {
                Move::HandOver => {
                    if let Some(outcome) = self.hand_over()? {
                        return Ok(RunStep::Outcome(outcome));
                    }
                }
                Move::Read => match self.source {
                    Source::Given(_) => return Ok(RunStep::Read(self.room())),
                    Source::Known { .. } => self.read_known()?,
                },
                Move::Ask => return Ok(RunStep::Ask(Box::new(self.report()))),
                Move::Count | Move::Submit(_) | Move::Wait => return Ok(RunStep::More),
                Move::End if self.has_to_start() => return Ok(RunStep::More),
                Move::End => return self.end(),
            }
        }
    }

    /// Has the outcome that was handed over last count as handed over, as the next step would.
    pub fn settle_last(&mut self) -> Result<(), Error> {
        self.handed.take().map_or(Ok(()), |item_id| self.journal.mark_delivered(item_id))
    }

    fn end(&mut self) -> Result<RunStep, Error> {
        self.was_stopped |= self.stop.is_some() || self.last_word.is_some();
        if let Some(error) = self.last_word.take() {
            return Err(error);
        }
        if let Some(stop) = self.stop.filter(|stop| !self.is_stop_told && *stop != Stop::Canceled) {
            self.is_stop_told = true;
            return Err(Kind::RunStopped(self.tell_stop(stop)).into());
        }
        let is_stopped = std::mem::take(&mut self.was_stopped);
        let mut missing: Vec<i64> = self.awaited.drain().chain(self.order.drain(..)).collect();
        missing.sort_unstable();
        missing.dedup();
        // Without an order there are no gaps but those that the stop was told for.
        if missing.is_empty() || is_stopped && !self.settings.ordered {
            return Ok(RunStep::End);
        }
        Err(Kind::RunGaps(RunGaps { missing }).into())
    }

    fn tell_stop(&self, stop: Stop) -> RunStopped {
        RunStopped { reason: stop.to_string(), waiting: self.waiting.len() }
    }

    fn hand_over(&mut self) -> Result<Option<Box<Outcome>>, Error> {
        let item_id = if self.settings.ordered { self.order.pop_front() } else { self.outcomes.pop_front() };
        let Some(item_id) = item_id else { return Ok(None) };
        self.ended.remove(&item_id);
        let Some(outcome) = self.journal.outcome_of(item_id)? else {
            return Err(Error::invalid("journal", format!("the outcome of item {item_id} is gone from it")));
        };
        self.report.count_tokens(&outcome);
        self.handed = Some(item_id);
        Ok(Some(Box::new(outcome)))
    }

    pub(super) fn next_move(&self) -> Move {
        let has_outcomes = if self.settings.ordered {
            self.order.front().is_some_and(|item_id| self.ended.contains(item_id))
        } else {
            !self.outcomes.is_empty()
        };
        let is_submitting = self.submitting.is_some() || self.is_counting;
        next_move(&Situation {
            has_outcomes,
            input: self.input(),
            waiting: self.waiting.len() + self.measuring(),
            ahead: self.settings.ahead(),
            next: self.next_batch(),
            own: self.own(),
            max_active: self.settings.max_active.min(MAX_ACTIVE_BATCHES),
            is_busy: is_submitting,
            is_looking: self.is_asking() || !self.cancels.is_empty(),
            quota: match self.turn {
                Turn::Unknown => Quota::Unknown,
                Turn::Room => Quota::Room,
                Turn::Resting(_) => Quota::Full,
            },
            must_ask: self.must_ask(),
            is_stopped: self.stop.is_some() || self.last_word.is_some(),
        })
    }

    pub(super) fn input(&self) -> Input {
        match self.source {
            Source::Given(input) | Source::Known { input, .. } => input,
        }
    }

    /// Batches of this run that are active, or may be.
    pub(super) fn own(&self) -> usize {
        self.lanes.len() + self.unsettled.len() + usize::from(self.submitting.is_some())
    }

    /// Items of which it is asked how long their video is.
    fn measuring(&self) -> usize {
        let surveys = self.surveyed.iter().chain(self.surveys.iter().map(|(about, _)| about));
        let asked = surveys.map(|about| if let Survey::Lengths(items) = about { items.len() } else { 0 });
        self.unmeasured.len() + asked.sum::<usize>()
    }

    /// Whether it is asked why items failed, or were refused.
    fn is_refused(&self) -> bool {
        let mut surveys = self.surveyed.iter().chain(self.surveys.iter().map(|(about, _)| about));
        !self.to_check.is_empty() || surveys.any(|about| !matches!(about, Survey::Lengths(_)))
    }

    /// As many items may be read.
    fn room(&self) -> usize {
        self.settings.ahead().saturating_sub(self.waiting.len() + self.measuring()).max(1)
    }

    /// How many items make the next batch.
    fn next_batch(&self) -> Option<usize> {
        let at_hand = self.waiting.len();
        let weights = self.waiting.iter().map(|waiting| waiting.weight);
        let rest = self.settings.length.map(|length| length.saturating_sub(self.report.items));
        let left = match (self.input(), rest) {
            (Input::Ended, _) if self.measuring() > 0 => Left::Known(self.measuring() as u64),
            (Input::Ended, _) => Left::Nothing,
            // Who says how long it is may be wrong.
            (Input::More, Some(0) | None) => Left::Unknown,
            (Input::More, Some(rest)) => Left::Known(rest + self.measuring() as u64),
        };
        let Some(sample) = self.settings.guards.sample.filter(|_| !self.is_confirmed) else {
            return next_batch(at_hand, weights, left, &self.settings.limits);
        };
        let wanted = sample.saturating_sub(self.sampled).min(self.settings.limits.items);
        let is_there = at_hand >= wanted || left == Left::Nothing;
        (wanted > 0 && at_hand > 0 && is_there).then(|| at_hand.min(wanted))
    }

    /// Whether the sample is done, and nobody has said yet that the rest is to follow.
    fn must_ask(&self) -> bool {
        let Some(sample) = self.settings.guards.sample.filter(|_| !self.is_confirmed) else { return false };
        let is_done = self.own() == 0 && !self.is_refused();
        self.sampled >= sample && is_done && !self.waiting.is_empty() && self.stop.is_none()
    }

    /// Says whether the run goes on after its sample.
    pub fn answer(&mut self, goes_on: bool) -> Result<(), Error> {
        if goes_on {
            self.is_confirmed = true;
            self.journal.confirm(self.run_id)
        } else {
            self.stop = Some(Stop::Declined);
            Ok(())
        }
    }

    /// Submits nothing more, and has the batches that are active canceled. What has started is
    /// finished, and billed.
    pub fn cancel(&mut self) {
        self.stop = Some(Stop::Canceled);
        self.settings.max_item_attempts = 0;
        let run_id = self.run_id;
        let own = self.lanes.iter().filter(|lane| lane.run_id == run_id);
        self.cancels.extend(own.map(|lane| lane.batch_id.clone()));
    }

    /// What the run has come to so far.
    #[must_use]
    pub fn report(&self) -> Report {
        let active = self.lanes.iter().map(Lane::left).sum::<usize>()
            + self.unsettled.iter().map(|unsettled| unsettled.members.len()).sum::<usize>()
            + self.submitting.as_ref().map_or(0, |(_, members)| members.len());
        Report {
            active: active as u64,
            waiting: self.waiting.len() as u64,
            elapsed: self.began.elapsed(),
            ..self.report
        }
    }

    /// Batches that are active.
    #[must_use]
    pub fn active_batches(&self) -> Vec<String> {
        self.lanes.iter().map(|lane| lane.batch_id.clone()).collect()
    }

    /// The same, and how their items stand.
    #[must_use]
    pub fn active_figures(&self) -> Vec<Figures> {
        self.lanes.iter().map(Lane::figures).collect()
    }

    /// The journal.
    #[must_use]
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Its number in the journal.
    #[must_use]
    pub fn run_id(&self) -> i64 {
        self.run_id
    }

    /// Of up to so many of the items that were read, after one of them: those that have an outcome,
    /// each with its request as JSON, in the order in which the journal learnt of them; and the last
    /// item that was looked at.
    #[allow(clippy::type_complexity)]
    pub fn outcomes_after(
        &mut self,
        item_id: i64,
        most: usize,
    ) -> Result<Option<(Vec<(Outcome, Vec<u8>)>, i64)>, Error> {
        let items: Vec<i64> = self.seen.iter_from(item_id + 1).take(most).collect();
        let Some(last) = items.last().copied() else { return Ok(None) };
        Ok(Some((self.journal.outcomes_of(&items)?, last)))
    }
}
