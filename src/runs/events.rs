//! What comes of what a run has begun.

use std::time::{Duration, Instant};

use super::assets::Survey;
use super::driver::{Run, Turn, Waiting};
use super::journal::{Placed, State};
use super::lane::{Lane, Progress, tells_gone};
use super::outcome::Ended;
use super::settle::{Settling, settle};
use super::submission::{Event, Unsettled, placed};
use crate::client::{CompletedStream, Findings};
use crate::error::{Error, Kind};
use crate::models::{CreateAnalyzeBatchResponse, MAX_ACTIVE_BATCHES};
use crate::retry::PATIENCE;

impl Run {
    pub(super) fn take_event(&mut self, event: Event) -> Result<(), Error> {
        match event {
            Event::Opened(chunk_id, Ok(stream)) | Event::Received(chunk_id, stream) => {
                self.read_lane(chunk_id, stream)
            }
            Event::Opened(chunk_id, Err(error)) => self.break_lane(chunk_id, error),
            Event::Created(chunk_id, outcome) => self.take_created(chunk_id, outcome),
            Event::Counted(outcome) => self.take_count(outcome),
            Event::Looked(chunk_id, outcome) => self.take_look(chunk_id, outcome),
            Event::Surveyed(found, error) => self.take_survey(found, error),
            Event::Canceled => Ok(()),
        }
    }

    /// Keeps what has arrived of a batch, and has more received.
    fn read_lane(&mut self, chunk_id: i64, mut stream: Box<CompletedStream>) -> Result<(), Error> {
        let Some(index) = self.lanes.iter().position(|lane| lane.chunk_id == chunk_id) else { return Ok(()) };
        let mut lane = self.lanes.swap_remove(index);
        // What another run submitted is not this one's to submit again.
        let most_attempts = if lane.run_id == self.run_id { self.settings.max_item_attempts } else { 0 };
        let mut endings = Vec::new();
        let progress = lane.take(&mut stream, (most_attempts, self.settings.certain_after), &mut endings);
        if let Err(error) = self.journal.keep(chunk_id, &endings) {
            // The next try reads it all again.
            self.reload_lane(&lane)?;
            return Err(error);
        }
        for ending in endings.iter().filter(|ending| !ending.is_again) {
            if !lane.to_check.contains(&ending.item_id) {
                self.note_ending(ending.item_id, ending.ended);
            }
        }
        match progress {
            Progress::Ended => return self.end_lane(lane),
            Progress::Failed(error) => {
                lane.is_busy = false;
                if tells_gone(&error) {
                    lane.not_before = Instant::now() + self.first_pause();
                } else {
                    self.failure = Some(error);
                }
            }
            Progress::More => {
                self.tasks.spawn(async move {
                    stream.receive().await;
                    Event::Received(chunk_id, stream)
                });
            }
        }
        self.lanes.push(lane);
        Ok(())
    }

    fn reload_lane(&mut self, lane: &Lane) -> Result<(), Error> {
        let chunk = self.journal.open_chunks()?.into_iter().find(|chunk| chunk.chunk_id == lane.chunk_id);
        if let Some(chunk) = chunk {
            let lane = self.take_up_lane((lane.chunk_id, lane.run_id), lane.batch_id.clone(), chunk.members);
            self.lanes.push(lane);
        }
        Ok(())
    }

    fn end_lane(&mut self, lane: Lane) -> Result<(), Error> {
        self.journal.end_batch(lane.chunk_id, lane.status())?;
        self.to_check.extend(&lane.to_check);
        if lane.run_id == self.run_id {
            self.queue_again(lane.again)?;
        }
        self.yield_turn();
        Ok(())
    }

    /// Queues what failed in a batch. Where another process had begun with the batch, the input may have
    /// brought it earlier than the end of the batch, and it may be in another one already.
    fn queue_again(&mut self, items: Vec<i64>) -> Result<(), Error> {
        for item_id in items {
            if self.journal.state(item_id)? == Some(State::Waiting) {
                self.queue(vec![item_id])?;
            }
        }
        Ok(())
    }

    fn break_lane(&mut self, chunk_id: i64, error: Error) -> Result<(), Error> {
        let Some(index) = self.lanes.iter().position(|lane| lane.chunk_id == chunk_id) else { return Ok(()) };
        let mut lane = self.lanes.swap_remove(index);
        if let Some(endings) = lane.end_if_gone(&error, self.settings.certain_after) {
            if let Err(error) = self.journal.keep(chunk_id, &endings) {
                self.reload_lane(&lane)?;
                return Err(error);
            }
            for ending in &endings {
                self.note_ending(ending.item_id, ending.ended);
            }
            return self.end_lane(lane);
        }
        // A night is long: what may pass is waited for.
        let may_pass = tells_gone(&error) || self.may_go_on(&error);
        lane.is_busy = false;
        lane.not_before = Instant::now() + self.first_pause();
        self.lanes.push(lane);
        if may_pass { Ok(()) } else { Err(error) }
    }

    /// Notes that an item has ended for good.
    pub(super) fn note_ending(&mut self, item_id: i64, ended: Ended) {
        if self.awaited.remove(&item_id) {
            self.report.ended.add(ended, 1);
            self.note_outcome(item_id);
            let counts = self.report.ended;
            let failed = counts.failed + counts.malformed;
            if self.stop.is_none() {
                self.stop = self.settings.guards.judge_failures(failed, counts.all());
            }
        }
    }

    fn take_count(&mut self, outcome: Result<usize, Error>) -> Result<(), Error> {
        self.is_counting = false;
        match outcome {
            Ok(active) if active < MAX_ACTIVE_BATCHES => {
                self.turn = Turn::Room;
                self.failing = None;
            }
            Ok(_) => {
                self.failing = None;
                self.rest(None);
            }
            Err(error) if self.may_go_on(&error) => self.rest(wish_of(&error)),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Whether a failure may pass, and the platform has not been silent for too long.
    fn may_go_on(&mut self, error: &Error) -> bool {
        let since = *self.failing.get_or_insert_with(Instant::now);
        let may_pass = crate::client::may_pass(error) && since.elapsed() < PATIENCE;
        if !may_pass {
            self.failing = None;
        }
        may_pass
    }

    fn take_created(
        &mut self,
        chunk_id: i64,
        outcome: Result<CreateAnalyzeBatchResponse, Error>,
    ) -> Result<(), Error> {
        let Some((_, items)) = self.submitting.take() else { return Ok(()) };
        let members: Vec<_> = items.iter().map(|waiting| waiting.member.clone()).collect();
        let members = placed(&members);
        match outcome {
            Ok(batch) => {
                (self.misses, self.failing) = (0, None);
                self.adopt(chunk_id, self.run_id, members, &batch)
            }
            Err(error) => match error.kind() {
                Kind::CreateOutcomeUnknown(_) => {
                    let took = error.history().map_or(Duration::ZERO, |history| history.elapsed);
                    let asked = (took, Duration::ZERO);
                    self.unsettled.push(Unsettled::new(chunk_id, self.run_id, self.names(), members, asked));
                    Ok(())
                }
                _ => self.take_refusal(chunk_id, items, &members, error),
            },
        }
    }

    /// No batch was made.
    fn take_refusal(
        &mut self,
        chunk_id: i64,
        items: Vec<Waiting>,
        members: &[Placed],
        error: Error,
    ) -> Result<(), Error> {
        self.journal.withdraw(chunk_id, members)?;
        let items: Vec<Waiting> = items.into_iter().map(known_now).collect();
        match error.kind() {
            Kind::Api(failure) if failure.status == 429 => {
                self.put_back(items);
                self.rest(wish_of(&error));
                Ok(())
            }
            Kind::Api(failure) if matches!(failure.status, 404 | 409) && failure.is_platforms => {
                // Until it is known they are still to be submitted, and nobody else is to queue them.
                self.queued.extend(items.iter().map(|waiting| waiting.member.item_id));
                let asset_ids = items.iter().map(|waiting| waiting.asset_id.clone()).collect();
                self.ask_about(Survey::Refused(items, error), asset_ids);
                Ok(())
            }
            _ => {
                self.put_back(items);
                if self.may_go_on(&error) {
                    self.rest(wish_of(&error));
                    return Ok(());
                }
                Err(error)
            }
        }
    }

    /// A batch is under way.
    fn adopt(
        &mut self,
        chunk_id: i64,
        run_id: i64,
        members: Vec<Placed>,
        batch: &CreateAnalyzeBatchResponse,
    ) -> Result<(), Error> {
        self.report.batches += 1;
        let written = self.journal.submitted(chunk_id, batch);
        self.lanes.push(Lane::new(chunk_id, run_id, batch.batch_id.clone(), members));
        if self.stop == Some(super::Stop::Canceled) {
            self.cancels.push(batch.batch_id.clone());
        }
        written
    }

    fn take_look(&mut self, chunk_id: i64, outcome: Result<Findings, Error>) -> Result<(), Error> {
        let Some(index) = self.unsettled.iter().position(|each| each.chunk_id == chunk_id) else {
            return Ok(());
        };
        let mut unsettled = self.unsettled.swap_remove(index);
        unsettled.is_busy = false;
        let found = match outcome {
            Ok(findings) => findings.matches.into_iter().min_by_key(|found| found.value.created_at.0),
            Err(error) => {
                let may_pass = self.may_go_on(&error);
                unsettled.not_before = Instant::now() + self.first_pause();
                self.unsettled.push(unsettled);
                return if may_pass { Ok(()) } else { Err(error) };
            }
        };
        self.failing = None;
        let decision =
            settle(found.is_some(), unsettled.rested(), unsettled.looks, self.settings.certain_after);
        match (decision, found) {
            (Settling::Adopt, Some(found)) => {
                self.client.claim(&found.value.batch_id, found.value.total_items);
                self.adopt(chunk_id, unsettled.run_id, unsettled.members, &found.value)
            }
            (Settling::LookAfter(pause), _) => {
                unsettled.looks += 1;
                unsettled.not_before = Instant::now() + pause;
                self.unsettled.push(unsettled);
                Ok(())
            }
            (Settling::Nothing | Settling::Adopt, _) => self.give_back(&unsettled),
        }
    }

    /// It was not made: its items are submitted again.
    fn give_back(&mut self, unsettled: &Unsettled) -> Result<(), Error> {
        self.journal.withdraw(unsettled.chunk_id, &unsettled.members)?;
        if unsettled.run_id == self.run_id {
            return self.queue(unsettled.members.iter().map(|member| member.item_id).collect());
        }
        for member in &unsettled.members {
            if let Some(waiting) = self.foreign.remove(&member.item_id) {
                self.put_back(vec![known_now(waiting)]);
            }
        }
        Ok(())
    }

    fn names(&self) -> (String, String) {
        (self.around.model_name.to_string(), self.around.analysis_mode.to_string())
    }
}

/// An item of a batch that was intended is in the journal.
fn known_now(mut waiting: Waiting) -> Waiting {
    waiting.member.is_new = false;
    waiting
}

fn wish_of(error: &Error) -> Option<Duration> {
    match error.kind() {
        Kind::Api(failure) => failure.retry_after,
        _ => None,
    }
}
