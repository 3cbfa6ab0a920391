//! The results of a batch, as they arrive: every item once, or an error.
//!
//! # Design
//!
//! What arrives is taken without waiting by [`ResultsStream::step`]; waiting,
//! judging and asking again is done by [`ResultsStream::receive`], whose future
//! can be dropped at any point. The whole state is in [`Phase`].

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::batches::{PATH, unexpected};
use super::core::Core;
use super::identifier::check_identifier;
use super::line::Taken;
use super::make::{Items, Make};
use super::seen::{Seen, Told};
use super::send::{Accepted, Call, Halt, repeat};
use super::{CallOptions, Journal, Level, Meta, Note, OnMalformed};
use crate::error::{Error, Kind, MalformedRow};
use crate::jsonl::{PlainReader, Splitter};
use crate::models::BatchResultItem;
use crate::retry::{Attempts, Verb};
use crate::transport::Body;

/// Rows of a batch's results. Holds no more than one piece of the body, or four where
/// it is read ahead, one unfinished row and the tasks that were handed over, whatever the size of
/// the results.
#[derive(Debug)]
pub struct ResultsStream {
    pub(super) core: Arc<Core>,
    pub(super) batch_id: String,
    pub(super) options: CallOptions,
    on_malformed: OnMalformed,
    pub(super) meta: Meta,
    pub(super) started: Instant,
    pub(super) attempts: Attempts,
    pub(super) requests: u32,
    pub(super) splitter: Splitter,
    plain: PlainReader,
    /// Bytes of this answer so far.
    pub(super) bytes: u64,
    /// What the answer ended with in the middle of a row.
    pub(super) torn: Option<Box<MalformedRow>>,
    pub(super) seen: Seen,
    /// Whether a task may come again, since its state may be another one then.
    repeats_tasks: bool,
    pub(super) phase: Phase,
    /// Held as long as this is one of the client's streams.
    _counted: Arc<()>,
}

#[derive(Debug)]
pub(super) enum Phase {
    /// An answer is arriving.
    Receiving(Box<Body>),
    /// The answer is over, or broke off.
    Over(Option<Error>),
    /// It is asked again at this time.
    Paused(Instant),
    /// It is given up, until somebody asks on.
    Failed(Error),
    /// All rows have come.
    Complete,
    /// Nobody wants more.
    Closed,
}

/// What can be had without waiting.
#[derive(Debug)]
pub enum Step<Row = Box<BatchResultItem>> {
    /// An item.
    Row(Row),
    /// A row that cannot be read, where that is no error.
    Malformed(Box<MalformedRow>),
    /// What went wrong. After a row that cannot be read the others follow;
    /// after anything else, going on asks for the rest again.
    Failed(Error),
    /// Nothing has arrived yet.
    More,
    /// There is no more.
    End,
}

impl ResultsStream {
    pub(super) async fn open(core: &Arc<Core>, batch_id: &str, options: &CallOptions) -> Result<Self, Error> {
        let started = Instant::now();
        let path = [PATH[0], PATH[1], check_identifier("batch_id", batch_id)?, "results"];
        let call = Call::new(Verb::Results, &path, options);
        let opening = repeat(core, &call, async |accepted| Ok(accepted));
        let accepted: Accepted = core.while_open(opening).await.map_err(Halt::into_error)?;
        let retries = options.max_retries.unwrap_or(core.config.max_retries);
        let counted = Arc::clone(&core.streams);
        Ok(Self {
            core: Arc::clone(core),
            batch_id: batch_id.to_owned(),
            options: options.clone(),
            on_malformed: options.on_malformed.unwrap_or(core.config.on_malformed),
            started,
            attempts: Attempts::new(Verb::Results, core.policy(retries)),
            requests: accepted.meta.attempts,
            meta: accepted.meta,
            splitter: Splitter::new(),
            plain: PlainReader::default(),
            bytes: 0,
            torn: None,
            seen: Seen::expecting(core.ledger.total(batch_id)),
            repeats_tasks: false,
            phase: Self::receiving(core, options, accepted.body),
            _counted: counted,
        })
    }

    /// Rows may take their time, but no single one takes for ever.
    pub(super) fn receiving(core: &Core, options: &CallOptions, mut body: Body) -> Phase {
        body.be_patient_for(options.timeouts(core.config.transport.timeouts).total);
        // Where many threads read, whoever waits lets another go first, and waits for its turn again.
        if options.read_ahead && core.has_many_streams() {
            body.read_ahead();
        }
        Phase::Receiving(Box::new(body))
    }

    /// The batch whose results these are.
    #[must_use]
    pub fn batch_id(&self) -> &str {
        &self.batch_id
    }

    /// How the first answer came.
    #[must_use]
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The next row; nothing at the end. Rows that cannot be read are errors.
    pub async fn next(&mut self) -> Option<Result<BatchResultItem, Error>> {
        loop {
            match self.step() {
                Step::Row(row) => return Some(Ok(*row)),
                Step::Malformed(row) => return Some(Err(Kind::MalformedRow(row).into())),
                Step::Failed(error) => return Some(Err(error)),
                Step::More => self.receive().await,
                Step::End => return None,
            }
        }
    }

    /// What can be had without waiting.
    pub fn step(&mut self) -> Step {
        self.step_as(&mut Items)
    }

    /// The same, rows made into something else.
    pub fn step_as<M: Make>(&mut self, make: &mut M) -> Step<M::Made> {
        loop {
            if matches!(self.phase, Phase::Closed) {
                return Step::End;
            }
            let is_first = self.splitter.rows() == 0;
            let Some(line) = self.splitter.next_line() else {
                if self.take_arrived() {
                    continue;
                }
                self.settle();
                return self.step_past_rows();
            };
            let taken = match self.plain.read(line.bytes) {
                Some(row) => {
                    let is_new = self.seen.note(row.task_id);
                    if is_new {
                        self.attempts.progress(&self.core.budget);
                    }
                    if is_new || self.repeats_tasks {
                        return Step::Row(make.plain(&row));
                    }
                    continue;
                }
                None => Taken::read(line, is_first),
            };
            if let Some(step) = self.hand_over(taken, make) {
                return step;
            }
        }
    }

    fn hand_over<M: Make>(&mut self, taken: Taken, make: &mut M) -> Option<Step<M::Made>> {
        match taken {
            Taken::Row(row) => {
                let is_new = self.seen.note(&row.task_id);
                if is_new {
                    self.attempts.progress(&self.core.budget);
                }
                (is_new || self.repeats_tasks).then(|| Step::Row(make.item(row)))
            }
            Taken::Malformed(row) => self.tell_malformed(row),
            Taken::Torn(row) => {
                self.torn = Some(row);
                None
            }
            Taken::Document(reason, line) => {
                let error = unexpected(&self.meta, reason, &line);
                self.splitter = Splitter::new();
                self.fail(error);
                None
            }
        }
    }

    fn step_past_rows<Row>(&mut self) -> Step<Row> {
        match &mut self.phase {
            Phase::Failed(error) => {
                let error = error.clone();
                if matches!(error.kind(), Kind::Closed) {
                    self.close();
                } else {
                    let retries = self.options.max_retries.unwrap_or(self.core.config.max_retries);
                    self.attempts = Attempts::new(Verb::Results, self.core.policy(retries));
                    self.phase = Phase::Paused(Instant::now());
                }
                Step::Failed(error)
            }
            Phase::Complete => {
                // In an answer without every row it is one of those that came before, or will have.
                let total = self.total();
                let torn = self.torn.take().filter(|_| total.is_some_and(|total| self.seen.is_full(total)));
                torn.and_then(|torn| self.tell_malformed(torn)).unwrap_or(Step::End)
            }
            Phase::Closed => Step::End,
            Phase::Receiving(_) | Phase::Over(_) | Phase::Paused(_) => Step::More,
        }
    }

    /// Whether there may be something to take without waiting.
    pub fn has_arrived(&mut self) -> bool {
        match self.phase {
            Phase::Receiving(_) | Phase::Over(_) | Phase::Paused(_) => {
                while !self.splitter.has_line() && self.take_arrived() {}
                self.splitter.has_line() || self.settle()
            }
            Phase::Failed(_) | Phase::Complete | Phase::Closed => true,
        }
    }

    /// Whether an answer is arriving, so that receiving asks for nothing.
    #[must_use]
    pub fn is_receiving(&self) -> bool {
        matches!(self.phase, Phase::Receiving(_))
    }

    /// Where the stream tells what it does.
    #[must_use]
    pub fn journal(&self) -> Option<&Arc<Journal>> {
        self.options.journal.as_ref()
    }

    /// Waits for what the next step needs. Dropping the future loses nothing.
    pub async fn receive(&mut self) {
        let core = Arc::clone(&self.core);
        let outcome = core
            .while_open(async {
                match &self.phase {
                    Phase::Receiving(_) => self.receive_more().await,
                    Phase::Over(_) => self.judge().await,
                    Phase::Paused(until) => {
                        tokio::time::sleep_until(*until).await;
                        self.ask_again().await;
                    }
                    Phase::Failed(_) | Phase::Complete | Phase::Closed => {}
                }
                Ok::<(), Error>(())
            })
            .await;
        if let Err(closed) = outcome {
            self.phase = Phase::Failed(closed);
        }
    }

    /// Ends the stream and lets its connection go.
    pub fn close(&mut self) {
        self.phase = Phase::Closed;
        self.splitter = Splitter::new();
    }

    /// A row that cannot be read, as it is wanted; nothing if it was told before.
    fn tell_malformed<Row>(&mut self, row: Box<MalformedRow>) -> Option<Step<Row>> {
        if !self.seen.note_malformed(&row.raw, row.may_be_item) {
            return None;
        }
        match self.on_malformed {
            OnMalformed::Raise => Some(Step::Failed(Kind::MalformedRow(row).into())),
            OnMalformed::Yield => Some(Step::Malformed(row)),
            OnMalformed::Skip => {
                self.tell("malformed", Level::Warning, None, |_| row.to_string());
                None
            }
        }
    }

    pub(super) fn tell(
        &self,
        event: &'static str,
        level: Level,
        wait: Option<Duration>,
        text: impl FnOnce(&Self) -> String,
    ) {
        self.options.tell(level, || Note {
            text: text(self),
            event,
            verb: Verb::Results,
            attempt: self.requests,
            status: None,
            wait,
        });
    }

    /// Goes on where another stream of the same batch was: what cannot be read and
    /// was told there is not told again. Every row of a task is given, for whoever knows
    /// which were handed over.
    pub(super) fn after(mut self, told: Told) -> Self {
        (self.seen, self.repeats_tasks) = (Seen::after(told), true);
        self
    }

    /// What cannot be read and was told, for another stream of the same batch.
    pub(super) fn into_told(self) -> Told {
        self.seen.into_told()
    }

    /// Rows that cannot be read.
    #[must_use]
    pub fn malformed(&self) -> u64 {
        self.seen.malformed()
    }

    /// Items that were handed over.
    #[must_use]
    pub fn delivered(&self) -> u64 {
        self.seen.delivered()
    }
}
