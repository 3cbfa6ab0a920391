//! The items of a batch, each as soon as it has ended.
//!
//! # Design
//!
//! The batch is watched, and its results are asked for when more items have
//! ended than before: a round. Of each round only what is new is handed over;
//! nothing but the tasks' identifiers is kept. A round is a [`ResultsStream`],
//! which overcomes what breaks off; what it cannot overcome is another round's.

use std::collections::VecDeque;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::make::{Items, Make};
use super::results_round::{Ended, ResultsRound};
use super::seen::{Seen, Told};
use super::{CallOptions, Client, Journal, ResultsStream, Sight, Step, WaitOptions, Watch};
use crate::error::{Error, Incomplete, Kind};
use crate::models::AnalyzeBatchStatusResponse;
use crate::retry::pause_after;

/// The items of a batch, each once, as soon as it has ended.
#[derive(Debug)]
pub struct CompletedStream {
    pub(super) client: Client,
    pub(super) batch_id: String,
    pub(super) options: CallOptions,
    pub(super) watch: Watch,
    /// Whether the batch was terminal when it was first seen: nothing is waited for then.
    pub(super) had_ended: bool,
    pub(super) sights: VecDeque<Sight>,
    pub(super) handed_over: Seen,
    pub(super) told: Told,
    pub(super) phase: Phase,
    /// Whether there is to be a round, and not before when.
    pub(super) is_wanted: bool,
    pub(super) not_before: Instant,
    /// The last one that was answered.
    pub(super) round: ResultsRound,
    /// Rounds in a row that brought too little, or failed.
    pub(super) repeats: u32,
    pub(super) failures: u32,
    /// When the first of those failed.
    pub(super) failing: Instant,
}

#[derive(Debug)]
pub(super) enum Phase {
    /// For more items to end, or for the next round.
    Waiting,
    /// A round is being read.
    Reading(Box<ResultsStream>),
    /// It is given up, until somebody asks on.
    Failed(Error),
    /// All items were handed over.
    Complete,
    /// Nobody wants more.
    Closed,
}

impl Client {
    /// Watches a batch for its items. Looks at it once.
    pub async fn as_completed(
        &self,
        batch_id: &str,
        wanted: WaitOptions,
        options: &CallOptions,
    ) -> Result<CompletedStream, Error> {
        let mut watch = self.watch(batch_id, wanted, options)?;
        let first = watch.look().await?;
        let now = Instant::now();
        let mut stream = CompletedStream {
            client: self.clone(),
            batch_id: batch_id.to_owned(),
            options: options.clone(),
            had_ended: watch.is_over(),
            watch,
            sights: VecDeque::new(),
            handed_over: Seen::default(),
            told: Told::default(),
            phase: Phase::Waiting,
            is_wanted: false,
            not_before: now,
            round: ResultsRound::default(),
            repeats: 0,
            failures: 0,
            failing: now,
        };
        if let Some(first) = first {
            stream.note(first);
        }
        Ok(stream)
    }
}

impl CompletedStream {
    /// What can be had without waiting.
    pub fn step(&mut self) -> Step {
        self.step_as(&mut Items)
    }

    /// The same, rows made into something else.
    pub fn step_as<M: Make>(&mut self, make: &mut M) -> Step<M::Made> {
        loop {
            match &mut self.phase {
                Phase::Waiting => return Step::More,
                Phase::Complete | Phase::Closed => return Step::End,
                Phase::Failed(error) => {
                    let error = error.clone();
                    self.go_on_after(&error);
                    return Step::Failed(error);
                }
                Phase::Reading(stream) => {
                    let mut ended = Ended {
                        make,
                        is_over: self.watch.is_over(),
                        handed_over: &mut self.handed_over,
                        round: &mut self.round,
                        repeats: &mut self.repeats,
                    };
                    match stream.step_as(&mut ended) {
                        Step::Row(None) => {}
                        Step::Row(Some(row)) => return Step::Row(row),
                        Step::Failed(error) if !matches!(error.kind(), Kind::MalformedRow(_)) => {
                            self.break_off(error);
                        }
                        Step::End => self.end_round(),
                        Step::Malformed(row) => return Step::Malformed(row),
                        Step::Failed(error) => return Step::Failed(error),
                        Step::More => return Step::More,
                    }
                }
            }
        }
    }

    /// Waits for what the next step needs, or for a sight. Dropping the future
    /// loses nothing.
    pub async fn receive(&mut self) {
        match &mut self.phase {
            Phase::Waiting => {
                let core = Arc::clone(&self.client.core);
                let waiting = async {
                    self.wait().await;
                    Ok::<(), Error>(())
                };
                if let Err(closed) = core.while_open(Box::pin(waiting)).await {
                    self.phase = Phase::Failed(closed);
                }
            }
            Phase::Reading(stream) => {
                let began = Instant::now();
                stream.receive().await;
                self.round.spent += began.elapsed();
            }
            Phase::Failed(_) | Phase::Complete | Phase::Closed => {}
        }
    }

    /// Whether there may be something to take without waiting.
    pub fn has_arrived(&mut self) -> bool {
        match &mut self.phase {
            Phase::Waiting => false,
            Phase::Reading(stream) => stream.has_arrived(),
            Phase::Failed(_) | Phase::Complete | Phase::Closed => true,
        }
    }

    /// The batch whose items these are.
    #[must_use]
    pub fn batch_id(&self) -> &str {
        &self.batch_id
    }

    /// When something is asked for next; nothing if rows can be had, or will not be.
    #[must_use]
    pub fn next_request(&self) -> Option<Instant> {
        let round = (self.is_wanted || self.watch.is_over()).then(|| self.round_due());
        let is_waiting = matches!(self.phase, Phase::Waiting);
        [round, self.watch.next_look()].into_iter().flatten().min().filter(|_| is_waiting)
    }

    /// What was seen of the batch since it was last asked.
    pub fn take_sights(&mut self) -> VecDeque<Sight> {
        mem::take(&mut self.sights)
    }

    /// Where the stream tells what it does.
    #[must_use]
    pub fn journal(&self) -> Option<&Arc<Journal>> {
        self.options.journal.as_ref()
    }

    /// Ends the stream and lets its connection go.
    pub fn close(&mut self) {
        self.phase = Phase::Closed;
    }

    /// Rows that cannot be read.
    #[must_use]
    pub fn malformed(&self) -> u64 {
        if let Phase::Reading(stream) = &self.phase { stream.malformed() } else { self.told.count() }
    }

    /// Items that were handed over.
    #[must_use]
    pub fn delivered(&self) -> u64 {
        self.handed_over.delivered()
    }

    async fn wait(&mut self) {
        self.is_wanted |= self.watch.is_over();
        let sight = if self.is_wanted {
            let due = self.round_due();
            if self.watch.is_over() {
                tokio::time::sleep_until(due).await;
                return self.ask().await;
            }
            tokio::select! {
                biased;
                () = tokio::time::sleep_until(due) => return self.ask().await,
                sight = self.watch.look() => sight,
            }
        } else {
            self.watch.look().await
        };
        match sight {
            Ok(Some(sight)) => self.note(sight),
            Ok(None) => {}
            Err(error) => self.phase = Phase::Failed(error),
        }
    }

    /// What has ended when the time is over is still handed over.
    fn round_due(&self) -> Instant {
        self.watch.ends_at().map_or(self.not_before, |end| end.min(self.not_before))
    }

    /// Notes what was seen of the batch, and whether that calls for a round.
    fn note(&mut self, sight: Sight) {
        if let Sight::State(batch) = &sight {
            if batch.ended_items() != self.round.ended {
                (self.is_wanted, self.repeats) = (true, 0);
            }
            if batch.status.is_terminal() {
                // All of them may have come already; else there is no reason to rest.
                self.phase = if self.have_all_come() { Phase::Complete } else { Phase::Waiting };
                (self.is_wanted, self.repeats, self.failures) = (true, 0, 0);
                self.not_before = Instant::now();
            }
        }
        self.sights.push_back(sight);
    }

    /// Begins a round.
    async fn ask(&mut self) {
        let began = Instant::now();
        let opened = ResultsStream::open(&self.client.core, &self.batch_id, &self.options).await;
        self.round.spent = began.elapsed();
        match opened {
            Ok(stream) => {
                self.is_wanted = false;
                let ended = self.watch.last().map_or(0, AnalyzeBatchStatusResponse::ended_items);
                self.round = ResultsRound { ended, spent: self.round.spent, ..ResultsRound::default() };
                self.phase = Phase::Reading(Box::new(stream.after(mem::take(&mut self.told))));
            }
            Err(error) => self.overcome(error, true),
        }
    }

    /// Whoever asks on gets another try, but no more time.
    fn go_on_after(&mut self, error: &Error) {
        if matches!(error.kind(), Kind::Closed | Kind::WaitTimeout(_)) {
            return self.close();
        }
        self.phase = Phase::Waiting;
        (self.repeats, self.failures) = (0, 0);
        self.not_before = Instant::now();
    }

    pub(super) fn pause(&self, times: u32) -> Duration {
        pause_after(times, self.client.core.config.backoff)
    }

    pub(super) fn total(&self) -> Option<u64> {
        self.watch.last().and_then(|batch| u64::try_from(batch.total_items).ok())
    }

    pub(super) fn have_all_come(&self) -> bool {
        self.total().is_some_and(|total| total > 0 && self.delivered() >= total)
    }

    pub(super) fn incomplete(&self, cause: Error) -> Error {
        let (expected, received) = (self.total(), self.delivered());
        if received == 0 && self.had_ended {
            return cause;
        }
        Kind::Incomplete(Box::new(Incomplete { expected, received, cause })).into()
    }
}
