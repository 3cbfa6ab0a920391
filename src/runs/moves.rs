//! What a run does next.

/// What is known of the items that are still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// There may be more.
    More,
    /// All were read.
    Ended,
}

/// What is known of the account's active batches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quota {
    /// Nothing that still counts.
    Unknown,
    /// There was room for another batch a moment ago.
    Room,
    /// There was none; it is asked again after a pause that is under way.
    Full,
}

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own
pub struct Situation {
    /// Outcomes can be handed over.
    pub has_outcomes: bool,
    /// What is left of the input.
    pub input: Input,
    /// Items that wait to be submitted.
    pub waiting: usize,
    /// As many are read ahead.
    pub ahead: usize,
    /// Items of the next batch, if they are at hand.
    pub next: Option<usize>,
    /// Batches of this run that are active, or may be.
    pub own: usize,
    /// As many may be.
    pub max_active: usize,
    /// A batch is being submitted, or the quota asked about.
    pub is_busy: bool,
    /// Something else is under way: a look, a survey of assets.
    pub is_looking: bool,
    /// The account's.
    pub quota: Quota,
    /// Somebody is to say whether the run goes on.
    pub must_ask: bool,
    /// Nothing more is to be submitted.
    pub is_stopped: bool,
}

/// What is done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// An outcome is handed over.
    HandOver,
    /// An item is read.
    Read,
    /// Somebody is asked whether the run goes on.
    Ask,
    /// The account's active batches are counted.
    Count,
    /// A batch of so many items is submitted.
    Submit(usize),
    /// Whatever is under way is waited for.
    Wait,
    /// Nothing is left to be done.
    End,
}

/// Decides what is done next.
///
/// What has come is handed over first: whoever waits for it may stop the run. Items are
/// read before a batch is submitted, so that it is full, and no further ahead than two
/// batches, however long the input is.
#[must_use]
pub fn next_move(now: &Situation) -> Move {
    if now.has_outcomes {
        return Move::HandOver;
    }
    if now.must_ask {
        return Move::Ask;
    }
    let is_reading = now.input == Input::More && now.waiting < now.ahead && !now.is_stopped;
    let may_submit = !now.is_stopped && !now.is_busy && now.own < now.max_active;
    if may_submit && let Some(size) = now.next {
        match now.quota {
            Quota::Room => return Move::Submit(size),
            Quota::Unknown => return Move::Count,
            Quota::Full => {}
        }
    }
    if is_reading {
        return Move::Read;
    }
    let is_waiting = now.own > 0 || now.is_busy || now.is_looking;
    if is_waiting || (now.quota == Quota::Full && now.next.is_some() && !now.is_stopped) {
        return Move::Wait;
    }
    Move::End
}
