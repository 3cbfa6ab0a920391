//! A batch that is waited for: its state, whenever it changes.
//!
//! # Design
//!
//! When to look, and when to stop, is decided by [`Pace`]. Here is only what it
//! has to be told, and the sleeping. The future of a look can be dropped at any
//! point: a look that was not answered is taken again.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

use super::identifier::check_identifier;
use super::send::{draw, failure_of, wish_of};
use super::{Answer, CallOptions, Client, Level, Meta, Note};
use crate::error::{Error, Kind, WaitReason, WaitTimeout};
use crate::models::{AnalyzeBatchStatusResponse, BatchStatus};
use crate::retry::{
    Expiry, Failure, GRACE, LONGEST_PAUSE, Lull, PATIENCE, Pace, Turn, Verb, Verdict, WaitEnd, http_date,
    verdict,
};
use crate::transport::find_header;

/// How a batch is waited for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WaitOptions {
    /// How long at most; until the batch ends, if not given. With none at all it
    /// is looked at once.
    pub timeout: Option<Duration>,
    /// The pause between two looks, if it is not to grow by itself.
    pub poll_interval: Option<Duration>,
    /// Whether to tell every state, and not only those that differ from the one
    /// before.
    pub tells_every_state: bool,
}

/// What has come of looking.
#[derive(Debug, Clone)]
pub enum Sight {
    /// The state of the batch: the first, or one that differs from the one before.
    State(Box<AnalyzeBatchStatusResponse>),
    /// A look that failed; another one follows.
    Trouble(Error),
}

/// A batch that is waited for.
#[derive(Debug)]
pub struct Watch {
    client: Client,
    batch_id: String,
    options: CallOptions,
    wanted: WaitOptions,
    pace: Pace,
    began: Instant,
    last: Option<AnalyzeBatchStatusResponse>,
    /// When it was last looked at.
    asked: Instant,
    /// When the first look began that failed, of those in a row.
    failing: Option<Instant>,
    /// When the batch expires, by this machine's clock.
    expires: Option<Instant>,
    failures: u32,
    failure: Option<Error>,
    next: Next,
}

#[derive(Debug)]
enum Next {
    Look(Instant),
    Stop(WaitEnd),
}

impl Client {
    /// Waits for a batch. Nothing is sent yet, and time counts from now.
    pub fn watch(&self, batch_id: &str, wanted: WaitOptions, options: &CallOptions) -> Result<Watch, Error> {
        check_identifier("batch_id", batch_id)?;
        let now = Instant::now();
        Ok(Watch {
            client: self.clone(),
            batch_id: batch_id.to_owned(),
            options: options.clone(),
            wanted,
            pace: Pace { interval: wanted.poll_interval, backoff: self.core.config.backoff },
            began: now,
            last: None,
            asked: now,
            failing: None,
            expires: None,
            failures: 0,
            failure: None,
            next: Next::Look(now),
        })
    }
}

impl Watch {
    /// The first state, then every one that differs from the one before; nothing
    /// after a terminal one. Looks that fail are overcome, once one has succeeded.
    pub async fn next(&mut self) -> Result<Option<AnalyzeBatchStatusResponse>, Error> {
        loop {
            match self.look().await? {
                Some(Sight::State(batch)) => return Ok(Some(*batch)),
                Some(Sight::Trouble(_)) => {}
                None => return Ok(None),
            }
        }
    }

    /// The same, and looks that failed. Dropping the future loses nothing.
    pub async fn look(&mut self) -> Result<Option<Sight>, Error> {
        let core = Arc::clone(&self.client.core);
        core.while_open(async {
            while !self.is_over() {
                let outcome = match self.next {
                    Next::Stop(end) => return Err(self.give_up(end)),
                    Next::Look(due) => {
                        tokio::time::sleep_until(due).await;
                        self.wake(due);
                        self.ask().await?
                    }
                };
                match outcome {
                    Ok(answer) => {
                        if let Some(state) = self.take(answer) {
                            return Ok(Some(Sight::State(state)));
                        }
                    }
                    Err(error) => return self.overcome(error).map(Sight::Trouble).map(Some),
                }
            }
            Ok(None)
        })
        .await
    }

    /// The state that was seen last.
    #[must_use]
    pub fn last(&self) -> Option<&AnalyzeBatchStatusResponse> {
        self.last.as_ref()
    }

    /// Whether the batch will not change any more.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.last.as_ref().is_some_and(|batch| batch.status.is_terminal())
    }

    /// Whether the batch is waited for no longer, although it goes on.
    #[must_use]
    pub fn is_given_up(&self) -> bool {
        matches!(self.next, Next::Stop(_)) || self.left() == Some(Duration::ZERO)
    }

    /// When the batch is looked at next; nothing if it is not.
    #[must_use]
    pub fn next_look(&self) -> Option<Instant> {
        match self.next {
            Next::Look(due) if !self.is_over() => Some(due),
            Next::Look(_) | Next::Stop(_) => None,
        }
    }

    /// When the batch is waited for no longer, if that is known.
    pub(super) fn ends_at(&self) -> Option<Instant> {
        match self.next {
            Next::Stop(_) => Some(self.began),
            Next::Look(_) => self.wanted.timeout.and_then(|timeout| self.began.checked_add(timeout)),
        }
    }

    /// Nobody looked while the machine slept, or while whoever waits was busy: that
    /// is not the platform's silence.
    fn wake(&mut self, due: Instant) {
        self.asked = Instant::now();
        if self.asked.saturating_duration_since(due) > LONGEST_PAUSE {
            self.failing = None;
        }
    }

    /// Asks for the state; the outer failure is the end of the time.
    #[allow(clippy::type_complexity)]
    async fn ask(&mut self) -> Result<Result<Answer<AnalyzeBatchStatusResponse>, Error>, Error> {
        let deadline = self.deadline();
        if deadline.is_none_or(|deadline| Instant::now() < deadline) {
            let call = self.client.retrieve(&self.batch_id, &self.options);
            let Some(deadline) = deadline else { return Ok(call.await) };
            if let Ok(outcome) = tokio::time::timeout_at(deadline, call).await {
                return Ok(outcome);
            }
        }
        self.next = Next::Stop(WaitEnd::Deadline);
        Err(self.give_up(WaitEnd::Deadline))
    }

    /// Until when a look may last. Without any time it still may last as long as
    /// any call.
    fn deadline(&self) -> Option<Instant> {
        self.wanted.timeout.filter(|timeout| !timeout.is_zero()).and_then(|time| self.began.checked_add(time))
    }

    fn left(&self) -> Option<Duration> {
        self.wanted.timeout.map(|timeout| timeout.saturating_sub(self.began.elapsed()))
    }

    /// Takes a state; gives it back if it is to be told.
    fn take(
        &mut self,
        answer: Answer<AnalyzeBatchStatusResponse>,
    ) -> Option<Box<AnalyzeBatchStatusResponse>> {
        let Answer { value: batch, meta } = answer;
        self.expires = Some(find_expiry(&batch, &meta, Instant::now()));
        (self.failures, self.failure, self.failing) = (0, None, None);
        let is_told = self.wanted.tells_every_state || self.last.as_ref() != Some(&batch);
        self.warn_of_unknown(&batch);
        self.last = Some(batch);
        self.go_on(None);
        is_told.then(|| self.last.clone().map(Box::new)).flatten()
    }

    /// A word that this version does not know may mean that the batch has ended.
    fn warn_of_unknown(&self, batch: &AnalyzeBatchStatusResponse) {
        let is_new = self.last.as_ref().is_none_or(|last| last.status != batch.status);
        if is_new && matches!(batch.status, BatchStatus::Other(_)) {
            self.options.tell(Level::Warning, || Note {
                text: format!(
                    "the batch {} is {:?}, which this version does not know: it is waited for until it is \
                     completed, canceled or expired",
                    self.batch_id,
                    batch.status.to_string()
                ),
                event: "wait",
                verb: Verb::Retrieve,
                attempt: 1,
                status: None,
                wait: None,
            });
        }
    }

    /// Overcomes a failed look, if that may pass: what failed then.
    fn overcome(&mut self, error: Error) -> Result<Error, Error> {
        if self.last.is_none() || !may_pass(&error) {
            return Err(error);
        }
        self.failures = self.failures.saturating_add(1);
        self.failure = Some(error.clone());
        self.failing.get_or_insert(self.asked);
        let pause = self.go_on(wish_of(&error));
        self.options.tell(Level::Warning, || Note {
            text: format!("looking at the batch {} failed, it is waited for further: {error}", self.batch_id),
            event: "wait",
            verb: Verb::Retrieve,
            attempt: self.failures,
            status: match error.kind() {
                Kind::Api(failure) => Some(failure.status),
                _ => None,
            },
            wait: pause,
        });
        Ok(error)
    }

    /// Decides when to look next.
    fn go_on(&mut self, wish: Option<Duration>) -> Option<Duration> {
        let now = Instant::now();
        let expiry = self.expires.map(|expires| match expires.checked_duration_since(now) {
            Some(time) if !time.is_zero() => Expiry::In(time),
            // What expired before it was waited for is given its time too.
            _ => Expiry::Since(now.saturating_duration_since(expires.max(self.began))),
        });
        let turn = self.pace.decide(&Lull {
            waited: now.saturating_duration_since(self.began),
            expiry,
            left: self.left(),
            failures: self.failures,
            wish,
            silence: self.failing.map_or(Duration::ZERO, |since| now.saturating_duration_since(since)),
            random: draw(),
        });
        match turn {
            Turn::Pause(pause) => {
                self.next = Next::Look(now.checked_add(pause).unwrap_or(now + PATIENCE));
                Some(pause)
            }
            Turn::Stop(end) => {
                self.next = Next::Stop(end);
                None
            }
        }
    }

    fn give_up(&self, end: WaitEnd) -> Error {
        let reason = match end {
            WaitEnd::Deadline => WaitReason::Deadline(self.wanted.timeout.unwrap_or_default()),
            WaitEnd::Overdue => WaitReason::Overdue(GRACE),
            WaitEnd::Silence => WaitReason::Silence(PATIENCE),
        };
        let timeout = WaitTimeout {
            batch_id: self.batch_id.clone(),
            batch: self.last.clone(),
            waited: self.began.elapsed(),
            reason,
            cause: self.failure.clone(),
        };
        Kind::WaitTimeout(Box::new(timeout)).into()
    }
}

/// Whether a failure may pass, so that a batch is waited for further.
#[must_use]
pub fn may_pass(error: &Error) -> bool {
    failure_of(error).is_some_and(|failure| {
        failure == Failure::Unreadable || verdict(Verb::Retrieve, failure, false) == Verdict::Repeat
    })
}

/// When a batch expires, by this machine's clock. The platform's own time stands
/// in its answer; this machine's may be wrong.
fn find_expiry(batch: &AnalyzeBatchStatusResponse, meta: &Meta, arrived: Instant) -> Instant {
    let told = find_header(&meta.headers, "date").and_then(http_date);
    let left = batch.expires_at.0.duration_since(told.unwrap_or_else(Timestamp::now));
    match Duration::try_from(left) {
        Ok(left) => arrived.checked_add(left).unwrap_or(arrived),
        Err(_) => arrived.checked_sub(Duration::try_from(-left).unwrap_or_default()).unwrap_or(arrived),
    }
}
