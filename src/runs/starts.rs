//! What a run begins to do.

use std::time::{Duration, Instant};

use super::driver::{Run, Turn, Waiting};
use super::moves::Move;
use super::submission::{self, Event};
use crate::client::{CallOptions, OnMalformed, WaitOptions, draw};
use crate::error::{Error, Kind};
use crate::models::MAX_ACTIVE_BATCHES;

/// The first pause before the account's batches are counted again; it doubles up to the longest.
const FIRST_REST: Duration = Duration::from_secs(2);
const LONGEST_REST: Duration = Duration::from_secs(60);

impl Run {
    /// Waits for what the next step needs. Dropping the future loses nothing.
    pub async fn advance(&mut self) {
        if let Err(error) = self.try_advance().await {
            self.failure = Some(error);
        }
    }

    async fn try_advance(&mut self) -> Result<(), Error> {
        loop {
            self.start_what_is_due();
            match self.next_move() {
                Move::Count => self.start_counting(),
                Move::Submit(size) => self.start_submission(size)?,
                Move::HandOver | Move::Read | Move::Ask => return Ok(()),
                Move::End if self.tasks.is_empty() => return Ok(()),
                Move::Wait | Move::End => {
                    let due = self.next_due();
                    let event = tokio::select! {
                        biased;
                        event = self.tasks.join_next(), if !self.tasks.is_empty() => event,
                        () = tokio::time::sleep(due) => continue,
                    };
                    match event {
                        Some(Ok(event)) => self.take_event(event)?,
                        // Nothing here is aborted, and nothing panics: the runtime has ended.
                        Some(Err(_)) | None => return Err(Kind::Closed.into()),
                    }
                    // Whoever waits may want to know how the run goes on.
                    return Ok(());
                }
            }
        }
    }

    /// Whether something is to be begun before the run can end.
    pub(super) fn has_to_start(&self) -> bool {
        !self.tasks.is_empty() || !self.cancels.is_empty() || self.is_asking()
    }

    fn start_what_is_due(&mut self) {
        if matches!(self.turn, Turn::Resting(until) if until <= Instant::now()) {
            self.turn = Turn::Unknown;
        }
        self.start_lanes();
        self.start_looks();
        self.start_checks();
        self.start_cancels();
    }

    fn start_lanes(&mut self) {
        let wanted = WaitOptions { poll_interval: self.settings.poll_interval, ..WaitOptions::default() };
        let options = CallOptions { on_malformed: Some(OnMalformed::Yield), ..self.settings.options.clone() };
        let now = Instant::now();
        for lane in self.lanes.iter_mut().filter(|lane| !lane.is_busy && lane.not_before <= now) {
            lane.is_busy = true;
            let (client, options) = (self.client.clone(), options.clone());
            let (chunk_id, batch_id) = (lane.chunk_id, lane.batch_id.clone());
            self.tasks.spawn(async move {
                let opened = client.as_completed(&batch_id, wanted, &options).await;
                Event::Opened(chunk_id, opened.map(Box::new))
            });
        }
    }

    fn start_looks(&mut self) {
        let now = Instant::now();
        for unsettled in &mut self.unsettled {
            if unsettled.is_busy || unsettled.not_before > now {
                continue;
            }
            unsettled.is_busy = true;
            let custom_ids = unsettled.members.iter().map(|member| Some(member.wire_id.clone())).collect();
            self.tasks.spawn(submission::look(
                self.client.clone(),
                unsettled.chunk_id,
                unsettled.names.clone(),
                custom_ids,
                unsettled.age(),
                self.settings.options.clone(),
            ));
        }
    }

    fn start_cancels(&mut self) {
        for batch_id in std::mem::take(&mut self.cancels) {
            let (client, options) = (self.client.clone(), self.settings.options.clone());
            self.tasks.spawn(async move {
                // One that has ended meanwhile needs none.
                let _ = client.cancel(&batch_id, &options).await;
                Event::Canceled
            });
        }
    }

    fn start_counting(&mut self) {
        self.is_counting = true;
        self.tasks.spawn(submission::count(self.client.clone(), self.settings.options.clone()));
    }

    /// Writes down that a batch is about to be asked for, and asks for it.
    fn start_submission(&mut self, size: usize) -> Result<(), Error> {
        let size = self.allowed(size);
        if size == 0 {
            return Ok(());
        }
        let items: Vec<Waiting> = self.waiting.drain(..size).collect();
        let members: Vec<_> = items.iter().map(|waiting| waiting.member.clone()).collect();
        let prepared = submission::prepare(&self.around, &members)?;
        let chunk_id = match self.journal.intend(self.run_id, &members) {
            Ok(chunk_id) => chunk_id,
            Err(error) => {
                self.put_back(items);
                return Err(error);
            }
        };
        for waiting in &items {
            self.queued.remove(&waiting.member.item_id);
            self.fresh.remove(&waiting.member.key);
            self.report.attempts += 1;
            if waiting.member.attempt == 0 {
                self.report.spent = self.report.spent.and(waiting.window, waiting.definitions);
                self.sampled += 1;
            }
        }
        self.submitting = Some((chunk_id, items));
        self.turn = Turn::Unknown;
        let (client, options) = (self.client.clone(), self.settings.options.clone());
        self.tasks.spawn(async move {
            let created = client.create_prepared(&prepared, &options).await;
            Event::Created(chunk_id, created.map(|answer| answer.value))
        });
        Ok(())
    }

    /// How many of the first items the guards allow.
    fn allowed(&mut self, size: usize) -> usize {
        let mut spent = self.report.spent;
        for (count, waiting) in self.waiting.iter().take(size).enumerate() {
            if waiting.member.attempt == 0 {
                spent = spent.and(waiting.window, waiting.definitions);
            }
            if let Some(stop) = self.settings.guards.allow(&spent, self.settings.price.as_ref()) {
                if count == 0 {
                    self.stop = Some(stop);
                }
                return count;
            }
        }
        size
    }

    /// Puts items that were not submitted back to where they were.
    pub(super) fn put_back(&mut self, items: Vec<Waiting>) {
        for waiting in items.into_iter().rev() {
            self.queued.insert(waiting.member.item_id);
            self.waiting.push_front(waiting);
        }
    }

    /// Has the account's batches counted again after a pause.
    ///
    /// Whoever has just had a batch end knows of the free place before anybody else does. So
    /// it leaves the place for a while to others that wait for one, the longer the more places
    /// it holds itself.
    pub(super) fn rest(&mut self, wish: Option<Duration>) {
        let grown = self.first_rest().saturating_mul(2_u32.saturating_pow(self.misses.min(8)));
        let usual = grown.min(LONGEST_REST.max(self.first_rest()));
        self.misses = self.misses.saturating_add(1);
        self.rest_for(usual.mul_f64(0.5 + draw()).max(wish.unwrap_or_default()));
    }

    /// Lets others have their turn after a batch has ended.
    pub(super) fn yield_turn(&mut self) {
        if self.misses > 0 && !matches!(self.turn, Turn::Resting(_)) {
            #[allow(clippy::cast_precision_loss)] // there are five
            let share = self.own() as f64 / MAX_ACTIVE_BATCHES as f64;
            self.rest_for(self.first_rest().mul_f64(2.0 * share * draw()));
        }
    }

    fn rest_for(&mut self, pause: Duration) {
        self.turn = Turn::Resting(Instant::now() + pause);
    }

    fn first_rest(&self) -> Duration {
        self.settings.poll_interval.unwrap_or(FIRST_REST)
    }

    /// How long to let pass before something that failed is tried again.
    pub(super) fn first_pause(&self) -> Duration {
        self.first_rest().mul_f64(0.5 + draw())
    }

    /// How long nothing has to be begun.
    fn next_due(&self) -> Duration {
        let looks = self.unsettled.iter().filter(|each| !each.is_busy).map(|each| each.not_before);
        let lanes = self.lanes.iter().filter(|lane| !lane.is_busy).map(|lane| lane.not_before);
        let turn = match self.turn {
            Turn::Resting(until) => Some(until),
            Turn::Unknown | Turn::Room => None,
        };
        let due = looks.chain(lanes).chain(turn).min();
        due.map_or(LONGEST_REST, |due| due.saturating_duration_since(Instant::now()))
    }
}
