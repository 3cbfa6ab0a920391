//! What becomes of a round that is over, or broke off.

use std::mem;

use tokio::time::Instant;

use super::completed::{CompletedStream, Phase};
use super::send::wish_of;
use super::watch::may_pass;
use super::{Level, Note, Sight};
use crate::error::{Error, Kind};
use crate::retry::{PATIENCE, Verb};

/// Rounds in a row that bring fewer items than have ended, before the next
/// waits until more have.
const MOST_REPEATS: u32 = 3;
/// Rounds of a batch that is terminal which bring nothing new.
const MOST_LAST_ROUNDS: u32 = 5;

impl CompletedStream {
    /// A round is over, and all its rows have come.
    pub(super) fn end_round(&mut self) {
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
    pub(super) fn break_off(&mut self, error: Error) {
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
    pub(super) fn overcome(&mut self, error: Error, is_unanswered: bool) {
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
}
