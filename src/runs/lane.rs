//! A batch that is under way, and its items.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::journal::{Ending, Placed, State};
use super::judge::{Judgement, is_expiry, judge};
use super::outcome::Ended;
use super::report::Counts;
use super::stored::{code_of, failed_row, line_of, unreadable_line};
use crate::client::{CompletedStream, Sight, Step};
use crate::error::{Error, Kind, MalformedRow};
use crate::models::{BatchItemStatus, BatchResultItem, BatchStatus};

/// A batch that is under way.
#[derive(Debug)]
pub(super) struct Lane {
    pub chunk_id: i64,
    pub run_id: i64,
    pub batch_id: String,
    pub members: Vec<Placed>,
    /// Where each member stands in them, by its name on the platform.
    by_wire_id: HashMap<String, usize>,
    /// Members that have not ended.
    left: usize,
    /// Whether it was canceled is known when the batch has ended.
    canceled: Vec<BatchResultItem>,
    malformed: Vec<MalformedRow>,
    status: Option<BatchStatus>,
    /// Items that are submitted again, and such that are if their asset is there.
    pub again: Vec<i64>,
    pub to_check: Vec<i64>,
    /// Whether it is being opened or received.
    pub is_busy: bool,
    pub not_before: Instant,
    /// When it was submitted, or taken up from the journal.
    since: Instant,
}

/// How the items of an active batch stand, as far as they were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The batch.
    pub batch_id: String,
    /// Its items.
    pub items: u64,
    /// Those of them that have ended.
    pub ended: Counts,
}

/// What has come of a stream.
pub(super) enum Progress {
    /// More is to be received.
    More,
    /// The batch has ended, with everything that is to be had of it.
    Ended,
    /// It broke off.
    Failed(Error),
}

impl Lane {
    pub(super) fn new(chunk_id: i64, run_id: i64, batch_id: String, members: Vec<Placed>) -> Self {
        let by_wire_id =
            members.iter().enumerate().map(|(index, member)| (member.wire_id.clone(), index)).collect();
        let left = members.iter().filter(|member| member.state == State::Submitted).count();
        Self {
            chunk_id,
            run_id,
            batch_id,
            members,
            by_wire_id,
            left,
            canceled: Vec::new(),
            malformed: Vec::new(),
            status: None,
            again: Vec::new(),
            to_check: Vec::new(),
            is_busy: false,
            not_before: Instant::now(),
            since: Instant::now(),
        }
    }

    /// Items that have not ended.
    pub(super) fn left(&self) -> usize {
        self.left
    }

    /// How its items stand.
    pub(super) fn figures(&self) -> Figures {
        let mut ended = Counts::default();
        for member in &self.members {
            if let State::Ended(how) = member.state {
                ended.add(how, 1);
            }
        }
        Figures { batch_id: self.batch_id.clone(), items: self.members.len() as u64, ended }
    }

    /// How the batch ended, or stands.
    pub(super) fn status(&self) -> &str {
        self.status.as_ref().map_or("unknown", BatchStatus::as_str)
    }

    /// Takes what has arrived.
    pub(super) fn take(
        &mut self,
        stream: &mut CompletedStream,
        (most_attempts, certain_after): (u32, Duration),
        endings: &mut Vec<Ending>,
    ) -> Progress {
        let progress = loop {
            match stream.step() {
                Step::Row(row) => self.take_row(*row, most_attempts, endings),
                Step::Malformed(row) => self.malformed.push(*row),
                Step::More => break Progress::More,
                Step::End => break Progress::Ended,
                Step::Failed(error) => break Progress::Failed(error),
            }
        };
        for sight in stream.take_sights() {
            if let Sight::State(batch) = sight {
                self.status = Some(batch.status.clone());
            }
        }
        match progress {
            Progress::Ended => self.end(most_attempts, endings),
            Progress::Failed(ref error) if self.is_gone(error, certain_after) => {
                self.give_up(endings);
                return Progress::Ended;
            }
            _ => {}
        }
        progress
    }

    fn take_row(&mut self, row: BatchResultItem, most_attempts: u32, endings: &mut Vec<Ending>) {
        let ended = match &row.status {
            BatchItemStatus::Ready => Ended::Ready,
            BatchItemStatus::Canceled if !is_expiry(code_of(&row)) => {
                self.canceled.push(row);
                return;
            }
            _ if is_expiry(code_of(&row)) => Ended::Expired,
            _ => Ended::Failed,
        };
        self.end_item(&row, ended, most_attempts, endings);
    }

    fn end_item(
        &mut self,
        row: &BatchResultItem,
        ended: Ended,
        most_attempts: u32,
        endings: &mut Vec<Ending>,
    ) {
        let Some(index) = row.custom_id.0.as_deref().and_then(|name| self.by_wire_id.get(name).copied())
        else {
            return;
        };
        let Some(attempt) = self.members.get(index).map(|member| member.attempt) else { return };
        let judgement = judge(ended, code_of(row), attempt, most_attempts);
        self.end_member(index, ended, judgement, line_of(row), endings);
    }

    fn end_member(
        &mut self,
        index: usize,
        ended: Ended,
        judgement: Judgement,
        line: Vec<u8>,
        endings: &mut Vec<Ending>,
    ) {
        let Some(member) = self.members.get_mut(index).filter(|member| member.state == State::Submitted)
        else {
            return;
        };
        member.state = State::Ended(ended);
        self.left -= 1;
        match judgement {
            Judgement::Final => {}
            Judgement::Again => self.again.push(member.item_id),
            Judgement::AgainIfReady => self.to_check.push(member.item_id),
        }
        endings.push(Ending {
            item_id: member.item_id,
            attempt: member.attempt,
            ended,
            is_again: judgement == Judgement::Again,
            line,
        });
    }

    /// Everything has come: what was canceled, and what cannot be read, is known now.
    fn end(&mut self, most_attempts: u32, endings: &mut Vec<Ending>) {
        let ended = if self.status == Some(BatchStatus::Expired) { Ended::Expired } else { Ended::Canceled };
        for row in std::mem::take(&mut self.canceled) {
            self.end_item(&row, ended, most_attempts, endings);
        }
        for index in 0..self.members.len() {
            let is_left = self.members.get(index).is_some_and(|member| member.state == State::Submitted);
            if is_left {
                let line = self.unreadable_line_of(index);
                self.end_member(index, Ended::Malformed, Judgement::Final, line, endings);
            }
        }
    }

    /// The row of a member among those that cannot be read.
    fn unreadable_line_of(&self, index: usize) -> Vec<u8> {
        let name = self.members.get(index).map(|member| member.wire_id.as_bytes()).unwrap_or_default();
        let is_its = |row: &&MalformedRow| row.raw.windows(name.len().max(1)).any(|part| part == name);
        match (self.malformed.iter().find(is_its), self.malformed.as_slice()) {
            (Some(row), _) => unreadable_line(&row.reason, &row.raw),
            (None, [row]) if self.left == 1 => unreadable_line(&row.reason, &row.raw),
            _ => unreadable_line("no row that can be read is its own", b""),
        }
    }

    /// How the items that are left end if the platform does not know the batch any more.
    pub(super) fn end_if_gone(&mut self, error: &Error, certain_after: Duration) -> Option<Vec<Ending>> {
        let mut endings = Vec::new();
        self.is_gone(error, certain_after).then(|| {
            self.give_up(&mut endings);
            endings
        })
    }

    /// A batch that was made a moment ago may only not be known everywhere yet.
    fn is_gone(&self, error: &Error, certain_after: Duration) -> bool {
        tells_gone(error) && self.since.elapsed() >= certain_after
    }

    fn give_up(&mut self, endings: &mut Vec<Ending>) {
        let message = format!(
            "the platform does not know the batch {} any more: it was deleted, or created more than 30 days ago",
            self.batch_id
        );
        for index in 0..self.members.len() {
            let Some(member) = self.members.get(index) else { continue };
            let line = line_of(&failed_row(&member.wire_id, "batch_not_found", &message));
            self.end_member(index, Ended::Failed, Judgement::Final, line, endings);
        }
    }
}

/// Whether the platform says that it does not know the batch. It gives a code; something in front of it
/// may not find the platform itself.
pub(super) fn tells_gone(error: &Error) -> bool {
    matches!(error.kind(), Kind::Api(failure) if matches!(failure.status, 404 | 410) && failure.code.is_some())
}
