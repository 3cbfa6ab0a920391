//! What becomes of results that are over: complete, to be asked for again, or
//! given up.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::batches::PATH;
use super::results::Phase;
use super::send::{Accepted, Call, Round, draw, explain, failure_of, wish_of};
use super::{CallOptions, Client, Level, ResultsStream};
use crate::error::{Error, Incomplete, Kind};
use crate::jsonl::Splitter;
use crate::retry::{Decision, Failure, Situation, Verb};

impl ResultsStream {
    /// If the answer is over, and is known to have had all rows, there is nothing to wait for.
    pub(super) fn settle(&mut self) -> bool {
        let is_complete = matches!(self.phase, Phase::Over(None)) && self.is_complete(true);
        if is_complete {
            self.phase = Phase::Complete;
        }
        is_complete
    }

    /// The answer is over: are these all rows, and if not, what now?
    pub(super) async fn judge(&mut self) {
        let Phase::Over(failure) = &self.phase else { return };
        let failure = failure.clone();
        if let Some(error) = &failure
            && matches!(error.kind(), Kind::UnexpectedBody(_))
        {
            if self.seen.delivered() > 0 && self.total().is_none() {
                // Were these all? Not knowing it is told as well.
                let _ = self.look_up().await;
            }
            return self.fail(error.clone());
        }
        if failure.is_none()
            && self.total().is_none()
            && let Err(error) = self.look_up().await
        {
            return self.fail_incomplete(error);
        }
        if self.is_complete(failure.is_none()) {
            self.phase = Phase::Complete;
            return;
        }
        let cause = failure.unwrap_or_else(|| {
            let cause = "it ended before all rows had come".to_owned();
            Kind::Interrupted { cause, received: self.bytes }.into()
        });
        self.overcome(cause, Failure::Unanswered, None).await;
    }

    pub(super) async fn ask_again(&mut self) {
        let path = [PATH[0], PATH[1], self.batch_id.as_str(), "results"];
        let core = Arc::clone(&self.core);
        let options = self.options.clone();
        let call = Call::new(Verb::Results, &path, &options);
        let outcome = match Round::begin(&core, &call) {
            Ok(round) => round.after(self.requests).attempt(&async |accepted: Accepted| Ok(accepted)).await,
            Err(error) => Err(error),
        };
        self.requests += 1;
        match outcome {
            Ok(accepted) => {
                self.splitter = Splitter::new();
                self.seen.begin_answer();
                self.torn = None;
                self.bytes = 0;
                self.phase = Self::receiving(&core, &options, accepted.body);
            }
            Err(error) => match failure_of(&error) {
                Some(failure) => {
                    let wish = wish_of(&error);
                    self.overcome(error, failure, wish).await;
                }
                None => self.fail(error),
            },
        }
    }

    /// Decides whether to ask for the rest once more.
    async fn overcome(&mut self, cause: Error, failure: Failure, wish: Option<Duration>) {
        let now = Situation { failure, wish, left: Duration::MAX, random: draw() };
        match self.attempts.decide(&now, &self.core.budget) {
            Decision::Wait(pause) => {
                self.tell("resume", Level::Info, Some(pause), |stream| {
                    let delivered = stream.seen.delivered();
                    format!("the results broke off after {delivered} items ({cause}); asking for the rest")
                });
                self.phase = Phase::Paused(Instant::now() + pause);
            }
            Decision::Fail(reason) => {
                if self.total().is_none() {
                    // To tell how many are missing; not knowing it is told as well.
                    let _ = self.look_up().await;
                }
                if self.is_complete(false) {
                    self.phase = Phase::Complete;
                } else {
                    self.fail_incomplete(explain(self.with_history(cause), reason));
                }
            }
            Decision::Look | Decision::Done | Decision::ReadState => self.fail_incomplete(cause),
        }
    }

    fn is_complete(&self, came_to_its_end: bool) -> bool {
        self.total().is_some_and(|total| self.seen.is_complete(total, came_to_its_end))
    }

    pub(super) fn total(&self) -> Option<u64> {
        self.core.ledger.total(&self.batch_id)
    }

    /// Asks how many items the batch has.
    async fn look_up(&self) -> Result<(), Error> {
        let options = CallOptions {
            timeout: self.options.timeout,
            max_retries: self.options.max_retries,
            headers: self.options.headers.clone(),
            journal: self.options.journal.clone(),
            ..CallOptions::default()
        };
        let client = Client { core: Arc::clone(&self.core) };
        // Boxed: a retrieve in a stream in a create would be a type without end.
        Box::pin(client.retrieve(&self.batch_id, &options)).await.map(drop)
    }

    fn with_history(&self, error: Error) -> Error {
        error.after(self.requests, self.started.elapsed())
    }

    pub(super) fn fail(&mut self, error: Error) {
        let is_complete = self.total().is_some_and(|total| self.seen.delivered() >= total);
        if self.seen.delivered() == 0 || is_complete {
            self.phase = Phase::Failed(self.with_history(error));
        } else {
            self.fail_incomplete(error);
        }
    }

    fn fail_incomplete(&mut self, cause: Error) {
        let incomplete = Incomplete { expected: self.total(), received: self.seen.delivered(), cause };
        let error = Error::from(Kind::Incomplete(Box::new(incomplete)));
        self.phase = Phase::Failed(self.with_history(error));
    }
}
