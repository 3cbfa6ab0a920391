//! Where the attempts of one call stand, and what is to be done next.

use std::time::Duration;

use super::verdict::{may_have_acted, verdict};
use super::{Backoff, Budget, Failure, LONGEST_WISH, Verb, Verdict};

/// How far retries may go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Policy {
    /// Attempts after the first, at most.
    pub max_retries: u32,
    /// Pauses between them.
    pub backoff: Backoff,
    /// The longest pause that the platform may ask for.
    pub longest_wish: Duration,
    /// What a retry takes from the client's budget.
    pub cost: u32,
}

impl Policy {
    /// The usual policy with so many retries.
    #[must_use]
    pub fn new(max_retries: u32) -> Self {
        Self { max_retries, backoff: Backoff::default(), longest_wish: LONGEST_WISH, cost: 5 }
    }
}

/// What is known when an attempt has failed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Situation {
    /// How it failed.
    pub failure: Failure,
    /// How long the platform asks to wait.
    pub wish: Option<Duration>,
    /// Time until the call's deadline.
    pub left: Duration,
    /// A random number in 0..1.
    pub random: f64,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Decision {
    /// Try again after this time.
    Wait(Duration),
    /// Look whether a batch was made.
    Look,
    /// It has happened already: succeed.
    Done,
    /// It may have happened already: read the state.
    ReadState,
    /// Give up.
    Fail(Reason),
}

/// Why a call was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Repeating cannot help.
    Final,
    /// All attempts were made.
    Attempts,
    /// The pause would have gone past the deadline.
    Deadline,
    /// The client's budget is used up.
    Budget,
    /// The platform asks to wait for longer than is honoured.
    Wish,
}

/// Where the attempts of one call stand. Decides; never sleeps.
#[derive(Debug)]
pub struct Attempts {
    verb: Verb,
    policy: Policy,
    retries: u32,
    spent: u32,
    may_have_acted: bool,
}

impl Attempts {
    /// Before the first attempt.
    #[must_use]
    pub fn new(verb: Verb, policy: Policy) -> Self {
        Self { verb, policy, retries: 0, spent: 0, may_have_acted: false }
    }

    /// What is to be done after a failure.
    pub fn decide(&mut self, now: &Situation, budget: &Budget) -> Decision {
        let verdict = verdict(self.verb, now.failure, self.may_have_acted);
        self.may_have_acted |= may_have_acted(now.failure);
        match verdict {
            Verdict::Repeat => self.repeat(now, budget),
            Verdict::Look => Decision::Look,
            Verdict::Done => Decision::Done,
            Verdict::ReadState => Decision::ReadState,
            Verdict::Fail => Decision::Fail(Reason::Final),
        }
    }

    fn repeat(&mut self, now: &Situation, budget: &Budget) -> Decision {
        if self.retries >= self.policy.max_retries {
            return Decision::Fail(Reason::Attempts);
        }
        let drawn = self.policy.backoff.wait(self.retries + 1, now.random);
        let pause = match now.wish {
            Some(wish) if wish > self.policy.longest_wish => return Decision::Fail(Reason::Wish),
            Some(wish) => wish.max(drawn),
            None => drawn,
        };
        if pause >= now.left {
            return Decision::Fail(Reason::Deadline);
        }
        if !budget.take(self.policy.cost) {
            return Decision::Fail(Reason::Budget);
        }
        self.retries += 1;
        self.spent = self.policy.cost;
        Decision::Wait(pause)
    }

    /// An attempt succeeded: what the last retry cost is given back, or one
    /// token if there was none.
    pub fn succeed(&mut self, budget: &Budget) {
        budget.give(self.spent.max(1));
        self.spent = 0;
    }

    /// A stream went on: the retries that it took to get here no longer count.
    pub fn progress(&mut self, budget: &Budget) {
        if self.retries > 0 {
            self.retries = 0;
            self.succeed(budget);
        }
    }
}
