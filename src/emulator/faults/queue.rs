//! Faults that wait for their requests.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Endpoint, Fault};
use crate::emulator::draws::{draw, fraction};

const TOXICITY: u64 = 0xfa01;

/// Faults in the order in which they were given: the first that applies befalls a request.
pub(in crate::emulator) struct Queue {
    seed: u64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    waiting: Vec<Waiting>,
    given: u64,
    met: u64,
}

struct Waiting {
    fault: Arc<Fault>,
    number: u64,
    skipped: u32,
    seen: u64,
    befallen: u32,
}

/// A fault that befalls a request, and a number drawn for it.
pub(in crate::emulator) struct Met {
    pub(in crate::emulator) fault: Arc<Fault>,
    pub(in crate::emulator) draw: u64,
    pub(in crate::emulator) endpoint: &'static str,
}

impl Queue {
    pub(in crate::emulator) fn new(seed: u64) -> Self {
        Self { seed, state: Mutex::default() }
    }

    pub(in crate::emulator) fn add(&self, fault: Fault) {
        let mut state = self.lock();
        let number = state.given;
        state.given += 1;
        state.waiting.push(Waiting { fault: Arc::new(fault), number, skipped: 0, seen: 0, befallen: 0 });
    }

    pub(in crate::emulator) fn clear(&self) {
        self.lock().waiting.clear();
    }

    /// Requests that a fault has befallen, and faults that still wait for one.
    pub(in crate::emulator) fn count(&self) -> (u64, u64) {
        let state = self.lock();
        (state.met, state.waiting.len() as u64)
    }

    /// The fault that befalls a request of this endpoint.
    pub(in crate::emulator) fn meet(&self, endpoint: &'static str) -> Option<Met> {
        let mut state = self.lock();
        let seed = self.seed;
        let met = state.waiting.iter_mut().find_map(|waiting| waiting.meet(endpoint, seed))?;
        state.met += 1;
        state.waiting.retain(|waiting| waiting.fault.times.is_none_or(|times| waiting.befallen < times));
        Some(met)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn meet(&mut self, endpoint: &'static str, seed: u64) -> Option<Met> {
        if self.fault.on != Endpoint::Any && self.fault.on.word() != endpoint {
            return None;
        }
        if self.skipped < self.fault.skip {
            self.skipped += 1;
            return None;
        }
        let draw = draw(seed, &[TOXICITY, self.number, self.seen]);
        self.seen += 1;
        if fraction(draw) >= self.fault.toxicity {
            return None;
        }
        self.befallen += 1;
        Some(Met { fault: Arc::clone(&self.fault), draw, endpoint })
    }
}
