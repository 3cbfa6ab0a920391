//! What a client remembers of the batches it has seen.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;

/// As many batches are remembered; the oldest are forgotten.
const MOST: usize = 4096;

/// Sizes of batches, which ones were created here, and which creations are
/// under way.
#[derive(Debug, Default)]
pub(super) struct Ledger(Mutex<Books>);

#[derive(Debug, Default)]
struct Books {
    totals: HashMap<String, u64>,
    order: VecDeque<String>,
    created: HashSet<String>,
    creating: Vec<Bytes>,
}

/// A creation under way.
#[derive(Debug)]
pub(super) struct Creating<'a> {
    ledger: &'a Ledger,
    body: Bytes,
}

impl Ledger {
    /// Remembers how many items a batch has; that never changes.
    pub(super) fn note(&self, batch_id: &str, total_items: i64) {
        let Ok(total) = u64::try_from(total_items) else { return };
        let mut books = self.books();
        if books.totals.insert(batch_id.to_owned(), total).is_none() {
            books.order.push_back(batch_id.to_owned());
        }
        if books.order.len() > MOST
            && let Some(oldest) = books.order.pop_front()
        {
            books.totals.remove(&oldest);
            books.created.remove(&oldest);
        }
    }

    /// How many items a batch has.
    pub(super) fn total(&self, batch_id: &str) -> Option<u64> {
        self.books().totals.get(batch_id).copied()
    }

    /// Remembers that a batch is the outcome of a `create`; false if it is that
    /// of another one already.
    pub(super) fn claim(&self, batch_id: &str, total_items: i64) -> bool {
        self.note(batch_id, total_items);
        self.books().created.insert(batch_id.to_owned())
    }

    /// Whether a batch is the outcome of a `create`.
    pub(super) fn is_claimed(&self, batch_id: &str) -> bool {
        self.books().created.contains(batch_id)
    }

    /// Begins a creation; what it creates goes by the body that asks for it.
    pub(super) fn begin(&self, body: Bytes) -> Creating<'_> {
        self.books().creating.push(body.clone());
        Creating { ledger: self, body }
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Creating<'_> {
    /// Whether nobody else creates the same here at the moment.
    pub(super) fn is_alone(&self) -> bool {
        self.ledger.books().creating.iter().filter(|body| **body == self.body).count() <= 1
    }
}

impl Drop for Creating<'_> {
    fn drop(&mut self) {
        let mut books = self.ledger.books();
        // The very same: comparing the contents would take its time.
        let is_this = |body: &Bytes| body.as_ptr() == self.body.as_ptr();
        if let Some(index) = books.creating.iter().position(is_this) {
            books.creating.swap_remove(index);
        }
    }
}
