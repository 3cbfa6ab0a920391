//! Items that are read.

use super::driver::{Run, Source, Waiting};
use super::guards::{definitions, window};
use super::identity::ItemKey;
use super::journal::{Known, Member, State};
use super::judge::{Judgement, judge};
use super::moves::Input;
use super::outcome::Ended;
use super::plan::Weight;
use crate::error::{Error, Kind};
use crate::models::BatchItemRequest;
use crate::validate::{self, Assets, Draft, Sound};

/// An item that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admission {
    /// Its number in the journal.
    pub item_id: i64,
    /// Whether its outcome will be handed over; not if that was done before.
    pub will_come: bool,
}

/// As many known items are read at once.
const PAGE: u32 = 500;

impl Run {
    /// Takes items of the input. If one breaks a rule, none of them is taken: the error is told
    /// once now, and once more when what is under way has ended.
    pub fn push(&mut self, items: Vec<BatchItemRequest>) -> Result<Vec<Admission>, Error> {
        if let Err(error) = self.check(&items) {
            self.last_word = Some(error.clone());
            return Err(error);
        }
        items.into_iter().map(|item| self.admit(item)).collect()
    }

    /// There are no more items.
    pub fn end_input(&mut self) -> Result<(), Error> {
        self.source = Source::Given(Input::Ended);
        self.journal.note_read(self.run_id)
    }

    /// The input broke: nothing more is submitted, and what is under way is handed over.
    pub fn break_input(&mut self, error: Error) {
        self.source = Source::Given(Input::Ended);
        self.last_word = Some(error);
    }

    /// Holds items against the platform's rules.
    fn check(&self, items: &[BatchItemRequest]) -> Result<(), Error> {
        let is_sound =
            Sound::begin(&self.around).is_some_and(|mut sound| items.iter().all(|item| sound.takes(item)));
        if is_sound && self.settings.durations.is_empty() {
            return Ok(());
        }
        let mut request = self.around.clone();
        request.requests = items.to_vec();
        let draft = Draft::of(&request, |_| false);
        let mut report = validate::check(&draft, &self.settings.durations, &Assets::new());
        // How many hours fit into a batch is looked at where batches are made.
        report.violations.retain(|finding| finding.path != "requests");
        if report.is_ok() {
            return Ok(());
        }
        for finding in &mut report.violations {
            finding.path = shift(&finding.path, self.report.items);
        }
        Err(Kind::Rejected(Box::new(report)).into())
    }

    fn admit(&mut self, mut item: BatchItemRequest) -> Result<Admission, Error> {
        self.report.items += 1;
        let content = self.identity.content(&item);
        let mut occurrence = self.repeats.get(&content).copied().unwrap_or(0);
        let (key, known) = loop {
            let key = content.key(occurrence);
            let known = self.find(&key)?;
            if !known.as_ref().is_some_and(|known| self.seen.has(known.item_id)) {
                break (key, known);
            }
            if let Some(custom_id) = &item.custom_id {
                let path = format!("requests[{}].custom_id", self.report.items - 1);
                return Err(Error::invalid(path, format!("{custom_id:?} is that of an earlier item too")));
            }
            occurrence += 1;
            self.repeats.insert(content, occurrence);
        };
        let is_new = known.is_none();
        let known = known.unwrap_or_else(|| {
            self.next_item += 1;
            Known {
                item_id: self.next_item - 1,
                run_id: self.run_id,
                state: State::Waiting,
                attempt: 0,
                is_delivered: false,
            }
        });
        self.seen.note(known.item_id);
        let length = self.settings.durations.get(&item.video.asset_id).copied();
        let custom_id = item.custom_id.take();
        let member = Member {
            item_id: known.item_id,
            is_new,
            attempt: known.attempt,
            request: Vec::new(),
            custom_id,
            key,
        };
        item.custom_id = Some(member.wire_id());
        let request =
            serde_json::to_vec(&item).map_err(|error| Error::invalid("requests", error.to_string()))?;
        let waiting = Waiting {
            weight: Weight { bytes: request.len(), seconds: length },
            window: window(&item, &self.around, length),
            definitions: definitions(&item, &self.around),
            asset_id: item.video.asset_id,
            member: Member { request, ..member },
        };
        self.take_in(&known, Some(waiting))
    }

    /// An item of that content, in the journal or on its way there.
    fn find(&self, key: &ItemKey) -> Result<Option<Known>, Error> {
        if let Some(item_id) = self.fresh.get(key) {
            return Ok(Some(Known {
                item_id: *item_id,
                run_id: self.run_id,
                state: State::Waiting,
                attempt: 0,
                is_delivered: false,
            }));
        }
        self.journal.find(key)
    }

    /// Takes an item that the journal knows, or has just been told of.
    fn take_in(&mut self, known: &Known, waiting: Option<Waiting>) -> Result<Admission, Error> {
        let item_id = known.item_id;
        if known.run_id != self.run_id {
            self.journal.share(self.run_id, item_id)?;
        }
        if let (Some(waiting), true) = (&waiting, known.attempt > 0) {
            self.report.spent = self.report.spent.and(waiting.window, waiting.definitions);
        }
        self.sampled += usize::from(known.attempt > 0);
        if self.settings.ordered && (self.settings.redeliver || !known.is_delivered) {
            self.order.push_back(item_id);
        }
        match known.state {
            State::Ended(ended) => return self.take_in_ended(known, ended),
            State::Submitted => {
                self.awaited.insert(item_id);
                if let Some(waiting) = waiting.filter(|_| known.run_id != self.run_id) {
                    self.foreign.insert(item_id, waiting);
                }
            }
            State::Waiting => {
                self.awaited.insert(item_id);
                if self.queued.insert(item_id) {
                    let waiting = match waiting {
                        Some(waiting) => waiting,
                        None => self.recall(item_id)?,
                    };
                    if waiting.member.is_new {
                        self.fresh.insert(waiting.member.key, item_id);
                    }
                    let is_asked = self.settings.asks_durations && waiting.weight.seconds.is_none();
                    if is_asked {
                        self.unmeasured.push_back(waiting);
                    } else {
                        self.waiting.push_back(waiting);
                    }
                }
            }
        }
        Ok(Admission { item_id, will_come: true })
    }

    fn take_in_ended(&mut self, known: &Known, ended: Ended) -> Result<Admission, Error> {
        let item_id = known.item_id;
        self.report.ended.add(ended, 1);
        if known.is_delivered && !self.settings.redeliver {
            self.report.delivered_before += 1;
            return Ok(Admission { item_id, will_come: false });
        }
        // It may have ended before anybody could look whether its asset is there.
        let is_open = ended == Ended::Failed && !known.is_delivered && known.run_id == self.run_id;
        let judgement = if is_open { self.judge_again(known)? } else { Judgement::Final };
        match judgement {
            Judgement::Final => self.note_outcome(item_id),
            Judgement::Again => {
                self.uncount(ended);
                self.awaited.insert(item_id);
                self.submit_again(vec![item_id])?;
            }
            Judgement::AgainIfReady => {
                self.uncount(ended);
                self.awaited.insert(item_id);
                self.to_check.push(item_id);
            }
        }
        Ok(Admission { item_id, will_come: true })
    }

    fn judge_again(&mut self, known: &Known) -> Result<Judgement, Error> {
        let Some(outcome) = self.journal.outcome_of(known.item_id)? else { return Ok(Judgement::Final) };
        let code = outcome.attempts.last().and_then(|attempt| attempt.code.as_deref());
        Ok(judge(Ended::Failed, code, known.attempt, self.settings.max_item_attempts))
    }

    fn uncount(&mut self, ended: Ended) {
        self.report.ended.take(ended);
    }

    /// Has an outcome handed over in its turn.
    pub(super) fn note_outcome(&mut self, item_id: i64) {
        if self.settings.ordered {
            self.ended.insert(item_id);
        } else {
            self.outcomes.push_back(item_id);
        }
    }

    /// Has items that have ended submitted again.
    pub(super) fn submit_again(&mut self, items: Vec<i64>) -> Result<(), Error> {
        self.journal.wait_again(&items)?;
        self.queue(items)
    }

    /// Has items that wait in the journal submitted.
    pub(super) fn queue(&mut self, items: Vec<i64>) -> Result<(), Error> {
        for item_id in items {
            if self.queued.insert(item_id) {
                let waiting = self.recall(item_id)?;
                self.report.resubmitted += u64::from(waiting.member.attempt > 0);
                self.waiting.push_back(waiting);
            }
        }
        Ok(())
    }

    /// An item as the journal has it.
    pub(super) fn recall(&mut self, item_id: i64) -> Result<Waiting, Error> {
        let member = self.journal.member(item_id)?;
        let item: BatchItemRequest = serde_json::from_slice(&member.request).map_err(|error| {
            Error::invalid("journal", format!("the request of item {item_id} in it is damaged: {error}"))
        })?;
        let length = self.settings.durations.get(&item.video.asset_id).copied();
        Ok(Waiting {
            weight: Weight { bytes: member.request.len(), seconds: length },
            window: window(&item, &self.around, length),
            definitions: definitions(&item, &self.around),
            asset_id: item.video.asset_id,
            member,
        })
    }

    /// Reads on among the items that the journal knows.
    pub(super) fn read_known(&mut self) -> Result<(), Error> {
        let Source::Known { last, .. } = self.source else { return Ok(()) };
        let items = self.journal.items_after(self.run_id, last, PAGE)?;
        let Some(newest) = items.last() else {
            self.source = Source::Known { last, input: Input::Ended };
            return Ok(());
        };
        self.source = Source::Known { last: newest.item_id, input: Input::More };
        for known in &items {
            self.report.items += 1;
            self.seen.note(known.item_id);
            self.take_in(known, None)?;
        }
        Ok(())
    }

    /// Has items that ended in one of these ways submitted once more, whatever became of them.
    pub fn resubmit(&mut self, ways: &[Ended]) -> Result<u64, Error> {
        let found = self.journal.ended_items(self.run_id, ways)?;
        let items: Vec<i64> = found.iter().map(|known| known.item_id).collect();
        self.journal.wait_again(&items)?;
        Ok(items.len() as u64)
    }
}

/// The path of a finding among the first items, where they stand in the whole input.
pub(super) fn shift(path: &str, by: u64) -> String {
    let Some(rest) = path.strip_prefix("requests[") else { return path.to_owned() };
    let Some((number, rest)) = rest.split_once(']') else { return path.to_owned() };
    match number.parse::<u64>() {
        Ok(number) => format!("requests[{}]{rest}", number + by),
        Err(_) => path.to_owned(),
    }
}
