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

use super::results_round::{ResultsRound, has_ended};
use super::seen::{Seen, Told};
use super::send::wish_of;
use super::watch::may_pass;
use super::{CallOptions, Client, Journal, Level, Note, ResultsStream, Sight, Step, WaitOptions, Watch};
use crate::error::{Error, Incomplete, Kind};
use crate::models::{AnalyzeBatchStatusResponse, BatchResultItem};
use crate::retry::{PATIENCE, Verb, pause_after};

/// Rounds in a row that bring fewer items than have ended, before the next
/// waits until more have.
const MOST_REPEATS: u32 = 3;
/// Rounds of a batch that is terminal which bring nothing new.
const MOST_LAST_ROUNDS: u32 = 5;

/// The items of a batch, each once, as soon as it has ended.
#[derive(Debug)]
pub struct CompletedStream {
    client: Client,
    batch_id: String,
    options: CallOptions,
    watch: Watch,
    /// Whether the batch was terminal when it was first seen: nothing is waited for then.
    had_ended: bool,
    sights: VecDeque<Sight>,
    handed_over: Seen,
    told: Told,
    phase: Phase,
    /// Whether there is to be a round, and not before when.
    is_wanted: bool,
    not_before: Instant,
    /// The last one that was answered.
    round: ResultsRound,
    /// Rounds in a row that brought too little, or failed.
    repeats: u32,
    failures: u32,
    /// When the first of those failed.
    failing: Instant,
}

#[derive(Debug)]
enum Phase {
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
        loop {
            match &mut self.phase {
                Phase::Waiting => return Step::More,
                Phase::Complete | Phase::Closed => return Step::End,
                Phase::Failed(error) => {
                    let error = error.clone();
                    self.go_on_after(&error);
                    return Step::Failed(error);
                }
                Phase::Reading(stream) => match stream.step() {
                    Step::Row(row) => {
                        if self.is_to_hand_over(&row) {
                            return Step::Row(row);
                        }
                    }
                    Step::Failed(error) if !matches!(error.kind(), Kind::MalformedRow(_)) => {
                        self.break_off(error);
                    }
                    Step::End => self.end_round(),
                    step => return step,
                },
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
                stream.receive_unless_arrived().await;
                self.round.spent += began.elapsed();
            }
            Phase::Failed(_) | Phase::Complete | Phase::Closed => {}
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

    /// Whether an item is to be handed over.
    fn is_to_hand_over(&mut self, row: &BatchResultItem) -> bool {
        let has_ended = has_ended(row, self.watch.is_over());
        self.round.unfinished += u64::from(!has_ended);
        let is_new = has_ended && self.handed_over.note(&row.task_id);
        if is_new {
            self.round.brought += 1;
            self.repeats = 0;
        }
        is_new
    }

    /// A round is over, and all its rows have come.
    fn end_round(&mut self) {
        self.leave_round();
        self.failures = 0;
        let now = Instant::now();
        self.not_before = now + self.round.rest();
        if self.watch.is_over() {
            if self.round.unfinished == 0 || self.have_all_come() {
                self.phase = Phase::Complete;
            } else {
                let unfinished = self.round.unfinished;
                let cause = format!("the batch has ended, but not so in {unfinished} of its rows");
                self.repeat_last(Kind::Interrupted { cause, received: 0 }.into());
            }
            return;
        }
        // The results may lag behind the counters.
        let known = i64::try_from(self.delivered() + self.malformed()).unwrap_or(i64::MAX);
        if known < self.round.ended && self.repeats < MOST_REPEATS && !self.watch.is_given_up() {
            self.repeats += 1;
            self.is_wanted = true;
            self.not_before = self.not_before.max(now + self.pause(self.repeats));
        }
    }

    /// A round has failed after it had begun.
    fn break_off(&mut self, error: Error) {
        self.leave_round();
        let error = match error.kind() {
            // Only of this round it tells how many came.
            Kind::Incomplete(incomplete) => incomplete.cause.clone(),
            _ => error,
        };
        // What an answer brought that proves to be damaged is not to be trusted, silently.
        if self.round.brought > 0 && matches!(error.kind(), Kind::UnexpectedBody(_)) {
            self.is_wanted = true;
            self.phase = Phase::Failed(self.incomplete(error));
        } else if self.watch.is_over() && self.have_all_come() {
            self.phase = Phase::Complete;
        } else {
            self.overcome(error, false);
        }
    }

    fn leave_round(&mut self) {
        if let Phase::Reading(stream) = mem::replace(&mut self.phase, Phase::Waiting) {
            self.told = stream.into_told();
        }
    }

    /// Decides whether there is to be another round after one that failed.
    fn overcome(&mut self, error: Error, is_unanswered: bool) {
        if self.had_ended || !may_pass(&error) {
            self.phase = Phase::Failed(if may_pass(&error) { self.incomplete(error) } else { error });
            return;
        }
        let now = Instant::now();
        if self.failures == 0 {
            self.failing = now;
        }
        self.failures = self.failures.saturating_add(1);
        let wish = wish_of(&error).unwrap_or_default().min(PATIENCE);
        let pause = self.round.rest().max(self.pause(self.failures)).max(wish);
        self.not_before = now + pause;
        self.is_wanted = !self.watch.is_given_up();
        self.options.tell(Level::Warning, || Note {
            text: format!(
                "the results of the batch {} did not come, it is waited for further: {error}",
                self.batch_id
            ),
            event: "wait",
            verb: Verb::Results,
            attempt: self.failures,
            status: None,
            wait: Some(pause),
        });
        self.sights.push_back(Sight::Trouble(error.clone()));
        if !self.watch.is_over() {
            return;
        }
        if !is_unanswered {
            self.repeat_last(error);
        } else if !self.is_wanted || now.saturating_duration_since(self.failing) >= PATIENCE {
            self.phase = Phase::Failed(self.incomplete(error));
        }
    }

    /// The last round brought too little: there is another one, a few times.
    fn repeat_last(&mut self, cause: Error) {
        self.repeats += 1;
        if self.repeats > MOST_LAST_ROUNDS || self.watch.is_given_up() {
            self.phase = Phase::Failed(self.incomplete(cause));
            return;
        }
        self.is_wanted = true;
        self.not_before = Instant::now() + self.pause(self.repeats);
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

    fn pause(&self, times: u32) -> Duration {
        pause_after(times, self.client.core.config.backoff)
    }

    fn total(&self) -> Option<u64> {
        self.watch.last().and_then(|batch| u64::try_from(batch.total_items).ok())
    }

    fn have_all_come(&self) -> bool {
        self.total().is_some_and(|total| total > 0 && self.delivered() >= total)
    }

    fn incomplete(&self, cause: Error) -> Error {
        let (expected, received) = (self.total(), self.delivered());
        if received == 0 && self.had_ended {
            return cause;
        }
        Kind::Incomplete(Box::new(Incomplete { expected, received, cause })).into()
    }
}
